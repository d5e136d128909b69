"""What binds the log together: leaves, roots and the chain. `deploy/verify` says the same again in its own words."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from struct import Struct
from typing import NamedTuple
from uuid import UUID

GENESIS = bytes(32)
"""The chain before the first block."""

_LEAF = b"planclock.leaf.1"
_ROOT = b"planclock.root.1"
_CHAIN = b"planclock.chain.1"
_REFERENCE = b"planclock.reference.1"
_FIXED = Struct(">16s16sI16sHH")
_LENGTH = Struct(">I")
_BLOCK = Struct(">QQQ")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NONE = b""


def digest(content: bytes | None) -> bytes:
    """SHA-256 of a sealed part; of one that is absent, nothing."""
    return _NONE if content is None else sha256(content).digest()


class Content(NamedTuple):
    """All that an event is by itself. Where and when it stands is bound by its block."""

    authority: UUID
    case: UUID
    version: int
    fact: UUID
    copy: int
    schema_version: int
    type: str
    kind: str
    request_digest: bytes
    sealed_digest: bytes
    third_parties_digest: bytes


def leaf(event: Content) -> bytes:
    """The hash of an event's content: 32 bytes.

    What has a fixed length stands first; each of the rest is preceded by its length, so that no two events can be
    written the same way.
    """
    authority, case, version, fact, copy, schema_version, type_name, kind, *digests = event
    parts = [_LEAF, _FIXED.pack(authority.bytes, case.bytes, version, fact.bytes, copy, schema_version)]
    for part in (type_name.encode(), kind.encode(), *digests):
        parts += (_LENGTH.pack(len(part)), part)
    return sha256(b"".join(parts)).digest()


class Block(NamedTuple):
    """A committed group: its first and last position, when the first event was recorded, and its root."""

    first: int
    last: int
    recorded_at: datetime
    root: bytes


def chain(authority: UUID, before: bytes, block: Block) -> bytes:
    """The hash of a block over the chain up to the block before it."""
    microseconds = (block.recorded_at - _EPOCH) // timedelta(microseconds=1)
    numbers = _BLOCK.pack(block.first, block.last, microseconds)
    return sha256(_CHAIN + authority.bytes + before + numbers + block.root).digest()


def root(leaves: list[bytes], references: list[tuple[bytes, UUID]], authority: UUID) -> bytes:
    """The hash over a block's leaves in order, and over the references registered with it, by hash."""
    bound = [sha256(_REFERENCE + authority.bytes + hashed + case.bytes).digest() for hashed, case in sorted(references)]
    return sha256(b"".join([_ROOT, *leaves, *bound])).digest()
