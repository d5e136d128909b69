"""What a question about the worklist comes down to: stretches of rows, each in the order of the list."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

from events.calendars.counting import ONE_DAY
from events.case.answer import Status
from events.case.standing import begins
from events.store.read_models.rows import Outcome

EARLIEST, LATEST = datetime(1850, 1, 1, tzinfo=UTC), datetime(2400, 1, 1, tzinfo=UTC)
"""Before and after every instant that a duty can have."""


class Dates(StrEnum):
    """Which duties by their dates: `undated` ones have none by their nature, `incalculable` ones for want of a fact."""

    DATED = "dated"
    UNDATED = "undated"
    INCALCULABLE = "incalculable"


@dataclass(frozen=True)
class Wanted:
    """Which duties to list; what is None does not matter.

    Without `statuses`, what is still to be done: open, or missed and still to be acted on. `due_from` and `due_to`
    are local days, both included, and leave undated duties out; `began_by` is the last local day on which an undated
    duty may have begun, and leaves dated ones out.
    """

    team: str | None = None
    worker: str | None = None
    owner: str | None = None
    rule: str | None = None
    cases: frozenset[UUID] | None = None
    statuses: frozenset[Status] | None = None
    dates: Dates | None = None
    due_from: date | None = None
    due_to: date | None = None
    began_by: date | None = None


@dataclass(frozen=True)
class Strand:
    """Rows of one outcome, dated or not, with `after` < ordered_at <= `upto`."""

    outcome: Outcome
    dated: bool
    after: datetime = EARLIEST
    upto: datetime = LATEST
    lapses: bool | None = None


def strands(wanted: Wanted, now: datetime, *, dated: bool) -> list[Strand]:
    """The strands, dated or undated, that answer a question at `now`. No row lies in two of them."""
    if wanted.dates is not None and dated is not (wanted.dates is Dates.DATED):
        return []
    window = wanted.due_from is not None or wanted.due_to is not None
    if (window and not dated) or (wanted.began_by is not None and dated):
        return []
    first = begins(wanted.due_from) if wanted.due_from else EARLIEST
    last = begins(wanted.due_to + ONE_DAY) if wanted.due_to else LATEST
    if not dated and wanted.began_by is not None:
        last = begins(wanted.began_by)
    found = _to_do(now, dated=dated) if wanted.statuses is None else _of(wanted.statuses, now, dated=dated)
    within = (replace(strand, after=max(strand.after, first), upto=min(strand.upto, last)) for strand in found)
    return [strand for strand in within if strand.after < strand.upto]


def _to_do(now: datetime, *, dated: bool) -> Iterator[Strand]:
    yield from _open(now, dated=dated)
    if dated:
        yield Strand(Outcome.LIVE, dated, upto=now, lapses=False)


def _open(now: datetime, *, dated: bool) -> Iterator[Strand]:
    yield Strand(Outcome.LIVE, dated, after=now) if dated else Strand(Outcome.LIVE, dated, upto=now)


def _of(statuses: frozenset[Status], now: datetime, *, dated: bool) -> Iterator[Strand]:
    for status in sorted(statuses):
        if status is Status.OPEN:
            yield from _open(now, dated=dated)
            continue
        yield Strand(Outcome(status.value), dated)
        if status in {Status.MISSED, Status.CANCELLED} and dated:
            yield Strand(Outcome.LIVE, dated, upto=now, lapses=status is Status.CANCELLED)
