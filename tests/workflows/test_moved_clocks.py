"""A sandbox's clock moved over two years: what is due is said by the same workflow and activity as in real time."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from temporalio.client import Client as Temporal

from deploy.local.databases import Databases
from service.app import create_app
from service.identity.roles import Role, Scope
from service.identity.signing import Signer, new_key
from service.settings import Settings
from tests.http.client import Client, item, registered
from tests.read_models.world import World
from tests.workflows.running import eventually, timers
from tests.workflows.server import Server
from workflows import prompting, watching

pytestmark = pytest.mark.xdist_group("temporal")

ISSUER = "http://127.0.0.1:8080"
BEGIN, END = "2025-03-03T09:00:00+00:00", "2027-02-28T09:00:00+00:00"
LONG = 120.0
"""Seconds that timers and Temporal have to answer on a busy machine before a call does the work itself."""


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that what these tests find out is who says what is due, and not how fast the machine is."""
    monkeypatch.setattr(prompting, "PATIENCE", LONG)
    monkeypatch.setattr(watching, "PATIENCE", timedelta(seconds=LONG))


@pytest.fixture
async def http(
    databases: Databases, temporal: Server, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[httpx2.AsyncClient, Client]]:
    """An API that knows of Temporal, and somebody who may make sandboxes there."""
    monkeypatch.setenv("TEMPORAL_ADDRESS", temporal.server.address)
    async with api(databases, temporal.server.address) as served:
        yield served


@asynccontextmanager
async def api(databases: Databases, temporal: str | None) -> AsyncIterator[tuple[httpx2.AsyncClient, Client]]:
    """An API, and somebody who may make sandboxes there."""
    key = new_key()
    settings = Settings.model_validate(
        {
            "database_url": databases.log_dsn,
            "keys_url": databases.keys_dsn,
            "worker_url": databases.worker_dsn,
            "master_key": base64.b64encode(bytes(range(32))).decode(),
            "issuer": ISSUER,
            "local_issuer_key": key,
            "temporal_address": temporal,
        }
    )
    app = create_app(settings)
    signer = Signer(ISSUER, key, settings.audience, lambda: datetime.now(UTC))
    token = signer.sign(uuid4(), "founder", [Role.INTEGRATION_CLIENT], [Scope.CREATE_SANDBOXES])
    transport = httpx2.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://planclock.test", timeout=120) as client,
    ):
        yield client, Client(client, token)


async def lived_through(http: httpx2.AsyncClient, founder: Client) -> tuple[set[str], list[dict[str, Any]]]:
    """Two years of a plan on which nobody does anything: by whom it was assessed, and the announcements."""
    made = (await founder.post("/v1/sandbox", {"policy": "staffordshire", "now": BEGIN})).json()
    client = Client(http, made["token"], made["authority"])
    await client.tell(
        "CHILD-1",
        registered(),
        item("initial_conference_requested", BEGIN, requested_by="csc"),
        item("initial_conference_scheduled", "2025-03-03", "ICPC-1", date="2025-03-10", kind="initial"),
    )
    lead = {"person": {"name": "Worker 1"}, "qualified_sw": True}
    decided = {"decision": "subject", "category": "neglect", "test_limb": "likely_past", "lead_professional": lead}
    moved = [await client.advance("2025-03-10T17:00:00+00:00")]
    await client.tell(
        "CHILD-1",
        item("initial_conference_held", "2025-03-10", "ICPC-1", kind="initial"),
        item("child_decision_made", "2025-03-10", "ICPC-1", basis="here", **decided),
    )
    moved.append(await client.advance(END))
    history = (await client.get("/v1/cases/CHILD-1/events", limit=500)).json()["events"]
    return {each["assessed_by"] for each in moved}, [each for each in history if each["type"] == "duty_announced"]


async def test_a_moved_clock_waits_until_the_timers_have_carried_a_step_to_the_other_side(
    world: World, client: Temporal, http: tuple[httpx2.AsyncClient, Client]
) -> None:
    asked, founder = http
    made = (await founder.post("/v1/sandbox", {"policy": "staffordshire", "now": BEGIN})).json()
    joined = {"policy": "staffordshire", "now": BEGIN, "join": made["token"]}
    there = (await founder.post("/v1/sandbox", joined)).json()
    origin, receiver = (Client(asked, each["token"], each["authority"]) for each in (made, there))
    async with timers(world, client):
        await eventually(lambda: running(asked))
        request = item("receiving_in_conference_requested", "2025-03-03", to_authority=there["code"], permanent=True)
        await origin.tell("CHILD-1", registered(), request)
        moved = await origin.advance("2025-03-03T10:00:00+00:00")
        events = (await receiver.get("/v1/events")).json()["events"]

    assert moved["assessed_by"] == "timers"
    assert [event["type"] for event in events].count("receiving_in_conference_requested") == 1


def outline(announced: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """What was said and when, to the second."""
    return sorted((each["recorded_at"][:19], each["data"]["rule"], each["data"]["said"]) for each in announced)


async def running(http: httpx2.AsyncClient) -> bool:
    """Whether the API says that timers run; it remembers its answer for a few seconds."""
    answered: bool = (await http.get("/readyz")).json()["timers"]["running"]
    return answered


async def test_two_years_are_announced_in_order_by_the_timers_as_they_are_without(
    world: World, databases: Databases, client: Temporal, http: tuple[httpx2.AsyncClient, Client]
) -> None:
    async with api(databases, None) as without:
        by_itself, alone = await lived_through(*without)
    async with timers(world, client):
        asked, founder = http
        await eventually(lambda: running(asked))
        by_timers, announced = await lived_through(asked, founder)

    assert by_itself == {"this call, because no timers run"}
    assert by_timers == {"timers"}
    assert len(announced) > 10
    recorded = [datetime.fromisoformat(each["recorded_at"]) for each in announced]
    assert recorded == sorted(recorded)
    assert outline(announced) == outline(alone)
