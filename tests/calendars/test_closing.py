"""An authority's own closures: a file anybody can write, and what is said of one that cannot be used."""

from datetime import date

import pytest

from events.calendars import snapshots
from events.calendars.closing import ClosuresError, closures, idle
from events.calendars.counting import Calendar

ENGLAND = snapshots.read(snapshots.stored("england"))


def refused(text: str) -> str:
    with pytest.raises(ClosuresError) as error:
        closures("own.toml", text, ENGLAND)
    return str(error.value)


def listed(*lines: str) -> str:
    return "\n".join(["[closures]", *lines])


def test_each_day_is_read_with_its_reason_in_order() -> None:
    text = listed('2026-12-30 = "Office shut"', '2026-12-29 = "Office shut"')

    assert list(closures("own.toml", text, ENGLAND).items()) == [
        (date(2026, 12, 29), "Office shut"),
        (date(2026, 12, 30), "Office shut"),
    ]


def test_a_file_may_say_that_there_are_none_any_more() -> None:
    assert closures("own.toml", "[closures]", ENGLAND) == {}


def test_days_on_which_nobody_works_anyway_are_named() -> None:
    found = closures("own.toml", listed('2026-12-25 = "Shut"', '2026-12-27 = "Shut"', '2026-12-30 = "Shut"'), ENGLAND)

    assert idle(found, ENGLAND) == {date(2026, 12, 25): "Christmas Day", date(2026, 12, 27): "Sunday"}


@pytest.mark.parametrize(
    "text, says",
    [
        ("closures", "own.toml: not TOML: "),
        ('[closed]\n2026-12-30 = "Shut"', "own.toml: write one table, [closures], and under it a line a day"),
        (listed('"30 December" = "Shut"'), "own.toml: 30 December: no date; write a day like 2026-12-24"),
        (listed('20261230 = "Shut"'), "own.toml: 20261230: no date; write a day like 2026-12-24"),
        (listed('2026-02-30 = "Shut"'), "own.toml: 2026-02-30: no date; write a day like 2026-12-24"),
        (listed('1989-12-29 = "Shut"'), "1989-12-29: the calendar england-2026-11 runs from 1990-01-01 to 2070-12-31"),
        (listed('2071-01-02 = "Shut"'), "2071-01-02: the calendar england-2026-11 runs from 1990-01-01 to 2070-12-31"),
        (listed("2026-12-30 = true"), "2026-12-30: give the reason in quotation marks, in at most 100 characters"),
        (listed('2026-12-30 = " "'), "2026-12-30: give the reason in quotation marks, in at most 100 characters"),
        (listed(f'2026-12-30 = "{"x" * 101}"'), "2026-12-30: give the reason"),
        (listed('2026-12-30 = "Shut"', '2026-12-30 = "Shut"'), "own.toml: not TOML: "),
    ],
)
def test_what_cannot_be_used_is_named_with_what_to_write_instead(text: str, says: str) -> None:
    assert says in refused(text)


def test_an_office_that_is_shut_for_months_is_taken_for_a_mistake() -> None:
    days = [f'2027-{month:02}-{day:02} = "Shut"' for month in (1, 2, 3) for day in range(1, 29)]
    january = [f'2027-01-{day} = "Shut"' for day in (29, 30, 31)]
    march = [f'2027-03-{day} = "Shut"' for day in (29, 30, 31)]

    assert "2027-01-01: shut until 2027-03-31, for longer than 60 days together" in refused(
        listed(*days, *january, *march)
    )


def test_a_later_calendar_counts_from_its_day_and_the_days_before_stay_as_they_were() -> None:
    later = Calendar(
        "england-x", "england", ENGLAND.first, ENGLAND.last, {}, {date(2026, 11, 30): "Shut", date(2026, 12, 1): "Shut"}
    )
    own = Calendar("own", "england", ENGLAND.first, ENGLAND.last, ENGLAND.holidays, {date(2026, 11, 27): "Shut"})

    both = later.following(own, date(2026, 12, 1))

    assert both.id == "england-x"
    assert both.why_not_working(date(2026, 11, 27)) == "Shut"
    assert both.why_not_working(date(2026, 11, 30)) is None
    assert both.why_not_working(date(2026, 12, 1)) == "Shut"
    assert both.why_not_working(date(2025, 12, 25)) == "Christmas Day"
    assert both.why_not_working(date(2026, 12, 25)) is None
