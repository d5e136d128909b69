"""Callers' references: each means one case for ever, and stands nowhere in clear."""

import asyncio
from uuid import UUID, uuid4

from deploy.local.databases import Databases
from events.store.log import Appended, Log, ReferenceTaken
from tests.store.telling import command, draft, opened


async def test_a_case_is_found_by_its_id_and_by_its_references(log: Log, authority: UUID) -> None:
    case = uuid4()
    await log.append(command(authority, draft(case, 1), references={"REF-1": case, "REF-2": case}))
    for key in (str(case), case.hex, "REF-1", "REF-2"):
        assert await log.resolve(authority, key) == case
    assert await log.resolve(authority, "REF-3") is None
    assert await log.resolve(authority, str(uuid4())) is None


async def test_a_reference_means_nothing_at_another_authority(log: Log, authority: UUID) -> None:
    other, case = uuid4(), uuid4()
    await log.create_authority(other, name="Another authority")
    await log.append(command(authority, draft(case, 1), references={"REF-1": case}))
    assert await log.resolve(other, "REF-1") is None
    assert await log.resolve(other, str(case)) is None


async def test_a_reference_that_means_another_case_refuses_the_whole_command(log: Log, authority: UUID) -> None:
    case, other = uuid4(), uuid4()
    await log.append(command(authority, draft(case, 1), references={"REF-1": case}))
    taken = command(authority, draft(other, 1), references={"REF-2": other, "REF-1": other})
    assert await log.append(taken) == ReferenceTaken("REF-1")
    assert await log.versions(authority, [other]) == {other: 0}
    assert await log.resolve(authority, "REF-2") is None


async def test_a_reference_told_again_for_its_own_case_is_no_error(log: Log, authority: UUID) -> None:
    case = uuid4()
    await log.append(command(authority, draft(case, 1), references={"REF-1": case}))
    again = await log.append(command(authority, draft(case, 2), references={"REF-1": case, "REF-2": case}))
    assert isinstance(again, Appended)
    assert await log.resolve(authority, "REF-1") == await log.resolve(authority, "REF-2") == case


async def test_of_those_who_race_for_a_reference_one_gets_it(databases: Databases, log: Log, authority: UUID) -> None:
    async with opened(databases.log_dsn, databases.keys_dsn) as other:
        commands = [command(authority, draft(case, 1), references={"REF-1": case}) for case in map(_new, range(40))]
        outcomes = await asyncio.gather(
            *((log, other)[number % 2].append(each) for number, each in enumerate(commands))
        )
    winners = [outcome for outcome in outcomes if isinstance(outcome, Appended)]
    assert len(winners) == 1
    assert outcomes.count(ReferenceTaken("REF-1")) == 39
    assert await log.resolve(authority, "REF-1") == winners[0].events[0].case
    assert (await log.head(authority)).position == 1


async def test_the_same_item_is_the_same_fact_at_one_authority_only(log: Log, authority: UUID) -> None:
    other = uuid4()
    fact = await log.fact_id(authority, "https://case-system.example", "1")
    assert fact == await log.fact_id(authority, "https://case-system.example", "1")
    others = {
        await log.fact_id(other, "https://case-system.example", "1"),
        await log.fact_id(authority, "https://case-system.example", "2"),
        await log.fact_id(authority, "https://case-system.example1", ""),
        await log.fact_id(authority, "https://case-system.exampl", "e1"),
    }
    assert fact not in others
    assert len(others) == 4


def _new(_: int) -> UUID:
    return uuid4()
