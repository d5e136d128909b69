"""What the lists say should be watched, and the record of each comparison with what is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.store.connect import Pool
from events.store.read_models.checkpoints import LISTS

_LIVE = """
select distinct d.case_id
from rm.checkpoint c
join rm.duty d on d.authority = c.authority and d.generation = c.generation
where c.read_model = $1 and c.authority = $2 and c.serves
    and d.outcome = 'live' and (not d.dated or d.ordered_at is null or d.ordered_at > $3)
"""
_EXPECTED = """
select count(*)
from (
    select distinct d.authority, d.case_id
    from rm.checkpoint c
    join es.authority a on a.id = c.authority
    cross join lateral (
        select case a.kind when 'real' then clock_timestamp() else (
            select b.recorded_at from es.block b where b.authority = a.id order by b.last_position desc limit 1
        ) end as now
        offset 0
    ) as t
    join rm.duty d on d.authority = c.authority and d.generation = c.generation
    where c.read_model = $1 and c.serves
        and d.outcome = 'live' and (not d.dated or d.ordered_at is null or d.ordered_at > t.now)
) as live
"""
_KEEP = """
insert into rm.reconciliation (authority, nightly, expected, held, missing, surplus, mistimed, late)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""
_LATEST = """
select r.*
from es.authority a, lateral (
    select * from rm.reconciliation r where r.authority = a.id order by r.ended_at desc limit 1
) as r
"""


@dataclass(frozen=True)
class Reconciliation:
    """What one comparison found at one authority. The cases are those that were amiss, and were nudged."""

    authority: UUID
    nightly: bool
    expected: int
    held: int
    missing: tuple[UUID, ...]
    surplus: tuple[UUID, ...]
    mistimed: tuple[UUID, ...]
    late: tuple[UUID, ...]
    ended_at: datetime | None = None

    @property
    def amiss(self) -> int:
        """How many cases were not watched as they should have been."""
        return len({*self.missing, *self.surplus, *self.mistimed, *self.late})


async def live_cases(worker: Pool, authority: UUID, now: datetime) -> set[UUID]:
    """The cases that by the lists may have an open duty. Needs the worker's connection."""
    return {row["case_id"] for row in await worker.fetch(_LIVE, LISTS, authority, now)}


async def expected_timers(worker: Pool) -> int:
    """How many cases of all authorities should have a timer, by the lists. Needs the worker's connection.

    Each step of a sandbox's clock is recorded, so its last record tells where it stands.
    """
    return await worker.fetchval(_EXPECTED, LISTS) or 0


async def keep(worker: Pool, found: Reconciliation) -> None:
    """Keeps the record of a comparison."""
    cases = (found.missing, found.surplus, found.mistimed, found.late)
    await worker.execute(_KEEP, found.authority, found.nightly, found.expected, found.held, *map(list, cases))


async def latest(worker: Pool) -> list[Reconciliation]:
    """The last comparison of each authority that had one. Needs the worker's connection."""
    return [
        Reconciliation(
            authority=row["authority"],
            nightly=row["nightly"],
            expected=row["expected"],
            held=row["held"],
            missing=tuple(row["missing"]),
            surplus=tuple(row["surplus"]),
            mistimed=tuple(row["mistimed"]),
            late=tuple(row["late"]),
            ended_at=row["ended_at"],
        )
        for row in await worker.fetch(_LATEST)
    ]
