"""What every event carries: as told to us (`Item`), and as recorded (`Event`)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Self
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, model_validator

from events.catalogue.text import Code, Day, Instant, Text, ThirdPartyText

LOCAL = ZoneInfo("Europe/London")
"""Every date and every end of a day is local to London (E-08)."""

OURS = "planclock"
"""The source under which Planclock speaks. Nobody else may: an announcement's id could be taken before it is made."""


PARTS = 100
"""How many events one that tells of several may be read as, itself included."""


class Kind(StrEnum):
    """What an event is. Each event type is exactly one of these."""

    FACT = "fact"
    DECISION = "decision"
    CORRECTION = "correction"
    ANNOUNCEMENT = "announcement"


class Basis(StrEnum):
    """Where something was decided or done: in Planclock, which may refuse it, or elsewhere and told to us (E-82)."""

    HERE = "here"
    REPORTED = "reported"


class Closed(BaseModel):
    """A part of an item: no unknown fields, nothing coerced, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Data(Closed):
    """What one event type says beyond the envelope. Each type is a subclass registered in the catalogue."""


class Decider(Closed):
    """The person a decision rests on, where the caller acts for one."""

    role: Code
    person: ThirdPartyText


class Reported(Closed):
    """Where a decision taken elsewhere was taken, by whom and when."""

    source: Text
    decider: ThirdPartyText
    date: Day


class Override(Closed):
    """A named rule set aside, why, and on whose authority (E-35)."""

    rule: Code
    reason: Text
    authoriser: ThirdPartyText


class Item(Closed):
    """One thing that happened, as a caller tells it: shaped like a CloudEvent.

    `(source, id)` makes it one effect for ever. Exactly one of `occurred_on` (a local date) and `occurred_at`
    (an instant with its offset) says when it was true. `cases` names the cases a fact told once concerns and is
    only for the call over several cases. `depends_on` names items of the same source without which this one
    makes no sense: when one of them is refused, so is this.
    """

    source: Code = Field(description="Who tells it: the caller's system, as a URI or a name.")
    id: Code = Field(description="The caller's own id of this item, unique within `source`.")
    type: str
    occurred_on: Day | None = Field(default=None, description="The local date on which it was true.")
    occurred_at: Instant | None = Field(default=None, description="The instant at which it was true.")
    seq: int | None = Field(default=None, ge=0, le=1_000_000, description="Order within its day (E-85).")
    cases: tuple[Code, ...] | None = Field(default=None, min_length=1, max_length=50)
    expected_version: int | None = Field(default=None, ge=0)
    meeting: Code | None = Field(default=None, description="The conference or core group it belongs to.")
    basis: Basis | None = Field(
        default=None,
        description="Decided or done `here`, where it may be refused, or `reported`. A decision says which.",
    )
    reported: Reported | None = None
    override: Override | None = None
    on_behalf_of: Code | None = None
    decided_by: Decider | None = None
    historical_import: bool = False
    depends_on: tuple[Code, ...] = Field(default=(), max_length=50)
    data: SerializeAsAny[Data]

    @model_validator(mode="after")
    def _says_when_once(self) -> Self:
        if (self.occurred_on is None) == (self.occurred_at is None):
            raise ValueError("say when it happened with exactly one of occurred_on and occurred_at")
        if (self.basis is Basis.REPORTED) != (self.reported is not None):
            raise ValueError("what has the basis 'reported', and only that, says in 'reported' who decided it and when")
        return self

    @property
    def day(self) -> date:
        """The local date on which it was true."""
        if self.occurred_on is not None:
            return self.occurred_on
        if self.occurred_at is not None:
            return self.occurred_at.astimezone(LOCAL).date()
        raise AssertionError("an item says when it happened; its validator saw to that")


@dataclass(frozen=True, slots=True)
class Recorder:
    """Who told Planclock: the token's subject, and its role there."""

    subject: str
    role: str


@dataclass(frozen=True)
class Event:
    """One item as recorded for one case: never edited.

    `position` counts the authority's log without gaps; `version` counts the case's events. `fact` is shared by the
    copies of a fact told once for several cases; `copy` numbers them from 0. `through` is the version the case had
    once the whole command that brought this event was recorded.
    """

    authority: UUID
    case: UUID
    position: int
    version: int
    through: int
    fact: UUID
    copy: int
    kind: Kind
    schema_version: int
    recorded_at: datetime
    recorded_by: Recorder
    item: Item

    @cached_property
    def type(self) -> str:
        """The stable logical name of the event type."""
        return self.item.type

    @cached_property
    def data(self) -> Data:
        """What the event says beyond the envelope."""
        return self.item.data

    @property
    def meeting(self) -> str | None:
        """The meeting it belongs to, if any."""
        return self.item.meeting

    @property
    def refusable(self) -> bool:
        """A decision taken here, or an act that Planclock is asked to let through by the same word (E-84).

        What was decided or done elsewhere, or long ago, is kept with a finding (E-36, E-82).
        """
        asked = self.kind in {Kind.DECISION, Kind.FACT} and self.item.basis is Basis.HERE
        return asked and not self.item.historical_import

    @cached_property
    def day(self) -> date:
        """The local date on which it was true."""
        return self.item.day

    @cached_property
    def key(self) -> int:
        """Tells it from every other event of its case, in their order; parts of one event have keys between."""
        return self.position * PARTS

    @property
    def undated(self) -> str | None:
        """The day that nobody knows, in words, where `day` only stands in its place."""
        return None

    @cached_property
    def order(self) -> tuple[date, int, int]:
        """Where it stands among the events of its case: local date, caller's `seq`, position (E-85)."""
        return (self.day, self.item.seq or 0, self.key)
