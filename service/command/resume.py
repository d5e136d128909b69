"""`planclock resume`: what was halted goes on, once a person has mended what halted it."""

import asyncio
from uuid import UUID

from events.store.connect import Pool
from events.store.read_models.checkpoints import LISTS, TIMERS
from events.store.read_models.checkpoints import resume as go_on
from service.command.errors import CommandError
from service.command.opened import Opened, opened
from service.command.settings import read_settings
from service.settings import Settings

FOLLOWING = {LISTS: "the lists", TIMERS: "the relay to the timers"}
"""What may be halted, as operators call it."""


def resume(authority: UUID | None = None) -> None:
    """Let halted lists and relays go on from where they stopped. What still cannot be followed halts them again.

    Args:
        authority: Whose; by default everybody's.
    """
    for line in asyncio.run(_resume(authority)) or ["Nothing is halted."]:
        print(line)


async def _resume(authority: UUID | None) -> list[str]:
    async with opened(read_settings(Settings)) as parts:
        every = [authority] if authority else [each.id for each in await parts.log.authorities()]
        return [line for each in every for line in await _of(_worker(parts), each)]


async def _of(worker: Pool, authority: UUID) -> list[str]:
    return [
        f"{authority}  {called} go on after position {resumed.position}; halted there by: {resumed.error}"
        for read_model, called in FOLLOWING.items()
        for resumed in await go_on(worker, authority, read_model)
    ]


def _worker(parts: Opened) -> Pool:
    if parts.database.worker is None:
        raise CommandError("PLANCLOCK_WORKER_URL is not set, and what follows the log belongs to that role")
    return parts.database.worker
