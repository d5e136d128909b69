"""The keys of cases and authorities: wrapped, remembered, the same for everyone, and gone when destroyed."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest

from deploy.local.databases import Databases
from events.store.cipher import seal, unseal
from events.store.errors import UnreadableError
from events.store.key_service import LocalKeyService
from events.store.keys import CaseKeys, Erased, Keys, readable
from tests.store.telling import MASTER_KEY


@pytest.fixture
async def keys(keys_dsn: str) -> AsyncIterator[Keys]:
    keys = await Keys.connect(keys_dsn, LocalKeyService(MASTER_KEY))
    yield keys
    await keys.close()


@pytest.fixture
async def elsewhere(keys_dsn: str) -> AsyncIterator[Keys]:
    """Another process's keys, which remember only a little."""
    keys = await Keys.connect(keys_dsn, LocalKeyService(MASTER_KEY), remembered=3)
    yield keys
    await keys.close()


async def test_a_cases_keys_are_made_once_and_open_everywhere(keys: Keys, elsewhere: Keys) -> None:
    authority, case = uuid4(), uuid4()
    with pytest.raises(UnreadableError):
        await keys.of_case(authority, case)
    mine = readable(await keys.of_case(authority, case, create=True))
    theirs = readable(await elsewhere.of_case(authority, case, create=True))
    assert unseal(theirs.case, seal(mine.case, b"content", b"bound"), b"bound") == b"content"
    assert mine.request_digest(b"item") == theirs.request_digest(b"item")


async def test_all_who_race_to_make_a_cases_keys_get_the_same(keys: Keys, elsewhere: Keys) -> None:
    authority, case = uuid4(), uuid4()
    made = await asyncio.gather(*((keys, elsewhere)[n % 2].of_case(authority, case, create=True) for n in range(20)))
    assert len({readable(each).secret for each in made}) == 1


async def test_each_case_and_each_purpose_has_a_key_of_its_own(keys: Keys) -> None:
    authority, case, other = uuid4(), uuid4(), uuid4()
    mine, others = [readable(await keys.of_case(authority, each, create=True)) for each in (case, other)]
    elsewhere = readable(await keys.of_case(uuid4(), case, create=True))
    assert mine.third_parties is not None
    sealed = seal(mine.case, b"content", b"")
    for cipher in (mine.third_parties, others.case, elsewhere.case):
        with pytest.raises(UnreadableError):
            unseal(cipher, sealed, b"")


async def test_many_cases_are_fetched_at_once_and_only_so_many_remembered(keys: Keys, elsewhere: Keys) -> None:
    authority = uuid4()
    cases = [uuid4() for _ in range(10)]
    for case in cases:
        await keys.of_case(authority, case, create=True)
    found = await elsewhere.of_cases(authority, [*cases, uuid4()])
    assert found.keys() == set(cases)
    assert sum(elsewhere.remembered(authority, case) is not None for case in cases) == 3


async def test_destroyed_keys_read_as_erased_for_ever(databases: Databases, elsewhere: Keys) -> None:
    authority, case = uuid4(), uuid4()
    records = await Keys.connect(databases.server.dsn(databases.keys), LocalKeyService(MASTER_KEY))
    await records.of_case(authority, case, create=True)
    await records.destroy(authority, case)
    for each in (records, elsewhere):
        assert await each.of_case(authority, case, create=True) == Erased(authority, case)
    await records.close()


async def test_third_parties_keys_are_destroyed_apart(databases: Databases, elsewhere: Keys) -> None:
    authority, case = uuid4(), uuid4()
    records = await Keys.connect(databases.server.dsn(databases.keys), LocalKeyService(MASTER_KEY))
    await records.of_case(authority, case, create=True)
    await records.destroy(authority, case, only_third_parties=True)
    left = await elsewhere.of_case(authority, case)
    assert isinstance(left, CaseKeys)
    assert left.third_parties is None
    await records.close()


async def test_the_application_cannot_destroy_or_replace_a_key(keys: Keys, keys_dsn: str) -> None:
    authority, case = uuid4(), uuid4()
    await keys.of_case(authority, case, create=True)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await keys.destroy(authority, case)
    connection = await asyncpg.connect(keys_dsn)
    await connection.execute("select set_config('planclock.authority', $1, false)", str(authority))
    for statement in ("update keys.case_key set wrapped = ''", "delete from keys.case_key", "truncate keys.case_key"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)
    await connection.close()


async def test_an_authority_sees_its_own_keys_only(keys: Keys, keys_dsn: str) -> None:
    authority = uuid4()
    await keys.of_case(authority, uuid4(), create=True)
    await keys.of_authority(authority)
    connection = await asyncpg.connect(keys_dsn)
    for table in ("case_key", "authority_key"):
        await connection.execute("select set_config('planclock.authority', $1, false)", str(uuid4()))
        assert await connection.fetchval(f"select count(*) from keys.{table}") == 0  # noqa: S608
        await connection.execute("select set_config('planclock.authority', $1, false)", str(authority))
        assert await connection.fetchval(f"select count(*) from keys.{table}") == 2  # noqa: S608
    await connection.close()


async def test_keys_open_under_the_master_key_that_wrapped_them_only(keys: Keys, keys_dsn: str) -> None:
    authority, case = uuid4(), uuid4()
    await keys.of_case(authority, case, create=True)
    stranger = await Keys.connect(keys_dsn, LocalKeyService(bytes(32)))
    with pytest.raises(UnreadableError):
        await stranger.of_case(authority, case)
    await stranger.close()


async def test_a_wrapped_key_moved_to_another_case_does_not_open(
    keys: Keys, databases: Databases, elsewhere: Keys
) -> None:
    authority, case, other = uuid4(), uuid4(), uuid4()
    for each in (case, other):
        await keys.of_case(authority, each, create=True)
    superuser = await asyncpg.connect(databases.server.dsn(databases.keys))
    await superuser.execute(
        """
        update keys.case_key k set wrapped = o.wrapped from keys.case_key o
        where k.case_id = $1 and o.case_id = $2 and k.purpose = o.purpose
        """,
        *(case, other),
    )
    await superuser.close()
    with pytest.raises(UnreadableError):
        await elsewhere.of_case(authority, case)


async def test_a_wrapped_key_moved_to_another_purpose_does_not_open(
    keys: Keys, databases: Databases, elsewhere: Keys
) -> None:
    authority, case = uuid4(), uuid4()
    await keys.of_case(authority, case, create=True)
    superuser = await asyncpg.connect(databases.server.dsn(databases.keys))
    await superuser.execute(
        """
        update keys.case_key k set wrapped = o.wrapped from keys.case_key o
        where k.case_id = $1 and o.case_id = $1 and k.purpose <> o.purpose
        """,
        case,
    )
    await superuser.close()
    with pytest.raises(UnreadableError):
        await elsewhere.of_case(authority, case)


def test_a_master_key_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        LocalKeyService(bytes(16))


async def test_keys_are_not_printed(keys: Keys) -> None:
    authority, case = uuid4(), uuid4()
    made = readable(await keys.of_case(authority, case, create=True))
    assert repr(made.secret) not in repr(made)
    assert repr(made.requests) not in repr(made)
    assert "b'" not in repr(await keys.of_authority(authority))
