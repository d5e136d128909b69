"""Handing a notice to a webhook, signed as Standard Webhooks 1.0 asks. The body is thin: ids, clause and key only."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import httpx2

PATIENCE = 15.0
"""Seconds that a receiver has to answer. One that needs longer takes it first and works on it afterwards."""

_PREFIX = "whsec_"
_RETRY = frozenset({408, 409, 425, 429})
_CLIENT_ERRORS = range(400, 500)


class NotTakenError(Exception):
    """The channel did not take it this time. Trying again later is right."""


class CannotDeliverError(Exception):
    """It cannot be delivered as things stand. A person must change something first."""


@dataclass(frozen=True)
class Message:
    """What is handed over. `id` is the same each time, so that whoever has it already knows it again."""

    id: str
    authority: UUID
    case: UUID
    clause: str
    key: str
    position: int


@dataclass(frozen=True)
class Webhook:
    """Where notices are handed over, and the secret they are signed with."""

    url: str
    secret: bytes

    async def hand_over(self, client: httpx2.AsyncClient, message: Message, at: datetime) -> None:
        """Post a notice. Returns once it was taken.

        Raises:
            NotTakenError: Nobody answered, or the answer asks to try again.
            CannotDeliverError: The receiver does not want it.
        """
        body = written(message, at)
        headers = {"content-type": "application/json", **signed(self.secret, message.id, at, body)}
        try:
            answer = await client.post(self.url, content=body, headers=headers, timeout=PATIENCE)
        except httpx2.HTTPError as error:
            raise NotTakenError(f"the receiver could not be reached: {type(error).__name__}") from None
        if answer.is_success:
            return
        if answer.status_code in _CLIENT_ERRORS and answer.status_code not in _RETRY:
            raise CannotDeliverError(f"the receiver refused it: {answer.status_code}")
        raise NotTakenError(f"the receiver answered {answer.status_code}")


def written(message: Message, at: datetime) -> bytes:
    """The body. Who is told what, the receiver asks Planclock, which then knows who looked."""
    notice = {
        "authority": str(message.authority),
        "case": str(message.case),
        "clause": message.clause,
        "key": message.key,
        "position": message.position,
    }
    whole = {"type": "notice.requested", "timestamp": at.isoformat(), "data": notice}
    return json.dumps(whole, separators=(",", ":")).encode()


def signed(secret: bytes, id_: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """The three headers of Standard Webhooks: id, time, and the signature over both and the body."""
    when = str(int(at.timestamp()))
    digest = hmac.digest(secret, b".".join([id_.encode(), when.encode(), body]), hashlib.sha256)
    return {
        "webhook-id": id_,
        "webhook-timestamp": when,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def secret(written_as: str) -> bytes:
    """The bytes of a secret, written in base64 with or without `whsec_` before it. Raises ValueError if it is not."""
    return base64.b64decode(written_as.removeprefix(_PREFIX), validate=True)
