"""Erasure: lawful, complete, and the history still verifies (promise 11)."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import asyncpg
import pytest

from deploy.local.databases import Databases
from events.catalogue.envelope import Event
from events.catalogue.text import Redacted
from events.store.errors import ErasedCaseError
from events.store.key_service import LocalKeyService
from events.store.keys import Keys
from events.store.log import ErasedEvent, Log
from events.store.verify import verify
from tests.store.histories import REFERENCE, erase, tell_everything
from tests.store.telling import MASTER_KEY, command, draft, opened


@pytest.fixture
async def destroyer(databases: Databases) -> AsyncIterator[Keys]:
    """The keys as records tooling holds them: with the right to destroy."""
    keys = await Keys.connect(databases.server.dsn(databases.keys), LocalKeyService(MASTER_KEY))
    yield keys
    await keys.close()


@pytest.fixture
async def cases(log: Log, authority: UUID) -> dict[str, UUID]:
    return await tell_everything(log, authority)


async def test_an_erased_case_reads_as_erased_and_the_log_still_verifies(
    databases: Databases,
    log: Log,
    authority: UUID,
    cases: dict[str, UUID],
    superuser: asyncpg.Connection,
    destroyer: Keys,
) -> None:
    before = await log.head(authority)
    events = {event.position: event for event in await log.read_after(authority, 0, 100)}
    await destroyer.destroy(authority, cases["erased"])
    assert await erase(superuser, authority, cases["erased"]) == 3

    async with opened(databases.log_dsn, databases.keys_dsn) as elsewhere:
        with pytest.raises(ErasedCaseError):
            await elsewhere.read_case(authority, cases["erased"])
        with pytest.raises(ErasedCaseError):
            await elsewhere.append(command(authority, draft(cases["erased"], 3)))
        with pytest.raises(ErasedCaseError):
            await elsewhere.request_digest(authority, cases["erased"], b"item")
        left = {event.position: event for event in await elsewhere.read_after(authority, 0, 100)}
        report = await verify(elsewhere._database.app, authority, keys=elsewhere._keys)
    for position, event in events.items():
        if event.case == cases["erased"]:
            gone = left[position]
            assert isinstance(gone, ErasedEvent)
            assert (gone.version, gone.fact, gone.recorded_at) == (event.version, event.fact, event.recorded_at)
        else:
            assert left[position] == event
    assert report.sound
    assert (report.erased, report.head) == (2, before)


async def test_a_process_that_still_holds_the_key_reads_the_case_as_erased_too(
    log: Log, authority: UUID, cases: dict[str, UUID], superuser: asyncpg.Connection
) -> None:
    await log.read_case(authority, cases["erased"])
    await erase(superuser, authority, cases["erased"])
    with pytest.raises(ErasedCaseError):
        await log.read_case(authority, cases["erased"])


async def test_nothing_is_added_to_an_erased_case_by_a_process_that_still_holds_the_key(
    log: Log, authority: UUID, cases: dict[str, UUID], superuser: asyncpg.Connection
) -> None:
    await erase(superuser, authority, cases["erased"])
    with pytest.raises(ErasedCaseError):
        await log.append(command(authority, draft(uuid4(), 1), draft(cases["erased"], 3)))
    assert (await log.head(authority)).position == 11


async def test_an_erased_fact_is_still_known_to_have_been_told(
    log: Log, authority: UUID, cases: dict[str, UUID], superuser: asyncpg.Connection
) -> None:
    first = (await log.read_case(authority, cases["erased"]))[0]
    await erase(superuser, authority, cases["erased"])
    stored = (await log.find(authority, [first.fact]))[first.fact]
    assert [(copy.case, copy.version, copy.through) for copy in stored] == [(cases["erased"], 1, None)]


async def test_erased_third_parties_are_redacted_and_the_childs_own_story_stays(
    log: Log, authority: UUID, cases: dict[str, UUID], superuser: asyncpg.Connection
) -> None:
    assert await erase(superuser, authority, cases["redacted"], "third_parties") == 1
    (event,) = await log.read_case(authority, cases["redacted"])
    assert event.item.model_dump()["data"]["chair"]["name"] == {"redacted": True}
    assert event.item.model_dump()["data"]["seq"] == 1
    assert isinstance(event.data.chair.name, Redacted)  # type: ignore[attr-defined]
    assert (await verify(log._database.app, authority, keys=log._keys)).sound


async def test_erasing_again_takes_nothing_more(
    authority: UUID, cases: dict[str, UUID], superuser: asyncpg.Connection
) -> None:
    assert await erase(superuser, authority, cases["first"], "third_parties") == 1
    assert await erase(superuser, authority, cases["first"]) == 5
    assert await erase(superuser, authority, cases["first"]) == 0


async def test_nothing_is_erased_for_an_authority_other_than_the_transactions(
    log: Log, authority: UUID, cases: dict[str, UUID], superuser: asyncpg.Connection
) -> None:
    await superuser.execute("select set_config('planclock.authority', $1, false)", str(uuid4()))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await superuser.execute("select es.erase($1, $2, 'case')", authority, cases["first"])
    assert len(await log.read_case(authority, cases["first"])) == 5


async def test_only_a_case_or_its_third_parties_can_be_erased(
    authority: UUID, cases: dict[str, UUID], superuser: asyncpg.Connection
) -> None:
    with pytest.raises(asyncpg.InvalidParameterValueError):
        await erase(superuser, authority, cases["first"], "everything")


async def test_a_reference_to_an_erased_case_still_means_it(
    log: Log, authority: UUID, cases: dict[str, UUID], superuser: asyncpg.Connection
) -> None:
    await erase(superuser, authority, cases["first"])
    assert await log.resolve(authority, REFERENCE) == cases["first"]


async def test_followers_see_every_position_of_a_log_with_erasures(
    log: Log, authority: UUID, cases: dict[str, UUID], superuser: asyncpg.Connection
) -> None:
    await erase(superuser, authority, cases["second"])
    seen = await log.read_after(authority, 0, 100)
    assert [event.position for event in seen] == list(range(1, 12))
    assert {type(event) for event in seen} == {Event, ErasedEvent}
