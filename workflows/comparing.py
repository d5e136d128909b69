"""Comparing what every case means under what was in force, and under what is or may be: chunk by chunk, each once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from traceback import extract_tb
from typing import Protocol
from uuid import UUID

from events.calendars import snapshots
from events.calendars.counting import OutsideCalendar
from events.case.assess import Assessor
from events.case.comparing import Changed, changes
from events.policies.activated import InForce, unbundle
from events.policies.checking import Vocabulary
from events.policies.drafts import CalendarDraft, Draft, PolicyDraft
from events.policies.in_force import NoPolicy
from events.store import batches
from events.store.batches import Asked, BatchState, CaseOutcome, Found
from events.store.connect import Pool
from events.store.errors import in_plain_words
from events.store.keys import Keys
from events.store.read_models.checkpoints import LISTS, TIMERS, look
from events.store.read_models.histories import FIRST, Histories, History, cases_after
from workflows.batch_contracts import CHUNK, CHUNKS, Tally

_PAGE = 1_000
_PAUSE = 0.5
"""Seconds between two looks at those who follow."""


class RulesUpto(Protocol):
    """The rules in force at an authority by its stream up to a position."""

    def __call__(self, authority: UUID, *, upto: int) -> Awaitable[InForce]:
        """They."""
        ...


Texts = Callable[[Iterable[str]], Awaitable[Mapping[str, str]]]
"""Fetches immutable stored texts by their digests."""


class NoSuchBatchError(LookupError):
    """The database knows no such batch."""


@dataclass(frozen=True)
class Comparer:
    """Does what batches ask. `pool` is the worker role's connection."""

    pool: Pool
    keys: Keys
    histories: Histories
    rules_upto: RulesUpto
    texts: Texts
    vocabulary: Vocabulary
    assessor: Assessor
    _compared: dict[UUID, tuple[InForce, InForce]] = field(default_factory=dict)

    async def asked(self, authority: UUID, batch: UUID) -> Asked:
        """What a batch asks. Raises NoSuchBatchError."""
        found = await batches.look(self.pool, authority, batch)
        if found is None:
            raise NoSuchBatchError(f"there is no batch {batch}")
        return found.asked

    async def planned(self, asked: Asked, after: UUID) -> list[UUID]:
        """The last case of each of the next chunks; none when no case is left."""
        with in_plain_words():
            found = await cases_after(self.pool, asked.authority, after, CHUNK * CHUNKS)
        cases = [case for case in found if case != asked.authority]
        bounds = cases[CHUNK - 1 :: CHUNK]
        return bounds if not cases or bounds[-1:] == cases[-1:] else [*bounds, cases[-1]]

    async def do(self, asked: Asked, after: UUID, upto: UUID, alive: Callable[[], None] = lambda: None) -> Tally:
        """Does the cases after one and up to another, but for those that are done; counts them all.

        `alive` is called while it goes on.

        Raises:
            NothingActivatedError, OtherBuildError, PolicyError: What is compared cannot be had.
            UnavailableError: The database cannot be reached or did not answer.
        """
        cases = await self._between(asked.authority, after, upto)
        done = await batches.outcomes(self.pool, asked.authority, asked.id, cases)
        wanted = [case for case in cases if case not in done and case != asked.authority]
        with in_plain_words():
            histories = await self.histories.of(asked.authority, wanted, asked.position)
        before, after_it = await self._in_force(asked)
        found: list[Found] = []
        for history in histories:
            alive()
            found.append(self._one(history, before, after_it, asked))
            await asyncio.sleep(0)  # others of this process may have their turn between two cases
        keys = {history.case: history.keys for history in histories if history.keys is not None}
        await batches.keep(self.pool, asked.authority, asked.id, found, keys)
        counted = [*done.values(), *(each.outcome for each in found)]
        return Tally(len(counted), counted.count(CaseOutcome.CHANGED), counted.count(CaseOutcome.FAILED))

    async def put(self, asked: Asked, state: BatchState, alive: Callable[[], None] = lambda: None) -> None:
        """Says how far a batch is, and once it is done how many changes it found of each clause."""
        summary = await self._summary(asked, alive) if state is BatchState.DONE else None
        await batches.put(self.pool, asked.authority, asked.id, state, summary)

    async def all(self, asked: Asked, told: Callable[[int], None]) -> None:
        """Does every case that is not done, here and now. `told` hears how many were looked at."""
        await self.put(asked, BatchState.RUNNING)
        after, done = FIRST, 0
        while bounds := await self.planned(asked, after):
            for upto in bounds:
                done += (await self.do(asked, after, upto)).done
                after = upto
                told(done)
        await self.put(asked, BatchState.DONE)

    async def await_followers(self, asked: Asked, alive: Callable[[], None]) -> None:
        """Waits until the lists and the timers have done every case anew after what was activated."""
        for read_model in (LISTS, TIMERS):
            while not await self._followed(asked, read_model):
                alive()
                await asyncio.sleep(_PAUSE)

    async def _followed(self, asked: Asked, read_model: str) -> bool:
        with in_plain_words():
            reached = await look(self.pool, asked.authority, read_model)
        return reached is not None and reached.position >= asked.position and reached.swept_to is None

    async def _between(self, authority: UUID, after: UUID, upto: UUID) -> list[UUID]:
        """The cases after one and up to another: more than were planned where some were opened meanwhile."""
        found: list[UUID] = []
        while after < upto:
            with in_plain_words():
                cases = await cases_after(self.pool, authority, after, CHUNK)
            found.extend(case for case in cases if case <= upto)
            after = cases[-1] if cases else upto
        return found

    async def _in_force(self, asked: Asked) -> tuple[InForce, InForce]:
        """What is compared. It never changes, for the texts are immutable and the positions fixed."""
        if asked.id not in self._compared:
            before = await self.rules_upto(asked.authority, upto=asked.compares_with)
            if asked.draft is None:
                after = await self.rules_upto(asked.authority, upto=asked.position)
            else:
                text = (await self.texts([asked.draft]))[asked.draft]
                after = self._draft(asked, text).beside(before)
            self._compared.clear()
            self._compared[asked.id] = (before, after)
        return self._compared[asked.id]

    def _draft(self, asked: Asked, text: str) -> Draft:
        if asked.pack is not None:
            policy = unbundle(asked.pack, text, self.vocabulary)
            return PolicyDraft(policy, asked.effective_from, asked.recalculates_open)
        assert asked.effective_from is not None  # noqa: S101 - a calendar is always tried from a day
        return CalendarDraft(snapshots.read(text), asked.effective_from)

    def _one(self, history: History, before: InForce, after: InForce, asked: Asked) -> Found:
        if history.keys is None:
            return Found(history.case, CaseOutcome.ERASED)
        try:
            found = self._changes(history, before, after, asked)
        except Exception as error:  # noqa: BLE001 - one case that cannot be assessed is named, and stops no other
            frame = extract_tb(error.__traceback__)[-1]
            failed_by = f"{type(error).__name__} in {frame.name}, line {frame.lineno}"
            return Found(history.case, CaseOutcome.FAILED, failed_by=failed_by)
        return Found(history.case, CaseOutcome.CHANGED if found else CaseOutcome.SAME, found)

    def _changes(self, history: History, before: InForce, after: InForce, asked: Asked) -> tuple[Changed, ...]:
        assess, at = self.assessor.assess, asked.assessed_at
        was = assess(history.events, before.policies, before.calendar, at)
        try:
            will = assess(history.events, after.policies, after.calendar, at)
        except NoPolicy as error:
            return (Changed("policy", "none", None, str(error)),)
        except OutsideCalendar as error:
            return (Changed("calendar", "none", None, str(error)),)
        return tuple(changes(was, will))

    async def _summary(self, asked: Asked, alive: Callable[[], None]) -> Mapping[str, int]:
        counted: Counter[str] = Counter()
        after = FIRST
        while found := await batches.findings(self.pool, self.keys, asked, after, _PAGE):
            alive()
            counted.update(f"{each.about} {each.entry}" for one in found for each in one.changed)
            after = found[-1].case
        return counted
