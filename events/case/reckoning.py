"""Reckoning a due date: a pure function of the start, the policy's figures and the calendar (E-01 to E-09)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from events.calendars.counting import Calendar, Skipped, add_months, birthday
from events.case.moment import Moment
from events.case.story import Dated
from events.catalogue.envelope import LOCAL, Event
from events.policies.words import Due

Anchor = Callable[[Moment], Dated | str]
"""Gives the day a duty counts from and who told it, or says in words which fact is missing."""

Shortener = Callable[[Moment], tuple[int, Dated] | None]
"""Gives a number of days that shortens a count and who set it, or None when there is none yet."""

HOURS_A_DAY = 24


def begins(day: date) -> datetime:
    """The instant at which a local day begins."""
    return datetime.combine(day, time(), LOCAL).astimezone(UTC)


class Reckoned(NamedTuple):
    """A due date and how it came about. Without `due_on` and `due_at`, `missing` names the fact that is wanting.

    `told_by` are the events, beside the start, whose telling made the date what it is.
    """

    due_on: date | None = None
    due_at: datetime | None = None
    anchor: date | None = None
    counted_from: str = "start"
    words: str | None = None
    skipped: tuple[Skipped, ...] = ()
    missing: str | None = None
    notes: tuple[str, ...] = ()
    imprecise: bool = False
    told_by: tuple[Event, ...] = ()

    @property
    def dated(self) -> bool:
        """Whether there is a due date at all."""
        return self.due_on is not None or self.due_at is not None

    def passed_by(self, day: date, at: datetime | None = None) -> bool:
        """Whether the due date had passed by a local day; by an instant of it, or its start, where the date is one."""
        if self.due_at is not None:
            return (at or begins(day)) > self.due_at
        return self.due_on is not None and day > self.due_on

    @property
    def passed_from(self) -> date | None:
        """The first local day by which the due date has passed; None without one."""
        due_on = self.due_at.astimezone(LOCAL).date() if self.due_at is not None else self.due_on
        return due_on + timedelta(days=1) if due_on is not None else None


@dataclass(frozen=True)
class Reckoner:
    """Knows the named anchors and shorteners; reckons any `Due`."""

    anchors: Mapping[str, Anchor]
    shorteners: Mapping[str, Shortener]

    def reckon(self, due: Due | None, start: Moment) -> Reckoned:
        """The due date of a duty that `start` began; the story of `start` is the one to ask about dates now."""
        if due is None:
            return Reckoned(anchor=start.event.day)
        if due.unit == "hours":
            return _elapsed(due, start)
        anchor = self._anchor(due.anchor, start)
        missing = anchor if isinstance(anchor, str) else anchor.by.undated
        if isinstance(anchor, str) or missing is not None:
            return Reckoned(counted_from=due.anchor, words=due.in_words, missing=missing)
        counted, words, told_by = self._shortened(due, start)
        number = -counted if due.before else counted
        day, skipped = _counted(anchor.day, due.unit, number, due.anchor, start.calendar)
        notes: tuple[str, ...] = ()
        if due.not_before_start and day < start.event.day:
            day, notes = start.event.day, (f"Counted, it would have been {day}; it is due at once.",)
        return Reckoned(
            due_on=day,
            anchor=anchor.day,
            counted_from=due.anchor,
            words=words,
            skipped=skipped,
            notes=notes,
            told_by=(anchor.by, *told_by),
        )

    def _anchor(self, name: str, start: Moment) -> Dated | str:
        if name == "start":
            return Dated(start.event.day, start.event)
        if name in self.anchors:
            return self.anchors[name](start)
        stated = getattr(start.event.data, name)
        return Dated(stated, start.event) if isinstance(stated, date) else f"the {name.replace('_', ' ')}"

    def _shortened(self, due: Due, start: Moment) -> tuple[int, str, tuple[Event, ...]]:
        shorter = self.shorteners[due.or_shorter](start) if due.or_shorter else None
        if shorter is None or shorter[0] >= due.count:
            return due.count, due.in_words, ()
        days, set_by = shorter
        return days, f"{days} days {'before' if due.before else 'after'}, shorter than {due.count}", (set_by.by,)


def _elapsed(due: Due, start: Moment) -> Reckoned:
    """Hours are elapsed time on the UTC line; told only a date, the count runs to the end of the later day (E-09)."""
    instant = start.event.item.occurred_at
    if instant is not None:
        return Reckoned(
            due_at=instant.astimezone(UTC) + timedelta(hours=due.count),
            anchor=start.event.day,
            words=due.in_words,
        )
    days = -(-due.count // HOURS_A_DAY)
    return Reckoned(
        due_on=start.event.day + timedelta(days=days),
        anchor=start.event.day,
        words=due.in_words,
        notes=("The time of day was not recorded, so it runs to the end of the day.",),
        imprecise=True,
    )


def _counted(anchor: date, unit: str, number: int, name: str, calendar: Calendar) -> tuple[date, tuple[Skipped, ...]]:
    match unit:
        case "days":
            return anchor + timedelta(days=number), ()
        case "weeks":
            return anchor + timedelta(weeks=number), ()
        case "months":
            return add_months(anchor, number), ()
        case "years":
            return (birthday(anchor, number) if name == "date_of_birth" else add_months(anchor, 12 * number)), ()
        case _:
            return calendar.count(anchor, number)
