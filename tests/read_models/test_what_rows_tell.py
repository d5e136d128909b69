"""What the tables of the lists tell to whoever reads them: nothing personal, and nothing of another authority."""

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from deploy.local.databases import Databases
from events.store.read_models.case_list import CaseList, WantedCases
from events.store.read_models.strands import Wanted
from events.store.read_models.worklist import Worklist
from tests.read_models.world import Place, World

TABLES = ("checkpoint", "listed_case", "duty")
BORN, TURNS_18 = date(2007, 5, 17), date(2025, 5, 17)


async def everything(superuser: asyncpg.Connection, authority: UUID) -> str:
    """Every row of every table, as text and as the bytes of each sealed column."""
    found = []
    for table in TABLES:
        records = await superuser.fetch(f"select t::text from rm.{table} t where authority = $1", authority)  # noqa: S608
        found += [record[0] for record in records]
        if table != "checkpoint":
            sealed = await superuser.fetch(f"select sealed from rm.{table} where authority = $1", authority)  # noqa: S608
            found += [record[0].decode("latin-1") for record in sealed]
    return "\n".join(found)


async def a_life_to_eighteen(place: Place) -> UUID:
    case = await place.child(born=BORN.isoformat(), worker="worker-example")
    await place.plan(case, meeting="ICPC-Example")
    await place.at(TURNS_18.isoformat())
    await place.tell(case, "plan_ended", TURNS_18.isoformat(), ground="reached_18", effective_on=TURNS_18.isoformat())
    await place.tell(case, "notification_sent", TURNS_18.isoformat(), register_id="N01")
    await place.follow()
    return case


async def test_no_name_reference_team_worker_or_meeting_stands_in_clear(
    place: Place, superuser: asyncpg.Connection
) -> None:
    await a_life_to_eighteen(place)

    stored = await everything(superuser, place.id)

    assert len(stored) > 5_000
    words = ("Aster", "team-north", "worker-example", "ICPC-Example", "STF-T", "reached_18")
    assert not [word for word in words if word in stored]


async def test_no_birthday_can_be_read_off_a_row_even_of_a_plan_that_ended_on_it(
    place: Place, superuser: asyncpg.Connection
) -> None:
    await a_life_to_eighteen(place)

    stored = await everything(superuser, place.id)

    near = {(TURNS_18 + timedelta(days=days)).strftime("-%m-%d") for days in (-1, 0, 1)}
    told = {day[4:] for day in re.findall(r"\d{4}-\d\d-\d\d", stored)}
    moved_at = {day.strftime("-%m-%d") for day in [date.today()]}  # noqa: DTZ011 - the real time stands in the checkpoint
    assert told - moved_at
    assert not told & near - moved_at


async def test_a_birthdays_row_tells_only_that_it_is_withheld(place: Place, superuser: asyncpg.Connection) -> None:
    case = await place.child(born=BORN.isoformat())
    await place.plan(case)
    await place.follow()

    withheld = await superuser.fetch(
        "select ordered_at, month from rm.duty where authority = $1 and month is not null", place.id
    )

    assert len(withheld) == 2
    assert [record["ordered_at"] for record in withheld] == [None, None]


async def test_an_authority_sees_nothing_of_another_in_its_lists(place: Place, world: World) -> None:
    other = await world.sandbox()
    theirs, own = await other.child(), await place.child()
    for each in (place, other):
        await each.follow()

    assert {each.case for each in await place.cases()} == {own}
    assert {concerned.case for each in await place.duties() for concerned in each.concerned} == {own}
    assert await place.cases(cases=frozenset({theirs})) == []
    assert await place.duties(cases=frozenset({theirs})) == []


@pytest.mark.parametrize("named", [None, "another"])
async def test_the_application_role_sees_no_row_without_naming_the_authority_it_belongs_to(
    place: Place, databases: Databases, named: str | None
) -> None:
    await place.child()
    await place.follow()
    connection = await asyncpg.connect(databases.log_dsn)
    try:
        if named is not None:
            await connection.execute("select set_config('planclock.authority', $1, false)", str(uuid4()))
        for table in TABLES:
            assert await connection.fetchval(f"select count(*) from rm.{table}") == 0  # noqa: S608
    finally:
        await connection.close()


@pytest.mark.parametrize("statement", [
    "insert into rm.checkpoint (read_model, authority, generation, status) values ('lists', $1, 9, 'building')",
    "update rm.checkpoint set position = 0 where authority = $1",
    "delete from rm.duty where authority = $1",
    "delete from rm.listed_case where authority = $1",
    "select content from es.stored_text where digest = $1::text",
])  # fmt: skip
async def test_the_application_role_writes_no_list_and_browses_no_texts(
    place: Place, databases: Databases, statement: str
) -> None:
    connection = await asyncpg.connect(databases.log_dsn)
    try:
        await connection.execute("select set_config('planclock.authority', $1, false)", str(place.id))
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement, str(place.id) if "text" in statement else place.id)
    finally:
        await connection.close()


@pytest.mark.parametrize("table", TABLES)
async def test_even_the_owner_of_the_tables_is_bound_by_row_level_security(
    superuser: asyncpg.Connection, table: str
) -> None:
    found = await superuser.fetchrow(
        "select relrowsecurity, relforcerowsecurity from pg_class where oid = $1::text::regclass", f"rm.{table}"
    )
    assert tuple(found) == (True, True)


async def test_an_erased_case_is_on_no_list_and_its_rows_go_when_it_is_done_anew(
    place: Place, world: World, databases: Databases, superuser: asyncpg.Connection
) -> None:
    siblings = [await place.child(), await place.child()]
    await place.plan(*siblings)
    await place.follow()
    now = await world.log.now(place.id)

    async with World.opened(databases.log_dsn, databases.server.dsn(databases.keys), databases.worker_dsn) as records:
        await records.keys.destroy(place.id, siblings[0])
    async with World.opened(databases.log_dsn, databases.keys_dsn, databases.worker_dsn) as fresh:
        cases = await CaseList(fresh.database.app, fresh.keys).page(place.id, WantedCases(), now=now, limit=50)
        duties = await Worklist(fresh.database.app, fresh.keys).page(place.id, Wanted(), now=now, limit=50)

        await place.activate_with(("working_days = 10, after", "working_days = 5, after"))
        await fresh.follower().catch_up(place.id)

    assert siblings[0].hex not in (await everything(superuser, place.id)).replace("-", "")
    assert [each.case for each in cases.cases] == [siblings[1]]
    assert {concerned.case for each in duties.duties for concerned in each.concerned} == {siblings[1]}
    assert "STF-T29" in {each.duty.rule for each in duties.duties}
