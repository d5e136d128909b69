"""Connections to the log: as the application, and as the worker that crosses authorities where its DSN is given."""

from typing import Any, Self

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

Pool = Any
"""asyncpg ships no types."""


async def open_pool(dsn: str, size: int) -> Pool:
    """A pool whose connections keep no state between uses, so that giving one back costs no round trip."""
    return await asyncpg.create_pool(dsn, min_size=1, max_size=size, reset=_nothing)


async def _nothing(_: object) -> None:
    """Every statement sets the authority for its own transaction only: there is nothing to put back."""


class Database:
    """The log's database, open. Every statement of ours is a transaction of its own and names its authority.

    `app` sees one authority at a time; `worker` sees all, and is None without a DSN for it. `engine` is for read
    models: the worker's where there is one.
    """

    def __init__(self, app: Pool, worker: Pool | None, engine: AsyncEngine) -> None:
        self.app = app
        self.worker = worker
        self.engine = engine

    @classmethod
    async def connect(cls, dsn: str, *, worker_dsn: str | None = None, pool_size: int = 10) -> Self:
        """Opens the pools. Raises what asyncpg raises when the server cannot be reached."""
        app = await open_pool(dsn, pool_size)
        worker = await open_pool(worker_dsn, pool_size) if worker_dsn else None
        read_models = worker_dsn or dsn
        engine = create_async_engine(
            "postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(read_models), pool_size=pool_size
        )
        return cls(app, worker, engine)

    async def close(self) -> None:
        """Waits for what is under way and closes every connection."""
        await self.engine.dispose()
        for pool in (self.worker, self.app):
            if pool is not None:
                await pool.close()
