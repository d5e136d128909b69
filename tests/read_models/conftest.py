from collections.abc import AsyncIterator

import asyncpg
import pytest

from deploy.local.databases import Databases
from tests.read_models.world import Place, World


@pytest.fixture(scope="module")
async def world(databases: Databases) -> AsyncIterator[World]:
    async with World.opened(databases.log_dsn, databases.keys_dsn, databases.worker_dsn) as world:
        yield world


@pytest.fixture
async def place(world: World) -> Place:
    """A sandbox of this test's own, under Staffordshire's procedure."""
    return await world.sandbox()


@pytest.fixture
async def superuser(databases: Databases) -> AsyncIterator[asyncpg.Connection]:
    """A look behind the scenes."""
    connection = await asyncpg.connect(databases.admin_dsn)
    yield connection
    await connection.close()
