"""The shape of one duty in answers: what, by when and why."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from events.case.answer import Mark, Status
from service.api.shapes import Shape


class Because(Shape):
    """The event that started or met a duty."""

    fact: UUID
    type: str
    on: date
    position: int


class Skipped(Shape):
    """A day that was not counted."""

    day: date
    why: str


class Explanation(Shape):
    """How a due date came about."""

    counted_from: str
    start: date | None
    """The day it counts from, which is day 0."""
    count: str | None
    skipped: list[Skipped]
    last_working_day: date | None
    policy: str
    policy_version: str
    calendar: str
    notes: list[str]


class Lateness(Shape):
    """Why a duty was late, as somebody explained it."""

    reason: str
    accepted_by: dict[str, Any] | None
    on: date
    fact: UUID


class Duty(Shape):
    """What somebody must do because of a clause."""

    id: str
    """The clause it comes from, such as `STF-T21`."""
    key: str
    """This one duty, among all of its clause. A duty about a meeting has the same key in each child's case."""
    title: str
    cite: str
    modality: str
    owner: str
    about: str
    status: Status
    marks: list[Mark]
    due_on: date | None
    """Inclusive, to the end of that local day."""
    due_at: datetime | None
    chase_on: date | None
    started_by: Because
    met_by: Because | None
    closed_on: date | None
    reason: str | None
    missing: str | None
    """The fact without which it cannot be calculated."""
    meeting: str | None
    told_of: dict[str, Any]
    explanation: Explanation
    lateness: Lateness | None
    """Why it was late, where it was and somebody explained it."""
