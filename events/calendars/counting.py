"""Counting days, working days, weeks, months and years on local dates (E-01 to E-05)."""

import calendar as months_of_the_year
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Self

ONE_DAY = timedelta(days=1)
WEEKEND = {5: "Saturday", 6: "Sunday"}


class OutsideCalendar(ValueError):  # noqa: N818  # says what is wrong, as a sentence would
    """A count left the years a calendar covers. Says which calendar, and which years."""


@dataclass(frozen=True)
class Skipped:
    """A day that was not counted, and why."""

    day: date
    why: str


@dataclass(frozen=True)
class Calendar:
    """One version of one nation's bank holidays, with an authority's own closures.

    `holidays` maps each bank holiday to its name; `first` and `last` bound the dates it can answer for.
    """

    id: str
    nation: str
    first: date
    last: date
    holidays: Mapping[date, str]
    closures: Mapping[date, str] = field(default_factory=dict)

    @cached_property
    def _days_off(self) -> dict[date, str]:
        return {**self.holidays, **self.closures}

    @cached_property
    def _sorted(self) -> tuple[list[date], list[Skipped]]:
        """Every working day of these years, and every other with its reason, each in order."""
        days = [self.first + timedelta(number) for number in range((self.last - self.first).days + 1)]
        why = [(day, self._days_off.get(day) or WEEKEND.get(day.weekday())) for day in days]
        return [day for day, reason in why if reason is None], [Skipped(day, reason) for day, reason in why if reason]

    def following(self, earlier: Self, since: date) -> Self:
        """This calendar from a day on; the days before are working days, or are not, as an earlier one says (E-02)."""
        return replace(
            self,
            first=min(self.first, earlier.first),
            holidays=_joined(earlier.holidays, self.holidays, since),
            closures=_joined(earlier.closures, self.closures, since),
        )

    def why_not_working(self, day: date) -> str | None:
        """Why `day` is not a working day, or None when it is one (E-02)."""
        if not self.first <= day <= self.last:
            raise self._outside(day)
        return self._days_off.get(day) or WEEKEND.get(day.weekday())

    def count(self, start: date, working_days: int) -> tuple[date, tuple[Skipped, ...]]:
        """The day `working_days` after `start` (day 0, never counted), or before it when negative.

        Returns that day and every day skipped on the way, in the order they were met. Zero is `start` itself.
        """
        if working_days == 0:
            return start, ()
        working, off = self._sorted
        forward = working_days > 0
        at = bisect_right(working, start) - 1 + working_days if forward else bisect_left(working, start) + working_days
        if not (self.first <= start <= self.last and 0 <= at < len(working)):
            raise self._outside(start)
        day = working[at]
        after, before = (start, day) if forward else (day, start)
        skipped = off[bisect_right(off, after, key=_day) : bisect_left(off, before, key=_day)]
        return day, tuple(skipped if forward else reversed(skipped))

    def _outside(self, day: date) -> OutsideCalendar:
        years = f"which runs from {self.first} to {self.last}"
        return OutsideCalendar(f"{day} lies outside the calendar {self.id}, {years}, or a count from it leads outside")

    def last_working_day(self, day: date) -> date:
        """The last working day on or before `day`: the advice shown beside a date that falls on a day off (E-05)."""
        while self.why_not_working(day) is not None:
            day -= ONE_DAY
        return day


def _joined(earlier: Mapping[date, str], later: Mapping[date, str], since: date) -> dict[date, str]:
    before = {day: name for day, name in earlier.items() if day < since}
    return before | {day: name for day, name in later.items() if day >= since}


def _day(skipped: Skipped) -> date:
    return skipped.day


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` on (back when negative), or that month's last day (E-01)."""
    year, month_index = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = months_of_the_year.monthrange(year, month_index + 1)[1]
    return date(year, month_index + 1, min(day.day, last))


def birthday(born: date, age: int) -> date:
    """The day on which somebody born on `born` reaches `age`; 1 March for 29 February in a common year (E-20)."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
