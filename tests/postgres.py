"""Databases for tests: one embedded cluster a test process, migrated once, and a fresh copy for each test module."""

import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from deploy.local.databases import Databases, migrated
from deploy.local.postgres import Cluster


@pytest.fixture(scope="session")
def short_directory() -> Iterator[Path]:
    """A directory whose path is short enough for sockets and open to whom a server runs as; pytest's own is neither."""
    made = Path(tempfile.mkdtemp(prefix="planclock-", dir="/tmp"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def cluster(short_directory: Path) -> Iterator[Cluster]:
    """PostgreSQL for this test process; what it commits need not survive the machine."""
    with Cluster(short_directory / "pg", durable=False) as running:
        yield running


@pytest.fixture(scope="session")
async def template(cluster: Cluster) -> Databases:
    """The migrated databases that every module's own are copied from. Nothing may be written to them."""
    return await migrated(cluster, log="log_template", keys="keys_template")


@pytest.fixture(scope="module")
async def databases(cluster: Cluster, template: Databases) -> AsyncIterator[Databases]:
    """A log and keys of this module's own."""
    suffix = uuid.uuid4().hex[:8]
    own = Databases(cluster, f"log_{suffix}", f"keys_{suffix}")
    await cluster.create_database(own.log, template=template.log)
    await cluster.create_database(own.keys, template=template.keys)
    yield own
    await cluster.drop_database(own.log)
    await cluster.drop_database(own.keys)


@pytest.fixture(scope="module")
def durable_cluster(short_directory: Path) -> Iterator[Cluster]:
    """A cluster of this module's own that really writes to disk: one that a drill may kill and start again."""
    directory = short_directory / uuid.uuid4().hex[:8]
    with Cluster(directory) as running:
        yield running
    shutil.rmtree(directory)


@pytest.fixture(scope="module")
async def durable_databases(durable_cluster: Cluster) -> Databases:
    """A log and keys in `durable_cluster`."""
    return await migrated(durable_cluster, log="log", keys="keys")


@pytest.fixture(scope="module")
def log_dsn(databases: Databases) -> str:
    """The log of this module, as the application role."""
    return databases.log_dsn


@pytest.fixture(scope="module")
def keys_dsn(databases: Databases) -> str:
    """The keys of this module, as the application role."""
    return databases.keys_dsn


@pytest.fixture(scope="module")
def worker_dsn(databases: Databases) -> str:
    """The log of this module, as the worker role."""
    return databases.worker_dsn


@pytest.fixture(scope="module")
def admin_dsn(databases: Databases) -> str:
    """The log of this module, as the superuser."""
    return databases.admin_dsn
