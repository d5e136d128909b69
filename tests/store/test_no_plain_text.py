"""A child's name, date of birth, a caller's reference and ids stand nowhere in clear (promise 10)."""

import asyncio
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import asyncpg

from deploy.local.databases import Databases
from deploy.local.postgres import Cluster
from events.catalogue.envelope import Recorder
from events.store.log import Log
from tests.store.histories import BORN, NAME, REFERENCE, SOURCE_ID, tell_everything
from tests.store.telling import command, draft, item

SOURCE = "https://source-qx-20466.example"
SUBJECT = "subject-qx-77315"
THIRD_PARTY = "Adult QX 33071"
FREE_TEXT = "Nobody qx-81120 opens the door."

CANARY = "a-type-in-clear"
"""Stands in the files for certain, so that a search that finds nothing has looked."""


async def test_nothing_personal_stands_in_any_table_or_any_file_of_the_cluster(
    databases: Databases, log: Log, authority: UUID, superuser: asyncpg.Connection
) -> None:
    cases = await tell_everything(log, authority)
    told = item("core_group_meeting_held", chair={"name": THIRD_PARTY}, decisions=[FREE_TEXT])
    told = told.model_copy(update={"source": SOURCE, "id": SOURCE_ID})
    fact = await log.fact_id(authority, told.source, told.id)
    told_by = replace(draft(cases["first"], 6, fact=fact, told=told), recorded_by=Recorder(SUBJECT, "social_worker"))
    await log.append(command(authority, told_by))
    assert await log.resolve(authority, REFERENCE) == cases["first"]
    await superuser.execute(f"create table canary as select '{CANARY}'::text as told")
    secrets = [NAME, BORN, REFERENCE, SOURCE, SOURCE_ID, SUBJECT, THIRD_PARTY, FREE_TEXT]

    tables = await superuser.fetch(
        "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('es', 'rm', 'keys')"
    )
    for table in tables:
        rows = await superuser.fetch(f"select t::text as written from {table['name']} as t")  # noqa: S608
        assert not [row for row in rows for secret in secrets if secret in row["written"]], table

    await superuser.execute("checkpoint")
    assert isinstance(databases.server, Cluster)
    found = await asyncio.to_thread(_found_in, databases.server.directory, [*secrets, CANARY])
    assert {CANARY} == found


def _found_in(directory: Path, words: list[str]) -> set[str]:
    """Which words stand in any file of a cluster: tables, indexes, WAL, logs."""
    found = set()
    for file in directory.rglob("*"):
        if file.is_file() and "program" not in file.relative_to(directory).parts:
            content = file.read_bytes()
            found |= {word for word in words if word.encode() in content or word.encode("utf-16-le") in content}
    return found
