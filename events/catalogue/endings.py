"""How a plan ends, and what has to be said and done because of it."""

from enum import StrEnum

from events.catalogue.envelope import Data, Kind
from events.catalogue.parts import Method, People, Person, Tally, Texts
from events.catalogue.registry import Topic
from events.catalogue.reviewing import ReviewRecord
from events.catalogue.text import Code, Day, Text

topic = Topic("endings")


class Ground(StrEnum):
    """Why a plan ends."""

    NO_LONGER_AT_RISK = "no_longer_at_risk"
    TRANSFERRED = "transferred"
    REACHED_18 = "reached_18"
    DECEASED = "deceased"
    LEFT_UK = "left_uk"
    NON_COOPERATION = "non_cooperation"
    LOOKED_AFTER_SINGLE_PLAN = "looked_after_single_plan"
    NOT_CONFIRMED_AT_RECEIVING_IN = "not_confirmed_at_receiving_in"


@topic.event(
    "plan_ended",
    kind=Kind.DECISION,
    clauses=[
        *("STF-R65", "STF-R66", "STF-R67", "STF-R69", "STF-R71", "STF-R72", "STF-R73", "STF-R74", "STF-R75", "E-58"),
        *("STK-R26", "STK-R28", "STK-R29", "STK-R38", "STK-R41", "STK-R42"),
    ],
    example={
        "meeting": "CPRC-2",
        "ground": "no_longer_at_risk",
        "reasons": "The child is safe and thrives.",
        "tally": {"in_favour": 4, "against": 0},
        "method": "unanimous",
    },
)
class PlanEnded(ReviewRecord):
    """The plan of this child ended. `effective_on`: if that is another day than the one it was decided on."""

    ground: Ground
    reasons: Text | None = None
    effective_on: Day | None = None
    evidence: Texts | None = None
    tally: Tally | None = None
    method: Method | None = None
    tac_considered: bool | None = None
    neglect_exception: bool | None = None
    plan_implemented: bool | None = None
    needs_reviewed: bool | None = None
    core_group_recommends: bool | None = None
    core_assessment_ref: Code | None = None
    to_authority: Code | None = None


@topic.event(
    "critical_child_incident_notified",
    clauses=["STF-T39", "STF-R72", "N15"],
    example={"by": {"role": "strategic_lead"}, "to": [{"role": "sscb_manager"}, {"agency": "ofsted"}]},
)
class CriticalChildIncidentNotified(Data):
    """The child's death was notified as a critical child incident."""

    by: Person | None = None
    to: People | None = None


@topic.event(
    "overseas_services_informed",
    clauses=["STF-T40", "STF-R73", "N18", "E-75"],
    example={"country": "Ireland", "services": [{"agency": "tusla"}]},
)
class OverseasServicesInformed(Data):
    """Services abroad were told of a child who left while at risk."""

    country: Text | None = None
    services: People | None = None
