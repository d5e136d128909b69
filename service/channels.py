"""Where each authority has its notices handed over: a file of webhooks that the settings name, read once."""

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, SecretStr, TypeAdapter

from events.case.addressing import parts_of
from workflows.webhook import Webhook, secret


def _is_secret(value: SecretStr) -> SecretStr:
    if len(secret(value.get_secret_value())) < _SHORTEST:
        raise ValueError(f"must be at least {_SHORTEST} bytes, written in base64")
    return value


def _is_private(url: HttpUrl) -> HttpUrl:
    parts = urlsplit(str(url))
    if parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
        raise ValueError("must be https, except on this machine")
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


_SHORTEST = 24


class Channel(BaseModel):
    """One receiver: where it listens, and the secret it knows our signature by."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    url: Annotated[HttpUrl, AfterValidator(_is_private)]
    secret: Annotated[SecretStr, AfterValidator(_is_secret)]

    @property
    def webhook(self) -> Webhook:
        """What hands over there."""
        return Webhook(str(self.url), secret(self.secret.get_secret_value()))


class Channels(BaseModel):
    """The receivers of one authority: of some recipients by their titles, and of everybody else."""

    model_config = Channel.model_config

    everybody: Channel | None = None
    recipients: Mapping[str, Channel] = Field(default={})

    def of(self, recipient: str | None) -> Webhook | None:
        """Where the notices to a recipient go."""
        wanted = parts_of(recipient) if recipient is not None else None
        own = next((each for title, each in self.recipients.items() if parts_of(title) == wanted), None)
        channel = own or self.everybody
        return channel.webhook if channel is not None else None


_FILE = TypeAdapter(dict[UUID, Channels], config=ConfigDict(hide_input_in_errors=True))


class Receivers:
    """The channels of every authority."""

    def __init__(self, channels: Mapping[UUID, Channels]) -> None:
        self._channels = channels

    @classmethod
    def read(cls, file: Path | None) -> Self:
        """What a file says; without one, nothing is set up anywhere.

        Raises:
            ValueError: The file says something else than it should; the message holds no secret.
            OSError: It cannot be read.
        """
        found = _FILE.validate_json(file.read_bytes()) if file is not None else {}
        return cls(found)

    def of(self, authority: UUID, recipient: str | None) -> Webhook | None:
        """Where an authority has the notices to a recipient handed over, if it has said so."""
        channels = self._channels.get(authority)
        return channels.of(recipient) if channels is not None else None
