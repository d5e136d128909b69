"""A worker for batches in a process of its own, to be killed. It keeps no timers: nothing else is waited for."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio.client import Client

from deploy.local.databases import Databases
from deploy.local.state import CLONE
from tests.read_models.world import World
from tests.workflows.batching import comparer
from tests.workflows.server import Server
from workflows.batch_activities import BatchActivities
from workflows.worker import batch_worker


async def main() -> None:
    log, keys, worker, address = sys.argv[1:]
    async with World.opened(log, keys, worker) as world:
        does = BatchActivities(comparer(world))
        async with batch_worker(await Client.connect(address), [does.plan, does.do, does.put, does.await_followers]):
            await asyncio.Event().wait()


@asynccontextmanager
async def alone(databases: Databases, temporal: Server) -> AsyncIterator[asyncio.subprocess.Process]:
    """Such a process, killed at the end of the block if it was not before."""
    arguments = [databases.log_dsn, databases.keys_dsn, databases.worker_dsn, temporal.server.address]
    program = [sys.executable, "-m", "tests.workflows.batches_alone", *arguments]
    process = await asyncio.create_subprocess_exec(*program, cwd=CLONE)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(main())
