"""Group commit: what waits for one authority is appended together, in one call and one flush of the disk.

Two flushers take turns at each authority: while one waits for the disk, the other's group gathers and is written up.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from events.store.append import SealedCommand, Written

Write = Callable[[UUID, Sequence[SealedCommand]], Awaitable[list[Written]]]


@dataclass(slots=True)
class _Waiting:
    command: SealedCommand
    claims: set[object]
    done: asyncio.Future[Written]


@dataclass(slots=True)
class _Lane:
    """One authority's queue and how many flushers are at work on it."""

    waiting: deque[_Waiting] = field(default_factory=deque)
    flushing: int = 0


class GroupCommit:
    """Gathers commands into groups and hands each group to `write`.

    A group is bounded by `most` commands and `most_bytes` bytes, and holds one command for a case, a fact or a
    reference; the others wait for a later one, in their order. When `write` raises, each command of the group is
    tried again by itself, so that only the one at fault sees the error.
    """

    def __init__(self, write: Write, *, flushers: int = 2, most: int = 256, most_bytes: int = 4_000_000) -> None:
        self._write = write
        self._flushers = flushers
        self._most = most
        self._most_bytes = most_bytes
        self._lanes: dict[UUID, _Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def append(self, authority: UUID, command: SealedCommand) -> Written:
        """Appends one command and says what became of it. A cancelled caller cancels nothing: the commit goes on."""
        done: asyncio.Future[Written] = asyncio.get_running_loop().create_future()
        done.add_done_callback(_heard)
        lane = self._lanes.setdefault(authority, _Lane())
        lane.waiting.append(_Waiting(command, command.claims, done))
        if lane.flushing < self._flushers:
            lane.flushing += 1
            task = asyncio.create_task(self._flush(authority, lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(done)

    async def close(self) -> None:
        """Waits until everything that was asked for is decided."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _flush(self, authority: UUID, lane: _Lane) -> None:
        try:
            while group := self._next(lane):
                await self._commit(authority, group)
        finally:
            lane.flushing -= 1
            if not lane.flushing and not lane.waiting:
                self._lanes.pop(authority, None)

    def _next(self, lane: _Lane) -> list[_Waiting]:
        """Takes the next group from those waiting. Whoever must wait for a later group keeps its place."""
        group: list[_Waiting] = []
        later: list[_Waiting] = []
        taken: set[object] = set()
        size = 0
        while lane.waiting and len(group) < self._most:
            waiting = lane.waiting.popleft()
            if group and size + waiting.command.size > self._most_bytes:
                later.append(waiting)
                break
            if taken.isdisjoint(waiting.claims):
                group.append(waiting)
                size += waiting.command.size
            else:
                later.append(waiting)
            taken |= waiting.claims
        lane.waiting.extendleft(reversed(later))
        return group

    async def _commit(self, authority: UUID, group: list[_Waiting]) -> None:
        try:
            written = await self._write(authority, [waiting.command for waiting in group])
        except Exception as error:  # noqa: BLE001 - whatever it was, every caller must hear of it
            if len(group) == 1:
                group[0].done.set_exception(error)
                return
            for waiting in group:
                await self._commit(authority, [waiting])
            return
        for waiting, outcome in zip(group, written, strict=True):
            waiting.done.set_result(outcome)


def _heard(done: asyncio.Future[Written]) -> None:
    """Marks an error as heard: whoever asked may have been cancelled meanwhile."""
    if not done.cancelled():
        done.exception()
