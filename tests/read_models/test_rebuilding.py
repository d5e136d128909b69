"""Rebuilding: the same lists from the log alone, compared row by row, and switched without anybody noticing."""

import asyncio

import asyncpg
import pytest

from events.store.read_models.checkpoints import LeaseLostError, begin_beside, take
from events.store.read_models.generations import Comparison, Difference, Progress, remove, serving, switch
from events.store.read_models.turns import Pace
from service.following import Follower
from service.rebuilding import HaltedError, rebuild
from tests.read_models.looking import checkpoint, rows, without_guard
from tests.read_models.world import Place


async def rebuilt(place: Place, *, accept_differences: bool = False, told: list[Progress] | None = None) -> Comparison:
    world = place.world
    follower = Follower(world.database.worker, world.listing, "rebuilder", Pace(events=5, cases=1))
    heard = told if told is not None else []
    return await rebuild(follower, place.id, accept_differences=accept_differences, told=heard.append)


async def a_family(place: Place) -> None:
    siblings = [await place.child(born=f"20{year}-03-15") for year in ("07", "10", "12")]
    await place.plan(*siblings)
    await place.at("2025-01-24")
    await place.tell(siblings, "core_group_meeting_held", "2025-01-24", meeting="CG-1")
    await place.tell(siblings[0], "case_allocated", "2025-01-24", worker={"ref": "W9"})
    await place.follow()


async def test_a_rebuild_gives_the_lists_that_were_followed_and_takes_their_place(
    place: Place, superuser: asyncpg.Connection
) -> None:
    await a_family(place)
    followed = await rows(superuser, place.id)

    comparison = await rebuilt(place)

    assert comparison.same
    assert comparison.position == (await place.world.log.head(place.id)).position
    assert (comparison.after.cases, comparison.after.duties) == (3, len(followed) - 3)
    assert await serving(place.world.database.worker, place.id) == 2


async def test_progress_counts_the_events_read_up_to_the_end(place: Place) -> None:
    await a_family(place)
    told: list[Progress] = []

    await rebuilt(place, told=told)

    head = (await place.world.log.head(place.id)).position
    assert [each.done for each in told] == sorted(each.done for each in told)
    assert (told[-1].done, told[-1].position, told[-1].built) == (head, head, True)


@pytest.mark.parametrize("statement, how", [
    ("update rm.duty set outcome = 'met' where authority = $1 and case_id = $2 and duty = $3", "changed"),
    ("update rm.duty set digest = '\\x00' where authority = $1 and case_id = $2 and duty = $3", "changed"),
    ("delete from rm.duty where authority = $1 and case_id = $2 and duty = $3", "extra"),
])  # fmt: skip
async def test_a_row_that_went_wrong_is_found_and_not_switched_away_unasked(
    place: Place, superuser: asyncpg.Connection, statement: str, how: str
) -> None:
    await a_family(place)
    wrong = await superuser.fetchrow(
        "select case_id, duty from rm.duty where authority = $1 and not shared and outcome = 'live' limit 1", place.id
    )
    await superuser.execute(statement, place.id, wrong["case_id"], wrong["duty"])

    comparison = await rebuilt(place)
    assert comparison.differences == (Difference(wrong["case_id"], wrong["duty"], how),)
    assert await serving(place.world.database.worker, place.id) == 1

    assert not (await rebuilt(place, accept_differences=True)).same
    assert await serving(place.world.database.worker, place.id) == 2
    assert (await rebuilt(place)).same


async def test_a_case_that_should_not_be_on_the_list_is_found(place: Place, superuser: asyncpg.Connection) -> None:
    await a_family(place)
    await superuser.execute(
        "insert into rm.listed_case select authority, generation, gen_random_uuid(), version, 0, stage, category,"
        " flags, team, worker, meetings, sealed, digest from rm.listed_case where authority = $1 limit 1",
        place.id,
    )

    assert [each.how for each in (await rebuilt(place)).differences] == ["missing"]


async def test_lists_go_on_being_followed_and_read_while_they_are_rebuilt(
    place: Place, superuser: asyncpg.Connection
) -> None:
    await a_family(place)
    stop = asyncio.Event()
    following = asyncio.create_task(place.world.follower("follower").run(stop))

    rebuilding = asyncio.create_task(rebuilt(place))
    for cases in range(4, 8):
        await place.child()
        assert len(await place.cases()) in range(3, cases + 1)
    comparison = await rebuilding
    stop.set()
    await following
    await place.follow()

    assert comparison.same
    assert len(await place.cases()) == 7
    assert (await checkpoint(superuser, place.id))["generation"] == 2


async def test_an_event_missing_from_the_log_halts_a_rebuild_and_leaves_what_serves(
    place: Place, superuser: asyncpg.Connection
) -> None:
    await a_family(place)
    await without_guard(
        superuser,
        "delete from es.event where authority = $1 and position = (select max(position) from es.event e"
        " where e.authority = $1)",
        place.id,
    )

    with pytest.raises(HaltedError):
        await rebuilt(place)

    assert await serving(place.world.database.worker, place.id) == 1
    assert len(await place.cases()) == 3


@pytest.mark.parametrize("taken_over", [1, 2])
async def test_nobody_switches_lists_under_a_lease_that_was_taken_over(
    place: Place, superuser: asyncpg.Connection, taken_over: int
) -> None:
    await a_family(place)
    worker = place.world.database.worker
    beside = await begin_beside(worker, place.id)
    await place.world.follower().follow(place.id, beside.generation)
    before, after = [await take(worker, place.id, number, "slow", seconds=0) for number in (1, 2)]
    assert before is not None
    assert after is not None
    assert await take(worker, place.id, taken_over, "next", seconds=30) is not None

    with pytest.raises(LeaseLostError):
        await switch(worker, before, after)

    assert (await checkpoint(superuser, place.id))["status"] == "live"
    assert await serving(worker, place.id) == 1


async def test_what_no_longer_serves_can_be_taken_away_and_what_serves_cannot(
    place: Place, superuser: asyncpg.Connection
) -> None:
    await a_family(place)
    await rebuilt(place)
    worker = place.world.database.worker

    await remove(worker, place.id, 1)
    with pytest.raises(LookupError):
        await remove(worker, place.id, 2)

    left = "select array_agg(distinct generation) from rm.{} where authority = $1"
    for table in ("checkpoint", "listed_case", "duty"):
        assert await superuser.fetchval(left.format(table), place.id) == [2]
