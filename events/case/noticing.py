"""The notices of a case: who must be told of what, by when, and what has been said of each. Derived, not kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from events.case.addressing import NOTIFICATIONS, by_all, parts_of, recipient_of
from events.case.answer import Duty, Status
from events.case.letters import WARNING
from events.case.moment import Moment, fits
from events.case.recipients import is_parent
from events.case.running import Running
from events.case.story import Story
from events.catalogue.envelope import LOCAL, Event
from events.catalogue.household import FamilyMember
from events.catalogue.parts import Person, Seat

DIED = "The child died: somebody checks what still goes to the family (E-54)."


class Standing(StrEnum):
    """How far a notice has come. `late` once its date has passed without it; `held` for somebody to check (E-54)."""

    DUE = "due"
    LATE = "late"
    HELD = "held"
    REQUESTED = "requested"
    SENT = "sent"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Step:
    """Something that was said of a notice."""

    what: str
    on: date
    at: datetime | None
    fact: UUID
    type: str
    position: int
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Notice:
    """One thing that one recipient must be told. `key` is its duty's: by clause, recipient, and meeting or start.

    `recipient` is the title or reference the recipient is known by, None while nobody is known; `person` is whoever
    the case has told of under it. `late`: what is needed was not known in time. `undeliverable`: why Planclock could
    not deliver it as things stand; a person may still tell that it was sent in another way.
    """

    key: str
    rule: str
    title: str
    cite: str
    owner: str
    recipient: str | None
    person: Mapping[str, Any] | None
    family: bool
    meeting: str | None
    needs: str
    by: tuple[str, ...]
    document: str | None
    status: Standing
    late: bool
    due_on: date | None
    due_at: datetime | None
    started_on: date
    held: str | None
    undeliverable: str | None
    steps: tuple[Step, ...]

    @property
    def outstanding(self) -> Step | None:
        """The request to deliver it that nothing has answered yet: nobody else need ask, and Planclock may send."""
        return self.steps[-1] if self.steps and self.steps[-1].what == "requested" else None


def noticed(running: Running, duty: Duty, others: Iterable[Running], moment: Moment) -> Notice | None:
    """The notice of a duty at a moment; None where it is a duty to do something else. `others` are all of the case."""
    notice = running.entry.notice
    if notice is None:
        return None
    steps = tuple(_steps(running, others, moment))
    family = running.addressed_to is not None and _is_family(running.addressed_to, moment.story)
    held = DIED if family and moment.story.child.died is not None and not _checked(steps) else None
    return Notice(
        key=duty.id,
        rule=duty.rule,
        title=duty.title,
        cite=duty.cite,
        owner=duty.owner,
        recipient=running.addressed_to,
        person=_person(running.addressed_to, moment.story),
        family=family,
        meeting=duty.meeting,
        needs=notice.needs,
        by=notice.by,
        document=notice.document,
        status=_standing(duty, steps, held),
        late=duty.status in {Status.MISSED, Status.MET_LATE},
        due_on=duty.due_on,
        due_at=duty.due_at,
        started_on=duty.started_by.on,
        held=held,
        undeliverable=None if family else _undeliverable(running.addressed_to, moment),
        steps=steps,
    )


def _standing(duty: Duty, steps: tuple[Step, ...], held: str | None) -> Standing:
    said = [step.what for step in steps]
    for furthest in (Standing.ACKNOWLEDGED, Standing.DELIVERED, Standing.SENT):
        if furthest.value in said and (furthest is not Standing.SENT or said[-1] not in {"failed", "requested"}):
            return furthest
    if held is not None:
        return Standing.HELD
    if said and said[-1] in {"failed", "requested"}:
        return Standing(said[-1])
    if duty.status is Status.CANCELLED:
        return Standing.CANCELLED
    return Standing.LATE if duty.status is Status.MISSED else Standing.DUE


def _steps(running: Running, others: Iterable[Running], moment: Moment) -> Iterator[Step]:
    """What was said of it, from its start until one to the same recipient began anew."""
    until = min(
        (each.start.event.order for each in others if _follows(each, running)),
        default=None,
    )
    types = dict.fromkeys([*NOTIFICATIONS, *(name for match in running.entry.fulfilled_by for name in match.event)])
    told = sorted((event for name in types for event in moment.story.facts.get(name, ())), key=lambda each: each.order)
    for event in told:
        in_turn = event.day >= running.start.event.day and (until is None or event.order < until)
        if (in_turn or event is running.met) and _concerns(running, event, moment):
            yield _step(event, running)


def _follows(other: Running, running: Running) -> bool:
    same = other.entry.id == running.entry.id and other.meeting is running.meeting and other.told_of == running.told_of
    return same and other.start.event.order > running.start.event.order


def _concerns(running: Running, event: Event, moment: Moment) -> bool:
    told = event.type in NOTIFICATIONS or any(fits(match, event) for match in running.entry.fulfilled_by)
    return told and running.concerns(moment.about(event))


def _step(event: Event, running: Running) -> Step:
    said = event.data.model_dump(mode="json", exclude_none=True, exclude={"register_id"})
    known = running.entry.notice.needs if running.entry.notice is not None else Standing.SENT.value
    what = event.type.removeprefix("notification_") if event.type in NOTIFICATIONS else known
    return Step(what, event.day, event.item.occurred_at, event.fact, event.type, event.position, said)


def _undeliverable(recipient: str | None, moment: Moment) -> str | None:
    """Why nothing can be delivered to whoever answers to a title, by the authority's directory, if it keeps one."""
    directory = moment.story.directory
    if recipient is None:
        return "Nobody is known yet who gets it."
    if not (directory.posts or directory.agencies):
        return None
    found = directory.recipient(recipient, moment.now.astimezone(LOCAL).date(), moment.story.allocation.team)
    if not found.known:
        return "Nobody answers to this title in the authority's directory."
    if found.vacant:
        return "The post is vacant, and nobody stands in."
    return None if found.address is not None else "No address is confirmed as secure."


def _checked(steps: Iterable[Step]) -> bool:
    """Whether somebody looked at it and asked for it all the same."""
    return any(step.what == "requested" and "checked_by" in step.said for step in steps)


def _is_family(recipient: str, story: Story) -> bool:
    members = [by_all(each.relation, each.ref, each.name) for each in _family(story)]
    warned = [by_all(each.role, None, each.name) for each in _told(story, *_LETTERS) if isinstance(each, Person)]
    known = {part for each in (*members, *warned) if each for part in parts_of(each)}
    own = parts_of(recipient)
    return not own.isdisjoint(known) or any(is_parent(part) or part in {"child", "family"} for part in own)


def _family(story: Story) -> Iterator[FamilyMember]:
    for name in ("family_member_added", "family_member_changed"):
        yield from (event.data for event in story.facts.get(name, ()) if isinstance(event.data, FamilyMember))


def _person(recipient: str | None, story: Story) -> Mapping[str, Any] | None:
    """Whoever the case has told of under what the recipient is known by: one of the family, or somebody invited."""
    if recipient is None:
        return None
    for member in _family(story):
        if recipient in {member.ref, member.relation, by_all(member.relation, member.ref, member.name)}:
            return member.model_dump(mode="json", exclude_none=True, include={"name", "ref", "relation"})
    for somebody in _told(story, *_LISTS, *_LETTERS):
        person = somebody.person if isinstance(somebody, Seat) and somebody.person is not None else somebody
        known = by_all(person.role, person.ref, person.name) if isinstance(person, Person) else None
        if recipient in {recipient_of(somebody), known}:
            return person.model_dump(mode="json", exclude_none=True, include={"name", "ref", "role", "agency"})
    return None


_LISTS = (
    ("conference_invitations_issued", "invitees"),
    ("minutes_circulation_agreed", "recipients"),
    ("core_group_membership_confirmed", "members"),
)
_LETTERS = (("non_cooperation_ending_proposed", "parents"), (WARNING, "to"))
"""Where the parents stand whom ending a plan for non-co-operation concerns."""


def _told(story: Story, *where: tuple[str, str]) -> Iterator[Person | Seat]:
    """Whoever stands in these fields of these events, told alone or in a list."""
    for name, field in where:
        for event in story.facts.get(name, ()):
            stated = getattr(event.data, field, None) or ()
            yield from stated if isinstance(stated, tuple) else (stated,)
