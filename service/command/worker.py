"""`planclock worker`: keeps the worklist and the case list up to date with the log."""

import asyncio
import os
import signal
import socket

import structlog

from events.store.read_models.histories import Histories
from service.command.errors import CommandError
from service.command.opened import opened
from service.command.settings import read_settings
from service.following import Follower
from service.listing import Listing
from service.settings import Settings

_log = structlog.get_logger(__name__)


def worker() -> None:
    """Follow the log of every authority until it is told to stop. Any number may run; they share the work."""
    asyncio.run(_follow(read_settings(Settings)))


async def _follow(settings: Settings) -> None:
    if settings.worker_url is None:
        raise CommandError("PLANCLOCK_WORKER_URL is not set, and a worker looks at every authority")
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with opened(settings) as parts:
        pool = parts.database.worker
        histories = Histories(pool, parts.keys, parts.catalogue)
        listing = Listing(parts.log, histories, parts.keys, parts.rules, parts.engine.assessor)
        _log.info("worker_started", timers="not running: they arrive with Temporal")
        await Follower(pool, listing, f"{socket.gethostname()}:{os.getpid()}").run(stop)
