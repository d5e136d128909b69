"""Made-up commands for the tests of the log."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

from events.catalogue.envelope import Item, Recorder
from events.catalogue.registry import Catalogue
from events.catalogue.whole import catalogue
from events.store.connect import Database
from events.store.key_service import LocalKeyService
from events.store.keys import Keys
from events.store.log import Command, Draft, Log

MASTER_KEY = bytes(range(32))
CATALOGUE: Catalogue = catalogue()


@asynccontextmanager
async def opened(log_dsn: str, keys_dsn: str, worker_dsn: str | None = None) -> AsyncIterator[Log]:
    """A log over these databases, closed again at the end."""
    database = await Database.connect(log_dsn, worker_dsn=worker_dsn)
    keys = await Keys.connect(keys_dsn, LocalKeyService(MASTER_KEY))
    log = Log(database, keys, CATALOGUE)
    try:
        yield log
    finally:
        await log.close()
        await keys.close()
        await database.close()


def item(type_name: str = "child_seen", **data: object) -> Item:
    """The catalogue's example of a type, as parsed from a caller, with some of its data replaced."""
    entry = CATALOGUE[type_name]
    told = entry.example_item()
    return entry.item.model_validate_json(json.dumps({**told, "data": {**told["data"], **data}}))


def draft(case: UUID, version: int, *, fact: UUID | None = None, told: Item | None = None, copy: int = 0) -> Draft:
    """One event of a case, alone in its command."""
    told = told or item()
    entry = CATALOGUE[told.type]
    return Draft(
        case=case,
        version=version,
        through=version,
        fact=fact or uuid4(),
        copy=copy,
        kind=entry.kind,
        schema_version=entry.schema_version,
        recorded_by=Recorder(subject="worker-1", role="social_worker"),
        item=told,
        request_digest=bytes(32),
    )


def command(authority: UUID, *drafts: Draft, references: Mapping[str, UUID] | None = None) -> Command:
    """Drafts as one command, each case expected at the version before its first draft."""
    expected: dict[UUID, int] = {}
    for each in drafts:
        expected.setdefault(each.case, each.version - 1)
    return Command(authority, expected, drafts, references or {})
