"""What a pack may say: figures, duties and rules, each with its id and clause. Data only; no language of its own."""

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from events.catalogue.looked_after import COUNTS_AS

UNITS = ("hours", "days", "working_days", "weeks", "months", "years")
Scalar = str | bool | int


def _listed(value: object) -> object:
    return [value] if isinstance(value, str | bool | int) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One name or a list of names."""

Values = Annotated[tuple[Scalar, ...], BeforeValidator(_listed)]


class Entry(BaseModel):
    """What every part of a pack has in common: closed, and never changed once loaded."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cited(Entry):
    """An entry with the id that requirements give it, and its place in the document.

    `also` are ids of the requirements that say no more than this entry does.
    """

    id: str
    cite: str
    also: Names = ()


class Modality(StrEnum):
    """The force of a clause's own words: must, should, or may."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Match(Entry):
    """Picks events: one of these types, each named field with one of these values, each condition true.

    Written `{ event = "child_seen", by_sw = true, when = ["..."] }`: whatever is not `event` or `when` is a field.
    """

    event: Names
    where: dict[str, Values] = {}
    when: Names = ()

    @model_validator(mode="before")
    @classmethod
    def _fields_beside(cls, written: Any) -> Any:  # noqa: ANN401  # whatever TOML may hold, before it is checked
        if not isinstance(written, dict) or "where" in written:
            return written
        where = {name: value for name, value in written.items() if name not in {"event", "when"}}
        return {"event": written.get("event"), "when": written.get("when", ()), "where": where}

    @cached_property
    def types(self) -> frozenset[str]:
        """The event types it picks: those it names, and those that count as one of them."""
        return frozenset((*self.event, *(name for name, counts_as in COUNTS_AS.items() if counts_as in self.event)))


Matches = Annotated[tuple[Match, ...], BeforeValidator(lambda value: [value] if isinstance(value, dict) else value)]
"""One match or a list of them."""


class Due(Entry):
    """How a due date is counted: a number of one unit, after an anchor or before it.

    An anchor is `start` (when the starting event was true), a named anchor, or a date field of the starting event.
    `or_shorter` names a number of days that shortens the count when it is smaller. `not_before_start` moves a due
    date that lies before the start to the day of the start (E-19). `even_when_met`: it still moves with its anchor
    once the duty is met, so that what was in time for one day may be late for another (E-56).
    """

    hours: int | None = Field(default=None, ge=1, le=10_000)
    days: int | None = Field(default=None, ge=0, le=10_000)
    working_days: int | None = Field(default=None, ge=1, le=1_000)
    weeks: int | None = Field(default=None, ge=1, le=1_000)
    months: int | None = Field(default=None, ge=1, le=1_200)
    years: int | None = Field(default=None, ge=1, le=100)
    after: str | None = None
    before: str | None = None
    or_shorter: str | None = None
    not_before_start: bool = False
    even_when_met: bool = False

    @model_validator(mode="after")
    def _one_unit_one_direction(self) -> "Due":
        if len([unit for unit in UNITS if getattr(self, unit) is not None]) != 1:
            raise ValueError(f"give exactly one of {', '.join(UNITS)}")
        if self.after is not None and self.before is not None:
            raise ValueError("count either after an anchor or before one")
        return self

    @cached_property
    def unit(self) -> str:
        """The unit it counts in."""
        return next(unit for unit in UNITS if getattr(self, unit) is not None)

    @cached_property
    def count(self) -> int:
        """How many of the unit, without direction."""
        return int(getattr(self, self.unit))

    @cached_property
    def anchor(self) -> str:
        """What it counts from."""
        return self.after or self.before or "start"

    @cached_property
    def in_words(self) -> str:
        """The count as a person would say it: `10 working days after`."""
        unit = self.unit.replace("_", " ")
        unit = unit[:-1] if self.count == 1 else unit
        return f"{self.count} {unit} {'before' if self.before else 'after'}"


SENT = ("notification_sent", "notification_delivered", "notification_acknowledged")
"""The events that say of a notice that it went out: what was delivered was sent, and what was acknowledged arrived."""


class Notice(Entry):
    """Whom a clause requires to be told, and what tells them: there is one duty for each.

    `to` are posts and bodies by their titles, `to_each` listings that name recipients; a notice to nobody who is known
    yet is one duty until somebody is. `needs` is what must be known of it: that it was `sent`, or `delivered`. `by`
    are the channels that count, all where none is named. `document` is what is sent. `told_by` are other events that
    tell it: those recipients whom they name, or everybody if they name none.
    """

    to: Names = ()
    to_each: Names = ()
    needs: Literal["sent", "delivered"] = "sent"
    by: Names = ()
    document: str | None = None
    told_by: Matches = ()

    @model_validator(mode="after")
    def _says_whom(self) -> "Notice":
        if not (self.to or self.to_each):
            raise ValueError("say who is told: in `to` by title, or in `to_each` by a listing")
        return self

    @cached_property
    def told_how(self) -> tuple[Match, ...]:
        """Every event that may tell it."""
        return (Match(event=SENT if self.needs == "sent" else SENT[1:]), *self.told_by)


class DutyEntry(Cited):
    """What somebody must do because of a clause, when it starts, by when, and what meets it.

    `about` says what one duty of this entry belongs to. A `meeting` duty is one however many children it concerned;
    a `child_at_meeting` duty is each child's own; either is met only by what is told of that meeting, and a `move`
    duty only by what is told of that move. `per` names
    listings, or fields of the starting event, that tell duties apart (`agencies_invited`: one an agency); an event
    meets a duty only where they agree. `applies` names conditions without which there is no such duty, asked whenever
    it is looked at: a child too young has none, whatever was thought when it began. `each` says how often a duty may
    start: with each start, once a meeting, a plan or a move. Without `due` a duty is undated; `chase_days` is then the
    authority's own interval (E-81). `ends_with` is what ends it unmet; what ends with a meeting ends once that is
    held. `notice` says whom it is a duty to tell. `lapses` says why an unmet duty counts for nothing once its date has
    passed, unless an event of `bound_by` was told. What suspends a duty stops its count of days, which goes on from
    what resumes it.
    """

    title: str
    modality: Modality = Modality.MUST
    owner: str
    about: Literal["plan", "meeting", "child_at_meeting", "move"] = "plan"
    starts: Matches
    per: Names = ()
    applies: Names = ()
    each: Literal["start", "meeting", "plan", "move"] = "start"
    due: Due | None = None
    chase_days: int | None = Field(default=None, ge=1, le=366)
    met_by: Matches = ()
    notice: Notice | None = None
    cancelled_by: Matches = ()
    suspended_by: Matches = ()
    resumed_by: Matches = ()
    ends_with: Literal["plan", "request", "meeting", "move", "nothing"] = "plan"
    lapses: str | None = None
    bound_by: Matches = ()
    inherited: str | None = None

    @model_validator(mode="after")
    def _counts_what_it_suspends(self) -> "DutyEntry":
        if self.suspended_by and (self.due is None or self.due.unit not in {"days", "working_days"} or self.due.before):
            raise ValueError("only a count of days or working days after something can be suspended")
        if bool(self.suspended_by) != bool(self.resumed_by):
            raise ValueError("say both what suspends the duty and what resumes it")
        return self

    @cached_property
    def fulfilled_by(self) -> tuple[Match, ...]:
        """Every event that may meet it: of a notice, those too that say it was sent or delivered."""
        return self.met_by if self.notice is None else (*self.met_by, *self.notice.told_how)

    @cached_property
    def cyclic(self) -> bool:
        """Whether what meets one of these starts the next."""
        return not {name for match in self.starts for name in match.event}.isdisjoint(
            name for match in self.fulfilled_by for name in match.event
        )

    @cached_property
    def called_off_by(self) -> frozenset[str]:
        """The event types that may cancel a duty of this entry."""
        return frozenset(name for match in self.cancelled_by for name in match.types)

    @cached_property
    def heeds(self) -> frozenset[str]:
        """The event types that may meet, cancel or bind a duty of this entry once it has started."""
        matches = (*self.fulfilled_by, *self.cancelled_by, *self.suspended_by, *self.resumed_by, *self.bound_by)
        return frozenset(name for match in matches for name in match.types)


class Enforce(StrEnum):
    """What a broken rule does: refuses, warns and leaves a finding, names a missing record, or only advises."""

    BLOCK = "block"
    WARN = "warn"
    RECORD = "record"
    GUIDE = "guide"


class Authoriser(StrEnum):
    """Who may set a blocking rule aside for one decision (E-35)."""

    NOBODY = "nobody"
    HEAD_OF_SERVICE = "head_of_service"


class RuleEntry(Cited):
    """A clause that judges events: on which, what must hold, how hard, and the sentence to say when it does not.

    `require` names conditions that must all hold; `record` names fields of the event that must not be empty. A
    `guide` rule has only `message`, shown when it matches.
    """

    title: str
    modality: Modality = Modality.MUST
    on: Matches
    require: Names = ()
    record: Names = ()
    enforce: Enforce
    message: str
    override: Authoriser = Authoriser.NOBODY
    inherited: str | None = None

    @model_validator(mode="after")
    def _says_what_it_asks(self) -> "RuleEntry":
        if self.enforce is not Enforce.GUIDE and not (self.require or self.record):
            raise ValueError("a rule that does more than advise names what it requires, or what must be recorded")
        return self


class Figure(Entry):
    """A value that conditions ask for by name, with its clause, or marked as inherited."""

    value: int = Field(ge=1, le=10_000)
    cite: str
    inherited: str | None = None


class Outside(Cited):
    """A clause that lies outside any system, and why."""

    reason: str


class PassesWith(StrEnum):
    """What responsibility for a child who moved passes with, on its day (E-58); with both, on the later."""

    CONFERENCE = "conference"
    DECISION = "decision"
    WRITING = "conference_and_writing"


class Policy(Entry):
    """One procedure, or a pack that others extend, as one version of its text.

    `from_date` is when its authors issued it, `review_due` when they meant to look at it again.
    `responsibility_passes_with` says what ends this authority's responsibility for a child who moved away (E-58).
    """

    id: str
    title: str
    version: str
    nation: Literal["england", "wales"] | None = None
    source: str
    from_date: date | None = None
    review_due: date | None = None
    extends: str | None = None
    responsibility_passes_with: PassesWith = PassesWith.CONFERENCE
    figures: dict[str, Figure] = {}
    duty: tuple[DutyEntry, ...] = ()
    rule: tuple[RuleEntry, ...] = ()
    outside: tuple[Outside, ...] = ()
    digest: str = ""
    origin: dict[str, str] = {}
