"""Tokens that Planclock signs itself: for local runs and tests, and for sandboxes."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from joserfc import jwt
from joserfc.jwk import JWKRegistry, Key, KeySet, RSAKey

from service.identity.roles import Role, Scope

ALGORITHM = "RS256"
_BITS = 2048


class Signer:
    """A private key that signs bearer tokens in one issuer's name."""

    def __init__(self, issuer: str, key: str, audience: str, clock: Callable[[], datetime]) -> None:
        """`key` is a private JWK, as `new_key` makes them. Raises ValueError when it is none."""
        self.issuer = issuer
        self._key: Key = JWKRegistry.import_key(json.loads(key))
        self._audience = audience
        self._clock = clock

    @property
    def public(self) -> KeySet:
        """What its tokens are verified with."""
        return KeySet([JWKRegistry.import_key(self._key.as_dict(private=False))])

    def sign(
        self,
        authority: UUID,
        subject: str,
        roles: Iterable[Role],
        scopes: Iterable[Scope] = (),
        lasts: timedelta = timedelta(days=1),
    ) -> str:
        """A bearer token for `subject` at `authority`."""
        now = self._clock()
        claims = {
            "iss": self.issuer,
            "aud": self._audience,
            "sub": subject,
            "authority": str(authority),
            "roles": sorted(roles),
            "scope": " ".join(sorted(scopes)),
            "iat": int(now.timestamp()),
            "exp": int((now + lasts).timestamp()),
        }
        return jwt.encode({"alg": ALGORITHM, "kid": self._key.kid}, claims, self._key, algorithms=[ALGORITHM])


def new_key() -> str:
    """A fresh private JWK, as text."""
    key = RSAKey.generate_key(_BITS, {"use": "sig", "alg": ALGORITHM}, auto_kid=True)
    return json.dumps(key.as_dict(private=True))
