"""Work over many cases while workers and Temporal are killed at random, and it is paused: it comes to the same."""

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from time import perf_counter

from deploy.local.databases import Databases, migrated
from deploy.local.postgres import Cluster
from deploy.local.temporal import DevServer
from deploy.local.temporal_binary import acquired
from events.store.batches import Asked, BatchState
from service.batches import to_run
from tests.bench.open_plans import a_real_place, on_plans
from tests.read_models.world import Place
from tests.workflows.batches_alone import alone
from tests.workflows.batching import asked_of, closed, done_here, findings, first_core_group, stands
from tests.workflows.server import Server, free_port
from workflows.batch_contracts import BatchRun
from workflows.batching import Batcher
from workflows.nudging import TemporalAwayError

_SHORTEST, _LONGEST = 4.0, 15.0
"""Seconds between two interruptions, at least and at most."""


async def soak(cluster: Cluster, cases: int) -> str:
    """Tries a draft on so many cases, and follows a closure through all of them; says what came of it.

    Raises:
        NoTemporalError: There is no Temporal and none can be had.
        AssertionError: An interrupted one came to something else than one process that was left alone.
    """
    databases, luck, began = await migrated(cluster, log="many", keys="many_keys"), Random(), perf_counter()
    interrupted: Counter[str] = Counter()
    async with a_real_place(databases) as place, _temporal() as temporal:
        children = await on_plans(place, cases)
        await place.follow()
        await _comes_to_the_same(place, databases, temporal, await asked_of(place), luck, interrupted)
        before = first_core_group(await place.assessed(children[0]))
        await _comes_to_the_same(place, databases, temporal, await closed(place, before), luck, interrupted)
        after = first_core_group(await place.assessed(children[0]))
        await place.follow()
        moved = await place.duties(rule="STF-T21", limit=min(cases, 500))
    assert after > before
    assert {row.duty.due_on for row in moved} == {after}
    times = ", ".join(f"{what} {often}" for what, often in sorted(interrupted.items()))
    return (
        f"A draft and a closure over {cases:,} cases in {perf_counter() - began:.0f} s. Interrupted: {times}. Both "
        "came to what they come to uninterrupted, and the lists followed."
    )


async def _comes_to_the_same(
    place: Place, databases: Databases, temporal: Server, asked: Asked, luck: Random, interrupted: Counter[str]
) -> None:
    trouble = asyncio.create_task(_trouble(place, databases, temporal, asked, luck, interrupted))
    while (await stands(place.world, asked)).state is not BatchState.DONE:
        assert not trouble.done(), trouble.exception()
        await asyncio.sleep(0.2)
    trouble.cancel()
    await asyncio.gather(trouble, return_exceptions=True)
    assert (await stands(place.world, asked)).progress.failed == 0
    assert await findings(place.world, asked) == await done_here(place.world, asked)


async def _trouble(
    place: Place, databases: Databases, temporal: Server, asked: Asked, luck: Random, interrupted: Counter[str]
) -> None:
    """Two workers for batches, one of which is killed again and again, and now and then Temporal; it never stops."""
    run = replace(to_run(asked), followed=False)  # who follows is asked for afterwards, in this process
    async with alone(databases, temporal):
        while True:
            async with alone(databases, temporal):
                await _go_on(temporal, run)
                await asyncio.sleep(luck.uniform(_SHORTEST, _LONGEST))
                if luck.random() < 0.3:
                    interrupted["paused"] += await (Batcher(await temporal.client())).pause(place.id, asked.id)
                    await asyncio.sleep(luck.uniform(0, _SHORTEST))
                elif luck.random() < 0.3:
                    interrupted["Temporal killed"] += 1
                    await temporal.kill()
                    await temporal.start()
            interrupted["worker killed"] += 1


async def _go_on(temporal: Server, run: BatchRun) -> None:
    while True:
        with suppress(TemporalAwayError):
            await Batcher(await temporal.client()).go_on(run)
            return


@asynccontextmanager
async def _temporal() -> AsyncIterator[Server]:
    directory = Path(tempfile.mkdtemp(prefix="planclock-temporal-", dir="/tmp"))
    server = Server(
        DevServer(await acquired(print), directory / "db", "127.0.0.1", free_port(), None, directory / "log")
    )
    try:
        await server.start()
        yield server
    finally:
        await server.stop()
        shutil.rmtree(directory)
