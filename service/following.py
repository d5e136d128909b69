"""The follower: assesses anew the cases that the log has moved, and writes their rows, exactly once."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import structlog

from events.store.connect import Pool
from events.store.errors import LogError, OtherBuildError, UnavailableError, in_plain_words
from events.store.read_models.checkpoints import LISTS, Checkpoint, LeaseLostError, Onwards, halt, note
from events.store.read_models.histories import FIRST, Move, cases_after, concerns_every_case, moves
from events.store.read_models.turns import Pace, Trouble, Turns, advance, keep_looking
from events.store.read_models.writing import Batch, write
from service.listing import Listed, Listing, PoisonError

_PACE = Pace(events=500, cases=100)

_TROUBLES: Mapping[type[Exception], Trouble] = {UnavailableError: Trouble("lists_wait_for_database")}

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Follower:
    """Follows every authority's log for the lists. Any number of them may run: each authority has one at a time.

    `worker` is the worker role's connection; `owner` names this process in the checkpoints it holds.
    """

    worker: Pool
    listing: Listing
    owner: str
    pace: Pace = _PACE

    async def run(self, stop: asyncio.Event) -> None:
        """Follows until `stop` is set. Goes on through whatever happens to the database."""
        await keep_looking(self.follow_all, stop, _TROUBLES)

    async def follow_all(self) -> bool:
        """Goes once to every authority that has something to follow. Says whether there was any.

        Raises:
            UnavailableError: The database cannot be reached or did not answer.
        """
        return await self._turns.everywhere(self._carefully)

    async def catch_up(self, authority: UUID) -> None:
        """Follows one authority to the end of its log, unless somebody else is at it."""
        for each in await self._turns.waiting():
            if each.authority == authority:
                await self.follow(authority, each.generation)

    async def follow(self, authority: UUID, generation: int | None, *, steps: int | None = None) -> None:
        """Takes the lease, follows for so many steps or to the end of the log, and gives the lease back.

        What cannot be followed halts the lists of this authority, with the error kept beside their position. What a
        newer build wrote is left to it.
        """
        await self._turns.at(authority, generation, self._carefully, steps=steps)

    async def advance(self, held: Checkpoint, *, upto: int | None = None) -> Checkpoint:
        """Follows under a lease that is held already; up to a position if one is given.

        Raises:
            LeaseLostError: Somebody else follows now, or what came could not be followed and halted the lists.
        """
        return await advance(held, partial(self._carefully, upto=upto))

    @property
    def _turns(self) -> Turns:
        return Turns(self.worker, LISTS, self.owner, self.pace.lease)

    async def _carefully(self, held: Checkpoint, upto: int | None = None) -> Checkpoint | None:
        """One step. If it fails it is taken again as small as can be, so that only what is at fault halts the lists."""
        try:
            return await self._step(held, self.pace, upto)
        except (UnavailableError, LeaseLostError):
            raise
        except Exception:  # noqa: BLE001 - the smallest step will say what it was
            return await self._smallest(held, upto)

    async def _smallest(self, held: Checkpoint, upto: int | None) -> Checkpoint | None:
        try:
            return await self._step(held, Pace(1, 1, self.pace.lease), upto)
        except (UnavailableError, LeaseLostError):
            raise
        except OtherBuildError as error:
            await self._leave(held, str(error))
            raise LeaseLostError(f"the lists of authority {held.authority} wait for a newer build") from error
        except Exception as error:
            what = str(error) if isinstance(error, LogError | PoisonError) else type(error).__name__
            _log.error("lists_halted", authority=str(held.authority), position=held.position, error=what)
            with in_plain_words():
                await halt(self.worker, held, f"after position {held.position}: {what}")
            raise LeaseLostError(f"the lists of authority {held.authority} are halted") from error

    async def _leave(self, held: Checkpoint, what: str) -> None:
        """Leaves it to the workers of a newer build, whose turn is next; said once, though tried again and again."""
        if held.last_error != what:
            with in_plain_words():
                await note(self.worker, held, what)
            _log.warning("lists_wait_for_newer_build", authority=str(held.authority), position=held.position, what=what)

    async def _step(self, held: Checkpoint, pace: Pace, upto: int | None) -> Checkpoint | None:
        """Follows a few events, and does a few cases anew where that is under way. None when nothing is left to do."""
        with in_plain_words():
            if held.swept_to is not None and not held.serves:
                return await self._sweep(held, held.swept_to, pace)
            last = held.position + pace.events if upto is None else min(held.position + pace.events, upto)
            moved = await moves(self.worker, held.authority, held.position, last)
            if moved:
                held = await self._follow(held, moved)
            if held.swept_to is not None:
                return await self._sweep(held, held.swept_to, pace)
            if not moved and held.sweep_at is not None and held.sweep_at <= await self.listing.log.now(held.authority):
                return await self._write(held, Listed(Batch([])), held.position, FIRST, 0)
            return held if moved else None

    async def _follow(self, held: Checkpoint, moved: Sequence[Move]) -> Checkpoint:
        position = moved[-1].position
        listed = await self.listing.of(held.authority, {each.case for each in moved}, position)
        if concerns_every_case(held.authority, moved):
            return await self._write(held, listed, position, FIRST, 0)
        return await self._write(held, listed, position, held.swept_to, held.swept)

    async def _sweep(self, held: Checkpoint, after: UUID, pace: Pace) -> Checkpoint:
        """Does the next cases anew, as of the position the lists have come to."""
        cases = await cases_after(self.worker, held.authority, after, pace.cases)
        listed = await self.listing.of(held.authority, cases, held.position)
        swept = held.swept + listed.events
        if not cases and not held.serves and swept != held.position:
            raise LogError(f"the log of authority {held.authority} should hold {held.position} events, not {swept}")
        return await self._write(held, listed, held.position, cases[-1] if cases else None, swept)

    async def _write(
        self, held: Checkpoint, listed: Listed, position: int, swept_to: UUID | None, swept: int
    ) -> Checkpoint:
        sweep_at = listed.changes_at if listed.batch.cases else held.sweep_at
        onwards = Onwards(position, swept_to, swept, sweep_at)
        return await write(self.worker, held, onwards, listed.batch, self.pace.lease)
