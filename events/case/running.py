"""One duty that has started: what it belongs to, how it is known, and what has become of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from uuid import UUID, uuid5

from events.case.addressing import RECIPIENT, names, tells
from events.case.agencies import agency
from events.case.history import Told
from events.case.moment import Moment
from events.case.move import Move
from events.case.reckoning import Reckoned
from events.case.story import Meeting
from events.case.suspending import Pause
from events.catalogue.envelope import Event
from events.policies.model import DutyEntry, Policy

Listing = Callable[[Moment], Iterable[dict[str, str]]]
"""Gives what tells apart the duties that one event starts: one mapping a duty."""


@dataclass
class Running:
    """One duty that has started. `reckoned` is frozen once it is met or closed; until then it is worked out anew.

    `start` is the event that started it and how we came to know it: `start.known_at` says since when it would have.
    """

    id: str
    entry: DutyEntry
    policy: Policy
    start: Told
    started: Callable[[Event], bool]
    meeting: Meeting | None
    told_of: Mapping[str, str]
    move: Move | None = None
    pauses: list[Pause] = field(default_factory=list)
    bound: bool = False
    met: Event | None = None
    closed: tuple[date, str] | None = None
    reckoned: Reckoned | None = None

    @property
    def live(self) -> bool:
        """Whether anything can still meet it or end it."""
        return self.met is None and self.closed is None

    @property
    def over_on(self) -> date | None:
        """The day it was met, or closed unmet, if it was."""
        return self.met.day if self.met is not None else self.closed[0] if self.closed is not None else None

    def suspend(self, event: Event) -> None:
        """Stop its count of days; what is stopped already stays so."""
        if not self.pauses or self.pauses[-1].until is not None:
            self.pauses.append(Pause(event))

    def resume(self, event: Event) -> None:
        """Let its count of days go on, if it was stopped."""
        if self.pauses and self.pauses[-1].until is None:
            self.pauses[-1] = Pause(self.pauses[-1].since, event)

    @property
    def addressed_to(self) -> str | None:
        """Who is to be told, where that is known and it is a notice."""
        return self.told_of.get(RECIPIENT)

    @property
    def belongs(self) -> tuple[str, object]:
        """What it shares with the duties to tell others of the same: the clause, and the meeting or the start."""
        return self.entry.id, self.meeting.key if self.meeting is not None else self.start.event.key

    def moment(self, moment: Moment) -> Moment:
        """Its start, in the story of `moment`."""
        return Moment(self.start.event, moment.story, self.policy, moment.calendar, moment.now, told_of=self.told_of)

    def concerns(self, moment: Moment) -> bool:
        """Whether an event is about the same meeting, agency, action or recipient as the duty.

        What starts one duty a meeting cannot be met at that meeting: the next review is another one. What is to be
        done before a meeting cannot be done after it.
        """
        entry, about, event = self.entry, moment.meeting, moment.event
        if not tells(event, entry, self.id, self.told_of.get(RECIPIENT)):
            return False
        if entry.about == "plan":
            there = about is not None and about is moment.story.meeting_of(self.start.event)
            if entry.each == "meeting" and there and event.type not in entry.called_off_by:
                return False
        elif entry.about == "move" and not names(event, self.id):
            if moment.story.move_of(event) not in {None, self.move} or self._too_late(event):
                return False
        elif (
            self.meeting is not None
            and not names(event, self.id)
            and (about is not self.meeting or self._too_late(event))
        ):
            return False
        return not self.told_of or all(said_of(event, field) in {None, value} for field, value in self.told_of.items())

    def _too_late(self, event: Event) -> bool:
        """Whether an event came after the meeting before which it was to come."""
        held_on = self.meeting.held_on if self.meeting is not None else None
        return self.entry.ends_with == "meeting" and held_on is not None and event.day > held_on


def said_of(event: Event, field: str) -> str | None:
    """What an event says in a field, as `told_of` holds it."""
    stated = vars(event.data).get(field)  # not getattr, which takes a model many times as long where there is none
    if stated is None:
        return None
    return agency(stated) if field == "agency" else str(stated)


def identity(entry: DutyEntry, moment: Moment, told_of: Mapping[str, str]) -> str:
    """The same wherever it is worked out, and telling nothing: by rule and meeting, or by rule, case and start."""
    event, story, meeting = moment.event, moment.story, moment.meeting
    told = tuple(told_of.values())
    if entry.about == "meeting" and meeting is not None:
        return f"{entry.id}:{_named(event.authority, meeting.key, *told)}"
    move = story.move_of(event) if entry.about == "move" else None
    if move is not None and entry.each == "move":
        belongs = _named(story.case, move.key, *told)
    elif entry.each == "plan":
        belongs = _named(story.case, str(story.episode), *told) if told else str(story.episode)
    elif meeting is not None and (entry.each == "meeting" or entry.about == "child_at_meeting"):
        belongs = _named(story.case, meeting.key, *told)
    else:
        belongs = _named(story.case, event.fact.hex, *told) if told else event.fact.hex
    return f"{entry.id}:{story.case.hex}:{belongs}"


@lru_cache(maxsize=10_000)
def _named(space: UUID, *parts: str) -> str:
    return uuid5(space, "|".join(parts)).hex
