"""The two servers that are compared, each in a process of its own: Planclock's API, and a route that does nothing."""

import asyncio
import base64
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import asyncpg

from deploy.local.child import child
from deploy.local.databases import Databases
from deploy.local.state import CLONE
from service.identity.roles import Role, Scope
from service.identity.signing import Signer, new_key
from tests.bench.bare import TABLE
from tests.bench.client import HOST
from tests.store.telling import MASTER_KEY

_AUDIENCE = "planclock"
_PYTHON = Path(sys.executable)


@asynccontextmanager
async def planclock(databases: Databases) -> AsyncIterator[tuple[int, str]]:
    """The API as `planclock api` serves it: its port, and a token that may make sandboxes."""
    port, key = _free_port(), new_key()
    issuer = f"http://{HOST}:{port}"
    environment = {
        "DATABASE_URL": databases.log_dsn,
        "PLANCLOCK_KEYS_URL": databases.keys_dsn,
        "PLANCLOCK_WORKER_URL": databases.worker_dsn,
        "PLANCLOCK_MASTER_KEY": base64.b64encode(MASTER_KEY).decode(),
        "PLANCLOCK_ISSUER": issuer,
        "PLANCLOCK_LOCAL_ISSUER_KEY": key,
        "PLANCLOCK_PORT": str(port),
    }
    signer = Signer(issuer, key, _AUDIENCE, lambda: datetime.now(UTC))
    async with _serving(port, child(_PYTHON.with_name("planclock"), "api", dying=signal.SIGTERM), environment):
        yield port, signer.sign(uuid4(), "bench", [Role.INTEGRATION_CLIENT], [Scope.CREATE_SANDBOXES])


@asynccontextmanager
async def bare(databases: Databases) -> AsyncIterator[int]:
    """The bare route, in a table of its own on the same server: its port."""
    connection = await asyncpg.connect(databases.admin_dsn)
    await connection.execute(TABLE)
    await connection.close()
    port = _free_port()
    environment = {"DATABASE_URL": databases.admin_dsn, "PORT": str(port)}
    async with _serving(port, child(_PYTHON, "-m", "tests.bench.bare", dying=signal.SIGTERM), environment):
        yield port


@asynccontextmanager
async def _serving(port: int, program: list[str], environment: Mapping[str, str]) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(
        *program,
        cwd=CLONE,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    try:
        await asyncio.wait_for(_answers(port, process), 30)
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _answers(port: int, process: asyncio.subprocess.Process) -> None:
    while process.returncode is None:
        try:
            _, writer = await asyncio.open_connection(HOST, port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return
    raise AssertionError("the server died before it answered")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
