"""`make run`: everything a Planclock needs on one machine, in the order it needs it, until Ctrl-C."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import httpx2

from deploy.local.cases import CannotTellError, tell_made_up_cases
from deploy.local.databases import Databases, OwnServer, migrated
from deploy.local.introduction import introduction
from deploy.local.lock import HeldError, Lock
from deploy.local.part import Program, keep
from deploy.local.postgres import CannotStartError, Cluster
from deploy.local.secrets import LocalSecrets, local_secrets
from deploy.local.temporal import LocalTemporal
from service.identity.roles import Role, Scope
from service.identity.signing import Signer

HOST = "127.0.0.1"
AUDIENCE = "planclock-local"


@dataclass(frozen=True)
class LocalStack:
    """One local Planclock.

    Args:
        state: Its directory; two with the same one cannot run at once.
        port: Where its API listens, on loopback.
        database_url: A PostgreSQL of your own, by a role that may create roles and databases. None starts the
            embedded one.
        temporal: The Temporal its timers run on.
        say: Told, a line at a time, what is happening.
    """

    state: Path
    port: int
    database_url: str | None
    temporal: LocalTemporal
    say: Callable[[str], None]

    @property
    def url(self) -> str:
        """Where its API is."""
        return f"http://{HOST}:{self.port}"

    async def run(self) -> None:
        """Starts everything and keeps it running until this task is cancelled, then stops it in order.

        Raises:
            CannotStartError: It is already running, its port is taken, or PostgreSQL cannot be started.
        """
        try:
            with Lock(self.state / "run.lock"):
                _check_port(self.port, "PORT=8081")
                if self.temporal.address is None:
                    _check_port(self.temporal.port, "TEMPORAL_PORT=7234")
                    _check_port(self.temporal.ui_port, "UI_PORT=8234")
                secrets = local_secrets(self.state)
                async with self._databases(secrets) as databases:
                    await self._serve(databases, secrets)
        except HeldError as held:
            raise CannotStartError(f"make run is already on in this clone, {held}: stop it first") from None

    @asynccontextmanager
    async def _databases(self, secrets: LocalSecrets) -> AsyncIterator[Databases]:
        if self.database_url is not None:
            self.say("bringing the database that DATABASE_URL names to the newest schema")
            own = OwnServer(self.database_url, secrets.passwords.encode())
            try:
                databases = await migrated(own, log=own.database, keys=f"{own.database}_keys")
            except (OSError, asyncpg.PostgresError) as error:
                raise CannotStartError(f"the database that DATABASE_URL names cannot be used: {error}") from None
            yield databases
            return
        self.say("starting the embedded PostgreSQL (DATABASE_URL would name one of your own)")
        cluster = Cluster(self.state / "postgres")
        cluster.start()
        kept = asyncio.create_task(keep("PostgreSQL", lambda: _until_it_dies(cluster), self.say))
        try:
            yield await migrated(cluster, log="log", keys="keys")
        finally:
            kept.cancel()
            cluster.stop()

    def _environment(self, databases: Databases, secrets: LocalSecrets) -> Mapping[str, str]:
        return {
            "DATABASE_URL": databases.log_dsn,
            "PLANCLOCK_KEYS_URL": databases.keys_dsn,
            "PLANCLOCK_WORKER_URL": databases.worker_dsn,
            "PLANCLOCK_MASTER_KEY": secrets.master_key,
            "PLANCLOCK_ISSUER": self.url,
            "PLANCLOCK_AUDIENCE": AUDIENCE,
            "PLANCLOCK_LOCAL_ISSUER_KEY": secrets.issuer_key,
            "PLANCLOCK_HOST": HOST,
            "PLANCLOCK_PORT": str(self.port),
            "TEMPORAL_ADDRESS": self.temporal.where,
        }

    async def _serve(self, databases: Databases, secrets: LocalSecrets) -> None:
        environment = self._environment(databases, secrets)
        async with asyncio.TaskGroup() as parts:
            for command in ("api", "worker"):
                program = Program(command, environment, self.state / f"{command}.log")
                self.say(f"starting the {command} (it writes to {program.log})")
                parts.create_task(keep(f"the {command}", program.run, self.say))
            parts.create_task(self.temporal.run(self.state, self.say))
            await self._introduce(secrets)
            await asyncio.Event().wait()

    async def _introduce(self, secrets: LocalSecrets) -> None:
        signer = Signer(self.url, secrets.issuer_key, AUDIENCE, lambda: datetime.now(UTC))
        founder = signer.sign(uuid4(), "make run", [Role.INTEGRATION_CLIENT], [Scope.CREATE_SANDBOXES])

        def token(authority: UUID) -> str:
            scopes = [Scope.REPORT_DECISIONS, Scope.ACT_FOR_ANYONE, Scope.CREATE_SANDBOXES]
            return signer.sign(authority, "case-system", [Role.INTEGRATION_CLIENT], scopes)

        async with httpx2.AsyncClient(base_url=self.url, timeout=60) as api:
            await _until_ready(api)
            try:
                sandbox = await tell_made_up_cases(api, self.state, founder, token, self.say)
            except CannotTellError as error:
                self.say(f"the made-up cases could not be told, and everything else is up: {error}")
            else:
                timers = (await api.get("/readyz")).json()["timers"]["says"]
                print(introduction(self.url, sandbox.token, f"{timers} {self.temporal.pages}"), flush=True)


async def _until_ready(api: httpx2.AsyncClient) -> None:
    while not await _is_ready(api):  # noqa: ASYNC110 - another process sets no event of ours
        await asyncio.sleep(0.1)


async def _is_ready(api: httpx2.AsyncClient) -> bool:
    try:
        return (await api.get("/healthz")).is_success
    except httpx2.TransportError:
        return False


async def _until_it_dies(cluster: Cluster) -> str:
    try:
        cluster.start()
    except CannotStartError as error:
        return str(error)
    return await asyncio.to_thread(cluster.wait)


def _check_port(port: int, otherwise: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise CannotStartError(f"port {port} is taken: stop what listens there, or make run {otherwise}") from None
