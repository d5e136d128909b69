"""The stored bank holidays: what the `holidays` package says, kept as dated data."""

import json
from datetime import date

import holidays
import pytest

from events.calendars import snapshots
from events.policies.loading import digest

clause = pytest.mark.clause
COMPARED = range(2018, 2027)


@pytest.mark.parametrize("nation, subdivision", snapshots.NATIONS.items())
@clause("E-02")
def test_a_stored_calendar_agrees_with_the_package(nation: str, subdivision: str) -> None:
    kept = snapshots.read(snapshots.stored(nation))
    listed = holidays.country_holidays("GB", subdiv=subdivision, years=range(kept.first.year, kept.last.year + 1))

    assert dict(kept.holidays) == dict(listed)


@clause("E-02")
def test_england_and_wales_had_the_same_bank_holidays() -> None:
    england, wales = (
        {day for day in snapshots.read(snapshots.stored(nation)).holidays if day.year in COMPARED}
        for nation in ("england", "wales")
    )

    assert england == wales
    assert date(2022, 9, 19) in england  # a day of mourning was one; St David's Day is none
    assert date(2024, 3, 1) not in wales


def test_a_snapshot_is_written_and_read_alike_and_goes_by_its_digest() -> None:
    text = snapshots.write("england", "test", 2024, 2025)
    calendar = snapshots.read(text, closures={date(2025, 3, 26): "Moving offices"})

    assert (calendar.id, calendar.first, calendar.last) == ("england-test", date(2024, 1, 1), date(2025, 12, 31))
    assert calendar.why_not_working(date(2025, 3, 26)) == "Moving offices"
    assert digest(text) == digest(text) != digest(text + " ")


def test_closures_may_stand_in_the_snapshot_itself() -> None:
    whole = json.loads(snapshots.write("england", "test", 2025, 2025))
    whole["closures"] = {"2025-03-26": "Moving offices"}

    assert snapshots.read(json.dumps(whole)).why_not_working(date(2025, 3, 26)) == "Moving offices"
