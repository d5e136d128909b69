"""Authorities and their clocks: times rise whatever a clock does."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from events.store.append import append_group
from events.store.errors import (
    AuthorityExistsError,
    ClockGoesBackError,
    NotASandboxError,
    UnknownAuthorityError,
)
from events.store.log import Appended, Authority, Log
from tests.store.telling import command, draft

MONDAY = datetime(2025, 3, 3, 9, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
async def sandbox(log: Log) -> UUID:
    sandbox = uuid4()
    await log.create_authority(sandbox, name="Sandbox", sandbox_now=MONDAY)
    return sandbox


async def _tell(log: Log, authority: UUID) -> datetime:
    outcome = await log.append(command(authority, draft(uuid4(), 1)))
    assert isinstance(outcome, Appended)
    return outcome.events[0].recorded_at


async def test_a_real_authority_goes_by_the_real_time(log: Log, authority: UUID) -> None:
    before = await log.now(authority)
    recorded = await _tell(log, authority)
    assert before < recorded < await log.now(authority)
    assert await log.authority(authority) == Authority(authority, "Example authority", sandbox=False, clock=None)


async def test_a_sandboxs_clock_stands_still_and_its_times_still_rise(log: Log, sandbox: UUID) -> None:
    assert [await _tell(log, sandbox) for _ in range(3)] == [MONDAY + n * MICROSECOND for n in range(3)]
    assert await log.now(sandbox) == MONDAY


async def test_a_sandboxs_clock_moves_forward_only(log: Log, sandbox: UUID) -> None:
    tuesday = MONDAY + timedelta(days=1)
    await _tell(log, sandbox)
    await log.advance_clock(sandbox, tuesday)
    assert await _tell(log, sandbox) == tuesday
    with pytest.raises(ClockGoesBackError):
        await log.advance_clock(sandbox, tuesday - MICROSECOND)
    await log.advance_clock(sandbox, tuesday)
    assert await log.now(sandbox) == tuesday


async def test_times_rise_though_the_clock_steps_back(log: Log, sandbox: UUID, superuser: asyncpg.Connection) -> None:
    first = await _tell(log, sandbox)
    await superuser.execute("update es.clock set now = now - interval '1 hour'")
    assert await _tell(log, sandbox) == first + MICROSECOND
    assert await _tell(log, sandbox) == first + 2 * MICROSECOND


async def test_times_rise_though_a_real_servers_clock_steps_back(
    log: Log, authority: UUID, superuser: asyncpg.Connection
) -> None:
    """The last block is dated an hour ahead, as if the clock had been set back since."""
    await _tell(log, authority)
    sealed = [await log._seal(command(authority, draft(uuid4(), 1))) for _ in range(2)]
    async with superuser.transaction():
        await superuser.execute("alter table es.block disable trigger all")
        await superuser.execute(
            "update es.block set recorded_at = recorded_at + interval '1 hour' where authority = $1", authority
        )
        ahead = (await superuser.fetchrow("select * from es.block where authority = $1", authority))["recorded_at"]
        written = await append_group(superuser, authority, sealed)
        await superuser.execute("alter table es.block enable always trigger block_only_grows")
    assert [each.recorded_at for each in written] == [ahead + MICROSECOND, ahead + 2 * MICROSECOND]


async def test_sandboxes_that_joined_share_a_clock_and_nothing_else(log: Log, sandbox: UUID) -> None:
    joined = uuid4()
    await log.create_authority(joined, name="Another sandbox", join=sandbox)
    await log.advance_clock(joined, MONDAY + timedelta(days=3))
    assert await log.now(sandbox) == MONDAY + timedelta(days=3)
    assert await _tell(log, sandbox) == await _tell(log, joined) == MONDAY + timedelta(days=3)
    one, other = await log.authority(sandbox), await log.authority(joined)
    assert one is not None
    assert other is not None
    assert one.clock == other.clock
    assert (await log.head(sandbox)).position == (await log.head(joined)).position == 1


async def test_a_real_authority_has_no_clock_to_move_or_to_join(log: Log, authority: UUID) -> None:
    with pytest.raises(NotASandboxError):
        await log.advance_clock(authority, datetime(2100, 1, 1, tzinfo=UTC))
    with pytest.raises(NotASandboxError):
        await log.create_authority(uuid4(), name="Sandbox", join=authority)
    with pytest.raises(NotASandboxError):
        await log.create_authority(uuid4(), name="Sandbox", join=uuid4())


async def test_an_authority_is_created_once_and_stays_what_it_is(
    log: Log, sandbox: UUID, superuser: asyncpg.Connection
) -> None:
    with pytest.raises(AuthorityExistsError):
        await log.create_authority(sandbox, name="Real")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await superuser.execute("update es.authority set kind = 'real', clock_id = null where id = $1", sandbox)
    found = await log.authority(sandbox)
    assert found is not None
    assert found.sandbox


async def test_an_unknown_authority_has_neither_time_nor_clock(log: Log) -> None:
    assert await log.authority(uuid4()) is None
    with pytest.raises(UnknownAuthorityError):
        await log.now(uuid4())
    with pytest.raises(UnknownAuthorityError):
        await log.advance_clock(uuid4(), MONDAY)


async def test_workers_see_every_authority_in_the_order_in_which_they_came(
    log: Log, authority: UUID, sandbox: UUID
) -> None:
    ids = [each.id for each in await log.authorities()]
    assert ids.index(authority) < ids.index(sandbox)
