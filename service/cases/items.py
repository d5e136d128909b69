"""What a caller tells, each item with its place in what was sent."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic_core import to_json

from events.catalogue.conferences import AttendanceRecorded
from events.catalogue.envelope import Item


@dataclass(frozen=True)
class Placed:
    """An item and the JSON Pointer at which it was sent: empty for one sent bare, `/3` for the fourth of a list."""

    item: Item
    pointer: str


@dataclass(frozen=True)
class Merging:
    """Two cases of one child: the one that ends, and the one it is merged into."""

    ended: UUID
    into: UUID


@dataclass(frozen=True)
class Copy:
    """One item in one case: what becomes one event there. `number` counts the copies of a fact from 0.

    `called`: by which of the names in the item's attendance its teller means this case. `merging`: which two cases
    become one, where the item says so.
    """

    placed: Placed
    fact: UUID
    case: UUID
    number: int
    called: frozenset[str] = frozenset()
    merging: Merging | None = None

    @property
    def kept(self) -> Item:
        """The item as this case keeps it."""
        item = for_one(as_kept(self.item), self.case, self.called)
        if self.merging is None:
            return item
        data = item.data.model_copy(update={"into": str(self.merging.into), "merged": self.merging.ended})
        return item.model_copy(update={"data": data})

    @property
    def item(self) -> Item:
        """The item as told."""
        return self.placed.item

    @property
    def key(self) -> tuple[UUID, int]:
        """What the log knows it by."""
        return self.fact, self.number


def placed(items: Sequence[Item], *, bare: bool) -> tuple[Placed, ...]:
    """Items with their pointers. `bare`: there is one and it was sent by itself, not in a list."""
    return tuple(Placed(item, "" if bare else f"/{index}") for index, item in enumerate(items))


def as_kept(item: Item) -> Item:
    """The item as every case keeps it: without the names of the other cases, and without what only this call needs."""
    return item.model_copy(update={"cases": None, "expected_version": None})


def children_named(item: Item) -> set[str]:
    """The children with whom somebody at a meeting has had direct contact, as the caller calls them (STK-R10)."""
    data = item.data
    seats = data.attendees if isinstance(data, AttendanceRecorded) else ()
    return {name for seat in seats for name in seat.direct_contact_children or ()}


def for_one(item: Item, case: UUID, called: Container[str]) -> Item:
    """The item with nothing of other children: of those who had contact with some, whether with this one (STK-R10)."""
    data = item.data
    if not isinstance(data, AttendanceRecorded) or not children_named(item):
        return item
    seats = tuple(
        seat
        if seat.direct_contact_children is None
        else seat.model_copy(
            update={
                "direct_contact_children": (
                    (str(case),) if any(name in called for name in seat.direct_contact_children) else ()
                )
            }
        )
        for seat in data.attendees
    )
    return item.model_copy(update={"data": data.model_copy(update={"attendees": seats})})


def canonical(item: Item) -> bytes:
    """The bytes by which an item is recognised when it comes again, however it was spaced or its fields ordered."""
    return to_json(as_kept(item).model_dump(mode="json", exclude_none=True))
