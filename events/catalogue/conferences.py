"""The conference itself: opened, attended, quorate or not, held, closed."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from events.catalogue.envelope import Data
from events.catalogue.moves import Whoever
from events.catalogue.parts import Attendance, Codes, Count, Period, Person
from events.catalogue.registry import Topic
from events.catalogue.scheduling import ConferenceKind
from events.catalogue.text import Code, Day, Text

topic = Topic("conferences")


@topic.event("conference_opened", clauses=["STF-R28"], example={"meeting": "ICPC-1", "chair": {"name": "Chair 1"}})
class ConferenceOpened(Data):
    """The conference began."""

    chair: Person | None = None


@topic.event(
    "attendance_recorded",
    clauses=["STF-R07", "STF-R43", "STF-R44", "STK-R10"],
    example={
        "meeting": "ICPC-1",
        "attendees": [
            {"person": {"name": "Worker 1"}, "role": "social_worker", "agency": "csc", "contributed_to_s47": True},
            {"role": "health_visitor", "agency": "health", "provider": "community", "contributed_to_s47": True},
        ],
    },
)
class AttendanceRecorded(Data):
    """Who was at the conference was recorded."""

    attendees: Attendance


class QuorumResult(StrEnum):
    """What the chair found about the quorum, and so whether the conference goes on (STF-R46)."""

    QUORATE = "quorate"
    QUORATE_BY_EXCEPTION = "quorate_by_exception"
    INQUORATE_PROCEEDING = "inquorate_proceeding"
    INQUORATE_NOT_HELD = "inquorate_not_held"


@topic.event(
    "quorum_assessed",
    clauses=["STF-R43", "STF-R44", "STF-R45", "STF-R46", "STK-R10", "STK-R11", "E-23", "E-24"],
    example={
        "meeting": "ICPC-1",
        "result": "quorate",
        "counted_agencies": ["csc", "police", "health"],
        "required": 3,
        "history_represented": True,
        "risk_expertise_represented": True,
    },
)
class QuorumAssessed(Data):
    """The chair judged whether enough agencies were there.

    `agencies_with_contact`: how many have had relevant contact with the child at all (STK-R11).
    """

    result: QuorumResult
    counted_agencies: Codes | None = None
    required: Count | None = None
    exceptional: bool | None = None
    agencies_with_contact: Count | None = None
    reason: Text | None = None
    by: Person | None = None
    info_sufficient: bool | None = None
    history_represented: bool | None = None
    risk_expertise_represented: bool | None = None


@topic.event(
    "conference_not_held_inquorate",
    clauses=["STF-T15", "STF-R46", "E-14"],
    example={"meeting": "ICPC-1", "original_date": "2025-03-24", "reconvene_by": "2025-04-02"},
)
class ConferenceNotHeldInquorate(Data):
    """The conference was not held for want of agencies and information."""

    original_date: Day | None = None
    reconvene_by: Day | None = None
    reason: Text | None = None

    @model_validator(mode="after")
    def _reconvenes_later(self) -> Self:
        if self.original_date and self.reconvene_by and self.reconvene_by < self.original_date:
            raise ValueError("reconvene_by is before original_date")
        return self


@topic.event(
    "conference_reconvened",
    clauses=["STF-T15", "E-14"],
    example={"meeting": "ICPC-1", "original_date": "2025-03-24", "new_date": "2025-04-01"},
)
class ConferenceReconvened(Data):
    """A new date was set for a conference that could not be held."""

    new_date: Day
    original_date: Day | None = None
    reason: Text | None = None

    @model_validator(mode="after")
    def _reconvenes_later(self) -> Self:
        if self.original_date and self.new_date < self.original_date:
            raise ValueError("new_date is before original_date")
        return self


class Held(Data):
    """A conference took place on the day of the event. `sequence_no` counts the reviews of the plan; initial is 0."""

    sequence_no: Annotated[int, Field(ge=0, le=1_000)] | None = None
    kind: ConferenceKind | None = None
    chair: Person | None = None
    report_period: Period | None = None


@topic.event(
    "initial_conference_held",
    clauses=["STF-T17", "STF-T21", "STF-T27", "STF-T29", "E-11"],
    example={"meeting": "ICPC-1", "kind": "initial", "chair": {"name": "Chair 1"}},
)
class InitialConferenceHeld(Held):
    """The initial conference took place."""


@topic.event(
    "review_conference_held",
    clauses=["STF-T17", "STF-T18", "STF-T27", "STF-T29", "E-12"],
    example={
        "meeting": "CPRC-1",
        "kind": "review",
        "sequence_no": 1,
        "report_period": {"start": "2025-03-24", "end": "2025-06-13"},
    },
)
class ReviewConferenceHeld(Held):
    """A review conference took place."""


@topic.event(
    "receiving_in_conference_held",
    clauses=["STF-T49", "STF-T51", "STF-R112"],
    example={"meeting": "RIC-1", "kind": "receiving_in", "attended_by": {"role": "social_worker"}},
)
class ReceivingInConferenceHeld(Held):
    """The conference that takes over a plan from another authority took place."""

    attended_by: Whoever | None = None
    stand_in: bool | None = None
    good_knowledge: bool | None = None
    from_authority: Code | None = None


@topic.event("conference_closed", clauses=["STF-R63"], example={"meeting": "ICPC-1", "chair": {"name": "Chair 1"}})
class ConferenceClosed(Data):
    """The conference ended."""

    chair: Person | None = None


@topic.event(
    "conference_quality_assured",
    clauses=["STF-R29"],
    example={"meeting": "ICPC-1", "chair": {"name": "Chair 1"}, "outcome": "Reports came in time."},
)
class ConferenceQualityAssured(Data):
    """The chair completed the quality assurance of the conference."""

    chair: Person | None = None
    outcome: Text | None = None
