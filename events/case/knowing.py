"""When a due date became known as it stands, by which fact, and why it was past by then if it was (E-80)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from events.case.history import Told
from events.case.reckoning import Reckoned
from events.case.running import Running
from events.catalogue.envelope import LOCAL, Event


class Known(NamedTuple):
    """The instant since which a due date has been known, and the fact that made it known."""

    at: datetime
    by: Told

    def too_late(self, reckoned: Reckoned) -> str | None:
        """Why the due date had already passed when it became known; None when it had not."""
        if not reckoned.passed_by(self.at.astimezone(LOCAL).date(), self.at):
            return None
        if self.by.by_correction(self.at):
            return "a correction"
        event = self.by.event
        short = reckoned.passed_by(event.day, event.item.occurred_at or event.recorded_at)
        return "short notice" if short else "late entry"


def known(running: Running, reckoned: Reckoned, facts: Mapping[int, Told]) -> Known:
    """Since when the due date of a duty has been known. `facts` are all that have been told, by position."""
    found = Known(running.start.known_at(running.started), running.start)
    for event in reckoned.told_by:
        told = facts[event.key]
        if told is not running.start:
            at = told.known_at(lambda form, as_is=event: timing(form) == timing(as_is))  # type: ignore[misc]  # bound now
            found = max(found, Known(at, told), key=lambda each: each.at)
    return found


def timing(event: Event) -> tuple[object, ...]:
    """Whatever of an event may date something: its day and instant, and the dates, numbers and lists it tells."""
    numbers = (value for value in vars(event.data).values() if isinstance(value, date | int | tuple))
    return (event.day, event.item.occurred_at, *numbers)
