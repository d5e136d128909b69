"""Comparing the timers the log asks for with those Temporal holds; what differs is named, nudged and recorded."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import structlog

from events.store.connect import Pool
from events.store.errors import in_plain_words
from events.store.read_models.checkpoints import TIMERS, look
from events.store.read_models.histories import FIRST, cases_after
from events.store.read_models.reconciliations import Reconciliation, keep, live_cases
from workflows.announcing import Announcer, IsSandbox, Watch
from workflows.contracts import Case
from workflows.held import Held, Timer
from workflows.nudging import Nudger

_PAGE = 200
"""Cases between two signs of life."""

_LOOKS, _PAUSE = 4, 0.5
"""How often something amiss is looked at, and the seconds in between, before it counts: a lifecycle may be busy."""

_AS_SHOWN = timedelta(milliseconds=1)
"""Temporal keeps a search attribute less precisely than the log keeps an instant."""

_log = structlog.get_logger(__name__)


class Amiss(StrEnum):
    """How a case may not be watched as it should be."""

    MISSING = "missing"
    SURPLUS = "surplus"
    MISTIMED = "mistimed"
    LATE = "late"


@dataclass(frozen=True)
class Reconciler:
    """Compares, authority by authority. `worker` is the worker role's connection."""

    worker: Pool
    announcer: Announcer
    is_sandbox: IsSandbox
    held: Held
    nudger: Nudger

    async def compare(
        self, authority: UUID, *, nightly: bool, alive: Callable[[], None] = lambda: None
    ) -> Reconciliation:
        """Compare one authority's timers with its log, nudge what differs, and leave a record.

        Nightly every case is assessed; otherwise those whose lists and lifecycle disagree, or whose date has passed.
        `alive` is called while it goes on.

        Raises:
            TemporalAwayError: Temporal did not answer; nothing was recorded.
            UnavailableError: The database did not.
        """
        held = await self.held.all(authority)
        expected, suspects = await (
            self._every_case(authority, held, alive) if nightly else self._suspects(authority, held)
        )
        amiss: dict[UUID, Amiss] = {}
        for case in sorted(suspects):
            alive()
            found = await self._confirmed(Case(authority, case))
            if found is not None:
                amiss[case] = found
                _log.warning("timer_amiss", authority=str(authority), case=str(case), what=found.value)
                await self.nudger.nudge(Case(authority, case))
        return await self._record(authority, amiss, nightly=nightly, expected=expected, held=len(held))

    async def _suspects(self, authority: UUID, held: Mapping[UUID, Timer]) -> tuple[int, set[UUID]]:
        """By the lists: cases that may need a lifecycle and have none, or have one and may not, or are overdue."""
        now = await self.announcer.voice.log.now(authority)
        with in_plain_words():
            live = await live_cases(self.worker, authority, now)
        overdue = {case for case, timer in held.items() if timer.date is not None and timer.date < now}
        return len(live), (live ^ held.keys()) | overdue

    async def _every_case(
        self, authority: UUID, held: Mapping[UUID, Timer], alive: Callable[[], None]
    ) -> tuple[int, set[UUID]]:
        """By the log itself, case by case."""
        expected, suspects, after = 0, set(held), FIRST
        while True:
            with in_plain_words():
                cases = await cases_after(self.worker, authority, after, _PAGE)
            if not cases:
                return expected, suspects
            for case in cases:
                alive()
                watch = await self._expected(Case(authority, case))
                expected += watch.open
                if _amiss(watch, held.get(case)) is None:
                    suspects.discard(case)
                else:
                    suspects.add(case)
            after = cases[-1]

    async def _expected(self, case: Case) -> Watch:
        """A sandbox's dates are its own clock's: only whether it is watched can be compared."""
        watch = await self.announcer.expected(case.authority, case.case)
        return replace(watch, next_date=None, unsaid=0) if await self.is_sandbox(case.authority) else watch

    async def _confirmed(self, case: Case) -> Amiss | None:
        """What is amiss with a case, if it still is after a few looks and no nudge for it is under way."""
        found: Amiss | None = None
        for attempt in range(_LOOKS):
            if attempt:
                await asyncio.sleep(_PAUSE)
            watch = await self._expected(case)
            found = _amiss(watch, await self.held.one(case))
            if found is None or (found is not Amiss.LATE and await self._relayed_to(case.authority) < watch.position):
                return None
        return found

    async def _relayed_to(self, authority: UUID) -> int:
        """How far the relay has come. What is recorded after that has not been nudged for, and is not amiss yet."""
        with in_plain_words():
            checkpoint = await look(self.worker, authority, TIMERS)
        return checkpoint.position if checkpoint is not None else 0

    async def _record(
        self, authority: UUID, amiss: Mapping[UUID, Amiss], *, nightly: bool, expected: int, held: int
    ) -> Reconciliation:
        cases = {what: tuple(case for case, found in amiss.items() if found is what) for what in Amiss}
        record = Reconciliation(
            authority=authority,
            nightly=nightly,
            expected=expected,
            held=held,
            missing=cases[Amiss.MISSING],
            surplus=cases[Amiss.SURPLUS],
            mistimed=cases[Amiss.MISTIMED],
            late=cases[Amiss.LATE],
        )
        with in_plain_words():
            await keep(self.worker, record)
        _log.info("timers_compared", authority=str(authority), expected=expected, held=held, amiss=len(amiss))
        return record


def _amiss(watch: Watch, timer: Timer | None) -> Amiss | None:
    if timer is None:
        return Amiss.MISSING if watch.open else None
    if not watch.open:
        return Amiss.SURPLUS
    if watch.unsaid:
        return Amiss.LATE
    return None if _same(watch.next_date, timer.date) else Amiss.MISTIMED


def _same(one: datetime | None, other: datetime | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < _AS_SHOWN
