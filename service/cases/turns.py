"""Turns: who writes to the same case in this process does so one after the other, rather than decide in vain."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

Place = tuple[UUID, str]
"""An authority, and a case as a caller calls it."""


@dataclass
class _Queue:
    """Those who wait for one case."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Turns:
    """Hands out turns. Only to save work: what must hold between processes the log alone sees to."""

    def __init__(self) -> None:
        self._queues: dict[Place, _Queue] = {}

    @asynccontextmanager
    async def at(self, authority: UUID, keys: Iterable[str]) -> AsyncIterator[None]:
        """Hold the turn at each of these cases; taken in one order by everybody, so that nobody waits for ever."""
        async with AsyncExitStack() as held:
            for key in sorted(set(keys)):
                await held.enter_async_context(self._turn((authority, key)))
            yield

    @asynccontextmanager
    async def _turn(self, place: Place) -> AsyncIterator[None]:
        queue = self._queues.setdefault(place, _Queue())
        queue.waiting += 1
        try:
            async with queue.lock:
                yield
        finally:
            queue.waiting -= 1
            if not queue.waiting:
                del self._queues[place]
