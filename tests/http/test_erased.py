"""What was lawfully erased is gone for every caller, and says so (promise 11)."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from deploy.local.databases import Databases
from tests.http.client import Client, registered
from tests.http.conftest import Sandbox
from tests.http.test_versions import seen
from tests.store.histories import erase


@pytest.fixture
async def superuser(databases: Databases) -> AsyncIterator[asyncpg.Connection]:
    """Records tooling, as far as the database is concerned."""
    connection = await asyncpg.connect(databases.admin_dsn)
    yield connection
    await connection.close()


async def test_an_erased_case_is_410_to_whoever_asks_or_tells(sandbox: Sandbox, superuser: asyncpg.Connection) -> None:
    client = await sandbox()
    opening = registered()
    case = await erased(client, superuser, opening)

    answers = [
        await client.get(f"/v1/cases/{case}"),
        await client.get("/v1/cases/CHILD-A/events"),
        await client.get("/v1/cases/CHILD-A/duties", known_at="2025-03-03"),
        await client.post("/v1/cases/CHILD-A/events", seen("2025-03-03")),
        await client.post("/v1/cases/CHILD-A/events", opening),
        await client.post("/v1/cases/CHILD-A/events", {**opening, "occurred_on": "2025-03-02"}),
    ]

    assert [answer.status_code for answer in answers] == [410] * 6
    assert {answer.json()["type"] for answer in answers} == {"urn:planclock:problem:erased"}


async def test_the_feed_keeps_its_place_without_gap(sandbox: Sandbox, superuser: asyncpg.Connection) -> None:
    client = await sandbox()
    case = await erased(client, superuser, registered())

    events = (await client.get("/v1/events")).json()["events"]

    assert [event["data"]["position"] for event in events] == [1, 2, 3, 4]
    assert [event["data"]["erased"] for event in events if event["subject"] == case] == [True]


async def test_a_sandbox_with_an_erased_case_still_moves_its_clock(
    sandbox: Sandbox, superuser: asyncpg.Connection
) -> None:
    client = await sandbox()
    await erased(client, superuser, registered())

    await client.advance("2025-03-04T09:00:00+00:00")


async def erased(client: Client, superuser: asyncpg.Connection, opening: dict[str, object]) -> str:
    """A case that was opened and erased."""
    case = str((await client.tell("CHILD-A", opening))["case"])
    await erase(superuser, client.authority, case)  # type: ignore[arg-type]  # ids as text will do
    return case
