"""What case systems tell in a week: some cases are new, some are on plans, some hear nothing more and some do."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from tests.case.given import on_a_plan, the_catalogue
from tests.http.client import SOURCE, item, registered
from tests.workflows.clocks import FORM_HOURS

BEGINS = datetime(2026, 6, 1, 9, tzinfo=ZoneInfo("Europe/London"))
DAYS = 7


def first_words(case: str, number: int) -> Sequence[dict[str, Any]]:
    """Every other child was put on a plan ten days before the week begins; for the others a conference is asked for."""
    if number % 2:
        return [
            registered("2026-06-01"),
            item("initial_conference_requested", BEGINS.isoformat(), requested_by="csc"),
        ]
    return [
        {**each, **named, "source": SOURCE, "id": f"{case} {each['id']}"}
        for each in _on_a_plan()
        for named in [{"meeting": f"{each['meeting']} {case}"} if "meeting" in each else {}]
    ]


def news(case: str, number: int, day: int) -> Sequence[dict[str, Any]]:
    """What is told of a case on a day of the week, if anything."""
    today = (BEGINS + timedelta(days=day)).date().isoformat()
    if number % DAYS == day % DAYS:
        return [item("child_seen", today, **the_catalogue()["child_seen"].example_item()["data"])]
    if number % 6 == 0 and day == 3:
        held = the_catalogue()["core_group_meeting_held"].example_item()["data"]
        return [item("core_group_meeting_held", today, f"CG {case}", **held)]
    return []


def form_due(due: datetime) -> Sequence[dict[str, Any]]:
    """A child of today, whose 24-hour form falls due at an instant of today."""
    asked = (due - timedelta(hours=FORM_HOURS)).astimezone(UTC)
    return [
        registered(asked.date().isoformat()),
        item("initial_conference_requested", asked.isoformat(), requested_by="csc"),
    ]


@cache
def _on_a_plan() -> Sequence[dict[str, Any]]:
    story = on_a_plan("2026-05-22", requested="2026-05-08")
    return [event.item.model_dump(mode="json", exclude_none=True) for event in story.events]
