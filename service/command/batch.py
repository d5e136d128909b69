"""`planclock batch`: work over every case of an authority, as it stands, held up and let go on."""

import asyncio
from uuid import UUID

from events.store import batches
from events.store.batches import Batch, BatchState
from service.command.doing import do, resuming, tell, the_batch
from service.command.errors import CommandError
from service.command.opened import opened, with_temporal
from service.command.settings import read_settings
from service.settings import Settings
from workflows.batching import Batcher

_LISTED = 50


def list(*, authority: UUID) -> None:  # noqa: A001 - the command's name
    """List the last batches of an authority, the newest first: what each does, and how far it is.

    Args:
        authority: Whose.
    """
    asyncio.run(_list(authority))


def show(batch: UUID, *, authority: UUID, details: bool = False) -> None:
    """Show how far a batch is and what it has found.

    Args:
        batch: Which.
        authority: Whose.
        details: Every change, rather than how many of each kind.
    """
    asyncio.run(_show(batch, authority, details=details))


def pause(batch: UUID, *, authority: UUID) -> None:
    """Have a batch begin nothing more. What is under way is finished, and what was found is kept.

    Args:
        batch: Which.
        authority: Whose.
    """
    asyncio.run(_pause(batch, authority))


def resume(batch: UUID, *, authority: UUID, here: bool = False) -> None:
    """Have a batch go on: one that was paused, or that was broken off with the process or the Temporal that did it.

    Args:
        batch: Which.
        authority: Whose.
        here: In this process, even where workers are there.
    """
    asyncio.run(_resume(batch, authority, here=here))


async def _list(authority: UUID) -> None:
    async with opened(read_settings(Settings)) as parts:
        for batch in await batches.latest(parts.database.app, authority, _LISTED):
            print(_line(batch))


async def _show(batch: UUID, authority: UUID, *, details: bool) -> None:
    async with opened(read_settings(Settings)) as parts:
        found = await the_batch(parts, authority, batch)
        print(_line(found))
        await tell(parts, found, details=details)


async def _pause(batch: UUID, authority: UUID) -> None:
    async with with_temporal(read_settings(Settings)) as (parts, _, client):
        found = await the_batch(parts, authority, batch)
        if not await Batcher(client).pause(authority, batch):
            raise CommandError(f"nobody is at it: it is {found.state}")
        print(f"It pauses once what is under way is finished; {resuming(found.asked)} lets it go on.")


async def _resume(batch: UUID, authority: UUID, *, here: bool) -> None:
    async with opened(read_settings(Settings)) as parts:
        found = await the_batch(parts, authority, batch)
        if found.state is BatchState.DONE:
            raise CommandError("it is done already")
        await tell(parts, await do(parts, found.asked, here=here), details=False)


def _line(batch: Batch) -> str:
    asked, progress = batch.asked, batch.progress
    what = f"{asked.kind.replace('_', ' ')}: {asked.what}"
    since = f" from {asked.effective_from}" if asked.effective_from else ""
    return (
        f"{asked.id}  {batch.asked_at:%Y-%m-%d %H:%M} UTC  {batch.state:8}  {what}{since}, {progress.done} of "
        f"{asked.cases} cases done"
    )
