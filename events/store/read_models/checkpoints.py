"""How far a read model has come, who may move it on, and how it is halted: leased, fenced, one row each.

Whoever follows holds a lease with an epoch. Moving on compares position and epoch in the transaction that writes the
rows, so a follower that slept past its lease while another took over can write nothing.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from events.store.connect import Pool
from events.store.read_models.histories import FIRST

LISTS = "lists"
"""The read model of the worklist and the case list: two tables of one assessment, so one checkpoint moves both."""

TIMERS = "timers"
"""Not a table but Temporal: how far the lifecycles of an authority's cases have been nudged."""

_BEGIN = """
insert into rm.checkpoint (read_model, authority, generation, status, serves)
values ($1, $2, 1, 'live', true)
on conflict do nothing
"""
_BEGIN_BESIDE = """
insert into rm.checkpoint (read_model, authority, generation, status, position, swept_to)
select $1, $2, max(c.generation) + 1, 'building', (
    select coalesce(max(b.last_position), 0) from es.block b where b.authority = $2
), $3
from rm.checkpoint c
where c.read_model = $1 and c.authority = $2
having max(c.generation) is not null
returning *
"""
_TAKE = """
update rm.checkpoint
set lease_owner = $4, lease_epoch = lease_epoch + 1, lease_until = clock_timestamp() + make_interval(secs => $5)
where read_model = $1 and authority = $2 and generation = $3 and status in ('building', 'live')
    and (lease_until is null or lease_until <= clock_timestamp())
returning *
"""
_MOVE = """
update rm.checkpoint
set position = $6, swept_to = $7, swept = $8, sweep_at = $9, moved_at = clock_timestamp(), last_error = null,
    lease_until = clock_timestamp() + make_interval(secs => $10)
where read_model = $1 and authority = $2 and generation = $3 and lease_epoch = $4 and position = $5
    and status in ('building', 'live')
returning *
"""
_RELEASE = """
update rm.checkpoint set lease_owner = null, lease_until = null
where read_model = $1 and authority = $2 and generation = $3 and lease_epoch = $4
"""
_HALT = """
update rm.checkpoint set status = 'halted', last_error = $5, lease_owner = null, lease_until = null
where read_model = $1 and authority = $2 and generation = $3 and lease_epoch = $4
"""
_NOTE = """
update rm.checkpoint set last_error = $5
where read_model = $1 and authority = $2 and generation = $3 and lease_epoch = $4
"""
_RESUME = """
with halted as (
    select * from rm.checkpoint where read_model = $1 and authority = $2 and status = 'halted' for update
)
update rm.checkpoint c
set status = case when c.serves then 'live' else 'building' end, last_error = null
from halted h
where c.read_model = h.read_model and c.authority = h.authority and c.generation = h.generation
returning c.position, h.last_error as error
"""


_LOOK = "select * from rm.checkpoint where read_model = $1 and authority = $2 and serves"


class LeaseLostError(Exception):
    """Somebody else follows for this authority now, or it was halted: what was about to be written was not."""


@dataclass(frozen=True)
class Checkpoint:
    """Where one generation of a read model of one authority stands.

    While `swept_to` is set, cases with a later id still await being done anew; `swept` counts the events that took.
    `sweep_at` is when a change of policy already told of comes into force. `last_error` is what halted it, or what
    it waits for.
    """

    read_model: str
    authority: UUID
    generation: int
    status: str
    serves: bool
    position: int
    swept_to: UUID | None
    swept: int
    sweep_at: datetime | None
    lease_epoch: int
    last_error: str | None


@dataclass(frozen=True)
class Onwards:
    """Where a checkpoint is to move on to."""

    position: int
    swept_to: UUID | None
    swept: int
    sweep_at: datetime | None


@dataclass(frozen=True)
class Resumed:
    """What was halted and goes on now: from which position, and what had halted it there."""

    position: int
    error: str | None


async def begin(pool: Pool, authority: UUID, read_model: str = LISTS) -> None:
    """Makes the first generation of an authority's lists, at the beginning of its log, unless it has one."""
    await pool.execute(_BEGIN, read_model, authority)


async def begin_beside(pool: Pool, authority: UUID) -> Checkpoint:
    """Begins the next generation beside the one that serves. It is built case by case as of the log's end now.

    Raises:
        LookupError: The authority has no lists yet, so there is nothing to rebuild.
    """
    row = await pool.fetchrow(_BEGIN_BESIDE, LISTS, authority, FIRST)
    if row is None:
        raise LookupError(f"authority {authority} has no lists to rebuild")
    return _checkpoint(row)


async def take(  # noqa: PLR0913  # a lease says what of, whose, and for how long
    pool: Pool, authority: UUID, generation: int, owner: str, seconds: float, *, read_model: str = LISTS
) -> Checkpoint | None:
    """Takes the lease, unless somebody holds it or there is nothing to follow. Every taking raises the epoch."""
    row = await pool.fetchrow(_TAKE, read_model, authority, generation, owner, seconds)
    return _checkpoint(row) if row else None


async def look(pool: Pool, authority: UUID, read_model: str = LISTS) -> Checkpoint | None:
    """Where the generation that serves stands; None before there is one."""
    row = await pool.fetchrow(_LOOK, read_model, authority)
    return _checkpoint(row) if row else None


async def move(connection: Any, held: Checkpoint, onwards: Onwards, seconds: float) -> Checkpoint:  # noqa: ANN401 - asyncpg ships no types
    """Moves a checkpoint on and renews the lease, in the caller's transaction and before its rows are written.

    Raises:
        LeaseLostError: It is no longer where it was, or no longer ours. Roll back.
    """
    row = await connection.fetchrow(
        _MOVE,
        *(held.read_model, held.authority, held.generation, held.lease_epoch, held.position),
        *(onwards.position, onwards.swept_to, onwards.swept, onwards.sweep_at, seconds),
    )
    if row is None:
        raise LeaseLostError(f"the {held.read_model} of authority {held.authority} are no longer ours to write")
    return _checkpoint(row)


async def release(pool: Pool, held: Checkpoint) -> None:
    """Gives the lease back, if it is still ours."""
    await pool.execute(_RELEASE, held.read_model, held.authority, held.generation, held.lease_epoch)


async def halt(pool: Pool, held: Checkpoint, error: str) -> None:
    """Stops following until `resume`, if the lease is still ours. `error` is kept and must tell nothing personal."""
    await pool.execute(_HALT, held.read_model, held.authority, held.generation, held.lease_epoch, error)


async def note(pool: Pool, held: Checkpoint, error: str) -> None:
    """Keeps what it waits for, until it moves on, if the lease is still ours; as for `halt`, nothing personal."""
    await pool.execute(_NOTE, held.read_model, held.authority, held.generation, held.lease_epoch, error)


async def resume(pool: Pool, authority: UUID, read_model: str = LISTS) -> list[Resumed]:
    """Lets what was halted go on from where it stopped; if what halted it is still there, it halts again."""
    rows = await pool.fetch(_RESUME, read_model, authority)
    return [Resumed(row["position"], row["error"]) for row in rows]


def _checkpoint(row: Any) -> Checkpoint:  # noqa: ANN401 - a record of asyncpg
    return Checkpoint(**{field.name: row[field.name] for field in fields(Checkpoint)})
