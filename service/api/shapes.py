"""The shapes of answers, for the description of the API. Every field is always there; null says that there is none."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from events.catalogue.envelope import Kind


class Shape(BaseModel):
    """One object of an answer."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class Page(Shape):
    """One page of a list."""

    next: str | None
    """Where the next page is; null on the last."""


class SandboxMade(Shape):
    """A new sandbox."""

    authority: UUID
    code: str
    """How those that share its clock address it, in a transfer for instance."""
    token: str
    """An integration client's, for this sandbox alone."""
    now: datetime
    sandbox: Literal[True]


class ClockMoved(Shape):
    """The clock stands where it was to go."""

    now: datetime
    position: int
    announced: int
    """How many duties were announced on the way by this call."""
    assessed_by: str
    """Who made the assessments."""
    sandbox: Literal[True]


class ClockMoving(ClockMoved):
    """The clock is on its way."""

    outstanding: dict[str, Any]
    """What is still to be done: how far the clock has to go, and how far the lists are behind."""


class EventTypeShape(Shape):
    """One event type."""

    name: str
    title: str
    topic: str
    kind: Kind
    schema_version: int
    opens_case: bool
    told_by_callers: bool
    """Whether callers may tell it of a case."""
    of_authority: bool
    """Whether it is about the authority itself, and told in its directory."""
    ours: bool
    """Whether Planclock alone tells it."""
    clauses: list[str]
    old_names: list[str]
    """Names it had or has elsewhere: accepted, and recorded as this one."""
    other_words: dict[str, str]
    """Other words for its fields, each with the field it is read as."""
    example: dict[str, Any]
    schema_: dict[str, Any] = Field(alias="schema")


class Instead(Shape):
    """What is no event type here, and what to tell instead."""

    name: str
    message: str


class EventTypes(Shape):
    """The catalogue."""

    event_types: list[EventTypeShape]
    instead: list[Instead]


class PolicyActivation(Shape):
    """A policy in force from a day."""

    id: str
    title: str
    version: str
    digest: str
    source: str
    nation: str | None
    effective_from: date
    recalculates_open: bool


class AuthoritiesNamed(Shape):
    """Who may be addressed."""

    code: str | None
    """One's own code; null while one has none."""
    others: list[str]
    """The codes of the others: real authorities among themselves, or sandboxes that share a clock."""


class CalendarNamed(Shape):
    """The calendar that working days are counted by."""

    id: str
    nation: str
    first: date
    last: date


class PoliciesInForce(Shape):
    """What is in force."""

    policies: list[PolicyActivation]
    calendar: CalendarNamed


class PolicyWhole(PolicyActivation):
    """One policy, entry by entry."""

    model_config = ConfigDict(extra="allow")

    figures: dict[str, Any]
    duty: list[dict[str, Any]]
    rule: list[dict[str, Any]]
    outside: list[dict[str, Any]]
    slot: list[dict[str, Any]]
    """Lists that the document announces. `missing_source`: the text that there is leaves it out, and it is empty."""
    words: dict[str, str]
    """What the procedure calls what Planclock calls otherwise."""
    builds_on: dict[str, str]
    """The packs that it is laid over, nearest first: each one's id and title. `origin` says which an entry is of."""


class Alive(Shape):
    """The process answers."""

    alive: Literal[True]


class DatabaseReady(Shape):
    """The database."""

    ready: bool
    says: str


class TimersRunning(Shape):
    """The timers: how many should run and do, how late or amiss, who works for them, how far behind or halted."""

    running: bool
    expected: int | None
    held: int | None
    late: int | None
    amiss: int | None
    workers: int | None
    backlog: int | None
    behind_events: int | None
    behind_seconds: float | None
    halted: int | None
    says: str


class ListsBehind(Shape):
    """The worklist and the case list."""

    behind_events: int | None
    behind_seconds: float | None
    halted: int | None
    says: str


class Ready(Shape):
    """How each part is."""

    ready: bool
    database: DatabaseReady
    timers: TimersRunning
    lists: ListsBehind
