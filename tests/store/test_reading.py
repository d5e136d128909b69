"""Reading: everything once, in order, by index, in bounded pages; and what is missing is an incident."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from deploy.local.databases import Databases
from events.catalogue.envelope import Event
from events.store import read
from events.store.append import append_group
from events.store.errors import GapError, UnavailableError, UnreadableError
from events.store.log import Appended, Head, Log
from tests.store.telling import command, draft, item, opened


async def _tell(log: Log, authority: UUID, case: UUID, count: int) -> list[Event]:
    outcome = await log.append(command(authority, *(draft(case, version) for version in range(1, count + 1))))
    assert isinstance(outcome, Appended)
    return list(outcome.events)


async def test_a_case_is_read_whole_or_between_versions(log: Log, authority: UUID) -> None:
    case = uuid4()
    events = await _tell(log, authority, case, 6)
    assert await log.read_case(authority, case) == events
    assert await log.read_case(authority, case, after_version=2) == events[2:]
    assert await log.read_case(authority, case, upto_version=4) == events[:4]
    assert await log.read_case(authority, case, after_version=2, upto_version=4) == events[2:4]
    assert await log.read_case(authority, case, after_version=6) == []
    assert await log.read_case(authority, uuid4()) == []


async def test_the_log_is_read_on_from_any_position(log: Log, authority: UUID) -> None:
    events = await _tell(log, authority, uuid4(), 3) + await _tell(log, authority, uuid4(), 4)
    assert await log.read_after(authority, 0, 100) == events
    assert await log.read_after(authority, 2, 3) == events[2:5]
    assert await log.read_after(authority, 7, 3) == []


async def test_pages_are_bounded_by_bytes_and_hold_one_event_at_least(
    log: Log, authority: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = await _tell(log, authority, case := uuid4(), 5)
    monkeypatch.setattr(read, "PAGE_BYTES", 1)
    assert await log.read_after(authority, 0, 100) == events[:1]
    assert await log.read_case(authority, case) == events
    monkeypatch.setattr(read, "PAGE_BYTES", 2_000)
    page = await log.read_after(authority, 0, 100)
    assert 1 < len(page) < 5


async def test_a_case_of_many_large_events_is_read_whole(log: Log, authority: UUID) -> None:
    case = uuid4()
    large = item("core_group_meeting_held", decisions=["x" * 10_000] * 20)
    drafts = [draft(case, version, told=large) for version in range(1, 61)]
    assert isinstance(await log.append(command(authority, *drafts)), Appended)
    assert len(await log.read_after(authority, 0, 100)) < 60
    assert [event.version for event in await log.read_case(authority, case)] == list(range(1, 61))


@pytest.fixture
async def holed(log: Log, authority: UUID, superuser: asyncpg.Connection) -> AsyncIterator[tuple[UUID, UUID]]:
    """A case of six events whose third was taken out behind the log's back."""
    case = uuid4()
    await _tell(log, authority, case, 6)
    await superuser.execute("alter table es.event disable trigger all")
    await superuser.execute("delete from es.event where authority = $1 and position = 3", authority)
    yield authority, case
    await superuser.execute("alter table es.event enable always trigger event_only_grows")


async def test_a_missing_event_stops_every_reader_and_is_never_skipped(log: Log, holed: tuple[UUID, UUID]) -> None:
    authority, case = holed
    with pytest.raises(GapError, match="position 3, and 4 is there"):
        await log.read_after(authority, 0, 100)
    with pytest.raises(GapError):
        await log.read_after(authority, 2, 100)
    with pytest.raises(GapError, match="version 3"):
        await log.read_case(authority, case)
    assert len(await log.read_after(authority, 0, 2)) == 2


async def test_an_event_of_a_type_unknown_here_stops_the_reader(
    log: Log, authority: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = await _tell(log, authority, uuid4(), 1)
    narrower = {name: entry for name, entry in log._catalogue.types.items() if name != "child_seen"}
    monkeypatch.setattr(log, "_catalogue", type(log._catalogue)([]))
    log._catalogue.types.update(narrower)
    with pytest.raises(UnreadableError, match="child_seen") as refused:
        await log.read_after(authority, 0, 10)
    assert "Child" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert len(events) == 1


async def test_facts_are_found_with_all_their_copies(log: Log, authority: UUID) -> None:
    fact, case, sibling = uuid4(), uuid4(), uuid4()
    told = [draft(case, 1, fact=fact), draft(sibling, 1, fact=fact, copy=1), draft(case, 2)]
    await log.append(command(authority, *told))
    found = await log.find(authority, [fact, uuid4()])
    assert found.keys() == {fact}
    assert [(copy.case, copy.version, copy.position, copy.type) for copy in found[fact]] == [
        (case, 1, 1, "child_seen"),
        (sibling, 1, 2, "child_seen"),
    ]
    assert [copy.through for copy in found[fact]] == [each.through for each in told[:2]]
    assert found[fact][0].request_digest == told[0].request_digest


async def test_the_head_is_the_last_event_and_its_chain(log: Log, authority: UUID) -> None:
    assert await log.head(authority) == Head(0, None, bytes(32))
    events = await _tell(log, authority, uuid4(), 3)
    first = await log.head(authority)
    assert (first.position, first.recorded_at) == (3, events[-1].recorded_at)
    await _tell(log, authority, uuid4(), 1)
    assert (await log.head(authority)).chain != first.chain


async def test_every_case_is_listed_once(log: Log, authority: UUID) -> None:
    cases = sorted(uuid4() for _ in range(5))
    for case in cases:
        await _tell(log, authority, case, 2)
    assert await log.cases(authority) == cases


async def test_known_at_an_instant_is_the_last_position_recorded_by_then(log: Log, authority: UUID) -> None:
    events = [event for _ in range(9) for event in await _tell(log, authority, uuid4(), 3)]
    moment = timedelta(microseconds=1)
    assert await log.position_at(authority, events[0].recorded_at - moment) == 0
    for event in events:
        assert await log.position_at(authority, event.recorded_at) == event.position
        assert await log.position_at(authority, event.recorded_at - moment) == event.position - 1
    assert await log.position_at(authority, await log.now(authority)) == 27
    assert await log.position_at(uuid4(), events[0].recorded_at) == 0


async def test_a_database_that_is_not_there_is_said_in_plain_words(databases: Databases) -> None:
    async with opened(databases.log_dsn, databases.keys_dsn) as log:
        await log._database.close()
        with pytest.raises(UnavailableError):
            await log.head(uuid4())


@pytest.fixture(scope="module")
async def grown(databases: Databases) -> tuple[UUID, UUID, UUID]:
    """An authority whose log has grown to 4,000 events, among many that are nearly empty: its id, a case and a fact."""
    authority, fact = uuid4(), uuid4()
    cases = [uuid4() for _ in range(40)]
    async with opened(databases.log_dsn, databases.keys_dsn) as log:
        for small in (uuid4() for _ in range(300)):
            await log.create_authority(small, name="Example authority")
            await log.append(command(small, draft(uuid4(), 1)))
        await log.create_authority(authority, name="Example authority")
        for case in cases:
            await log.append(command(authority, *(draft(case, version) for version in range(1, 101))))
        await log.append(command(authority, draft(uuid4(), 1, fact=fact)))
    superuser = await asyncpg.connect(databases.admin_dsn)
    await superuser.execute("analyze es.event, es.block")
    await superuser.close()
    return authority, cases[7], fact


async def test_every_read_goes_by_an_index_and_fetches_no_more_rows_than_it_returns(
    databases: Databases, grown: tuple[UUID, UUID, UUID]
) -> None:
    authority, case, fact = grown
    instant = datetime(2025, 1, 1, tzinfo=UTC)
    asked = [
        (read.READ_AFTER, (100, 50, 8_000_000), 50),
        (read.READ_CASE, (case, 10, 60, 500, 8_000_000), 51),  # and the newest version
        (read.FIND, ([fact, uuid4()],), 1),
        (read.VERSIONS, ([case, uuid4()],), 1),
        (read.HEAD, (), 1),
        (read.CHAIN_AT, (1234,), 1),
        (read.CASES, (), 42),
        (read.POSITION_AT, (instant,), 14),
    ]
    connection = await asyncpg.connect(databases.log_dsn)
    for query, values, rows in asked:
        for _ in range(7):  # the planner changes its mind after five
            scanned, fetched = await _fetched(connection, query, str(authority), *values)
            assert scanned == 0, query
            assert fetched <= rows, query
    await connection.close()


async def test_an_append_costs_the_same_look_ups_however_long_the_log_is(
    databases: Databases, log: Log, grown: tuple[UUID, UUID, UUID]
) -> None:
    authority, case, _ = grown
    sealed = await log._seal(command(authority, draft(case, 101), draft(uuid4(), 1)))
    connection = await asyncpg.connect(databases.log_dsn)
    async with connection.transaction():
        before = await _counters(connection)
        await append_group(connection, authority, [sealed])
        scanned, fetched = (now - then for now, then in zip(await _counters(connection), before, strict=True))
    await connection.close()
    assert scanned == 0
    assert fetched <= 2  # the case's last event and the last block


async def _fetched(connection: asyncpg.Connection, query: str, *values: object) -> tuple[int, int]:
    async with connection.transaction():
        before = await _counters(connection)
        await connection.fetch(query, *values)
        scanned, fetched = (now - then for now, then in zip(await _counters(connection), before, strict=True))
    return scanned, fetched


async def _counters(connection: asyncpg.Connection) -> tuple[int, int]:
    """How many rows of the log this transaction has read by sequential scans, and how many it has fetched by index."""
    row = await connection.fetchrow(
        """
        select
            sum(pg_stat_get_xact_tuples_returned(c) + pg_stat_get_xact_numscans(c))::int as scanned,
            sum(pg_stat_get_xact_tuples_fetched(c))::int as fetched
        from unnest(array['es.event'::regclass, 'es.block'::regclass]) as c
        """
    )
    return row["scanned"], row["fetched"]
