"""Whether the policies and the calendar reach everything a case may come to, told from its dates alone.

To know it for certain the case has to be assessed. Nearly always that need not be tried: every date lies so far within
that no count of any policy could lead outside.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from pydantic import BaseModel

from events.calendars.counting import Calendar
from events.case.story import MAJORITY
from events.catalogue.envelope import LOCAL, Event, Kind
from events.catalogue.taking_on import CaseTakenOn
from events.policies.in_force import Policies
from events.policies.model import Policy
from events.policies.words import Due

_DAYS = {"hours": 1, "days": 1, "working_days": 2, "weeks": 7, "months": 31, "years": 366}
"""At most so many days each unit takes, bank holidays and a long Christmas included."""

_DATELESS = frozenset({str, bool, int})

_BACK = timedelta(days=366)
"""Further back than any count that runs to a date before a meeting."""


def reached(events: Iterable[Event], policies: Policies, calendar: Calendar, now: datetime) -> bool:
    """Whether `events` of one case are beyond doubt within reach at `now`. False says only that it must be tried.

    Corrections may change any date, and a case taken on is read as facts of other days: both must be tried.
    """
    first, last = calendar.first + _BACK, calendar.last - _furthest(policies)
    began = policies.activations[0].effective_from
    if not (first <= now.astimezone(LOCAL).date() <= last and began <= now.date()):
        return False
    for event in events:
        if event.kind is Kind.ANNOUNCEMENT:
            continue
        if event.kind is Kind.CORRECTION or isinstance(event.data, CaseTakenOn) or event.day < began:
            return False
        if not all(first <= each <= last for each in (event.day, *_dates(vars(event.data).values()))):
            return False
    return True


@lru_cache(maxsize=1_000)
def _furthest(policies: Policies) -> timedelta:
    """How far from a date two counts, one upon the other, may lead: the longest of any policy, and the next longest."""
    counts = sorted({days for each in policies.activations for days in _counts(each.policy)})
    return timedelta(days=sum(counts[-2:]))


def _counts(policy: Policy) -> Iterator[int]:
    yield MAJORITY * _DAYS["years"]
    for entry in policy.duty:
        yield max(_days(entry.due) if entry.due is not None else 0, entry.chase_days or 0)
    for figure in policy.figures.values():
        yield figure.value * _DAYS["working_days"]


def _days(due: Due) -> int:
    return due.count * _DAYS[due.unit]


def _dates(values: Iterable[object]) -> Iterator[date]:
    """Every date in what an event says, however deep."""
    for value in values:
        if value is None or type(value) in _DATELESS:
            continue
        if isinstance(value, datetime):
            yield value.astimezone(LOCAL).date()
        elif isinstance(value, date):
            yield value
        elif isinstance(value, BaseModel):
            yield from _dates(vars(value).values())
        elif isinstance(value, tuple):
            yield from _dates(value)
