"""Every process killed in turn while case systems tell: nothing acknowledged is lost or doubled, and nothing leaks."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from deploy.local.databases import Databases
from deploy.local.postgres import Cluster
from events.catalogue.announcements import DutyAnnounced
from events.catalogue.envelope import Event
from events.store.verify import verify
from service.identity.roles import Role
from service.identity.signing import Signer, new_key
from tests.read_models.world import Place, World
from tests.workflows.clocks import of_form
from tests.workflows.commands import Kept, environment
from tests.workflows.load import BORN, NAME, REFERENCE, Load
from tests.workflows.running import eventually, reconciler
from tests.workflows.server import Server, free_port

pytestmark = [pytest.mark.xdist_group("temporal"), pytest.mark.timeout(600)]

STEP = 30
"""Children told between two kills."""

PATIENCE = 240.0
"""Seconds for all to be said: what a dead worker was at is tried again after half a minute, and more than once."""


async def test_everything_killed_in_turn_under_load(
    durable_databases: Databases, durable_cluster: Cluster, temporal: Server, tmp_path: Path
) -> None:
    dsns = (durable_databases.log_dsn, durable_databases.keys_dsn, durable_databases.worker_dsn)
    async with World.opened(*dsns) as world:
        place = await world.real()
        variables, load = served(environment(durable_databases, temporal), place)
        api, *workers = (Kept(each, variables, tmp_path / each) for each in ("api", "worker", "worker"))
        async with api.running(), workers[0].running(), workers[1].running():
            async with load.running():
                await killed_in_turn(api, workers[0], temporal, durable_cluster, load)
            differing = await load.again()
            events = await eventually(lambda: all_said(place, load), PATIENCE)
            client = await temporal.client()
            await eventually(lambda: nothing_amiss(world, place, client), PATIENCE)
        report = await verify(world.database.app, place.id, keys=world.keys)

    assert load.statuses <= {201, 503}
    assert load.unanswered > 0, "nobody noticed that the API was killed"
    assert differing == 0
    assert report.sound
    assert [event.position for event in events] == list(range(1, len(events) + 1))
    told = Counter(event.item.id for event in events if event.item.source != "planclock")
    assert told == Counter(f"{each}/{type_}" for each in load.acknowledged for type_ in TYPES)
    assert_each_said_once(load, events)
    files = [tmp_path / "api", tmp_path / "worker", temporal.server.log, durable_cluster.directory / "server.log"]
    assert_tells_nobody(*files, *temporal.server.file.parent.glob(f"{temporal.server.file.name}*"))


TYPES = ("child_registered", "initial_conference_requested")


def served(variables: dict[str, str], place: Place) -> tuple[dict[str, str], Load]:
    """What an API of its own needs to know, and a load that it believes."""
    key, port = new_key(), free_port()
    url = f"http://127.0.0.1:{port}"
    token = Signer(url, key, "planclock", lambda: datetime.now(UTC)).sign(place.id, "loader", [Role.INTEGRATION_CLIENT])
    own = {"PLANCLOCK_ISSUER": url, "PLANCLOCK_PORT": str(port), "PLANCLOCK_LOCAL_ISSUER_KEY": key}
    return {**variables, **own, "PLANCLOCK_LOG_LEVEL": "debug"}, Load(url, token)


async def killed_in_turn(api: Kept, worker: Kept, temporal: Server, cluster: Cluster, load: Load) -> None:
    """Kills each once the load has gone on for a while; what keeps itself no better is started again."""
    await load.come_to(STEP)
    api.kill()
    await load.come_to(STEP)
    worker.kill()
    await load.come_to(STEP)
    await temporal.kill()
    await load.come_to(STEP)
    await temporal.start()
    await load.come_to(STEP)
    cluster.kill()
    await asyncio.to_thread(cluster.start)
    await load.come_to(STEP)


async def all_said(place: Place, load: Load) -> list[Event]:
    """The whole log, once every form that fell due within the minute was said to be missed."""
    events = [each for each in await place.world.log.read_after(place.id, 0, 100_000) if isinstance(each, Event)]
    missed = {event.case for event in events if of_form([event])[:1] and of_form([event])[0][0] != "due"}
    return events if missed >= {case(load, each) for each in soon(load)} else []


def soon(load: Load) -> list[str]:
    return [each for each in load.acknowledged if load.due[each] < datetime.now(UTC)]


def case(load: Load, reference: str) -> UUID:
    return UUID(load.acknowledged[reference]["case"])


async def nothing_amiss(world: World, place: Place, client: object) -> bool:
    """Whether every case has the timer that the log asks for."""
    found = await reconciler(world, client).compare(place.id, nightly=True)  # type: ignore[arg-type]
    return found.amiss == 0 and found.expected == found.held > 0


def assert_each_said_once(load: Load, events: Iterable[Event]) -> None:
    """Of each duty each thing was said once; of each form that fell due, with its true due instant."""
    said = Counter(
        (event.case, event.data.duty, event.data.said, event.data.due_on, event.data.due_at)
        for event in events
        if isinstance(event.data, DutyAnnounced)
    )
    assert set(said.values()) == {1}
    by_case = {case(load, each): load.due[each] for each in load.acknowledged}
    forms = [(event.case, due) for event in events for _, due in of_form([event])]
    assert forms
    assert all(due == by_case[one] for one, due in forms)


def assert_tells_nobody(*files: Path) -> None:
    """No file holds a child's name, birthday or reference."""
    for file in files:
        content = file.read_bytes()
        assert content, f"{file} should have something to search"
        for secret in (NAME, *NAME.split(), BORN, REFERENCE):
            assert secret.encode() not in content, f"{secret} stands in {file.name}"
