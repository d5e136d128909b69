"""Moving a sandbox's clock: everything that falls due on the way is said in order, each at its own instant."""

import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from events.catalogue.announcements import DutyAnnounced
from events.catalogue.authority import ClockAdvanced
from events.catalogue.envelope import LOCAL, Event
from events.policies.activated import InForce
from events.store.errors import ClockGoesBackError, ErasedCaseError
from events.store.log import Appended, Outcome, Repeated
from service.cases.cases import Cases
from service.cases.faults import Backwards, Contended, NotPermitted, OutOfReach
from service.cases.reach import within_reach
from service.cases.transfers import Transfers
from workflows.announcing import Announcer, ContendedError
from workflows.contracts import Case
from workflows.prompting import Prompter
from workflows.reporting import Reporter
from workflows.voice import Saying

BY_TIMERS, BY_THIS_CALL = "timers", "this call, because no timers run"
"""Who said what was due on the way."""

CaughtUp = Callable[[UUID, int, float], Awaitable[int]]
"""Waits, so many seconds at most, until an authority's lists have come to a position; returns how far they have."""


@dataclass(frozen=True)
class Clocks:
    """What moving clocks needs. `patience` is how long one call may take; `timer` counts real seconds.

    `prompter` has the timers say what is due; None where there are none.
    """

    cases: Cases
    announcer: Announcer
    reporter: Reporter
    transfers: Transfers
    caught_up: CaughtUp
    patience: timedelta
    prompter: Prompter | None = None
    timer: Callable[[], float] = time.monotonic


@dataclass(frozen=True)
class Moved:
    """How far a call has brought the clock. `outstanding` says what is still to be done, empty once all is."""

    now: datetime
    position: int
    announced: int
    assessed_by: str
    outstanding: dict[str, Any]

    @property
    def arrived(self) -> bool:
        """Whether everything is done."""
        return not self.outstanding

    def shown(self) -> dict[str, Any]:
        """The answer."""
        plain = {
            "now": self.now,
            "position": self.position,
            "announced": self.announced,
            "assessed_by": self.assessed_by,
            "sandbox": True,
        }
        return plain if self.arrived else {**plain, "outstanding": self.outstanding}


@dataclass
class _Watched:
    """One case on the way: its events so far, and the next instant at which something must be said of it."""

    authority: UUID
    case: UUID
    in_force: InForce
    events: Sequence[Event]
    coming: datetime | None


@dataclass
class _Walk:
    """The way of one clock to `to`, over every case of every sandbox that shares it."""

    clocks: Clocks
    to: datetime
    watched: list[_Watched] = field(default_factory=list)
    reports: dict[UUID, datetime | None] = field(default_factory=dict)
    announced: int = 0
    alone: bool = False

    async def begin(self, members: list[UUID], now: datetime) -> None:
        """Look at every case that was not erased, and whether the timers run."""
        self.alone = self.clocks.prompter is None or not await self.clocks.prompter.ready()
        cases = self.clocks.cases
        await self._settle_transfers(members)
        for authority in members:
            self.reports[authority] = now
            in_force = await cases.rules.of(authority)
            for case in await cases.log.cases(authority):
                with suppress(ErasedCaseError):
                    events = await cases.log.read_case(authority, case)
                    self.watched.append(_Watched(authority, case, in_force, events, now))

    async def _settle_transfers(self, members: list[UUID]) -> None:
        """First each side of a move is told what the other has recorded; on the way no more is."""
        log = self.clocks.cases.log
        if len(members) > 1:
            cases = [Case(authority, case) for authority in members for case in await log.cases(authority)]
            await self.clocks.transfers.settle(cases, alone=self.alone)

    async def say_what_is_due(self, now: datetime) -> None:
        """Say what is due by now, case by case in the order in which it became so."""
        due = [each for each in self.watched if each.coming is not None and each.coming <= now]
        await self._prompt(due)
        for each in sorted(due, key=lambda one: (one.coming, one.events[0].position)):
            await self._say(each, now)
        await self._report(now)

    async def _report(self, now: datetime) -> None:
        """Produce the reports of every half-year that is over by now."""
        for authority, at in self.reports.items():
            if at is not None and at <= now:
                coming = (await self.clocks.reporter.produce_due(authority, now)).coming
                self.reports[authority] = coming.at if coming is not None else None

    async def _prompt(self, due: Sequence[_Watched]) -> None:
        """Have the timers say it, as when real time passes; once they did not, the rest of the way is gone alone."""
        prompter = self.clocks.prompter
        if self.alone or prompter is None:
            return
        self.alone = not await prompter.prompt([Case(each.authority, each.case) for each in due])
        for each in due:
            events = await self.clocks.cases.log.read_case(each.authority, each.case)
            self.announced += sum(isinstance(event.data, DutyAnnounced) for event in events[len(each.events) :])
            each.events = events

    @property
    def next(self) -> datetime | None:
        """The next instant on the way at which something must be said; None when there is no more."""
        instants = (*(each.coming for each in self.watched), *self.reports.values())
        coming = min((each for each in instants if each is not None), default=None)
        return coming if coming is not None and coming <= self.to else None

    async def _say(self, watched: _Watched, now: datetime) -> None:
        """Say what is due in one case, by the same function as the timers do."""
        with within_reach(watched.in_force):
            try:
                said = await self.clocks.announcer.say_due(watched.events, watched.in_force, now)
            except ContendedError:
                raise Contended from None
        watched.events, watched.coming = said.events, said.assessment.next_instant
        self.announced += len(said.announced)


async def advance(clocks: Clocks, authority: UUID, to: datetime) -> Moved:
    """Bring the clock of a sandbox, and of all who share it, to `to`, or as far as patience lasts.

    Raises:
        NotPermitted: The authority is no sandbox.
        Backwards: The clock stands later already.
        OutOfReach: A calendar ends before.
    """
    log = clocks.cases.log
    if not await clocks.cases.authorities.is_sandbox(authority):
        raise NotPermitted("Only a sandbox has a clock that can be moved.")
    until = clocks.timer() + clocks.patience.total_seconds()
    began = await log.now(authority)
    if to < began:
        raise Backwards(f"The clock stands at {began.isoformat()} already.")
    members = await log.sharing_clock(authority)
    await _check_reach(clocks, members, to)
    walk = _Walk(clocks, to)
    await walk.begin(members, began)
    now = await _walk_on(clocks, authority, walk, until)
    if now > began:
        await _record(clocks, members, began, now)
    return await _settled(clocks, authority, members, walk, now, until)


async def _walk_on(clocks: Clocks, authority: UUID, walk: _Walk, until: float) -> datetime:
    """Go from instant to instant, one at least, until there or until patience ends; returns where the clock stands."""
    log = clocks.cases.log
    await walk.say_what_is_due(await log.now(authority))
    while (instant := walk.next) is not None:
        await _move(clocks, authority, instant)
        await walk.say_what_is_due(await log.now(authority))
        if clocks.timer() >= until:
            return await log.now(authority)
    await _move(clocks, authority, walk.to)
    return await log.now(authority)


async def _move(clocks: Clocks, authority: UUID, to: datetime) -> None:
    """Move the clock; if another call was faster it is there already."""
    try:
        await clocks.cases.log.advance_clock(authority, to)
    except ClockGoesBackError:
        return


async def _record(clocks: Clocks, members: list[UUID], began: datetime, now: datetime) -> None:
    """Each step is an event of each sandbox that took it."""
    log = clocks.cases.log
    saying = Saying(f"clock:{began.isoformat()}:{now.isoformat()}", ClockAdvanced(from_=began, to=now))
    for member in members:
        outcome: Outcome | None = None
        while not isinstance(outcome, Appended | Repeated):
            version = (await log.versions(member, [member]))[member]
            outcome = await clocks.announcer.voice.say(member, member, version, [saying], now)


async def _settled(  # noqa: PLR0913, PLR0917  # where the walk has come to
    clocks: Clocks, authority: UUID, members: list[UUID], walk: _Walk, now: datetime, until: float
) -> Moved:
    """Wait for the lists, then say how far everything has come."""
    outstanding: dict[str, Any] = {}
    if now < walk.to:
        outstanding["clock"] = {"stands_at": now, "advance_to": walk.to.astimezone(UTC)}
    behind = []
    for member in members:
        head = (await clocks.cases.log.head(member)).position
        reached = await clocks.caught_up(member, head, max(0.0, until - clocks.timer()))
        if reached < head:
            behind.append({"position": reached, "of": head})
    if behind:
        outstanding["lists"] = behind
    position = (await clocks.cases.log.head(authority)).position
    return Moved(now, position, walk.announced, BY_THIS_CALL if walk.alone else BY_TIMERS, outstanding)


async def _check_reach(clocks: Clocks, members: list[UUID], to: datetime) -> None:
    for member in members:
        calendar = (await clocks.cases.rules.of(member)).calendar
        if to.astimezone(LOCAL).date() > calendar.last:
            raise OutOfReach(f"The calendar {calendar.id} ends on {calendar.last}.")
