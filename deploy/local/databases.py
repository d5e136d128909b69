"""The two databases of a local stack, the log and the case keys, on the embedded server or on one of your own."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

from migrations.run import upgrade

APPLICATION, WORKER = "planclock_app", "planclock_worker"
"""The roles that may log in; the migrations make them."""


class Server(Protocol):
    """A PostgreSQL on which databases and roles may be made."""

    def dsn(self, database: str, role: str | None = None) -> str:
        """Where `role` finds `database`; without a role, as who may do everything there."""
        ...

    def password(self, role: str) -> str:
        """The password of `role`."""
        ...

    async def create_database(self, name: str) -> None:
        """Creates a database; one that is already there stays as it is."""
        ...


@dataclass(frozen=True)
class OwnServer:
    """A server of your own, by a URL whose role may create roles and databases.

    Args:
        url: What `DATABASE_URL` says; its database holds the log.
        secret: What the passwords of the roles come from.
    """

    url: str
    secret: bytes

    @property
    def database(self) -> str:
        """The database the URL names."""
        return urlsplit(self.url).path.strip("/")

    def dsn(self, database: str, role: str | None = None) -> str:
        """Where `role` finds `database`; without a role, as the URL says."""
        parts = urlsplit(self.url)
        host = parts.netloc.rpartition("@")[2]
        user = f"{quote(role)}:{self.password(role)}@{host}" if role else parts.netloc
        return urlunsplit(parts._replace(netloc=user, path=f"/{database}"))

    def password(self, role: str) -> str:
        """The password of `role`: the same at every start."""
        return hmac.new(self.secret, role.encode(), hashlib.sha256).hexdigest()

    async def create_database(self, name: str) -> None:
        """Creates a database; one that is already there stays as it is."""
        connection = await asyncpg.connect(self.url)
        try:
            if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
                await connection.execute(f'CREATE DATABASE "{name}"')
        finally:
            await connection.close()


@dataclass(frozen=True)
class Databases:
    """A migrated log and its keys, on one server."""

    server: Server
    log: str
    keys: str

    @property
    def log_dsn(self) -> str:
        """The log, as the application sees it: one authority at a time."""
        return self.server.dsn(self.log, APPLICATION)

    @property
    def keys_dsn(self) -> str:
        """The case keys, as the application sees them."""
        return self.server.dsn(self.keys, APPLICATION)

    @property
    def worker_dsn(self) -> str:
        """The log, as the workers that cross authorities see it."""
        return self.server.dsn(self.log, WORKER)

    @property
    def admin_dsn(self) -> str:
        """The log, as who may do everything: to look behind the scenes."""
        return self.server.dsn(self.log)


async def migrated(server: Server, *, log: str, keys: str) -> Databases:
    """Creates both databases on `server` where they are missing, and brings them to the newest schema."""
    await server.create_database(log)
    await server.create_database(keys)
    passwords = {role: server.password(role) for role in (APPLICATION, WORKER)}
    await upgrade(server.dsn(log), server.dsn(keys), passwords)
    return Databases(server, log, keys)
