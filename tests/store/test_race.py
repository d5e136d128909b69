"""The race the log must win: many writers in two processes, transactions held open, and a reader close behind."""

import asyncio
import json
import random
import sys
from itertools import pairwise
from uuid import UUID, uuid4

import asyncpg
import pytest

from deploy.local.databases import Databases
from deploy.local.state import CLONE
from events.catalogue.envelope import Event
from events.store.append import append_group
from events.store.keys import readable
from events.store.log import Log
from events.store.seal import seal_command
from tests.store.telling import command, draft

PROCESSES = 2


@pytest.mark.parametrize("cases,times", [(1, 1), (60, 5)], ids=["on one case", "on many cases"])
async def test_two_hundred_racing_writers_lose_nothing_and_leave_no_gap(
    databases: Databases, log: Log, authority: UUID, cases: int, times: int
) -> None:
    raced = [uuid4() for _ in range(cases)]
    orders = {
        "log": databases.log_dsn,
        "keys": databases.keys_dsn,
        "authority": str(authority),
        "cases": [str(case) for case in raced],
        "writers": 200 // PROCESSES,
        "times": times,
    }
    racers = [await _racer(orders) for _ in range(PROCESSES)]
    raced_out, over = asyncio.Event(), asyncio.Event()
    following = asyncio.create_task(_follow(log, authority, over))
    holding = asyncio.create_task(_hold(databases, log, authority, raced_out))
    acknowledged = [event for kept in await asyncio.gather(*map(_race, racers)) for event in kept]
    raced_out.set()
    held = await holding
    over.set()  # only now: a transaction that was still held may have been the last to commit
    seen = await following

    assert [event.position for event in seen] == list(range(1, len(seen) + 1))
    told = [(str(event.fact), str(event.case), event.version, event.position) for event in seen]
    assert sorted(entry for entry in told if UUID(entry[0]) not in held) == sorted(acknowledged)
    assert held == {event.fact for event in seen} - {UUID(fact) for fact, *_ in acknowledged}
    for case in raced:
        versions = [event.version for event in seen if event.case == case]
        assert versions == list(range(1, len(versions) + 1))
    times_recorded = [event.recorded_at for event in seen]
    assert all(earlier < later for earlier, later in pairwise(times_recorded))


async def _racer(orders: dict[str, object]) -> asyncio.subprocess.Process:
    racer = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.store.racer"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=CLONE,
        limit=2**24,
    )
    assert racer.stdin is not None
    racer.stdin.write(json.dumps(orders).encode() + b"\n")
    await racer.stdin.drain()
    return racer


async def _race(racer: asyncio.subprocess.Process) -> list[tuple[str, str, int, int]]:
    assert racer.stdin is not None
    assert racer.stdout is not None
    assert await racer.stdout.readline() == b"ready\n"
    racer.stdin.write(b"go\n")
    kept = [
        (fact, case, version, position) for fact, case, version, position in json.loads(await racer.stdout.readline())
    ]
    assert await racer.wait() == 0
    return kept


async def _follow(log: Log, authority: UUID, over: asyncio.Event) -> list[Event]:
    """Reads whatever follows, all the time; a gap raises."""
    seen: list[Event] = []
    while True:
        last_look = over.is_set()
        found = await log.read_after(authority, len(seen), 1000)
        seen += [event for event in found if isinstance(event, Event)]
        if last_look and not found:
            return seen


async def _hold(databases: Databases, log: Log, authority: UUID, over: asyncio.Event) -> set[UUID]:
    """Appends in transactions that stay open for a while, half of which come to nothing; says which were kept."""
    kept: set[UUID] = set()
    connection = await asyncpg.connect(databases.log_dsn)
    while not over.is_set():
        case = uuid4()
        told = draft(case, 1)
        keys = readable(await log._keys.of_case(authority, case, create=True))
        transaction = connection.transaction()
        await transaction.start()
        written = await append_group(connection, authority, [seal_command(command(authority, told), {case: keys}, [])])
        assert written[0].outcome == "appended"
        await connection.execute("select pg_sleep($1)", random.random() * 0.004)
        if random.random() < 0.5:
            await transaction.rollback()
        else:
            await transaction.commit()
            kept.add(told.fact)
    await connection.close()
    return kept
