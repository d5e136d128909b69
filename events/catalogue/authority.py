"""The authority's own stream: which rules, calendar and clock it goes by. Told by Planclock alone."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from events.catalogue.envelope import Data, Kind
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Instant, Text

topic = Topic("authority")

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of the text activated, in hexadecimal."""


@topic.event(
    "authority_created",
    kind=Kind.ANNOUNCEMENT,
    clauses=["E-02"],
    example={"name": "Example authority", "sandbox": True},
    opens_case=True,
)
class AuthorityCreated(Data):
    """An authority began to use Planclock, for real or, for ever, as a sandbox."""

    name: Text
    sandbox: bool


@topic.event(
    "policy_activated",
    kind=Kind.ANNOUNCEMENT,
    clauses=["E-37"],
    example={
        "pack": "staffordshire",
        "version": "2018.10",
        "digest": "0" * 64,
        "effective_from": "2018-10-01",
        "recalculates_open": False,
    },
)
class PolicyActivated(Data):
    """A pack is in force from a date. `recalculates_open`: open duties follow it too (E-37)."""

    pack: Code
    version: Code
    digest: Digest
    effective_from: Day
    recalculates_open: bool = False


class Nation(StrEnum):
    """Whose bank holidays."""

    ENGLAND = "england"
    WALES = "wales"


@topic.event(
    "calendar_activated",
    kind=Kind.ANNOUNCEMENT,
    clauses=["E-02"],
    example={"calendar": "england-2026-11", "digest": "0" * 64, "nation": "england", "effective_from": "2018-01-01"},
)
class CalendarActivated(Data):
    """A calendar of non-working days is in force from a date."""

    calendar: Code
    digest: Digest
    nation: Nation
    effective_from: Day


@topic.event(
    "clock_advanced",
    kind=Kind.ANNOUNCEMENT,
    clauses=["E-60"],
    example={"from_": "2025-03-03T09:00:00+00:00", "to": "2025-04-28T09:00:00+01:00"},
)
class ClockAdvanced(Data):
    """The standing clock of a sandbox was moved on."""

    from_: Instant
    to: Instant

    @model_validator(mode="after")
    def _goes_forward(self) -> Self:
        if self.to < self.from_:
            raise ValueError("a clock only goes forward")
        return self
