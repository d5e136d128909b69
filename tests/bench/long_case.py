"""A made-up case of two years on a plan, as they are: visits, core groups, reviews, minutes, announcements."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.case.given import Case, on_a_plan, the_catalogue

BEGAN = date(2023, 1, 16)
"""The day of the initial conference."""

_FORTNIGHT, _WEEK = timedelta(14), timedelta(7)
_CORE_GROUPS_EVERY = 6
_FIRST_REVIEW, _REVIEWS_EVERY = 11, 24

Happening = tuple[str, date, str | None]
"""An event type, the day, and the meeting it belongs to."""


def long_case(events: int) -> Case:
    """The first so many events of it, announcements among them, each in its time."""
    case = on_a_plan(BEGAN.isoformat(), requested="2023-01-03")
    for type_, day, meeting in _happenings():
        for each in case.assess(day.isoformat()).to_announce:
            said = {"duty": each.duty, "rule": each.rule, "said": each.said.value, "due_on": each.due_on}
            case.tell("duty_announced", day.isoformat(), due_at=each.due_at, **said)
        case.tell(type_, day.isoformat(), meeting=meeting, **_data(type_))
        if len(case.events) >= events:
            break
    return replace(case, events=case.events[:events])


def _data(type_: str) -> dict[str, Any]:
    """The catalogue's example of what such an event says."""
    whole = the_catalogue()[type_].example_item()
    data: dict[str, Any] = whole["data"]
    return data


def _happenings() -> Iterator[Happening]:
    """What happens week by week, without end."""
    week = 0
    while True:
        week += 1
        day = BEGAN + week * _WEEK
        if week % 2 == 0:
            yield "child_seen", day, None
        if week % _CORE_GROUPS_EVERY == 1:
            yield from _core_group(f"CG-{week}", day + timedelta(1))
        if week % _REVIEWS_EVERY == _FIRST_REVIEW:
            yield from _review(f"RCPC-{week}", day + timedelta(2))


def _core_group(meeting: str, day: date) -> Iterator[Happening]:
    yield "core_group_meeting_held", day, meeting
    yield "core_group_record_circulated", day + timedelta(3), meeting


def _review(meeting: str, day: date) -> Iterator[Happening]:
    yield "report_submitted", day - timedelta(1), meeting
    yield "attendance_recorded", day, meeting
    yield "quorum_assessed", day, meeting
    yield "review_conference_held", day, meeting
    yield "decision_and_recommendations_completed", day, meeting
    yield "decision_and_recommendations_distributed", day + timedelta(1), meeting
    yield "minutes_signed", day + timedelta(4), meeting
    yield "minutes_distributed", day + timedelta(5), meeting
