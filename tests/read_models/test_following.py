"""The follower: each event has its effect on the lists once, whoever dies, sleeps or races; what is wrong halts it."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest

from deploy.local.databases import Databases
from deploy.local.state import CLONE
from events.store.errors import UnavailableError
from events.store.read_models.checkpoints import LeaseLostError, resume, take
from events.store.read_models.lag import behind, lags, wait_for
from events.store.read_models.turns import Pace
from tests.read_models.looking import checkpoint, rows, without_guard
from tests.read_models.world import Place, World


@asynccontextmanager
async def duties_locked(databases: Databases) -> AsyncIterator[asyncpg.Connection]:
    """Nobody can write a duty meanwhile: a follower gets as far as its last table, and waits there."""
    holder = await asyncpg.connect(databases.admin_dsn)
    try:
        async with holder.transaction():
            await holder.execute("lock table rm.duty in share mode")
            yield holder
    finally:
        await holder.close()


async def one_waits(superuser: asyncpg.Connection) -> int:
    """The process id of the backend that waits to write a duty, once there is one."""
    waiting = "select pid from pg_locks where relation = 'rm.duty'::regclass and not granted"
    while (pid := await superuser.fetchval(waiting)) is None:
        await asyncio.sleep(0)
    return int(pid)


async def test_a_batch_killed_before_its_commit_leaves_nothing_and_is_done_once_when_repeated(
    place: Place, databases: Databases, superuser: asyncpg.Connection
) -> None:
    await place.child()
    async with duties_locked(databases):
        following = asyncio.create_task(place.follow())
        await superuser.execute("select pg_terminate_backend($1)", await one_waits(superuser))
        with pytest.raises(UnavailableError):
            await following
    assert (await checkpoint(superuser, place.id))["position"] == 0
    assert await rows(superuser, place.id) == []

    await place.follow()

    assert (await checkpoint(superuser, place.id))["position"] == (await place.world.log.head(place.id)).position
    assert len(await place.cases()) == 1


async def test_a_follower_killed_in_the_middle_is_followed_by_another_once_its_lease_ends(
    place: Place, databases: Databases, superuser: asyncpg.Connection
) -> None:
    case = await place.child()
    arguments = [databases.log_dsn, databases.keys_dsn, databases.worker_dsn, str(place.id)]
    program = [sys.executable, "-m", "tests.read_models.following_alone", *arguments]
    async with duties_locked(databases):
        with subprocess.Popen(program, cwd=CLONE, stdout=subprocess.PIPE) as alone:
            await one_waits(superuser)
            alone.kill()

    while not await place.cases():
        await place.follow()

    assert [each.case for each in await place.cases()] == [case]
    assert (await checkpoint(superuser, place.id))["lease_epoch"] == 2


async def test_a_follower_that_slept_past_its_lease_can_write_nothing(
    place: Place, superuser: asyncpg.Connection
) -> None:
    await place.child()
    await place.follow()
    await place.child()
    sleeper = await take(place.world.database.worker, place.id, 1, "sleeper", seconds=0)
    assert sleeper is not None
    await place.follow()
    written = await rows(superuser, place.id)
    await place.child()

    with pytest.raises(LeaseLostError):
        await place.world.follower("sleeper").advance(sleeper)

    assert await rows(superuser, place.id) == written


async def test_a_follower_whose_lease_was_taken_over_can_write_nothing_though_nothing_has_moved_yet(
    place: Place,
) -> None:
    await place.child()
    await place.follow()
    await place.child()
    sleeper = await take(place.world.database.worker, place.id, 1, "sleeper", seconds=0)
    assert sleeper is not None
    assert await take(place.world.database.worker, place.id, 1, "next", seconds=30) is not None

    with pytest.raises(LeaseLostError):
        await place.world.follower("sleeper").advance(sleeper)

    assert len(await place.cases()) == 1


async def test_while_one_holds_the_lease_another_keeps_off(place: Place, superuser: asyncpg.Connection) -> None:
    await place.child()
    await place.follow()
    await place.child()
    held = await take(place.world.database.worker, place.id, 1, "first", seconds=30)

    await place.world.follower("second").follow(place.id, 1)

    assert held is not None
    assert (await checkpoint(superuser, place.id))["position"] == held.position
    assert len(await place.cases()) == 1


async def test_two_followers_at_once_give_the_lists_that_one_would_have_given(
    world: World, superuser: asyncpg.Connection
) -> None:
    places = [await world.sandbox() for _ in range(3)]
    stop = asyncio.Event()
    small = Pace(events=3, cases=1)
    followers = [
        asyncio.create_task(type(each)(each.worker, each.listing, each.owner, small).run(stop))
        for each in (world.follower("first"), world.follower("second"))
    ]
    for _ in range(3):
        for place in places:
            siblings = [await place.child(), await place.child()]
            await place.plan(*siblings, meeting=f"ICPC-{siblings[0]}")
    for place in places:
        head = (await world.log.head(place.id)).position
        assert await wait_for(world.database.app, place.id, head, timedelta(seconds=30)) == head
    stop.set()
    await asyncio.gather(*followers)

    for place in places:
        followed = await rows(superuser, place.id)
        await superuser.execute("delete from rm.duty where authority = $1", place.id)
        await superuser.execute("delete from rm.listed_case where authority = $1", place.id)
        await superuser.execute("update rm.checkpoint set position = 0 where authority = $1", place.id)
        await place.follow()
        assert await rows(superuser, place.id) == followed


@pytest.mark.parametrize("missing", ["in the middle", "at the end"])
async def test_a_position_missing_from_the_log_halts_the_lists_and_is_never_skipped(
    place: Place, superuser: asyncpg.Connection, missing: str
) -> None:
    await place.child()
    await place.follow()
    before = await checkpoint(superuser, place.id)
    await place.child()
    head = (await place.world.log.head(place.id)).position
    gone = head if missing == "at the end" else head - 1
    await without_guard(superuser, "delete from es.event where authority = $1 and position = $2", place.id, gone)

    await place.follow()

    after = await checkpoint(superuser, place.id)
    assert after["status"] == "halted"
    assert after["position"] == gone - 1 >= before["position"]
    assert f"position {gone}" in after["last_error"]
    assert len(await place.cases()) == 2


async def test_an_event_that_cannot_be_assessed_halts_its_authority_alone_and_says_nothing_personal(
    place: Place, world: World, superuser: asyncpg.Connection
) -> None:
    other = await world.sandbox()
    await place.child()
    bad = uuid4()
    await place.tell(bad, "child_registered", "1903-04-05", names="Aster Example", dob="1902-03-04")
    await place.child()
    await other.child()

    await world.follower().follow_all()

    halted = await checkpoint(superuser, place.id)
    assert halted["status"] == "halted"
    assert str(bad) in halted["last_error"]
    assert "NoPolicy" in halted["last_error"]
    assert not [word for word in ("Aster", "1902", "1903", "03-04", "04-05") if word in halted["last_error"]]
    assert len(await place.cases()) == 1
    assert len(await other.cases()) == 1
    assert [each.error for each in await lags(world.database.worker) if each.authority == place.id] == [
        halted["last_error"]
    ]


async def test_halted_lists_go_on_from_where_they_stopped_once_they_are_let(
    place: Place, superuser: asyncpg.Connection
) -> None:
    await place.child()
    head = (await place.world.log.head(place.id)).position
    sealed = await superuser.fetchval(
        "select sealed from es.event where authority = $1 and position = $2", place.id, head
    )
    spoilt = "update es.event set sealed = $3 where authority = $1 and position = $2"
    await without_guard(superuser, spoilt, place.id, head, sealed[:-1] + b"x")
    await place.follow()
    assert (await checkpoint(superuser, place.id))["status"] == "halted"

    await without_guard(superuser, spoilt, place.id, head, sealed)
    await resume(place.world.database.worker, place.id)
    await place.follow()

    assert (await checkpoint(superuser, place.id))["status"] == "live"
    assert (await checkpoint(superuser, place.id))["position"] == head


async def test_rows_that_did_not_change_are_not_written_again(place: Place, superuser: asyncpg.Connection) -> None:
    first, second = [await place.child() for _ in range(2)]
    await place.plan(first, second)
    await place.follow()
    sealed = "select count(*) from rm.duty where authority = $1 and sealed = any ($2)"
    before = [
        row["sealed"] for row in await superuser.fetch("select sealed from rm.duty where authority = $1", place.id)
    ]
    await place.at("2025-01-20")
    await place.tell(first, "core_group_meeting_held", "2025-01-20", meeting="CG-1")
    await place.follow()

    met_and_no_longer_awaited = 2  # the first core group, and the challenge had it not been held
    assert await superuser.fetchval(sealed, place.id, before) == len(before) - met_and_no_longer_awaited


async def test_a_voided_fact_takes_its_duties_off_the_lists(place: Place) -> None:
    case = await place.child()
    await place.plan(case)
    (meeting,) = await place.tell(case, "core_group_meeting_held", "2025-01-13", meeting="CG-1")
    await place.follow()
    assert len(await place.duties(rule="STF-T22")) == 1

    await place.tell(case, "event_voided", "2025-01-13", fact=str(meeting.fact), reason="Recorded by mistake.")
    await place.follow()

    assert await place.duties(rule="STF-T22") == []


async def test_a_pack_activated_later_changes_the_lists_of_every_case(place: Place) -> None:
    cases = [await place.child() for _ in range(3)]
    await place.plan(*cases)
    await place.follow()
    assert [each.duty.due_on.isoformat() for each in await place.duties(rule="STF-T21") if each.duty.due_on] == [
        "2025-01-27"
    ] * 3

    await place.activate_with(("working_days = 10, after", "working_days = 5, after"))
    await place.follow()

    assert [each.duty.due_on.isoformat() for each in await place.duties(rule="STF-T21") if each.duty.due_on] == [
        "2025-01-20"
    ] * 3
    assert [each.to_do.next_due_on for each in await place.cases()] != []


async def test_a_pack_that_comes_into_force_later_changes_open_duties_on_that_day(place: Place) -> None:
    case = await place.child()
    await place.plan(case)
    shorter = ("working_days = 10, after", "working_days = 5, after")
    await place.activate_with(shorter, effective_from="2025-01-15", recalculates_open=True)
    await place.follow()

    async def due_on() -> str:
        (listed,) = await place.duties(rule="STF-T21")
        return str(listed.duty.due_on)

    assert await due_on() == "2025-01-27"
    await place.at("2025-01-15")
    await place.world.follower().follow(place.id, 1)
    assert await due_on() == "2025-01-20"


async def test_whoever_waits_for_a_position_hears_how_far_the_lists_have_come(place: Place) -> None:
    await place.child()
    app, head = place.world.database.app, (await place.world.log.head(place.id)).position

    assert await wait_for(app, place.id, head, timedelta(0)) == 0
    waiting = asyncio.create_task(wait_for(app, place.id, head, timedelta(seconds=30)))
    await place.follow()
    assert await waiting == head


async def test_lag_counts_events_and_seconds_against_the_true_end_of_the_log(place: Place, world: World) -> None:
    real = uuid4()
    await world.log.create_authority(real, name="Example authority")
    await Place(world, real).tell(uuid4(), "child_registered", "2025-01-06")
    await place.child()
    await place.follow()
    await place.tell(uuid4(), "child_registered", "2025-01-06")

    found = {each.authority: each for each in await lags(world.database.worker)}

    assert (found[place.id].events, found[real].events) == (1, 1)
    assert 0 < found[real].seconds < 60
    assert 0 < found[place.id].seconds < 60
    assert {(each.authority, each.generation) for each in await behind(world.database.worker)} >= {
        (place.id, 1),
        (real, None),
    }


async def test_an_authority_that_activated_nothing_is_halted_at_its_first_case_and_no_other(
    world: World, superuser: asyncpg.Connection
) -> None:
    bare = uuid4()
    await world.log.create_authority(bare, name="Example authority")
    await Place(world, bare).tell(uuid4(), "child_registered", "2025-01-06")

    await Place(world, bare).follow()

    assert "NothingActivatedError" in (await checkpoint(superuser, bare))["last_error"]
