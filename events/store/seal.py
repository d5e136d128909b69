"""From a draft to its sealed parts and back. The canonical bytes that are sealed here are the event, for ever."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self
from uuid import UUID

from pydantic_core import to_json

from events.catalogue.envelope import Event, Item, Kind, Recorder
from events.catalogue.registry import Catalogue
from events.catalogue.sensitive import join, split
from events.store.append import Row, SealedCommand
from events.store.cipher import seal, unseal
from events.store.command import Command, Draft
from events.store.errors import OtherBuildError, UnreadableError
from events.store.keys import CaseKeys
from events.store.leaf import Content, digest, leaf

_PARTS = {"case": b"planclock.event.1:case", "third_parties": b"planclock.event.1:third_parties"}


class Copy(NamedTuple):
    """One copy of a fact, in one case: what its sealed parts are bound to, so that they cannot be moved."""

    authority: UUID
    case: UUID
    fact: UUID
    copy: int

    @classmethod
    def of(cls, row: Any) -> Self:  # noqa: ANN401 - a record of asyncpg, which ships no types
        """The copy in a row of the log."""
        return cls(row["authority"], row["case_id"], row["fact"], row["copy"])

    def bound_to(self, part: str) -> bytes:
        """What goes into a sealed part as associated data."""
        return self.authority.bytes + self.case.bytes + self.fact.bytes + self.copy.to_bytes(2, "big") + _PARTS[part]


@dataclass(frozen=True, slots=True)
class Body:
    """What was sealed: a head that repeats what stands in clear, and the item, less third parties' details, in JSON."""

    head: dict[str, Any]
    item: bytes

    @property
    def through(self) -> int:
        """The version the case had once the whole command was recorded."""
        return int(self.head["through"])


def seal_draft(authority: UUID, draft: Draft, keys: CaseKeys) -> tuple[bytes, bytes | None]:
    """The two sealed parts of a draft: the event, and third parties' details if it tells of any."""
    plain, details = split(draft.item)
    head = {
        "authority": str(authority),
        "case": str(draft.case),
        "copy": draft.copy,
        "fact": str(draft.fact),
        "kind": draft.kind.value,
        "recorded_by": {"role": draft.recorded_by.role, "subject": draft.recorded_by.subject},
        "request_digest": draft.request_digest.hex(),
        "schema_version": draft.schema_version,
        "third_parties": bool(details),
        "through": draft.through,
        "type": draft.item.type,
        "version": draft.version,
    }
    copy = Copy(authority, draft.case, draft.fact, draft.copy)
    sealed = seal(keys.case, canonical(head) + b"\n" + canonical(plain), copy.bound_to("case"))
    if not details:
        return sealed, None
    if keys.third_parties is None:
        raise UnreadableError(
            f"the third parties' key of case {draft.case} was destroyed: nothing can be sealed under it"
        )
    return sealed, seal(keys.third_parties, canonical(details), copy.bound_to("third_parties"))


def seal_command(
    command: Command, keys: Mapping[UUID, CaseKeys], references: Sequence[tuple[bytes, UUID]]
) -> SealedCommand:
    """A command sealed, each event under the keys of its case, as the database takes it."""
    rows = [_row(command.authority, draft, keys[draft.case]) for draft in command.drafts]
    size = sum(len(row.sealed) + len(row.third_parties or b"") for row in rows)
    return SealedCommand(tuple(command.expected.items()), rows, references, size)


def _row(authority: UUID, draft: Draft, keys: CaseKeys) -> Row:
    sealed, third_parties = seal_draft(authority, draft, keys)
    bound = leaf(
        Content(
            authority,
            draft.case,
            draft.version,
            draft.fact,
            draft.copy,
            draft.schema_version,
            draft.item.type,
            draft.kind.value,
            draft.request_digest,
            digest(sealed),
            digest(third_parties),
        )
    )
    return Row(
        draft.case,
        draft.version,
        draft.fact,
        draft.copy,
        draft.item.type,
        draft.kind.value,
        draft.schema_version,
        draft.request_digest,
        bound,
        sealed,
        third_parties,
    )


def canonical(value: object) -> bytes:
    """The one way a value is written in JSON: UTF-8, no spaces, fields in the order in which they are declared.

    It never holds a line break. Nothing is ever written again from what was read: these bytes are kept as they are.
    """
    return to_json(value)


def open_body(copy: Copy, sealed: bytes, keys: CaseKeys) -> Body:
    """Opens the event's own part. Raises UnreadableError when it is not what was sealed."""
    return read_body(unseal(keys.case, sealed, copy.bound_to("case")))


def read_body(content: bytes) -> Body:
    """Takes the canonical bytes of an event apart."""
    head, _, item = content.partition(b"\n")
    return Body(json.loads(head), item)


def open_third_parties(copy: Copy, sealed: bytes | None, keys: CaseKeys) -> dict[str, Any] | None:
    """Opens third parties' details, by JSON Pointer. None when there are none, or they were erased."""
    if sealed is None or keys.third_parties is None:
        return None
    details: dict[str, Any] = json.loads(unseal(keys.third_parties, sealed, copy.bound_to("third_parties")))
    return details


def parse_item(catalogue: Catalogue, body: Body, details: dict[str, Any] | None) -> Item:
    """The item as the catalogue knows it. Raises OtherBuildError for a type or a shape it does not know."""
    try:
        written = canonical(join(json.loads(body.item), details)) if details else body.item
        return catalogue.recorded.validate_json(written)
    except ValueError:
        # Not chained: a validation error repeats its input, which is personal data.
        what = f"a recorded {body.head['type']}"
        raise OtherBuildError(f"{what} is not known to this build: a newer one wrote it") from None


def to_event(catalogue: Catalogue, row: Any, keys: CaseKeys) -> Event:  # noqa: ANN401 - a record of asyncpg, which ships no types
    """The event in a row of the log."""
    copy = Copy.of(row)
    body = open_body(copy, row["sealed"], keys)
    details = open_third_parties(copy, row["third_parties"], keys)
    return Event(
        authority=row["authority"],
        case=row["case_id"],
        position=row["position"],
        version=row["version"],
        through=body.through,
        fact=row["fact"],
        copy=row["copy"],
        kind=Kind(row["kind"]),
        schema_version=row["schema_version"],
        recorded_at=row["recorded_at"],
        recorded_by=Recorder(**body.head["recorded_by"]),
        item=parse_item(catalogue, body, details),
    )
