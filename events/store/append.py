"""The append: a group of sealed commands of one authority in one round trip, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

_APPEND = """
select * from es.append(
    set_config('planclock.authority', $1, true)::uuid,
    $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20
)
"""


class Row(NamedTuple):
    """One event as the database takes it, in the order in which es.append does."""

    case: UUID
    version: int
    fact: UUID
    copy: int
    type: str
    kind: str
    schema_version: int
    request_digest: bytes
    leaf: bytes
    sealed: bytes
    third_parties: bytes | None


MICROSECOND = timedelta(microseconds=1)
"""How far apart the events of one group are recorded."""


@dataclass(frozen=True, slots=True)
class SealedCommand:
    """A command as the database takes it. `references` maps keyed hashes to cases; `size` is in bytes."""

    expected: Sequence[tuple[UUID, int]]
    rows: Sequence[Row]
    references: Sequence[tuple[bytes, UUID]]
    size: int

    @property
    def claims(self) -> set[object]:
        """What no other command of the same group may name: its cases, facts and references."""
        return {
            *[case.int for case, _ in self.expected],
            *[row.fact.int for row in self.rows],
            *[reference for reference, _ in self.references],
        }


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one command: the outcome as es.append names it.

    `position` and `recorded_at` are its first event's, each later one a position and a microsecond on; both None
    unless it was appended. `actual` is the version found for each case in `expected`, negative when it was erased.
    """

    outcome: str
    actual: Sequence[int]
    position: int | None = None
    recorded_at: datetime | None = None


async def append_group(connection: Any, authority: UUID, group: Sequence[SealedCommand]) -> list[Written]:  # noqa: ANN401 - asyncpg ships no types
    """Appends a group in one transaction. Raises only for what is no fault of one command alone."""
    rows = [(number, *row) for number, command in enumerate(group, 1) for row in command.rows]
    checks = [(number, *check) for number, command in enumerate(group, 1) for check in command.expected]
    references = [(number, *named) for number, command in enumerate(group, 1) for named in command.references]
    answer = await connection.fetchrow(
        _APPEND,
        str(authority),
        len(group),
        *_columns(checks, 3),
        *_columns(references, 3),
        *_columns(rows, len(Row._fields) + 1),
    )
    return _written(group, answer)


def _columns(rows: Sequence[tuple[object, ...]], count: int) -> list[Sequence[object]]:
    return list(zip(*rows, strict=True)) if rows else [()] * count


def _written(group: Sequence[SealedCommand], answer: Any) -> list[Written]:  # noqa: ANN401 - a record of asyncpg
    first, time = answer["first_position"], answer["first_recorded_at"]
    written = []
    actual, place, check = answer["actual"], 0, 0
    for command, outcome in zip(group, answer["outcome"], strict=True):
        found = actual[check : check + len(command.expected)]
        check += len(command.expected)
        if outcome == "appended":
            written.append(Written(outcome, found, first + place, time + place * MICROSECOND))
            place += len(command.rows)
        else:
            written.append(Written(outcome, found))
    return written
