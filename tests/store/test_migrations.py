"""Migrations: up, down and up again, safe to repeat, and the live functions are those in the files."""

import asyncio
import re
import sys
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from deploy.local.databases import Databases
from deploy.local.postgres import Cluster
from deploy.local.state import CLONE
from migrations.run import downgrade, let_in, upgrade
from migrations.sql_files import SQL

_SCHEMA = """
select string_agg(line, E'\\n' order by line) from (
    select format('column %s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default)
    from information_schema.columns where table_schema in ('es', 'rm', 'keys')
    union all
    select format('constraint %s %s', conrelid::regclass, pg_get_constraintdef(oid))
    from pg_constraint where connamespace::regnamespace::text in ('es', 'rm', 'keys')
    union all
    select indexdef from pg_indexes where schemaname in ('es', 'rm', 'keys')
    union all
    select format('policy %s.%s %s %s %s %s', schemaname, tablename, policyname, roles, qual, with_check)
    from pg_policies where schemaname in ('es', 'rm', 'keys')
    union all
    select format('%s %s', pg_get_triggerdef(t.oid), t.tgenabled)
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace::regnamespace::text in ('es', 'rm', 'keys') and not t.tgisinternal
    union all
    select format('table %s %s %s %s %s', oid::regclass, relowner::regrole, relacl, relrowsecurity, relforcerowsecurity)
    from pg_class where relnamespace::regnamespace::text in ('es', 'rm', 'keys')
    union all
    select format('function %s %s %s', pg_get_functiondef(oid), proowner::regrole, proacl)
    from pg_proc where pronamespace::regnamespace::text in ('es', 'rm', 'keys')
) as lines (line)
"""


@pytest.fixture
async def empty(cluster: Cluster) -> AsyncIterator[Databases]:
    """Two databases that nothing was loaded into yet."""
    suffix = uuid.uuid4().hex[:8]
    databases = Databases(cluster, f"log_{suffix}", f"keys_{suffix}")
    for name in (databases.log, databases.keys):
        await cluster.create_database(name)
    yield databases
    for name in (databases.log, databases.keys):
        await cluster.drop_database(name)


def _dsns(databases: Databases) -> tuple[str, str]:
    return databases.server.dsn(databases.log), databases.server.dsn(databases.keys)


async def _ask(dsn: str, query: str, *values: object) -> object:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(query, *values)
    finally:
        await connection.close()


async def test_up_down_and_up_again_gives_the_same_and_down_leaves_nothing_but_roles(empty: Databases) -> None:
    log, keys = _dsns(empty)
    await upgrade(log, keys)
    first = [await _ask(dsn, _SCHEMA) for dsn in (log, keys)]
    assert all(first)
    await downgrade(log, keys)
    for dsn in (log, keys):
        assert await _ask(dsn, _SCHEMA) is None
        left = "select count(*) from pg_namespace where nspname in ('es', 'rm', 'keys')"
        assert await _ask(dsn, left) == 0
    roles = "select count(*) from pg_roles where rolname like 'planclock\\_%'"
    assert await _ask(log, roles) == 4
    await upgrade(log, keys)
    assert [await _ask(dsn, _SCHEMA) for dsn in (log, keys)] == first


async def test_several_processes_may_migrate_at_once_and_again(empty: Databases) -> None:
    log, keys = _dsns(empty)
    migrating = [
        await asyncio.create_subprocess_exec(sys.executable, "-m", "migrations.run", "upgrade", log, keys, cwd=CLONE)
        for _ in range(3)
    ]
    assert [await each.wait() for each in migrating] == [0, 0, 0]
    once = await _ask(log, _SCHEMA)
    await upgrade(log, keys)
    assert await _ask(log, _SCHEMA) == once


async def test_no_backup_of_the_log_holds_a_key(databases: Databases) -> None:
    log, keys = _dsns(databases)
    schemas = "select array_agg(nspname::text order by 1) from pg_namespace where nspname in ('es', 'rm', 'keys')"
    assert await _ask(log, schemas) == ["es", "rm"]
    assert await _ask(keys, schemas) == ["keys"]


async def test_the_command_line_migrates_too(empty: Databases) -> None:
    log, keys = _dsns(empty)
    for step, expected in (("upgrade", True), ("downgrade", False)):
        migrating = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "migrations.run", step, log, keys), cwd=CLONE
        )
        assert await migrating.wait() == 0
        assert await _ask(log, "select exists (select from pg_namespace where nspname = 'es')") is expected


async def test_a_role_is_let_in_with_the_password_it_was_given(databases: Databases) -> None:
    password = 'it\'s "quoted" \\ %L'
    await let_in(databases.server.dsn(databases.log), {"planclock_records": password})
    connection = await asyncpg.connect(databases.server.dsn(databases.log), user="planclock_records", password=password)
    assert await connection.fetchval("select current_user") == "planclock_records"
    await connection.close()


def _function_files(schema: str) -> dict[str, Path]:
    files = [file for file in SQL.rglob("functions/*.sql") if ("keys" in file.parts) == (schema == "keys")]
    assert len({file.stem for file in files}) == len(files)
    return {file.stem: file for file in files}


@pytest.mark.parametrize("schema", ["es", "keys"])
async def test_the_live_functions_are_those_in_the_files(databases: Databases, schema: str) -> None:
    """Loads each file over what is live and looks whether anything about the function changed."""
    files = _function_files(schema)
    connection = await asyncpg.connect(databases.server.dsn(databases.keys if schema == "keys" else databases.log))
    definitions = "select proname, pg_get_functiondef(oid) from pg_proc where pronamespace = $1::text::regnamespace"
    transaction = connection.transaction()
    await transaction.start()
    live = dict(await connection.fetch(definitions, schema))
    assert live.keys() == files.keys()
    await connection.execute("set local role planclock_owner")
    for file in files.values():
        await connection.execute(file.read_text())
    assert dict(await connection.fetch(definitions, schema)) == live
    await transaction.rollback()
    await connection.close()


def test_each_file_holds_the_one_object_it_is_named_after() -> None:
    created = re.compile(r"^create (?:or replace )?(function|table|trigger) (?:\w+\.)?(\w+)", re.MULTILINE)
    for file in SQL.rglob("*.sql"):
        objects = created.findall(file.read_text())
        kind = file.parent.name
        if kind in {"functions", "tables", "triggers"}:
            assert [(f"{made}s", name) for made, name in objects] == [(kind, file.stem)], file
        else:
            assert not objects, file
