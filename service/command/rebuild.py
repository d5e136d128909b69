"""`planclock rebuild`: the lists anew beside those that serve, or every timer, from the log alone."""

import asyncio
from uuid import UUID

from rich.progress import Progress as Bars
from rich.progress import TaskID

from events.store.read_models.checkpoints import LeaseLostError
from events.store.read_models.generations import Comparison, Progress
from service.command.errors import CommandError
from service.command.opened import Opened, follower, opened, with_temporal
from service.command.settings import read_settings
from service.rebuilding import HaltedError
from service.rebuilding import rebuild as rebuilt
from service.settings import Settings


def lists(authority: UUID | None = None, *, accept_differences: bool = False) -> None:
    """Build the read models anew beside those that serve, compare both, and switch where they are the same.

    Args:
        authority: Whose; by default everybody's.
        accept_differences: Switch even where they differ. Without it both are kept, and the exit code is 1.
    """
    differing = asyncio.run(_rebuild(authority, accept_differences=accept_differences))
    if differing and not accept_differences:
        raise CommandError(f"{differing} of the lists differ and were not switched; --accept-differences does it")


def timers(authority: UUID | None = None) -> None:
    """Nudge every case, so that each open duty has its timer again, as after Temporal lost its data. Safe at any time.

    Args:
        authority: Whose; by default everybody's.
    """
    asyncio.run(_rebuild_timers(authority))


async def _rebuild_timers(authority: UUID | None) -> None:
    async with with_temporal(read_settings(Settings)) as (parts, keeper, client):
        for each in [authority] if authority else [each.id for each in await parts.log.authorities()]:
            with Bars() as bars:
                task = bars.add_task(str(each), total=None)

                def told(done: int, task: TaskID = task, bars: Bars = bars) -> None:
                    bars.update(task, completed=done)

                nudged = await keeper.relay(client).rebuild(each, told)
            print(f"{each}  nudged {nudged} cases; the workers set their timers")


async def _rebuild(authority: UUID | None, *, accept_differences: bool) -> int:
    async with opened(read_settings(Settings)) as parts:
        every = [authority] if authority else [each.id for each in await parts.log.authorities()]
        compared = [await _one(parts, each, accept_differences=accept_differences) for each in every]
    return sum(not comparison.same for comparison in compared)


async def _one(parts: Opened, authority: UUID, *, accept_differences: bool) -> Comparison:
    with Bars() as bars:
        task = bars.add_task(str(authority), total=None)

        def told(progress: Progress) -> None:
            bars.update(task, completed=progress.done, total=progress.position)

        try:
            return await rebuilt(follower(parts), authority, accept_differences=accept_differences, told=told)
        except (LookupError, HaltedError, LeaseLostError) as error:
            raise CommandError(str(error)) from None
