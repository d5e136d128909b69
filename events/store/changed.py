"""Which column of an event was changed: its sealed body repeats what stands in clear, out of reach without the key."""

from collections.abc import Set as AbstractSet
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from events.store.cipher import NONCE, TAG
from events.store.errors import UnreadableError
from events.store.keys import CaseKeys
from events.store.seal import Body, Copy, open_body, open_third_parties, read_body

Record = Any
"""A row as asyncpg gives it."""

_OPENING = b'{"authority":'


def changed_fields(row: Record, keys: CaseKeys, erased: AbstractSet[str]) -> tuple[str, ...]:
    """The columns of an event that are not what its sealed body says; none if all are. `erased` parts are excused."""
    try:
        body = open_body(Copy.of(row), row["sealed"], keys)
    except UnreadableError:
        return _why_closed(row, keys)
    return _differing(row, body) or _third_parties(row, body, keys, erased)


def _differing(row: Record, body: Body) -> tuple[str, ...]:
    columns = {
        "authority": str(row["authority"]),
        "case_id": str(row["case_id"]),
        "copy": row["copy"],
        "fact": str(row["fact"]),
        "kind": row["kind"],
        "request_digest": row["request_digest"].hex(),
        "schema_version": row["schema_version"],
        "type": row["type"],
        "version": row["version"],
    }
    return tuple(column for column, value in columns.items() if body.head[column.removesuffix("_id")] != value)


def _third_parties(row: Record, body: Body, keys: CaseKeys, erased: AbstractSet[str]) -> tuple[str, ...]:
    if "third_parties" in erased:
        return ()
    if body.head["third_parties"] != (row["third_parties"] is not None):
        return ("third_parties",)
    try:
        open_third_parties(Copy.of(row), row["third_parties"], keys)
    except UnreadableError:
        return ("third_parties",)
    return ()


def _why_closed(row: Record, keys: CaseKeys) -> tuple[str, ...]:
    """Reads the body without proof. If it opens bound to what it says itself, then the columns were changed."""
    content = _without_proof(row["sealed"], keys)
    try:
        head = read_body(content).head
        told = Copy(UUID(head["authority"]), UUID(head["case"]), UUID(head["fact"]), int(head["copy"]))
        return _differing(row, open_body(told, row["sealed"], keys))
    except (ValueError, KeyError, TypeError, OverflowError, UnreadableError):
        return ("sealed",) if content.startswith(_OPENING) else ("sealed", "case_id")


def _without_proof(sealed: bytes, keys: CaseKeys) -> bytes:
    """GCM encrypts with a counter that begins at 2 (NIST SP 800-38D, 7.1); 1 is for the tag, which is left aside."""
    counter = sealed[:NONCE].ljust(NONCE, b"\0") + (2).to_bytes(4, "big")
    reader = Cipher(algorithms.AES(keys.secret), modes.CTR(counter)).decryptor()
    return reader.update(sealed[NONCE:-TAG]) + reader.finalize()
