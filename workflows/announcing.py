"""Saying what is due: a case is assessed at its authority's time, and what must be said of it is appended, once."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.case.announcing import announcement
from events.case.answer import Assessment, Status
from events.case.assess import Assessor
from events.catalogue.envelope import Event
from events.policies.activated import InForce
from events.store.errors import ErasedCaseError
from events.store.log import Appended
from events.store.read_models.rows import recalculations
from workflows.voice import Saying, Voice

ATTEMPTS = 20
"""How often a case is looked at again because others wrote to it meanwhile."""

RulesOf = Callable[[UUID], Awaitable[InForce]]
"""The rules in force at an authority."""

IsSandbox = Callable[[UUID], Awaitable[bool]]
"""Whether an authority is a sandbox."""

_UNSETTLED = frozenset({Status.OPEN, Status.MISSED, Status.SUSPENDED})


class ContendedError(Exception):
    """Others kept writing to the case. Trying again a little later is enough."""


@dataclass(frozen=True)
class Said:
    """What came of saying what is due.

    `events` is the case with what was said in it, `announced` only that. `assessment` is the one that said it.
    """

    events: tuple[Event, ...]
    announced: tuple[Event, ...]
    assessment: Assessment


@dataclass(frozen=True)
class Watch:
    """How a case is to be watched: whether any duty is `open`, and the next instant that needs a look.

    `announced`: how much was just said. `unsaid`: how much is due and was not. `position`: of its last event.
    `at`: what its authority's clock said.
    """

    open: bool
    next_date: datetime | None
    announced: int = 0
    unsaid: int = 0
    position: int = 0
    at: datetime | None = None


UNWATCHED = Watch(open=False, next_date=None)
"""There is no such case, or it was erased."""


@dataclass(frozen=True)
class _Looked:
    events: Sequence[Event]
    in_force: InForce
    now: datetime


@dataclass(frozen=True)
class Announcer:
    """Says what is due. Any number may try at once: the log keeps each saying once."""

    voice: Voice
    assessor: Assessor
    rules_of: RulesOf

    async def announce(self, authority: UUID, case: UUID) -> Watch:
        """Say whatever is due in a case by now and has not been said, and how to go on watching it.

        Raises:
            ContendedError: Others kept writing to the case.
            NoPolicy, OutsideCalendar, NothingActivatedError: The authority's rules do not reach the case.
        """
        try:
            looked = await self._looked_at(authority, case)
            if looked is None:
                return UNWATCHED
            said = await self.say_due(looked.events, looked.in_force, looked.now)
        except ErasedCaseError:
            return UNWATCHED
        return watch(said.assessment, looked, announced=len(said.announced))

    async def expected(self, authority: UUID, case: UUID) -> Watch:
        """How a case should be watched by what the log says now, saying nothing. `unsaid` counts what is due.

        Raises:
            NoPolicy, OutsideCalendar, NothingActivatedError: The authority's rules do not reach the case.
        """
        try:
            looked = await self._looked_at(authority, case)
        except ErasedCaseError:
            return UNWATCHED
        if looked is None:
            return UNWATCHED
        assessment = self._assess(looked.events, looked.in_force, looked.now)
        return watch(assessment, looked, unsaid=len(await self._unsaid(authority, assessment)))

    async def _looked_at(self, authority: UUID, case: UUID) -> _Looked | None:
        events = await self.voice.log.read_case(authority, case)
        if not events or case == authority:
            return None
        in_force = await self.rules_of(authority)
        # A sandbox's clock stands still while its log goes on, a microsecond an event.
        return _Looked(events, in_force, max(await self.voice.log.now(authority), events[-1].recorded_at))

    def _assess(self, events: Sequence[Event], in_force: InForce, now: datetime) -> Assessment:
        return self.assessor.assess(events, in_force.policies, in_force.calendar, now)

    async def say_due(self, events: Sequence[Event], in_force: InForce, now: datetime) -> Said:
        """Say what is due by `now` in the case whose events these are; not what was said already, here or by a sibling.

        Raises:
            ContendedError: Others kept writing to the case.
            ErasedCaseError: It was erased meanwhile.
        """
        authority, case = events[0].authority, events[0].case
        known = tuple(events)
        for _ in range(ATTEMPTS):
            assessment = self._assess(known, in_force, now)
            fresh = await self._unsaid(authority, assessment)
            if not fresh:
                return Said(known, (), assessment)
            outcome = await self.voice.say(authority, case, len(known), fresh, now)
            if isinstance(outcome, Appended):
                return Said((*known, *outcome.events), outcome.events, assessment)
            known = tuple(await self.voice.log.read_case(authority, case))
        raise ContendedError(f"others kept writing to case {case}")

    async def _unsaid(self, authority: UUID, assessment: Assessment) -> list[Saying]:
        """What is due and nowhere in the log; a meeting's duty may have been said in the case of a sibling."""
        due = [Saying(*announcement(each)) for each in assessment.to_announce]
        facts = {await self.voice.fact(authority, saying): saying for saying in due}
        said = await self.voice.log.find(authority, facts) if facts else {}
        return [saying for fact, saying in facts.items() if fact not in said]


def watch(assessment: Assessment, looked: _Looked, *, announced: int = 0, unsaid: int = 0) -> Watch:
    """How to go on: open duties are watched, missed ones too while a policy already told of may move their dates."""
    statuses = {duty.status for duty in assessment.duties}
    unsettled = not statuses.isdisjoint(_UNSETTLED)
    changes = [at for at in recalculations(looked.in_force.policies) if at > looked.now and unsettled]
    coming = min([*changes, *filter(None, [assessment.next_instant])], default=None)
    return Watch(
        open=Status.OPEN in statuses or coming is not None,
        next_date=coming,
        announced=announced,
        unsaid=unsaid,
        position=looked.events[-1].position,
        at=looked.now,
    )
