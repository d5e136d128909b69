"""Two years on a plan as somebody lives them: visits, core groups and reviews, and some that nobody held."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from pydantic_core import to_json

from events.catalogue.envelope import LOCAL, Item
from tests.case.given import on_a_plan, the_catalogue

WEEKS = 104
"""For how long it is told after the initial conference."""

_UNTIL_CONFERENCE = timedelta(days=14)
_VISITS_MISSED = frozenset({16, 18, 20, 66})
_CORE_GROUPS_MISSED = frozenset({25, 73})
_REVIEWS = (11, 35, 63, 83)
_AT = time(12)


class Told(NamedTuple):
    """What is told, and at which instant."""

    at: datetime
    item: Item


def story(begins: date) -> Iterator[Told]:
    """Everything that is told of one child, in order; a conference is asked for on the day it begins."""
    conference = begins + _UNTIL_CONFERENCE
    for event in on_a_plan(conference.isoformat(), requested=begins.isoformat()).events:
        yield Told(event.recorded_at, event.item)
    for week in range(1, WEEKS + 1):
        day = conference + timedelta(weeks=week)
        if week % 2 == 0 and week not in _VISITS_MISSED:
            yield _told("child_seen", day)
        if week % 6 == 1 and week not in _CORE_GROUPS_MISSED:
            yield _told("core_group_meeting_held", day, f"CG-{week}")
            yield _told("core_group_record_circulated", day + timedelta(3), f"CG-{week}")
        if week in _REVIEWS:
            yield _told("review_conference_held", day + timedelta(4), f"RCPC-{week}")
            yield _told("minutes_distributed", day + timedelta(5), f"RCPC-{week}")


def _told(type_: str, day: date, meeting: str | None = None) -> Told:
    """The catalogue's example of such an event, on that day."""
    example: dict[str, Any] = the_catalogue()[type_].example_item()
    whole = {
        "source": "https://case-system.example",
        "id": f"{type_}-{day}",
        "type": type_,
        "occurred_on": day.isoformat(),
        "data": example["data"],
        **({"meeting": meeting} if meeting else {}),
        **({"basis": example["basis"]} if "basis" in example else {}),
    }
    return Told(datetime.combine(day, _AT, LOCAL), the_catalogue().recorded.validate_json(to_json(whole)))
