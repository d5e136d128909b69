"""Where timers are measured: a real authority whose children are on plans today, and a Temporal of the bench's own."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

from temporalio.client import Client

from deploy.local.databases import Databases
from deploy.local.temporal import DevServer
from deploy.local.temporal_binary import acquired
from events.catalogue.envelope import Item
from events.store.command import Appended
from tests.case.given import on_a_plan
from tests.read_models.world import Place, World
from tests.store.telling import command, draft
from tests.workflows.server import Server, free_port

_SINCE_REQUEST, _SINCE_CONFERENCE = timedelta(14), timedelta(1)

_TOGETHER = 100
"""Cases told in one append."""


@asynccontextmanager
async def temporal() -> AsyncIterator[Client]:
    """A dev server with a database file, as `make run` has it, and a connection to it.

    Raises:
        NoTemporalError: There is none and none can be had.
    """
    binary = await acquired(print)
    directory = Path(tempfile.mkdtemp(prefix="planclock-temporal-", dir="/tmp"))
    server = Server(DevServer(binary, directory / "db", "127.0.0.1", free_port(), None, directory / "log"))
    try:
        await server.start()
        yield await server.client()
    finally:
        await server.stop()
        shutil.rmtree(directory)


@asynccontextmanager
async def a_real_place(databases: Databases) -> AsyncIterator[Place]:
    """A real authority under Staffordshire's procedure: its time is the database's."""
    async with World.opened(databases.log_dsn, databases.keys_dsn, databases.worker_dsn) as world:
        yield await world.real()


async def on_plans(place: Place, cases: int) -> Sequence[UUID]:
    """So many children who were put on plans yesterday, each with some dates still to come."""
    made = [uuid4() for _ in range(cases)]
    for first in range(0, cases, _TOGETHER):
        drafts = [
            draft(case, version, told=at_its_own_meeting(each, case))
            for case in made[first : first + _TOGETHER]
            for version, each in enumerate(_story(), 1)
        ]
        for each in made[first : first + _TOGETHER]:
            await place.world.log.request_digest(place.id, each, b"")  # makes its keys
        assert isinstance(await place.world.log.append(command(place.id, *drafts)), Appended)
    return made


async def asked_for(place: Place, cases: int) -> Sequence[UUID]:
    """So many children for whom a conference was just asked for: nothing is due of them yet, and much is to come."""
    now, made = datetime.now(UTC), [uuid4() for _ in range(cases)]
    for case in made:
        await place.tell(case, "initial_conference_requested", now.isoformat(), requested_by="csc")
    return made


@cache
def _story() -> Sequence[Item]:
    today = datetime.now(UTC).date()
    story = on_a_plan((today - _SINCE_CONFERENCE).isoformat(), requested=(today - _SINCE_REQUEST).isoformat())
    return [event.item for event in story.events]


def at_its_own_meeting(told: Item, case: UUID) -> Item:
    """A duty about a meeting is one for all its children: each of these has a conference of its own."""
    return told.model_copy(update={"meeting": f"{told.meeting}-{case}"}) if told.meeting else told
