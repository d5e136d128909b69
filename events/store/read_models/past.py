"""The lists as they were, from the rows of every case made anew: what the lists in the database say only of now.

The same questions are asked of the rows themselves that are asked there in SQL, and answered in the same order.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.store.keys import Keys
from events.store.read_models.asking import Concerned, ListedDuty
from events.store.read_models.blinding import Blinds
from events.store.read_models.case_list import CasePage, ListedCase, Live, WantedCases, to_do
from events.store.read_models.paging import Place, case_cursor, case_place, duty_cursor, duty_place
from events.store.read_models.rows import CaseRow, DutyRow, Outcome
from events.store.read_models.strands import LATEST, Wanted, strands
from events.store.read_models.worklist import DutyPage

_STANDING = tuple(map(Outcome, ("live", "missed", "met_late", "met", "suspended", "cancelled")))
"""Of a duty that concerns several cases, that case's stands for it which comes first here: it can be acted on."""

MERGED = "merged"

_Held = tuple[CaseRow, DutyRow]
"""A duty with the case whose it is."""


@dataclass(frozen=True)
class Past:
    """The rows of every case of an authority as they stood at a position, recorded at the instant `now`."""

    authority: UUID
    position: int
    now: datetime
    rows: tuple[CaseRow, ...]


class PastLists:
    """Answers questions about the past as `Worklist` and `CaseList` answer them about now."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    async def duty_page(self, past: Past, wanted: Wanted, *, limit: int, cursor: str | None) -> DutyPage:
        """A page of the worklist as it stood. Raises BadCursorError."""
        blinds = Blinds(past.authority, await self._keys.of_authority(past.authority))
        after = duty_place(cursor, blinds) if cursor else None
        found = [each for each in past_duties(past.rows, wanted, past.now, blinds) if after is None or each[0] > after]
        more = duty_cursor(found[limit - 1][0], blinds) if len(found) > limit else None
        return DutyPage(tuple(duty for _, duty in found[:limit]), more, past.position, past.now)

    async def case_page(self, past: Past, wanted: WantedCases, *, limit: int, cursor: str | None) -> CasePage:
        """A page of the case list as it stood. Raises BadCursorError."""
        blinds = Blinds(past.authority, await self._keys.of_authority(past.authority))
        after = case_place(cursor, blinds) if cursor else 0
        found = [each for each in past_cases(past.rows, wanted, past.now) if each[0] > after]
        more = case_cursor(found[limit - 1][0], blinds) if len(found) > limit else None
        return CasePage(tuple(case for _, case in found[:limit]), more, past.position, past.now)


def past_duties(
    rows: Iterable[CaseRow], wanted: Wanted, now: datetime, blinds: Blinds
) -> list[tuple[Place, ListedDuty]]:
    """The duties wanted of these cases at `now`, each once with every case it concerns, in the order of the list."""
    held: dict[str, list[_Held]] = {}
    for row in rows:
        for duty in row.duties:
            held.setdefault(duty.duty.id if duty.shared else f"{row.case} {duty.duty.id}", []).append((row, duty))
    found = []
    for of_one in held.values():
        _, duty = standing = min(of_one, key=_stands)
        if _wanted(of_one, duty, wanted, now):
            place = Place(not duty.dated, duty.ordered_at, blinds.duty(duty.duty.id))
            found.append((place, _listed(standing, of_one, now)))
    return sorted(found, key=lambda each: each[0])


def past_cases(rows: Iterable[CaseRow], wanted: WantedCases, now: datetime) -> list[tuple[int, ListedCase]]:
    """The cases wanted of these, with how much there was to do at `now`, in the order in which they were opened."""
    found = (row for row in rows if _is_wanted(row, wanted))
    return [(row.opened, _listed_case(row, now)) for row in sorted(found, key=lambda row: row.opened)]


def _stands(held: _Held) -> tuple[object, ...]:
    row, duty = held
    ordered_at = LATEST if duty.withheld else duty.ordered_at
    return (_STANDING.index(duty.outcome), ordered_at, not duty.duty.leads, row.case)


def _wanted(of_one: Sequence[_Held], duty: DutyRow, wanted: Wanted, now: datetime) -> bool:
    asked: list[tuple[str | None, Collection[str | None]]] = [
        (wanted.team, {row.team for row, _ in of_one}),
        (wanted.worker, {row.worker for row, _ in of_one}),
        (wanted.owner, {duty.duty.owner}),
        (wanted.rule, {duty.duty.rule}),
    ]
    if any(value is not None and value not in among for value, among in asked):
        return False
    if wanted.cases is not None and wanted.cases.isdisjoint(row.case for row, _ in of_one):
        return False
    incalculable = None if wanted.dates is None else wanted.dates.value == "incalculable"
    if not duty.dated and incalculable is not None and duty.incalculable is not incalculable:
        return False
    return any(
        strand.outcome is duty.outcome
        and strand.after < duty.ordered_at <= strand.upto
        and strand.lapses in {None, duty.lapses is not None}
        for strand in strands(wanted, now, dated=duty.dated)
    )


def _listed(standing: _Held, of_one: Sequence[_Held], now: datetime) -> ListedDuty:
    _, duty = standing
    concerned = sorted(of_one, key=lambda held: held[0].case)
    return ListedDuty(
        duty.at(now), tuple(Concerned(row.case, each.at(now).status, row.team, row.worker) for row, each in concerned)
    )


def _is_wanted(row: CaseRow, wanted: WantedCases) -> bool:
    asked: list[tuple[str | None, Collection[str | None]]] = [
        (wanted.stage, (row.stage,)),
        (wanted.category, (row.category,)),
        (wanted.flag, row.flags),
        (wanted.team, (row.team,)),
        (wanted.worker, (row.worker,)),
    ]
    if MERGED in row.flags and wanted.flag != MERGED and wanted.cases is None:
        return False
    if wanted.cases is not None and row.case not in wanted.cases:
        return False
    return all(value is None or value in among for value, among in asked)


def _listed_case(row: CaseRow, now: datetime) -> ListedCase:
    live = [
        Live(duty.dated, duty.incalculable, duty.lapses is not None, duty.inherited, duty.ordered_at)
        for duty in row.duties
        if duty.outcome is Outcome.LIVE
    ]
    return ListedCase(
        case=row.case,
        version=row.version,
        stage=row.stage,
        category=row.category,
        flags=row.flags,
        team=row.team,
        worker=row.worker,
        manager=row.manager,
        to_do=to_do(live, now),
    )
