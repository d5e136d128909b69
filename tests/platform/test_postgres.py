"""The embedded PostgreSQL: up at once, back after a kill, never two on one directory, never as root."""

import os
import select
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from deploy.local.postgres import CannotStartError, Cluster
from deploy.local.state import CLONE


@pytest.fixture
def directory(short_directory: Path) -> Path:
    return short_directory / uuid.uuid4().hex[:8]


@pytest.fixture(scope="module")
def running(short_directory: Path) -> Iterator[Cluster]:
    with Cluster(short_directory / "running") as cluster:
        yield cluster


START_AND_WAIT = """
import sys, pathlib
from deploy.local.postgres import Cluster
cluster = Cluster(pathlib.Path(sys.argv[1]))
cluster.start()
print(cluster.pid, flush=True)
sys.stdin.read()
"""


async def ask(cluster: Cluster, query: str) -> object:
    connection = await asyncpg.connect(cluster.dsn("postgres"))
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


async def test_what_was_committed_is_there_after_the_server_is_killed_and_started_again(running: Cluster) -> None:
    await ask(running, "CREATE TABLE kept AS SELECT 42 AS answer")

    running.kill()
    running.start()

    assert await ask(running, "SELECT answer FROM kept") == 42


async def test_another_start_on_the_same_directory_finds_the_same_data(directory: Path) -> None:
    with Cluster(directory) as first:
        await ask(first, "CREATE TABLE kept AS SELECT 42 AS answer")

    with Cluster(directory) as second:
        assert await ask(second, "SELECT answer FROM kept") == 42


def test_a_second_server_on_one_directory_is_refused_in_one_line(running: Cluster) -> None:
    held = f"another PostgreSQL runs in {running.directory}, held by process {os.getpid()}"

    with pytest.raises(CannotStartError, match=held):
        Cluster(running.directory).start()

    assert running.pid is not None


def test_data_of_another_major_version_is_refused_in_one_line(directory: Path) -> None:
    with Cluster(directory, durable=False):
        pass
    (directory / "data" / "PG_VERSION").write_text("14\n")

    with pytest.raises(CannotStartError, match=r"^\S+ was written by PostgreSQL 14 and this is \d+: [^\n]+$"):
        Cluster(directory).start()


async def test_a_creation_that_was_cut_short_is_begun_anew(directory: Path) -> None:
    with Cluster(directory, durable=False):
        pass
    (directory / "data").rename(directory / "data.new")

    with Cluster(directory, durable=False) as cluster:
        assert await ask(cluster, "SELECT 1") == 1


def test_the_server_listens_on_no_network(running: Cluster) -> None:
    listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    inodes = {str(fd.readlink()) for fd in Path(f"/proc/{running.pid}/fd").iterdir()}

    assert not [line for line in listening if f"socket:[{line[9]}]" in inodes]


async def test_a_role_without_its_password_is_turned_away(running: Cluster) -> None:
    wrong = running.dsn("postgres").replace(running.password("postgres"), "guess")

    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(wrong)


@pytest.mark.skipif(os.geteuid() != 0, reason="privileges can only be dropped by root")
def test_root_starts_it_as_somebody_who_is_not_root_and_cannot_become_root(running: Cluster) -> None:
    status = dict(line.split(":\t", 1) for line in Path(f"/proc/{running.pid}/status").read_text().splitlines())

    assert "0" not in status["Uid"].split()
    assert "0" not in status["Gid"].split()
    assert status["Groups"].split() == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has folders that the server may not enter")
def test_a_folder_closed_to_the_server_is_named_and_stays_closed(short_directory: Path) -> None:
    closed = short_directory / "closed"
    closed.mkdir(mode=0o700)

    with pytest.raises(CannotStartError, match=f"may not enter {closed}"):
        Cluster(closed / "pg").start()

    assert closed.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_the_server_dies_with_its_parent_and_the_next_start_carries_on(directory: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", START_AND_WAIT, str(directory)], cwd=CLONE, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as starter:
        assert starter.stdout is not None
        server = os.pidfd_open(int(starter.stdout.readline()))
        starter.kill()

    died, _, _ = select.select([server], [], [], 30)
    assert died == [server]
    with Cluster(directory) as cluster:
        assert cluster.pid is not None


async def test_a_directory_with_a_long_path_gets_its_sockets_elsewhere_and_leaves_none_behind(
    short_directory: Path,
) -> None:
    long = short_directory / ("a" * 100)

    with Cluster(long, durable=False) as first:
        assert await ask(first, "SELECT 1") == 1
        sockets = Path((long / "sockets").read_text())
        assert sockets.is_dir()

    assert not sockets.exists()


async def test_a_database_that_is_already_there_is_left_as_it_is(running: Cluster) -> None:
    await running.create_database("twice")

    await running.create_database("twice")

    assert await ask(running, "SELECT count(*) FROM pg_database WHERE datname = 'twice'") == 1
