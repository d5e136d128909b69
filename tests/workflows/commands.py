"""`planclock` typed at a terminal, against a test's own databases and Temporal."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from deploy.local.databases import Databases
from tests.workflows.server import Server

ENDED = {0, -signal.SIGTERM}
"""How a process ends in good order: the API by the signal, and so does whatever has not come far enough to mind it."""

PLANCLOCK = Path(sys.executable).with_name("planclock")


def environment(databases: Databases, temporal: Server) -> dict[str, str]:
    """What a process of this Planclock needs to know; the key is the one of the tests' world."""
    return {
        **os.environ,
        "DATABASE_URL": databases.log_dsn,
        "PLANCLOCK_KEYS_URL": databases.keys_dsn,
        "PLANCLOCK_WORKER_URL": databases.worker_dsn,
        "PLANCLOCK_MASTER_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "PLANCLOCK_ISSUER": "http://127.0.0.1:1",
        "TEMPORAL_ADDRESS": temporal.server.address,
    }


async def planclock(*words: str, environment: dict[str, str]) -> tuple[int, str]:
    """How a command ended, and what it said."""
    process = await asyncio.create_subprocess_exec(
        PLANCLOCK, *words, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


@asynccontextmanager
async def running(
    command: str, environment: dict[str, str], log: Path = Path(os.devnull)
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process of Planclock that goes on until it is told to stop; what it writes goes to the end of `log`."""
    process = await _started(command, environment, log)
    try:
        yield process
    except BaseException:
        if process.returncode is None:
            await kill(process)  # or it would go on working beside the next test
        raise
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
        assert await process.wait() in ENDED, f"{command} ended badly, see {log}"


async def _started(command: str, environment: dict[str, str], log: Path) -> asyncio.subprocess.Process:
    with log.open("ab") as written:
        return await asyncio.create_subprocess_exec(PLANCLOCK, command, env=environment, stdout=written, stderr=written)


class Kept:
    """A process of Planclock that is started again whenever it dies, as whatever runs it in production does."""

    def __init__(self, command: str, environment: dict[str, str], log: Path) -> None:
        self._start = partial(_started, command, environment, log)
        self._process: asyncio.subprocess.Process | None = None

    def kill(self) -> None:
        """As a machine that loses its power would."""
        assert self._process is not None
        self._process.kill()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keeps it until the block ends, and then tells it to stop."""
        self._process = await self._start()
        keeping = asyncio.create_task(self._keep(self._process))
        yield
        keeping.cancel()
        self._process.send_signal(signal.SIGTERM)
        assert await self._process.wait() in ENDED

    async def _keep(self, process: asyncio.subprocess.Process) -> None:
        while True:
            await process.wait()
            self._process = process = await self._start()


async def kill(process: asyncio.subprocess.Process) -> None:
    """As a machine that loses its power would."""
    process.kill()
    await process.wait()


def said(log: Path, event: str) -> list[dict[str, object]]:
    """The lines of a process' log that tell of this."""
    whole = [line for line in log.read_text().splitlines(keepends=True) if line.startswith("{") and line.endswith("\n")]
    return [line for line in map(json.loads, whole) if line.get("event") == event]
