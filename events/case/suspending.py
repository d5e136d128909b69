"""A count of days that stands still for a while: it goes on from what resumes it with the days it had left (E-27)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from events.calendars.counting import Calendar
from events.case.reckoning import Reckoned
from events.catalogue.envelope import Event
from events.policies.words import Due


@dataclass(frozen=True)
class Pause:
    """What stopped a count, and what let it go on, if anything has."""

    since: Event
    until: Event | None = None


def suspended(reckoned: Reckoned, pauses: Sequence[Pause], due: Due | None, calendar: Calendar) -> Reckoned:
    """The due date with the pauses of the count taken in; none at all while it stands still.

    A pause that began after the due date had passed changes nothing any more.
    """
    for pause in pauses:
        on = reckoned.due_on
        if due is None or on is None or pause.since.day > on:
            continue
        if pause.until is None:
            said = f"Suspended since {pause.since.day}, until {_words(pause.since)} is made good."
            return reckoned._replace(due_on=None, skipped=(), notes=(*reckoned.notes, said))
        left = _left(pause.since.day, on, due, calendar)
        goes_on = pause.until.day
        to, skipped = calendar.count(goes_on, left) if due.unit == "working_days" else (goes_on + timedelta(left), ())
        said = f"Suspended from {pause.since.day} to {goes_on}, with {left} {due.unit.replace('_', ' ')} left."
        reckoned = reckoned._replace(
            due_on=to,
            skipped=(*(each for each in reckoned.skipped if each.day <= pause.since.day), *skipped),
            notes=(*reckoned.notes, said),
            told_by=(*reckoned.told_by, pause.until),
        )
    return reckoned


def stopped(reckoned: Reckoned, pauses: Sequence[Pause]) -> bool:
    """Whether the count stands still now."""
    return bool(pauses) and pauses[-1].until is None and not reckoned.dated


def _left(stopped_on: date, due_on: date, due: Due, calendar: Calendar) -> int:
    """How many days a count had left when it was stopped."""
    if due.unit != "working_days":
        return (due_on - stopped_on).days
    days = (stopped_on + timedelta(number) for number in range(1, (due_on - stopped_on).days + 1))
    return sum(calendar.why_not_working(day) is None for day in days)


def _words(event: Event) -> str:
    return event.type.replace("_", " ")
