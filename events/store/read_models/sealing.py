"""From the rows of the lists to what is stored of them and back: what is searched in clear, what is shown sealed."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from events.case.answer import Duty
from events.store.cipher import seal, unseal
from events.store.keys import CaseKeys
from events.store.read_models.blinding import Blinds
from events.store.read_models.rows import CaseRow, DutyRow, Outcome

_ROW = b"planclock.row.1"


@dataclass(frozen=True)
class StoredDuty:
    """A duty of one case as rm.duty holds it, but for its seal."""

    case_id: UUID
    duty: UUID
    rule: UUID
    owner: str
    outcome: str
    dated: bool
    incalculable: bool
    lapses: bool
    ordered_at: datetime | None
    month: UUID | None
    shared: bool
    leads: bool
    stands: bool
    cases: list[UUID]
    teams: list[UUID]
    workers: list[UUID]
    inherited: bool
    digest: bytes
    content: bytes


@dataclass(frozen=True)
class StoredCase:
    """A case as rm.listed_case holds it, but for its seal, with its duties."""

    case_id: UUID
    version: int
    opened: int
    stage: str
    category: str | None
    flags: list[str]
    team: UUID | None
    worker: UUID | None
    meetings: list[UUID]
    digest: bytes
    content: bytes
    duties: tuple[StoredDuty, ...]


@dataclass(frozen=True)
class Holder:
    """Who has a case: as callers call them."""

    team: str | None
    worker: str | None
    manager: str | None = None


@dataclass(frozen=True)
class _Shown:
    """What is sealed of a duty."""

    duty: Duty
    lapses: str | None
    team: str | None
    worker: str | None


_SHOWN = TypeAdapter(_Shown)


def stored_case(row: CaseRow, keys: CaseKeys, blinds: Blinds) -> StoredCase:
    """What is stored of a case and its duties."""
    team = blinds.team(row.team) if row.team else None
    worker = blinds.worker(row.worker) if row.worker else None
    content = _canonical({"team": row.team, "worker": row.worker, "manager": row.manager})
    face = [row.version, row.opened, row.stage, row.category, row.flags, row.meetings]
    return StoredCase(
        case_id=row.case,
        version=row.version,
        opened=row.opened,
        stage=row.stage,
        category=row.category,
        flags=list(row.flags),
        team=team,
        worker=worker,
        meetings=sorted(map(blinds.meeting, row.meetings)),
        digest=_digest(keys, face, content),
        content=content,
        duties=tuple(_stored_duty(row, duty, team, worker, keys, blinds) for duty in row.duties),
    )


def _stored_duty(  # noqa: PLR0913, PLR0917 - one row, and what it is hashed with
    case: CaseRow, row: DutyRow, team: UUID | None, worker: UUID | None, keys: CaseKeys, blinds: Blinds
) -> StoredDuty:
    shown = _Shown(row.duty, row.lapses, case.team, case.worker)
    told = _SHOWN.dump_json(shown, exclude={"duty": {"marks"}})  # marks have no order of their own
    face = [row.outcome, row.withheld, sorted(row.duty.marks)]
    alone = not row.shared
    return StoredDuty(
        case_id=case.case,
        duty=blinds.duty(row.duty.id),
        rule=blinds.rule(row.duty.rule),
        owner=row.duty.owner,
        outcome=row.outcome.value,
        dated=row.dated,
        incalculable=row.incalculable,
        lapses=row.lapses is not None,
        ordered_at=None if row.withheld else row.ordered_at,
        month=blinds.month(row.ordered_at) if row.withheld else None,
        shared=row.shared,
        leads=row.duty.leads,
        stands=alone,
        cases=[case.case] if alone else [],
        teams=[team] if alone and team else [],
        workers=[worker] if alone and worker else [],
        inherited=row.inherited,
        digest=_digest(keys, face, told),
        content=_SHOWN.dump_json(shown),
    )


def seal_content(authority: UUID, case: UUID, duty: UUID | None, content: bytes, keys: CaseKeys) -> bytes:
    """Seals what is shown of a row, bound to the row."""
    return seal(keys.case, content, _bound(authority, case, duty))


def open_case(authority: UUID, case: UUID, sealed: bytes, keys: CaseKeys) -> Holder:
    """Who has a case. Raises UnreadableError when the row is not what was sealed."""
    return Holder(**json.loads(unseal(keys.case, sealed, _bound(authority, case, None))))


def open_duty(authority: UUID, record: Any, keys: CaseKeys) -> tuple[DutyRow, Holder]:  # noqa: ANN401 - a record of asyncpg
    """A duty of one case, and who has the case. Raises UnreadableError when the row is not what was sealed."""
    content = unseal(keys.case, record["sealed"], _bound(authority, record["case_id"], record["duty"]))
    shown = _SHOWN.validate_json(content)
    row = DutyRow(
        duty=shown.duty,
        outcome=Outcome(record["outcome"]),
        lapses=shown.lapses,
        withheld=record["month"] is not None,
    )
    return row, Holder(shown.team, shown.worker)


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _digest(keys: CaseKeys, face: list[object], content: bytes) -> bytes:
    return keys.request_digest(_ROW + _canonical(face) + b"\n" + content)


def _bound(authority: UUID, case: UUID, duty: UUID | None) -> bytes:
    return _ROW + authority.bytes + case.bytes + (duty.bytes if duty else b"")
