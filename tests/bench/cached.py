"""Rows of memory: what a worker process needs for each lifecycle that it keeps, beside a workflow that only waits."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from uuid import uuid4

from temporalio.client import Client

from deploy.local.child import child
from deploy.local.state import CLONE
from tests.bench.measuring import Row, Unit, in_turns
from tests.bench.noop import QUEUE, Waiting
from tests.bench.open_plans import temporal
from tests.bench.stage import Stage
from workflows.contracts import Case, lifecycle_id
from workflows.nudging import Nudger

_KEPT, _BEFORE = 500, 20
"""Workflows whose memory is measured, and those before it, which load what is loaded once."""

_TURNS = 3

Start = Callable[[Client], Awaitable[str]]
"""Starts a workflow and returns its id."""


async def rows(stage: Stage) -> AsyncIterator[Row]:
    """A new worker process in each turn: its memory with many in it, less what it was with a few, by the difference."""
    kept = stage.effort.of(_KEPT)
    async with temporal() as client:
        ours, theirs = await in_turns(
            min(stage.effort.rounds, _TURNS),
            (f"memory of a cached lifecycle, {kept} in one worker", partial(_kibibytes_each, client, kept, _lifecycle)),
            ("memory of a cached workflow that only waits", partial(_kibibytes_each, client, kept, _waiting)),
        )
    yield Row(Unit.KIBIBYTES, ours, theirs)


async def _kibibytes_each(client: Client, kept: int, start: Start) -> float:
    async with _worker(client, _BEFORE + kept) as memory:
        await _started(client, _BEFORE, start)
        before = await memory()
        await _started(client, kept, start)
        return max(await memory() - before, 1) / kept


async def _started(client: Client, count: int, start: Start) -> None:
    """Starts so many, and waits until each has set its timer."""
    for name in [await start(client) for _ in range(count)]:
        async for event in client.get_workflow_handle(name).fetch_history_events(wait_new_event=True):
            if event.HasField("timer_started_event_attributes"):
                break


async def _lifecycle(client: Client) -> str:
    case = Case(uuid4(), uuid4())
    await Nudger(client).nudge(case)
    return lifecycle_id(case)


async def _waiting(client: Client) -> str:
    return (await client.start_workflow(Waiting.run, id=f"waiting-{uuid4()}", task_queue=QUEUE)).id


@asynccontextmanager
async def _worker(client: Client, cached: int) -> AsyncIterator[Callable[[], Awaitable[int]]]:
    """A worker in a process of its own, and what asks it for its memory."""
    process = await asyncio.create_subprocess_exec(
        *child(
            sys.executable,
            "-m",
            "tests.bench.idle_worker",
            client.service_client.config.target_host,
            str(cached),
            dying=signal.SIGTERM,
        ),
        cwd=CLONE,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    asked, answered = process.stdin, process.stdout

    async def memory() -> int:
        asked.write(b"\n")
        return int(await answered.readline())

    try:
        assert await answered.readline() == b"ready\n"
        yield memory
    finally:
        asked.close()
        await process.wait()
