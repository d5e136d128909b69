"""The relay: follows the log, and nudges the lifecycle and the transfers of each case that something happened to.

A nudge is sent before the checkpoint moves on, so that a death in between repeats it and never loses it.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import structlog

from events.catalogue.envelope import Kind
from events.catalogue.registry import Catalogue
from events.store.connect import Pool
from events.store.errors import GapError, LogError, UnavailableError, in_plain_words
from events.store.read_models.checkpoints import (
    TIMERS,
    Checkpoint,
    LeaseLostError,
    Onwards,
    halt,
    look,
    move,
    release,
    resume,
)
from events.store.read_models.histories import FIRST, Move, cases_after, concerns_every_case, moves
from events.store.read_models.turns import SOONEST, Pace, Trouble, Turns, keep_looking
from workflows.contracts import Case
from workflows.dispatching import Deliveries
from workflows.nudging import Nudger, TemporalAwayError
from workflows.signalling import Signaller

_PACE = Pace(events=200, cases=100)

_TROUBLES: Mapping[type[Exception], Trouble] = {
    UnavailableError: Trouble("relay_waits_for_database"),
    TemporalAwayError: Trouble("relay_waits_for_temporal", longest=30.0),
}

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Relay:
    """Nudges for every authority. Any number of relays may run: each authority has one at a time.

    `worker` is the worker role's connection; `owner` names this process in the checkpoints it holds. `signaller` has
    the steps of moves between authorities carried, `deliveries` the notices that somebody asked for delivered.
    """

    worker: Pool
    nudger: Nudger
    catalogue: Catalogue
    owner: str
    pace: Pace = _PACE
    signaller: Signaller | None = None
    deliveries: Deliveries | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Relays until `stop` is set. Goes on through whatever happens to the database and to Temporal."""
        await keep_looking(self.relay_all, stop, _TROUBLES)

    async def relay_all(self) -> bool:
        """Goes once to every authority where something happened. Says whether there was any.

        Raises:
            UnavailableError: The database cannot be reached or did not answer.
            TemporalAwayError: Temporal did not take a nudge.
        """
        return await self._turns.everywhere(self._step)

    async def relay(self, authority: UUID, generation: int | None, *, steps: int | None = None) -> None:
        """Takes the lease, nudges for so many steps or to the end of the log, and gives the lease back."""
        await self._turns.at(authority, generation, self._step, steps=steps)

    async def rebuild(self, authority: UUID, told: Callable[[int], None] = lambda _: None) -> int:
        """Nudges every case of an authority, so that each open duty has its timer again; returns how many.

        Another relay may do part of it. `told` hears how many were nudged so far.

        What was halted goes on first, and is halted again if what halted it is still there.

        Raises:
            UnavailableError, TemporalAwayError, LogError: Not all were nudged. Doing it again begins anew.
        """
        with in_plain_words():
            await resume(self.worker, authority, TIMERS)
        while (held := await self._turns.take(authority, None)) is None:  # noqa: ASYNC110 - another process holds the lease
            await asyncio.sleep(SOONEST)
        with suppress(LeaseLostError), in_plain_words():
            held = await self._moved(held, Onwards(held.position, FIRST, 0, None))
            await release(self.worker, held)
        while (now := await self._progress(authority)) is not None and now.swept_to is not None:
            if now.status == "halted":
                raise LogError(f"the timers of authority {authority} are halted, for its log has a gap")
            told(now.swept)
            await self.relay(authority, now.generation, steps=1)
        return now.swept if now is not None else 0

    async def _progress(self, authority: UUID) -> Checkpoint | None:
        with in_plain_words():
            return await look(self.worker, authority, TIMERS)

    @property
    def _turns(self) -> Turns:
        return Turns(self.worker, TIMERS, self.owner, self.pace.lease)

    async def _step(self, held: Checkpoint) -> Checkpoint | None:
        """Nudges for a few events, and for a few cases where all must be looked at. None when nothing is left to do."""
        with in_plain_words():
            try:
                moved = await moves(self.worker, held.authority, held.position, held.position + self.pace.events)
            except GapError as error:
                _log.error("timers_halted", authority=str(held.authority), position=held.position, error=str(error))
                await halt(self.worker, held, str(error))
                raise LeaseLostError(str(error)) from error
        if moved:
            held = await self._follow(held, moved)
        if held.swept_to is not None:
            return await self._sweep(held, held.swept_to)
        return held if moved else None

    async def _follow(self, held: Checkpoint, moved: Sequence[Move]) -> Checkpoint:
        news = [each for each in moved if not self._is_announcement(each.type)]
        cases = dict.fromkeys(each.case for each in news if each.case != held.authority)
        await self.nudger.nudge_all([Case(held.authority, case) for case in cases])
        if self.signaller is not None:
            await self.signaller.follow(held.authority, news)
        if self.deliveries is not None:
            await self.deliveries.follow(held.authority, news)
        everyone = concerns_every_case(held.authority, moved) or self._unknown_of(held.authority, moved)
        swept_to = FIRST if everyone else held.swept_to
        with in_plain_words():
            return await self._moved(held, Onwards(moved[-1].position, swept_to, 0 if everyone else held.swept, None))

    def _is_announcement(self, event_type: str) -> bool:
        """Whether it tells nothing that could move a date. A type that a newer build recorded counts as news."""
        return event_type in self.catalogue and self.catalogue[event_type].kind is Kind.ANNOUNCEMENT

    def _unknown_of(self, authority: UUID, moved: Sequence[Move]) -> bool:
        """Whether the authority's own stream tells what only a newer build knows: it may move any case's dates."""
        return any(each.case == authority and each.type not in self.catalogue for each in moved)

    async def _sweep(self, held: Checkpoint, after: UUID) -> Checkpoint:
        """Nudges the next cases, in order of their ids."""
        with in_plain_words():
            cases = await cases_after(self.worker, held.authority, after, self.pace.cases)
        nudged = [Case(held.authority, case) for case in cases if case != held.authority]
        await self.nudger.nudge_all(nudged)
        if self.signaller is not None:
            await self.signaller.signal_all(held.authority, cases)
        swept_to = cases[-1] if cases else None
        with in_plain_words():
            return await self._moved(held, Onwards(held.position, swept_to, held.swept + len(nudged), None))

    async def _moved(self, held: Checkpoint, onwards: Onwards) -> Checkpoint:
        async with self.worker.acquire() as connection:
            return await move(connection, held, onwards, self.pace.lease)
