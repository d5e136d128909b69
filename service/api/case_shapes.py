"""The shapes of answers about one case, and of problems."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict

from events.case.answer import Severity
from events.catalogue.envelope import Kind
from service.api.duty_shapes import Duty
from service.api.shapes import Page, Shape


class Finding(Shape):
    """A breach or shortcoming, kept beside the fact it concerns."""

    rule: str
    cite: str
    severity: Severity
    message: str
    missing: list[str]
    fact: UUID
    type: str
    on: date
    meeting: str | None


class Guidance(Shape):
    """Advice that a clause gives."""

    rule: str
    cite: str
    text: str
    fact: UUID


class Reason(Shape):
    """Why a decision is refused."""

    rule: str
    cite: str
    message: str
    missing: list[str]


class Refused(Shape):
    """One refused item."""

    id: str
    fact: UUID
    case: UUID | None
    type: str
    reasons: list[Reason]


class Outcome(Shape):
    """What became of one item."""

    id: str
    fact: UUID
    """Names the fact from now on, in corrections for instance."""
    type: str
    outcome: Literal["recorded", "refused", "left_out"]
    version: int | None
    position: int | None
    recorded_at: datetime | None


class Child(Shape):
    """The child."""

    names: str | None
    date_of_birth: date | None
    expected_date: date | None
    age: int | None
    died_on: date | None
    left_uk_on: date | None


class State(Shape):
    """Where the case stands."""

    model_config = ConfigDict(extra="allow")

    stage: str
    since: date | None
    episode: int
    flags: list[str]
    child: Child
    plan: dict[str, Any] | None
    afterwards: dict[str, Any] | None
    after_care: dict[str, Any] | None
    earlier_plans: list[dict[str, Any]]
    lead_professional: dict[str, Any] | None
    allocation: dict[str, Any]
    meetings: list[dict[str, Any]]


class CaseAnswer(Shape):
    """What became of what was told, and how the case stands since."""

    case: UUID | None
    """Null in a dry run that would open the case."""
    version: int
    position: int | None
    """Null in a dry run."""
    events: list[Outcome]
    state: State
    duties: list[Duty]
    findings: list[Finding]
    guidance: list[Guidance]
    refused: list[Refused]
    sandbox: bool


class CasesAnswer(Shape):
    """The same for each case that was concerned."""

    position: int | None
    cases: list[CaseAnswer]
    refused: list[Refused]


class PolicyNamed(Shape):
    """The policy in force."""

    id: str
    version: str
    digest: str


class Grounds(Shape):
    """What an answer rests on: with the same of these and the same rights it is the same, byte for byte."""

    now: datetime
    position: int
    chain: str
    policy: PolicyNamed
    calendar: str
    engine: str
    provisional: bool
    """Whether later knowledge could still change it."""
    sandbox: bool


class CaseReading(Grounds):
    """One case at one moment."""

    case: UUID
    version: int
    state: State
    duties: list[Duty]
    findings: list[Finding]
    guidance: list[Guidance]


class DutiesReading(Grounds):
    """The duties of one case at one moment."""

    case: UUID
    version: int
    duties: list[Duty]


class Recorder(Shape):
    """Who told Planclock."""

    subject: str
    role: str


class AsTold(Shape):
    """What was told: the item's own envelope and data."""

    source: str
    id: str
    type: str
    occurred_on: date | None
    occurred_at: datetime | None
    seq: int | None
    meeting: str | None
    basis: Literal["here", "reported"] | None
    reported: dict[str, Any] | None
    override: dict[str, Any] | None
    on_behalf_of: str | None
    decided_by: dict[str, Any] | None
    historical_import: bool
    depends_on: list[str]
    data: dict[str, Any]
    """As the event type's schema says, without the fields that are not set."""


class HistoryEvent(AsTold):
    """One event as it was recorded."""

    position: int
    version: int
    fact: UUID
    kind: Kind
    schema_version: int
    recorded_at: datetime
    recorded_by: Recorder
    corrects: UUID | None
    corrected_by: list[UUID]


class HistoryPage(Page):
    """A part of one case's history."""

    case: UUID
    version: int
    position: int
    events: list[HistoryEvent]
    sandbox: bool


class ErrorShape(Shape):
    """One thing that is wrong: in the body, or in a parameter."""

    pointer: str | None = None
    """A JSON Pointer (RFC 6901) into the body."""
    parameter: str | None = None
    message: str


class ProblemShape(Shape):
    """A problem (RFC 9457). `type` is stable; what else it holds depends on it."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str | None = None
    errors: list[ErrorShape] | None = None
    reasons: list[Reason] | None = None
    refused: list[Refused] | None = None
    version: int | None = None
