"""What a pack may say: figures, duties and rules, each with its id and clause. Data only; no language of its own."""

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from events.policies.words import Cited, Due, Entry, Id, Match, Matches, Modality, Names, Notice, Words


class DutyEntry(Cited):
    """What somebody must do because of a clause, when it starts, by when, and what meets it.

    `about` says what one duty of this entry belongs to. A `meeting` duty is one however many children it concerned;
    a `child_at_meeting` duty is each child's own; either is met only by what is told of that meeting, and a `move`
    duty only by what is told of that move. `per` names
    listings, or fields of the starting event, that tell duties apart (`agencies_invited`: one an agency); an event
    meets a duty only where they agree. `applies` names conditions without which there is no such duty, asked whenever
    it is looked at: a child too young has none, whatever was thought when it began. `once_missed` names duties of the
    pack: there is one of this entry only once one of those that the same event started has passed its date unmet, and
    nothing that was told before then concerns it. `each` says how often a duty may
    start: with each start, once a meeting, a plan or a move. Without `due` a duty is undated; `chase_days` is then the
    authority's own interval (E-81). `ends_with` is what ends it unmet; what ends with a meeting ends once that is
    held. `notice` says whom it is a duty to tell. `lapses` says why an unmet duty counts for nothing once its date has
    passed, unless an event of `bound_by` was told. What suspends a duty stops its count of days, which goes on from
    what resumes it.
    """

    title: Words
    modality: Modality = Modality.MUST
    owner: Words
    about: Literal["plan", "meeting", "child_at_meeting", "move"] = "plan"
    starts: Matches
    per: Names = ()
    applies: Names = ()
    once_missed: Names = ()
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
    inherited: Words | None = None

    @model_validator(mode="after")
    def _counts_what_it_suspends(self) -> "DutyEntry":
        if self.suspended_by and (self.due is None or self.due.unit not in {"days", "working_days"} or self.due.before):
            raise ValueError("only a count of days or working days after something can be suspended")
        if bool(self.suspended_by) != bool(self.resumed_by):
            raise ValueError("say both what suspends the duty and what resumes it")
        return self

    @model_validator(mode="after")
    def _can_be_done(self) -> "DutyEntry":
        if not self.met_by and self.notice is None:
            raise ValueError("nothing meets this duty: name the event that does in `met_by`, or a `notice`")
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

    title: Words
    modality: Modality = Modality.MUST
    on: Matches
    require: Names = ()
    record: Names = ()
    enforce: Enforce
    message: Words
    override: Authoriser = Authoriser.NOBODY
    inherited: Words | None = None

    @model_validator(mode="after")
    def _says_what_it_asks(self) -> "RuleEntry":
        if self.enforce is not Enforce.GUIDE and not (self.require or self.record):
            raise ValueError("a rule that does more than advise names what it requires, or what must be recorded")
        return self


class Figure(Entry):
    """A value that conditions ask for by name, with its clause, or marked as inherited.

    Whatever it counts, it is at most 1,000: so many years or working days still lead to a day that there is.
    """

    value: int = Field(ge=1, le=1_000)
    cite: Words
    inherited: Words | None = None


class Outside(Cited):
    """A clause that lies outside any system, and why."""

    reason: Words


class Slot(Cited):
    """A list that the document announces. Without `items` the text that there is leaves it out: nothing stands for it.

    An authority that knows what belongs in it says so in a pack of its own, under the same id (E-40).
    """

    title: Words
    items: tuple[Words, ...] = ()


class PassesWith(StrEnum):
    """What responsibility for a child who moved passes with, on its day (E-58); with both, on the later."""

    CONFERENCE = "conference"
    DECISION = "decision"
    WRITING = "conference_and_writing"


class Policy(Entry):
    """One procedure, or a pack that others extend, as one version of its text.

    `from_date` is when its authors issued it, `review_due` when they meant to look at it again.
    `words` says what it calls what Planclock calls otherwise: a plan, being on one, coming off it.
    `responsibility_passes_with` says what ends this authority's responsibility for a child who moved away (E-58).
    `origin` says of each entry and figure which pack it stands in, `builds_on` what each pack beneath this is called.
    """

    id: Id
    title: Words
    version: Words
    nation: Literal["england", "wales"] | None = None
    source: Words
    from_date: date | None = None
    review_due: date | None = None
    extends: str | None = None
    responsibility_passes_with: PassesWith = PassesWith.CONFERENCE
    figures: dict[str, Figure] = Field(default_factory=dict)
    duty: tuple[DutyEntry, ...] = ()
    rule: tuple[RuleEntry, ...] = ()
    outside: tuple[Outside, ...] = ()
    slot: tuple[Slot, ...] = ()
    words: dict[str, Words] = Field(default_factory=dict)
    digest: str = ""
    origin: dict[str, str] = Field(default_factory=dict)
    builds_on: dict[str, str] = Field(default_factory=dict)
