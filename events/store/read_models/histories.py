"""What a follower reads of the log: which cases moved, and the whole history of many cases at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from operator import itemgetter
from uuid import UUID

from events.catalogue.envelope import Event
from events.catalogue.registry import Catalogue
from events.store.connect import Pool
from events.store.errors import GapError, UnreadableError
from events.store.keys import CaseKeys, Erased, Keys
from events.store.read import Record
from events.store.seal import to_event

FIRST = UUID(int=0)
"""Before every case."""

CONCERN_EVERY_CASE = frozenset(
    {"policy_activated", "calendar_activated", "go_live_set", "event_corrected", "event_voided"}
)
"""What an authority's own stream may say that changes what every one of its cases means, and moves its dates."""

_HEAD = "select coalesce(max(last_position), 0) from es.block where authority = $1"
_MOVES = """
select position, case_id, type from es.event
where authority = $1 and position > $2 and position <= $3
order by position
"""
_CASES = """
with recursive walk as (
    (select case_id from es.event where authority = $1 and case_id > $2 order by case_id limit 1)
    union all
    select (
        select e.case_id from es.event e where e.authority = $1 and e.case_id > w.case_id order by e.case_id limit 1
    )
    from walk w
    where w.case_id is not null
)
select case_id from walk where case_id is not null limit $3
"""
_HOLDING = """
select c.id
from unnest($2::uuid[]) with ordinality as c (id, place)
where exists (select from es.event e where e.authority = $1 and e.case_id = c.id and e.type = any ($3))
order by c.place
"""
_EVENTS = """
select authority, position, case_id, version, type, kind, schema_version, recorded_at, fact, copy,
    request_digest, leaf, sealed, third_parties
from es.event
where authority = $1 and case_id = any ($2) and position <= $3
order by case_id, version
"""


@dataclass(frozen=True)
class Move:
    """That an event of a type was recorded for a case."""

    position: int
    case: UUID
    type: str


def concerns_every_case(authority: UUID, moved: Iterable[Move]) -> bool:
    """Whether every case of an authority has to be looked at anew after this."""
    return any(each.case == authority and each.type in CONCERN_EVERY_CASE for each in moved)


@dataclass(frozen=True)
class History:
    """The events of one case, with the keys that opened them. Of an erased case only how many there were."""

    case: UUID
    length: int
    events: tuple[Event, ...]
    keys: CaseKeys | None


async def moves(pool: Pool, authority: UUID, after: int, upto: int) -> list[Move]:
    """What was recorded after one position and up to another, in commit order; empty at the end of the log.

    Raises:
        GapError: A position that the blocks say is there is missing, or the log ends before `after`.
    """
    head = await pool.fetchval(_HEAD, authority)
    if head < after:
        raise GapError(authority, "position", after, head)
    last = min(upto, head)
    rows = await pool.fetch(_MOVES, authority, after, last)
    for expected, row in zip_longest(range(after + 1, last + 1), rows):
        if row is None or row["position"] != expected:
            raise GapError(authority, "position", expected, row and row["position"])
    return [Move(row["position"], row["case_id"], row["type"]) for row in rows]


async def cases_after(pool: Pool, authority: UUID, case: UUID, limit: int) -> list[UUID]:
    """The next cases in order of their ids, the authority's own stream among them."""
    return [row["case_id"] for row in await pool.fetch(_CASES, authority, case, limit)]


async def cases_holding(pool: Pool, authority: UUID, cases: Iterable[UUID], types: Iterable[str]) -> list[UUID]:
    """Those of these cases that hold an event of one of these types, whether or not it still counts."""
    return [row["id"] for row in await pool.fetch(_HOLDING, authority, list(cases), list(types))]


class Histories:
    """Reads whole cases as they stood at a position."""

    def __init__(self, pool: Pool, keys: Keys, catalogue: Catalogue) -> None:
        self._pool = pool
        self._keys = keys
        self._catalogue = catalogue

    async def of(self, authority: UUID, cases: Iterable[UUID], upto: int) -> list[History]:
        """The history of each case up to a position. A case that had no events by then is left out.

        Raises:
            GapError: A version is missing.
            UnreadableError: An event cannot be opened or understood.
        """
        rows = await self._pool.fetch(_EVENTS, authority, list(cases), upto)
        keys = await self._keys.of_cases(authority, {row["case_id"] for row in rows})
        return [
            self._history(authority, case, list(of_case), keys.get(case))
            for case, of_case in groupby(rows, key=itemgetter("case_id"))
        ]

    def _history(self, authority: UUID, case: UUID, rows: Sequence[Record], keys: CaseKeys | Erased | None) -> History:
        for expected, row in enumerate(rows, 1):
            if row["version"] != expected:
                raise GapError(authority, "version", expected, row["version"])
        if isinstance(keys, Erased) or any(row["sealed"] is None for row in rows):
            return History(case, len(rows), (), None)
        if keys is None:
            raise UnreadableError(f"case {case} has no keys")
        return History(case, len(rows), tuple(to_event(self._catalogue, row, keys) for row in rows), keys)
