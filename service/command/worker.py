"""`planclock worker`: keeps the lists up to date with the log, and the timers running."""

import asyncio
import signal

import structlog

from service.command.opened import follower, opened, timers
from service.command.settings import read_settings
from service.logs import configure
from service.settings import Settings

_log = structlog.get_logger(__name__)


def worker() -> None:
    """Follow the log and keep the timers until it is told to stop. Any number may run; they share the work."""
    settings = read_settings(Settings)
    configure(settings.log_format, settings.log_level)
    asyncio.run(_work(settings))


async def _work(settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with opened(settings) as parts, asyncio.TaskGroup() as work:
        if settings.temporal_address is None:
            _log.warning("worker_started", timers="not running, for TEMPORAL_ADDRESS is not set")
        else:
            _log.info("worker_started", timers="waiting for Temporal")
            work.create_task(timers(parts).run(stop))
        work.create_task(follower(parts).run(stop))
