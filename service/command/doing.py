"""A batch done for whoever typed a command: by the workers where they are there, else in this process, with a bar."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from uuid import UUID, uuid4

from rich.console import Console
from rich.progress import Progress as Bars
from temporalio.client import Client

from events.store import batches
from events.store.batches import Asked, Batch, BatchKind, BatchState, Found
from events.store.read_models.histories import FIRST
from service.batches import Asking, to_run
from service.command.errors import CommandError
from service.command.opened import Opened, comparer
from service.command.reader import reader_here
from workflows.batching import Batcher
from workflows.connecting import connect
from workflows.nudging import TemporalAwayError

_PAUSE = 0.2
"""Seconds between two looks at what the workers do."""

_PAGE = 500


def asking(parts: Opened) -> Asking:
    """Asks for batches as this process."""
    return Asking(parts.log, parts.database.app, uuid4)


async def do(parts: Opened, asked: Asked, *, here: bool) -> Batch:
    """Have a batch done, and wait for it. Broken off, it goes on where workers do it.

    Raises:
        CommandError: Somebody has paused it.
    """
    client = None if here else await workers(parts)
    with Bars(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("cases", total=asked.cases)
        if client is None:
            await comparer(parts).all(asked, lambda done: bars.update(task, completed=done))
        else:
            await Batcher(client).go_on(to_run(asked))
            while (stands := await the_batch(parts, asked.authority, asked.id)).state is not BatchState.DONE:
                bars.update(task, completed=stands.progress.done)
                if stands.state is BatchState.PAUSED:
                    raise CommandError(f"somebody has paused it: {resuming(asked)} goes on")
                await asyncio.sleep(_PAUSE)
    return await the_batch(parts, asked.authority, asked.id)


async def workers(parts: Opened) -> Client | None:
    """A connection to Temporal where somebody works for it; else None, and why is said."""
    if parts.settings.temporal_address is None:
        _say("Temporal is not set (TEMPORAL_ADDRESS): this process does it by itself.")
        return None
    try:
        client = await connect()
    except TemporalAwayError:
        _say(f"Temporal cannot be reached ({parts.settings.temporal_address}): this process does it by itself.")
        return None
    if not await Batcher(client).ready():
        _say("No worker is there: this process does it by itself.")
        return None
    return client


async def the_batch(parts: Opened, authority: UUID, batch: UUID) -> Batch:
    """A batch as it stands. Raises CommandError where there is none."""
    found = await batches.look(parts.database.app, authority, batch)
    if found is None:
        raise CommandError(f"{authority} has no batch {batch}; `planclock batch list` shows those it has")
    return found


async def tell(parts: Opened, batch: Batch, *, details: bool) -> None:
    """Prints what a batch has found: each change of each case with `details`, then how many there are of each."""
    after = FIRST if details or batch.progress.failed else None
    while after is not None:
        page = await batches.findings(parts.database.app, parts.keys, batch.asked, after, _PAGE)
        if details:
            await _recorded(parts, batch.asked, page)
        for line in (line for found in page for line in _of_case(found, details=details)):
            print(line)
        after = page[-1].case if page else None
    for line in lines(batch):
        print(line)


def lines(batch: Batch) -> Iterator[str]:
    """What a batch has found, in numbers."""
    for about_entry, number in sorted((batch.summary or {}).items()):
        about, _, entry = about_entry.partition(" ")
        yield f"{entry}  {about}: {number} change"
    counted = batch.progress.done - batch.progress.erased
    tried = batch.asked.kind in {BatchKind.POLICY_TRIED, BatchKind.CALENDAR_TRIED}
    yield f"{batch.progress.changed} of {counted} cases {'would change' if tried else 'change'}."
    if batch.progress.failed:
        yield f"{batch.progress.failed} cases could not be assessed."


def resuming(asked: Asked) -> str:
    """The command with which a batch goes on."""
    return f"`planclock batch resume {asked.id} --authority {asked.authority}`"


def _of_case(found: Found, *, details: bool) -> Iterator[str]:
    if found.failed_by is not None:
        yield f"{found.case}  could not be assessed: {found.failed_by}"
    for each in found.changed if details else ():
        yield f"{found.case}  {each.about} {each.entry}: {each.before or 'nothing'} -> {each.after or 'nothing'}"


async def _recorded(parts: Opened, asked: Asked, found: Sequence[Found]) -> None:
    """Showing the dates of a case is a look at it."""
    reader = reader_here(parts, asked.authority, "planclock batch show")
    reader.looks.update({each.case: asked.position for each in found})
    await reader.settle()


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)
