from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import asyncpg
import pytest

from deploy.local.databases import Databases
from events.store.log import Log
from tests.store.telling import opened


@pytest.fixture(scope="module")
async def log(databases: Databases) -> AsyncIterator[Log]:
    """The log of this module."""
    async with opened(databases.log_dsn, databases.keys_dsn, databases.worker_dsn) as log:
        yield log


@pytest.fixture
async def authority(log: Log) -> UUID:
    """An authority of this test's own."""
    authority = uuid4()
    await log.create_authority(authority, name="Example authority")
    return authority


@pytest.fixture
async def superuser(databases: Databases) -> AsyncIterator[asyncpg.Connection]:
    """A look behind the scenes."""
    connection = await asyncpg.connect(databases.admin_dsn)
    yield connection
    await connection.close()
