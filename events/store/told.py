"""From rows of the log, and from what became of a command, to the values that callers get."""

from events.catalogue.envelope import Event, Kind
from events.store.append import MICROSECOND, Written
from events.store.command import Appended, Command, ErasedEvent, Stale, Stored
from events.store.errors import ErasedCaseError
from events.store.keys import CaseKeys, Erased
from events.store.read import Record
from events.store.seal import Copy, open_body


def appended(command: Command, written: Written) -> Appended:
    """A command as it now stands in the log, each event a position and a microsecond after the one before."""
    position, recorded_at = written.position, written.recorded_at
    assert position is not None and recorded_at is not None  # noqa: S101, PT018 - it was appended
    return Appended(
        tuple(
            Event(
                authority=command.authority,
                case=draft.case,
                position=position + place,
                version=draft.version,
                through=draft.through,
                fact=draft.fact,
                copy=draft.copy,
                kind=draft.kind,
                schema_version=draft.schema_version,
                recorded_at=recorded_at + place * MICROSECOND,
                recorded_by=draft.recorded_by,
                item=draft.item,
            )
            for place, draft in enumerate(command.drafts)
        )
    )


def stale(command: Command, written: Written) -> Stale:
    """The versions that a command found. Raises ErasedCaseError when a case it names was erased."""
    actual = dict(zip(command.expected, written.actual, strict=True))
    for case, version in actual.items():
        if version < 0:
            raise ErasedCaseError(command.authority, case)
    return Stale(actual)


def stored(row: Record, keys: CaseKeys | Erased) -> Stored:
    """What the log holds of one copy of a fact."""
    through = None
    if row["sealed"] is not None and not isinstance(keys, Erased):
        through = open_body(Copy.of(row), row["sealed"], keys).through
    return Stored(
        case=row["case_id"],
        copy=row["copy"],
        version=row["version"],
        position=row["position"],
        type=row["type"],
        request_digest=row["request_digest"],
        through=through,
        recorded_at=row["recorded_at"],
    )


def what_is_left(row: Record) -> ErasedEvent:
    """What is left of an event of an erased case."""
    return ErasedEvent(
        authority=row["authority"],
        case=row["case_id"],
        position=row["position"],
        version=row["version"],
        fact=row["fact"],
        copy=row["copy"],
        type=row["type"],
        kind=Kind(row["kind"]),
        schema_version=row["schema_version"],
        recorded_at=row["recorded_at"],
    )
