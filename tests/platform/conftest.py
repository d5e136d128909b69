"""The `planclock` command, as somebody types it, and an authority to type it about."""

import asyncio
import base64
import sys
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from deploy.local.databases import Databases
from events.store.log import Appended
from service.command import main
from tests.store.telling import MASTER_KEY, command, draft, item, opened

Planclock = Callable[..., "Said"]


@dataclass(frozen=True)
class Told:
    """A case that was told of, and whose it is."""

    authority: UUID
    case: UUID


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    stdout: str
    stderr: str
    returncode: int


@pytest.fixture
def planclock(databases: Databases, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Planclock:
    """Types a command in this process, with settings that reach this module's databases."""
    settings = {
        "DATABASE_URL": databases.log_dsn,
        "PLANCLOCK_KEYS_URL": databases.keys_dsn,
        "PLANCLOCK_WORKER_URL": databases.worker_dsn,
        "PLANCLOCK_MASTER_KEY": base64.b64encode(MASTER_KEY).decode(),
        "PLANCLOCK_ISSUER": "https://login.example",
    }

    def planclock(*words: str, **more: str) -> Said:
        for name, value in (settings | more).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["planclock", *words])
        status: object = 0
        try:
            main()
        except SystemExit as ended:
            status = ended.code
        said = capsys.readouterr()
        if isinstance(status, str):
            return Said(said.out, f"{said.err}{status}\n", 1)
        return Said(said.out, said.err, int(str(status or 0)))

    return planclock


@pytest.fixture
def told(planclock: Planclock, databases: Databases) -> Told:
    """An authority under Staffordshire's procedure, with one case."""
    authority = UUID(planclock("authority", "create", "Example authority", "--pack", "staffordshire").stdout.strip())
    return Told(authority, asyncio.run(a_case(databases, authority)))


async def a_case(databases: Databases, authority: UUID) -> UUID:
    async with opened(databases.log_dsn, databases.keys_dsn) as log:
        case = uuid4()
        registered = item("child_registered")
        outcome = await log.append(command(authority, draft(case, 1, told=registered), references={"REF-1": case}))
        assert isinstance(outcome, Appended)
    return case


@pytest.fixture
def planned(told: Told, databases: Databases) -> Told:
    """The same, and the child on a plan since 3 March 2025."""

    async def begin() -> None:
        async with opened(databases.log_dsn, databases.keys_dsn) as log:
            outcome = await log.append(command(told.authority, draft(told.case, 2, told=item("plan_started"))))
            assert isinstance(outcome, Appended)

    asyncio.run(begin())
    return told
