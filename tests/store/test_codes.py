"""The codes by which authorities address one another: within their own world, and never across."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg
import pytest

from deploy.local.databases import Databases
from events.store.errors import RefusedError, UnknownAuthorityError
from events.store.log import Log

MONDAY = datetime(2025, 3, 3, 9, tzinfo=UTC)


async def sandbox(log: Log, code: str, join: UUID | None = None) -> UUID:
    made = uuid4()
    await log.create_authority(made, name="Sandbox", sandbox_now=None if join else MONDAY, join=join)
    assert await log.take_code(made, code)
    return made


async def test_sandboxes_of_one_clock_know_one_another_by_code(log: Log) -> None:
    one = await sandbox(log, "north")
    other = await sandbox(log, "south", join=one)

    assert await log.same_world(one) == {"north": one, "south": other} == await log.same_world(other)


async def test_real_authorities_and_sandboxes_never_meet(log: Log, authority: UUID) -> None:
    code = f"real-{authority.hex[:8]}"
    apart = await sandbox(log, code)
    assert await log.take_code(authority, code)

    assert (await log.same_world(authority))[code] == authority
    assert await log.same_world(apart) == {code: apart}


async def test_a_code_is_one_authoritys_for_ever(log: Log) -> None:
    one = await sandbox(log, "north")
    other = await sandbox(log, "south", join=one)

    assert await log.take_code(other, "south")
    assert not await log.take_code(other, "north")
    assert not await log.take_code(other, "south-2")


async def test_what_is_no_code_and_who_is_no_authority_are_refused(log: Log, authority: UUID) -> None:
    with pytest.raises(RefusedError):
        await log.take_code(authority, "No Code!")
    with pytest.raises(UnknownAuthorityError):
        await log.take_code(uuid4(), "nobody")


async def test_an_authority_asks_only_about_its_own_world(databases: Databases, log: Log) -> None:
    north = await sandbox(log, "north")
    connection = await asyncpg.connect(databases.log_dsn)
    async with connection.transaction():
        await connection.execute("select set_config('planclock.authority', $1, true)", str(uuid4()))
        for call in ("es.same_world($1)", "es.take_code($1, 'x')"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with connection.transaction():
                    await connection.fetch(f"select * from {call}", north)  # noqa: S608
        assert await connection.fetchval("select count(*) from es.authority_code") == 0
    await connection.close()
