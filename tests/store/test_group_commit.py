"""Group commit by itself: what goes together, what must wait, and what becomes of callers when something fails."""

import asyncio
from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest

from events.store.append import Row, SealedCommand, Written
from events.store.errors import UnavailableError
from events.store.group_commit import GroupCommit

AUTHORITY = uuid4()


class Writer:
    """Stands where the database does: notes each group, and writes only when it is let."""

    def __init__(self) -> None:
        self.groups: list[list[SealedCommand]] = []
        self.let = asyncio.Event()
        self.at_fault: set[int] = set()
        self.error: Exception = ValueError("a command is at fault")

    async def __call__(self, _authority: UUID, group: Sequence[SealedCommand]) -> list[Written]:
        self.groups.append(list(group))
        await asyncio.sleep(0)  # as any call over a network, it does not return at once
        await self.let.wait()
        if self.at_fault & set(map(id, group)):
            raise self.error
        return [Written("appended", ()) for _ in group]

    @property
    def sizes(self) -> list[int]:
        return [len(group) for group in self.groups]


def sealed(
    case: UUID | None = None, *, fact: UUID | None = None, reference: bytes = b"", size: int = 100
) -> SealedCommand:
    case = case or uuid4()
    row = Row(case, 1, fact or uuid4(), 0, "child_seen", "fact", 1, b"", bytes(32), bytes(size), None)
    return SealedCommand([(case, 0)], [row], [(reference, case)] if reference else [], size)


async def _settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_what_waits_while_the_flushers_are_busy_goes_together() -> None:
    writer = Writer()
    commit = GroupCommit(writer)
    first = [asyncio.create_task(commit.append(AUTHORITY, sealed()))]
    await _settled()
    second = [asyncio.create_task(commit.append(AUTHORITY, sealed()))]
    await _settled()
    rest = [asyncio.create_task(commit.append(AUTHORITY, sealed())) for _ in range(20)]
    await _settled()
    assert writer.sizes == [1, 1]
    writer.let.set()
    await asyncio.gather(*first, *second, *rest)
    assert writer.sizes == [1, 1, 20]


async def test_many_that_wait_are_shared_between_the_two_flushers() -> None:
    writer = Writer()
    writer.let.set()
    commit = GroupCommit(writer)
    await asyncio.gather(*(commit.append(AUTHORITY, sealed()) for _ in range(100)))
    assert writer.sizes == [50, 50]


async def test_a_group_is_bounded_by_commands_and_by_bytes() -> None:
    writer = Writer()
    writer.let.set()
    commit = GroupCommit(writer, flushers=1, most=8, most_bytes=1000)
    await asyncio.gather(*(commit.append(AUTHORITY, sealed(size=100)) for _ in range(10)))
    await asyncio.gather(*(commit.append(AUTHORITY, sealed(size=400)) for _ in range(4)))
    await commit.append(AUTHORITY, sealed(size=5000))
    assert writer.sizes == [8, 2, 2, 2, 1]


@pytest.mark.parametrize("shared", ["case", "fact", "reference"])
async def test_commands_that_share_a_case_a_fact_or_a_reference_never_share_a_group(shared: str) -> None:
    writer = Writer()
    writer.let.set()
    commit = GroupCommit(writer, flushers=1)
    same = uuid4()
    makers = {
        "case": lambda: sealed(same),
        "fact": lambda: sealed(fact=same),
        "reference": lambda: sealed(reference=same.bytes),
    }
    commands = [makers[shared](), sealed(), makers[shared](), sealed(), makers[shared]()]
    await asyncio.gather(*(commit.append(AUTHORITY, command) for command in commands))
    assert writer.groups == [[commands[0], commands[1], commands[3]], [commands[2]], [commands[4]]]


async def test_whoever_must_wait_keeps_its_place_before_those_who_came_later() -> None:
    writer = Writer()
    writer.let.set()
    commit = GroupCommit(writer, flushers=1)
    one, other = uuid4(), uuid4()
    both = SealedCommand([(one, 0), (other, 0)], sealed(one).rows, [], 100)
    commands = [sealed(one), both, sealed(other)]
    await asyncio.gather(*(commit.append(AUTHORITY, command) for command in commands))
    assert writer.groups == [[commands[0]], [both], [commands[2]]]


async def test_authorities_do_not_wait_for_one_another() -> None:
    writer = Writer()
    commit = GroupCommit(writer)
    waiting = [asyncio.create_task(commit.append(uuid4(), sealed())) for _ in range(7)]
    await _settled()
    assert writer.sizes == [1] * 7
    writer.let.set()
    await asyncio.gather(*waiting)


async def test_after_an_error_each_command_is_tried_singly_and_only_the_one_at_fault_hears_of_it() -> None:
    writer = Writer()
    writer.let.set()
    commit = GroupCommit(writer, flushers=1)
    commands = [sealed() for _ in range(4)]
    writer.at_fault = {id(commands[2])}
    outcomes = await asyncio.gather(
        *(commit.append(AUTHORITY, command) for command in commands), return_exceptions=True
    )
    assert writer.sizes == [4, 1, 1, 1, 1]
    assert [isinstance(outcome, Written) for outcome in outcomes] == [True, True, False, True]
    assert isinstance(outcomes[2], ValueError)


async def test_when_nobody_is_there_all_hear_of_it_at_once() -> None:
    writer = Writer()
    writer.let.set()
    writer.error = UnavailableError()
    commit = GroupCommit(writer, flushers=1)
    commands = [sealed() for _ in range(9)]
    writer.at_fault = set(map(id, commands))
    outcomes = await asyncio.gather(
        *(commit.append(AUTHORITY, command) for command in commands), return_exceptions=True
    )
    assert writer.sizes == [9, 1]
    assert all(isinstance(outcome, UnavailableError) for outcome in outcomes)


async def test_a_cancelled_caller_cancels_neither_its_own_commit_nor_anybody_elses() -> None:
    writer = Writer()
    commit = GroupCommit(writer, flushers=1)
    one, other = (asyncio.create_task(commit.append(AUTHORITY, sealed())) for _ in range(2))
    await _settled()
    one.cancel()
    await _settled()
    assert one.cancelled()
    closing = asyncio.create_task(commit.close())
    await _settled()
    assert not closing.done()
    writer.let.set()
    assert (await other).outcome == "appended"
    await closing
    assert writer.sizes == [2]


async def test_an_error_that_nobody_waits_for_any_more_is_dropped() -> None:
    writer = Writer()
    commit = GroupCommit(writer)
    command = sealed()
    writer.at_fault = {id(command)}
    cancelled = asyncio.create_task(commit.append(AUTHORITY, command))
    await _settled()
    cancelled.cancel()
    writer.let.set()
    await commit.close()
    assert cancelled.cancelled()
