"""`planclock worker`: keeps the worklist and the case list up to date with the log."""

import asyncio
import signal

import structlog

from service.command.opened import follower, opened
from service.command.settings import read_settings
from service.logs import configure
from service.settings import Settings

_log = structlog.get_logger(__name__)


def worker() -> None:
    """Follow the log of every authority until it is told to stop. Any number may run; they share the work."""
    settings = read_settings(Settings)
    configure(settings.log_format, settings.log_level)
    asyncio.run(_follow(settings))


async def _follow(settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with opened(settings) as parts:
        following = follower(parts)
        _log.info("worker_started", timers="not running")
        await following.run(stop)
