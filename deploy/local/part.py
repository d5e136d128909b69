"""One part of the local stack: a process that is started again when it dies, a little later each time."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local.child import child

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
_SETTLED = 60.0
"""Seconds after which a part counts as running well, so that its next death starts with the first pause again."""

_GRACE = 10.0
"""Seconds that a part has to finish what it is doing."""

Say = Callable[[str], None]
"""Tells the person at the terminal one line."""


@dataclass(frozen=True)
class Part:
    """A program to keep running: a `planclock` command, with what it writes kept in `log`."""

    name: str
    environment: Mapping[str, str]
    log: Path

    async def keep(self, say: Say, loop_time: Callable[[], float]) -> None:
        """Runs it until this task is cancelled, then stops it. A death is said, with the last line of its log."""
        pause = _FIRST_PAUSE
        while True:
            began = loop_time()
            status = await self._once()
            if loop_time() - began > _SETTLED:
                pause = _FIRST_PAUSE
            say(f"{self.name} stopped ({_how(status)}); starting it again in {pause:g} s. Its log: {self.log}")
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _once(self) -> int:
        with self.log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *child(Path(sys.executable).with_name("planclock"), self.name, dying=signal.SIGTERM),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, **self.environment},
                # Ctrl-C is for the one at the terminal, who then stops the parts in order.
                start_new_session=True,
            )
        try:
            return await process.wait()
        finally:
            if process.returncode is None:
                await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _GRACE)
    except TimeoutError:
        process.kill()
        await process.wait()


def _how(status: int) -> str:
    return f"exit {status}" if status >= 0 else signal.Signals(-status).name
