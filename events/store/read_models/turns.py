"""Following the log as one of several: a look ever so often, and turns at each authority under its lease."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import structlog

from events.store.connect import Pool
from events.store.errors import in_plain_words
from events.store.read_models.checkpoints import Checkpoint, LeaseLostError, begin, release, take
from events.store.read_models.lag import Behind, behind

SOONEST, SLOWEST = 0.05, 1.0
"""Seconds between two looks at the log: soon after something moved, ever slower while nothing does."""

_STEPS = 20
"""Steps at one authority before the others have their turn."""

Step = Callable[[Checkpoint], Awaitable[Checkpoint | None]]
"""Takes what is held a little further; None when nothing is left to do."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Pace:
    """How much a step takes on, and for how many seconds a lease is held; a step must be done well within them."""

    events: int
    cases: int
    lease: float = 30.0


@dataclass(frozen=True)
class Trouble:
    """Something that is waited for: what the log line is called, and the longest pause between two tries, in seconds.

    The first pause is the slowest of the ordinary ones; while the trouble lasts each is twice the one before.
    """

    said: str
    longest: float = SLOWEST


async def keep_looking(
    look: Callable[[], Awaitable[bool]], stop: asyncio.Event, troubles: Mapping[type[Exception], Trouble]
) -> None:
    """Looks again and again until `stop` is set, soon after something was found. Goes on through `troubles`.

    Their own words are logged, so they must tell nothing personal.
    """
    pause = SOONEST
    while not stop.is_set():
        try:
            pause = SOONEST if await look() else min(2 * pause, SLOWEST)
        except tuple(troubles) as error:
            trouble = next(each for kind, each in troubles.items() if isinstance(error, kind))
            pause = min(max(2 * pause, SLOWEST), trouble.longest)
            _log.warning(trouble.said, error=str(error), seconds=pause)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


@dataclass(frozen=True)
class Turns:
    """Takes turns at what follows the log. Any number of processes may: each authority has one of them at a time.

    `worker` is the worker role's connection; `owner` names this process in the leases, each of so many seconds.
    """

    worker: Pool
    read_model: str
    owner: str
    lease: float

    async def waiting(self) -> list[Behind]:
        """Where there is something to follow that nobody holds.

        Raises:
            UnavailableError: The database cannot be reached or did not answer. So does all of this.
        """
        with in_plain_words():
            return await behind(self.worker, self.read_model)

    async def everywhere(self, step: Step) -> bool:
        """Goes once to every authority that has something to follow. Says whether any of it was followed."""
        moved = [await self.at(each.authority, each.generation, step, steps=_STEPS) for each in await self.waiting()]
        return any(moved)

    async def at(self, authority: UUID, generation: int | None, step: Step, *, steps: int | None = None) -> bool:
        """Takes the lease, follows for so many steps or to the end of the log, and gives the lease back.

        False where somebody else held or took the lease, or what came could not be followed.
        """
        held = await self.take(authority, generation)
        if held is None:
            return False
        try:
            await advance(held, step, steps=steps)
        except LeaseLostError:
            return False
        finally:
            with in_plain_words():
                await release(self.worker, held)
        return True

    async def take(self, authority: UUID, generation: int | None) -> Checkpoint | None:
        """Takes the lease, of the first generation where there is none yet; None while somebody else holds it."""
        with in_plain_words():
            if generation is None:
                await begin(self.worker, authority, self.read_model)
            return await take(
                self.worker, authority, generation or 1, self.owner, self.lease, read_model=self.read_model
            )


async def advance(held: Checkpoint, step: Step, *, steps: int | None = None) -> Checkpoint:
    """Follows under a lease that is held already, for so many steps or until nothing is left to do.

    Raises:
        LeaseLostError: Somebody else follows now, or what came could not be followed and was halted.
    """
    taken = 0
    while (steps is None or taken < steps) and (onwards := await step(held)) is not None:
        held, taken = onwards, taken + 1
    return held
