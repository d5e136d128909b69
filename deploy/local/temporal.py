"""Temporal for one machine: its dev server, with the web UI and a database file so that timers survive a restart."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from deploy.local.child import child
from deploy.local.part import Say, how, keep
from deploy.local.temporal_binary import NoTemporalError, acquired
from workflows import contracts

HOST = "127.0.0.1"
_STARTING = 60.0
"""Seconds that a dev server has to listen."""


@dataclass(frozen=True)
class DevServer:
    """A dev server. Its timers live in `file`, so they survive its death.

    Args:
        binary: The `temporal` to run.
        file: Its database; only one server may use it at a time.
        host: Where it and its UI listen.
        port: The port for clients.
        ui_port: The port of its web UI; None goes without.
        log: What it writes goes to the end of this.
        durable: Whether what it keeps survives the machine too, and not only its own death.
    """

    binary: Path
    file: Path
    host: str
    port: int
    ui_port: int | None
    log: Path
    durable: bool = True

    @property
    def address(self) -> str:
        """Where clients find it."""
        return f"{self.host}:{self.port}"

    async def run(self, up: Callable[[], Awaitable[None]] | None = None) -> str:
        """Runs it until it dies and returns how; cancelled, it stops it. `up` is called once it listens."""
        process = await self.start()
        try:
            if up is not None and await self.listens(process):
                await up()
            status = await process.wait()
        except asyncio.CancelledError:
            process.terminate()
            await process.wait()
            raise
        return f"{how(status)}, see {self.log}"

    async def start(self) -> asyncio.subprocess.Process:
        """Starts the process; it dies with this one."""
        ui = ["--headless"] if self.ui_port is None else ["--ui-port", str(self.ui_port), "--ui-ip", self.host]
        where = ["--ip", self.host, "--port", str(self.port), "--db-filename", str(self.file)]
        rest = ["--log-level", "warn", "--search-attribute", f"{contracts.NEXT_DATE}=Datetime", *self._sqlite]
        with self.log.open("ab") as output:
            return await asyncio.create_subprocess_exec(
                *child(self.binary, "server", "start-dev", *where, *ui, *rest, dying=signal.SIGTERM),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def _sqlite(self) -> list[str]:
        """One flush to disk for what it keeps, where its own way takes several: three times as many workflows."""
        synchronous = "FULL" if self.durable else "OFF"
        return ["--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", f"synchronous={synchronous}"]

    async def listens(self, process: asyncio.subprocess.Process) -> bool:
        """Waits until it takes connections; False when it died or took too long."""
        until = time.monotonic() + _STARTING
        while process.returncode is None and time.monotonic() < until:
            with suppress(OSError):
                _, writer = await asyncio.open_connection(self.host, self.port)
                writer.close()
                return True
            await asyncio.sleep(0.05)
        return False


@dataclass(frozen=True)
class LocalTemporal:
    """The Temporal of a local stack: a server of your own by its address, or a dev server on these two ports."""

    address: str | None
    port: int
    ui_port: int

    @property
    def where(self) -> str:
        """Where clients find it, once it is there."""
        return self.address or f"{HOST}:{self.port}"

    @property
    def pages(self) -> str:
        """Where its own web pages are, as far as we know."""
        return "" if self.address else f"Temporal's own pages are at http://{HOST}:{self.ui_port}."

    async def run(self, state: Path, say: Say) -> None:
        """Keeps a dev server running, got hold of first; returns when none is needed or none can be had."""
        if self.address is not None:
            say(f"timers run on the Temporal at {self.address}, which TEMPORAL_ADDRESS names")
            return
        try:
            binary = await acquired(say)
        except NoTemporalError as error:
            say(f"timers are not running, and everything else is: {error}")
            return
        server = DevServer(binary, state / "temporal.db", HOST, self.port, self.ui_port, state / "temporal.log")

        async def up() -> None:
            say(f"Temporal is up, and the worker joins it by itself; its pages are at http://{HOST}:{self.ui_port}")

        await keep("Temporal", lambda: server.run(up), say)
