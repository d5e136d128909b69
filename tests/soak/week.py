"""A week of many cases while API, workers, Temporal and PostgreSQL are killed at random: nothing lost or said twice."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from uuid import UUID

import httpx2

from deploy.local.databases import Databases, migrated
from deploy.local.postgres import Cluster
from deploy.local.temporal import DevServer
from deploy.local.temporal_binary import acquired
from service.identity.roles import Role, Scope
from tests.read_models.world import World
from tests.soak.case_system import CaseSystem
from tests.soak.checking import Lived, checked
from tests.soak.installation import HOST, Installation
from tests.soak.telling import BEGINS, DAYS, first_words, form_due, news
from tests.workflows.server import Server, free_port

_NEIGHBOURS, _LIVE = 40, 2
"""Cases of each sandbox, whose clock lives through the week, and real cases beside them, whose forms fall due now."""

_AT_ONCE = 4
"""Sandboxes at the same time."""

_REQUEST = 90.0
"""Seconds an answer may take: a clock is moved for thirty at most."""


async def soak(cluster: Cluster, cases: int) -> str:
    """Lives through it, and says what came of it.

    Raises:
        NoTemporalError: There is no Temporal and none can be had.
        AssertionError: Something was lost, said twice or not at all, or has no timer.
    """
    databases, began, luck = await migrated(cluster, log="log", keys="keys"), perf_counter(), Random()
    async with World.opened(databases.log_dsn, databases.keys_dsn, databases.worker_dsn) as world:
        real = (await world.real()).id
    async with _installed(cluster, databases) as installation:
        trouble = asyncio.create_task(installation.trouble(luck))
        lived = await _live(installation, real, luck, cases)
        await _over(trouble)
        client = await installation.temporal.client()
        async with World.opened(databases.log_dsn, databases.keys_dsn, databases.worker_dsn) as world:
            events = [await checked(world, client, each) for each in lived]
    kills = ", ".join(f"{name} {times}" for name, times in sorted(installation.killed.items()))
    return (
        f"{cases:,} cases (sandboxes: {len(lived) - 1}) and {sum(len(each.due) for each in lived)} real ones in "
        f"{perf_counter() - began:.0f} s, {sum(events):,} events. Killed: {kills}. Every acknowledged event is there "
        "once, no position is missing, every date was said once, every timer is in place"
    )


@asynccontextmanager
async def _installed(cluster: Cluster, databases: Databases) -> AsyncIterator[Installation]:
    directory = Path(tempfile.mkdtemp(prefix="planclock-week-", dir="/tmp"))
    temporal = Server(
        DevServer(await acquired(print), directory / "db", HOST, free_port(), None, directory / "temporal.log")
    )
    installation = Installation(cluster, databases, temporal, directory / "planclock.log")
    try:
        await temporal.start()
        installation.start()
        yield installation
    finally:
        await installation.stop()
        await temporal.stop()
        shutil.rmtree(directory)


async def _over(trouble: "asyncio.Task[None]") -> None:
    """Ends it once whatever was just killed is up again."""
    assert not trouble.done(), trouble
    trouble.cancel()
    with suppress(asyncio.CancelledError):
        await trouble


async def _live(installation: Installation, real: UUID, luck: Random, cases: int) -> list[Lived]:
    """Every case's week, some sandboxes at a time, and beside each sandbox a few real cases."""
    async with httpx2.AsyncClient(base_url=installation.url, timeout=_REQUEST) as http:
        founder = installation.signer.sign(UUID(int=0), "soak", [Role.INTEGRATION_CLIENT], [Scope.CREATE_SANDBOXES])
        told = _Real(CaseSystem(http, installation.signer.sign(real, "soak", [Role.INTEGRATION_CLIENT])), luck)
        room = asyncio.Semaphore(_AT_ONCE)

        async def one(number: int, first: int) -> Lived:
            async with room:
                await told.few(number)
                lived = await _week(CaseSystem(http, founder), range(first, min(first + _NEIGHBOURS, cases)))
                print(f"  sandbox {number} is through; killed so far: {installation.killed.total()}", flush=True)
                return lived

        firsts = range(0, cases, _NEIGHBOURS)
        sandboxes = await asyncio.gather(*(one(number, first) for number, first in enumerate(firsts)))
    return [*sandboxes, Lived(real, told.system.acknowledged, told.due)]


@dataclass
class _Real:
    """The real cases, and when the form of each falls due."""

    system: CaseSystem
    luck: Random
    due: dict[str, datetime] = field(default_factory=dict)

    async def few(self, number: int) -> None:
        """Tells of some more, whose forms fall due within a minute."""
        for each in range(_LIVE):
            case, due = f"REAL-{number}-{each}", datetime.now(UTC) + timedelta(seconds=self.luck.uniform(5, 60))
            await self.system.tell(case, form_due(due))
            self.due[case] = due


async def _week(founder: CaseSystem, cases: Iterable[int]) -> Lived:
    """One sandbox: what is told of its cases at first and day by day, and its clock moved from day to day."""
    made = await founder.ask("/v1/sandbox", {"policy": "staffordshire", "now": BEGINS.isoformat()})
    assert made.status_code == 201, made.text
    sandbox = CaseSystem(founder.http, made.json()["token"])
    named = [(f"CASE-{number}", number) for number in cases]
    for case, number in named:
        await sandbox.tell(case, first_words(case, number))
    for day in range(1, DAYS + 1):
        await sandbox.advance((BEGINS + timedelta(days=day)).isoformat())
        for case, number in named:
            if items := news(case, number, day):
                await sandbox.tell(case, items)
    await sandbox.advance((BEGINS + timedelta(days=DAYS, hours=1)).isoformat())
    return Lived(UUID(made.json()["authority"]), sandbox.acknowledged, {})
