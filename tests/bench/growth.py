"""Rows of growth: the same appends and reads in logs of ten thousand, a hundred thousand, a million events."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from itertools import cycle
from random import Random
from time import perf_counter
from uuid import UUID, uuid4

import asyncpg

from events.store.command import Appended, Command, Draft
from events.store.log import Log
from tests.bench.measuring import Row, Unit, in_turns
from tests.bench.stage import TOLD, Stage, an_authority, append_each
from tests.store.telling import command, draft, item

_A_CASE = 50
"""Events of each case before anything is measured."""

_AT_ONCE, _TOGETHER = 4, 500
"""Commands under way, and events in each, while a log is filled."""

_WRITERS = 32
_ALONE, _EACH, _READS = 50, 20, 50
"""What one turn does: appends alone, appends of each writer, reads."""

_AIM = 1.2


async def rows(stage: Stage) -> AsyncIterator[Row]:
    """Appends and reads in each larger log, beside the same in the smallest."""
    effort = stage.effort
    async with AsyncExitStack() as kept:
        logs = [await kept.enter_async_context(_grown(stage, events)) for events in effort.logs]
        for name, work in (
            ("append alone", partial(Grown.append, writers=1, each=effort.of(_ALONE))),
            (f"append, {_WRITERS} writers", partial(Grown.append, writers=_WRITERS, each=effort.of(_EACH))),
            (f"read a case of {_A_CASE} events", partial(Grown.read, times=effort.of(_READS))),
        ):
            smallest, *larger = await in_turns(
                effort.rounds, *((f"{name}, log of {log.events:,}", partial(work, log)) for log in logs)
            )
            for each in larger:
                yield Row(Unit.MICROSECONDS, each, smallest, _AIM)


class Grown:
    """A log filled to a size."""

    def __init__(self, log: Log, authority: UUID, events: int) -> None:
        self.events = events
        self._log = log
        self._authority = authority
        self._versions = {uuid4(): 0 for _ in range(max(_WRITERS, events // _A_CASE))}
        self._random = Random(1)

    async def fill(self) -> None:
        """Tells every case its first event, then every case its second: a case's events lie scattered, as in life."""
        cases = list(self._versions)
        await asyncio.gather(*(self._log.request_digest(self._authority, case, b"") for case in cases))
        ahead = asyncio.Semaphore(_AT_ONCE)
        for _, name in zip(range(self.events // len(cases)), cycle(TOLD)):
            told = [self._next(case, name) for case in cases]
            parts = (told[at : at + _TOGETHER] for at in range(0, len(told), _TOGETHER))
            await asyncio.gather(*(self._tell(ahead, part) for part in parts))

    async def append(self, writers: int, each: int) -> float:
        """Writers at once, each adding to cases of its own, now this and now that: microseconds an append."""
        cases = self._random.sample(list(self._versions), len(self._versions))
        commands = [self._commands(cases[writer::writers], each) for writer in range(writers)]
        began = perf_counter()
        await asyncio.gather(*(append_each(self._log, of_one) for of_one in commands))
        return (perf_counter() - began) / (writers * each) * 1_000_000

    async def read(self, times: int) -> float:
        """Reads this case and that, as far as it went when the log was filled: microseconds a case."""
        cases = self._random.choices(list(self._versions), k=times)
        began = perf_counter()
        for case in cases:
            await self._log.read_case(self._authority, case, upto_version=_A_CASE)
        return (perf_counter() - began) / times * 1_000_000

    def _commands(self, cases: Sequence[UUID], count: int) -> list[Command]:
        chosen = self._random.choices(cases, k=count)
        return [command(self._authority, self._next(case, name)) for case, name in zip(chosen, cycle(TOLD))]

    def _next(self, case: UUID, name: str) -> Draft:
        self._versions[case] += 1
        return draft(case, self._versions[case], told=_ITEMS[name])

    async def _tell(self, ahead: asyncio.Semaphore, drafts: Sequence[Draft]) -> None:
        async with ahead:
            assert isinstance(await self._log.append(command(self._authority, *drafts)), Appended)


_ITEMS = {name: item(name) for name in TOLD}


@asynccontextmanager
async def _grown(stage: Stage, events: int) -> AsyncIterator[Grown]:
    """A log of so many events, in databases of its own, swept and written out as it would be overnight.

    So the measuring begins just after a checkpoint, when PostgreSQL writes each page whole that it changes for the
    first time: the larger the log, the more of them. There is no worse moment.
    """
    async with stage.databases(f"of_{events}") as databases, an_authority(databases) as (log, authority):
        grown = Grown(log, authority, events)
        await grown.fill()
        connection = await asyncpg.connect(databases.admin_dsn)
        await connection.execute("vacuum analyze")
        await connection.execute("checkpoint")
        await connection.close()
        yield grown
