"""Bearer tokens: who is believed, for what, and for how long."""

import base64
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import JWKRegistry, OctKey

from service.app import SANDBOX_ISSUER, create_app
from service.identity.keys import AT_MOST_EVERY, KEPT, KeysInHand, PublishedKeys
from service.identity.refused import KeysUnavailable, NotIdentified
from service.identity.roles import Role
from service.identity.signing import Signer, new_key
from service.identity.tokens import Issuer, Tokens
from service.settings import Settings
from tests.http.client import Client
from tests.http.conftest import AUDIENCE, ISSUER, NOW, Sandbox

Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def claims() -> dict[str, Any]:
    """What a good token claims."""
    return {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "worker-1",
        "authority": str(uuid4()),
        "roles": ["social_worker"],
        "exp": int(NOW.timestamp()) + 60,
    }


CHANGES: dict[str, Change] = {
    "expired": lambda claims: claims.update(exp=int(NOW.timestamp()) - 60),
    "without an end": lambda claims: claims.pop("exp"),
    "not valid yet": lambda claims: claims.update(nbf=int(NOW.timestamp()) + 600),
    "from another issuer": lambda claims: claims.update(iss="https://elsewhere.example"),
    "without an issuer": lambda claims: claims.pop("iss"),
    "for another service": lambda claims: claims.update(aud="another-service"),
    "for nobody": lambda claims: claims.pop("aud"),
    "without a subject": lambda claims: claims.pop("sub"),
    "with a subject nobody can read": lambda claims: claims.update(sub="a\x1b[0m"),
    "with a subject too long": lambda claims: claims.update(sub="x" * 201),
    "without an authority": lambda claims: claims.pop("authority"),
    "with an authority that is no id": lambda claims: claims.update(authority="staffordshire"),
    "without roles": lambda claims: claims.pop("roles"),
    "with roles nobody knows": lambda claims: claims.update(roles=["wizard", 7]),
    "with roles that are no list": lambda claims: claims.update(roles="social_worker"),
}


@pytest.mark.parametrize("change", CHANGES, ids=str)
async def test_a_token_is_not_believed(
    http: httpx2.AsyncClient, issuer_key: str, claims: dict[str, Any], change: str
) -> None:
    CHANGES[change](claims)

    answer = await Client(http, signed(issuer_key, claims)).get("/v1/event-types")

    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:planclock:problem:not-identified"
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_good_token_is_believed(sandbox: Sandbox, issuer_key: str, claims: dict[str, Any]) -> None:
    client = await sandbox()
    token = signed(issuer_key, {**claims, "authority": client.authority})

    assert (await Client(client.http, token).get("/v1/event-types")).status_code == 200


async def test_a_forged_token_is_not_believed(
    http: httpx2.AsyncClient, issuer_key: str, claims: dict[str, Any]
) -> None:
    good = signed(issuer_key, claims)
    header, payload, signature = good.split(".")
    public = json.dumps(JWKRegistry.import_key(json.loads(issuer_key)).as_dict(private=False))
    forged = {
        "by another key": signed(new_key(), claims),
        "with another payload": f"{header}.{encoded({**claims, 'roles': ['head_of_service']})}.{signature}",
        "with no signature": f"{header}.{payload}.",
        "with no algorithm": f"{encoded({'alg': 'none'})}.{payload}.",
        "with the public key as a secret": jwt.encode(
            {"alg": "HS256"}, claims, OctKey.import_key(public * 2), algorithms=["HS256"]
        ),
        "cut off": good[:-20],
        "no token": "nonsense",
        "nothing": "",
        "a bomb": "a" * 100_000,
        "nested": f"{encoded({'alg': 'RS256'})}.{base64.urlsafe_b64encode(b'[' * 3000).decode()}.x",
    }

    for how, token in forged.items():
        assert (await Client(http, token).get("/v1/event-types")).status_code == 401, how


async def test_a_password_is_no_token(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/v1/event-types", headers={"authorization": "Basic dXNlcjpwYXNz"})

    assert answer.status_code == 401


class Elsewhere:
    """An issuer on the network, as far as the client can tell."""

    def __init__(self, key: str) -> None:
        self.key, self.fetched, self.up = key, 0, True

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if not self.up:
            return httpx2.Response(503)
        if request.url.path == "/.well-known/openid-configuration":
            found = {"issuer": "https://login.example", "jwks_uri": "https://login.example/keys"}
            return httpx2.Response(200, json=found)
        self.fetched += 1
        return httpx2.Response(
            200, json={"keys": [JWKRegistry.import_key(json.loads(self.key)).as_dict(private=False)]}
        )


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class TestPublishedKeys:
    def setup_method(self) -> None:
        self.clock, self.elsewhere = Clock(), Elsewhere(new_key())
        client = httpx2.AsyncClient(transport=httpx2.MockTransport(self.elsewhere))
        keys = PublishedKeys("https://login.example", client, self.clock)
        self.tokens = Tokens((Issuer("https://login.example", keys),), AUDIENCE, self.clock)

    def token(self) -> str:
        signer = Signer("https://login.example", self.elsewhere.key, AUDIENCE, self.clock)
        return signer.sign(uuid4(), "worker-1", [Role.SOCIAL_WORKER])

    async def test_are_fetched_once_and_kept(self) -> None:
        for _ in range(3):
            await self.tokens.verify(self.token())

        assert self.elsewhere.fetched == 1

    async def test_are_fetched_again_when_they_are_old(self) -> None:
        await self.tokens.verify(self.token())
        self.clock.now += KEPT

        await self.tokens.verify(self.token())

        assert self.elsewhere.fetched == 2

    async def test_are_fetched_again_for_a_new_key_but_not_for_every_forgery(self) -> None:
        await self.tokens.verify(self.token())
        self.clock.now += AT_MOST_EVERY
        self.elsewhere.key = new_key()

        await self.tokens.verify(self.token())
        forger = Signer("https://login.example", new_key(), AUDIENCE, self.clock)
        for _ in range(5):
            with pytest.raises(NotIdentified):
                await self.tokens.verify(forger.sign(uuid4(), "worker-1", [Role.SOCIAL_WORKER]))

        assert self.elsewhere.fetched == 2

    async def test_serve_on_while_the_issuer_is_away(self) -> None:
        await self.tokens.verify(self.token())
        self.elsewhere.up = False
        self.clock.now += KEPT

        await self.tokens.verify(self.token())

    async def test_that_were_never_fetched_verify_nothing(self) -> None:
        self.elsewhere.up = False

        with pytest.raises(KeysUnavailable):
            await self.tokens.verify(self.token())


async def test_a_sandboxs_own_key_counts_in_sandboxes_alone(settings: Settings) -> None:
    key = new_key()
    published = settings.model_copy(update={"local_issuer_key": None, "sandbox_key": type(settings.database_url)(key)})
    app = create_app(published, clock=lambda: NOW)
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://planclock.test") as http:
            real, sandbox = uuid4(), uuid4()
            procedures = app.state.parts.sandboxes.procedures
            await procedures.open_authority(real, name="Example", pack="staffordshire")
            await procedures.open_authority(sandbox, name="Sandbox", pack="staffordshire", sandbox_now=NOW)
            signer = Signer(SANDBOX_ISSUER, key, AUDIENCE, lambda: NOW)
            answers = [
                await Client(http, signer.sign(authority, "client", [Role.INTEGRATION_CLIENT])).get("/v1/policies")
                for authority in (real, sandbox)
            ]

    assert [answer.status_code for answer in answers] == [401, 200]


async def test_an_issuers_keys_may_stand_in_a_file(settings: Settings, tmp_path: Path) -> None:
    signer = Signer("https://login.example", new_key(), AUDIENCE, lambda: NOW)
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps(signer.public.as_dict(private=False)))
    changed = {"local_issuer_key": None, "issuer": "https://login.example", "issuer_keys": keys}
    app = create_app(settings.model_copy(update=changed), clock=lambda: NOW)

    async with app.router.lifespan_context(app):
        caller, _ = await app.state.parts.tokens.verify(signer.sign(UUID(int=1), "worker-1", [Role.SOCIAL_WORKER]))

    assert caller.subject == "worker-1"


async def test_a_token_lasts_as_long_as_it_says(issuer_key: str) -> None:
    clock = Clock()
    signer = Signer(ISSUER, issuer_key, AUDIENCE, clock)
    tokens = Tokens((Issuer(ISSUER, KeysInHand(signer.public)),), AUDIENCE, clock)
    token = signer.sign(UUID(int=1), "worker-1", [Role.SOCIAL_WORKER], lasts=timedelta(minutes=5))
    clock.now += timedelta(minutes=5, seconds=20)
    await tokens.verify(token)
    clock.now += timedelta(seconds=20)

    with pytest.raises(NotIdentified):
        await tokens.verify(token)


def signed(key: str, claims: dict[str, Any]) -> str:
    """A token as somebody with a key would make it."""
    private = JWKRegistry.import_key(json.loads(key))
    return jwt.encode({"alg": "RS256", "kid": private.kid}, claims, private, algorithms=["RS256"])


def encoded(part: dict[str, Any]) -> str:
    """One part of a token."""
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
