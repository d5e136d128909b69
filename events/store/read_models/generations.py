"""Generations of an authority's lists: compared at one position, switched in one transaction, and taken away."""

from dataclasses import dataclass
from uuid import UUID

from events.store.connect import Pool
from events.store.read_models.checkpoints import LISTS, Checkpoint, LeaseLostError

# Equal rows are sealed differently each time, and their keyed digests are equal.
_COMPARE_CASES = """
select case_id, null::uuid as duty, b.version is not null as before, a.version is not null as after
from (select * from rm.listed_case where authority = $1 and generation = $2) b
full join (select * from rm.listed_case where authority = $1 and generation = $3) a using (case_id)
where to_jsonb(b) - '{generation,sealed}'::text[] is distinct from to_jsonb(a) - '{generation,sealed}'::text[]
order by case_id
"""
_COMPARE_DUTIES = """
select case_id, duty, b.rule is not null as before, a.rule is not null as after
from (select * from rm.duty where authority = $1 and generation = $2) b
full join (select * from rm.duty where authority = $1 and generation = $3) a using (case_id, duty)
where to_jsonb(b) - '{generation,sealed}'::text[] is distinct from to_jsonb(a) - '{generation,sealed}'::text[]
order by case_id, duty
"""
_COUNT = """
select
    (select count(*) from rm.listed_case where authority = $1 and generation = $2) as cases,
    (select count(*) from rm.duty where authority = $1 and generation = $2) as duties
"""
_RETIRE = """
update rm.checkpoint set status = 'retired', serves = false, lease_owner = null, lease_until = null
where read_model = $1 and authority = $2 and generation = $3 and lease_epoch = $4 and position = $5 and serves
returning true
"""
_SERVE = """
update rm.checkpoint set status = 'live', serves = true, lease_owner = null, lease_until = null
where read_model = $1 and authority = $2 and generation = $3 and lease_epoch = $4 and position = $5
    and status = 'building' and swept_to is null
returning true
"""
_SERVING = "select generation from rm.checkpoint where read_model = $1 and authority = $2 and serves"
_BUILDING = """
select generation from rm.checkpoint
where read_model = $1 and authority = $2 and status = 'building'
order by generation desc
limit 1
"""
_PROGRESS = """
select position, case when swept_to is null then position else swept end as done, swept_to is null as built,
    last_error as error
from rm.checkpoint
where read_model = $1 and authority = $2 and generation = $3
"""
_GIVE_UP = """
update rm.checkpoint set status = 'retired', lease_owner = null, lease_until = null, lease_epoch = lease_epoch + 1
where read_model = $1 and authority = $2 and generation = $3 and not serves
returning true
"""
_FORGET_DUTIES = """
with batch as (
    select case_id, duty from rm.duty where authority = $1 and generation = $2 order by case_id, duty limit 5000
)
delete from rm.duty d using batch
where d.authority = $1 and d.generation = $2 and d.case_id = batch.case_id and d.duty = batch.duty
"""
_FORGET_CASES = "delete from rm.listed_case where authority = $1 and generation = $2"
_FORGET = "delete from rm.checkpoint where read_model = $1 and authority = $2 and generation = $3 and not serves"


@dataclass(frozen=True)
class Rows:
    """How many rows a generation holds."""

    cases: int
    duties: int


@dataclass(frozen=True)
class Difference:
    """A row that two generations hold differently: `missing` from the later, `extra` in it, or `changed`.

    `duty` is the keyed hash that stands for the duty, or None where the case's own row differs.
    """

    case: UUID
    duty: UUID | None
    how: str


@dataclass(frozen=True)
class Comparison:
    """Two generations of an authority's lists at one position."""

    position: int
    before: Rows
    after: Rows
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Whether every row is in both, and the same."""
        return not self.differences


@dataclass(frozen=True)
class Progress:
    """How much of the log a generation being built has read: `done` of `position` events; `error` if it halted."""

    position: int
    done: int
    built: bool
    error: str | None


async def compare(worker: Pool, before: Checkpoint, after: Checkpoint) -> Comparison:
    """Compares two generations whose leases are held and which stand at one position, row by row.

    Raises:
        ValueError: They stand at different positions, where they may well differ.
    """
    if before.position != after.position:
        raise ValueError(f"generations at {before.position} and {after.position} cannot be compared")
    at = (before.authority, before.generation, after.generation)
    async with worker.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        found = [*await connection.fetch(_COMPARE_CASES, *at), *await connection.fetch(_COMPARE_DUTIES, *at)]
        counts = [await connection.fetchrow(_COUNT, before.authority, each.generation) for each in (before, after)]
    differences = (
        Difference(row["case_id"], row["duty"], _how(before=row["before"], after=row["after"])) for row in found
    )
    was, becomes = (Rows(row["cases"], row["duties"]) for row in counts)
    return Comparison(before.position, was, becomes, tuple(differences))


async def switch(worker: Pool, before: Checkpoint, after: Checkpoint) -> None:
    """Lets one generation serve in another's place, in one transaction, and gives both leases back.

    Raises:
        LeaseLostError: A lease was lost, or the two do not stand at one position. Nothing was changed.
    """
    async with worker.acquire() as connection, connection.transaction():
        for statement, each in ((_RETIRE, before), (_SERVE, after)):
            place = (LISTS, each.authority, each.generation, each.lease_epoch, before.position)
            if not await connection.fetchval(statement, *place):
                raise LeaseLostError(f"generation {each.generation} is no longer ours to switch")


async def serving(worker: Pool, authority: UUID) -> int | None:
    """The generation that serves an authority; None before there is one."""
    generation: int | None = await worker.fetchval(_SERVING, LISTS, authority)
    return generation


async def being_built(worker: Pool, authority: UUID) -> int | None:
    """The generation being built beside the one that serves, if there is one."""
    generation: int | None = await worker.fetchval(_BUILDING, LISTS, authority)
    return generation


async def progress(worker: Pool, authority: UUID, generation: int) -> Progress:
    """How far a generation being built has come. Raises LookupError when there is no such generation."""
    row = await worker.fetchrow(_PROGRESS, LISTS, authority, generation)
    if row is None:
        raise LookupError(f"authority {authority} has no generation {generation} of its lists")
    return Progress(**row)


async def remove(worker: Pool, authority: UUID, generation: int) -> None:
    """Takes away a generation that does not serve, a few thousand rows at a time. Safe to do again.

    Raises:
        LookupError: There is no such generation, or it serves.
    """
    if not await worker.fetchval(_GIVE_UP, LISTS, authority, generation):
        raise LookupError(f"authority {authority} has no generation {generation} that does not serve")
    while await worker.execute(_FORGET_DUTIES, authority, generation) != "DELETE 0":
        pass
    await worker.execute(_FORGET_CASES, authority, generation)
    await worker.execute(_FORGET, LISTS, authority, generation)


def _how(*, before: bool, after: bool) -> str:
    if before and after:
        return "changed"
    return "missing" if before else "extra"
