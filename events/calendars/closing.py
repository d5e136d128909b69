"""An authority's own closures, as a policy officer writes them: a TOML file with one day and one reason a line."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from events.calendars.counting import ONE_DAY, Calendar

TABLE = "closures"
"""The one thing a file of closures holds."""

_LONGEST = 100
"""Characters in a reason."""

_SHUT_FOR = timedelta(days=60)
"""Longer than any office is shut at a stretch: more is a mistake, and would move dates by months."""


class ClosuresError(ValueError):
    """A file of closures cannot be used. Each line names the file, the day, and what to write instead."""


def closures(name: str, text: str, calendar: Calendar) -> dict[date, str]:
    """The closures a file's text lists, each day with its reason, to be added to `calendar`. In order of days.

    Raises:
        ClosuresError: Something in it makes no sense, or lies outside the calendar.
    """
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ClosuresError(f"{name}: not TOML: {error}") from error
    listed = written.get(TABLE)
    if not isinstance(listed, Mapping) or written.keys() != {TABLE}:
        raise ClosuresError(
            f'{name}: write one table, [{TABLE}], and under it a line a day: 2026-12-24 = "Office shut"'
        )
    found = {_day(day): why for day, why in listed.items()}
    wrong = [*_wrong(listed, calendar), *_too_long({day for day in found if day is not None})]
    if wrong:
        raise ClosuresError("\n".join(f"{name}: {each}" for each in wrong))
    return {day: str(why) for day, why in sorted((day, why) for day, why in found.items() if day is not None)}


def idle(listed: Mapping[date, str], calendar: Calendar) -> dict[date, str]:
    """The days among these closures on which nobody works anyway, and why."""
    before = Calendar(calendar.id, calendar.nation, calendar.first, calendar.last, calendar.holidays)
    return {day: why for day in listed if (why := before.why_not_working(day)) is not None}


def _wrong(listed: Mapping[str, object], calendar: Calendar) -> Iterator[str]:
    for written, why in listed.items():
        day = _day(written)
        if day is None:
            yield f"{written}: no date; write a day like 2026-12-24"
        elif not calendar.first <= day <= calendar.last:
            yield f"{written}: the calendar {calendar.id} runs from {calendar.first} to {calendar.last}"
        if not isinstance(why, str) or not why.strip() or len(why) > _LONGEST or not why.isprintable():
            yield f"{written}: give the reason in quotation marks, in at most {_LONGEST} characters"


def _too_long(days: set[date]) -> Iterator[str]:
    """A stretch of days shut that no authority can mean."""
    for first in sorted(day for day in days if day - ONE_DAY not in days):
        last = first
        while last + ONE_DAY in days:
            last += ONE_DAY
        if last - first >= _SHUT_FOR:
            yield f"{first}: shut until {last}, for longer than {_SHUT_FOR.days} days together; look again at the years"


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if day.isoformat() == written else None
