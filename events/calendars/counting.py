"""Counting days, working days, weeks, months and years on local dates (E-01 to E-05)."""

import calendar as months_of_the_year
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

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
    def _counted(self) -> dict[tuple[date, int], tuple[date, tuple[Skipped, ...]]]:
        return {}

    def why_not_working(self, day: date) -> str | None:
        """Why `day` is not a working day, or None when it is one (E-02)."""
        if not self.first <= day <= self.last:
            raise OutsideCalendar(
                f"{day} lies outside the calendar {self.id}, which runs from {self.first} to {self.last}"
            )
        return self._days_off.get(day) or WEEKEND.get(day.weekday())

    def count(self, start: date, working_days: int) -> tuple[date, tuple[Skipped, ...]]:
        """The day `working_days` after `start` (day 0, never counted), or before it when negative.

        Returns that day and every day skipped on the way, in the order they were met. Zero is `start` itself.
        """
        known = self._counted.get((start, working_days))
        if known is None:
            known = self._counted[start, working_days] = self._count(start, working_days)
        return known

    def _count(self, start: date, working_days: int) -> tuple[date, tuple[Skipped, ...]]:
        step = ONE_DAY if working_days > 0 else -ONE_DAY
        day, left, skipped = start, abs(working_days), []
        while left:
            day += step
            why = self.why_not_working(day)
            if why is None:
                left -= 1
            else:
                skipped.append(Skipped(day, why))
        return day, tuple(skipped)

    def last_working_day(self, day: date) -> date:
        """The last working day on or before `day`: the advice shown beside a date that falls on a day off (E-05)."""
        while self.why_not_working(day) is not None:
            day -= ONE_DAY
        return day


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
