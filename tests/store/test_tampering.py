"""Whatever byte of the log is changed behind its back, both verifiers find it (promise 6)."""

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from deploy.local.databases import Databases
from deploy.local.state import CLONE
from deploy.verify import verify as stand_alone
from events.store.evidence import Finding
from events.store.key_service import LocalKeyService
from events.store.keys import Keys
from events.store.log import Log
from events.store.verify import verify
from tests.store.histories import erase, tell_everything
from tests.store.telling import MASTER_KEY, opened

TABLES = {"event": "position", "block": "last_position", "reference": "reference_hash", "erasure": "position"}

EVERY_ROW = "select *, ctid from es.{table} where authority = $1 order by {key}"
CHANGE = "update es.{table} set {column} = $2 where ctid = $1"
TAKE_OUT = "delete from es.{table} where ctid = $1"

MOVES_THE_ROW = {*((table, "authority") for table in TABLES), ("block", "last_position"), ("erasure", "position")}
"""After such a change the row stands elsewhere: that it is missing is found, but not by its own name."""


@dataclass(frozen=True)
class Told:
    authority: UUID
    keys: Keys
    cases: dict[str, UUID]


@pytest.fixture(scope="module")
async def told(databases: Databases) -> AsyncIterator[Told]:
    """A log with one of everything, one case and one case's third parties erased."""
    authority = uuid4()
    async with opened(databases.log_dsn, databases.keys_dsn) as log:
        await log.create_authority(authority, name="Example authority")
        cases = await tell_everything(log, authority)
    superuser = await asyncpg.connect(databases.admin_dsn)
    assert await erase(superuser, authority, cases["erased"]) == 3
    assert await erase(superuser, authority, cases["redacted"], "third_parties") == 1
    await superuser.close()
    keys = await Keys.connect(databases.keys_dsn, LocalKeyService(MASTER_KEY))
    yield Told(authority, keys, cases)
    await keys.close()


@pytest.fixture
async def behind(superuser: asyncpg.Connection) -> AsyncIterator[asyncpg.Connection]:
    """A superuser who has switched off every guard, and whose changes are undone at the end."""
    transaction = superuser.transaction(isolation="repeatable_read")
    await transaction.start()
    for table in TABLES:
        await superuser.execute(f"alter table es.{table} disable trigger all")
    await superuser.execute("alter table es.erasure drop constraint erasure_part_check")
    yield superuser
    await transaction.rollback()


async def _findings(behind: asyncpg.Connection, told: Told, *, keys: bool = True) -> list[Finding]:
    report = await verify(behind, told.authority, keys=told.keys if keys else None)
    return report.findings


async def _stand_alone(behind: asyncpg.Connection, told: Told) -> list[dict[str, object]]:
    return (await stand_alone.verify(behind, told.authority)).findings


async def test_a_log_with_lawful_erasures_is_sound(behind: asyncpg.Connection, told: Told) -> None:
    report = await verify(behind, told.authority, keys=told.keys)
    assert report.findings == []
    assert (report.events, report.erased) == (11, 2)
    assert await _findings(behind, told, keys=False) == []
    assert await _stand_alone(behind, told) == []


async def test_each_changed_column_of_each_row_is_found_by_both_verifiers_and_named(
    behind: asyncpg.Connection, told: Told
) -> None:
    unnamed = []
    changes = 0
    for table, key in TABLES.items():
        for row in await behind.fetch(EVERY_ROW.format(table=table, key=key), told.authority):
            for column, value in row.items():
                if value is None or column == "ctid":
                    continue
                changes += 1
                undo = behind.transaction()
                await undo.start()
                await _change(behind, table, row, column)
                findings = await _findings(behind, told)
                without_keys = await _findings(behind, told, keys=False)
                alone = await _stand_alone(behind, told)
                await undo.rollback()
                assert findings, (table, column, row)
                assert without_keys, (table, column, row)
                assert alone, (table, column, row)
                where = _where(table, row)
                named = any(finding.position == where and column in finding.fields for finding in findings)
                if not named and (table, column) not in MOVES_THE_ROW:
                    unnamed.append((table, column, where, findings))
    assert changes > 200
    assert unnamed == []


async def test_a_changed_column_of_an_event_is_told_from_all_others(behind: asyncpg.Connection, told: Told) -> None:
    row = await behind.fetchrow(
        "select *, ctid from es.event where authority = $1 and third_parties is not null order by position",
        told.authority,
    )
    for column in set(dict(row)) - {"authority", "position", "case_id", "ctid"}:
        undo = behind.transaction()
        await undo.start()
        await _change(behind, "event", row, column)
        findings = await _findings(behind, told)
        await undo.rollback()
        assert {finding.fields for finding in findings if finding.position == row["position"]} == {(column,)}


@pytest.mark.parametrize("table", TABLES)
async def test_each_row_taken_out_is_found_by_both_verifiers(
    behind: asyncpg.Connection, told: Told, table: str
) -> None:
    key = TABLES[table]
    rows = await behind.fetch(EVERY_ROW.format(table=table, key=key), told.authority)
    assert rows
    for row in rows:
        undo = behind.transaction()
        await undo.start()
        await behind.execute(TAKE_OUT.format(table=table), row["ctid"])
        findings, alone = await _findings(behind, told), await _stand_alone(behind, told)
        await undo.rollback()
        assert findings, row
        assert alone, row


async def test_two_events_that_changed_places_are_found(behind: asyncpg.Connection, told: Told) -> None:
    swap = "update es.event set position = $3 where authority = $1 and position = $2"
    for position, to in ((3, 1000), (4, 3), (1000, 4)):
        await behind.execute(swap, told.authority, position, to)
    assert await _findings(behind, told)
    assert await _stand_alone(behind, told)


async def test_content_moved_to_another_event_with_its_leaf_made_anew_is_found(
    behind: asyncpg.Connection, told: Told
) -> None:
    row = await behind.fetchrow("select * from es.event where authority = $1 and position = 3", told.authority)
    forged = {**dict(row), "type": "visit_missed"}
    leaf = stand_alone.leaf_of(forged, {})
    await behind.execute(
        "update es.event set type = $3, leaf = $4 where authority = $1 and position = $2",
        *(told.authority, 3, forged["type"], leaf),
    )
    assert (3, ("type",)) in {(finding.position, finding.fields) for finding in await _findings(behind, told)}
    assert await _stand_alone(behind, told)


async def test_a_version_that_does_not_follow_is_found_though_all_hashes_were_made_anew(
    behind: asyncpg.Connection, told: Told
) -> None:
    await behind.execute("update es.event set version = 7 where authority = $1 and position = 11", told.authority)
    await _write_last_block_anew(behind, told.authority)
    findings = await _findings(behind, told, keys=False)
    assert [(finding.position, finding.fields) for finding in findings] == [(11, ("version", "case_id"))]
    assert [finding["position"] for finding in await _stand_alone(behind, told)] == [11]


async def test_a_missing_position_is_found_though_all_hashes_were_made_anew(
    behind: asyncpg.Connection, told: Told
) -> None:
    await behind.execute("delete from es.event where authority = $1 and position = 10", told.authority)
    await _write_last_block_anew(behind, told.authority)
    findings = await _findings(behind, told, keys=False)
    assert [(finding.position, finding.fields) for finding in findings] == [(10, ("position",))]
    assert [finding["position"] for finding in await _stand_alone(behind, told)] == [10]


async def test_only_the_keys_tell_a_log_that_was_written_anew_from_there_to_its_end(
    behind: asyncpg.Connection, told: Told
) -> None:
    await behind.execute(
        "update es.event set type = 'visit_missed' where authority = $1 and position = 11", told.authority
    )
    await _write_last_block_anew(behind, told.authority)
    assert await _stand_alone(behind, told) == []
    assert (11, ("type",)) in {(finding.position, finding.fields) for finding in await _findings(behind, told)}


async def test_a_log_cut_off_at_its_end_is_found_by_the_head_noted_earlier(
    behind: asyncpg.Connection, told: Told
) -> None:
    noted = (await verify(behind, told.authority)).head
    await behind.execute("delete from es.event where authority = $1 and position > 9", told.authority)
    await behind.execute("delete from es.block where authority = $1 and last_position > 9", told.authority)
    await behind.execute("delete from es.reference where authority = $1 and block > 9", told.authority)
    assert await _findings(behind, told) == []
    assert (await verify(behind, told.authority, known=noted)).findings
    assert (await stand_alone.verify(behind, told.authority, (noted.position, noted.chain))).findings


async def test_the_stand_alone_verifier_runs_by_itself(databases: Databases, told: Told, log: Log) -> None:
    head = await log.head(told.authority)
    noted = f"{head.position}:{head.chain.hex()}"
    assert await _run(databases.worker_dsn) == 0
    assert await _run(databases.worker_dsn, "--authority", str(told.authority), "--head", noted) == 0
    assert await _run(databases.worker_dsn, "--authority", str(told.authority), "--head", f"1:{'00' * 32}") == 1
    assert await _run(databases.worker_dsn, "--authority", str(uuid4())) == 1
    assert await _run("postgresql:///nowhere?host=/nowhere") == 2


async def _run(*arguments: str) -> int:
    verifier = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-I", str(CLONE / "deploy" / "verify" / "verify.py"), *arguments),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    return await verifier.wait()


def _where(table: str, row: asyncpg.Record) -> int:
    where: int = row[{"reference": "block", "block": "last_position"}.get(table, "position")]
    return where


async def _change(behind: asyncpg.Connection, table: str, row: asyncpg.Record, column: str) -> None:
    await behind.execute(CHANGE.format(table=table, column=column), row["ctid"], _otherwise(column, row[column]))


def _otherwise(column: str, value: object) -> object:
    """Another value of the same kind."""
    match value:
        case UUID():
            return uuid4()
        case bytes():
            middle = len(value) // 2
            return value[:middle] + bytes([value[middle] ^ 1]) + value[middle + 1 :]
        case int():
            return value + 1000
        case str():
            return {"type": "visit_missed", "kind": "decision", "part": "another"}[column]
        case _:
            assert hasattr(value, "tzinfo")
            return value + timedelta(microseconds=1)  # type: ignore[operator]


async def _write_last_block_anew(behind: asyncpg.Connection, authority: UUID) -> None:
    """What somebody does who knows how the hashes are made, and has no key."""
    block = await behind.fetchrow(
        "select * from es.block where authority = $1 order by last_position desc limit 1", authority
    )
    before = await behind.fetchval(
        "select chain from es.block where authority = $1 and last_position = $2",
        *(authority, block["first_position"] - 1),
    )
    events = await behind.fetch(
        "select * from es.event where authority = $1 and position >= $2 order by position",
        *(authority, block["first_position"]),
    )
    references = await behind.fetch(
        "select * from es.reference where authority = $1 and block = $2", authority, block["last_position"]
    )
    leaves = [stand_alone.leaf_of(event, {}) for event in events]
    for event, leaf in zip(events, leaves, strict=True):
        await behind.execute(
            "update es.event set leaf = $3 where authority = $1 and position = $2", authority, event["position"], leaf
        )
    forged = {**dict(block), "root": stand_alone.root_of(authority, leaves, references)}
    await behind.execute(
        "update es.block set root = $3, chain = $4 where authority = $1 and last_position = $2",
        *(authority, block["last_position"], forged["root"], stand_alone.chain_of(authority, before, forged)),
    )
