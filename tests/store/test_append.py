"""What may become of a command: appended, repeated, stale, or its reference taken; and nothing in between."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import asyncpg
import pytest

from events.catalogue.envelope import Event
from events.store.append import append_group
from events.store.errors import RefusedError, UnknownAuthorityError
from events.store.log import Appended, Command, Log, ReferenceTaken, Repeated, Stale
from tests.store.telling import CATALOGUE, command, draft, item


async def test_a_command_comes_back_as_it_was_told(log: Log, authority: UUID) -> None:
    case, sibling, fact = uuid4(), uuid4(), uuid4()
    told = command(
        authority,
        draft(case, 1, fact=fact, told=item("core_group_meeting_held")),
        draft(sibling, 1, fact=fact, copy=1, told=item("core_group_meeting_held")),
        draft(case, 2, told=item("child_seen", spoken_to=False)),
    )
    appended = await log.append(told)
    assert isinstance(appended, Appended)
    assert [event.position for event in appended.events] == [1, 2, 3]
    assert [event.item for event in appended.events] == [each.item for each in told.drafts]
    assert await log.read_case(authority, case) == [appended.events[0], appended.events[2]]
    assert await log.read_case(authority, sibling) == [appended.events[1]]
    assert await log.read_after(authority, 0, 10) == list(appended.events)


@pytest.mark.parametrize("type_name", CATALOGUE.types)
async def test_every_event_type_comes_back_as_it_was_told(log: Log, authority: UUID, type_name: str) -> None:
    case = uuid4()
    appended = await log.append(command(authority, draft(case, 1, told=item(type_name))))
    assert isinstance(appended, Appended)
    assert await log.read_case(authority, case) == list(appended.events)


async def test_the_same_fact_again_changes_nothing_alone_or_inside_another_command(log: Log, authority: UUID) -> None:
    case, other = uuid4(), uuid4()
    told = draft(case, 1)
    assert isinstance(await log.append(command(authority, told)), Appended)
    assert await log.append(command(authority, told)) == Repeated((told.fact,))
    within = command(authority, draft(other, 1), replace(told, version=2))
    assert await log.append(within) == Repeated((told.fact,))
    assert await log.versions(authority, [case, other]) == {case: 1, other: 0}
    assert (await log.head(authority)).position == 1


async def test_a_repeated_fact_is_recognised_though_its_case_has_moved_on(log: Log, authority: UUID) -> None:
    case = uuid4()
    told = draft(case, 1)
    await log.append(command(authority, told))
    await log.append(command(authority, draft(case, 2)))
    assert await log.append(command(authority, told)) == Repeated((told.fact,))


async def test_a_stale_command_appends_nothing_and_learns_the_versions(log: Log, authority: UUID) -> None:
    case, sibling = uuid4(), uuid4()
    await log.append(command(authority, draft(case, 1), draft(case, 2)))
    assert await log.append(command(authority, draft(sibling, 1), draft(case, 2))) == Stale({sibling: 0, case: 2})
    assert await log.append(command(authority, draft(case, 9))) == Stale({case: 2})
    assert await log.versions(authority, [case, sibling]) == {case: 2, sibling: 0}


async def test_a_command_may_rest_on_a_case_that_it_does_not_write_to(log: Log, authority: UUID) -> None:
    case, other = uuid4(), uuid4()
    told = Command(authority, {case: 0, other: 1}, (draft(case, 1),))
    assert await log.append(told) == Stale({case: 0, other: 0})
    await log.append(command(authority, draft(other, 1)))
    assert isinstance(await log.append(told), Appended)


async def test_commands_of_one_group_succeed_and_fail_each_by_itself(log: Log, authority: UUID) -> None:
    known, moved = uuid4(), uuid4()
    again = draft(known, 1)
    await log.append(command(authority, again, references={"TAKEN": known}))
    await log.append(command(authority, draft(moved, 1)))
    fresh = [command(authority, draft(uuid4(), 1), draft(uuid4(), 1)) for _ in range(3)]
    newcomer = uuid4()
    outcomes = await asyncio.gather(
        log.append(fresh[0]),
        log.append(command(authority, again)),
        log.append(fresh[1]),
        log.append(command(authority, draft(moved, 1))),
        log.append(command(authority, draft(newcomer, 1), references={"TAKEN": newcomer})),
        log.append(fresh[2]),
    )
    assert [type(outcome) for outcome in outcomes] == [Appended, Repeated, Appended, Stale, ReferenceTaken, Appended]
    positions = [event.position for outcome in outcomes if isinstance(outcome, Appended) for event in outcome.events]
    assert sorted(positions) == list(range(3, 9))
    assert [event.position for event in await log.read_after(authority, 0, 100)] == list(range(1, 9))


async def test_one_call_accepts_what_fits_and_nothing_else(
    log: Log, authority: UUID, superuser: asyncpg.Connection
) -> None:
    known, moved, newcomer, named = (uuid4() for _ in range(4))
    again = draft(known, 1)
    await log.append(command(authority, again, references={"TAKEN": known}))
    await log.append(command(authority, draft(moved, 1)))
    group = [
        await log._seal(each)
        for each in (
            command(authority, draft(named, 1), draft(named, 2), references={"NAMED": named}),
            command(authority, replace(again, version=2), draft(uuid4(), 1), references={"REPEATED": known}),
            command(authority, draft(moved, 1), references={"STALE": moved}),
            command(authority, draft(newcomer, 1), references={"NEW": newcomer, "TAKEN": newcomer}),
            command(authority, draft(uuid4(), 1)),
        )
    ]
    written = await append_group(superuser, authority, group)
    assert [each.outcome for each in written] == ["appended", "repeated", "stale", "reference_taken", "appended"]
    assert [each.position for each in written] == [3, None, None, None, 5]
    assert written[2].actual == [1]
    assert (await log.head(authority)).position == 5
    resolved = [await log.resolve(authority, name) for name in ("NAMED", "TAKEN", "REPEATED", "STALE", "NEW")]
    assert resolved == [named, known, None, None, None]


async def test_a_command_whose_answer_was_lost_is_told_that_it_was_appended(log: Log, authority: UUID) -> None:
    told = command(authority, draft(uuid4(), 1), draft(uuid4(), 1))
    sealed = await log._seal(told)
    await log._write(authority, [sealed])
    outcome = await log._repeated(told, sealed)
    assert isinstance(outcome, Appended)
    assert list(outcome.events) == await log.read_after(authority, 0, 10)
    assert isinstance(await log.append(told), Repeated)


async def test_a_cancelled_caller_does_not_undo_its_command(log: Log, authority: UUID) -> None:
    told = command(authority, draft(uuid4(), 1))
    appending = asyncio.create_task(log.append(told))
    while not log._groups._tasks:
        await asyncio.sleep(0)
    appending.cancel()
    await asyncio.wait([appending])
    await log.close()
    assert (await log.find(authority, [told.drafts[0].fact])).keys() == {told.drafts[0].fact}


async def test_versions_that_do_not_follow_are_refused(log: Log, authority: UUID) -> None:
    case = uuid4()
    good = draft(uuid4(), 1)
    wrong = [
        Command(authority, {case: 0}, (draft(case, 2),)),
        Command(authority, {case: 0}, (draft(case, 1), draft(case, 3))),
        Command(authority, {case: 0}, (draft(case, 2), draft(case, 1))),
        Command(authority, {}, (draft(case, 1),)),
        Command(authority, {case: 0}, ()),
    ]
    outcomes = await asyncio.gather(
        *map(log.append, wrong), log.append(command(authority, good)), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [RefusedError] * 5 + [Appended]
    assert await log.versions(authority, [case, good.case]) == {case: 0, good.case: 1}


async def test_one_fact_cannot_be_told_twice_within_a_command(log: Log, authority: UUID) -> None:
    told = draft(uuid4(), 1)
    with pytest.raises(RefusedError):
        await log.append(command(authority, told, replace(told, case=uuid4())))


async def test_an_unknown_authority_is_refused(log: Log) -> None:
    with pytest.raises(UnknownAuthorityError):
        await log.append(command(uuid4(), draft(uuid4(), 1)))


async def test_append_runs_at_read_committed_only(log: Log, authority: UUID, superuser: asyncpg.Connection) -> None:
    sealed = await log._seal(command(authority, draft(uuid4(), 1)))
    for isolation in ("repeatable_read", "serializable"):
        with pytest.raises(asyncpg.InvalidTransactionStateError):
            async with superuser.transaction(isolation=isolation):
                await append_group(superuser, authority, [sealed])


async def test_recorded_at_rises_event_by_event(log: Log, authority: UUID) -> None:
    for _ in range(20):
        await log.append(command(authority, *(draft(uuid4(), 1) for _ in range(5))))
    times = [event.recorded_at for event in await log.read_after(authority, 0, 1000) if isinstance(event, Event)]
    assert len(times) == 100
    assert times == sorted(set(times))
