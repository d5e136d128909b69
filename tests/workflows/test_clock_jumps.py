"""A clock that jumps, on either side: nothing is said early, nothing is lost, and whoever is on duty is told."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from structlog.testing import capture_logs
from temporalio.testing import ActivityEnvironment

from deploy.local.databases import Databases
from service.command.doctor import examined
from service.settings import Settings
from tests.read_models.world import Place, World
from tests.workflows.driver import Driver
from tests.workflows.looking import form_due_in
from tests.workflows.running import activities
from workflows import contracts
from workflows.contracts import Assessed, Case

START = datetime(2025, 1, 6, 9, tzinfo=UTC)
DUE = START + timedelta(hours=1)


async def test_while_the_databases_clock_lags_it_looks_again_until_that_says_so() -> None:
    lag, said = timedelta(seconds=30), []

    async def assess(_: Case, now: datetime) -> Assessed:
        if now - lag >= DUE:
            said.append(now - lag)
            return Assessed(open=False)
        return Assessed(open=True, next_date=DUE)

    driver = Driver(Case(uuid4(), uuid4()), assess, START)
    await driver.start()
    await driver.until(START + timedelta(hours=2))

    assert driver.ended
    assert len(said) == 1
    assert said[0] >= DUE
    assert driver.naps[1:] == [contracts.SHORTEST_WAIT] * 30


async def test_a_task_delivered_a_day_late_looks_at_once() -> None:
    """As when the workers were down while the answer of an activity waited for them."""
    looked: list[datetime] = []

    async def assess(_: Case, now: datetime) -> Assessed:
        looked.append(now)
        if len(looked) == 1:
            driver.now += timedelta(days=1)
            return Assessed(open=True, next_date=DUE)
        return Assessed(open=False)

    driver = Driver(Case(uuid4(), uuid4()), assess, START)
    await driver.start()
    await driver.until(START + timedelta(days=1, seconds=2))

    assert driver.ended
    assert looked[1] - START == timedelta(days=1) + contracts.SHORTEST_WAIT


@pytest.mark.parametrize(
    "apart, said",
    [
        (timedelta(hours=1), [(3600, "the database's clock is ahead of")]),
        (-timedelta(hours=1), [(3600, "the database's clock is behind")]),
        (timedelta(seconds=20), []),
    ],
    ids=["ahead", "behind", "as good as the same"],
)
async def test_a_worker_says_that_the_databases_clock_and_temporals_differ(
    world: World, real: Place, apart: timedelta, said: list[tuple[int, str]]
) -> None:
    case, _ = await form_due_in(real, 3600)
    looking = ActivityEnvironment()
    looking.info = replace(looking.info, started_time=datetime.now(UTC) - apart)
    with capture_logs() as lines:
        await looking.run(activities(world).assess, Case(real.id, case))

    warned = [line for line in lines if line["event"] == "clocks_differ"]
    assert [(round(line["seconds"], -2), line["says"].split(" Temporal's")[0]) for line in warned] == said


async def test_a_sandboxs_clock_is_compared_with_nobodys(world: World, place: Place) -> None:
    case = await place.child()
    with capture_logs() as lines:
        await ActivityEnvironment().run(activities(world).assess, Case(place.id, case))

    assert "clocks_differ" not in {line["event"] for line in lines}


@pytest.mark.parametrize("apart, says", [(timedelta(), "agree"), (timedelta(hours=1), "3600 s behind this machine's")])
async def test_doctor_compares_the_databases_clock_with_the_machines(
    databases: Databases, apart: timedelta, says: str
) -> None:
    settings = Settings.model_validate(
        {
            "database_url": databases.log_dsn,
            "keys_url": databases.keys_dsn,
            "worker_url": databases.worker_dsn,
            "master_key": base64.b64encode(bytes(range(32))).decode(),
            "issuer": "http://127.0.0.1:8080",
        }
    )
    found = {each.part: each for each in await examined(settings, lambda: datetime.now(UTC) + apart)}

    assert says in found["clocks"].says
    assert bool(found["clocks"].do) is bool(apart)
