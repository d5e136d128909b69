"""Group commit: what waits for one authority is appended together, in one call and one flush of the disk.

Two flushers take turns at each authority: while one waits for the disk, the other's group gathers and is written up.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from events.store.append import SealedCommand, Written
from events.store.errors import UnavailableError

_MANY = 32
"""From so many on, two calls in turn beat one: measured on two cores, where a call costs as much as some ten events."""

Write = Callable[[UUID, Sequence[SealedCommand]], Awaitable[list[Written]]]


@dataclass(slots=True)
class _Waiting:
    command: SealedCommand
    claims: set[object]
    done: asyncio.Future[Written]


@dataclass(slots=True)
class _Lane:
    """One authority's queue, how many flushers it has, and how many of them are at the database."""

    waiting: deque[_Waiting] = field(default_factory=deque)
    flushers: int = 0
    committing: int = 0


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
        lane = self._lanes.get(authority)
        if lane is None:
            lane = self._lanes[authority] = _Lane()
        lane.waiting.append(_Waiting(command, command.claims, done))
        if lane.flushers < self._flushers:
            self._start(authority, lane)
        return await done

    async def close(self) -> None:
        """Waits until everything that was asked for is decided."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _start(self, authority: UUID, lane: _Lane) -> None:
        lane.flushers += 1
        task = asyncio.create_task(self._flush(authority, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _flush(self, authority: UUID, lane: _Lane) -> None:
        """Commits one group after another until nobody waits."""
        while group := self._next(lane):
            if lane.waiting and lane.flushers < self._flushers:
                self._start(authority, lane)
            lane.committing += 1
            await self._commit(authority, group)
            lane.committing -= 1
        lane.flushers -= 1
        if not lane.flushers:
            del self._lanes[authority]

    def _next(self, lane: _Lane) -> list[_Waiting]:
        """Takes the next group from those waiting. Whoever must wait for a later group keeps its place.

        When many wait and both flushers are free, half is left to the other: its group is written up while the first
        is at the disk.
        """
        most = self._most
        if not lane.committing and len(lane.waiting) >= _MANY:
            most = min(most, -(-len(lane.waiting) // self._flushers))
        group: list[_Waiting] = []
        later: list[_Waiting] = []
        taken: set[object] = set()
        size = 0
        while lane.waiting and len(group) < most:
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

    async def _commit(self, authority: UUID, group: Sequence[_Waiting]) -> None:
        try:
            written = await self._write(authority, [waiting.command for waiting in group])
        except Exception as error:  # noqa: BLE001 - whatever it was, whoever waits must hear of it
            if len(group) == 1:
                _fail(group, error)
            else:
                await self._singly(authority, group)
        else:
            _settle(group, written)

    async def _singly(self, authority: UUID, group: Sequence[_Waiting]) -> None:
        for number, waiting in enumerate(group):
            try:
                written = await self._write(authority, [waiting.command])
            except UnavailableError as error:
                # Who is not there for one is not there for the rest.
                _fail(group[number:], error)
                return
            except Exception as error:  # noqa: BLE001 - as above
                _fail([waiting], error)
            else:
                _settle([waiting], written)


def _settle(group: Sequence[_Waiting], written: Sequence[Written]) -> None:
    for waiting, outcome in zip(group, written, strict=True):
        if not waiting.done.done():  # whoever asked may have been cancelled
            waiting.done.set_result(outcome)


def _fail(group: Sequence[_Waiting], error: Exception) -> None:
    for waiting in group:
        if not waiting.done.done():
            waiting.done.set_exception(error)
