"""Rebuilding the lists of an authority beside those that serve it: built, compared, and put in their place."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from uuid import UUID

from events.store.errors import in_plain_words
from events.store.read_models.checkpoints import Checkpoint, begin_beside, release, take
from events.store.read_models.generations import Comparison, Progress, being_built, compare, progress, serving, switch
from service.following import Follower


class HaltedError(Exception):
    """The lists are halted: a person has to look at the error, and let them go on, before they can be rebuilt."""


_PAUSE = 0.05
"""Seconds between two looks at what another process is building."""

_STEPS = 5
"""Steps of building between two reports of progress."""


async def rebuild(
    follower: Follower, authority: UUID, *, accept_differences: bool = False, told: Callable[[Progress], None]
) -> Comparison:
    """Builds an authority's lists anew, compares them with those that serve at the same position, and switches.

    Where they differ, they are switched only with `accept_differences`; else both are kept and followed, and another
    call compares them again. A rebuild that was interrupted is carried on. `told` hears of progress.

    Raises:
        LookupError: The authority has no lists yet.
        HaltedError: What was built could not be followed, or what serves is halted.
        LeaseLostError: Somebody else took over in the middle of it. Try again.
        UnavailableError: The database cannot be reached or did not answer.
    """
    with in_plain_words():
        generation = await being_built(follower.worker, authority)
        if generation is None:
            generation = (await begin_beside(follower.worker, authority)).generation
    await _build(follower, authority, generation, told)
    async with AsyncExitStack() as leases:
        before = await _held(follower, authority, None, leases)
        after = await _held(follower, authority, generation, leases)
        before = await follower.advance(before, upto=after.position)
        after = await follower.advance(after, upto=before.position)
        with in_plain_words():
            comparison = await compare(follower.worker, before, after)
            if comparison.same or accept_differences:
                await switch(follower.worker, before, after)
    return comparison


async def _build(follower: Follower, authority: UUID, generation: int, told: Callable[[Progress], None]) -> None:
    """Builds case by case until every case is done; some other follower may do part of it."""
    built = False
    while not built:
        await follower.follow(authority, generation, steps=_STEPS)
        with in_plain_words():
            reached = await progress(follower.worker, authority, generation)
            if reached.error is not None:
                raise HaltedError(reached.error)
        told(reached)
        built = reached.built
        if not built:
            await asyncio.sleep(0)


async def _held(follower: Follower, authority: UUID, generation: int | None, leases: AsyncExitStack) -> Checkpoint:
    """The lease of a generation, or of the one that serves, once whoever follows it lets go."""
    with in_plain_words():
        number = generation or await serving(follower.worker, authority)
        if number is None:
            raise LookupError(f"authority {authority} has no lists to compare with")
        while (held := await take(follower.worker, authority, number, follower.owner, follower.pace.lease)) is None:
            if (error := (await progress(follower.worker, authority, number)).error) is not None:
                raise HaltedError(error)
            await asyncio.sleep(_PAUSE)
    leases.push_async_callback(release, follower.worker, held)
    return held
