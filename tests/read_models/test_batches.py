"""Work over every case, done by one process: what it finds, once a case, whatever happens on the way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

import asyncpg
import pytest

from deploy.local.databases import Databases
from events.calendars.counting import Calendar
from events.case.answer import Assessment
from events.case.assess import Assessor
from events.catalogue.envelope import Event
from events.policies.in_force import Policies
from events.store import batches
from events.store.batches import BatchState, CaseOutcome
from events.store.errors import RefusedError, UnreadableError
from events.store.key_service import LocalKeyService
from events.store.keys import Keys
from events.store.read_models.histories import FIRST
from tests.bench.open_plans import on_plans
from tests.read_models.world import Place, World
from tests.store.histories import erase
from tests.workflows.batching import asked_of, comparer, done_here, findings, of, stands, the_same


@pytest.fixture
async def place(world: World) -> Place:
    return await world.real()


async def test_each_case_is_compared_and_what_moves_is_named(place: Place) -> None:
    cases = await on_plans(place, 3)
    asked = await asked_of(place)

    found = await done_here(place.world, asked)

    assert {each.case for each in found} == set(cases)
    assert {change.entry for each in found for change in each.changed} == {"STF-T21"}
    (change,) = of(found, cases[0])
    assert change.about == "duty"
    assert change.before is not None
    assert change.after is not None
    assert change.after < change.before


async def test_once_done_it_says_how_many_changes_there_are_and_stays_done(place: Place) -> None:
    await on_plans(place, 3)
    asked = await asked_of(place)

    await comparer(place.world).all(asked, lambda _: None)
    await batches.put(place.world.database.worker, place.id, asked.id, BatchState.RUNNING)

    done = await stands(place.world, asked)
    assert (done.state, done.summary) == (BatchState.DONE, {"duty STF-T21": 3})
    assert (done.progress.done, done.progress.changed, done.progress.failed) == (3, 3, 0)
    assert done.ended_at is not None


async def test_a_case_is_done_once_and_a_batch_that_was_broken_off_does_the_rest(place: Place) -> None:
    await on_plans(place, 120)
    asked = await asked_of(place)
    does = comparer(place.world)
    first, *others = await does.planned(asked, FIRST)

    await does.do(asked, FIRST, first)
    again = await does.do(asked, FIRST, first)
    assert (again.done, (await stands(place.world, asked)).progress.done) == (50, 50)
    await comparer(place.world).all(asked, lambda _: None)

    assert len(others) == 2
    assert await findings(place.world, asked) == await done_here(place.world, asked)


async def test_what_happens_after_it_was_asked_changes_nothing_of_it(place: Place) -> None:
    cases = await on_plans(place, 60)
    asked = await asked_of(place)
    does = comparer(place.world)
    (first, last) = await does.planned(asked, FIRST)
    await does.do(asked, FIRST, first)
    before = await done_here(place.world, asked)

    await on_plans(place, 60)  # some of their ids lie between those of the chunk that was planned
    await place.tell(cases[-1], "core_group_meeting_held", "2026-11-30", meeting="CG-1")
    await does.do(asked, first, last)

    assert await findings(place.world, asked) == before
    assert (await stands(place.world, asked)).progress.done == 60


async def test_a_case_that_was_erased_is_said_to_be_so(
    place: Place, databases: Databases, superuser: asyncpg.Connection
) -> None:
    kept, gone = await on_plans(place, 2)
    asked = await asked_of(place)
    await comparer(place.world).all(asked, lambda _: None)
    again = await the_same(place.world, asked)

    destroyer = await Keys.connect(databases.server.dsn(databases.keys), LocalKeyService(bytes(range(32))))
    await destroyer.destroy(place.id, gone)
    await destroyer.close()
    await erase(superuser, place.id, gone)

    async with World.opened(databases.log_dsn, databases.keys_dsn, databases.worker_dsn) as elsewhere:
        await comparer(elsewhere).all(again, lambda _: None)
        for each in (asked, again):
            found = await findings(elsewhere, each)
            assert {one.case: one.outcome for one in found} == {kept: CaseOutcome.CHANGED, gone: CaseOutcome.ERASED}


async def test_a_case_that_cannot_be_assessed_is_named_and_stops_no_other(place: Place) -> None:
    cases = await on_plans(place, 3)
    asked = await asked_of(place)
    whole = place.world.build.assessor
    poisoned = Poisoned(whole.teller, whole.judge, whole.reckoner, whole.listings, cases[1])

    await replace(comparer(place.world), assessor=poisoned).all(asked, lambda _: None)

    found = {each.case: each for each in await findings(place.world, asked)}
    assert found[cases[1]].outcome is CaseOutcome.FAILED
    assert (found[cases[1]].failed_by or "").startswith("ZeroDivisionError in assess, line ")
    assert (await stands(place.world, asked)).progress.changed == 2


@dataclass(frozen=True)
class Poisoned(Assessor):
    """An engine that stumbles over one case."""

    over: UUID

    def assess(self, events: Sequence[Event], policies: Policies, calendar: Calendar, now: datetime) -> Assessment:
        if events[0].case == self.over:
            raise ZeroDivisionError
        return super().assess(events, policies, calendar, now)


async def test_another_authority_sees_nothing_of_it(place: Place, world: World, databases: Databases) -> None:
    await on_plans(place, 1)
    asked = await asked_of(place)
    await comparer(world).all(asked, lambda _: None)
    other = await world.real()

    assert await batches.look(world.database.app, other.id, asked.id) is None
    assert await batches.latest(world.database.app, other.id, 10) == []
    assert await batches.findings(world.database.app, world.keys, replace(asked, authority=other.id), FIRST, 10) == []
    connection = await asyncpg.connect(databases.log_dsn)
    assert await connection.fetchval("select count(*) from rm.batch_case") == 0
    await connection.close()


async def test_no_date_stands_in_clear_and_the_seal_is_bound_to_its_case(place: Place, databases: Databases) -> None:
    one, other = await on_plans(place, 2)
    asked = await asked_of(place)
    found = await done_here(place.world, asked)
    await comparer(place.world).all(asked, lambda _: None)

    admin = await asyncpg.connect(databases.server.dsn(databases.log))
    rows = await admin.fetch("select * from rm.batch_case where batch = $1", asked.id)
    await admin.execute(
        "update rm.batch_case b set sealed = o.sealed from rm.batch_case o "
        "where b.batch = $1 and o.batch = $1 and b.case_id = $2 and o.case_id = $3",
        *(asked.id, one, other),
    )
    await admin.close()
    (change,) = of(found, one)
    assert all((change.after or "").encode() not in row["sealed"] for row in rows)
    with pytest.raises(UnreadableError):
        await findings(place.world, asked)


async def test_nobody_asks_twice_under_one_id(place: Place) -> None:
    asked = await asked_of(place)

    with pytest.raises(RefusedError):
        await batches.begin(place.world.database.app, asked)
    assert await batches.look(place.world.database.app, place.id, uuid4()) is None
