"""Every setting, with what it means. They come from the environment or, file by file, from a secrets directory.

`planclock settings` prints this list. A name that is not on it but begins like one is an error, not a silence.
"""

import base64
import binascii
import ipaddress
import os
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar
from urllib.parse import parse_qs, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, HttpUrl, SecretBytes, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "PLANCLOCK_"
SECRETS = "PLANCLOCK_SECRETS"
"""Names a directory with one file a setting, each called as the variable is, as containers mount their secrets."""

_KEY_BYTES = 32

S = TypeVar("S", bound=BaseSettings)


def _is_postgresql(url: SecretStr) -> SecretStr:
    parts = urlsplit(url.get_secret_value())
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ValueError("must be like postgresql://role:password@host/database")
    return url


def _decoded(key: object) -> object:
    if not isinstance(key, str):
        return key
    try:
        return base64.b64decode(key, validate=True)
    except binascii.Error:
        raise ValueError("must be base64") from None


def _is_key(key: SecretBytes) -> SecretBytes:
    if len(key.get_secret_value()) != _KEY_BYTES:
        raise ValueError(f"must be {_KEY_BYTES} bytes, written in base64")
    return key


DatabaseUrl = Annotated[SecretStr, AfterValidator(_is_postgresql)]
MasterKey = Annotated[SecretBytes, BeforeValidator(_decoded), AfterValidator(_is_key)]


class Settings(BaseSettings):
    """What a process of Planclock needs to know before it starts."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, hide_input_in_errors=True, populate_by_name=True
    )

    database_url: DatabaseUrl = Field(
        validation_alias="DATABASE_URL",
        description="The log's database, as the application role, which sees one authority at a time.",
    )
    keys_url: DatabaseUrl = Field(
        description="The database of the case keys, as the application role. Keep its backups apart from the log's."
    )
    worker_url: DatabaseUrl | None = Field(
        default=None,
        description="The log's database, as the worker role, which crosses authorities. The worker and the commands "
        "that look at every authority need it.",
    )
    master_key: MasterKey = Field(
        description="Wraps every case key: 32 bytes in base64. Whoever loses it loses every case."
    )
    issuer: HttpUrl = Field(description="Who signs the bearer tokens: their `iss`, and where its keys are found.")
    issuer_keys: Path | None = Field(
        default=None,
        description="A file with the issuer's public keys, a JWK Set, read once at the start. Without it they are "
        "fetched from the issuer and kept for ten minutes.",
    )
    audience: str = Field(default="planclock", description="The `aud` that a bearer token must carry.")
    local_issuer_key: SecretStr | None = Field(
        default=None,
        description="A private JWK with which this process signs tokens itself. For `make run` and tests only: it is "
        "refused beside an issuer or a database on another machine.",
    )
    sandbox_key: SecretStr | None = Field(
        default=None,
        description="A private JWK with which the tokens of sandboxes are signed; they count in sandboxes alone. "
        "Without it sandboxes can be made only beside a local issuer.",
    )
    host: str = Field(default="127.0.0.1", description="The address the API listens on.")
    port: int = Field(default=8080, ge=0, le=65535, description="The port the API listens on; 0 takes a free one.")
    worker_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="The port, on the same address, where the worker answers /healthz, /readyz and /metrics; without "
        "one it answers nothing.",
    )
    temporal_address: str | None = Field(
        default=None,
        validation_alias="TEMPORAL_ADDRESS",
        description="Where Temporal is, as host:port. Without it no timers run. Temporal's other variables "
        "(TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS_CLIENT_CERT_PATH and so on) count too.",
    )
    notice_channels: Path | None = Field(
        default=None,
        description="A file that says where notices are handed over, as JSON: for each authority's id, `everybody` or "
        "`recipients` by title, each a webhook with `url` and `secret` (whsec_…, Standard Webhooks). Without it none "
        "is delivered.",
    )
    notice_retry_hours: float = Field(
        default=72, gt=0, le=720, description="How long a notice is tried before a person is told that it failed."
    )
    pool_size: int = Field(
        default=10, ge=2, le=200, description="Connections to PostgreSQL that each process may hold."
    )
    body_limit: int = Field(default=1_048_576, ge=1024, description="The largest request body, in bytes.")
    batch_limit: int = Field(default=1000, ge=1, description="The most items in one request.")
    log_format: Literal["json", "console"] = Field(default="json", description="How log lines are written.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least that is logged."
    )

    @model_validator(mode="after")
    def _a_local_issuer_stays_local(self) -> Self:
        if self.local_issuer_key is not None:
            if not _is_here(self.issuer.host or ""):
                raise ValueError("a local issuer is refused beside an issuer on another machine")
            if not all(_is_here(host) for url in self._databases() for host in database_hosts(url)):
                raise ValueError("a local issuer is refused beside a database on another machine")
        return self

    def _databases(self) -> list[str]:
        urls = (self.database_url, self.keys_url, self.worker_url)
        return [url.get_secret_value() for url in urls if url is not None]


class MigrationSettings(BaseSettings):
    """What `planclock migrate` needs: the same two databases, entered by whoever may change them."""

    model_config = Settings.model_config

    database_url: DatabaseUrl = Field(
        validation_alias="DATABASE_URL",
        description="For `planclock migrate`: the log's database, as a role that may create roles and schemas.",
    )
    keys_url: DatabaseUrl = Field(
        description="For `planclock migrate`: the database of the case keys, as a role that may create schemas."
    )
    app_password: SecretStr | None = Field(
        default=None,
        description="For `planclock migrate`: lets the application role log in with this password. Without it, nothing "
        "changes about who may log in.",
    )
    worker_password: SecretStr | None = Field(
        default=None, description="For `planclock migrate`: the same for the worker role."
    )


def load(kind: type[S]) -> S:
    """The settings of this process.

    Raises:
        ValueError: One is missing or wrong, or a variable begins like a setting and is none; the message names it.
    """
    known = {variable(kind, name) for kind in (Settings, MigrationSettings) for name in kind.model_fields} | {SECRETS}
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: no such setting; `planclock settings` lists them")
    secrets = os.environ.get(SECRETS)
    return kind(_secrets_dir=Path(secrets) if secrets else None)


def variable(kind: type[BaseSettings], field: str) -> str:
    """The environment variable of a setting."""
    alias = kind.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"{PREFIX}{field.upper()}"


def database_hosts(url: str) -> list[str]:
    """The hosts a PostgreSQL URL means; a directory is a unix socket, and none at all is this machine."""
    parts = urlsplit(url)
    named = parse_qs(parts.query).get("host", []) + ([parts.hostname] if parts.hostname else [])
    if not named and "PGHOST" in os.environ:
        named = [os.environ["PGHOST"]]
    return [host for group in named for host in group.split(",")]


def _is_here(host: str) -> bool:
    if host.startswith("/") or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
