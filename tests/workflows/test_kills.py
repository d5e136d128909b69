"""Processes killed without warning, in turn, under load: every date is said once, and every timer is in place after."""

from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from temporalio.client import Client

from deploy.local.databases import Databases
from deploy.local.postgres import Cluster
from events.store.errors import UnavailableError
from tests.read_models.world import Place, World
from tests.workflows.clocks import of_form, said_of
from tests.workflows.commands import environment, kill, running
from tests.workflows.looking import form_due_in
from tests.workflows.running import eventually, reconciler
from tests.workflows.server import Server

pytestmark = [pytest.mark.xdist_group("temporal"), pytest.mark.timeout(400)]


@pytest.fixture(scope="module")
async def durable(durable_databases: Databases) -> AsyncIterator[World]:
    async with World.opened(
        durable_databases.log_dsn, durable_databases.keys_dsn, durable_databases.worker_dsn
    ) as world:
        yield world


async def told(place: Place, seconds: Iterable[float]) -> dict[UUID, datetime]:
    """Cases whose forms fall due so soon, told again while the database is away."""
    cases: dict[UUID, datetime] = {}
    for each in seconds:
        while True:
            with suppress(UnavailableError):
                case, due = await form_due_in(place, each)
                cases[case] = due
                break
    return cases


async def all_missed(place: Place, cases: Iterable[UUID]) -> bool:
    try:
        return all(["missed" in dict(of_form(await said_of(place, case))) for case in cases])
    except UnavailableError:
        return False


async def test_worker_temporal_and_postgresql_killed_in_turn_under_load(
    durable: World, durable_databases: Databases, durable_cluster: Cluster, temporal: Server
) -> None:
    place = await durable.real()
    variables = environment(durable_databases, temporal)
    async with running("worker", variables) as first, running("worker", variables):
        cases = await told(place, [4, 6, 8])
        await kill(first)
        cases |= await told(place, [3, 5, 7])
        await temporal.kill()
        cases |= await told(place, [2, 4])
        await temporal.start()
        durable_cluster.kill()
        durable_cluster.start()
        async with running("worker", variables):
            cases |= await told(place, [3, 6, 3600])
            soon = [case for case, due in cases.items() if due - datetime.now(UTC) < timedelta(minutes=1)]
            await eventually(lambda: all_missed(place, soon))
            client = await temporal.client()
            await eventually(lambda: nothing_amiss(durable, place, client))

    for case in soon:
        said = of_form(await said_of(place, case))
        assert said[-1] == ("missed", cases[case])
        assert len(said) == len(set(said))
    positions = [event.position for event in await durable.log.read_after(place.id, 0, 1000)]
    assert positions == list(range(1, len(positions) + 1))


async def test_a_worker_down_past_three_deadlines_says_each_once_on_its_return(
    durable: World, durable_databases: Databases, temporal: Server
) -> None:
    place = await durable.real()
    variables = environment(durable_databases, temporal)
    async with running("worker", variables) as only:
        cases = await told(place, [3, 4, 5])
        client = await temporal.client()
        await eventually(lambda: nothing_amiss(durable, place, client))
        await kill(only)
    await eventually(lambda: everything_past(cases.values()))
    async with running("worker", variables):
        await eventually(lambda: all_missed(place, cases))

    for case, due in cases.items():
        said = of_form(await said_of(place, case))
        assert said.count(("missed", due)) == 1
        assert len(said) == len(set(said))


async def nothing_amiss(world: World, place: Place, client: Client) -> bool:
    """Whether every case has the timer that the log asks for."""
    return (await reconciler(world, client).compare(place.id, nightly=True)).amiss == 0


async def everything_past(instants: Iterable[datetime]) -> bool:
    return all(datetime.now(UTC) > each for each in instants)
