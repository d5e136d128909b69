"""What ends a duty unmet: a stage left, a child who is gone, a meeting called off, a move that is over."""

from dataclasses import dataclass
from datetime import date

from events.case.moment import Moment
from events.case.move import Move
from events.case.responsibility import left_on
from events.case.running import Running
from events.case.story import BEFORE_PLAN, REVIEW, Meeting, Stage

FORWARD = frozenset({"plan", "request", "meeting", "move"})
"""What ends with the child's death: everything that looks ahead. What is owed for the past goes on (E-54)."""

Closed = tuple[date, str]
"""The day from which nobody need act any more, and why."""

_WHY = {
    Stage.ACTIVE: "a plan began",
    Stage.NOT_SUBJECT: "it was decided that no plan is needed",
    Stage.WITHDRAWN: "the request was withdrawn",
}
PASSED = "responsibility passed to another authority"
MERGED = "the case was merged into another"


@dataclass(frozen=True)
class Change:
    """What one event changed about the case that may end duties: what was left, lost, called off or is over."""

    left: Stage | None = None
    gone: str | None = None
    called_off: Meeting | None = None
    over: tuple[Move, ...] = ()
    passed_on: date | None = None
    merged_on: date | None = None

    def __bool__(self) -> bool:
        return bool(self.left or self.gone or self.called_off or self.over or self.passed_on or self.merged_on)


NOTHING = Change()
"""Most events change nothing that ends a duty."""


@dataclass
class Watch:
    """Remembers how the case stood, and tells what an event changed."""

    stage: Stage = Stage.NONE
    gone: str | None = None
    over: frozenset[str] = frozenset()

    def change(self, moment: Moment) -> Change:
        """What the event of this moment changed."""
        story, event = moment.story, moment.event
        left = self.stage if self.stage is not story.stage else None
        gone = story.child.gone if self.gone is None else None
        over = tuple(each for each in story.moves if not each.going_on and each.key not in self.over)
        called_off = moment.meeting if event.type == "conference_cancelled" else None
        self.stage, self.gone = story.stage, story.child.gone
        if left is None and gone is None and called_off is None and not over:
            return NOTHING
        self.over |= {each.key for each in over}
        return Change(left, gone, called_off, over)


def passing(moment: Moment, today: date) -> Change:
    """What ended here by today, on the day that all that was told by now names: responsibility, or the case itself."""
    story = moment.story
    on = left_on(story) if story.moves else None
    merged_on = story.merged_into[0] if story.merged_into is not None else None
    return Change(passed_on=on if on is not None and on <= today else None, merged_on=merged_on)


def closed(running: Running, change: Change, moment: Moment) -> Closed | None:
    """Whether, when and why a duty that nothing has met ends with a change."""
    if change.merged_on is not None:
        return change.merged_on, MERGED
    return _closed(running, change, moment) if running.entry.ends_with in FORWARD else None


def _closed(running: Running, change: Change, moment: Moment) -> Closed | None:
    entry, day = running.entry, moment.event.day
    if change.gone is not None:
        return day, change.gone
    if change.called_off is not None and entry.ends_with == "meeting" and running.meeting is change.called_off:
        return day, "the conference was called off"
    if running.move is not None and running.move in change.over and running.move.over is not None:
        return running.move.over
    by_stage = _by_stage(running, change.left, moment) if change.left is not None else None
    if by_stage is None and change.passed_on is not None and entry.ends_with == "plan":
        return change.passed_on, PASSED
    return by_stage


def _by_stage(running: Running, left: Stage, moment: Moment) -> Closed | None:
    story, ends_with, meeting, day = moment.story, running.entry.ends_with, running.meeting, moment.event.day
    ahead = ends_with == "meeting" and meeting is not None and meeting.held is None
    if left is Stage.ACTIVE and (ends_with == "plan" or (ahead and meeting is not None and meeting.kind == REVIEW)):
        ended_on = story.plan.ended_on if story.plan is not None else None
        return min(ended_on or day, day), "the plan ended"
    if left in BEFORE_PLAN and story.stage not in BEFORE_PLAN and (ends_with == "request" or ahead):
        return day, _WHY.get(story.stage, "the request ended")
    return None
