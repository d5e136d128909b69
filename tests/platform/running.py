"""A `planclock run` of a test's own, as somebody at a terminal sees it."""

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

PATIENCE = 90.0
"""Seconds a line may take to come. Nothing waits for it that has something to see."""

SCRIPT = Path(sys.executable).with_name("planclock")


class Running:
    """One run: what it says, and the processes it keeps."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.process = process
        self.url = f"http://127.0.0.1:{port}"
        self.said: list[str] = []

    async def is_up(self) -> None:
        """Reads on until it has said everything that it says once it is up."""
        last = await self.until("Ctrl-C stops everything|could not be told")
        assert last.startswith("Ctrl-C"), last

    async def until(self, pattern: str) -> str:
        """Reads on until a line matches, and returns it."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while line := (await self.process.stdout.readline()).decode():
                self.said.append(line.rstrip("\n"))
                if re.search(pattern, line):
                    return line.rstrip("\n")
        raise AssertionError(f"nothing like {pattern!r} was said, but\n" + "\n".join(self.said))

    async def ends(self) -> int:
        """Reads to the end and returns the exit code."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            self.said += (await self.process.stdout.read()).decode().splitlines()
            return await self.process.wait()

    def part(self, name: str) -> int:
        """The process id of one of its parts, by what stands on that part's command line."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        (found,) = (pid for pid in children if name in Path(f"/proc/{pid}/cmdline").read_text())
        return int(found)

    def kill(self, name: str) -> None:
        """Kills one of its parts without warning."""
        os.kill(self.part(name), signal.SIGKILL)


@asynccontextmanager
async def running(
    state: Path, port: int | None = None, *, temporal: bool = False, **more: str
) -> AsyncIterator[Running]:
    """Starts one with its data in `state`, on a free port unless one is given; interrupts it at the end.

    Without `temporal` it is told of one that is not there, as on a machine where Temporal is away.
    """
    port = port or free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if not temporal:
        environment["TEMPORAL_ADDRESS"] = f"127.0.0.1:{free_port()}"
    process = await asyncio.create_subprocess_exec(
        *(str(SCRIPT), "run", "--port", str(port), "--state", str(state)),
        *("--temporal-port", str(free_port()), "--ui-port", str(free_port())),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=environment | more,
    )
    one = Running(process, port)
    try:
        yield one
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await one.ends()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
