"""The shapes of lists, meetings and the feed."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict

from events.case.answer import Status
from events.catalogue.envelope import Kind
from service.api.case_shapes import AsTold
from service.api.duty_shapes import Duty
from service.api.shapes import Page, Shape


class ToDo(Shape):
    """The duties of a case that somebody can still act on."""

    open: int
    missed: int
    undated: int
    incalculable: int
    inherited: int
    """Past their date since before the authority carried the case: still to be done, and not counted as missed."""
    next_due_on: date | None


class ListedCase(Shape):
    """One case of the list."""

    case: UUID
    version: int
    stage: str
    category: str | None
    flags: list[str]
    team: str | None
    worker: str | None
    manager: str | None
    to_do: ToDo


class CasesPage(Page):
    """A page of the case list."""

    position: int
    """How far the list has followed the log."""
    now: datetime
    cases: list[ListedCase]
    sandbox: bool


class Concerned(Shape):
    """A case that a duty concerns."""

    case: UUID
    status: Status
    team: str | None
    worker: str | None


class ListedDuty(Duty):
    """A duty of the worklist, with every case it concerns."""

    cases: list[Concerned]


class DutiesPage(Page):
    """A page of the worklist."""

    position: int
    now: datetime
    duties: list[ListedDuty]
    sandbox: bool


class MeetingOfCase(Shape):
    """How the meeting stands in one child's case."""

    model_config = ConfigDict(extra="allow")

    case: UUID
    version: int
    scheduled_on: date | None
    held_on: date | None
    not_held_on: date | None
    cancelled_on: date | None
    quorum: str | None


class MeetingFact(AsTold):
    """What was told of it, as it stands now."""

    fact: UUID
    kind: Kind
    cases: list[UUID]
    corrected: bool


class CaseOfDuty(Shape):
    """A case that a meeting's duty concerns."""

    case: UUID
    status: Status


class MeetingDuty(Duty):
    """A duty about the meeting."""

    cases: list[CaseOfDuty]


class MeetingReading(Shape):
    """A meeting over every child it concerned."""

    meeting: str
    kind: str
    cases: list[MeetingOfCase]
    facts: list[MeetingFact]
    duties: list[MeetingDuty]
    position: int
    sandbox: bool


class FeedData(Shape):
    """What was recorded."""

    position: int
    case: UUID | None
    version: int
    fact: UUID
    kind: Kind
    schema_version: int
    erased: bool


class CloudEvent(Shape):
    """One event of the feed (CloudEvents 1.0), without its body."""

    specversion: Literal["1.0"]
    id: str
    source: str
    type: str
    subject: str | None
    time: datetime
    data: FeedData


class FeedPage(Page):
    """A page of the feed."""

    after: int
    """Go on from here."""
    events: list[CloudEvent]
