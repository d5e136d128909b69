"""What an event and a block prove by themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from struct import error as OutOfRange  # noqa: N812 - what it means here
from typing import Any
from uuid import UUID

from events.store.leaf import Block, Content, chain, digest, leaf

Record = Any
"""A row as asyncpg gives it."""

CONTENT = (
    "case_id",
    "version",
    "type",
    "kind",
    "schema_version",
    "fact",
    "copy",
    "request_digest",
    "sealed",
    "third_parties",
)
"""The columns that an event's leaf binds."""

PARTS = {"case": "sealed", "third_parties": "third_parties"}
"""What can be erased, and the column it stands in."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the log that is not as it was written.

    `position` is the event's, or the last of the block's. `fields` are the columns that may have been changed: one,
    where it can be told which.
    """

    position: int
    table: str
    fields: tuple[str, ...]
    says: str


def leaf_of(row: Record, erasures: Mapping[tuple[int, str], bytes]) -> bytes | None:
    """The leaf that an event's row proves, erased parts by their digests. None when no leaf could be made of it."""
    digests = {
        part: digest(row[column]) or erasures.get((row["position"], part), b"") for part, column in PARTS.items()
    }
    try:
        return leaf(
            Content(
                row["authority"],
                row["case_id"],
                row["version"],
                row["fact"],
                row["copy"],
                row["schema_version"],
                row["type"],
                row["kind"],
                row["request_digest"],
                digests["case"],
                digests["third_parties"],
            )
        )
    except OutOfRange:
        return None


def whole(authority: UUID, before: Iterable[bytes], block: Block, chained: bytes) -> bool:
    """Whether a block hangs on what was before it: whether its chain is what it must be."""
    try:
        return any(chain(authority, earlier, block) == chained for earlier in before)
    except OutOfRange:
        return False
