"""The half-yearly report as duties of the authority itself: which half-year is next, what was produced, what is owed.

Pure: made from the events of the authority's own stream. The pack says how long a period is, whose duty it is, and who
is given the report; the same engine that reads a case reads these.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from events.calendars.counting import ONE_DAY, add_months
from events.case.activity import Period
from events.case.answer import Assessment, Duty, Status
from events.case.assess import Assessor
from events.case.history import History, history
from events.case.reckoning import begins
from events.catalogue.biannual_reports import (
    BiannualReportingBegan,
    BiannualReportProduced,
    BiannualReportShared,
    BiannualReportSubmitted,
)
from events.catalogue.envelope import LOCAL, Event, Kind
from events.policies.activated import InForce
from events.policies.model import DutyEntry

BEGAN, PRODUCED = "biannual_reporting_began", "biannual_report_produced"
TOLD = BiannualReportingBegan | BiannualReportProduced | BiannualReportSubmitted | BiannualReportShared

YEAR_BEGINS = 4
"""The month from which half-years are counted unless the authority says another: the council's own year (E-30)."""


@dataclass(frozen=True)
class Coming:
    """The half-year to be reported next. It is over, and the report is due, as `due_on` begins.

    `start` is the fact that began it: the report before, or the authority's word from when on it reports.
    """

    start: UUID
    period: Period
    due_on: date

    @property
    def at(self) -> datetime:
        """The instant at which the report is produced."""
        return begins(self.due_on)


@dataclass(frozen=True)
class Reporting:
    """How an authority stands with its reports. `coming` is None where nothing is to be produced."""

    events: tuple[Event, ...]
    assessment: Assessment | None = None
    coming: Coming | None = None

    @property
    def produced(self) -> dict[str, Event]:
        """Each report, by its period."""
        made = ((event, event.data) for event in self.events)
        return {data.period: event for event, data in made if isinstance(data, BiannualReportProduced)}


def producing(entries: Iterable[DutyEntry]) -> DutyEntry | None:
    """The duty of a procedure to produce reports; most have none."""
    return next((duty for duty in entries if any(BEGAN in match.event for match in duty.starts)), None)


def reporting(assessor: Assessor, stream: Sequence[Event], in_force: InForce, now: datetime) -> Reporting:
    """How the reports stand at `now`, by the authority's own stream."""
    since = in_force.policies.activations[0].effective_from
    events = [
        event
        for event in stream
        if (isinstance(event.data, TOLD) and event.day >= since) or event.kind is Kind.CORRECTION
    ]
    past = history(events)
    counted = tuple(told.event for told in past.told)
    if not counted:
        return Reporting((), coming=_foreseen(stream, in_force, now))
    assessment = assessor.assess(events, in_force.policies, in_force.calendar, now)
    return Reporting(counted, assessment, _coming(assessment.duties, in_force, past))


def _foreseen(stream: Sequence[Event], in_force: InForce, now: datetime) -> Coming | None:
    """The half-year that comes first, while nobody has said from when on there are reports."""
    first = first_day(stream, in_force, now)
    entry = producing(in_force.policies.on(now.astimezone(LOCAL).date()).policy.duty) if first is not None else None
    if first is None or entry is None or entry.due is None:
        return None
    due_on = add_months(first, entry.due.count)
    return Coming(stream[0].fact, Period(first, due_on - ONE_DAY), due_on)


def _coming(duties: Sequence[Duty], in_force: InForce, past: History) -> Coming | None:
    """The half-year of the duty to produce that is open, or was missed."""
    known = {told.event.fact: told.event.data for told in past.told}
    for duty in reversed(duties):
        begun = known.get(duty.started_by.fact)
        entry = next((on.duty[duty.rule] for on in in_force.policies.activations if duty.rule in on.duty), None)
        produces = entry is not None and producing([entry]) is not None
        if not produces or duty.due_on is None or duty.status not in {Status.OPEN, Status.MISSED}:
            continue
        if isinstance(begun, BiannualReportingBegan | BiannualReportProduced):
            return Coming(duty.started_by.fact, Period(begun.next_from, duty.due_on - ONE_DAY), duty.due_on)
    return None


def first_day(stream: Sequence[Event], in_force: InForce, now: datetime) -> date | None:
    """From when an authority reports that has not said so: the half-year in which it came to such a procedure.

    None where the procedure in force at `now` asks for no report.
    """
    policies = in_force.policies
    today = now.astimezone(LOCAL).date()
    if today < policies.activations[0].effective_from or producing(policies.on(today).policy.duty) is None:
        return None
    came = [each.effective_from for each in policies.activations if producing(each.policy.duty) is not None]
    days = [min(came), stream[0].day, *([policies.go_live.astimezone(LOCAL).date()] if policies.go_live else [])]
    day = max(day for day in days if day <= today)
    april = date(day.year, YEAR_BEGINS, 1)
    return max(each for each in (april, add_months(april, 6), add_months(april, -6)) if each <= day)
