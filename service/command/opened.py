"""The parts of Planclock a command works with, opened together and closed in order."""

import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from events.case.engine import Engine, engine
from events.catalogue.registry import Catalogue
from events.catalogue.whole import catalogue
from events.store.connect import Database
from events.store.errors import LogError
from events.store.key_service import LocalKeyService
from events.store.keys import Keys
from events.store.log import Log
from events.store.read_models.histories import Histories
from events.store.texts import texts
from service.cases.rules import Rules
from service.command.errors import CommandError
from service.following import Follower
from service.listing import Listing
from service.settings import Settings


@dataclass(frozen=True)
class Opened:
    """The log and what is needed to understand it."""

    database: Database
    keys: Keys
    log: Log
    catalogue: Catalogue
    engine: Engine
    rules: Rules


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Opened]:
    """Opens the parts that `settings` name.

    Raises:
        CommandError: A database cannot be reached, or what was asked of the log cannot be had; in one line.
    """
    try:
        async with _connected(settings) as parts:
            yield parts
    except OSError as error:
        raise CommandError(f"the database cannot be reached: {error}") from None
    except LogError as error:
        raise CommandError(str(error)) from None


@asynccontextmanager
async def _connected(settings: Settings) -> AsyncIterator[Opened]:
    worker = settings.worker_url.get_secret_value() if settings.worker_url else None
    database = await Database.connect(
        settings.database_url.get_secret_value(), worker_dsn=worker, pool_size=settings.pool_size
    )
    try:
        key_service = LocalKeyService(settings.master_key.get_secret_value())
        keys = await Keys.connect(settings.keys_url.get_secret_value(), key_service)
        try:
            whole = catalogue()
            understood = engine(whole)
            log = Log(database, keys, whole)
            rules = Rules(log, partial(texts, database), understood.vocabulary)
            yield Opened(database, keys, log, whole, understood, rules)
            await log.close()
        finally:
            await keys.close()
    finally:
        await database.close()


def follower(parts: Opened) -> Follower:
    """Whoever follows the log for the lists, as this process.

    Raises:
        CommandError: There is no connection that crosses authorities.
    """
    if parts.database.worker is None:
        raise CommandError("PLANCLOCK_WORKER_URL is not set, and following looks at every authority")
    histories = Histories(parts.database.worker, parts.keys, parts.catalogue)
    listing = Listing(parts.log, histories, parts.keys, parts.rules, parts.engine.assessor)
    return Follower(parts.database.worker, listing, f"{socket.gethostname()}:{os.getpid()}")
