"""Saying what is due: a case is assessed at its authority's time, and what must be said of it is appended, once."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from pydantic_core import to_json

from events.case.answer import Assessment, Status, ToAnnounce
from events.case.assess import Assessor
from events.catalogue.announcements import DutyAnnounced
from events.catalogue.envelope import Event, Item, Recorder
from events.catalogue.registry import Catalogue
from events.policies.activated import InForce
from events.store.errors import ErasedCaseError
from events.store.log import Appended, Command, Draft, Log
from events.store.read_models.rows import recalculations

PLANCLOCK = "planclock"
"""The source of what Planclock itself says, and the subject who recorded it."""

DUTY_ANNOUNCED = "duty_announced"

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
    """

    open: bool
    next_date: datetime | None
    announced: int = 0
    unsaid: int = 0
    position: int = 0


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

    log: Log
    catalogue: Catalogue
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
        facts = [await self._fact(authority, each) for each in assessment.to_announce]
        said = await self.log.find(authority, facts) if facts else {}
        return watch(assessment, looked, unsaid=len(facts) - len(said))

    async def _looked_at(self, authority: UUID, case: UUID) -> _Looked | None:
        events = await self.log.read_case(authority, case)
        if not events or case == authority:
            return None
        in_force = await self.rules_of(authority)
        # A sandbox's clock stands still while its log goes on, a microsecond an event.
        return _Looked(events, in_force, max(await self.log.now(authority), events[-1].recorded_at))

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
            due = {await self._fact(authority, each): each for each in assessment.to_announce}
            said_before = await self.log.find(authority, due) if due else {}
            fresh = {fact: each for fact, each in due.items() if fact not in said_before}
            if not fresh:
                return Said(known, (), assessment)
            outcome = await self.log.append(await self._command(authority, case, len(known), fresh, now))
            if isinstance(outcome, Appended):
                return Said((*known, *outcome.events), outcome.events, assessment)
            known = tuple(await self.log.read_case(authority, case))
        raise ContendedError(f"others kept writing to case {case}")

    async def _fact(self, authority: UUID, due: ToAnnounce) -> UUID:
        return await self.log.fact_id(authority, PLANCLOCK, saying_id(due))

    async def _command(
        self, authority: UUID, case: UUID, version: int, fresh: dict[UUID, ToAnnounce], now: datetime
    ) -> Command:
        drafts: list[Draft] = []
        entry, through = self.catalogue[DUTY_ANNOUNCED], version + len(fresh)
        for number, (fact, due) in enumerate(fresh.items(), 1):
            item = self._item(due, now)
            written = to_json(item.model_dump(mode="json", exclude_none=True))
            drafts.append(
                Draft(
                    case=case,
                    version=version + number,
                    through=through,
                    fact=fact,
                    copy=0,
                    kind=entry.kind,
                    schema_version=entry.schema_version,
                    recorded_by=Recorder(subject=PLANCLOCK, role="system"),
                    item=item,
                    request_digest=await self.log.request_digest(authority, case, written),
                )
            )
        return Command(authority, {case: version}, tuple(drafts))

    def _item(self, due: ToAnnounce, now: datetime) -> Item:
        data = DutyAnnounced(duty=due.duty, rule=due.rule, said=due.said, due_on=due.due_on, due_at=due.due_at)
        return self.catalogue[DUTY_ANNOUNCED].item(
            source=PLANCLOCK, id=saying_id(due), type=DUTY_ANNOUNCED, occurred_at=now, data=data
        )


def saying_id(due: ToAnnounce) -> str:
    """The id something is said under: the same whoever says it, and whichever sibling's case it is said in first."""
    when = due.due_on.isoformat() if due.due_on else due.due_at.astimezone(UTC).isoformat() if due.due_at else "undated"
    return f"{due.duty}:{due.said}:{when}"


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
    )
