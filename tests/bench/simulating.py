"""Rows of simulation: a draft tried on every case of an authority, beside two passes of assessment over the same."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from time import process_time

from events.catalogue.envelope import Event
from events.store.batches import Asked
from tests.bench.measuring import Row, Unit, in_turns
from tests.bench.open_plans import a_real_place, on_plans
from tests.bench.stage import Stage
from tests.read_models.world import Place
from tests.workflows.batching import asked_of, comparer, stands, the_same

_CASES = 10_000
_TURNS = 3


async def rows(stage: Stage) -> AsyncIterator[Row]:
    """By one process: read, unsealed, assessed twice, compared, and each finding sealed and kept."""
    count = stage.effort.of(_CASES)
    async with AsyncExitStack() as opened:
        databases = await opened.enter_async_context(stage.databases("simulate"))
        place = await opened.enter_async_context(a_real_place(databases))
        cases = await on_plans(place, count)
        asked = await asked_of(place)
        histories = [await place.world.log.read_case(place.id, case) for case in cases]
        events = sum(map(len, histories)) / count

        async def simulated() -> float:
            again, began = await the_same(place.world, asked), process_time()
            await comparer(place.world).all(again, lambda _: None)
            assert (await stands(place.world, again)).progress.changed == count
            return (process_time() - began) / count * 1_000_000

        async def assessed() -> float:
            return await _assessed_twice(place, asked, histories)

        ours, theirs = await in_turns(
            min(stage.effort.rounds, _TURNS),
            (f"try a draft on {count:,} cases of {events:.0f} events, for each", simulated),
            ("assess the same cases twice, for each", assessed),
        )
    yield Row(Unit.MICROSECONDS, ours, theirs, 1.2)


async def _assessed_twice(place: Place, asked: Asked, histories: Sequence[Sequence[Event]]) -> float:
    """Microseconds of this process's own time: what is in force, and once more."""
    in_force = await place.world.rules.of(place.id)
    assess, began = place.world.build.assessor.assess, process_time()
    for events in histories:
        for _ in range(2):
            assess(events, in_force.policies, in_force.calendar, asked.assessed_at)
        await asyncio.sleep(0)
    return (process_time() - began) / len(histories) * 1_000_000
