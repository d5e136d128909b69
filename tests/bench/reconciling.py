"""Rows of comparing: every timer of an authority compared with its log, hourly by the lists and nightly by the log."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from time import perf_counter
from uuid import UUID

from temporalio.client import Client

from tests.bench.measuring import Row, Unit, in_turns
from tests.bench.open_plans import a_real_place, on_plans, temporal
from tests.bench.stage import Stage
from tests.read_models.world import Place
from tests.workflows.clocks import announcer
from tests.workflows.running import eventually, reconciler, relay, working
from workflows.held import Held
from workflows.reconcile import Reconciler

_TURNS = 3
_SETTLING = 1800.0
"""Seconds that the last lifecycles have to show their dates."""


async def rows(stage: Stage) -> AsyncIterator[Row]:
    """Open cases, each with its lifecycle on a real dev server. CASES=10000 takes as many."""
    count = stage.effort.open_cases
    async with AsyncExitStack() as opened:
        databases = await opened.enter_async_context(stage.databases("reconcile"))
        place = await opened.enter_async_context(a_real_place(databases))
        client = await opened.enter_async_context(temporal())
        cases = await on_plans(place, count)
        await _watched(place, client, count)
        for row in await _compared(stage, place, client, cases):
            yield row


async def _watched(place: Place, client: Client, count: int) -> None:
    """Says what is due of every case, has each watched, and the lists follow."""
    held = Held(client)

    async def all_in_place() -> bool:
        timers = await held.all(place.id)
        return len(timers) == count and None not in {timer.date for timer in timers.values()}

    async with working(place.world, client):
        await relay(place.world, client).relay_all()
        await eventually(all_in_place, patience=_SETTLING)
    await place.follow()


async def _compared(stage: Stage, place: Place, client: Client, cases: Sequence[UUID]) -> Sequence[Row]:
    compared, held, says = reconciler(place.world, client), Held(client), announcer(place.world)

    async def listed() -> None:
        assert len(await held.all(place.id)) == len(cases)

    async def assessed() -> None:
        for case in cases:
            await says.expected(place.id, case)

    turns, each = min(stage.effort.rounds, _TURNS), len(cases)
    hourly, list_held, nightly, assess = await in_turns(
        turns,
        (
            f"hourly comparison of {each:,} open cases, for each",
            _timed(each, _comparing(compared, place, nightly=False)),
        ),
        ("listing what Temporal holds of them, for each", _timed(each, listed)),
        (
            f"nightly comparison of {each:,} open cases, for each",
            _timed(each, _comparing(compared, place, nightly=True)),
        ),
        ("reading and assessing them one by one, for each", _timed(each, assessed)),
    )
    return [Row(Unit.MICROSECONDS, hourly, list_held), Row(Unit.MICROSECONDS, nightly, assess)]


def _comparing(compared: Reconciler, place: Place, *, nightly: bool) -> Callable[[], Awaitable[None]]:
    async def compare() -> None:
        found = await compared.compare(place.id, nightly=nightly)
        assert found.amiss == 0, found

    return compare


def _timed(cases: int, work: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[float]]:
    """Microseconds a case."""

    async def timed() -> float:
        began = perf_counter()
        await work()
        return (perf_counter() - began) / cases * 1_000_000

    return timed
