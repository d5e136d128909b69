"""Keeping the parts of a local stack alive: one that dies is started again, a little later each time."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local.child import child

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
_SETTLED = 60.0
"""Seconds after which a part counts as running well, so that its next death starts with the first pause again."""

_GRACE = 10.0
"""Seconds that a program has to finish what it is doing."""

Say = Callable[[str], None]
"""Tells the person at the terminal one line."""


async def keep(
    name: str,
    run: Callable[[], Awaitable[str]],
    say: Say,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Calls `run` again whenever it returns, which means that the part died; it returns how. Never returns itself."""
    pause = _FIRST_PAUSE
    while True:
        began = clock()
        died = await run()
        if clock() - began > _SETTLED:
            pause = _FIRST_PAUSE
        say(f"{name} stopped ({died}); starting it again in {pause:g} s")
        await sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


@dataclass(frozen=True)
class Program:
    """A `planclock` command as a process of its own; what it writes goes to the end of `log`."""

    command: str
    environment: Mapping[str, str]
    log: Path

    async def run(self) -> str:
        """Runs it until it dies and returns how; cancelled, it asks the process to finish and waits for it."""
        with self.log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *child(Path(sys.executable).with_name("planclock"), self.command, dying=signal.SIGTERM),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, **self.environment},
                # Ctrl-C is for the one at the terminal, who then stops the parts in order.
                start_new_session=True,
            )
        try:
            status = await process.wait()
        except asyncio.CancelledError:
            await _end(process)
            raise
        return f"{how(status)}, see {self.log}"


def how(status: int) -> str:
    """How a process ended, from what waiting for it returned."""
    return f"exit {status}" if status >= 0 else signal.Signals(-status).name


async def _end(process: asyncio.subprocess.Process) -> None:
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _GRACE)
    except TimeoutError:
        process.kill()
        await process.wait()
