"""Authorities and their clocks."""

from datetime import datetime
from uuid import UUID

from events.store.command import Authority
from events.store.connect import Pool

_CREATE = "select es.create_authority(set_config('planclock.authority', $1, true)::uuid, $2, $3, $4)"
_ONE = """
select a.*
from set_config('planclock.authority', $1, true) as t (authority), lateral (
    select id, name, kind, clock_id from es.authority where id = t.authority::uuid
) as a
"""
_ALL = "select id, name, kind, clock_id from es.authority order by number"
_NOW = "select es.now(set_config('planclock.authority', $1, true)::uuid)"
_STANDING = """
select es.now(t.authority::uuid) as now, (
    select e.version from es.event as e
    where e.authority = t.authority::uuid and e.case_id = t.authority::uuid
    order by e.version desc
    limit 1
) as version
from set_config('planclock.authority', $1, true) as t (authority)
"""
_SHARING = "select s.id from es.sharing_clock(set_config('planclock.authority', $1, true)::uuid) as s (id)"
_TAKE_CODE = "select es.take_code(set_config('planclock.authority', $1, true)::uuid, $2)"
_SAME_WORLD = """
select w.authority, w.code
from es.same_world(set_config('planclock.authority', $1, true)::uuid) as w (authority, code)
"""
_ADVANCE = "select es.advance_clock(set_config('planclock.authority', $1, true)::uuid, $2)"


async def create(pool: Pool, authority: UUID, name: str, sandbox_now: datetime | None, join: UUID | None) -> None:
    """Creates an authority: a sandbox if it is given a time to stand at, or a sandbox to join."""
    await pool.execute(_CREATE, str(authority), name, sandbox_now, join)


async def one(pool: Pool, authority: UUID) -> Authority | None:
    """The authority of that id."""
    row = await pool.fetchrow(_ONE, str(authority))
    return Authority(row["id"], row["name"], row["kind"] == "sandbox", row["clock_id"]) if row else None


async def every(pool: Pool) -> list[Authority]:
    """Every authority, oldest first. Only the worker's role sees them all."""
    rows = await pool.fetch(_ALL)
    return [Authority(row["id"], row["name"], row["kind"] == "sandbox", row["clock_id"]) for row in rows]


async def now(pool: Pool, authority: UUID) -> datetime:
    """The time at an authority."""
    time: datetime = await pool.fetchval(_NOW, str(authority))
    return time


async def standing(pool: Pool, authority: UUID) -> tuple[datetime, int]:
    """The time at an authority, and the version of its own stream."""
    row = await pool.fetchrow(_STANDING, str(authority))
    return row["now"], row["version"] or 0


async def advance(pool: Pool, authority: UUID, to: datetime) -> None:
    """Moves a sandbox's clock forward."""
    await pool.execute(_ADVANCE, str(authority), to)


async def sharing_clock(pool: Pool, authority: UUID) -> list[UUID]:
    """The sandboxes that share an authority's clock, itself among them, oldest first; none for a real authority."""
    return [row["id"] for row in await pool.fetch(_SHARING, str(authority))]


async def take_code(pool: Pool, authority: UUID, code: str) -> bool:
    """Gives an authority its code, if it has none and no other of its world has that one. Whether it has it now."""
    return bool(await pool.fetchval(_TAKE_CODE, str(authority), code))


async def same_world(pool: Pool, authority: UUID) -> dict[str, UUID]:
    """Everybody an authority may address, itself among them, by code."""
    return {row["code"]: row["authority"] for row in await pool.fetch(_SAME_WORLD, str(authority))}
