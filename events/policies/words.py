"""The parts of which the entries of a pack are made: which events they pick, how they count, whom they tell."""

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from events.catalogue.looked_after import COUNTS_AS

UNITS = ("hours", "days", "working_days", "weeks", "months", "years")
Scalar = str | bool | int


def _listed(value: object) -> object:
    return [value] if isinstance(value, str | bool | int) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One name or a list of names."""

Words = Annotated[str, StringConstraints(pattern=r"\S")]
"""Text that says something."""

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$", max_length=60)]
"""What an entry or a pack is called: it stands in addresses, and in the ids of duties."""

Values = Annotated[tuple[Scalar, ...], BeforeValidator(_listed)]


class Entry(BaseModel):
    """What every part of a pack has in common: closed, and never changed once loaded."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cited(Entry):
    """An entry with the id that requirements give it, and its place in the document.

    `also` are ids of the requirements that say no more than this entry does.
    """

    id: Id
    cite: Words
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
    are the channels that count, all where none is named; `when` are conditions on what may say so. `document` is what
    is sent. `told_by` are other events that tell it: those recipients whom they name, or everybody if they name none.
    """

    to: Names = ()
    to_each: Names = ()
    needs: Literal["sent", "delivered"] = "sent"
    by: Names = ()
    when: Names = ()
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
        return (Match(event=SENT if self.needs == "sent" else SENT[1:], when=self.when), *self.told_by)
