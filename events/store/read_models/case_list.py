"""The case list: where every case of one authority stands, and how much there is to do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from events.catalogue.envelope import LOCAL
from events.store.connect import Pool
from events.store.keys import CaseKeys, Erased, Keys
from events.store.read import Record
from events.store.read_models.blinding import Blinds
from events.store.read_models.paging import case_cursor, case_place
from events.store.read_models.reading import Reading, reading
from events.store.read_models.sealing import open_case, open_duty

_CASES = """
select case_id, version, opened, stage, category, flags, sealed
from rm.listed_case
where authority = $1 and generation = $2 and opened > $3
    and ($4::text is null or stage = $4)
    and ($5::text is null or category = $5)
    and ($6::text is null or $6 = any (flags))
    and ($7::uuid is null or team = $7)
    and ($8::uuid is null or worker = $8)
    and ($9::uuid[] is null or case_id = any ($9))
    and ($6 = 'merged' or $9 is not null or not 'merged' = any (flags))
order by opened
limit $10
"""
_LIVE = """
select case_id, duty, outcome, dated, incalculable, lapses, inherited, ordered_at, month,
    case when month is not null then sealed end as sealed
from rm.duty
where authority = $1 and generation = $2 and case_id = any ($3) and outcome = 'live'
"""


_AT_MEETING = """
select case_id from rm.listed_case
where authority = $1 and generation = $2 and meetings @> array[$3::uuid]
order by opened
limit $4
"""


@dataclass(frozen=True)
class WantedCases:
    """Which cases to list; what is None does not matter."""

    stage: str | None = None
    category: str | None = None
    flag: str | None = None
    team: str | None = None
    worker: str | None = None
    cases: frozenset[UUID] | None = None


@dataclass(frozen=True)
class ToDo:
    """The duties of a case that somebody can still act on.

    `open` are not past their date or have none; `undated` and `incalculable` are among them. `missed` are past it.
    `inherited` fell due before the authority carried the case, and are not among the missed (E-83). `next_due_on` is
    the local day by which the next is due.
    """

    open: int
    missed: int
    undated: int
    incalculable: int
    inherited: int
    next_due_on: date | None


@dataclass(frozen=True)
class ListedCase:
    """One case of the list."""

    case: UUID
    version: int
    stage: str
    category: str | None
    flags: tuple[str, ...]
    team: str | None
    worker: str | None
    manager: str | None
    to_do: ToDo


@dataclass(frozen=True)
class CasePage:
    """A page of the case list, `next` to go on from if there is more, and the position and time it is true at."""

    cases: tuple[ListedCase, ...]
    next: str | None
    position: int
    now: datetime


@dataclass(frozen=True)
class Live:
    """What counts of a duty that can still be acted on: of a `DutyRow`, or of the row in the list made from one."""

    dated: bool
    incalculable: bool
    lapses: bool
    inherited: bool
    ordered_at: datetime


class CaseList:
    """Answers questions about cases. `app` is the application role's connection."""

    def __init__(self, app: Pool, keys: Keys) -> None:
        self._app = app
        self._keys = keys

    async def page(
        self, authority: UUID, wanted: WantedCases, *, now: datetime, limit: int, cursor: str | None = None
    ) -> CasePage:
        """The next cases at `now`, the authority's own time, in the order in which they were opened.

        Raises:
            BadCursorError: `cursor` is not one that this authority was given for its case list.
            UnavailableError: The database cannot be reached or did not answer.
        """
        blinds = Blinds(authority, await self._keys.of_authority(authority))
        after = case_place(cursor, blinds) if cursor else 0
        async with reading(self._app, authority) as snapshot:
            found = await snapshot.fetch(_CASES, after, *_filters(wanted, blinds), limit + 1)
            cases = await self._shown(snapshot, found[:limit], now)
        more = case_cursor(found[limit - 1]["opened"], blinds) if len(found) > limit else None
        return CasePage(cases, more, snapshot.position, now)

    async def at_meeting(self, authority: UUID, meeting: str, limit: int) -> list[UUID]:
        """The cases that have part in a meeting, in the order in which they were opened.

        Raises:
            UnavailableError: The database cannot be reached or did not answer.
        """
        blinds = Blinds(authority, await self._keys.of_authority(authority))
        async with reading(self._app, authority) as snapshot:
            found = await snapshot.fetch(_AT_MEETING, blinds.meeting(meeting), limit)
        return [record["case_id"] for record in found]

    async def _shown(self, snapshot: Reading, found: Sequence[Record], now: datetime) -> tuple[ListedCase, ...]:
        """Rows opened and counted. What was erased meanwhile is left out."""
        ids = [record["case_id"] for record in found]
        keys = await self._keys.of_cases(snapshot.authority, ids)
        live: dict[UUID, list[Live]] = {case: [] for case in ids}
        for record in await snapshot.fetch(_LIVE, ids):
            opened = keys.get(record["case_id"])
            if isinstance(opened, CaseKeys):
                live[record["case_id"]].append(_live(snapshot.authority, record, opened))
        return tuple(
            _listed(snapshot.authority, record, opened, to_do(live[record["case_id"]], now))
            for record in found
            if (opened := keys.get(record["case_id"])) is not None and not isinstance(opened, Erased)
        )


def _filters(wanted: WantedCases, blinds: Blinds) -> list[object]:
    return [
        *(wanted.stage, wanted.category, wanted.flag),
        blinds.team(wanted.team) if wanted.team is not None else None,
        blinds.worker(wanted.worker) if wanted.worker is not None else None,
        list(wanted.cases) if wanted.cases is not None else None,
    ]


def _live(authority: UUID, record: Record, keys: CaseKeys) -> Live:
    ordered_at = record["ordered_at"] or open_duty(authority, record, keys)[0].ordered_at
    return Live(record["dated"], record["incalculable"], record["lapses"], record["inherited"], ordered_at)


def to_do(live: Collection[Live], now: datetime) -> ToDo:
    """How much there is to do of these duties at `now`; one without a date that has not begun yet is none of them."""
    passed = [each for each in live if each.dated and each.ordered_at <= now]
    coming = [each for each in live if each.dated is (each.ordered_at > now)]
    next_due = min((each.ordered_at for each in coming if each.dated), default=None)
    return ToDo(
        open=len(coming),
        missed=sum(not each.lapses and not each.inherited for each in passed),
        undated=sum(not each.dated and not each.incalculable for each in coming),
        incalculable=sum(each.incalculable for each in coming),
        inherited=sum(not each.lapses and each.inherited for each in passed),
        next_due_on=(next_due - timedelta(microseconds=1)).astimezone(LOCAL).date() if next_due else None,
    )


def _listed(authority: UUID, record: Record, keys: CaseKeys, to_do: ToDo) -> ListedCase:
    holder = open_case(authority, record["case_id"], record["sealed"], keys)
    return ListedCase(
        case=record["case_id"],
        version=record["version"],
        stage=record["stage"],
        category=record["category"],
        flags=tuple(record["flags"]),
        team=holder.team,
        worker=holder.worker,
        manager=holder.manager,
        to_do=to_do,
    )
