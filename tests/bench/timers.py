"""Rows of timers: from a nudge to the new timer, and lifecycles started, beside a workflow that does nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from functools import partial
from time import perf_counter
from uuid import uuid4

from temporalio.client import Client
from temporalio.worker import Worker

from tests.bench.measuring import Row, Unit, in_turns
from tests.bench.noop import QUEUE, Noop, nothing
from tests.bench.open_plans import a_real_place, asked_for, on_plans, temporal
from tests.bench.stage import Stage
from tests.read_models.world import Place
from tests.workflows.running import working
from workflows.contracts import Case, lifecycle_id
from workflows.nudging import Nudger

_NUDGES, _STARTED = 20, 100
"""In one turn: nudges, and no-op workflows, one after the other; lifecycles, and no-op workflows, started."""

_AT_ONCE = 50

Work = Callable[[], Awaitable[None]]


async def rows(stage: Stage) -> AsyncIterator[Row]:
    """A real dev server, a worker in this process, a real log behind it: the same for both sides of a row."""
    async with AsyncExitStack() as opened:
        databases = await opened.enter_async_context(stage.databases("timers"))
        place = await opened.enter_async_context(a_real_place(databases))
        client = await opened.enter_async_context(temporal())
        await opened.enter_async_context(working(place.world, client))
        await opened.enter_async_context(Worker(client, task_queue=QUEUE, workflows=[Noop], activities=[nothing]))
        yield await _nudged(stage, place, client)
        yield await _started(stage, place, client)


async def _nudged(stage: Stage, place: Place, client: Client) -> Row:
    nudges = stage.effort.of(_NUDGES)

    async def nudge() -> float:
        (case,) = await on_plans(place, 1)
        waiting = Lifecycle(client, Case(place.id, case))
        await waiting.nudge()
        return await _milliseconds_each([waiting.nudge] * nudges)

    async def noop() -> float:
        return await _milliseconds_each([partial(_noop, client)] * nudges)

    ours, theirs = await in_turns(
        stage.effort.rounds,
        ("nudge to new timer set, a child on a plan", nudge),
        ("a no-op workflow with one activity, to its end", noop),
    )
    return Row(Unit.MILLISECONDS, ours, theirs, 1.5)


async def _started(stage: Stage, place: Place, client: Client) -> Row:
    count = stage.effort.of(_STARTED)

    async def start() -> float:
        cases = [Case(place.id, case) for case in await asked_for(place, count)]
        return await _rate([Lifecycle(client, case).nudge for case in cases])

    async def noop() -> float:
        return await _rate([partial(_noop, client)] * count)

    ours, theirs = await in_turns(
        stage.effort.rounds,
        (f"lifecycles started, to the timer set, {_AT_ONCE} at once", start),
        (f"no-op workflows, to their end, {_AT_ONCE} at once", noop),
    )
    return Row(Unit.RATE, ours, theirs)


class Lifecycle:
    """One lifecycle, and what is heard of it."""

    def __init__(self, client: Client, case: Case) -> None:
        self._nudger = Nudger(client)
        self._case = case
        self._heard = client.get_workflow_handle(lifecycle_id(case)).fetch_history_events(wait_new_event=True)

    async def nudge(self) -> None:
        """Nudges it, and waits until it has set a timer after that."""
        await self._nudger.nudge(self._case)
        nudged = False
        async for event in self._heard:
            nudged |= event.HasField("workflow_execution_signaled_event_attributes")
            if nudged and event.HasField("timer_started_event_attributes"):
                return
        raise AssertionError("the lifecycle ended")


async def _noop(client: Client) -> None:
    await client.execute_workflow(Noop.run, id=f"noop-{uuid4()}", task_queue=QUEUE)


async def _milliseconds_each(works: Sequence[Work]) -> float:
    """One after the other."""
    began = perf_counter()
    for work in works:
        await work()
    return (perf_counter() - began) / len(works) * 1000


async def _rate(works: Sequence[Work]) -> float:
    """Some at once: how many a second."""
    room = asyncio.Semaphore(_AT_ONCE)

    async def one(work: Work) -> None:
        async with room:
            await work()

    began = perf_counter()
    await asyncio.gather(*map(one, works))
    return len(works) / (perf_counter() - began)
