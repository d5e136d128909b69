"""What `assess` answers: plain values, ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from events.calendars.counting import Skipped
from events.catalogue.announcements import Said


class Status(StrEnum):
    """Where a duty stands."""

    OPEN = "open"
    MET = "met"
    MET_LATE = "met_late"
    MISSED = "missed"
    CANCELLED = "cancelled"
    SUSPENDED = "suspended"


class Mark(StrEnum):
    """What else is true of a duty, whatever its status.

    `inherited` is said of a value that the document does not give, and of what fell due before the authority carried
    the case here, which is `before_go_live` as well.
    """

    LATE_WHEN_KNOWN = "late_when_known"
    INHERITED = "inherited"
    CANNOT_BE_CALCULATED = "cannot_be_calculated"
    IMPRECISE = "imprecise"
    CHASED = "chased"
    BEFORE_GO_LIVE = "before_go_live"


@dataclass(frozen=True)
class Because:
    """The event that started or met a duty."""

    fact: UUID
    type: str
    on: date
    position: int


@dataclass(frozen=True)
class Explanation:
    """How a due date came about: what it counts from, how far, and every day that was not counted and why."""

    counted_from: str
    anchor: date | None
    count: str | None
    skipped: tuple[Skipped, ...] = ()
    last_working_day: date | None = None
    policy: str = ""
    policy_version: str = ""
    calendar: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lateness:
    """Why a duty was late, as somebody explained it, and who accepted that."""

    reason: str
    accepted_by: Mapping[str, Any] | None
    on: date
    fact: UUID


@dataclass(frozen=True, order=True)
class Follows:
    """From which local day on a duty is there because another was missed, and what that one's date is counted from."""

    on: date
    counted_from: str


@dataclass(frozen=True)
class Duty:
    """What somebody must do because of a clause.

    `due_on` is inclusive to the end of that local day; `due_at` is an instant; a duty with neither is undated.
    `closed_on` is the day after which nobody need act: it was met, cancelled, or ended unmet. `follows` says what it
    waits for where it is there only once another was missed.
    """

    id: str
    rule: str
    title: str
    cite: str
    modality: str
    owner: str
    about: str
    status: Status
    marks: frozenset[Mark]
    due_on: date | None
    due_at: datetime | None
    chase_on: date | None
    started_by: Because
    met_by: Because | None
    closed_on: date | None
    reason: str | None
    missing: str | None
    meeting: str | None
    told_of: Mapping[str, Any]
    leads: bool
    explanation: Explanation
    lateness: Lateness | None = None
    follows: Follows | None = None


class Severity(StrEnum):
    """What sort of shortcoming a finding is."""

    FORBIDDEN = "forbidden"
    BREACH = "breach"
    WARNING = "warning"
    RECORD = "record"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True)
class Finding:
    """A breach or shortcoming, kept beside the fact it concerns."""

    rule: str
    cite: str
    severity: Severity
    message: str
    missing: tuple[str, ...]
    fact: UUID
    type: str
    on: date
    meeting: str | None

    @property
    def forbids(self) -> bool:
        """Whether a blocking rule was broken and nobody set it aside."""
        return self.severity is Severity.FORBIDDEN


@dataclass(frozen=True)
class Guidance:
    """Advice that a clause gives about what has just happened. Never refuses, never counts against anybody."""

    rule: str
    cite: str
    text: str
    fact: UUID


@dataclass(frozen=True)
class Refusal:
    """A blocking rule that binds a decision: its clause, a sentence to act on, and the evidence that is missing."""

    rule: str
    cite: str
    message: str
    missing: tuple[str, ...]
    override: str


@dataclass(frozen=True)
class ToAnnounce:
    """Something that must be said of a duty and has not been said: `at` is the instant from which it is true."""

    duty: str
    rule: str
    said: Said
    due_on: date | None
    due_at: datetime | None
    at: datetime


@dataclass(frozen=True)
class Assessment:
    """What the events of one case mean at one instant.

    `awaited` are the duties that time alone will begin: each once another's date has passed, unless something is told.
    """

    state: Mapping[str, Any]
    duties: tuple[Duty, ...]
    awaited: tuple[Duty, ...]
    findings: tuple[Finding, ...]
    guidance: tuple[Guidance, ...]
    refusals: Mapping[UUID, tuple[Refusal, ...]]
    to_announce: tuple[ToAnnounce, ...]
    next_instant: datetime | None
    superseded: frozenset[UUID] = field(default_factory=frozenset)
