"""How far the lists are behind the log, and where there is something to follow."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from events.store.connect import Pool
from events.store.read_models.checkpoints import LISTS

_BEHIND = """
select a.id as authority, c.generation
from es.authority a
cross join lateral (
    select coalesce(max(b.last_position), 0) as position from es.block b where b.authority = a.id
) as head
left join rm.checkpoint c on c.read_model = $1 and c.authority = a.id
where head.position > 0 and (c.generation is null or (
    c.status in ('building', 'live')
    and (c.lease_until is null or c.lease_until <= clock_timestamp())
    and (c.position < head.position or c.swept_to is not null or (c.sweep_at <= clock_timestamp() and a.kind = 'real'))
))
order by a.number, c.generation
"""
_LAG = """
select
    a.id as authority,
    head.position as head,
    coalesce(c.position, 0) as position,
    coalesce(c.status, 'building') as status,
    c.last_error as error,
    case
        when coalesce(c.position, 0) >= head.position then 0
        when a.kind = 'sandbox' then extract(epoch from clock_timestamp() - coalesce(c.moved_at, a.created_at))
        else extract(epoch from clock_timestamp() - coalesce((
            select e.recorded_at from es.event e
            where e.authority = a.id and e.position > coalesce(c.position, 0)
            order by e.position
            limit 1
        ), c.moved_at, a.created_at)) -- the event itself may be what is missing
    end as seconds
from es.authority a
cross join lateral (
    select coalesce(max(b.last_position), 0) as position from es.block b where b.authority = a.id
) as head
left join rm.checkpoint c on c.read_model = $1 and c.authority = a.id and c.serves
order by a.number
"""
_POSITION = """
select c.position
from set_config('planclock.authority', $2, true) as t (authority), lateral (
    select position from rm.checkpoint where read_model = $1 and authority = t.authority::uuid and serves
) as c
"""
_SOONEST, _SLOWEST = 0.005, 0.1
"""Seconds between two looks of whoever waits for a position."""


@dataclass(frozen=True)
class Behind:
    """A generation of an authority's lists that has something to follow; None where there are no lists yet."""

    authority: UUID
    generation: int | None


@dataclass(frozen=True)
class Lag:
    """How far the lists of one authority are behind its log.

    `seconds`: how long ago the first event not yet followed was recorded; for a sandbox, whose clock stands still,
    how long ago its lists last moved. `error` is what halted them, or what they wait for.
    """

    authority: UUID
    head: int
    position: int
    status: str
    seconds: float
    error: str | None

    @property
    def events(self) -> int:
        """How many events are not yet followed."""
        return self.head - self.position

    @property
    def halted(self) -> bool:
        """Whether a person has to look at the error, and let them go on."""
        return self.status == "halted"


async def behind(worker: Pool, read_model: str = LISTS) -> list[Behind]:
    """Where there is something to follow that nobody holds. Needs the worker's connection."""
    return [Behind(row["authority"], row["generation"]) for row in await worker.fetch(_BEHIND, read_model)]


async def lags(worker: Pool, read_model: str = LISTS) -> list[Lag]:
    """How far every authority's lists, or its timers, are behind. Needs the worker's connection."""
    return [
        Lag(row["authority"], row["head"], row["position"], row["status"], float(row["seconds"]), row["error"])
        for row in await worker.fetch(_LAG, read_model)
    ]


async def position_of(app: Pool, authority: UUID) -> int:
    """How far the lists that serve an authority have followed its log; 0 while there are none."""
    return await app.fetchval(_POSITION, LISTS, str(authority)) or 0


async def wait_for(app: Pool, authority: UUID, position: int, patience: timedelta) -> int:
    """Waits until the lists have followed the log up to a position, but not for ever; returns how far they have."""
    loop = asyncio.get_running_loop()
    until, pause = loop.time() + patience.total_seconds(), _SOONEST
    while (reached := await position_of(app, authority)) < position and loop.time() < until:
        await asyncio.sleep(pause)
        pause = min(2 * pause, _SLOWEST)
    return reached
