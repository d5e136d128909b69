"""Work over every case of an authority, and what it found in each: fixed when it is asked for, kept once a case."""

import json
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import astuple, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from events.case.comparing import Changed
from events.store.cipher import seal, unseal
from events.store.connect import Pool
from events.store.errors import in_plain_words
from events.store.keys import CaseKeys, Keys

_BOUND = b"planclock.batch.1"

_AUTHORITY = "select set_config('planclock.authority', $1, true)"
_BEGIN = """
insert into rm.batch (id, authority, kind, what, draft, pack, effective_from, recalculates_open, compares_with,
    position, assessed_at, cases, state)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'asked')
"""
_ONE = "select * from rm.batch where authority = $1 and id = $2"
_LATEST = "select * from rm.batch where authority = $1 order by asked_at desc, id limit $2"
_STATE = """
update rm.batch set state = $3, ended_at = case when $3 = 'done' then clock_timestamp() end, summary = $4
where authority = $1 and id = $2 and state <> 'done'
"""
_PROGRESS = """
select count(*) as done, count(*) filter (where outcome = 'changed') as changed,
    count(*) filter (where outcome = 'failed') as failed, count(*) filter (where outcome = 'erased') as erased
from rm.batch_case where authority = $1 and batch = $2
"""
_DONE = "select case_id, outcome from rm.batch_case where authority = $1 and batch = $2 and case_id = any ($3)"
_KEEP = """
insert into rm.batch_case (authority, batch, case_id, outcome, sealed, failed_by)
select $1, $2, f.* from unnest($3::uuid[], $4::text[], $5::bytea[], $6::text[]) as f
on conflict do nothing
"""
_FOUND = """
select case_id, outcome, sealed, failed_by from rm.batch_case
where authority = $1 and batch = $2 and outcome <> 'same' and case_id > $3
order by case_id limit $4
"""


class BatchKind(StrEnum):
    """What is done to every case: a draft is tried, or compared is what an activation has changed."""

    POLICY_TRIED = "policy_tried"
    POLICY_ACTIVATED = "policy_activated"
    CALENDAR_TRIED = "calendar_tried"
    CALENDAR_ACTIVATED = "calendar_activated"


class BatchState(StrEnum):
    """How far it is."""

    ASKED = "asked"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"


class CaseOutcome(StrEnum):
    """What became of one case: it changes or does not, was erased, or could not be assessed."""

    SAME = "same"
    CHANGED = "changed"
    ERASED = "erased"
    FAILED = "failed"


@dataclass(frozen=True)
class Asked:
    """What is asked of every case.

    `what` names the pack or calendar with its version; `draft` is the digest of what is tried, None where it was
    activated, and `pack` its name. Compared is what was in force up to `compares_with` with what is up to `position`,
    up to which the cases are read, or with the draft; both `assessed_at` one instant.
    """

    id: UUID
    authority: UUID
    kind: BatchKind
    what: str
    draft: str | None
    pack: str | None
    effective_from: date | None
    recalculates_open: bool
    compares_with: int
    position: int
    assessed_at: datetime
    cases: int


@dataclass(frozen=True)
class Progress:
    """How many cases are done, and what became of those."""

    done: int = 0
    changed: int = 0
    failed: int = 0
    erased: int = 0


@dataclass(frozen=True)
class Batch:
    """A batch as it stands. `summary` says once it is done how many changes there are, by subject and clause."""

    asked: Asked
    state: BatchState
    asked_at: datetime
    ended_at: datetime | None
    summary: Mapping[str, int] | None
    progress: Progress


@dataclass(frozen=True)
class Found:
    """What a batch found in one case. `failed_by`: what sort of error and where, for a case it could not assess."""

    case: UUID
    outcome: CaseOutcome
    changed: tuple[Changed, ...] = ()
    failed_by: str | None = None


async def begin(pool: Pool, asked: Asked) -> None:
    """Keeps what is asked, before any of it is done."""
    async with _at(pool, asked.authority) as connection:
        await connection.execute(_BEGIN, *astuple(asked))


async def look(pool: Pool, authority: UUID, batch: UUID) -> Batch | None:
    """A batch as it stands; None if the authority has no such one."""
    async with _at(pool, authority) as connection:
        row = await connection.fetchrow(_ONE, authority, batch)
        return await _batch(connection, row) if row is not None else None


async def latest(pool: Pool, authority: UUID, limit: int) -> list[Batch]:
    """The batches of an authority, the newest first."""
    async with _at(pool, authority) as connection:
        return [await _batch(connection, row) for row in await connection.fetch(_LATEST, authority, limit)]


async def put(
    pool: Pool, authority: UUID, batch: UUID, state: BatchState, summary: Mapping[str, int] | None = None
) -> None:
    """Says how far a batch is. What is done stays done."""
    written = None if summary is None else json.dumps(summary, sort_keys=True)
    async with _at(pool, authority) as connection:
        await connection.execute(_STATE, authority, batch, state.value, written)


async def outcomes(pool: Pool, authority: UUID, batch: UUID, cases: Sequence[UUID]) -> dict[UUID, CaseOutcome]:
    """What became of those of these cases that are done."""
    async with _at(pool, authority) as connection:
        rows = await connection.fetch(_DONE, authority, batch, list(cases))
    return {row["case_id"]: CaseOutcome(row["outcome"]) for row in rows}


async def keep(
    pool: Pool, authority: UUID, batch: UUID, found: Collection[Found], keys: Mapping[UUID, CaseKeys]
) -> None:
    """Keeps what was found in some cases; of a case of which something is kept already nothing changes."""
    sealed = [_sealed(authority, batch, each, keys) for each in found]
    async with _at(pool, authority) as connection:
        await connection.execute(
            _KEEP,
            authority,
            batch,
            [each.case for each in found],
            [each.outcome.value for each in found],
            sealed,
            [each.failed_by for each in found],
        )


async def findings(pool: Pool, keys: Keys, asked: Asked, after: UUID, limit: int) -> list[Found]:
    """The next cases after one in which something was found, in the order of their ids. Of an erased one only that."""
    async with _at(pool, asked.authority) as connection:
        rows = await connection.fetch(_FOUND, asked.authority, asked.id, after, limit)
    with in_plain_words():
        known = await keys.of_cases(asked.authority, {row["case_id"] for row in rows if row["sealed"] is not None})
    return [_found(asked, row, known.get(row["case_id"])) for row in rows]


def _sealed(authority: UUID, batch: UUID, found: Found, keys: Mapping[UUID, CaseKeys]) -> bytes | None:
    if found.outcome is not CaseOutcome.CHANGED:
        return None
    content = json.dumps([astuple(each) for each in found.changed], ensure_ascii=False).encode()
    return seal(keys[found.case].case, content, _bound(authority, batch, found.case))


def _found(asked: Asked, row: Any, keys: object) -> Found:  # noqa: ANN401 - a record of asyncpg
    case, outcome = row["case_id"], CaseOutcome(row["outcome"])
    if outcome is not CaseOutcome.CHANGED:
        return Found(case, outcome, failed_by=row["failed_by"])
    if not isinstance(keys, CaseKeys):
        return Found(case, CaseOutcome.ERASED)
    content = unseal(keys.case, row["sealed"], _bound(asked.authority, asked.id, case))
    return Found(case, outcome, tuple(Changed(*each) for each in json.loads(content)))


def _bound(authority: UUID, batch: UUID, case: UUID) -> bytes:
    return _BOUND + authority.bytes + batch.bytes + case.bytes


async def _batch(connection: Any, row: Any) -> Batch:  # noqa: ANN401 - asyncpg ships no types
    progress = await connection.fetchrow(_PROGRESS, row["authority"], row["id"])
    return Batch(
        asked=Asked(
            kind=BatchKind(row["kind"]), **{name: row[name] for name in Asked.__dataclass_fields__ if name != "kind"}
        ),
        state=BatchState(row["state"]),
        asked_at=row["asked_at"],
        ended_at=row["ended_at"],
        summary=json.loads(row["summary"]) if row["summary"] is not None else None,
        progress=Progress(**progress),
    )


@asynccontextmanager
async def _at(pool: Pool, authority: UUID) -> AsyncIterator[Any]:
    """A transaction of this authority."""
    with in_plain_words():
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(_AUTHORITY, str(authority))
            yield connection
