"""Writes the rows of a batch and moves the checkpoint on, in one transaction: both or neither."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from events.store.connect import Pool
from events.store.keys import CaseKeys
from events.store.read_models.checkpoints import Checkpoint, Onwards, move
from events.store.read_models.sealing import StoredCase, StoredDuty, seal_content

Connection = Any
"""asyncpg ships no types."""

_KNOWN_CASES = (
    "select case_id, digest from rm.listed_case where authority = $1 and generation = $2 and case_id = any ($3)"
)
_KNOWN_DUTIES = """
select case_id, duty, shared, digest from rm.duty where authority = $1 and generation = $2 and case_id = any ($3)
"""
_KEEP_CASES = """
insert into rm.listed_case select * from unnest($1::rm.listed_case[])
on conflict (authority, generation, case_id) do update set
    version = excluded.version, opened = excluded.opened, stage = excluded.stage, category = excluded.category,
    flags = excluded.flags, team = excluded.team, worker = excluded.worker, meetings = excluded.meetings,
    sealed = excluded.sealed, digest = excluded.digest
"""
_KEEP_DUTIES = """
insert into rm.duty select * from unnest($1::rm.duty[])
on conflict (authority, generation, case_id, duty) do update set
    rule = excluded.rule, owner = excluded.owner, outcome = excluded.outcome, dated = excluded.dated,
    incalculable = excluded.incalculable, lapses = excluded.lapses, ordered_at = excluded.ordered_at,
    month = excluded.month, shared = excluded.shared, leads = excluded.leads, stands = excluded.stands,
    cases = excluded.cases, teams = excluded.teams, workers = excluded.workers, sealed = excluded.sealed,
    digest = excluded.digest, inherited = excluded.inherited
"""
_DROP_CASES = "delete from rm.listed_case where authority = $1 and generation = $2 and case_id = any ($3)"
_DROP_DUTIES = """
delete from rm.duty d using unnest($3::uuid[], $4::uuid[]) as gone (case_id, duty)
where d.authority = $1 and d.generation = $2 and d.case_id = gone.case_id and d.duty = gone.duty
"""
# Of a duty that concerns several cases, the row that stands for it is one that can still be acted on, due first.
_STAND = """
with ranked as (
    select
        d.case_id, d.duty,
        row_number() over (partition by d.duty order by
            array_position(array['live', 'missed', 'met_late', 'met', 'suspended', 'cancelled'], d.outcome),
            d.ordered_at nulls last, d.leads desc, d.case_id
        ) = 1 as stands,
        array_agg(d.case_id) over whole as cases,
        array_agg(c.team) over whole as teams,
        array_agg(c.worker) over whole as workers
    from rm.duty d join rm.listed_case c using (authority, generation, case_id)
    where d.authority = $1 and d.generation = $2 and d.duty = any ($3) and d.shared
    window whole as (
        partition by d.duty order by d.case_id rows between unbounded preceding and unbounded following
    )
), wanted as (
    select
        case_id, duty, stands,
        case when stands then cases else '{}' end as cases,
        case when stands then array(select distinct t from unnest(teams) t where t is not null) else '{}' end as teams,
        case when stands then array(select distinct t from unnest(workers) t where t is not null) else '{}' end
            as workers
    from ranked
)
update rm.duty d set stands = w.stands, cases = w.cases, teams = w.teams, workers = w.workers
from wanted w
where d.authority = $1 and d.generation = $2 and d.case_id = w.case_id and d.duty = w.duty
    and (d.stands, d.cases, d.teams, d.workers) is distinct from (w.stands, w.cases, w.teams, w.workers)
"""
_BY_INDEX = "set local enable_seqscan = off"
"""Plans are kept from when the tables were empty, and reading through whole tables would grow with them."""


@dataclass(frozen=True)
class Batch:
    """What is to be written: cases done anew, each with its keys, and cases that were erased."""

    cases: Sequence[tuple[StoredCase, CaseKeys]]
    erased: Collection[UUID] = ()


async def write(pool: Pool, held: Checkpoint, onwards: Onwards, batch: Batch, seconds: float) -> Checkpoint:
    """Writes a batch and moves on. Rows that are as they were are neither sealed nor written again.

    Raises:
        LeaseLostError: Somebody else follows now; nothing was written.
    """
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(_BY_INDEX)
        moved = await move(connection, held, onwards, seconds)
        await _write_cases(connection, held, batch)
        touched = await _write_duties(connection, held, batch)
        if touched:
            await connection.execute(_STAND, held.authority, held.generation, list(touched))
    return moved


async def _write_cases(connection: Connection, held: Checkpoint, batch: Batch) -> None:
    at = (held.authority, held.generation)
    ids = [case.case_id for case, _ in batch.cases]
    known = {row["case_id"]: row["digest"] for row in await connection.fetch(_KNOWN_CASES, *at, ids)}
    changed = [_case_record(held, case, keys) for case, keys in batch.cases if known.get(case.case_id) != case.digest]
    if changed:
        await connection.execute(_KEEP_CASES, changed)
    if batch.erased:
        await connection.execute(_DROP_CASES, *at, list(batch.erased))


async def _write_duties(connection: Connection, held: Checkpoint, batch: Batch) -> set[UUID]:
    """Writes what changed. Returns the shared duties that some row of changed, came or went."""
    at = (held.authority, held.generation)
    ids = [*(case.case_id for case, _ in batch.cases), *batch.erased]
    known = {(row["case_id"], row["duty"]): row for row in await connection.fetch(_KNOWN_DUTIES, *at, ids)}
    wanted = {(duty.case_id, duty.duty): (duty, keys) for case, keys in batch.cases for duty in case.duties}
    changed = [
        (duty, keys)
        for place, (duty, keys) in wanted.items()
        if place not in known or known[place]["digest"] != duty.digest
    ]
    gone = [place for place in known if place not in wanted]
    if gone:
        await connection.execute(_DROP_DUTIES, *at, [case for case, _ in gone], [duty for _, duty in gone])
    if changed:
        await connection.execute(_KEEP_DUTIES, [_duty_record(held, duty, keys) for duty, keys in changed])
    return {duty.duty for duty, _ in changed if duty.shared} | {place[1] for place in gone if known[place]["shared"]}


def _case_record(held: Checkpoint, case: StoredCase, keys: CaseKeys) -> tuple[object, ...]:
    """One row of rm.listed_case, in the order of its columns."""
    return (
        *(held.authority, held.generation, case.case_id, case.version, case.opened, case.stage, case.category),
        *(case.flags, case.team, case.worker, case.meetings),
        seal_content(held.authority, case.case_id, None, case.content, keys),
        case.digest,
    )


def _duty_record(held: Checkpoint, duty: StoredDuty, keys: CaseKeys) -> tuple[object, ...]:
    """One row of rm.duty, in the order of its columns."""
    return (
        *(held.authority, held.generation, duty.case_id, duty.duty, duty.rule, duty.owner, duty.outcome),
        *(duty.dated, duty.incalculable, duty.lapses, duty.ordered_at, duty.month),
        *(duty.shared, duty.leads, duty.stands, duty.cases, duty.teams, duty.workers),
        seal_content(held.authority, duty.case_id, duty.duty, duty.content, keys),
        duty.digest,
        duty.inherited,
    )
