"""The same rows written the plain way: each with one INSERT in a transaction of its own."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg

from events.store.append import Row

_TABLE = """
create table plain (
    authority uuid not null,
    position bigint generated always as identity,
    case_id uuid not null,
    version integer not null,
    fact uuid not null,
    copy smallint not null,
    type text not null,
    kind text not null,
    schema_version smallint not null,
    recorded_at timestamptz not null default clock_timestamp(),
    request_digest bytea not null,
    leaf bytea not null,
    sealed bytea,
    third_parties bytea,
    primary key (authority, position),
    unique (authority, case_id, version)
);
"""
_INSERT = """
insert into plain (
    authority, case_id, version, fact, copy, type, kind, schema_version, request_digest, leaf, sealed, third_parties
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""


class Inserting:
    """Clients with a connection each, and a table like the log's, with the two indexes every event table needs."""

    def __init__(self, connections: Sequence[Any]) -> None:
        self._connections = connections

    async def insert(self, authority: UUID, rows: Sequence[Sequence[Row]]) -> None:
        """Each client inserts its own rows, one after the other, all clients at once."""
        await asyncio.gather(*map(self._insert, self._connections, [authority] * len(rows), rows))

    @staticmethod
    async def _insert(connection: Any, authority: UUID, rows: Sequence[Row]) -> None:  # noqa: ANN401 - asyncpg ships no types
        for row in rows:
            await connection.execute(_INSERT, authority, *row)


@asynccontextmanager
async def inserting(dsn: str, clients: int) -> AsyncIterator[Inserting]:
    """The table, made anew, and so many clients."""
    connections = [await asyncpg.connect(dsn) for _ in range(clients)]
    await connections[0].execute("drop table if exists plain;" + _TABLE)
    try:
        yield Inserting(connections)
    finally:
        for connection in connections:
            await connection.close()
