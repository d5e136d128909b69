"""Finding the rows that answer a question about the worklist: those in clear, and merged with them those withheld."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

from events.case.answer import Duty, Status
from events.store.keys import CaseKeys, Erased, Keys
from events.store.read import Record
from events.store.read_models.blinding import Blinds
from events.store.read_models.paging import Place
from events.store.read_models.reading import Reading
from events.store.read_models.rows import DutyRow
from events.store.read_models.sealing import Holder, open_duty
from events.store.read_models.strands import EARLIEST, Dates, Strand, Wanted, strands

_CLEAR = """
select case_id, duty, outcome, ordered_at, month, shared, sealed
from rm.duty
where authority = $1 and generation = $2 and stands and month is null and outcome = $3 and dated = $4
    and (ordered_at, duty) > ($5, $6) and ordered_at <= $7
    and ($8::boolean is null or lapses = $8)
    and ($9::boolean is null or incalculable = $9)
    and ($10::uuid is null or $10 = any (teams))
    and ($11::uuid is null or $11 = any (workers))
    and ($12::text is null or owner = $12)
    and ($13::uuid is null or rule = $13)
    and ($14::uuid[] is null or cases && $14)
order by ordered_at, duty
limit $15
"""
_WITHHELD = """
select case_id, duty, outcome, ordered_at, month, shared, sealed
from rm.duty
where authority = $1 and generation = $2 and stands and month = any ($3) and outcome = $4 and dated = $5
    and ($6::boolean is null or lapses = $6)
    and ($7::boolean is null or incalculable = $7)
    and ($8::uuid is null or $8 = any (teams))
    and ($9::uuid is null or $9 = any (workers))
    and ($10::text is null or owner = $10)
    and ($11::uuid is null or rule = $11)
    and ($12::uuid[] is null or cases && $12)
"""
_CONCERNED = """
select case_id, duty, outcome, month, sealed
from rm.duty
where authority = $1 and generation = $2 and shared and duty = any ($3)
order by case_id
"""
_LAST_ID = UUID(int=2**128 - 1)
_BACK, _AHEAD = timedelta(days=25 * 366), timedelta(days=40 * 366)
"""How far from now a withheld date may lie. They are birthdays, and what a birth began."""

_MONTHS, _MORE = 12, 4
"""Months to come that are looked into for withheld rows at first, and how many times as many if they are too few."""


@dataclass(frozen=True)
class Concerned:
    """A case that a duty concerns, how the duty stands there, and who has the case."""

    case: UUID
    status: Status
    team: str | None
    worker: str | None


@dataclass(frozen=True)
class ListedDuty:
    """One duty of the worklist, as it stands in the case that stands for it, with every case it concerns."""

    duty: Duty
    concerned: tuple[Concerned, ...]


@dataclass(frozen=True)
class Found:
    """A row with its place."""

    place: Place
    record: Record


@dataclass(frozen=True)
class Question:
    """One question put to one snapshot."""

    keys: Keys
    snapshot: Reading
    wanted: Wanted
    now: datetime
    blinds: Blinds

    async def answered(self, after: Place | None, enough: int) -> list[Found]:
        """The first rows after a place, in order, `enough` of them if there are that many."""
        found: list[Found] = []
        for undated in (False, True):
            if after is not None and after.undated > undated:
                continue
            start = after if after is not None and after.undated is undated else Place(undated, EARLIEST, _LAST_ID)
            found += await self._shelf(start, enough - len(found))
            if len(found) >= enough:
                break
        return found

    async def shown(self, found: Sequence[Found]) -> tuple[ListedDuty, ...]:
        """Rows opened, each with every case it concerns. What was erased meanwhile is left out."""
        shared = [each.record["duty"] for each in found if each.record["shared"]]
        of_meetings = await self.snapshot.fetch(_CONCERNED, shared) if shared else []
        records = [*of_meetings, *(each.record for each in found if not each.record["shared"])]
        keys = await self._keys_of(records)
        opened: dict[UUID, list[tuple[Record, DutyRow, Holder]]] = {}
        for record in records:
            if record["case_id"] in keys:
                opened.setdefault(record["duty"], []).append((record, *self._opened(record, keys)))
        return tuple(
            self._listed(each.record["case_id"], opened[each.record["duty"]])
            for each in found
            if each.record["duty"] in opened
        )

    def _listed(self, standing: UUID, rows: Sequence[tuple[Record, DutyRow, Holder]]) -> ListedDuty:
        """One duty by the row that stands for it; by another if that one's case was erased."""
        shown = next((row for record, row, _ in rows if record["case_id"] == standing), rows[0][1])
        concerned = (
            Concerned(record["case_id"], row.at(self.now).status, holder.team, holder.worker)
            for record, row, holder in rows
        )
        return ListedDuty(shown.at(self.now), tuple(concerned))

    async def _shelf(self, start: Place, enough: int) -> list[Found]:
        """Dated or undated rows after a place: those in clear, and between them those withheld."""
        asked = strands(self.wanted, self.now, dated=not start.undated)
        found = sorted(chain.from_iterable([await self._clear(strand, start, enough) for strand in asked]), key=_place)
        end = found[enough - 1].place if len(found) >= enough else None
        for strand in asked:
            found += await self._withheld(strand, start, end, enough)
        return sorted(found, key=_place)[:enough]

    async def _clear(self, strand: Strand, start: Place, enough: int) -> list[Found]:
        after = max((strand.after, _LAST_ID), (start.ordered_at, start.duty))
        records = await self.snapshot.fetch(
            _CLEAR, strand.outcome.value, strand.dated, *after, strand.upto, *self._filters(strand), enough
        )
        return [Found(Place(start.undated, record["ordered_at"], record["duty"]), record) for record in records]

    async def _withheld(self, strand: Strand, start: Place, end: Place | None, enough: int) -> list[Found]:
        """Rows whose time is sealed, found by the hashes of the months it may lie in, sooner months first."""
        first = max(strand.after, start.ordered_at, self.now - _BACK)
        last = min(strand.upto, self.now + _AHEAD, *([end.ordered_at] if end else []))
        every = list(self.blinds.months(first, last))
        past = len(list(self.blinds.months(first, min(last, self.now))))
        found: list[Found] = []
        for months in _stretches(every, past):
            if len(found) < enough:
                found += [
                    each
                    for each in await self._of_months(strand, months, undated=start.undated)
                    if start < each.place and strand.after < each.place.ordered_at <= strand.upto
                ]
        return found

    async def _of_months(self, strand: Strand, months: Sequence[UUID], *, undated: bool) -> list[Found]:
        records = await self.snapshot.fetch(
            _WITHHELD, months, strand.outcome.value, strand.dated, *self._filters(strand)
        )
        keys = await self._keys_of(records)
        return [
            Found(Place(undated, self._opened(record, keys)[0].ordered_at, record["duty"]), record)
            for record in records
            if record["case_id"] in keys
        ]

    def _filters(self, strand: Strand) -> list[object]:
        wanted = self.wanted
        incalculable = None if wanted.dates in {None, Dates.DATED} else wanted.dates is Dates.INCALCULABLE
        return [
            *(strand.lapses, incalculable),
            self.blinds.team(wanted.team) if wanted.team is not None else None,
            self.blinds.worker(wanted.worker) if wanted.worker is not None else None,
            wanted.owner,
            self.blinds.rule(wanted.rule) if wanted.rule is not None else None,
            list(wanted.cases) if wanted.cases is not None else None,
        ]

    def _opened(self, record: Record, keys: Mapping[UUID, CaseKeys]) -> tuple[DutyRow, Holder]:
        return open_duty(self.snapshot.authority, record, keys[record["case_id"]])

    async def _keys_of(self, records: Sequence[Record]) -> Mapping[UUID, CaseKeys]:
        keys = await self.keys.of_cases(self.snapshot.authority, {record["case_id"] for record in records})
        return {case: opened for case, opened in keys.items() if not isinstance(opened, Erased)}


def _stretches(months: Sequence[UUID], past: int) -> Iterator[Sequence[UUID]]:
    """Months in stretches: those that are past, where little is left; then each several times as long as the last."""
    done, size = 0, past or _MONTHS
    while done < len(months):
        yield months[done : done + size]
        done, size = done + size, _MONTHS if done == 0 and past else _MORE * size


def _place(found: Found) -> Place:
    return found.place
