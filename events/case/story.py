"""What the history of one case has come to so far: the child, the episode, the plan, the meetings. Grown by `telling`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from events.catalogue.envelope import Event


class Stage(StrEnum):
    """Where the child's plan stands (requirements 4.1)."""

    NONE = "none"
    REQUESTED = "icpc_requested"
    SCHEDULED = "icpc_scheduled"
    DEFERRED = "icpc_deferred"
    WITHDRAWN = "withdrawn"
    NOT_SUBJECT = "not_subject"
    ACTIVE = "active"
    ENDED = "ended"


INITIAL, REVIEW, RECEIVING_IN, CORE_GROUP, UNKNOWN = "initial", "review", "receiving_in", "core_group", "unknown"
"""The kinds of meeting. A pre-birth conference is an initial one."""

BEFORE_PLAN = frozenset({Stage.REQUESTED, Stage.SCHEDULED, Stage.DEFERRED})


@dataclass
class Child:
    """The child the case is about. Until the birth there is only an expected date."""

    born: date | None = None
    awaited: bool = False
    expected: date | None = None
    names: str | None = None
    died: date | None = None
    left_uk: date | None = None
    pregnancy_ended: date | None = None
    verbal: str | None = None
    left_concern_household: date | None = None

    @property
    def unborn(self) -> bool:
        """Expected, and neither born nor lost."""
        return self.awaited and self.born is None and self.pregnancy_ended is None


@dataclass
class Meeting:
    """One conference or core group, put together from the facts about it."""

    id: str
    kind: str
    scheduled_on: date | None = None
    original_on: date | None = None
    held_on: date | None = None
    not_held_on: date | None = None
    cancelled_on: date | None = None
    quorum: str | None = None
    category_when_opened: str | None = None
    reviews_before: int = 0
    opened: bool = False
    facts: list[Event] = field(default_factory=list)

    def of(self, *types: str) -> Iterator[Event]:
        """The facts of these types told about this meeting, in order."""
        return (event for event in self.facts if event.type in types)

    def last(self, *types: str) -> Event | None:
        """The last fact of these types told about this meeting."""
        return next((event for event in reversed(self.facts) if event.type in types), None)

    @property
    def day(self) -> date | None:
        """When it was held, or else is to be held."""
        return self.held_on or self.scheduled_on


@dataclass
class Action:
    """One action of the plan."""

    id: str
    due_on: date | None
    settled_on: date | None = None
    rationale: str | None = None


@dataclass
class Plan:
    """One episode on a plan, from the conference that made the child subject to it until it ended."""

    started_on: date
    conference: str | None
    decision: UUID
    category: str | None = None
    categories: list[tuple[date, str]] = field(default_factory=list)
    reviews: list[tuple[str, date]] = field(default_factory=list)
    core_groups: list[tuple[str, date]] = field(default_factory=list)
    visits: list[date] = field(default_factory=list)
    actions: dict[str, Action] = field(default_factory=dict)
    unborn_at_start: bool = False
    ended_on: date | None = None
    ground: str | None = None


@dataclass
class Allocation:
    """Who has the case now."""

    worker: str | None = None
    team: str | None = None
    manager: str | None = None


@dataclass
class Story:
    """Everything conditions and duties may ask about, as it stood just before the event in hand."""

    case: UUID
    stage: Stage = Stage.NONE
    stage_since: date | None = None
    episode: int = 0
    child: Child = field(default_factory=Child)
    plan: Plan | None = None
    earlier_plans: list[Plan] = field(default_factory=list)
    requested_at: datetime | None = None
    requested_on: date | None = None
    requested_by: str | None = None
    lead_professional: Any = None
    visit_pattern_days: int | None = None
    allocation: Allocation = field(default_factory=Allocation)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    facts: dict[str, list[Event]] = field(default_factory=dict)
    conferences: list[str] = field(default_factory=list)
    implied: dict[UUID, str] = field(default_factory=dict)
    broken: dict[UUID, tuple[str, ...]] = field(default_factory=dict)

    def last(self, *types: str) -> Event | None:
        """The last event of these types in this case, by the order in which they were true."""
        found = [self.facts[name][-1] for name in types if self.facts.get(name)]
        return max(found, key=lambda event: event.order, default=None)

    def all(self, *types: str) -> list[Event]:
        """Every event of these types in this case, in order."""
        found = [event for name in types for event in self.facts.get(name, ())]
        return sorted(found, key=lambda event: event.order)

    @property
    def active(self) -> bool:
        """Whether the child is subject to a plan."""
        return self.stage is Stage.ACTIVE

    def meeting_of(self, event: Event) -> Meeting | None:
        """The meeting an event is about: the one it names, or the one it was found to mean, or None."""
        return self.meetings.get(event.meeting or self.implied.get(event.fact, ""))

    def last_conference(self, *kinds: str, held: bool = False) -> Meeting | None:
        """The conference last begun or last held, of these kinds if any are given."""
        found = (self.meetings[id_] for id_ in reversed(self.conferences))
        return next(
            (each for each in found if (not kinds or each.kind in kinds) and (each.held_on is not None or not held)), None
        )
