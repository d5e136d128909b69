"""Dates reckoned the slow way, a step at a time and without the engine: what its due dates are held against."""

from calendar import monthrange
from datetime import date, timedelta

from events.calendars.counting import Calendar


def days(start: date, number: int) -> date:
    """So many days on, or back."""
    return start + timedelta(number)


def working(start: date, number: int, calendar: Calendar) -> date:
    """So many working days on, or back, a day at a time by the list of holidays."""
    step, left, day = timedelta(1 if number > 0 else -1), abs(number), start
    while left:
        day += step
        left -= day.weekday() < 5 and day not in calendar.holidays
    return day


def months(start: date, number: int) -> date:
    """So many months on, a month at a time; the day that a month lacks is its last."""
    year, month = start.year, start.month
    for _ in range(number):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def eighteenth(born: date) -> date:
    """The 18th birthday: whoever was born on 29 February comes of age on 1 March (E-20)."""
    leaps_over = (born.month, born.day) == (2, 29) and monthrange(born.year + 18, 2)[1] == 28
    return date(born.year + 18, 3, 1) if leaps_over else date(born.year + 18, born.month, born.day)
