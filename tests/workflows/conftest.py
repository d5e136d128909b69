from collections.abc import AsyncIterator

import pytest

from deploy.local.databases import Databases
from tests.read_models.world import Place, World
from tests.workflows.clocks import announcer
from workflows.announcing import Announcer


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
