"""What must have been said of a case, from what was told of it alone: no Temporal, no database, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from events.catalogue.announcements import DutyAnnounced
from events.catalogue.envelope import Event, Kind
from tests.case.given import Case


class Saying(NamedTuple):
    """One announcement: of which rule, what, and with which due date."""

    rule: str
    said: str
    due_on: date | None
    due_at: datetime | None


def said(events: Iterable[Event]) -> list[Saying]:
    """What was said, in order."""
    return [
        Saying(each.data.rule, each.data.said.value, each.data.due_on, each.data.due_at)
        for each in events
        if isinstance(each.data, DutyAnnounced)
    ]


def expected(events: Iterable[Event], until: datetime) -> list[Saying]:
    """What should have been said by `until`, had somebody looked at each instant that needed it and after each fact."""
    facts = [each for each in events if each.kind is not Kind.ANNOUNCEMENT]
    case, now = Case(), facts[0].recorded_at
    for _, told in groupby(facts, key=lambda each: each.through):
        now = _tell(case, list(told), now)
    _live(case, now, until)
    return said(case.events)


def _tell(case: Case, told: Sequence[Event], since: datetime) -> datetime:
    """Lets time pass until these were told together, tells them, and looks."""
    now = told[-1].recorded_at
    if case.events:
        _live(case, since, told[0].recorded_at)
    for each in told:
        number = len(case.events) + 1
        case.events.append(replace(each, position=number, version=number, through=number))
    case.say(now.isoformat())
    return now


def _live(case: Case, since: datetime, until: datetime) -> None:
    while (coming := case.assess(since.isoformat()).next_instant) is not None and coming <= until:
        case.say(coming.isoformat())
        since = coming
