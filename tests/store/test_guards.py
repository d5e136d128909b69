"""What the database itself refuses: other authorities' rows, and any change to what was written."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import asyncpg
import pytest

from deploy.local.databases import Databases
from events.store.append import append_group
from events.store.log import Log
from tests.store.histories import tell_everything
from tests.store.telling import command, draft, opened

COLUMNS = {"authority": "name", "event": "type", "block": "root", "reference": "case_id", "erasure": "digest"}
"""Every table of the log that tells history, and one column of each."""

EVERYONE = ("planclock_app", "planclock_worker", "planclock_records", "planclock_owner", "postgres")


@dataclass(frozen=True)
class Two:
    """Two authorities, each with a log."""

    one: UUID
    other: UUID


@pytest.fixture(scope="module")
async def two(databases: Databases) -> Two:
    two = Two(uuid4(), uuid4())
    async with opened(databases.log_dsn, databases.keys_dsn) as log:
        for authority in (two.one, two.other):
            await log.create_authority(authority, name="Example authority")
            await tell_everything(log, authority)
    return two


@pytest.fixture
async def application(databases: Databases) -> AsyncIterator[asyncpg.Connection]:
    """A connection as the application role, with no authority set."""
    connection = await asyncpg.connect(databases.log_dsn)
    yield connection
    await connection.close()


async def _tables(connection: asyncpg.Connection, privilege: str) -> list[str]:
    """Every table of the log's schemas that has an authority and on which the role has a privilege."""
    rows = await connection.fetch(
        """
        select format('%I.%I', n.nspname, c.relname) as name
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('es', 'rm') and c.relkind in ('r', 'p') and has_table_privilege(c.oid, $1)
            and exists (
                select from pg_attribute a where a.attrelid = c.oid and a.attname = 'authority' and not a.attisdropped
            )
        """,
        privilege,
    )
    return [row["name"] for row in rows]


async def test_row_level_security_is_forced_on_every_table_that_has_an_authority(
    superuser: asyncpg.Connection,
) -> None:
    unforced = await superuser.fetch(
        """
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('es', 'rm') and c.relkind in ('r', 'p')
            and (c.relname = 'authority' or exists (
                select from pg_attribute a where a.attrelid = c.oid and a.attname = 'authority' and not a.attisdropped
            ))
            and not (c.relrowsecurity and c.relforcerowsecurity)
        """
    )
    assert unforced == []


@pytest.mark.parametrize("setting", [None, "", "other"])
async def test_the_application_sees_nothing_without_its_authority_or_with_anothers(
    application: asyncpg.Connection, two: Two, setting: str | None
) -> None:
    if setting is not None:
        value = str(two.other) if setting == "other" else setting
        await application.execute("select set_config('planclock.authority', $1, false)", value)
    tables = await _tables(application, "select")
    assert {f"es.{table}" for table in COLUMNS if table != "authority"} <= set(tables)
    for table in tables:
        seen = await application.fetchval(f"select count(*) from {table} where authority = $1", two.one)  # noqa: S608
        assert seen == 0, table
    assert await application.fetchval("select count(*) from es.authority where id = $1", two.one) == 0
    if setting != "other":
        for table in tables:
            assert await application.fetchval(f"select count(*) from {table}") == 0, table  # noqa: S608


@pytest.mark.parametrize("setting", ["", "other", "not an id"])
async def test_the_application_appends_nothing_without_its_authority_or_with_anothers(
    application: asyncpg.Connection, log: Log, two: Two, setting: str
) -> None:
    before = await log.head(two.one)
    sealed = await log._seal(command(two.one, draft(uuid4(), 1)))
    within = _OtherAuthority(application, two, setting)
    transaction = application.transaction()
    await transaction.start()
    with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.InvalidTextRepresentationError)):
        await append_group(within, two.one, [sealed])
    await transaction.rollback()
    assert await log.head(two.one) == before


class _OtherAuthority:
    """Calls es.append for one authority within a transaction of another."""

    def __init__(self, connection: asyncpg.Connection, two: Two, setting: str) -> None:
        self._connection = connection
        self._two = two
        self._setting = str(two.other) if setting == "other" else setting

    async def fetchrow(self, query: str, authority: str, *rest: object) -> object:
        await self._connection.execute("select set_config('planclock.authority', $1, true)", self._setting)
        return await self._connection.fetchrow(
            query.replace("set_config('planclock.authority', $1, true)::uuid", "$1::uuid"), UUID(authority), *rest
        )


async def test_the_worker_reads_every_authority(databases: Databases, two: Two) -> None:
    connection = await asyncpg.connect(databases.worker_dsn)
    seen = await connection.fetch("select distinct authority from es.event")
    await connection.close()
    assert {two.one, two.other} <= {row["authority"] for row in seen}


@pytest.mark.parametrize("role", EVERYONE)
@pytest.mark.parametrize("table,column", COLUMNS.items())
async def test_nobody_changes_or_takes_out_what_was_written(
    superuser: asyncpg.Connection, two: Two, role: str, table: str, column: str
) -> None:
    before = await _written(superuser, table)
    for statement in (
        f"update es.{table} set {column} = {column}",  # noqa: S608
        f"delete from es.{table}",  # noqa: S608
        f"truncate es.{table} cascade",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await _attempt(superuser, role, two.one, statement)
    assert await _written(superuser, table) == before


async def _attempt(superuser: asyncpg.Connection, role: str, authority: UUID, *statements: str) -> None:
    async with superuser.transaction():
        await superuser.execute(f"set local role {role}")
        await superuser.execute("select set_config('planclock.authority', $1, true)", str(authority))
        for statement in statements:
            await superuser.execute(statement)


async def _written(superuser: asyncpg.Connection, table: str) -> list[asyncpg.Record]:
    rows: list[asyncpg.Record] = await superuser.fetch(f"select * from es.{table} order by 1, 2")  # noqa: S608
    return rows


async def test_the_guards_hold_for_replication_too(superuser: asyncpg.Connection, two: Two) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _attempt(
            superuser, "postgres", two.one, "set local session_replication_role = replica", "delete from es.event"
        )


@pytest.mark.parametrize("column", ["sealed", "third_parties"])
async def test_the_owner_cannot_null_a_sealed_part_that_was_not_lawfully_erased(
    superuser: asyncpg.Connection, two: Two, column: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _attempt(superuser, "planclock_owner", two.one, f"update es.event set {column} = null")  # noqa: S608


@pytest.mark.parametrize("column,part", [("sealed", "case"), ("third_parties", "third_parties")])
async def test_a_sealed_part_is_nulled_only_once_its_own_digest_is_noted(
    superuser: asyncpg.Connection, two: Two, column: str, part: str
) -> None:
    noted = f"""
        insert into es.erasure
        select authority, position, '{part}', sha256('another') from es.event where {column} is not null
    """  # noqa: S608
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match=r"es\.event is refused"):
        await _attempt(superuser, "planclock_owner", two.one, noted, f"update es.event set {column} = null")  # noqa: S608


async def test_the_application_may_only_read_and_call_its_functions(application: asyncpg.Connection) -> None:
    for privilege in ("insert", "update", "delete", "truncate", "references", "trigger"):
        assert [table for table in await _tables(application, privilege) if table.startswith("es.")] == []
    assert await application.fetchval("select has_table_privilege('es.clock', 'select')") is False
    assert await application.fetchval("select has_schema_privilege('es', 'create')") is False
    functions = await application.fetch(
        """
        select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'es' and has_function_privilege(p.oid, 'execute')
        """
    )
    assert {"append", "now", "advance_clock", "create_authority", "position_at"} <= {
        row["proname"] for row in functions
    }
    assert "erase" not in {row["proname"] for row in functions}


async def test_records_tooling_may_do_nothing_but_erase(superuser: asyncpg.Connection) -> None:
    functions = await superuser.fetch(
        """
        select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'es' and has_function_privilege('planclock_records', p.oid, 'execute')
        """
    )
    tables = await superuser.fetch(
        """
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('es', 'rm') and c.relkind = 'r'
            and has_table_privilege('planclock_records', c.oid, 'select, insert, update, delete, truncate')
        """
    )
    assert [row["proname"] for row in functions] == ["erase"]
    assert tables == []


async def test_nobody_logs_in_as_the_owner(superuser: asyncpg.Connection) -> None:
    assert await superuser.fetchval("select rolcanlogin from pg_roles where rolname = 'planclock_owner'") is False
    members = await superuser.fetchval(
        """
        select count(*) from pg_auth_members m
        where m.roleid = 'planclock_owner'::regrole
            and m.member in ('planclock_app'::regrole, 'planclock_worker'::regrole, 'planclock_records'::regrole)
        """
    )
    assert members == 0
