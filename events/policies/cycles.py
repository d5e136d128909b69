"""Duties that start one another for ever: whoever does the one owes the next, and whoever does that owes the first."""

from collections.abc import Iterator, Mapping, Sequence

from events.policies.model import DutyEntry
from events.policies.words import Match


def cycles(duties: Sequence[DutyEntry]) -> Iterator[tuple[DutyEntry, ...]]:
    """Each ring of two duties or more in which doing one always starts the next. It begins with the first in the pack.

    One duty that what meets it starts anew is a rhythm, and no ring. Where a start asks for a condition, or comes only
    once in a plan, a move or a meeting, the ring ends there.
    """
    place = {duty.id: number for number, duty in enumerate(duties)}
    leads = {duty.id: [each for each in duties if each is not duty and _always_starts(duty, each)] for duty in duties}
    for duty in duties:
        yield from _rings((duty,), leads, place)


def _rings(
    path: tuple[DutyEntry, ...], leads: Mapping[str, Sequence[DutyEntry]], place: Mapping[str, int]
) -> Iterator[tuple[DutyEntry, ...]]:
    for coming in leads[path[-1].id]:
        if coming is path[0]:
            yield path
        elif coming not in path and place[coming.id] > place[path[0].id]:
            yield from _rings((*path, coming), leads, place)


def _always_starts(done: DutyEntry, coming: DutyEntry) -> bool:
    if coming.each != "start":
        return False
    return any(_picked_by(met, start) for met in done.met_by for start in coming.starts if not start.when)


def _picked_by(met: Match, start: Match) -> bool:
    """Whether what meets one duty may be what starts the other: the same event, with no field that tells them apart."""
    apart = (set(met.where[field]).isdisjoint(start.where[field]) for field in met.where if field in start.where)
    return not met.types.isdisjoint(start.types) and not any(apart)
