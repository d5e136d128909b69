"""Where the binary of a local Temporal comes from.

In this order: a `temporal` on PATH, one that is in `.tools/` already, the SDK's own download, and a build with Go,
which takes minutes and runs at low priority beside everything else. `TEMPORAL_ADDRESS` makes all of it unnecessary.
"""

import asyncio
import fcntl
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from temporalio.testing import WorkflowEnvironment

from deploy.local.child import child
from deploy.local.part import Say, how
from deploy.local.state import CLONE

TOOLS = CLONE / ".tools"
MODULE = "github.com/temporalio/cli/cmd/temporal@v1.5.1"
"""The newest version of the command that Go can install: later ones replace a module that no proxy serves."""

DOWNLOAD_VERSION = "v1.5.1"
_DOWNLOADING = timedelta(minutes=2)
"""How long the SDK's download may take."""

_TELL_EVERY = 30.0
"""Seconds between two lines about a build that goes on."""


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
    binary = found(tools)
    if binary is None:
        with _lock(tools) as lock:
            await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)  # another start may be at it
            binary = found(tools) or await _downloaded(tools, say) or await _built(tools, say)
    if binary is None:
        raise NoTemporalError(
            "there is no temporal on PATH, and it could be neither downloaded nor built with Go; "
            "install one of them, or name a server with TEMPORAL_ADDRESS"
        )
    return binary


def _lock(tools: Path) -> BinaryIO:
    tools.mkdir(exist_ok=True)
    return (tools / "temporal.lock").open("wb")


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
    return found(tools) if await installed_with_go(MODULE, "Temporal's dev server", tools, say) else None


async def installed_with_go(module: str, what: str, tools: Path, say: Say) -> bool:
    """Builds a Go module's command into `tools`/bin, at low priority, and says so. False where it cannot be built."""
    go = shutil.which("go")
    if go is None:
        return False
    nice = shutil.which("nice")
    say(f"building {what} with Go, at low priority (go install {module}); it takes some minutes, once")
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
        *child(*((nice, "-n", "19", go) if nice else (go,)), "install", module, dying=signal.SIGTERM),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    _give_way(process.pid)
    try:
        status = await _until_done(process, lambda seconds: say(f"still building {what} ({seconds:.0f} s so far)"))
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
        shutil.rmtree(caches, ignore_errors=True)
    if status != 0:
        say(f"{what} could not be built ({how(status)})")
    return status == 0


def _give_way(pid: int) -> None:
    """Let a session's processes give way to all others: where Linux groups them by session, nice alone does not."""
    with suppress(OSError):
        Path(f"/proc/{pid}/autogroup").write_text("19", encoding="ascii")


async def _until_done(process: asyncio.subprocess.Process, still: Callable[[float], None]) -> int:
    began = time.monotonic()
    while True:
        with suppress(TimeoutError):
            return await asyncio.wait_for(process.wait(), _TELL_EVERY)
        still(time.monotonic() - began)


if __name__ == "__main__":
    try:
        asyncio.run(acquired(lambda line: print(f"planclock: {line}", flush=True)))
    except NoTemporalError as none:
        sys.exit(f"planclock: {none}")
