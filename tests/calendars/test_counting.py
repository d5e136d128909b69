"""Counting on the calendar: agreement with a slow count of days, and the laws that any count keeps."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.calendars import snapshots
from events.calendars.counting import Calendar, OutsideCalendar, add_months, birthday

clause = pytest.mark.clause
ENGLAND = snapshots.read(snapshots.stored("england"))
DAYS = st.dates(date(1991, 1, 1), date(2069, 1, 1))
COUNTS = st.integers(-60, 60)


def slow(start: date, number: int) -> date:
    """The same count, a day at a time, asking nothing but the list of holidays."""
    step, left, day = timedelta(1 if number > 0 else -1), abs(number), start
    while left:
        day += step
        left -= day.weekday() < 5 and day not in ENGLAND.holidays
    return day


@given(DAYS, COUNTS)
@clause("E-02", "E-03", "E-04")
def test_counting_agrees_with_a_slow_count(start: date, number: int) -> None:
    assert ENGLAND.count(start, number)[0] == slow(start, number)


@given(DAYS, COUNTS)
@clause("E-03")
def test_every_day_on_the_way_was_counted_or_skipped_with_a_reason(start: date, number: int) -> None:
    day, skipped = ENGLAND.count(start, number)

    assert abs((day - start).days) == abs(number) + len(skipped)
    assert all(each.why and ENGLAND.why_not_working(each.day) == each.why for each in skipped)
    assert [each.day for each in skipped] == sorted((each.day for each in skipped), reverse=number < 0)


@given(DAYS, st.integers(1, 40), st.integers(1, 40))
def test_counts_add_up(start: date, first: int, second: int) -> None:
    assert ENGLAND.count(ENGLAND.count(start, first)[0], second)[0] == ENGLAND.count(start, first + second)[0]


@given(DAYS, st.integers(1, 60))
def test_a_count_ends_on_a_working_day_and_back_again_ends_where_it_began_if_that_was_one(
    start: date, number: int
) -> None:
    day, _ = ENGLAND.count(start, number)
    assert ENGLAND.why_not_working(day) is None

    if ENGLAND.why_not_working(start) is None:
        assert ENGLAND.count(day, -number)[0] == start


@given(DAYS, DAYS, st.integers(1, 40))
def test_a_later_start_never_ends_earlier(one: date, other: date, number: int) -> None:
    earlier, later = sorted((one, other))

    assert ENGLAND.count(earlier, number)[0] <= ENGLAND.count(later, number)[0]


@clause("E-02")
def test_an_authoritys_own_closures_are_days_off_with_their_name() -> None:
    closed = Calendar(
        ENGLAND.id, "england", ENGLAND.first, ENGLAND.last, ENGLAND.holidays, {date(2025, 3, 26): "Moving offices"}
    )

    day, skipped = closed.count(date(2025, 3, 24), 3)
    assert (day, [(each.day, each.why) for each in skipped]) == (
        date(2025, 3, 28),
        [(date(2025, 3, 26), "Moving offices")],
    )


def test_a_calendar_answers_only_for_its_own_years() -> None:
    for start, number in ((date(2070, 12, 24), 10), (date(1990, 1, 3), -5)):
        with pytest.raises(OutsideCalendar, match="which runs from 1990-01-01 to 2070-12-31"):
            ENGLAND.count(start, number)


def test_the_last_working_day_is_the_day_itself_or_the_one_before_the_days_off() -> None:
    assert ENGLAND.last_working_day(date(2025, 4, 21)) == date(2025, 4, 17)
    assert ENGLAND.last_working_day(date(2025, 4, 22)) == date(2025, 4, 22)


@given(DAYS, st.integers(-60, 60))
@clause("E-01")
def test_months_keep_the_day_or_clip_to_the_last_of_the_month(start: date, months: int) -> None:
    day = add_months(start, months)

    assert (day.year * 12 + day.month) - (start.year * 12 + start.month) == months
    assert day.day == start.day or (day.day < start.day and (day + timedelta(1)).day == 1)


@given(st.dates(date(1991, 1, 1), date(2060, 1, 1)), st.integers(0, 18))
@clause("E-20")
def test_a_birthday_is_the_same_day_but_for_29_february(born: date, age: int) -> None:
    day = birthday(born, age)

    if (born.month, born.day) != (2, 29):
        assert (day.year - born.year, day.month, day.day) == (age, born.month, born.day)
    else:
        assert day == (date(day.year, 2, 29) if day.year % 4 == 0 else date(day.year, 3, 1))
