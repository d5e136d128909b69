"""Reading the log: by case, by position, by fact. What should be there and is not is an incident, never skipped."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from events.store.command import Head
from events.store.connect import Pool
from events.store.errors import GapError
from events.store.leaf import GENESIS

Record = Any
"""A row as asyncpg gives it."""

PAGE_BYTES = 8_000_000
"""A page of events ends before its sealed parts exceed this, and holds one event at least."""

READ_AFTER = "select * from es.read_after(set_config('planclock.authority', $1, true)::uuid, $2, $3, $4)"
READ_CASE = """
select c.*, (
    select e.version from es.event as e
    where e.authority = $1::uuid and e.case_id = $2 and e.version <= $4
    order by e.version desc
    limit 1
) as newest
from es.read_case(set_config('planclock.authority', $1, true)::uuid, $2, $3, $4, $5, $6) as c
"""
FIND = """
select e.*
from set_config('planclock.authority', $1, true) as t (authority), lateral (
    select * from es.event where authority = t.authority::uuid and fact = any ($2) order by fact, copy
) as e
"""
VERSIONS = """
select c.case_id, (
    select e.version from es.event as e
    where e.authority = t.authority::uuid and e.case_id = c.case_id
    order by e.version desc
    limit 1
) as version
from set_config('planclock.authority', $1, true) as t (authority), unnest($2::uuid[]) as c (case_id)
"""
REFERENCE = """
select (
    select r.case_id from es.reference as r where r.authority = t.authority::uuid and r.reference_hash = $2
)
from set_config('planclock.authority', $1, true) as t (authority)
"""
HEAD = """
select last_position, recorded_at + (last_position - first_position) * interval '1 microsecond' as recorded_at, chain
from es.head(set_config('planclock.authority', $1, true)::uuid)
"""
CHAIN_AT = "select es.chain_at(set_config('planclock.authority', $1, true)::uuid, $2)"
CASES = "select c.case_id from es.cases(set_config('planclock.authority', $1, true)::uuid) as c (case_id)"
POSITION_AT = "select es.position_at(set_config('planclock.authority', $1, true)::uuid, $2)"

_ALL_VERSIONS = 2**31 - 1
_ROWS = 5_000


async def read_after(pool: Pool, authority: UUID, position: int, limit: int) -> Sequence[Record]:
    """The events that follow a position, contiguous and in commit order; fewer than `limit` where they are large.

    Raises:
        GapError: A position is missing.
    """
    rows: Sequence[Record] = await pool.fetch(READ_AFTER, str(authority), position, limit, PAGE_BYTES)
    _assert_contiguous(authority, "position", position, rows)
    return rows


async def read_case(pool: Pool, authority: UUID, case: UUID, after: int, upto: int | None) -> list[Record]:
    """The events of a case from version `after` + 1 to `upto`, in order of version.

    Raises:
        GapError: A version is missing.
    """
    found: list[Record] = []
    last = _ALL_VERSIONS if upto is None else upto
    while True:
        rows = await pool.fetch(READ_CASE, str(authority), case, after, last, _ROWS, PAGE_BYTES)
        _assert_contiguous(authority, "version", after, rows)
        found += rows
        if not rows or rows[-1]["version"] in {last, rows[-1]["newest"]}:
            return found
        after = rows[-1]["version"]


async def find(pool: Pool, authority: UUID, facts: Iterable[UUID]) -> Sequence[Record]:
    """Every stored copy of these facts."""
    rows: Sequence[Record] = await pool.fetch(FIND, str(authority), list(facts))
    return rows


async def versions(pool: Pool, authority: UUID, cases: Iterable[UUID]) -> Mapping[UUID, int]:
    """The version of each case; 0 for one that has no events."""
    rows = await pool.fetch(VERSIONS, str(authority), list(cases))
    return {row["case_id"]: row["version"] or 0 for row in rows}


async def case_of_reference(pool: Pool, authority: UUID, hashed: bytes) -> UUID | None:
    """The case that a reference means, by its keyed hash."""
    case: UUID | None = await pool.fetchval(REFERENCE, str(authority), hashed)
    return case


async def head(pool: Pool, authority: UUID) -> Head:
    """The end of an authority's log."""
    row = await pool.fetchrow(HEAD, str(authority))
    return Head(row["last_position"], row["recorded_at"], row["chain"]) if row else Head(0, None, GENESIS)


async def cases(pool: Pool, authority: UUID) -> list[UUID]:
    """Every case of an authority by id, its own stream among them. Skips from one to the next in the index."""
    return [row["case_id"] for row in await pool.fetch(CASES, str(authority))]


async def chain_at(pool: Pool, authority: UUID, position: int) -> bytes:
    """The chain of the block that holds a position; that of an empty log where there is none."""
    chain: bytes | None = await pool.fetchval(CHAIN_AT, str(authority), position)
    return GENESIS if chain is None else chain


async def position_at(pool: Pool, authority: UUID, instant: datetime) -> int:
    """The last position recorded at or before an instant; 0 when there is none."""
    position: int = await pool.fetchval(POSITION_AT, str(authority), instant)
    return position


def _assert_contiguous(authority: UUID, what: str, last: int, rows: Sequence[Record]) -> None:
    for row in rows:
        if row[what] != last + 1:
            raise GapError(authority, what, last + 1, row[what])
        last = row[what]
