"""What a caller tells, each item with its place in what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic_core import to_json

from events.catalogue.envelope import Item


@dataclass(frozen=True)
class Placed:
    """An item and the JSON Pointer at which it was sent: empty for one sent bare, `/3` for the fourth of a list."""

    item: Item
    pointer: str


@dataclass(frozen=True)
class Copy:
    """One item in one case: what becomes one event there. `number` counts the copies of a fact from 0."""

    placed: Placed
    fact: UUID
    case: UUID
    number: int

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


def canonical(item: Item) -> bytes:
    """The bytes by which an item is recognised when it comes again, however it was spaced or its fields ordered."""
    return to_json(as_kept(item).model_dump(mode="json", exclude_none=True))
