"""What the history of one case has come to so far: child, episode, plan and meetings. Grown by `telling`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from events.case.care import Care, Law
from events.case.directory import Directory
from events.case.move import Move
from events.catalogue.envelope import Event
from events.policies.model import Policy


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
"""The kinds of meeting. A pre-birth conference is an initial one, a dual process meeting a review."""

LOOKED_AFTER = "looked_after_review"
"""A review of a looked-after child that was no conference."""

MAJORITY = 18
"""The age at which a plan ends, in years (STF-T38, STK-T14, SEF-T04)."""

BEFORE_PLAN = frozenset({Stage.REQUESTED, Stage.SCHEDULED, Stage.DEFERRED})


@dataclass(frozen=True)
class Dated:
    """A date that others are counted from, and the event that told it."""

    day: date
    by: Event


@dataclass
class Child:
    """The child the case is about. Until the birth there is only an expected date."""

    birth: Dated | None = None
    corrected_birth: Dated | None = None
    expecting: Dated | None = None
    awaited: bool = False
    names: str | None = None
    died: date | None = None
    left_uk: date | None = None
    pregnancy_ended: date | None = None
    verbal: str | None = None
    left_concern_household: date | None = None

    @property
    def dated_birth(self) -> Dated | None:
        """The birth, by its date as corrected; of a child who is awaited, only once born."""
        return self.birth or (None if self.awaited else self.corrected_birth)

    @property
    def born(self) -> date | None:
        """The date of birth."""
        return self.dated_birth.day if self.dated_birth is not None else None

    @property
    def expected(self) -> date | None:
        """The expected date of delivery."""
        return self.expecting.day if self.expecting is not None else None

    @property
    def unborn(self) -> bool:
        """Expected, and neither born nor lost."""
        return self.awaited and self.birth is None and self.pregnancy_ended is None

    @property
    def gone(self) -> str | None:
        """Why there is no child any more to see and plan for, if so (E-54)."""
        if self.died is not None:
            return "the child died"
        return "the pregnancy ended" if self.pregnancy_ended is not None else None


@dataclass(eq=False)
class Meeting:
    """One conference or core group, put together from the facts about it.

    `key` never changes and makes the ids of its duties. `id` is what callers call it, once one of them has: until then
    it is named after its kind and the fact that began it. `failed_on` is the last day it could not be held.
    """

    key: str
    id: str
    kind: str
    named: bool
    scheduled: Dated | None = None
    first_set_on: date | None = None
    held: Dated | None = None
    failed_on: date | None = None
    first_failure: Dated | None = None
    cancelled_on: date | None = None
    quorum: str | None = None
    category_when_opened: str | None = None
    reviews_before: int = 0
    opened: bool = False
    dual: bool = False
    facts: list[Event] = field(default_factory=list)

    def of(self, *types: str) -> Iterator[Event]:
        """The facts of these types told about this meeting, in order."""
        return (event for event in self.facts if event.type in types)

    def last(self, *types: str) -> Event | None:
        """The last fact of these types told about this meeting."""
        return next((event for event in reversed(self.facts) if event.type in types), None)

    def at_sitting(self, day: date, *types: str) -> list[Event]:
        """Those told of the sitting that goes on, or of a day: nothing of a sitting that failed before (E-14)."""
        failed_on = self.failed_on
        return [event for event in self.of(*types) if failed_on is None or event.day > failed_on or event.day == day]

    @property
    def held_on(self) -> date | None:
        """The day it was held."""
        return self.held.day if self.held is not None else None

    @property
    def told_on_its_day(self) -> bool:
        """Whether it was held, on a day that somebody knows."""
        return self.held is not None and self.held.by.undated is None

    @property
    def scheduled_on(self) -> date | None:
        """The day it is set for."""
        return self.scheduled.day if self.scheduled is not None else None

    @property
    def awaited(self) -> bool:
        """Whether it is still to be held."""
        return self.held is None and self.cancelled_on is None

    @property
    def dated(self) -> Dated | None:
        """When it was held, or else is to be held. Held when it was to be, it was dated when that was set."""
        as_set = self.held is None or self.scheduled_on == self.held.day
        return self.scheduled if as_set else self.held

    @property
    def day(self) -> date | None:
        """The day it was held, or else is to be held."""
        return self.dated.day if self.dated is not None else None


@dataclass
class Action:
    """One action of the plan."""

    id: str
    due: Dated | None = None
    settled_on: date | None = None
    rationale: str | None = None


@dataclass
class Plan:
    """One episode on a plan, from the conference that made the child subject to it until it ended.

    `reviews_before`: how many more reviews there were than are known by their days, where the case was taken on.
    `since`: from when on the child has been on a plan without a break, wherever that was (E-32).
    """

    started_on: date
    conference: Meeting | None
    begun_by: Event
    since: date
    category: str | None = None
    categories: list[tuple[date, str]] = field(default_factory=list)
    reviews: list[Meeting] = field(default_factory=list)
    core_groups: list[Meeting] = field(default_factory=list)
    visits: list[date] = field(default_factory=list)
    actions: dict[str, Action] = field(default_factory=dict)
    ended_on: date | None = None
    ground: str | None = None
    reviews_before: int = 0


@dataclass
class Allocation:
    """Who has the case now."""

    worker: str | None = None
    team: str | None = None
    manager: str | None = None


@dataclass
class Story:
    """Everything conditions and duties may ask about, as it stood just before the event in hand.

    `void`: the endings at 18 of a child who was not 18, by a date of birth told since. No duty hears of them (E-22).
    """

    case: UUID
    directory: Directory = field(default_factory=Directory)
    stage: Stage = Stage.NONE
    stage_since: date | None = None
    episode: int = 0
    child: Child = field(default_factory=Child)
    care: Care = field(default_factory=Care)
    law: Law = field(default_factory=Law)
    plan: Plan | None = None
    earlier_plans: list[Plan] = field(default_factory=list)
    failures: set[date] = field(default_factory=set)
    lead_professional: Any = None
    visit_pattern: tuple[int, Event] | None = None
    allocation: Allocation = field(default_factory=Allocation)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    held_under: dict[str, list[date]] = field(default_factory=dict)
    conferences: list[Meeting] = field(default_factory=list)
    core_groups: list[Meeting] = field(default_factory=list)
    core_group_names: set[str] = field(default_factory=set)
    placed: dict[int, Meeting] = field(default_factory=dict)
    loose: list[Event] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    moved: dict[int, Move] = field(default_factory=dict)
    policy: Policy | None = None
    facts: dict[str, list[Event]] = field(default_factory=dict)
    broken: dict[int, tuple[str, ...]] = field(default_factory=dict)
    void: set[int] = field(default_factory=set)
    taken_on: Event | None = None
    reviews_counted: tuple[date, int] | None = None
    reviewed_on: set[date] = field(default_factory=set)
    merged_into: tuple[date, str] | None = None
    merged: list[UUID] = field(default_factory=list)

    def last(self, type_: str) -> Event | None:
        """The last event of that type in this case, by the order in which they were true."""
        found = self.facts.get(type_)
        return found[-1] if found else None

    @property
    def active(self) -> bool:
        """Whether the child is subject to a plan."""
        return self.stage is Stage.ACTIVE

    def reviews_untold(self, since: date) -> int:
        """How many reviews of a plan that began then were only counted, their days unknown, when it was taken on."""
        if self.reviews_counted is None or since > self.reviews_counted[0]:
            return 0
        until, count = self.reviews_counted
        return max(count - sum(since <= day <= until for day in self.reviewed_on), 0)

    def meeting_of(self, event: Event) -> Meeting | None:
        """The meeting an event is about: the one it names, or the one it was found to mean, or None."""
        return self.placed.get(event.key)

    def move_of(self, event: Event) -> Move | None:
        """The move an event is about: the one it names, or the one it was found to mean, or None."""
        return self.moved.get(event.position)

    def move(self, stage: Stage, day: date) -> None:
        """Come to another stage."""
        self.stage, self.stage_since = stage, day
