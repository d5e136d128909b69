"""A child on a plan who is looked after: the dual process, its meetings and its two records."""

from enum import StrEnum

from pydantic import Field

from events.catalogue.conferences import Held
from events.catalogue.envelope import Data
from events.catalogue.parts import Actions, Attendance, People, Person, Texts
from events.catalogue.registry import Topic
from events.catalogue.scheduling import Booking
from events.catalogue.text import Code, Day, Text

topic = Topic("looked_after")

COUNTS_AS = {
    "dual_process_meeting_scheduled": "review_conference_scheduled",
    "dual_process_meeting_held": "review_conference_held",
}
"""A dual process meeting is a review conference too: whatever a pack says of the one, it says of the other (E-29)."""


class LookedAfterBasis(StrEnum):
    """Why a child is looked after: an interim care order, section 20, or something else."""

    ICO = "ico"
    S20 = "s20"
    OTHER = "other"


@topic.event(
    "looked_after_started",
    clauses=["STF-T41", "STF-R94", "STK-T07", "STK-R08"],
    example={"basis": "s20", "placement": "Foster carers in Stafford."},
)
class LookedAfterStarted(Data):
    """The child became looked after by the authority, or by another that `authority` names."""

    basis: LookedAfterBasis | None = None
    placement: Text | None = None
    authority: Code | None = None


@topic.event(
    "looked_after_ended",
    clauses=["STF-T42", "STK-T07", "E-48"],
    example={"reason": "Back with the mother."},
)
class LookedAfterEnded(Data):
    """The child is no longer looked after."""

    reason: Text | None = None


@topic.event(
    "dual_process_considered",
    clauses=["STK-T24", "STK-R33", "STK-R35", "STF-R94"],
    example={"meeting": "CPRC-2", "exceptional": False, "reasons": "The care plan covers every risk."},
)
class DualProcessConsidered(Data):
    """A review considered whether plan and proceedings are needed together."""

    exceptional: bool | None = None
    reasons: Text | None = None


@topic.event(
    "dual_process_meeting_scheduled",
    clauses=["STF-T41", "STF-T42", "STF-T43"],
    example={"meeting": "DPM-1", "date": "2025-06-20", "kind": "dual_process"},
)
class DualProcessMeetingScheduled(Booking):
    """A date was set for a meeting that is looked-after review and review conference in one."""


@topic.event(
    "dual_process_meeting_held",
    clauses=["STF-T18", "STF-T41", "STF-T42", "STF-R95", "E-29"],
    example={"meeting": "DPM-1", "kind": "dual_process", "chair": {"name": "Chair 1"}},
)
class DualProcessMeetingHeld(Held):
    """A looked-after review and a review conference took place in one sitting."""


@topic.event(
    "dual_planning_confirmed",
    clauses=["STF-T42", "E-79"],
    example={"meeting": "DPM-1", "reasons": "Contact is not safe yet."},
)
class DualPlanningConfirmed(Data):
    """A dual process meeting confirmed that plan and looked-after planning go on together."""

    reasons: Text | None = None


@topic.event(
    "dual_planning_ended",
    clauses=["STF-T42"],
    example={"meeting": "DPM-2", "reasons": "One plan is enough."},
)
class DualPlanningEnded(Data):
    """Single planning was chosen: the plan's own reviews are counted again while it lasts."""

    reasons: Text | None = None


@topic.event(
    "lac_review_held",
    clauses=["STF-T41", "STF-R95", "STF-R98", "STK-R08", "E-79"],
    example={
        "first": True,
        "combined_with_review": "DPM-1",
        "next_due": "2025-09-19",
        "attendees": [{"role": "chair"}, {"role": "child"}, {"role": "social_worker"}, {"role": "foster_carer"}],
    },
)
class LacReviewHeld(Data):
    """A looked-after child review took place: with a review conference, or as the second part of a dual meeting."""

    first: bool | None = None
    combined_with_review: Code | bool | None = Field(
        default=None, description="The review conference it was one meeting with, or only whether there was one."
    )
    next_due: Day | None = None
    attendees: Attendance | None = None
    chair: Person | None = None


@topic.event(
    "non_key_participants_left",
    clauses=["STF-R97", "STF-R98"],
    example={"meeting": "DPM-1", "stayed": [{"role": "chair"}, {"role": "child"}, {"role": "social_worker"}]},
)
class NonKeyParticipantsLeft(Data):
    """Those who do not usually attend a looked-after review left before its part of the meeting. `stayed`: who not."""

    who: People | None = None
    stayed: Attendance | None = None


@topic.event(
    "lac_review_decisions_issued",
    clauses=["STF-R96"],
    example={"meeting": "DPM-1", "decisions": ["The placement goes on."], "actions": [{"what": "A school nearer by."}]},
)
class LacReviewDecisionsIssued(Data):
    """The decisions and actions of the looked-after part of a meeting were completed."""

    decisions: Texts | None = None
    actions: Actions | None = None
    recipients: People | None = None
