"""What is asked of the log and what it answers: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from events.catalogue.envelope import Event, Item, Kind, Recorder


@dataclass(frozen=True, slots=True)
class Draft:
    """One event to append: everything but its position and the time it will be recorded."""

    case: UUID
    version: int
    through: int
    fact: UUID
    copy: int
    kind: Kind
    schema_version: int
    recorded_by: Recorder
    item: Item
    request_digest: bytes


@dataclass(frozen=True, slots=True)
class Command:
    """Appended whole or not at all; it may touch several cases.

    `expected` says the version each touched case must have now, 0 for none yet; it may name further cases on which
    the command rests. `references` are callers' references to register, each with the case it shall mean.
    """

    authority: UUID
    expected: Mapping[UUID, int]
    drafts: tuple[Draft, ...]
    references: Mapping[str, UUID] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Appended:
    """The command is in the log, for ever."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """A case had moved on: `actual` gives the version found for each case in `expected`. Nothing was appended."""

    actual: Mapping[UUID, int]


@dataclass(frozen=True, slots=True)
class Repeated:
    """These facts are in the log already. Nothing was appended."""

    facts: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class ReferenceTaken:
    """This reference means another case. Nothing was appended."""

    reference: str


Outcome = Appended | Stale | Repeated | ReferenceTaken


@dataclass(frozen=True, slots=True)
class Stored:
    """What the log holds of one copy of a fact. `through` is None once the case was erased."""

    case: UUID
    copy: int
    version: int
    position: int
    type: str
    request_digest: bytes
    through: int | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ErasedEvent:
    """What is left of an event of an erased case. Readers must face it."""

    authority: UUID
    case: UUID
    position: int
    version: int
    fact: UUID
    copy: int
    type: str
    kind: Kind
    schema_version: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """The end of an authority's log. An empty one has position 0, no time, and a chain of 32 zero bytes."""

    position: int
    recorded_at: datetime | None
    chain: bytes


@dataclass(frozen=True, slots=True)
class Authority:
    """Who uses Planclock: for real, or, for ever, as a sandbox. Sandboxes with the same `clock` share it."""

    id: UUID
    name: str
    sandbox: bool
    clock: UUID | None
