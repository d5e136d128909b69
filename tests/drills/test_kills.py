"""Acknowledged means kept: whatever is killed in the middle of a thousand appends (promise 1)."""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from itertools import islice
from uuid import UUID, uuid4

import asyncpg
import pytest

from deploy.local.databases import Databases
from deploy.local.postgres import Cluster
from deploy.local.state import CLONE
from events.store.verify import verify
from tests.store.telling import opened

COMMANDS = 1000


@dataclass
class Drill:
    """A writer's orders and what it acknowledged."""

    orders: Mapping[str, object]
    facts: list[UUID]
    acknowledged: list[UUID]

    async def writer(self) -> asyncio.subprocess.Process:
        """Starts a writer; a second one tells the same facts again."""
        writer = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.drills.writer"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=CLONE,
        )
        assert writer.stdin is not None
        writer.stdin.write(json.dumps(self.orders).encode() + b"\n")
        writer.stdin.close()
        return writer

    async def acknowledge(self, writer: asyncio.subprocess.Process, upto: int | None = None) -> None:
        """Notes what a writer acknowledges, until so many facts were, or to its end."""
        assert writer.stdout is not None
        while upto is None or len(self.acknowledged) < upto:
            line = await writer.stdout.readline()
            if not line:
                break
            self.acknowledged.append(UUID(line.decode().strip()))


@pytest.fixture
async def drill(durable_databases: Databases) -> AsyncIterator[Drill]:
    """A thousand commands, every tenth about two cases; at the end each fact must be in the log, once."""
    authority = uuid4()
    facts = [uuid4() for _ in range(COMMANDS + COMMANDS // 10)]
    remaining = iter(facts)
    commands = [list(islice(remaining, 2 if number % 10 == 0 else 1)) for number in range(COMMANDS)]
    async with opened(durable_databases.log_dsn, durable_databases.keys_dsn) as log:
        await log.create_authority(authority, name="Example authority")
    orders = {
        "log": durable_databases.log_dsn,
        "keys": durable_databases.keys_dsn,
        "authority": str(authority),
        "facts": [[str(fact) for fact in each] for each in commands],
    }
    drill = Drill(orders, facts, [])
    yield drill
    async with opened(durable_databases.log_dsn, durable_databases.keys_dsn) as log:
        events = await log.read_after(authority, 0, 10_000)
        report = await verify(log._database.app, authority, keys=log._keys)
    assert report.sound
    assert set(drill.acknowledged) == set(facts)
    assert Counter(event.fact for event in events) == Counter(facts)


async def test_postgresql_killed_twice_in_the_middle(durable_cluster: Cluster, drill: Drill) -> None:
    writer = await drill.writer()
    for acknowledged in (200, 600):
        await drill.acknowledge(writer, acknowledged)
        durable_cluster.kill()
        await asyncio.to_thread(durable_cluster.start)
    await drill.acknowledge(writer)
    assert await writer.wait() == 0


async def test_a_writer_killed_in_the_middle(drill: Drill) -> None:
    killed = await drill.writer()
    await drill.acknowledge(killed, 200)
    killed.kill()
    await drill.acknowledge(killed)
    assert await killed.wait() != 0
    writer = await drill.writer()
    await drill.acknowledge(writer)
    assert await writer.wait() == 0


async def test_connections_cut_again_and_again_in_the_middle(durable_databases: Databases, drill: Drill) -> None:
    superuser = await asyncpg.connect(durable_databases.admin_dsn)
    writer = await drill.writer()
    for acknowledged in range(100, 1000, 100):
        await drill.acknowledge(writer, acknowledged)
        await superuser.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'planclock_app'"
        )
    await superuser.close()
    await drill.acknowledge(writer)
    assert await writer.wait() == 0
