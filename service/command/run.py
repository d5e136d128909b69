"""`planclock run`: a whole Planclock on this machine."""

import asyncio
import os
import signal
from contextlib import suppress
from pathlib import Path

from deploy.local.postgres import CannotStartError
from deploy.local.run import LocalStack
from deploy.local.state import state_directory
from deploy.local.temporal import LocalTemporal
from service.command.errors import CommandError


def run(*, port: int = 8080, temporal_port: int = 7233, ui_port: int = 8233, state: Path | None = None) -> None:
    """Start everything on this machine, with made-up cases, and keep it running until Ctrl-C.

    Args:
        port: Where the API listens, on loopback.
        temporal_port: Where Temporal's dev server listens, on loopback; TEMPORAL_ADDRESS names one of your own instead.
        ui_port: Where the dev server's own pages are.
        state: Where the data is kept; by default a folder of this clone's own outside the clone.
    """
    stack = LocalStack(
        state=(state or state_directory()).resolve(),
        port=port,
        database_url=os.environ.get("DATABASE_URL"),
        temporal=LocalTemporal(os.environ.get("TEMPORAL_ADDRESS"), temporal_port, ui_port),
        say=lambda line: print(f"planclock: {line}", flush=True),
    )
    try:
        asyncio.run(_until_told_to_stop(stack))
    except CannotStartError as error:
        raise CommandError(str(error)) from None
    print("planclock: stopped", flush=True)


async def _until_told_to_stop(stack: LocalStack) -> None:
    """Stops everything in order on Ctrl-C, when it is terminated, and when its terminal goes away."""
    loop, running = asyncio.get_running_loop(), asyncio.create_task(stack.run())
    told: list[int] = []

    def stop(number: int) -> None:
        if not told:
            stack.say("stopping")
            running.cancel()
        told.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop, number)
    with suppress(asyncio.CancelledError):
        await running
