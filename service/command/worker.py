"""`planclock worker`: keeps the lists up to date with the log, and the timers running."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
import uvicorn

from service.api.worker_health import worker_app
from service.command.opened import Opened, follower, opened, timers
from service.command.settings import read_settings
from service.logs import configure
from service.settings import Settings
from workflows.connecting import connect
from workflows.watching import Watching

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
        if settings.worker_port is not None:
            work.create_task(_answer(settings, parts, stop))


async def _answer(settings: Settings, parts: Opened, stop: asyncio.Event) -> None:
    """Answers how the worker is, until `stop` is set."""
    watching = Watching(await connect(lazy=True), parts.database.worker) if settings.temporal_address else None
    app = worker_app(parts.database, watching)
    server = _Served(uvicorn.Config(app, host=settings.host, port=settings.worker_port or 0, log_config=None))
    serving = asyncio.create_task(server.serve())
    await stop.wait()
    server.should_exit = True
    await serving


class _Served(uvicorn.Server):
    """Leaves signals to the worker, which stops its parts in order."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
