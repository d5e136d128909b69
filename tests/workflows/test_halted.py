"""A gap in the log halts what follows it: everything on duty says so, and goes on once it is mended and let."""

from collections.abc import Mapping
from typing import Any

import asyncpg
import pytest
from temporalio.client import Client

from deploy.local.databases import Databases
from service.cases.readiness import Readiness, look_at
from tests.read_models.looking import without_guard
from tests.read_models.world import Place, World
from tests.workflows.commands import environment, planclock
from tests.workflows.looking import form_due_in, waits
from tests.workflows.running import eventually, relay, working
from tests.workflows.server import Server
from workflows.contracts import Case
from workflows.watching import Watching

pytestmark = pytest.mark.xdist_group("temporal")


@pytest.fixture
async def superuser(admin_dsn: str) -> Any:  # noqa: ANN401 - a fixture that closes what asyncpg opened
    connection = await asyncpg.connect(admin_dsn)
    yield connection
    await connection.close()


async def taken_out(superuser: asyncpg.Connection, place: Place, position: int) -> Mapping[str, Any]:
    """An event that somebody deleted behind everybody's back, as it was."""
    where = "from es.event where authority = $1 and position = $2"
    row = await superuser.fetchrow(f"select * {where}", place.id, position)
    await without_guard(superuser, f"delete {where}", place.id, position)
    return dict(row)


async def put_back(superuser: asyncpg.Connection, event: Mapping[str, Any]) -> None:
    columns = ", ".join(f'"{each}"' for each in event)
    values = ", ".join(f"${number}" for number in range(1, len(event) + 1))
    statement = f"insert into es.event ({columns}) values ({values})"  # noqa: S608 - names of columns
    await without_guard(superuser, statement, *event.values())


async def while_timers_run(world: World, client: Client) -> Readiness | None:
    """What /readyz says, once a worker has joined."""
    found = await look_at(world.database, Watching(client, world.database.worker))
    return found if found.timers is not None and found.timers.running else None


async def test_a_halted_relay_says_so_everywhere_and_goes_on_once_mended_and_let(
    world: World,
    real: Place,
    client: Client,
    databases: Databases,
    temporal: Server,
    superuser: asyncpg.Connection,
) -> None:
    variables = environment(databases, temporal)
    case, _ = await form_due_in(real, 3600)
    gone = (await world.log.head(real.id)).position - 1
    event = await taken_out(superuser, real, gone)
    await relay(world, client).relay_all()
    await world.follower().follow_all()
    async with working(world, client):
        seen = await eventually(lambda: while_timers_run(world, client))
    _, doctor = await planclock("doctor", environment=variables)
    _, too_early = await planclock("resume", str(real.id), environment=variables)
    await relay(world, client).relay_all()
    await world.follower().follow_all()

    await put_back(superuser, event)
    status, resumed = await planclock("resume", environment=variables)
    _, nothing_left = await planclock("resume", environment=variables)
    await world.follower().catch_up(real.id)
    async with working(world, client):
        await relay(world, client).relay_all()
        await eventually(lambda: waits(client, Case(real.id, case)))

    assert seen is not None
    halted = seen.shown()
    assert halted["timers"]["halted"] == halted["lists"]["halted"] == 1
    assert "no news reaches them at 1 of the authorities" in halted["timers"]["says"]
    for part in ("lists", "relay"):
        (line,) = [line for line in doctor.splitlines() if line.startswith(f"mend\t{part}\t")]
        assert str(real.id) in line
        assert f"position {gone}" in line
    assert "planclock resume" in doctor
    assert status == 0
    for answer in (too_early, resumed):
        assert answer.count(f"{real.id}  ") == 2
        assert answer.count(f"position {gone}, and") == 2
    assert nothing_left == "Nothing is halted.\n"
    assert [each.case for each in await real.cases()] == [case]
