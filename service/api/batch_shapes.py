"""The shapes of answers about work over every case, for the description of the API."""

from datetime import date, datetime
from uuid import UUID

from events.store.batches import BatchKind, BatchState, CaseOutcome
from service.api.shapes import Shape


class ChangesCounted(Shape):
    """How often one clause has another answer."""

    about: str
    """A duty, a refusal or a finding."""
    rule: str
    number: int


class BatchReading(Shape):
    """One piece of work over every case."""

    id: UUID
    kind: BatchKind
    what: str
    """The pack or the calendar, with its version."""
    state: BatchState
    effective_from: date | None
    recalculates_open: bool
    compares_with: int
    """What was in force up to this position is how it was before."""
    position: int
    """Cases are read up to it."""
    assessed_at: datetime
    """The instant at which both are assessed: when it was asked, or the day from which the draft counts if later."""
    asked_at: datetime
    ended_at: datetime | None
    cases: int
    done: int
    changed: int
    failed: int
    """Cases that could not be assessed."""
    erased: int
    changes: list[ChangesCounted] | None
    """By clause, once it is done."""


class BatchesReading(Shape):
    """The last ones."""

    batches: list[BatchReading]


class ChangeFound(Shape):
    """One thing that has another answer. Null stands for nothing."""

    about: str
    rule: str
    before: str | None
    after: str | None


class CaseFound(Shape):
    """What was found in one case."""

    case: UUID
    outcome: CaseOutcome
    changes: list[ChangeFound]


class FoundPage(Shape):
    """Some of the cases in which something was found."""

    batch: UUID
    state: BatchState
    cases: list[CaseFound]
    next: str | None
