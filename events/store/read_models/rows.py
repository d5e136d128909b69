"""From an assessment to the rows of the lists. Pure: a row says nothing that changes with the time it was made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from events.calendars.counting import ONE_DAY
from events.case.answer import Assessment, Duty, Mark, Status
from events.case.standing import begins
from events.catalogue.endings import Ground
from events.catalogue.envelope import LOCAL, Event
from events.policies.in_force import Policies

TELL_NO_BIRTHDAY = frozenset(
    {
        *("start", "meeting_date", "meeting_date_if_the_age_is_known", "original_meeting_date", "conference_date"),
        *("action_date", "agreed_timescale"),
    }
)
"""What a date may be counted from and still stand in clear. Any other anchor, an unknown one too, is withheld."""

MEETING = "meeting"


class Outcome(StrEnum):
    """What a duty has come to that no passing of time changes; `live` while somebody can still act on it."""

    LIVE = "live"
    MET = "met"
    MET_LATE = "met_late"
    MISSED = "missed"
    CANCELLED = "cancelled"
    SUSPENDED = "suspended"


@dataclass(frozen=True)
class DutyRow:
    """One duty as it concerns one case.

    While it is live, `duty` says that it is open. `lapses` says why it counts for nothing once its date is past.
    `withheld`: its dates would tell a birthday.
    """

    duty: Duty
    outcome: Outcome
    lapses: str | None
    withheld: bool

    @property
    def ordered_at(self) -> datetime:
        """When a dated duty will have been missed, to the microsecond; else the start of the day it begins."""
        if self.duty.due_at is not None:
            return self.duty.due_at + timedelta(microseconds=1)
        if self.duty.due_on is not None:
            return begins(self.duty.due_on + ONE_DAY)
        return begins(self.duty.follows.on if self.duty.follows is not None else self.duty.started_by.on)

    @property
    def dated(self) -> bool:
        """Whether it can be missed."""
        return self.duty.due_on is not None or self.duty.due_at is not None

    @property
    def incalculable(self) -> bool:
        """Whether a fact is missing without which it has no date."""
        return self.duty.missing is not None

    @property
    def inherited(self) -> bool:
        """Whether it fell due before the authority carried the case, and counts nowhere (E-83)."""
        return Mark.BEFORE_GO_LIVE in self.duty.marks

    @property
    def shared(self) -> bool:
        """Whether other cases may have the same duty."""
        return self.duty.about == MEETING

    def at(self, now: datetime) -> Duty:
        """The duty as it stands at `now`, as a new assessment would say it."""
        if self.outcome is not Outcome.LIVE:
            return self.duty
        duty = self.duty
        if self.dated and now >= self.ordered_at:
            if self.lapses is not None:
                marks = duty.marks - {Mark.LATE_WHEN_KNOWN}
                return replace(duty, status=Status.CANCELLED, reason=self.lapses, closed_on=duty.due_on, marks=marks)
            return replace(duty, status=Status.MISSED, chase_on=None)
        if duty.chase_on is not None and now.astimezone(LOCAL).date() > duty.chase_on:
            return replace(duty, marks=duty.marks | {Mark.CHASED})
        return duty


@dataclass(frozen=True)
class CaseRow:
    """One case of the list, with its duties. `opened` is the position of its first event."""

    case: UUID
    version: int
    opened: int
    stage: str
    category: str | None
    flags: tuple[str, ...]
    team: str | None
    worker: str | None
    manager: str | None
    meetings: tuple[str, ...]
    duties: tuple[DutyRow, ...]


def recalculations(policies: Policies) -> list[datetime]:
    """The instants from which open duties go by the figures of another policy, in order (E-37)."""
    return sorted(begins(each.effective_from) for each in policies.activations if each.recalculates_open)


def assessed_at(events: Sequence[Event], policies: Policies, now: datetime) -> datetime:
    """The instant to assess a case at for its rows: when its last event was recorded, not when we happen to run.

    Unless open duties have gone by other figures since: then the instant from which they do.
    """
    changes = [instant for instant in recalculations(policies) if instant <= now]
    return max([*changes, *(event.recorded_at for event in events)])


def row(events: Sequence[Event], assessment: Assessment, policies: Policies, assessed: datetime) -> CaseRow:
    """The row of one case, from its events and their assessment at the instant `assessed_at` gives."""
    state = assessment.state
    plan, allocation = state["plan"], state["allocation"]
    today = assessed.astimezone(LOCAL).date()
    ended_at_18 = any(each["ground"] == Ground.REACHED_18.value for each in (plan, *state["earlier_plans"]) if each)
    return CaseRow(
        case=events[0].case,
        version=max(event.version for event in events),
        opened=min(event.position for event in events),
        stage=state["stage"],
        category=plan["category"] if plan else None,
        flags=tuple(state["flags"]),
        team=allocation["team"],
        worker=allocation["worker"],
        manager=allocation["manager"],
        meetings=tuple(meeting["id"] for meeting in state["meetings"]),
        duties=tuple(
            _duty_row(duty, policies, today, ended_at_18=ended_at_18)
            for duty in (*assessment.duties, *assessment.awaited)
        ),
    )


def _duty_row(duty: Duty, policies: Policies, today: date, *, ended_at_18: bool) -> DutyRow:
    outcome = _outcome(duty)
    if outcome is Outcome.LIVE:
        duty = replace(duty, status=Status.OPEN, marks=duty.marks - {Mark.CHASED})
    return DutyRow(
        duty=duty,
        outcome=outcome,
        lapses=_lapses(duty, policies, today),
        withheld=_tells_birthday(duty, ended_at_18=ended_at_18),
    )


def _outcome(duty: Duty) -> Outcome:
    if duty.status is Status.OPEN or (duty.status is Status.MISSED and duty.closed_on is None):
        return Outcome.LIVE
    return Outcome(duty.status.value)


def _lapses(duty: Duty, policies: Policies, today: date) -> str | None:
    started = duty.started_by.on
    for activation in (policies.for_open_duty(started, today), policies.on(started)):
        if duty.rule in activation.duty:
            return activation.duty[duty.rule].lapses
    return None


def _tells_birthday(duty: Duty, *, ended_at_18: bool) -> bool:
    """Whether a date of this duty would let the child's birthday be read off it."""
    counted_from = {duty.explanation.counted_from, *([duty.follows.counted_from] if duty.follows is not None else [])}
    if not counted_from <= TELL_NO_BIRTHDAY:
        return True
    started_by = duty.started_by.type
    return started_by == "birth_recorded" or (ended_at_18 and started_by == "plan_ended")
