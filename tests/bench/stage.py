"""Where a row is measured: databases of its own on a server that really writes to disk, and made-up events."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

from deploy.local.databases import Databases, migrated
from deploy.local.postgres import Cluster
from events.store.command import Appended, Command
from events.store.log import Log
from tests.bench.measuring import Effort
from tests.store.telling import command, draft, item, opened

TOLD = ("child_seen", "duty_announced", "core_group_meeting_held")
"""What a log is mostly made of: visits, what Planclock said, meetings."""


@dataclass(frozen=True)
class Stage:
    """The server on which everything is measured, and how much of it."""

    cluster: Cluster
    effort: Effort

    @asynccontextmanager
    async def databases(self, name: str) -> AsyncIterator[Databases]:
        """A new log and its keys, dropped at the end so that they do not slow down what follows."""
        databases = await migrated(self.cluster, log=f"log_{name}", keys=f"keys_{name}")
        try:
            yield databases
        finally:
            await self.cluster.drop_database(databases.log)
            await self.cluster.drop_database(databases.keys)


@asynccontextmanager
async def an_authority(databases: Databases) -> AsyncIterator[tuple[Log, UUID]]:
    """A log opened as an API process does it, and a new authority in it."""
    async with opened(databases.log_dsn, databases.keys_dsn, databases.worker_dsn) as log:
        authority = uuid4()
        await log.create_authority(authority, name="Example authority")
        yield log, authority


async def prepared(log: Log, authority: UUID, cases: int, events: int) -> Sequence[Sequence[Command]]:
    """For each of some new cases its keys, kept, and its commands, ready to append: one event each."""
    items = [item(name) for name in TOLD]
    made = []
    for _ in range(cases):
        case = uuid4()
        await log.request_digest(authority, case, b"")
        drafts = (draft(case, version, told=items[version % len(items)]) for version in range(1, events + 1))
        made.append([command(authority, each) for each in drafts])
    return made


async def append_each(log: Log, commands: Sequence[Command]) -> None:
    """One writer: appends one command after the other."""
    for each in commands:
        outcome = await log.append(each)
        assert isinstance(outcome, Appended), outcome
