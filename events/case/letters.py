"""One attempt at ending a plan for non-co-operation: since when it runs, whom it concerns, whom letters reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from events.case.agencies import role
from events.case.story import REVIEW, Story
from events.catalogue.decisions import ChildDecision, ChildDecisionMade
from events.catalogue.envelope import Event
from events.catalogue.household import FamilyMember
from events.catalogue.non_cooperation import Letter, NonCooperationEndingProposed, people
from events.catalogue.notices import NotificationDelivered
from events.catalogue.parts import Person

WARNING, DECISION = "non_cooperation_warning_letter_delivered", "non_cooperation_decision_letter_delivered"
_NUMBERS = {
    WARNING: ("N03", "STK-T19", "STK-R47"),
    DECISION: ("N04", "STK-T22", "STK-R51"),
}
"""What such a letter is called where it is told as a notice."""


class Who(NamedTuple):
    """What is known of somebody, by which they are told from others."""

    ref: str | None
    name: str | None
    role: str | None


@dataclass(frozen=True)
class Attempt:
    """The attempt that runs: everything after `since`, the last event that ended another."""

    since: Event | None
    proposed: NonCooperationEndingProposed | None

    def of(self, story: Story, *types: str) -> list[Event]:
        """What was told of these types in this attempt."""
        found = (event for name in types for event in story.facts.get(name, ()))
        return [event for event in found if self.since is None or event.order > self.since.order]

    def delivered(self, story: Story) -> list[date | None]:
        """For each relevant parent, the day a warning first reached them in this attempt; None if none did."""
        letters = self._letters(story)
        return [
            min((day for day, to in letters if any(_same(one, who) for one in to)), default=None)
            for who in self.parents(story)
        ]

    def _letters(self, story: Story) -> list[tuple[date, list[Who]]]:
        told = [each for each in self.of(story, WARNING, "notification_delivered") if is_letter(each, WARNING)]
        return [(event.day, _addressed(event)) for event in told]

    def parents(self, story: Story) -> list[Who]:
        """Those whom the proposal names, else who is known to have parental responsibility; and all it went to."""
        addressed = (who for _, to in self._letters(story) for who in to)
        named = [_who(each) for each in (self.proposed.parents if self.proposed else None) or ()]
        concerned = named or _with_responsibility(story)
        for who in addressed:
            if not any(_same(who, one) for one in concerned):
                concerned = [*concerned, who]
        return concerned


def attempt(story: Story) -> Attempt:
    """The attempt that runs, if any does: a review that continues the plan and a withdrawal end one (E-56)."""
    plan = story.plan
    ends = [plan.begun_by, *_ends(story)] if plan is not None else []
    since = max(ends, key=lambda event: event.order, default=None)
    running = Attempt(since, None)
    proposals = running.of(story, "non_cooperation_ending_proposed")
    data = proposals[-1].data if proposals else None
    return Attempt(since, data if isinstance(data, NonCooperationEndingProposed) else None)


def _ends(story: Story) -> Iterable[Event]:
    yield from story.facts.get("non_cooperation_ending_withdrawn", ())
    for event in story.facts.get("child_decision_made", ()):
        meeting = story.meeting_of(event)
        continued = isinstance(event.data, ChildDecisionMade) and event.data.decision is ChildDecision.CONTINUE
        if continued and (meeting is None or meeting.kind == REVIEW):
            yield event


def is_letter(event: Event, letter: str) -> bool:
    """Whether an event says that such a letter was delivered: by its own type, or as the notice that it is."""
    if not isinstance(event.data, NotificationDelivered):
        return True
    return event.data.register_id.split(":")[0].upper() in _NUMBERS.get(letter, ())


def _addressed(event: Event) -> list[Who]:
    data = event.data
    return [_who(each) for each in people(data.to)] if isinstance(data, Letter | NotificationDelivered) else []


def _who(person: Person) -> Who:
    name = person.name if isinstance(person.name, str) else None
    return Who(person.ref, name, role(person.role) or None)


def _same(one: Who, other: Who) -> bool:
    """By the first of reference, name and role that is known of both."""
    for this, that in zip(one, other, strict=True):
        if this is not None and that is not None:
            return this == that
    return False


def _with_responsibility(story: Story) -> list[Who]:
    """Those of the family who are known to have parental responsibility and are not absent."""
    known: dict[Who, tuple[bool, bool]] = {}
    for event in sorted(_family(story), key=lambda event: event.order):
        data = event.data
        if isinstance(data, FamilyMember):
            name = data.name if isinstance(data.name, str) else None
            who = Who(data.ref, name, role(data.relation) or None)
            key = next((one for one in known if _same(one, who)), who)
            before = known.get(key, (False, False))
            said = (data.parental_responsibility, data.absent)
            known[key] = (said[0] if said[0] is not None else before[0], said[1] if said[1] is not None else before[1])
    return [who for who, (responsible, absent) in known.items() if responsible and not absent]


def _family(story: Story) -> Iterable[Event]:
    return (*story.facts.get("family_member_added", ()), *story.facts.get("family_member_changed", ()))
