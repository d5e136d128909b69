"""The duties of one case as its history unfolds: what starts them, what meets them, what ends them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid5

from events.case.history import Told
from events.case.moment import Moment, fits
from events.case.reckoning import Reckoned, Reckoner
from events.case.story import BEFORE_PLAN, Stage
from events.catalogue.envelope import Event
from events.policies.in_force import Activation
from events.policies.model import DutyEntry, Match, Policy

Asked = Callable[[str, Moment], bool]
"""Whether the condition of that name holds at a moment."""


@dataclass
class Running:
    """One duty that has started. `reckoned` is frozen once it is met or closed; until then it is worked out anew."""

    id: str
    entry: DutyEntry
    policy: Policy
    start: Event
    known_at: datetime
    meeting: str | None
    told_of: dict[str, Any]
    began_at: str | None
    bound: bool = False
    met: Event | None = None
    met_on: date | None = None
    closed: tuple[date, str] | None = None
    reckoned: Reckoned | None = None

    @property
    def live(self) -> bool:
        """Whether anything can still meet it or end it."""
        return self.met is None and self.closed is None


class Duties:
    """Hears each event of a case in order, with the story just after it."""

    def __init__(self, reckoner: Reckoner, asked: Asked) -> None:
        self._reckoner = reckoner
        self._asked = asked
        self._started: dict[str, Running] = {}
        self._caring: dict[str, list[Running]] = {}
        self._stage = Stage.NONE

    def __iter__(self) -> Iterator[Running]:
        return iter(self._started.values())

    def hear(self, told: Told, moment: Moment, activation: Activation) -> None:
        """Let one event cancel, meet, end and start what it does, in that order."""
        name = moment.event.type
        caring = self._caring.get(name)
        if caring:
            for running in caring:
                if running.live:
                    self._heard_by(running, moment)
            self._caring[name] = [running for running in caring if running.live]
        if moment.story.stage is not self._stage:
            self._stage_left(self._stage, moment)
            self._stage = moment.story.stage
        self._meeting_cancelled(moment)
        for entry, match in activation.starting.get(name, ()):
            self._maybe_start(entry, match, told, moment, activation.policy)

    def reckon(self, running: Running, moment: Moment) -> Reckoned:
        """The due date as it stands: frozen if the duty is over, else by the dates of the story now."""
        if running.reckoned is not None:
            return running.reckoned
        return self._reckoner.reckon(running.entry.due, _started(running, moment))

    def limit(self, met_by: str, moment: Moment) -> date | None:
        """The earliest due date among the open duties which an event of type `met_by` would meet."""
        live = (
            running
            for running in self._started.values()
            if running.live and any(met_by in match.event for match in running.entry.met_by)
        )
        return min((due for each in live if (due := self.reckon(each, moment).due_on) is not None), default=None)

    def _heard_by(self, running: Running, moment: Moment) -> None:
        if self._any(running.entry.cancelled_by, running, moment):
            self._close(running, moment, moment.event.type.replace("_", " "))
        elif self._any(running.entry.met_by, running, moment):
            self._meet(running, moment.event, moment)
        elif self._any(running.entry.bound_by, running, moment):
            running.bound = True

    def _any(self, matches: tuple[Match, ...], running: Running, moment: Moment) -> bool:
        return any(
            fits(match, moment.event)
            and _same(running, moment)
            and all(self._asked(condition, moment) for condition in match.when)
            for match in matches
        )

    def _meet(self, running: Running, by: Event, moment: Moment) -> None:
        running.reckoned = self.reckon(running, moment)
        running.met, running.met_on = by, by.day

    def _close(self, running: Running, moment: Moment, why: str) -> None:
        running.reckoned = self.reckon(running, moment)
        running.closed = (moment.event.day, why)

    def _stage_left(self, left: Stage, moment: Moment) -> None:
        story = moment.story
        for running in self._started.values():
            if not running.live:
                continue
            if running.entry.ends_with == "plan" and left is Stage.ACTIVE and not story.active:
                self._close(running, moment, "the plan ended")
            elif running.entry.ends_with == "request" and left in BEFORE_PLAN and story.stage not in BEFORE_PLAN:
                self._close(running, moment, f"the request ended: {story.stage.value.replace('_', ' ')}")

    def _meeting_cancelled(self, moment: Moment) -> None:
        meeting = moment.meeting
        if meeting is None or meeting.cancelled_on is None:
            return
        for running in self._started.values():
            if running.live and running.entry.ends_with == "meeting" and running.meeting == meeting.id:
                self._close(running, moment, "the meeting was cancelled")

    def _maybe_start(self, entry: DutyEntry, match: Match, told: Told, moment: Moment, policy: Policy) -> None:
        story, event = moment.story, moment.event
        if entry.ends_with == "plan" and not story.active:
            return
        if entry.ends_with == "request" and story.stage not in BEFORE_PLAN:
            return
        if not fits(match, event) or not all(self._asked(condition, moment) for condition in match.when):
            return
        for told_of in _told_of(entry, event):
            identity = _identity(entry, moment, told_of)
            if identity in self._started:
                continue
            meeting = _meeting_id(moment) if entry.about != "plan" else None
            running = Running(identity, entry, policy, event, told.known_at, meeting, told_of, _meeting_id(moment))
            self._started[identity] = running
            for name in entry.heeds:
                self._caring.setdefault(name, []).append(running)
            self._meet_by_what_went_before(running, moment)

    def _meet_by_what_went_before(self, running: Running, moment: Moment) -> None:
        """What was told of a meeting before the fact that starts its duty meets it all the same."""
        if running.meeting is None or moment.meeting is None:
            return
        for earlier in moment.meeting.facts:
            before = Moment(earlier, moment.story, moment.policy, moment.calendar, moment.now)
            if earlier is not moment.event and self._any(running.entry.met_by, running, before):
                self._meet(running, earlier, moment)
                return


def _started(running: Running, moment: Moment) -> Moment:
    return Moment(running.start, moment.story, running.policy, moment.calendar, moment.now)


def _meeting_id(moment: Moment) -> str | None:
    return moment.meeting.id if moment.meeting is not None else None


def _same(running: Running, moment: Moment) -> bool:
    """Whether an event is about the same meeting, agency or action as the duty.

    What starts one duty a meeting cannot be met at that meeting: the next review is another one.
    """
    if running.entry.each == "meeting" and running.began_at is not None and _meeting_id(moment) == running.began_at:
        return False
    if running.meeting is not None and (moment.meeting is None or moment.meeting.id != running.meeting):
        return False
    return all(_stated(moment.event, field) in (None, value) for field, value in running.told_of.items())


def _stated(event: Event, field: str) -> Any:
    return getattr(event.data, field, None)


def _told_of(entry: DutyEntry, event: Event) -> list[dict[str, Any]]:
    """What tells the duties of one start apart: `action` is a field; `invitees.agency` gives one duty an agency."""
    found: list[dict[str, Any]] = [{}]
    for path in entry.per:
        listed, _, field = path.rpartition(".")
        among = {_stated(event, path)} if not listed else {getattr(each, field) for each in _stated(event, listed)}
        found = [{**one, field: value} for one in found for value in sorted(among - {None})]
    return found


def _identity(entry: DutyEntry, moment: Moment, told_of: dict[str, Any]) -> str:
    """The same wherever it is worked out, and telling nothing: by rule and meeting, or by rule, case and start."""
    event, story, meeting = moment.event, moment.story, moment.meeting
    if entry.about == "meeting" and meeting is not None:
        named = "|".join([meeting.id, *(str(value) for value in told_of.values())])
        return f"{entry.id}:{uuid5(event.authority, named).hex}"
    if entry.each == "plan":
        return f"{entry.id}:{story.case.hex}:{story.episode}"
    if meeting is not None and (entry.each == "meeting" or entry.about == "child_at_meeting"):
        return f"{entry.id}:{story.case.hex}:{uuid5(story.case, meeting.id).hex}"
    return f"{entry.id}:{story.case.hex}:{event.fact.hex}"
