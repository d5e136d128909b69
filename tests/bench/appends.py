"""Rows of the append: sealed and in groups, beside plain INSERTs and beside the `eventsourcing` library."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from time import perf_counter
from uuid import UUID

from events.store.append import Row as Stored
from events.store.keys import readable
from events.store.log import Log
from events.store.seal import seal_command
from tests.bench.inserts import inserting
from tests.bench.library import recording
from tests.bench.measuring import Row, Unit, in_turns
from tests.bench.stage import Stage, an_authority, append_each, prepared

BESIDE_INSERTS = ((1, 1, None), (8, 8, None), (32, 32, 1.5), (128, 32, 2.0))
"""Writers, the clients that insert beside them, and the aim."""

_THREADS = 8
_USUAL = {1: 200, 8: 1200, 32: 3200, 128: 5120}
"""Events in one turn, by how many write at once: something like half a second."""


async def rows(stage: Stage) -> AsyncIterator[Row]:
    """Every row of the append."""
    async with stage.databases("append") as databases, an_authority(databases) as (log, authority):
        for writers, clients, aim in BESIDE_INSERTS:
            appending = Appending(stage, log, authority, writers)
            yield await _beside_inserts(appending, databases.admin_dsn, clients, aim)
        yield await _beside_the_library(Appending(stage, log, authority, _THREADS), databases.admin_dsn)


class Appending:
    """Writers at once, each with a case of its own, through the log as an API process uses it."""

    def __init__(self, stage: Stage, log: Log, authority: UUID, writers: int) -> None:
        self.rounds = stage.effort.rounds
        self.authority = authority
        self.writers = writers
        self._stage = stage
        self._log = log

    @property
    def name(self) -> str:
        """What the row is called."""
        return f"append, {self.writers} {'writer' if self.writers == 1 else 'writers'}, sealed"

    async def append(self) -> float:
        """One turn: events a second."""
        commands = await prepared(self._log, self.authority, self.writers, self._each(self.writers))
        appends = asyncio.gather(*(append_each(self._log, each) for each in commands))
        return await rate(self.writers * self._each(self.writers), appends)

    async def sealed(self, clients: int) -> Sequence[Sequence[Stored]]:
        """The rows that as many clients would append in one turn, sealed already."""
        commands = await prepared(self._log, self.authority, clients, self._each(clients))
        return [
            [seal_command(each, {case: keys}, ()).rows[0] for each in of_one]
            for of_one in commands
            for case in [of_one[0].drafts[0].case]
            for keys in [readable(await self._log._keys.of_case(self.authority, case))]
        ]

    def _each(self, writers: int) -> int:
        return self._stage.effort.of(_USUAL[writers] // writers)


async def _beside_inserts(appending: Appending, dsn: str, clients: int, aim: float | None) -> Row:
    async with inserting(dsn, clients) as plain:

        async def insert() -> float:
            written = await appending.sealed(clients)
            return await rate(sum(map(len, written)), plain.insert(appending.authority, written))

        ours, theirs = await in_turns(
            appending.rounds,
            (appending.name, appending.append),
            (f"one INSERT a transaction, {clients} {'client' if clients == 1 else 'clients'}", insert),
        )
    return Row(Unit.RATE, ours, theirs, aim)


async def _beside_the_library(appending: Appending, dsn: str) -> Row:
    with recording(dsn, _THREADS) as library:

        async def record() -> float:
            written = await appending.sealed(_THREADS)
            states = [[row.sealed for row in of_one] for of_one in written]
            return await rate(sum(map(len, states)), asyncio.to_thread(library.record, states))

        ours, theirs = await in_turns(
            appending.rounds,
            (appending.name, appending.append),
            (f"the eventsourcing library's recorder, {_THREADS} threads", record),
        )
    return Row(Unit.RATE, ours, theirs, 6.0)


async def rate(count: int, work: Awaitable[object]) -> float:
    """How many a second."""
    began = perf_counter()
    await work
    return count / (perf_counter() - began)
