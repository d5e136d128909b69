"""A look at the tables of the lists behind their backs."""

from uuid import UUID

import asyncpg


async def checkpoint(superuser: asyncpg.Connection, authority: UUID) -> asyncpg.Record:
    """The checkpoint that serves an authority."""
    return await superuser.fetchrow("select * from rm.checkpoint where authority = $1 and serves", authority)


async def rows(superuser: asyncpg.Connection, authority: UUID) -> list[tuple[object, ...]]:
    """Every row of an authority's lists, but for seals, which differ each time, and generations."""
    found = []
    for table in ("listed_case", "duty"):
        records = await superuser.fetch(
            f"select to_jsonb(t) - '{{generation,sealed}}'::text[] from rm.{table} t where authority = $1 order by 1",  # noqa: S608
            authority,
        )
        found += [tuple(record) for record in records]
    return found


async def without_guard(superuser: asyncpg.Connection, statement: str, *values: object) -> None:
    """Changes the log as nobody may, with its triggers off."""
    async with superuser.transaction():
        await superuser.execute("alter table es.event disable trigger all")
        await superuser.execute(statement, *values)
        await superuser.execute("alter table es.event enable always trigger event_only_grows")
        await superuser.execute("alter table es.event enable always trigger event_changes_by_erasure")
