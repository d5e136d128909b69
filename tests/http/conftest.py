"""A whole API over a real PostgreSQL, spoken to in process, and sandboxes to speak about."""

import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from uuid import uuid4

import httpx2
import pytest
from fastapi import FastAPI

from deploy.local.databases import Databases
from service.app import create_app
from service.identity.roles import Role, Scope
from service.identity.signing import Signer, new_key
from service.settings import Settings
from tests.http.client import Client

ISSUER = "http://127.0.0.1:8080"
AUDIENCE = "planclock-tests"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
"""The real time, as far as tokens are concerned."""


@pytest.fixture(scope="session")
def issuer_key() -> str:
    """The local issuer's private key."""
    return new_key()


@pytest.fixture(scope="session")
def signer(issuer_key: str) -> Signer:
    """Signs tokens that the API believes."""
    return Signer(ISSUER, issuer_key, AUDIENCE, lambda: NOW)


@pytest.fixture(scope="module")
def settings(databases: Databases, issuer_key: str) -> Settings:
    """The settings of this module's API."""
    return Settings.model_validate(
        {
            "database_url": databases.log_dsn,
            "keys_url": databases.keys_dsn,
            "worker_url": databases.worker_dsn,
            "master_key": base64.b64encode(bytes(range(32))).decode(),
            "issuer": ISSUER,
            "audience": AUDIENCE,
            "local_issuer_key": issuer_key,
        }
    )


@pytest.fixture(scope="module")
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The API, started."""
    app = create_app(settings, clock=lambda: NOW)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture(scope="module")
async def http(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the API that holds no token."""
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://planclock.test") as client:
        yield client


@pytest.fixture(scope="module")
def founder(http: httpx2.AsyncClient, signer: Signer) -> Client:
    """Somebody who may make sandboxes."""
    return Client(http, signer.sign(uuid4(), "founder", [Role.INTEGRATION_CLIENT], [Scope.CREATE_SANDBOXES]))


Sandbox = Callable[..., Awaitable[Client]]


@pytest.fixture
def sandbox(http: httpx2.AsyncClient, founder: Client) -> Sandbox:
    """Makes a sandbox, under Staffordshire's procedure unless told another; answers with a client of its token."""

    async def make(
        now: str = "2025-03-03T09:00:00+00:00", join: str | None = None, policy: str = "staffordshire"
    ) -> Client:
        asked = {"policy": policy, "now": now, **({"join": join} if join else {})}
        answer = await founder.post("/v1/sandbox", asked)
        assert answer.status_code == 201, answer.text
        return Client(http, answer.json()["token"], answer.json()["authority"])

    return make
