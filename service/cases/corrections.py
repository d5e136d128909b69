"""Whether a correction leaves a fact that makes sense: valid for its type, and nothing of it yet to come."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import ValidationError

from events.case.history import corrected, history, second_thought
from events.catalogue.corrections import EventCorrected
from events.catalogue.envelope import Event, Item
from service.cases.checks import yet_to_come
from service.cases.faults import Fault, Unacceptable
from service.cases.items import Copy
from service.cases.sentences import faults


def check_correction(copy: Copy, past: Sequence[Event], now: datetime) -> None:
    """Raises Unacceptable when the correction in `copy` would leave something that its type does not allow."""
    change = copy.item.data
    if not isinstance(change, EventCorrected):
        return
    pointer = copy.placed.pointer
    target = next(event for event in past if event.fact == change.fact)
    if isinstance(target.data, EventCorrected):
        _check_second_thoughts(target.data, change, pointer)
        return
    standing = next((told.event.item for told in history(past).told if told.event.fact == change.fact), None)
    if standing is None:
        raise Unacceptable([Fault(f"{pointer}/data/fact", "This was voided. Void the voiding first.")])
    late = list(yet_to_come(_corrected(standing, change, pointer), f"{pointer}/data", now))
    if late:
        raise Unacceptable(late)


def _corrected(item: Item, change: EventCorrected, pointer: str) -> Item:
    try:
        return corrected(item, change)
    except ValidationError as error:
        raise _unacceptable(error, change, pointer) from None


def _check_second_thoughts(first: EventCorrected, change: EventCorrected, pointer: str) -> None:
    """A correction of a correction changes the correction's own fields."""
    try:
        second_thought(first, change)
    except ValidationError as error:
        raise _unacceptable(error, change, pointer) from None


def _unacceptable(error: ValidationError, change: EventCorrected, pointer: str) -> Unacceptable:
    sent = change.model_dump(mode="json", exclude_none=True)
    errors = error.errors(include_url=False, include_input=False)
    return Unacceptable(faults(errors, sent, prefix=f"{pointer}/data"))
