"""`planclock worker`: keeps the worklist and the case list up to date with the log."""

import asyncio
import signal

import structlog

from service.command.opened import follower, opened
from service.command.settings import read_settings
from service.settings import Settings

_log = structlog.get_logger(__name__)


def worker() -> None:
    """Follow the log of every authority until it is told to stop. Any number may run; they share the work."""
    asyncio.run(_follow())


async def _follow() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with opened(read_settings(Settings)) as parts:
        following = follower(parts)
        _log.info("worker_started", timers="not running")
        await following.run(stop)
