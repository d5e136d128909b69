"""Two cases of one child become one: which ends, which goes on, and what may still be told of the one that ended."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import UUID

from events.case.history import history
from events.catalogue.allocation import CasesMerged
from events.catalogue.corrections import EventCorrected, EventVoided
from events.catalogue.envelope import Event, Item
from service.cases.faults import Fault, Merged, Unacceptable
from service.cases.items import Copy, Merging, Placed

MERGES = "cases_merged"


def goes_on(item: Item) -> str | None:
    """How the caller calls the case that another is merged into; None for what merges nothing."""
    return item.data.into if isinstance(item.data, CasesMerged) else None


def merging(placed: Placed, concerned: Sequence[UUID], of_key: Mapping[str, UUID]) -> Merging | None:
    """Which two of the cases that an item concerns it makes one: the one it is told of ends in favour of the other.

    Raises Unacceptable unless it is told of one case and names another.
    """
    called = goes_on(placed.item)
    if called is None:
        return None
    into = of_key[called]
    ending = [case for case in concerned if case != into]
    if len(ending) != 1:
        fault = Fault(f"{placed.pointer}/data/into", "Tell it of the one case that ends, and name another here.")
        raise Unacceptable([fault])
    return Merging(ending[0], into)


def check_merged(
    copies: Iterable[Copy], histories: Mapping[UUID, Sequence[Event]], on_a_plan: Callable[[UUID], bool]
) -> None:
    """Raises Merged for what is told of a case that ended so, and Unacceptable for a merging that would lose a plan."""
    ended = {case for case, events in histories.items() if _was_merged(case, events)}
    for copy in copies:
        if copy.case in ended and not isinstance(copy.item.data, EventCorrected | EventVoided):
            raise Merged
        if copy.merging is None or copy.case == copy.merging.into:
            continue
        if copy.merging.into in ended:
            raise _unacceptable(copy, "This case was itself merged into another; name the one that goes on.")
        if on_a_plan(copy.case) and not on_a_plan(copy.merging.into):
            raise _unacceptable(
                copy, "Only the case that would end has a plan that is running. Merge them the other way round."
            )
        ended.add(copy.case)


def _unacceptable(copy: Copy, message: str) -> Unacceptable:
    return Unacceptable([Fault(f"{copy.placed.pointer}/data/into", message)])


def _was_merged(case: UUID, events: Sequence[Event]) -> bool:
    if all(event.type != MERGES for event in events):
        return False
    told = (each.event.data for each in history(events).told)
    return any(isinstance(data, CasesMerged) and data.into != str(case) for data in told)
