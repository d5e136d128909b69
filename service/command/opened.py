"""The parts of Planclock a command works with, opened together and closed in order."""

import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import asyncpg
from temporalio.client import Client

from events.case.engine import Engine, engine
from events.catalogue.registry import Catalogue
from events.catalogue.whole import catalogue
from events.store.connect import Database
from events.store.errors import LogError, in_plain_words
from events.store.key_service import LocalKeyService
from events.store.keys import Keys
from events.store.log import Log
from events.store.read_models.histories import Histories
from events.store.texts import texts
from service.cases.authorities import Authorities
from service.cases.rules import Rules
from service.channels import Receivers
from service.command.errors import CommandError
from service.following import Follower
from service.listing import Listing
from service.logs import configure
from service.settings import Settings
from workflows.announcing import Announcer
from workflows.comparing import Comparer
from workflows.connecting import connect
from workflows.nudging import TemporalAwayError
from workflows.running import Timers
from workflows.voice import Voice


@dataclass(frozen=True)
class Opened:
    """The log and what is needed to understand it."""

    database: Database
    keys: Keys
    log: Log
    catalogue: Catalogue
    engine: Engine
    rules: Rules
    settings: Settings


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Opened]:
    """Opens the parts that `settings` name.

    Raises:
        CommandError: A database cannot be reached, or what was asked of the log cannot be had; in one line.
    """
    try:
        async with _connected(settings) as parts:
            with in_plain_words():
                yield parts
    except OSError as error:
        raise CommandError(f"the database cannot be reached: {error}") from None
    except LogError as error:
        raise CommandError(str(error)) from None


@asynccontextmanager
async def _connected(settings: Settings) -> AsyncIterator[Opened]:
    worker = settings.worker_url.get_secret_value() if settings.worker_url else None
    with _let_in():
        database = await Database.connect(
            settings.database_url.get_secret_value(), worker_dsn=worker, pool_size=settings.pool_size
        )
    try:
        key_service = LocalKeyService(settings.master_key.get_secret_value())
        with _let_in():
            keys = await Keys.connect(settings.keys_url.get_secret_value(), key_service)
        try:
            whole = catalogue()
            understood = engine(whole)
            log = Log(database, keys, whole)
            rules = Rules(log, partial(texts, database), understood.vocabulary)
            yield Opened(database, keys, log, whole, understood, rules, settings)
            await log.close()
        finally:
            await keys.close()
    finally:
        await database.close()


@contextmanager
def _let_in() -> Iterator[None]:
    """Says of a server that lets nobody in why it does not: it may still be starting. Nothing was asked of it yet."""
    try:
        yield
    except asyncpg.PostgresError as error:
        raise CommandError(f"the database cannot be entered: {error}") from None


def timers(parts: Opened) -> Timers:
    """Whoever keeps the timers, as this process.

    Raises:
        CommandError: There is no connection that crosses authorities.
    """
    if parts.database.worker is None:
        raise CommandError("PLANCLOCK_WORKER_URL is not set, and timers look at every authority")
    return Timers(
        log=parts.log,
        catalogue=parts.catalogue,
        pool=parts.database.worker,
        announcer=Announcer(Voice(parts.log, parts.catalogue), parts.engine.assessor, parts.rules.of),
        is_sandbox=Authorities(parts.log).is_sandbox,
        owner=f"{socket.gethostname()}:{os.getpid()}",
        comparer=comparer(parts),
        webhook_of=_receivers(parts.settings).of,
        retry_for=timedelta(hours=parts.settings.notice_retry_hours),
    )


def comparer(parts: Opened) -> Comparer:
    """Whoever does what batches ask, as this process.

    Raises:
        CommandError: There is no connection that crosses authorities.
    """
    if parts.database.worker is None:
        raise CommandError("PLANCLOCK_WORKER_URL is not set, and work over every case is that role's")
    return Comparer(
        pool=parts.database.worker,
        keys=parts.keys,
        histories=Histories(parts.database.worker, parts.keys, parts.catalogue),
        rules_upto=parts.rules.of,
        texts=partial(texts, parts.database),
        vocabulary=parts.engine.vocabulary,
        assessor=parts.engine.assessor,
    )


def _receivers(settings: Settings) -> Receivers:
    try:
        return Receivers.read(settings.notice_channels)
    except (OSError, ValueError) as error:
        raise CommandError(f"{settings.notice_channels} does not say where notices go: {error}") from None


@asynccontextmanager
async def with_temporal(settings: Settings) -> AsyncIterator[tuple[Opened, Timers, Client]]:
    """Opens the parts that `settings` name, and a connection to Temporal.

    Raises:
        CommandError: Something cannot be reached, or there is no Temporal; in one line.
    """
    if settings.temporal_address is None:
        raise CommandError("TEMPORAL_ADDRESS is not set, and timers live there")
    configure(settings.log_format, "error")  # what is found is the command's own answer, not a line of a log
    try:
        async with opened(settings) as parts:
            yield parts, timers(parts), await connect()
    except TemporalAwayError as error:
        raise CommandError(f"{error} ({settings.temporal_address})") from None


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
