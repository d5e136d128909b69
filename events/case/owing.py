"""What must still be told in the other log of a move, so that it holds what it should.

Compared are not events but what they have come to: each step as it now stands, beside what was carried of it so far.
So it makes no difference how often they are compared, by how many, or after which crash. What the other authority has
put right in its own log stays as it put it, until the step itself changes.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from events.case.history import history
from events.case.links import was_carried
from events.catalogue.corrections import EventCorrected, EventVoided
from events.catalogue.envelope import OURS, Event, Item
from events.catalogue.registry import Catalogue

_WHEN = ("occurred_on", "occurred_at")


def owed(wanted: Mapping[str, Item], there: Sequence[Event], carried: str, catalogue: Catalogue) -> list[Item]:
    """The items to tell in the other log, in order: steps that are new, and what puts right those carried before.

    `wanted` is every step it should hold, `there` the events of the case there. The ids of what was carried of this
    move begin with `carried`. Each item's id is the same for whoever finds it owed.
    """
    ours = [event for event in there if was_carried(event) and event.item.id.startswith(carried)]
    stands = {told.event.item.id: told.event for told in history(ours).told}
    steps = {event.item.id: event for event in ours if not isinstance(event.data, EventCorrected | EventVoided)}
    fresh = [item for id_, item in wanted.items() if id_ not in steps]
    put_right = _Corrections(ours, catalogue)
    return [*fresh, *(item for id_ in steps for item in put_right.of(steps[id_], stands.get(id_), wanted.get(id_)))]


class _Corrections:
    """What puts a carried step right."""

    def __init__(self, ours: Sequence[Event], catalogue: Catalogue) -> None:
        self._ours, self._catalogue = ours, catalogue

    def of(self, step: Event, stands: Event | None, wanted: Item | None) -> Iterator[Item]:
        """A void of what should not be there, the end of a void that should, a correction of what is otherwise."""
        if wanted is None:
            if stands is not None:
                yield self._item(step, "event_voided", step.item, {"fact": step.fact, "reason": "Taken back."})
            return
        if stands is None:
            yield self._item(step, "event_voided", wanted, {"fact": self._void(step), "reason": "It stands after all."})
        elif change := _change(stands.item, wanted):
            yield self._item(step, "event_corrected", wanted, {"fact": step.fact, "reason": "Put right.", **change})

    def _void(self, step: Event) -> UUID:
        """The void that counts against a step: the last one carried."""
        return next(
            event.fact
            for event in reversed(self._ours)
            if isinstance(event.data, EventVoided) and event.data.fact == step.fact
        )

    def _item(self, step: Event, type_: str, when: Item, data: Mapping[str, Any]) -> Item:
        before = sum(event.item.id.startswith(f"{step.item.id}:") for event in self._ours)
        whole = {
            "source": OURS,
            "id": f"{step.item.id}:{before + 1}",
            "type": type_,
            "occurred_on": when.day,
            "data": data,
        }
        return self._catalogue.recorded.validate_json(to_json(whole))


def _change(stands: Item, wanted: Item) -> dict[str, Any]:
    """What a correction must say of a step that stands so and should stand otherwise; nothing if it need not."""
    now, then = wanted.model_dump(mode="json"), stands.model_dump(mode="json")
    when = {name: now[name] for name in _WHEN if now[name] is not None and now[name] != then[name]}
    meeting = {"meeting": now["meeting"]} if now["meeting"] not in {None, then["meeting"]} else {}
    names = {**then["data"], **now["data"]}
    data = {name: now["data"].get(name) for name in names if now["data"].get(name) != then["data"].get(name)}
    return {**when, **meeting, **({"data": data} if data else {})}
