"""Temporal for one machine: its dev server with the web UI and a database file, and where its binary comes from.

In this order: a `temporal` on PATH, one that is in `.tools/` already, the SDK's own download, and a build with Go,
which takes minutes and runs at low priority beside everything else. `TEMPORAL_ADDRESS` makes all of it unnecessary.
"""

import asyncio
import os
import shutil
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from temporalio.testing import WorkflowEnvironment

from deploy.local.child import child
from deploy.local.part import Say, how, keep
from deploy.local.state import CLONE
from workflows import contracts

HOST = "127.0.0.1"
TOOLS = CLONE / ".tools"
MODULE = "github.com/temporalio/cli/cmd/temporal@v1.5.1"
"""The newest version of the command that Go can install: later ones replace a module that no proxy serves."""

DOWNLOAD_VERSION = "v1.5.1"
_DOWNLOADING = timedelta(minutes=2)
"""How long the SDK's download may take."""

_TELL_EVERY = 30.0
"""Seconds between two lines about a build that goes on."""

_STARTING = 60.0
"""Seconds that a dev server has to listen."""


class NoTemporalError(Exception):
    """None could be had; the message says what was tried and what would help."""


def found(tools: Path = TOOLS) -> Path | None:
    """A `temporal` that is there already."""
    on_path = shutil.which("temporal")
    if on_path is not None:
        return Path(on_path)
    kept = [tools / "bin" / "temporal", *sorted((tools / "bin").glob("temporal-cli-*"))]
    return next((path for path in kept if os.access(path, os.X_OK)), None)


async def acquired(say: Say, tools: Path = TOOLS) -> Path:
    """A `temporal`, downloaded or built if there is none yet.

    Raises:
        NoTemporalError: There is none and none can be had.
    """
    binary = found(tools) or await _downloaded(tools, say) or await _built(tools, say)
    if binary is None:
        raise NoTemporalError(
            "there is no temporal on PATH, it could not be downloaded, and there is no Go to build it with; "
            "install one of them, or name a server with TEMPORAL_ADDRESS"
        )
    return binary


async def _downloaded(tools: Path, say: Say) -> Path | None:
    """The SDK downloads by starting a server, which is stopped at once."""
    say("downloading Temporal's dev server")
    (tools / "bin").mkdir(parents=True, exist_ok=True)
    try:
        async with asyncio.timeout(_DOWNLOADING.total_seconds()):
            started = await WorkflowEnvironment.start_local(
                dev_server_download_version=DOWNLOAD_VERSION, download_dest_dir=str(tools / "bin")
            )
            await started.shutdown()
    except (RuntimeError, TimeoutError):
        say("Temporal's dev server could not be downloaded")
        return None
    return found(tools)


async def _built(tools: Path, say: Say) -> Path | None:
    go = shutil.which("go")
    if go is None:
        return None
    say(f"building Temporal's dev server with Go, at low priority (go install {MODULE}); it takes some minutes, once")
    caches = tools / "go"
    environment = {
        **os.environ,
        "GOBIN": str(tools / "bin"),
        "GOPATH": str(caches),
        "GOCACHE": str(caches / "build"),
        "GOFLAGS": "-modcacherw",
        "CGO_ENABLED": "0",
    }
    process = await asyncio.create_subprocess_exec(
        *child("nice", "-n", "19", go, "install", MODULE, dying=signal.SIGTERM),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        status = await _until_done(process, lambda seconds: say(f"still building Temporal ({seconds:.0f} s so far)"))
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
        shutil.rmtree(caches, ignore_errors=True)
    if status != 0:
        say(f"Temporal's dev server could not be built ({how(status)})")
        return None
    return found(tools)


async def _until_done(process: asyncio.subprocess.Process, still: Callable[[float], None]) -> int:
    began = time.monotonic()
    while True:
        with suppress(TimeoutError):
            return await asyncio.wait_for(process.wait(), _TELL_EVERY)
        still(time.monotonic() - began)


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
    """

    binary: Path
    file: Path
    host: str
    port: int
    ui_port: int | None
    log: Path

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
        rest = ["--log-level", "warn", "--search-attribute", f"{contracts.NEXT_DATE}=Datetime"]
        with self.log.open("ab") as output:
            return await asyncio.create_subprocess_exec(
                *child(self.binary, "server", "start-dev", *where, *ui, *rest, dying=signal.SIGTERM),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

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
