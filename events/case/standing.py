"""Where a duty stands now, and what must be said of it: from what `duties` heard to what `assess` answers."""

from datetime import date, datetime, timedelta

from events.calendars.counting import ONE_DAY, Calendar
from events.case.answer import Because, Duty, Explanation, Follows, Mark, Status, ToAnnounce
from events.case.knowing import Known
from events.case.reckoning import Reckoned
from events.case.reckoning import begins as begins  # noqa: PLC0414  # the lists count days as duties do
from events.case.running import Running
from events.case.suspending import stopped
from events.case.taking_on import Part
from events.catalogue.announcements import Said
from events.catalogue.envelope import LOCAL, Event

LATE_STATUSES = frozenset({Status.OPEN, Status.MISSED, Status.MET_LATE})
"""The statuses to which it matters that a duty was already past when it became known."""


TAKEN_ON = "it was for whoever had the case before it was taken on"


def standing(  # noqa: PLR0913, PLR0917  # facts, calendar and time are arguments here, never looked up
    running: Running,
    reckoned: Reckoned,
    known: Known,
    calendar: Calendar,
    now: datetime,
    since: datetime | None,
    follows: Follows | None = None,
) -> Duty:
    """The duty as it stands at `now`, with the explanation of its date.

    `since` is when the authority came to carry the case here: what fell due before that is inherited (E-83).
    """
    entry, met = running.entry, running.met
    over = _over(running)
    inherited = since is not None and reckoned.passed_by(since.astimezone(LOCAL).date(), since)
    status, reason = _status(running, reckoned, over, now)
    if met is None and over is None and _was_for_others(running, reckoned, inherited=inherited):
        status, reason = Status.CANCELLED, TAKEN_ON
    lapsed_on = reckoned.due_on if status is Status.CANCELLED else None
    chase_on = _chase_on(running, status)
    too_late = known.too_late(reckoned) if status in LATE_STATUSES and not inherited else None
    marks = _marks(running, reckoned, too_late, chase_on, now)
    return Duty(
        id=running.id,
        rule=entry.id,
        title=entry.title,
        cite=entry.cite,
        modality=entry.modality.value,
        owner=entry.owner,
        about=entry.about,
        status=status,
        marks=marks | {Mark.INHERITED, Mark.BEFORE_GO_LIVE} if inherited else marks,
        due_on=reckoned.due_on,
        due_at=reckoned.due_at,
        chase_on=chase_on,
        started_by=because(running.start.event),
        met_by=because(met) if met else None,
        closed_on=met.day if met else (over[0] if over else lapsed_on),
        reason=reason,
        missing=reckoned.missing,
        meeting=running.meeting.id if running.meeting else None,
        told_of=dict(running.told_of),
        leads=running.start.event.copy == 0,
        explanation=_explained(running, reckoned, too_late, calendar, since if inherited else None),
        follows=follows,
    )


def because(event: Event) -> Because:
    """The part of an event that explains a duty."""
    if isinstance(event, Part):
        on = event.day if event.undated is None else event.whole.day
        return Because(event.whole.fact, event.whole.type, on, event.position)
    return Because(event.fact, event.type, event.day, event.position)


def _was_for_others(running: Running, reckoned: Reckoned, *, inherited: bool) -> bool:
    """Whether a case taken on left it behind: what was owed for a past meeting, unless it is still to fall due."""
    if not isinstance(running.start.event, Part) or running.entry.ends_with == "plan":
        return False
    return inherited or not reckoned.dated


def _over(running: Running) -> tuple[date, str] | None:
    """When and why nobody need act any more: it was closed, or what it was to come before has taken place."""
    held_on = running.meeting.held_on if running.meeting is not None else None
    if running.closed is None and running.entry.ends_with == "meeting" and held_on is not None:
        return held_on, "the conference was held without it"
    return running.closed


def _status(
    running: Running, reckoned: Reckoned, over: tuple[date, str] | None, now: datetime
) -> tuple[Status, str | None]:
    if running.met is not None:
        late = running.met.undated is None and reckoned.passed_by(running.met.day, running.met.item.occurred_at)
        return (Status.MET_LATE if late else Status.MET), None
    if over is not None:
        on, why = over
        missed = reckoned.dated if running.closed is None else reckoned.passed_by(on)
        return (Status.MISSED if missed and not _lapses(running) else Status.CANCELLED), why
    if stopped(reckoned, running.pauses):
        return Status.SUSPENDED, running.pauses[-1].since.type.replace("_", " ")
    if not (reckoned.dated and reckoned.passed_by(now.astimezone(LOCAL).date(), now)):
        return Status.OPEN, None
    if _lapses(running):
        return Status.CANCELLED, running.entry.lapses
    return Status.MISSED, None


def _lapses(running: Running) -> bool:
    return running.entry.lapses is not None and not running.bound


def _chase_on(running: Running, status: Status) -> date | None:
    if running.entry.chase_days is None or status is not Status.OPEN:
        return None
    return running.start.event.day + timedelta(days=running.entry.chase_days)


def _marks(
    running: Running, reckoned: Reckoned, too_late: str | None, chase_on: date | None, now: datetime
) -> frozenset[Mark]:
    marks = []
    if too_late is not None:
        marks.append(Mark.LATE_WHEN_KNOWN)
    if running.entry.inherited is not None:
        marks.append(Mark.INHERITED)
    if reckoned.missing is not None:
        marks.append(Mark.CANNOT_BE_CALCULATED)
    if reckoned.imprecise:
        marks.append(Mark.IMPRECISE)
    if chase_on is not None and now.astimezone(LOCAL).date() > chase_on:
        marks.append(Mark.CHASED)
    return frozenset(marks)


def _explained(
    running: Running, reckoned: Reckoned, too_late: str | None, calendar: Calendar, before: datetime | None
) -> Explanation:
    due, inherited, met = reckoned.due_on, running.entry.inherited, running.met
    notes = list(reckoned.notes)
    if inherited is not None:
        notes.append(inherited)
    if before is not None:
        on = before.astimezone(LOCAL).date()
        notes.append(f"Fell due before the case was carried here, from {on} on: announced to nobody, counted nowhere.")
    if too_late is not None:
        notes.append(f"Already past when it became known: {too_late}.")
    if met is not None and _entered_late(reckoned, met):
        notes.append(f"Done in time, and recorded on {met.recorded_at.astimezone(LOCAL).date()}.")
    return Explanation(
        counted_from=reckoned.counted_from,
        anchor=reckoned.anchor,
        count=reckoned.words,
        skipped=reckoned.skipped,
        last_working_day=calendar.last_working_day(due) if due is not None else None,
        policy=running.policy.id,
        policy_version=running.policy.version,
        calendar=calendar.id,
        notes=tuple(notes),
    )


def _entered_late(reckoned: Reckoned, met: Event) -> bool:
    """Whether something was done in time and only told after it was due (E-07)."""
    if met.undated is not None or not reckoned.dated or reckoned.passed_by(met.day, met.item.occurred_at):
        return False
    return reckoned.passed_by(met.recorded_at.astimezone(LOCAL).date(), met.recorded_at)


def sayings(
    duty: Duty, running: Running, known: Known, now: datetime, since: datetime | None
) -> tuple[list[ToAnnounce], datetime | None]:
    """What is true of a duty by `now` and must have been said, and the next instant at which something will be.

    Due when the due day begins; missed when it, or the instant, has passed; if both, only missed. A duty that was
    already past when its start became known is only ever late when known (E-80); an undated one is chased (E-81). What
    lapses is never missed. Of what fell due before `since` nothing is ever said (E-83).
    """
    if duty.status not in {Status.OPEN, Status.MISSED} or Mark.BEFORE_GO_LIVE in duty.marks:
        return [], None
    steps = [step for step in _steps(duty, known.at) if step[0] is not Said.MISSED or not _lapses(running)]
    if since is not None:
        steps = [(said, at) for said, at in steps if said is not Said.CHASED or at > since]
    true_now = [step for step in steps if step[1] <= now]
    coming = min((at for _, at in steps if at > now), default=None)
    said = [ToAnnounce(duty.id, duty.rule, said, duty.due_on, duty.due_at, at) for said, at in true_now[-1:]]
    return said, coming


def _steps(duty: Duty, known_at: datetime) -> list[tuple[Said, datetime]]:
    if Mark.LATE_WHEN_KNOWN in duty.marks:
        return [(Said.LATE_WHEN_KNOWN, known_at)]
    begun: datetime | None = None
    missed: datetime | None = None
    if duty.due_at is not None:
        begun, missed = begins(duty.due_at.astimezone(LOCAL).date()), duty.due_at + timedelta(microseconds=1)
    elif duty.due_on is not None:
        begun, missed = begins(duty.due_on), begins(duty.due_on + ONE_DAY)
    elif duty.chase_on is not None:
        return [(Said.CHASED, begins(duty.chase_on + ONE_DAY))]
    due = [] if duty.closed_on is not None or begun is None else [(Said.DUE, begun)]
    return [*due, *([(Said.MISSED, missed)] if missed is not None else [])]
