"""From a bearer token (RFC 6750, RFC 7519) to the caller it stands for."""

import binascii
import json
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwt import JWTClaimsRegistry

from service.identity.keys import Keys
from service.identity.principal import Principal
from service.identity.refused import NotIdentified
from service.identity.roles import Role, Scope

ALGORITHMS = ("RS256", "PS256", "ES256", "Ed25519")
LEEWAY = 30
"""Seconds by which an issuer's clock may differ from ours."""

LONGEST = 8192
"""Characters a token may have."""

LONGEST_SUBJECT = 200

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True)
class Issuer:
    """Somebody whose tokens we believe. `only_sandboxes`: their word counts at sandbox authorities alone."""

    name: str
    keys: Keys
    only_sandboxes: bool = False


class Tokens:
    """Verifies bearer tokens: signature, issuer, audience, times, and the claims that make a caller."""

    def __init__(self, issuers: tuple[Issuer, ...], audience: str, clock: Callable[[], datetime]) -> None:
        self._issuers = {issuer.name: issuer for issuer in issuers}
        self._audience = audience
        self._clock = clock

    async def verify(self, token: str) -> tuple[Principal, Issuer]:
        """The caller, and who vouches for them.

        Raises:
            NotIdentified: The token is malformed, forged, expired, meant for others, or lacks a claim.
            KeysUnavailable: The issuer's keys could not be had.
        """
        header, claimed = _peek(token)
        issuer = self._issuers.get(str(claimed.get("iss", "")).rstrip("/"))
        if issuer is None:
            raise NotIdentified("The token comes from an issuer that is not trusted here.")
        key_id = header.get("kid")
        keys = await issuer.keys.of(key_id if isinstance(key_id, str) else None)
        try:
            claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
            self._check(claims)
        except ExpiredTokenError:
            raise NotIdentified("The token has expired; get a new one.") from None
        except (JoseError, ValueError):
            raise NotIdentified("The token could not be verified for this service.") from None
        return _principal(claims), issuer

    def _check(self, claims: dict[str, Any]) -> None:
        JWTClaimsRegistry(
            now=int(self._clock().timestamp()),
            leeway=LEEWAY,
            aud={"essential": True, "value": self._audience},
            exp={"essential": True},
            sub={"essential": True},
            authority={"essential": True},
        ).validate(claims)


def _peek(token: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Header and claims as they are written, before anything is believed: only to know whose keys to ask for."""
    parts = token.split(".")
    if len(token) > LONGEST or len(parts) != 3:  # noqa: PLR2004  # RFC 7515, section 3.1
        raise NotIdentified("The token is not a signed JSON Web Token.")
    try:
        header, claims = (json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in parts[:2])
    except (ValueError, binascii.Error, RecursionError):
        raise NotIdentified("The token is not a signed JSON Web Token.") from None
    if not isinstance(header, dict) or not isinstance(claims, dict):
        raise NotIdentified("The token is not a signed JSON Web Token.")
    return header, claims


def _principal(claims: Mapping[str, Any]) -> Principal:
    roles = _known(Role, claims.get("roles"))
    if not roles:
        raise NotIdentified("The token names no role that is known here.")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 1 <= len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise NotIdentified("The token's subject cannot be used.")
    try:
        authority = UUID(str(claims["authority"]))
    except ValueError:
        raise NotIdentified("The token's authority is not an id.") from None
    scope = claims.get("scope")
    return Principal(authority, subject, roles, _known(Scope, scope.split() if isinstance(scope, str) else scope))


def _known(kind: type[E], named: object) -> frozenset[E]:
    """Those of the named roles or scopes that are known here; others are no concern of ours."""
    listed = named if isinstance(named, list) else []
    return frozenset(kind(name) for name in listed if isinstance(name, str) and name in set(kind))
