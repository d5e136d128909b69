"""Databases for tests: one embedded cluster a test process, migrated once, and a fresh copy for each test module."""

import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.local.postgres import Cluster

APPLICATION, WORKER = "planclock_app", "planclock_worker"
"""The roles that migrations make."""


@dataclass(frozen=True)
class Databases:
    """A migrated log and its keys, in one cluster."""

    cluster: Cluster
    log: str
    keys: str

    @property
    def log_dsn(self) -> str:
        """The log, as the application sees it: one authority at a time."""
        return self.cluster.dsn(self.log, APPLICATION)

    @property
    def keys_dsn(self) -> str:
        """The case keys, as the application sees them."""
        return self.cluster.dsn(self.keys, APPLICATION)

    @property
    def worker_dsn(self) -> str:
        """The log, as the workers that cross authorities see it."""
        return self.cluster.dsn(self.log, WORKER)

    @property
    def admin_dsn(self) -> str:
        """The log, as the superuser sees it: for looking behind the scenes, never for what is under test."""
        return self.cluster.dsn(self.log)


def passwords(cluster: Cluster) -> Mapping[str, str]:
    """The password of every role that may log in."""
    return {role: cluster.password(role) for role in (APPLICATION, WORKER)}


async def migrated(cluster: Cluster, log: str, keys: str) -> Databases:
    """Creates both databases in `cluster` and brings them to the newest schema."""
    from migrations.run import upgrade  # noqa: PLC0415 - a test that needs no database should not load Alembic

    await cluster.create_database(log)
    await cluster.create_database(keys)
    await upgrade(cluster.dsn(log), cluster.dsn(keys), passwords(cluster))
    return Databases(cluster, log, keys)


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
    return await migrated(cluster, "log_template", "keys_template")


@pytest.fixture(scope="module")
async def databases(template: Databases) -> AsyncIterator[Databases]:
    """A log and keys of this module's own."""
    suffix = uuid.uuid4().hex[:8]
    own = Databases(template.cluster, f"log_{suffix}", f"keys_{suffix}")
    await own.cluster.create_database(own.log, template=template.log)
    await own.cluster.create_database(own.keys, template=template.keys)
    yield own
    await own.cluster.drop_database(own.log)
    await own.cluster.drop_database(own.keys)


@pytest.fixture(scope="module")
async def durable_databases(short_directory: Path) -> AsyncIterator[Databases]:
    """A log and keys in a cluster of this module's own that really writes to disk: one that a drill may kill."""
    directory = short_directory / uuid.uuid4().hex[:8]
    with Cluster(directory) as running:
        yield await migrated(running, "log", "keys")
    shutil.rmtree(directory)


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
