"""A draft tried over HTTP where workers are there: they do it, and whoever asked holds it up and lets it go on."""

import base64
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from deploy.local.databases import Databases
from service.app import create_app
from service.identity.roles import Role
from service.identity.signing import Signer, new_key
from service.settings import Settings
from tests.bench.open_plans import on_plans
from tests.http.client import Client
from tests.read_models.world import Place
from tests.workflows.batches_alone import alone
from tests.workflows.running import eventually
from tests.workflows.server import Server
from workflows.batching import Batcher

pytestmark = [pytest.mark.xdist_group("temporal"), pytest.mark.timeout(400)]

ISSUER, MANY = "http://127.0.0.1:8080", 600


@pytest.fixture
async def officer(
    real: Place, databases: Databases, temporal: Server, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Client]:
    """A head of service, at an authority with many children on plans."""
    monkeypatch.setenv("TEMPORAL_ADDRESS", temporal.server.address)
    await on_plans(real, MANY)
    key = new_key()
    settings = Settings.model_validate(
        {
            "database_url": databases.log_dsn,
            "keys_url": databases.keys_dsn,
            "master_key": base64.b64encode(bytes(range(32))).decode(),
            "issuer": ISSUER,
            "local_issuer_key": key,
            "temporal_address": temporal.server.address,
        }
    )
    app = create_app(settings)
    token = Signer(ISSUER, key, settings.audience, lambda: datetime.now(UTC)).sign(
        real.id, "officer", [Role.HEAD_OF_SERVICE]
    )
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://planclock.test", timeout=60) as http,
    ):
        yield Client(http, token)


async def test_the_workers_do_it_and_it_is_held_up_and_goes_on(
    officer: Client, databases: Databases, temporal: Server
) -> None:
    client = await temporal.client()
    alone_it_may_not = await officer.post("/v1/policies/simulations", {"policy": "stockport"})
    assert (alone_it_may_not.status_code, "No worker is there" in alone_it_may_not.text) == (503, True)
    assert (await officer.get("/v1/batches")).json() == {"batches": []}

    async with alone(databases, temporal):
        await eventually(Batcher(client).ready)
        asked = await officer.post("/v1/policies/simulations", {"policy": "stockport"})
        assert (asked.status_code, asked.json()["changes"]) == (202, None), asked.text
        batch = asked.headers["location"]
        assert (await officer.post(f"{batch}/pause", None)).status_code == 202
        paused = await eventually(lambda: reached(officer, batch, "paused"))
        assert paused["done"] < MANY
        assert (await officer.post(f"{batch}/resume", None)).status_code == 202
        done = await eventually(lambda: reached(officer, batch, "done"), patience=180)
        (first, *_) = (await officer.get(f"{batch}/cases", limit=1)).json()["cases"]

    assert (done["done"], done["failed"]) == (MANY, 0)
    assert first["outcome"] == "changed"
    assert any(each["rule"].startswith("STK-") for each in first["changes"])


async def reached(officer: Client, batch: str, wanted: str) -> dict[str, Any] | None:
    shown: dict[str, Any] = (await officer.get(batch)).json()
    return shown if shown["state"] == wanted else None
