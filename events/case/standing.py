"""Where a duty stands now, and what must be said of it: from what `duties` heard to what `assess` answers."""

from datetime import UTC, date, datetime, time, timedelta

from events.calendars.counting import ONE_DAY, Calendar
from events.case.answer import Because, Duty, Explanation, Mark, Status, ToAnnounce
from events.case.duties import Running
from events.case.reckoning import Reckoned
from events.catalogue.announcements import Said
from events.catalogue.envelope import LOCAL, Event


def begins(day: date) -> datetime:
    """The instant at which a local day begins."""
    return datetime.combine(day, time(), LOCAL).astimezone(UTC)


def standing(running: Running, reckoned: Reckoned, calendar: Calendar, now: datetime) -> Duty:
    """The duty as it stands at `now`, with the explanation of its date."""
    entry = running.entry
    status, reason = _status(running, reckoned, now)
    chase_on = _chase_on(running, status)
    met = running.met
    closed_on = running.met_on or (running.closed[0] if running.closed else None)
    if status is Status.CANCELLED and closed_on is None:
        closed_on = reckoned.due_on
    return Duty(
        id=running.id,
        rule=entry.id,
        title=entry.title,
        cite=entry.cite,
        modality=entry.modality.value,
        owner=entry.owner,
        about=entry.about,
        status=status,
        marks=_marks(running, reckoned, status, chase_on, now),
        due_on=reckoned.due_on,
        due_at=reckoned.due_at,
        chase_on=chase_on,
        started_by=because(running.start),
        met_by=because(met) if met else None,
        closed_on=closed_on,
        reason=reason,
        missing=reckoned.missing,
        meeting=running.meeting,
        told_of=running.told_of,
        leads=running.start.copy == 0,
        explanation=_explained(running, reckoned, calendar),
    )


def because(event: Event) -> Because:
    """The part of an event that explains a duty."""
    return Because(event.fact, event.type, event.day, event.position)


def _passed(reckoned: Reckoned, on: date, at: datetime) -> bool:
    """Whether the due date had passed by a local day, or by an instant where the due date is one."""
    if reckoned.due_at is not None:
        return at > reckoned.due_at
    return reckoned.due_on is not None and on > reckoned.due_on


def _status(running: Running, reckoned: Reckoned, now: datetime) -> tuple[Status, str | None]:
    if running.met is not None:
        met_at = running.met.item.occurred_at or begins(running.met.day)
        late = _passed(reckoned, running.met.day, met_at)
        return (Status.MET_LATE if late else Status.MET), None
    if running.closed is not None:
        closed_on, why = running.closed
        missed = _passed(reckoned, closed_on, begins(closed_on)) and not _lapses(running)
        return (Status.MISSED if missed else Status.CANCELLED), why
    if not _passed(reckoned, now.astimezone(LOCAL).date(), now):
        return Status.OPEN, None
    if _lapses(running):
        return Status.CANCELLED, running.entry.lapses
    return Status.MISSED, None


def _lapses(running: Running) -> bool:
    return running.entry.lapses is not None and not running.bound


def _chase_on(running: Running, status: Status) -> date | None:
    if running.entry.chase_days is None or status is not Status.OPEN:
        return None
    return running.start.day + timedelta(days=running.entry.chase_days)


def _marks(
    running: Running, reckoned: Reckoned, status: Status, chase_on: date | None, now: datetime
) -> frozenset[Mark]:
    known_on = running.known_at.astimezone(LOCAL).date()
    open_or_missed = status in {Status.OPEN, Status.MISSED}
    return frozenset(
        mark
        for mark, holds in (
            (Mark.LATE_WHEN_KNOWN, open_or_missed and _passed(reckoned, known_on, running.known_at)),
            (Mark.INHERITED, running.entry.inherited is not None),
            (Mark.CANNOT_BE_CALCULATED, reckoned.missing is not None),
            (Mark.IMPRECISE, reckoned.imprecise),
            (Mark.CHASED, chase_on is not None and now.astimezone(LOCAL).date() > chase_on),
        )
        if holds
    )


def _explained(running: Running, reckoned: Reckoned, calendar: Calendar) -> Explanation:
    due = reckoned.due_on
    rolls = running.entry.due is not None and running.entry.due.unit != "working_days"
    notes = reckoned.notes if running.entry.inherited is None else (*reckoned.notes, running.entry.inherited)
    return Explanation(
        counted_from=reckoned.counted_from,
        anchor=reckoned.anchor,
        count=reckoned.count,
        skipped=reckoned.skipped,
        last_working_day=calendar.last_working_day(due) if due is not None and rolls else due,
        policy=running.policy.id,
        policy_version=running.policy.version,
        calendar=calendar.id,
        notes=notes,
    )


def sayings(duty: Duty, known_at: datetime, now: datetime) -> tuple[list[ToAnnounce], datetime | None]:
    """What is true of a duty by `now` and must have been said, and the next instant at which something will be.

    Due when the due day begins; missed when it, or the instant, has passed; if both, only missed. A duty that was
    already past when its start became known is only ever late when known (E-80); an undated one is chased (E-81).
    """
    if duty.status not in {Status.OPEN, Status.MISSED} or not duty.leads:
        return [], None
    steps = _steps(duty, known_at)
    true_now = [step for step in steps if step[1] <= now]
    coming = min((at for _, at in steps if at > now), default=None)
    said = [ToAnnounce(duty.id, duty.rule, said, duty.due_on, duty.due_at, at) for said, at in true_now[-1:]]
    return said, coming


def _steps(duty: Duty, known_at: datetime) -> list[tuple[Said, datetime]]:
    if Mark.LATE_WHEN_KNOWN in duty.marks:
        return [(Said.LATE_WHEN_KNOWN, known_at)]
    if duty.due_at is not None:
        due_day = duty.due_at.astimezone(LOCAL).date()
        return [(Said.DUE, begins(due_day)), (Said.MISSED, duty.due_at + timedelta(microseconds=1))]
    if duty.due_on is not None:
        return [(Said.DUE, begins(duty.due_on)), (Said.MISSED, begins(duty.due_on + ONE_DAY))]
    if duty.chase_on is not None:
        return [(Said.CHASED, begins(duty.chase_on + ONE_DAY))]
    return []
