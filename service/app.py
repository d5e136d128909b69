"""The composition root of the API: everything it works with is put together here, once, from the settings."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import version
from uuid import UUID, uuid4

import httpx2
from fastapi import FastAPI
from joserfc.jwk import KeySet

from events.case.engine import Engine, engine
from events.catalogue.registry import Catalogue
from events.catalogue.whole import catalogue
from events.store.access import Access
from events.store.connect import Database
from events.store.key_service import LocalKeyService
from events.store.keys import Keys
from events.store.log import Log
from events.store.read_models.case_list import CaseList
from events.store.read_models.histories import Histories
from events.store.read_models.lag import wait_for
from events.store.read_models.past import PastLists
from events.store.read_models.worklist import Worklist
from events.store.texts import texts
from service.api import (
    batches,
    directory,
    feed,
    health,
    lists,
    meetings,
    notice_list,
    notices,
    pages,
    reading,
    reports,
    rules,
    sandbox,
    telling,
)
from service.api.bodies import Limits, lists_for_directory, lists_of_items
from service.api.documented import describe
from service.api.event_types import EventTypes
from service.api.metrics import Metrics
from service.api.observing import Observing, said_plainly
from service.api.parts import Parts
from service.api.problems import answer_with_problems
from service.batches import Asking
from service.cases.authorities import Authorities
from service.cases.batches import Batches
from service.cases.cases import Cases
from service.cases.clocks import CaughtUp, Clocks
from service.cases.rules import Rules
from service.cases.sandboxes import Sandboxes
from service.cases.transfers import Transfers
from service.following import Follower
from service.identity.keys import Keys as IssuerKeys
from service.identity.keys import KeysInHand, PublishedKeys
from service.identity.signing import Signer
from service.identity.tokens import Issuer, Tokens
from service.listing import Listing
from service.pages.library import Library
from service.procedures import Procedures
from service.settings import Settings
from workflows.announcing import Announcer
from workflows.batching import Batcher
from workflows.carrying import Carrier
from workflows.comparing import Comparer
from workflows.connecting import connect
from workflows.nudging import Nudger
from workflows.prompting import Prompter
from workflows.reporting import Reporter
from workflows.voice import Voice
from workflows.watching import Watching

SANDBOX_ISSUER = "urn:planclock:sandbox"
PATIENCE = timedelta(seconds=30)
_FETCHING = 5.0
"""Seconds to wait for an issuer's keys."""

DESCRIPTION = """
Records what happens in the life of a child protection plan, works out what must be done next and by when under the
authority's own procedure, and can show any case as it stood, or as it was known, on any day.
"""


def create_app(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    new_id: Callable[[], UUID] = uuid4,
    patience: timedelta = PATIENCE,
) -> FastAPI:
    """The API. Nothing is opened before it is started, and everything is closed when it stops.

    `clock` is the real time, for tokens; each authority has its own for everything else. `patience` is how long
    moving a sandbox's clock may take before it answers with what is outstanding.
    """
    whole, metrics, build = catalogue(), Metrics(), version("planclock")

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as opened:
            with said_plainly("cannot_start"):
                app.state.parts = await _parts(opened, settings, whole, metrics, clock, new_id, patience)
            yield

    app = FastAPI(
        title="Planclock",
        summary="The life of a child protection plan, as events that are never edited.",
        description=DESCRIPTION,
        version=build,
        lifespan=lifespan,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
    )
    about_cases = (telling, reading, notices, meetings, lists, notice_list, feed)
    for routes in (*about_cases, rules, batches, reports, directory, sandbox, pages, health):
        app.include_router(routes.router)
    answer_with_problems(app)
    describe(
        app, whole, settings.batch_limit, [sandbox.NewSandbox, sandbox.Advance, notices.Sending, batches.NewSimulation]
    )
    app.add_middleware(Observing, metrics=metrics, build=build)
    return app


async def _parts(  # noqa: PLR0913, PLR0917  # this is where everything comes together
    opened: AsyncExitStack,
    settings: Settings,
    whole: Catalogue,
    metrics: Metrics,
    clock: Callable[[], datetime],
    new_id: Callable[[], UUID],
    patience: timedelta,
) -> Parts:
    worker = settings.worker_url.get_secret_value() if settings.worker_url else None
    database = await Database.connect(
        settings.database_url.get_secret_value(), worker_dsn=worker, pool_size=settings.pool_size
    )
    opened.push_async_callback(database.close)
    key_service = LocalKeyService(settings.master_key.get_secret_value())
    keys = await Keys.connect(settings.keys_url.get_secret_value(), key_service)
    opened.push_async_callback(keys.close)
    log = Log(database, keys, whole)
    opened.push_async_callback(log.close)
    understood = engine(whole)
    cases = Cases(
        log=log,
        catalogue=whole,
        assessor=understood.assessor,
        rules=Rules(log, partial(texts, database), understood.vocabulary),
        authorities=Authorities(log),
        access=Access(database),
        new_id=new_id,
    )
    procedures = Procedures(log, database, whole, understood.vocabulary)
    watching = await _watching(settings, database)
    announcer = Announcer(Voice(log, whole), understood.assessor, cases.rules.of)
    prompter = _prompter(watching, announcer)
    carrier = Carrier(announcer.voice, announcer.assessor, announcer.rules_of)
    transfers = Transfers(carrier, cases.authorities, prompter)
    signer = _local_signer(settings, clock)
    sandbox_signer = signer or _sandbox_signer(settings, clock)
    return Parts(
        cases=cases,
        database=database,
        worklist=Worklist(database.app, keys),
        case_list=CaseList(database.app, keys),
        past=PastLists(keys),
        sandboxes=Sandboxes(procedures, new_id),
        batches=Batches(
            Asking(log, database.app, new_id),
            procedures,
            cases.rules,
            database.app,
            keys,
            _comparer(database, keys, cases, understood),
            Batcher(watching.client) if watching is not None else None,
            patience,
        ),
        clocks=Clocks(
            cases, announcer, Reporter(announcer), transfers, _lists(database, keys, cases), patience, prompter
        ),
        transfers=transfers,
        sandbox_signer=sandbox_signer,
        tokens=await _tokens(opened, settings, clock, signer, sandbox_signer),
        limits=Limits(body=settings.body_limit, batch=settings.batch_limit),
        one=whole.told,
        many=lists_of_items(whole, settings.batch_limit),
        directory=lists_for_directory(whole, settings.batch_limit),
        event_types=EventTypes(whole),
        library=Library(understood),
        metrics=metrics,
        watching=watching,
    )


async def _watching(settings: Settings, database: Database) -> Watching | None:
    """A look at the timers. The connection is made with the first look, so that Temporal may come later."""
    return Watching(await connect(lazy=True), database.worker) if settings.temporal_address is not None else None


def _prompter(watching: Watching | None, announcer: Announcer) -> Prompter | None:
    return Prompter(Nudger(watching.client), announcer, watching) if watching is not None else None


def _comparer(database: Database, keys: Keys, cases: Cases, understood: Engine) -> Comparer | None:
    """Compares every case for a batch, where this process may see them all at once."""
    if database.worker is None:
        return None
    histories = Histories(database.worker, keys, cases.catalogue)
    found = partial(texts, database)
    vocabulary, assessor = understood.vocabulary, understood.assessor
    return Comparer(database.worker, keys, histories, cases.rules.of, found, vocabulary, assessor)


def _lists(database: Database, keys: Keys, cases: Cases) -> CaughtUp:
    """Waits for the lists; where this process may follow for them itself, it does so rather than wait for another."""
    follower: Follower | None = None
    if database.worker is not None:
        histories = Histories(database.worker, keys, cases.catalogue)
        listing = Listing(cases.log, histories, keys, cases.rules, cases.assessor)
        follower = Follower(database.worker, listing, f"api:{uuid4()}")

    async def caught_up(authority: UUID, position: int, seconds: float) -> int:
        if follower is not None:
            await follower.catch_up(authority)
        return await wait_for(database.app, authority, position, timedelta(seconds=seconds))

    return caught_up


def _issuer(settings: Settings) -> str:
    return str(settings.issuer).rstrip("/")


def _local_signer(settings: Settings, clock: Callable[[], datetime]) -> Signer | None:
    if settings.local_issuer_key is None:
        return None
    return Signer(_issuer(settings), settings.local_issuer_key.get_secret_value(), settings.audience, clock)


def _sandbox_signer(settings: Settings, clock: Callable[[], datetime]) -> Signer | None:
    if settings.sandbox_key is None:
        return None
    return Signer(SANDBOX_ISSUER, settings.sandbox_key.get_secret_value(), settings.audience, clock)


async def _tokens(
    opened: AsyncExitStack,
    settings: Settings,
    clock: Callable[[], datetime],
    local: Signer | None,
    sandboxes: Signer | None,
) -> Tokens:
    name = _issuer(settings)
    keys: IssuerKeys
    if local is not None:
        keys = KeysInHand(local.public)
    elif settings.issuer_keys is not None:
        keys = KeysInHand(KeySet.import_key_set(json.loads(settings.issuer_keys.read_text())))
    else:
        client = await opened.enter_async_context(httpx2.AsyncClient(timeout=_FETCHING))
        keys = PublishedKeys(name, client, clock)
    issuers = [Issuer(name, keys)]
    if sandboxes is not None and sandboxes is not local:
        issuers.append(Issuer(sandboxes.issuer, KeysInHand(sandboxes.public), only_sandboxes=True))
    return Tokens(tuple(issuers), settings.audience, clock)
