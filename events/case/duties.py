"""The duties of one case as its history unfolds: what starts them, what meets them, what ends them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from events.case.addressing import RECIPIENT
from events.case.answer import Follows
from events.case.closing import FORWARD, Change, Watch, closed, passing
from events.case.history import Told
from events.case.knowing import Known, known
from events.case.moment import Moment, fits
from events.case.reckoning import Reckoned, Reckoner
from events.case.responsibility import left_on
from events.case.running import Listing, Running, identity, said_of
from events.case.story import BEFORE_PLAN
from events.case.suspending import suspended
from events.catalogue.envelope import Event
from events.policies.in_force import Activation
from events.policies.model import DutyEntry
from events.policies.words import Match

NOTHING_MISSED = "nothing was missed"
"""Why a duty that waited for a miss is over where what it waited for was met in time."""

Asked = Callable[[str, Moment], bool]
"""Whether the condition of that name holds at a moment."""


@dataclass
class Duties:
    """Hears each event of a case in order, with the story just after it."""

    reckoner: Reckoner
    asked: Asked
    listings: Mapping[str, Listing]
    _started: dict[str, Running] = field(default_factory=dict)
    _caring: dict[str, list[Running]] = field(default_factory=dict)
    _told: dict[int, Told] = field(default_factory=dict)
    _addressed: set[tuple[str, object]] = field(default_factory=set)
    _by_start: dict[tuple[str, int], list[Running]] = field(default_factory=dict)
    _watch: Watch = field(default_factory=Watch)

    def __iter__(self) -> Iterator[Running]:
        return iter(self._started.values())

    def hear(self, told: Told, moment: Moment, activation: Activation) -> None:
        """Let one event cancel, meet, end and start what it does, in that order."""
        name = moment.event.type
        self._told[told.event.key] = told
        caring = self._caring.get(name)
        if caring:
            for running in caring:
                self._heard_by(running, moment)
            self._caring[name] = [running for running in caring if running.live]
        self._end(moment)
        for entry, match in activation.starting.get(name, ()):
            self._maybe_start(entry, match, told, moment, activation)

    def applies(self, running: Running, moment: Moment) -> bool:
        """Whether, as all is known now, there ever was such a duty: a child too young has none (E-21, E-22)."""
        entry = running.entry
        if entry.notice is not None and running.addressed_to is None and running.belongs in self._addressed:
            return False  # it is known by now who is to be told, and each of them has a duty of its own
        applies = entry.applies
        return not applies or all(self.asked(name, running.moment(moment)) for name in applies)

    def follows(self, running: Running, moment: Moment) -> Follows | None:
        """From when a duty that waits for a miss is there, if nothing is told before; None if nothing was missed.

        What it waits for are duties that the same event started and that were not met in time.
        """
        missed = (
            Follows(reckoned.passed_from, reckoned.counted_from)
            for each in self._waits_for(running)
            if self.applies(each, moment)
            and (reckoned := self.reckon(each, moment)).passed_from is not None
            and (each.over_on is None or reckoned.passed_by(each.over_on))
        )
        return min(missed, default=None)

    def _waits_for(self, running: Running) -> Iterator[Running]:
        for name in running.entry.once_missed:
            yield from self._by_start.get((name, running.start.event.key), ())

    def _is_there(self, running: Running, moment: Moment) -> bool:
        """Whether a duty is there that may have to wait for a miss. Once that cannot come any more, it is over too."""
        if not running.entry.once_missed:
            return True
        follows = self.follows(running, moment)
        if follows is None and all(each.over_on and each.reckoned for each in self._waits_for(running)):
            self._close(running, moment, moment.event.day, NOTHING_MISSED)
        return follows is not None and follows.on <= moment.event.day

    def reckon(self, running: Running, moment: Moment) -> Reckoned:
        """The due date as it stands: frozen if the duty is over, else by the dates of the story now."""
        if running.reckoned is not None:
            return running.reckoned
        reckoned = self.reckoner.reckon(running.entry.due, running.moment(moment))
        return suspended(reckoned, running.pauses, running.entry.due, moment.calendar)

    def known(self, running: Running, reckoned: Reckoned) -> Known:
        """Since when the due date has been known as it stands, and by which fact."""
        return known(running, reckoned, self._told)

    def limit(self, met_by: str, moment: Moment) -> date | None:
        """The earliest due date among the open duties which an event of type `met_by` would meet."""
        live = (
            running
            for running in self._started.values()
            if running.live and any(met_by in match.event for match in running.entry.fulfilled_by)
        )
        dues = (self.reckon(each, moment).due_on for each in live if self.applies(each, moment))
        return min((due for due in dues if due is not None), default=None)

    def _heard_by(self, running: Running, moment: Moment) -> None:
        if not running.live or not running.concerns(moment):
            return
        if not self._is_there(running, moment):
            return
        if self._any(running.entry.cancelled_by, moment):
            self._close(running, moment, moment.event.day, moment.event.type.replace("_", " "))
        elif self._any(running.entry.fulfilled_by, moment):
            moves_on = running.entry.due is not None and running.entry.due.even_when_met
            running.reckoned, running.met = None if moves_on else self.reckon(running, moment), moment.event
        elif self._any(running.entry.bound_by, moment):
            running.bound = True
        elif self._any(running.entry.suspended_by, moment):
            running.suspend(moment.event)
        elif self._any(running.entry.resumed_by, moment):
            running.resume(moment.event)

    def _any(self, matches: tuple[Match, ...], moment: Moment) -> bool:
        for match in matches:  # noqa: SIM110  # asked so often that a generator for each asking would be felt
            if self._fits(match, moment):
                return True
        return False

    def _fits(self, match: Match, moment: Moment) -> bool:
        if not fits(match, moment.event):
            return False
        return not match.when or all(self.asked(condition, moment) for condition in match.when)

    def _close(self, running: Running, moment: Moment, on: date, why: str) -> None:
        running.reckoned = self.reckon(running, moment)
        running.closed = (on, why)

    def _end(self, moment: Moment) -> None:
        """End what ends with a stage, with the child, with a meeting that is called off, or with a move."""
        self._close_by(self._watch.change(moment), moment)

    def _close_by(self, change: Change, moment: Moment) -> None:
        for running in self._started.values() if change else ():
            ended = closed(running, change, moment) if running.live else None
            if ended is not None:
                self._close(running, moment, *ended)

    def pass_by(self, moment: Moment, today: date) -> None:
        """End what ended with responsibility, on the day that all that was told by now says it passed."""
        self._close_by(passing(moment, today), moment)

    def _maybe_start(self, entry: DutyEntry, match: Match, told: Told, moment: Moment, activation: Activation) -> None:
        if not _may_start(entry, moment) or not self._fits(match, moment):
            return
        for told_of in self._told_of(entry, moment):
            id_ = identity(entry, moment, told_of)
            if id_ in self._started:
                continue
            running = Running(
                id=id_,
                entry=entry,
                policy=activation.policy,
                start=told,
                started=self._started_alike(entry, match, moment) if len(told.forms) > 1 else _same,
                meeting=moment.meeting if entry.about != "plan" else None,
                move=moment.story.move_of(moment.event) if entry.about == "move" else None,
                told_of=told_of,
            )
            self._started[id_] = running
            self._by_start.setdefault((entry.id, told.event.key), []).append(running)
            if running.addressed_to is not None:
                self._addressed.add(running.belongs)
            for name in entry.heeds:
                self._caring.setdefault(name, []).append(running)
            self._hear_what_went_before(running, moment)

    def _started_alike(self, entry: DutyEntry, match: Match, moment: Moment) -> Callable[[Event], bool]:
        """Whether an earlier form of the starting event would have started the same duty on the same day."""
        as_is = moment.event
        anchor = entry.due.anchor if entry.due is not None else "start"

        def alike(form: Event) -> bool:
            when = (form.day, form.item.occurred_at) == (as_is.day, as_is.item.occurred_at)
            dated = getattr(form.data, anchor, None) == getattr(as_is.data, anchor, None)
            return when and dated and self._fits(match, moment.about(form))

        return alike

    def _told_of(self, entry: DutyEntry, moment: Moment) -> list[dict[str, str]]:
        """What tells the duties of one start apart: named listings, a field of the starting event, or who is told."""
        found = self._recipients(entry, moment)
        for name in entry.per:
            stated = said_of(moment.event, name)
            listing = self.listings.get(name)
            each = list(listing(moment)) if listing else [{} if stated is None else {name: stated}]
            found = [{**one, **other} for one in found for other in each]
        return found

    def _recipients(self, entry: DutyEntry, moment: Moment) -> list[dict[str, str]]:
        """Who is to be told, as far as it is known yet: one mapping each, or one that names nobody."""
        notice = entry.notice
        if notice is None:
            return [{}]
        titled = [{RECIPIENT: title} for title in notice.to]
        listed = [each for name in notice.to_each for each in self.listings[name](moment)]
        found = {each[RECIPIENT]: each for each in (*titled, *listed)}
        return list(found.values()) or [{}]

    def _hear_what_went_before(self, running: Running, moment: Moment) -> None:
        """What was told of the meeting or move, or earlier on the same day, meets or cancels a duty all the same.

        So does its own start where that tells a notice: by inviting them it becomes known who is to be invited.
        """
        entry = running.entry
        if entry.each == "move":
            earlier: Iterable[Event] = _told_of_the_move(running, moment)
        elif running.meeting is not None and running.move is None:
            earlier = [event for event in running.meeting.facts if event.type in entry.heeds]
        elif entry.cyclic:
            return
        else:
            facts = moment.story.facts
            earlier = [each for name in entry.heeds for each in facts.get(name, ()) if each.day == moment.event.day]
        for event in earlier:
            if (event is not moment.event or entry.notice is not None) and event.key not in moment.story.void:
                self._heard_by(running, moment.about(event))


def _told_of_the_move(running: Running, moment: Moment) -> list[Event]:
    story = moment.story
    told = (each for name in running.entry.heeds for each in story.facts.get(name, ()))
    return sorted((each for each in told if story.move_of(each) is running.move), key=lambda each: each.order)


def _may_start(entry: DutyEntry, moment: Moment) -> bool:
    """Whether what the duty ends with has not ended already."""
    story, meeting = moment.story, moment.meeting
    if entry.ends_with in FORWARD and story.child.gone is not None:
        return False
    if entry.ends_with == "plan":
        left = left_on(story) if story.moves else None
        return story.active and (left is None or left > moment.event.day)
    move = story.move_of(moment.event)
    if entry.about == "move" and (move is None or (entry.ends_with == "move" and not move.going_on)):
        return False
    if entry.ends_with == "request":
        return story.stage in BEFORE_PLAN
    over = meeting is not None and meeting.held_on is not None and meeting.held_on < moment.event.day
    return entry.ends_with != "meeting" or not over


def _same(_: Event) -> bool:
    """There is only one form."""
    return True
