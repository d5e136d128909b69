"""A small Planclock for the tests of the lists: a sandbox authority, its cases told straight to the log, a follower."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from uuid import UUID, uuid4

from pydantic_core import to_json

from events.case.answer import Assessment
from events.case.engine import Engine, engine
from events.catalogue.envelope import LOCAL, Event, Item, Kind, Recorder
from events.catalogue.registry import Catalogue, EventType
from events.catalogue.whole import catalogue
from events.policies.activated import bundle
from events.policies.loading import packs
from events.store.connect import Database
from events.store.key_service import LocalKeyService
from events.store.keys import Keys
from events.store.log import Appended, Command, Draft, Log
from events.store.read_models.case_list import CaseList, ListedCase, WantedCases
from events.store.read_models.histories import Histories
from events.store.read_models.strands import Wanted
from events.store.read_models.worklist import ListedDuty, Worklist
from events.store.texts import keep, texts
from service.cases.rules import Rules
from service.following import Follower
from service.listing import Listing
from service.procedures import Procedures

CATALOGUE = catalogue()
BEGINNING = datetime(2025, 1, 6, 9, tzinfo=UTC)


@cache
def the_engine() -> Engine:
    return engine(CATALOGUE)


@dataclass(frozen=True)
class World:
    """Everything that lies behind the lists, over one database, as one build understands it."""

    database: Database
    keys: Keys
    log: Log
    rules: Rules
    build: Engine

    @classmethod
    @asynccontextmanager
    async def opened(
        cls, log_dsn: str, keys_dsn: str, worker_dsn: str, build: Engine | None = None
    ) -> AsyncIterator["World"]:
        build = build or the_engine()
        database = await Database.connect(log_dsn, worker_dsn=worker_dsn)
        keys = await Keys.connect(keys_dsn, LocalKeyService(bytes(range(32))))
        log = Log(database, keys, build.vocabulary.catalogue)
        rules = Rules(log, lambda digests: texts(database, digests), build.vocabulary)
        try:
            yield cls(database, keys, log, rules, build)
        finally:
            await log.close()
            await keys.close()
            await database.close()

    @property
    def catalogue(self) -> Catalogue:
        return self.build.vocabulary.catalogue

    @property
    def listing(self) -> Listing:
        histories = Histories(self.database.worker, self.keys, self.catalogue)
        return Listing(self.log, histories, self.keys, self.rules, self.build.assessor)

    def follower(self, owner: str = "test") -> Follower:
        return Follower(self.database.worker, self.listing, owner)

    async def sandbox(self, now: datetime = BEGINNING) -> "Place":
        authority = uuid4()
        procedures = Procedures(self.log, self.database, self.catalogue, self.build.vocabulary)
        await procedures.open_authority(authority, name="Example sandbox", pack="staffordshire", sandbox_now=now)
        return Place(self, authority)

    async def real(self) -> "Place":
        """A real authority: its time is the database's own."""
        authority = uuid4()
        procedures = Procedures(self.log, self.database, self.catalogue, self.build.vocabulary)
        await procedures.open_authority(authority, name="Example authority", pack="staffordshire")
        return Place(self, authority)


@dataclass(frozen=True)
class Place:
    """One authority, a sandbox unless it is said to be real."""

    world: World
    id: UUID

    async def at(self, day: str) -> datetime:
        """Moves the clock to noon of a local day, or to an instant."""
        instant = datetime.fromisoformat(day) if "T" in day else _noon(date.fromisoformat(day))
        await self.world.log.advance_clock(self.id, instant.astimezone(UTC))
        return instant

    async def tell(self, cases: UUID | Sequence[UUID], type_: str, on: str, **more: object) -> tuple[Event, ...]:
        """Records one thing of one case or several, now. `meeting`, if given, belongs to the envelope."""
        concerned = [cases] if isinstance(cases, UUID) else list(cases)
        entry = self.world.catalogue[type_]
        item = _item(entry, on, more)
        fact, versions = uuid4(), await self.world.log.versions(self.id, concerned)
        drafts = [_draft(entry, case, versions[case] + 1, fact, copy, item) for copy, case in enumerate(concerned)]
        outcome = await self.world.log.append(Command(self.id, versions, tuple(drafts)))
        assert isinstance(outcome, Appended)
        return outcome.events

    async def child(self, *, born: str = "2016-02-29", team: str = "team-north", worker: str = "W1") -> UUID:
        """A child known to the authority, with a worker and a team, and a conference asked for."""
        case = uuid4()
        await self.tell(case, "child_registered", "2025-01-06", names="Aster Example", dob=born)
        await self.tell(case, "case_allocated", "2025-01-06", worker={"ref": worker}, team=team)
        await self.tell(case, "initial_conference_requested", "2025-01-06", requested_by="csc")
        return case

    async def plan(self, *cases: UUID, on: str = "2025-01-13", meeting: str = "ICPC-1") -> None:
        """Puts these children on plans at one conference on a day."""
        await self.tell(cases, "initial_conference_scheduled", "2025-01-06", meeting=meeting, date=on)
        await self.at(on)
        await self.tell(cases, "initial_conference_held", on, meeting=meeting)
        for case in cases:
            lead = {"person": {"ref": "W1"}, "qualified_sw": True}
            decided = {"decision": "subject", "category": "neglect", "lead_professional": lead, "test_limb": "suffered"}
            await self.tell(case, "child_decision_made", on, meeting=meeting, **decided)

    async def activate_with(
        self, change: tuple[str, str], *, effective_from: str = "2025-01-01", recalculates_open: bool = False
    ) -> None:
        """Activates Staffordshire's pack with one figure changed."""
        text = packs()["staffordshire"]
        assert change[0] in text
        changed = {**packs(), "staffordshire": text.replace(*change)}
        digest = await keep(self.world.database, bundle("staffordshire", changed, self.world.build.vocabulary))
        told = {"pack": "staffordshire", "version": "changed", "digest": digest, "effective_from": effective_from}
        await self.tell(self.id, "policy_activated", "2025-01-06", **told, recalculates_open=recalculates_open)

    async def follow(self) -> None:
        await self.world.follower().catch_up(self.id)

    async def duties(self, limit: int = 200, **wanted: object) -> list[ListedDuty]:
        worklist = Worklist(self.world.database.app, self.world.keys)
        now = await self.world.log.now(self.id)
        page = await worklist.page(self.id, Wanted(**wanted), now=now, limit=limit)  # type: ignore[arg-type]  # by name
        return list(page.duties)

    async def cases(self, limit: int = 200, **wanted: object) -> list[ListedCase]:
        case_list = CaseList(self.world.database.app, self.world.keys)
        now = await self.world.log.now(self.id)
        page = await case_list.page(self.id, WantedCases(**wanted), now=now, limit=limit)  # type: ignore[arg-type]
        return list(page.cases)

    async def assessed(self, case: UUID) -> Assessment:
        """What the engine itself says of a case now."""
        events = await self.world.log.read_case(self.id, case)
        version = (await self.world.log.versions(self.id, [self.id]))[self.id]
        in_force = await self.world.rules.of(self.id, version)
        now = await self.world.log.now(self.id)
        return self.world.build.assessor.assess(events, in_force.policies, in_force.calendar, now)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LOCAL)


def _item(entry: EventType, on: str, more: dict[str, object]) -> Item:
    envelope = {"meeting": more.pop("meeting")} if "meeting" in more else {}
    if entry.kind is Kind.DECISION:
        envelope["basis"] = "here"
    when = "occurred_at" if "T" in on else "occurred_on"
    whole = {"source": "test", "id": uuid4().hex, "type": entry.name, when: on, **envelope, "data": more}
    return entry.item.model_validate_json(to_json(whole))


def _draft(entry: EventType, case: UUID, version: int, fact: UUID, copy: int, item: Item) -> Draft:
    return Draft(
        case=case,
        version=version,
        through=version,
        fact=fact,
        copy=copy,
        kind=entry.kind,
        schema_version=entry.schema_version,
        recorded_by=Recorder("test", "social_worker"),
        item=item,
        request_digest=bytes(32),
    )
