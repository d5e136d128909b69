"""`planclock doctor`: an installation checked part by part, and what to do about each part that fails."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import asyncpg

from events.store.errors import LogError
from events.store.read_models.checkpoints import TIMERS
from events.store.read_models.lag import Lag, lags
from service.cases.readiness import UNCOUNTED
from service.command.errors import CommandError
from service.command.opened import Opened, opened
from service.command.settings import read_settings
from service.settings import Settings
from workflows.activities import CLOCKS_APART
from workflows.connecting import connect, prepare
from workflows.nudging import TemporalAwayError
from workflows.watching import Seen, Watching

FAR_BEHIND = 60.0
"""Seconds after which something that follows the log counts as standing still."""


@dataclass(frozen=True)
class Finding:
    """How one part is. `do` says what to do about it; empty when nothing need be done."""

    part: str
    says: str
    do: str = ""


def doctor() -> None:
    """Check databases, keys, clocks, lists, Temporal, workers and timers. The exit code is 1 if any needs doing."""
    findings = asyncio.run(examined(read_settings(Settings)))
    for found in findings:
        print(f"{'mend' if found.do else 'ok'}\t{found.part}\t{found.says}")
        if found.do:
            print(f"\t\t{found.do}")
    sys.exit(1 if any(found.do for found in findings) else 0)


async def examined(settings: Settings, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> list[Finding]:
    """What was found, in the order in which to mend it. What rests on something that fails is not looked at."""
    findings = [await _database(part, dsn, variable) for part, dsn, variable in _databases(settings)]
    if settings.worker_url is None:
        findings.append(Finding("worker role", "It is not given.", "Set PLANCLOCK_WORKER_URL for worker and doctor."))
    if not any(found.do for found in findings):
        try:
            async with opened(settings) as parts:
                findings.append(await _clocks(parts, clock()))
                findings += [found async for found in _working(parts, settings)]
        except CommandError as error:
            findings.append(Finding("log", str(error), "See the log of PostgreSQL."))
    return findings


def _databases(settings: Settings) -> list[tuple[str, str, str]]:
    given = [
        ("log", settings.database_url, "DATABASE_URL"),
        ("keys", settings.keys_url, "PLANCLOCK_KEYS_URL"),
        ("worker role", settings.worker_url, "PLANCLOCK_WORKER_URL"),
    ]
    return [(part, url.get_secret_value(), variable) for part, url, variable in given if url is not None]


async def _database(part: str, dsn: str, variable: str) -> Finding:
    asked = "select from keys.authority_key limit 1" if part == "keys" else "select from rm.reconciliation limit 1"
    try:
        connection = await asyncpg.connect(dsn)
    except (OSError, asyncpg.PostgresError) as error:
        return Finding(part, f"It cannot be entered: {type(error).__name__}.", f"Check {variable} and the server.")
    try:
        await connection.fetch(asked)
    except asyncpg.InsufficientPrivilegeError:
        return Finding(part, "It answers.")
    except asyncpg.PostgresError:
        return Finding(part, "Its schema is missing or old.", "Run planclock migrate with this build.")
    finally:
        await connection.close()
    return Finding(part, "It answers.")


async def _working(parts: Opened, settings: Settings) -> AsyncIterator[Finding]:
    yield await _master_key(parts)
    yield await _lists(parts)
    yield await _relay(parts)
    if settings.temporal_address is None:
        yield Finding("temporal", "None is named, so no timers run.", "Set TEMPORAL_ADDRESS for worker and API.")
        return
    try:
        client = await connect()
        yield (
            Finding("temporal", "It answers, and knows what lifecycles show.")
            if await prepare(client)
            else Finding("temporal", "It may lack the search attribute.", "See deploy/temporal.md on how to add it.")
        )
    except TemporalAwayError as error:
        yield Finding("temporal", f"{error}.", f"Check TEMPORAL_ADDRESS ({settings.temporal_address}) and the server.")
        return
    seen = await Watching(client, parts.database.worker).look()
    yield _workers(seen)
    yield _timers(seen)


async def _master_key(parts: Opened) -> Finding:
    """Whether the master key opens the keys that are there."""
    authorities = await parts.log.authorities()
    try:
        for authority in authorities[:1]:
            await parts.keys.of_authority(authority.id)
    except (LogError, ValueError) as error:
        return Finding(
            "master key", f"It does not open the keys: {type(error).__name__}.", "Check PLANCLOCK_MASTER_KEY."
        )
    return Finding("master key", f"It opens the keys; there are {len(authorities)} authorities.")


async def _clocks(parts: Opened, here: datetime) -> Finding:
    """Whether the database's clock, by which everything is recorded and falls due, is this machine's."""
    ahead = await parts.database.app.fetchval("select clock_timestamp()") - here
    if abs(ahead) < CLOCKS_APART:
        return Finding("clocks", "The database's and this machine's agree.")
    which = "ahead of" if ahead > timedelta() else "behind"
    seconds = abs(ahead).total_seconds()
    return Finding(
        "clocks", f"The database's is {seconds:.0f} s {which} this machine's.", "Set both by the same time service."
    )


def _stopped(part: str, found: Sequence[Lag]) -> Finding | None:
    """What halted something that follows the log, or what it waits for; None where neither is so."""
    halted = [lag for lag in found if lag.halted]
    if halted:
        return Finding(
            part,
            f"Halted at {_where(halted)}.",
            "Mend what it says, then run planclock resume. See deploy/temporal.md.",
        )
    waiting = [lag for lag in found if lag.error]
    if waiting:
        return Finding(part, f"Waiting at {_where(waiting)}.", "Bring every worker up to the newest build.")
    return None


def _where(stopped: Sequence[Lag]) -> str:
    why = "; ".join(f"{lag.authority} after position {lag.position}, as {lag.error}" for lag in stopped)
    return f"{len(stopped)} of the authorities: {why}"


async def _lists(parts: Opened) -> Finding:
    found = await lags(parts.database.worker)
    stopped = _stopped("lists", found)
    if stopped is not None:
        return stopped
    slowest = max((lag.seconds for lag in found), default=0.0)
    if slowest > FAR_BEHIND:
        return Finding("lists", f"They are {slowest:.0f} s behind the log.", "See that planclock worker is running.")
    return Finding("lists", "They show what was recorded.")


async def _relay(parts: Opened) -> Finding:
    """Whether news of cases may reach their timers. That it waits counts only where there is a Temporal."""
    found = await lags(parts.database.worker, TIMERS)
    waiting = sum(lag.events for lag in found)
    return _stopped("relay", found) or Finding("relay", f"{waiting} events wait to be relayed to the timers.")


def _workers(seen: Seen) -> Finding:
    if not seen.reachable:
        return Finding("workers", "Temporal did not say.", "See Temporal's own log.")
    if not seen.workers:
        return Finding(
            "workers", "None is joined to Temporal.", "Start planclock worker with the same TEMPORAL_ADDRESS."
        )
    if (seen.behind_seconds or 0) > FAR_BEHIND:
        return Finding("workers", f"The relay is {seen.behind_seconds:.0f} s behind.", "See the worker's log.")
    return Finding("workers", f"{seen.workers} joined, {seen.backlog} tasks waiting.")


def _timers(seen: Seen) -> Finding:
    if seen.held is None or seen.late is None:
        return Finding("timers", UNCOUNTED, "See deploy/temporal.md on how to add it, and Temporal's own log.")
    says = f"{seen.expected} expected, {seen.held} held, {seen.late} late, {seen.amiss} amiss when last compared."
    if seen.late:
        return Finding("timers", says, "Start more workers, or see why theirs fail in Temporal's pages.")
    if (seen.expected or 0) > (seen.held or 0):
        return Finding(
            "timers", says, "Run planclock reconcile; after Temporal lost its data, planclock rebuild timers."
        )
    return Finding("timers", says)
