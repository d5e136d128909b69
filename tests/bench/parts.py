"""What an append is made of: Python, the call, the function inside PostgreSQL, the disk."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from uuid import UUID

import asyncpg

from deploy.local.databases import Databases
from events.store.append import SealedCommand, append_group
from events.store.command import Command
from events.store.keys import CaseKeys, readable
from events.store.log import Log
from events.store.seal import seal_command
from tests.bench.measuring import Figures, Row, Unit
from tests.bench.stage import Stage, an_authority, prepared

_GROUPS = (1, 16, 64)
"""Commands in a group: one writer, and what 32 and 128 writers come to with two flushers that take turns."""

_FUNCTION = """
select coalesce(sum(total_time), 0) from pg_stat_xact_user_functions where schemaname = 'es' and funcname = 'append'
"""


@dataclass
class _Parts:
    """Microseconds an event, once for each group."""

    seal: list[float] = field(default_factory=list)
    call: list[float] = field(default_factory=list)
    function: list[float] = field(default_factory=list)
    commit: list[float] = field(default_factory=list)

    def rows(self, size: int) -> list[Row]:
        """A row for each part."""
        named = {
            "split, write as JSON, seal, hash (Python)": self.seal,
            "write out the call, send it, read the answer": self.call,
            "es.append, as PostgreSQL times it": self.function,
            "commit, which waits for the disk": self.commit,
        }
        group = f"groups of {size}" if size > 1 else "alone"
        return [Row(Unit.MICROSECONDS, Figures(f"{group}: {name}", tuple(taken))) for name, taken in named.items()]


async def rows(stage: Stage) -> AsyncIterator[Row]:
    """For each size of group what each part costs an event, one group after another on one connection."""
    async with stage.databases("parts") as databases, an_authority(databases) as (log, authority):
        for size in _GROUPS:
            for row in (await _taken_apart(stage, databases, log, authority, size)).rows(size):
                yield row


async def _taken_apart(stage: Stage, databases: Databases, log: Log, authority: UUID, size: int) -> _Parts:
    parts = _Parts()
    commands = await prepared(log, authority, size, stage.effort.of(200))
    keys = {case: readable(await log._keys.of_case(authority, case)) for each in commands for case in each[0].expected}
    timed, connection = await asyncpg.connect(databases.admin_dsn), await asyncpg.connect(databases.log_dsn)
    await timed.execute(f"alter role planclock_app in database {databases.log} set track_functions = 'pl'")
    await connection.close()
    connection = await asyncpg.connect(databases.log_dsn)
    for group in zip(*commands, strict=True):
        await _take_apart(parts, connection, authority, group, keys)
    await connection.close()
    await timed.close()
    return parts


async def _take_apart(
    parts: _Parts,
    connection: Any,  # noqa: ANN401 - asyncpg ships no types
    authority: UUID,
    group: Sequence[Command],
    keys: dict[UUID, CaseKeys],
) -> None:
    began = perf_counter()
    sealed: list[SealedCommand] = [seal_command(each, keys, ()) for each in group]
    at_seal = perf_counter()
    transaction = connection.transaction()
    await transaction.start()
    before = await connection.fetchval(_FUNCTION)
    at_start = perf_counter()
    await append_group(connection, authority, sealed)
    at_call = perf_counter()
    function = (await connection.fetchval(_FUNCTION) - before) / 1000
    at_function = perf_counter()
    await transaction.commit()
    at_commit = perf_counter()
    share = 1_000_000 / len(group)
    parts.seal.append((at_seal - began) * share)
    parts.call.append((at_call - at_start - function) * share)
    parts.function.append(function * share)
    parts.commit.append((at_commit - at_function) * share)
