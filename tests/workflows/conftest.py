import shutil
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.client import Client

from deploy.local.databases import Databases
from deploy.local.temporal import DevServer
from deploy.local.temporal_binary import NoTemporalError, acquired
from tests.read_models.world import Place, World
from tests.workflows.clocks import announcer
from tests.workflows.server import Server, free_port
from workflows.announcing import Announcer


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs a real Temporal comes last, and may wait while one is built beside the other tests."""

    def needs_temporal(item: pytest.Item) -> bool:
        group = item.get_closest_marker("xdist_group")
        return group is not None and group.args == ("temporal",)

    items.sort(key=needs_temporal)
    for item in filter(needs_temporal, items):
        item.add_marker(pytest.mark.timeout(900))


@pytest.fixture(scope="module")
async def world(databases: Databases) -> AsyncIterator[World]:
    async with World.opened(databases.log_dsn, databases.keys_dsn, databases.worker_dsn) as world:
        yield world


@pytest.fixture
async def place(world: World) -> Place:
    """A sandbox of this test's own, under Staffordshire's procedure."""
    return await world.sandbox()


@pytest.fixture
async def real(world: World) -> Place:
    """A real authority of this test's own: its time is the database's."""
    return await world.real()


@pytest.fixture(scope="module")
def says(world: World) -> Announcer:
    return announcer(world)


@pytest.fixture(scope="module")
async def temporal(short_directory: Path) -> AsyncIterator[Server]:
    """A running dev server of this module's own."""
    try:
        binary = await acquired(print)
    except NoTemporalError as error:
        pytest.skip(str(error))
    directory = short_directory / f"temporal-{uuid.uuid4().hex[:8]}"
    directory.mkdir()
    file, log = directory / "db", directory / "log"
    server = Server(DevServer(binary, file, "127.0.0.1", free_port(), None, log, durable=False))
    await server.start()
    yield server
    await server.stop()
    shutil.rmtree(directory)


@pytest.fixture
async def client(temporal: Server) -> Client:
    return await temporal.client()
