"""Where the public keys of an issuer come from: a set in hand, or its published set, fetched and kept for a while."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from service.identity.refused import KeysUnavailable

KEPT = timedelta(minutes=10)
"""How long a fetched set is used before it is fetched again."""

AT_MOST_EVERY = timedelta(seconds=30)
"""How often a token with an unknown key may make us fetch, so that forgeries cannot make us hammer the issuer."""


class Keys(Protocol):
    """The keys one issuer signs with."""

    async def of(self, key_id: str | None) -> KeySet:
        """The set to verify a token with. Raises KeysUnavailable when there is none."""
        ...


class KeysInHand:
    """A set that is known from the start and never changes."""

    def __init__(self, keys: KeySet) -> None:
        self._keys = keys

    async def of(self, key_id: str | None) -> KeySet:  # noqa: ARG002  # the set is whole
        """The set."""
        return self._keys


class PublishedKeys:
    """The set an issuer publishes, found by OpenID Connect Discovery 1.0, section 4."""

    def __init__(self, issuer: str, client: httpx2.AsyncClient, clock: Callable[[], datetime]) -> None:
        self._discovery = f"{issuer}/.well-known/openid-configuration"
        self._issuer = issuer
        self._client = client
        self._clock = clock
        self._keys: KeySet | None = None
        self._fetched_at: datetime | None = None

    async def of(self, key_id: str | None) -> KeySet:
        """The set, fetched again when it is old, or when it lacks `key_id` and was not fetched just now."""
        now = self._clock()
        age = now - self._fetched_at if self._fetched_at is not None else None
        if self._keys is None or age is None or age >= KEPT or (age >= AT_MOST_EVERY and not self._has(key_id)):
            await self._fetch(now)
        if self._keys is None:
            raise KeysUnavailable
        return self._keys

    def _has(self, key_id: str | None) -> bool:
        return self._keys is not None and any(key.kid == key_id for key in self._keys.keys)

    async def _fetch(self, now: datetime) -> None:
        """Fetch the set. When that fails an old set serves on; the next try waits its turn."""
        try:
            found = await self._json(self._discovery)
            if str(found.get("issuer", "")).rstrip("/") != self._issuer:
                raise KeysUnavailable
            self._keys = KeySet.import_key_set(await self._json(str(found["jwks_uri"])))  # type: ignore[arg-type]
        except (httpx2.HTTPError, JoseError, KeyError, ValueError):
            if self._keys is None:
                raise KeysUnavailable from None
        self._fetched_at = now

    async def _json(self, url: str) -> dict[str, Any]:
        answer = await self._client.get(url)
        answer.raise_for_status()
        whole = answer.json()
        if not isinstance(whole, dict):
            raise ValueError("not a JSON object")  # noqa: TRY004  # it is what was sent that is wrong
        return whole
