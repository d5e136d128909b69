"""The commands by which somebody on duty looks at timers and mends them."""

import asyncio

import httpx2
import pytest
from temporalio.client import Client

from deploy.local.databases import Databases
from tests.read_models.world import Place, World
from tests.workflows.commands import PLANCLOCK, environment, planclock
from tests.workflows.looking import form_due_in, waits
from tests.workflows.running import eventually, timers, working
from tests.workflows.server import Server, free_port
from workflows.contracts import Case, lifecycle_id
from workflows.held import Held

pytestmark = pytest.mark.xdist_group("temporal")


@pytest.fixture
def variables(databases: Databases, temporal: Server) -> dict[str, str]:
    return environment(databases, temporal)


async def watched(place: Place, client: Client) -> Case:
    case = Case(place.id, (await form_due_in(place, 3600))[0])
    await eventually(lambda: waits(client, case))
    return case


async def test_reconcile_names_what_an_operator_terminated_and_mends_it(
    world: World, real: Place, client: Client, variables: dict[str, str]
) -> None:
    async with timers(world, client):
        lost = await watched(real, client)
        await client.get_workflow_handle(lifecycle_id(lost)).terminate()
        await eventually(lambda: nothing_held(client, real))
        status, said = await planclock("reconcile", environment=variables)
        await eventually(lambda: waits(client, lost))
        await eventually(lambda: held(client, lost))
        again = await planclock("reconcile", str(real.id), environment=variables)

    assert status == 0
    assert f"{lost.case}  an open duty and no timer" in said
    assert again == (0, f"{real.id}  1 timers expected, 1 held, 0 amiss and nudged\n")


async def test_rebuild_timers_sets_them_anew(
    world: World, real: Place, client: Client, variables: dict[str, str]
) -> None:
    async with timers(world, client):
        lost = await watched(real, client)
    await client.get_workflow_handle(lifecycle_id(lost)).terminate()
    status, said = await planclock("rebuild", "timers", str(real.id), environment=variables)
    async with working(world, client):
        await eventually(lambda: waits(client, lost))

    assert status == 0
    assert f"{real.id}  nudged 1 cases" in said


async def test_doctor_says_part_by_part_how_it_is(
    world: World, real: Place, client: Client, variables: dict[str, str]
) -> None:
    async with timers(world, client):
        await watched(real, client)
        for authority in await world.log.authorities():
            await world.follower().catch_up(authority.id)
        status, said = await planclock("doctor", environment=variables)

    assert status == 0, said
    parts = ["log", "keys", "worker role", "clocks", "master key", "lists", "relay", "temporal", "workers", "timers"]
    assert [line.split("\t")[:2] for line in said.splitlines()] == [["ok", part] for part in parts]


@pytest.mark.parametrize(
    "variable, value, part, advice",
    [
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/log", "log", "Check DATABASE_URL"),
        ("PLANCLOCK_MASTER_KEY", "A" * 43 + "=", "master key", "Check PLANCLOCK_MASTER_KEY"),
        ("TEMPORAL_ADDRESS", "127.0.0.1:9", "temporal", "Check TEMPORAL_ADDRESS"),
        ("TEMPORAL_ADDRESS", "", "temporal", "Set TEMPORAL_ADDRESS"),
    ],
    ids=["log", "master key", "temporal away", "no temporal"],
)
@pytest.mark.usefixtures("real")
async def test_doctor_says_what_to_do_about_each_part_that_fails(
    variables: dict[str, str], variable: str, value: str, part: str, advice: str
) -> None:
    status, said = await planclock("doctor", environment={**variables, variable: value})

    assert status == 1
    failing = said[said.index(f"mend\t{part}") :]
    assert advice in failing.splitlines()[1]


async def test_without_temporal_each_command_says_in_one_line_what_is_missing(variables: dict[str, str]) -> None:
    away = {**variables, "TEMPORAL_ADDRESS": "127.0.0.1:9"}

    assert await planclock("reconcile", environment=away) == (
        1,
        "planclock: Temporal cannot be reached (127.0.0.1:9)\n",
    )


async def test_a_worker_answers_how_it_is_on_a_port_of_its_own(variables: dict[str, str]) -> None:
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        *(PLANCLOCK, "worker"), env={**variables, "PLANCLOCK_WORKER_PORT": str(port)}, stdout=asyncio.subprocess.DEVNULL
    )
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as worker:
        await eventually(lambda: joined(worker))
        counted = (await worker.get("/metrics")).text
        alive = (await worker.get("/healthz")).json()
    process.terminate()

    assert await process.wait() == 0
    assert alive == {"alive": True}
    assert "planclock_timers_running 1.0" in counted


async def joined(worker: httpx2.AsyncClient) -> bool:
    """Whether the worker says that timers run."""
    try:
        answered: bool = (await worker.get("/readyz")).json()["timers"]["running"]
    except httpx2.TransportError:
        return False
    return answered


async def nothing_held(client: Client, place: Place) -> bool:
    return not await Held(client).all(place.id)


async def held(client: Client, case: Case) -> bool:
    return case.case in await Held(client).all(case.authority)
