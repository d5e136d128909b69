"""Connections to the log: as the application, and as the worker that crosses authorities where its DSN is given."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

import asyncpg

Pool = Any
"""asyncpg ships no types."""

_PATIENCE = 60.0
"""Seconds until a server that does not answer counts as gone: longer than any statement may take there."""


async def open_pool(dsn: str, size: int) -> Pool:
    """A pool whose connections keep no state between uses, so that giving one back costs no round trip."""
    return await asyncpg.create_pool(dsn, min_size=1, max_size=size, reset=_nothing, command_timeout=_PATIENCE)


async def _nothing(_: object) -> None:
    """Every statement sets the authority for its own transaction only: there is nothing to put back."""


class Connections:
    """A few connections handed out one at a time. Unlike a pool's, taking and giving back costs no task."""

    def __init__(self, dsn: str, size: int) -> None:
        self._dsn = dsn
        self._free: asyncio.LifoQueue[Any] = asyncio.LifoQueue()
        for _ in range(size):
            self._free.put_nowait(None)

    @asynccontextmanager
    async def take(self) -> AsyncIterator[Any]:
        """One open connection, for as long as the block lasts; waits until one is free."""
        connection = await self._free.get()
        try:
            if connection is None or connection.is_closed():
                connection = await asyncpg.connect(self._dsn, command_timeout=_PATIENCE)
            yield connection
        except asyncpg.PostgresError:
            raise  # the server has answered: nothing is wrong with the connection
        except BaseException:
            if connection is not None:
                connection.terminate()
                connection = None
            raise
        finally:
            self._free.put_nowait(connection)

    async def close(self) -> None:
        """Closes those that are free."""
        while not self._free.empty():
            connection = self._free.get_nowait()
            if connection is not None:
                await connection.close()


class Database:
    """The log's database, open. Every statement of ours is a transaction of its own and names its authority.

    `app` sees one authority at a time, and so do the connections kept for `appending`; `worker` sees all, and is None
    without a DSN for it.
    """

    def __init__(self, app: Pool, appending: Connections, worker: Pool | None) -> None:
        self.app = app
        self.appending = appending
        self.worker = worker

    @classmethod
    async def connect(cls, dsn: str, *, worker_dsn: str | None = None, pool_size: int = 10) -> Self:
        """Opens the pools. Raises what asyncpg raises when the server cannot be reached."""
        app = await open_pool(dsn, pool_size)
        worker = await open_pool(worker_dsn, pool_size) if worker_dsn else None
        return cls(app, Connections(dsn, pool_size), worker)

    async def close(self) -> None:
        """Waits for what is under way and closes every connection."""
        await self.appending.close()
        for pool in (self.worker, self.app):
            if pool is not None:
                await pool.close()
