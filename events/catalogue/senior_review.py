"""Senior managers' review of a plan that makes too little progress: from the third review on, to two years and past."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from events.catalogue.envelope import Data
from events.catalogue.parts import Actions, Attendance, People, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Text

topic = Topic("senior_review")


class Progress(StrEnum):
    """How far the plan has reduced the risk."""

    SUFFICIENT = "sufficient"
    INSUFFICIENT = "insufficient"
    NONE = "none"


@topic.event(
    "progress_assessed_at_review",
    clauses=["CAL-T01", "CAL-R03"],
    example={"meeting": "RCPC-3", "progress": "insufficient"},
)
class ProgressAssessedAtReview(Data):
    """A review judged whether the plan makes progress in reducing the risk."""

    progress: Progress
    reasons: Text | None = None


@topic.event(
    "senior_review_announced",
    clauses=["CAL-T01", "CAL-R03", "CAL-R04"],
    example={"meeting": "RCPC-3", "by": {"role": "cpcc"}, "to_members": True, "to_parents": True},
)
class SeniorReviewAnnounced(Data):
    """The chair said that a senior manager will review the case."""

    by: Person | None = None
    to_members: bool | None = None
    to_parents: bool | None = None


@topic.event(
    "senior_review_early_invocation_proposed",
    clauses=["CAL-T02", "CAL-R05"],
    example={"by": {"role": "cpcc"}, "rationale": "Nothing has changed since spring, and nothing will."},
)
class SeniorReviewEarlyInvocationProposed(Data):
    """The chair proposed a senior review before the third review."""

    rationale: Text | None = None
    by: Person | None = None


class Endorsement(Data):
    """What the two managers said to the chair's proposal."""

    team_manager: Person | None = None
    service_manager: Person | None = None
    reason: Text | None = None


@topic.event(
    "senior_review_early_invocation_endorsed",
    clauses=["CAL-T02", "CAL-R05"],
    example={"team_manager": {"role": "team_manager"}, "service_manager": {"role": "service_manager_sqa"}},
)
class SeniorReviewEarlyInvocationEndorsed(Endorsement):
    """Team manager and service manager endorsed an early senior review."""


@topic.event(
    "senior_review_early_invocation_refused",
    clauses=["CAL-T02", "CAL-R05"],
    example={"service_manager": {"role": "service_manager_sqa"}, "reason": "The next review is near."},
)
class SeniorReviewEarlyInvocationRefused(Endorsement):
    """An early senior review was not endorsed; the third review brings one all the same."""


class Considered(StrEnum):
    """Whether a case review is to be held."""

    CASE_REVIEW = "case_review"
    NOT_NEEDED = "not_needed"


@topic.event(
    "senior_review_case_considered",
    clauses=["CAL-T06", "CAL-R07"],
    example={
        "outcome": "case_review",
        "reasons": "No progress on drinking.",
        "spoke_with": [{"role": "social_worker"}, {"role": "cpcc"}],
    },
)
class SeniorReviewCaseConsidered(Data):
    """The service manager, having spoken with social worker and chair, decided whether a case review is held."""

    outcome: Considered
    reasons: Text | None = None
    spoke_with: People | None = None
    by: Person | None = None


@topic.event(
    "case_review_scheduled",
    clauses=["CAL-T04", "CAL-R09", "E-31"],
    example={"case_review": "CR-1", "date": "2026-07-14"},
)
class CaseReviewScheduled(Data):
    """A case review has a date."""

    date: Day
    case_review: Code | None = None


@topic.event(
    "single_assessment_submitted",
    clauses=["CAL-T04", "CAL-R09", "E-31"],
    example={"case_review": "CR-1", "assessment": "SA-2", "completed_on": "2026-06-02"},
)
class SingleAssessmentSubmitted(Data):
    """A single assessment was put in for a case review."""

    completed_on: Day
    assessment: Code | None = None
    case_review: Code | None = None


@topic.event(
    "case_review_held",
    clauses=["CAL-T04", "CAL-T07", "CAL-T11", "CAL-R08", "CAL-R09", "CAL-R10", "CAL-R11"],
    example={
        "case_review": "CR-1",
        "attendees": [{"role": "social_worker"}, {"role": "practice_supervisor"}, {"role": "team_manager"}],
        "cpcc_perspective": "The father must be part of the plan.",
        "blocks": "Appointments are missed.",
        "agreed_actions": [{"action": "CRA-1", "what": "Fetch the father.", "due_on": "2026-08-03"}],
        "review_point_on": "2026-09-01",
    },
)
class CaseReviewHeld(Data):
    """The case review took place: what blocks progress, and what will be done about it."""

    case_review: Code | None = None
    attendees: Attendance | None = None
    cpcc_perspective: Text | None = None
    single_assessment: Code | None = None
    blocks: Text | None = None
    agreed_actions: Actions | None = None
    review_point_on: Day | None = None


@topic.event(
    "case_review_action_completed",
    clauses=["CAL-T07"],
    example={"action": "CRA-1", "outcome": "He comes on Mondays."},
)
class CaseReviewActionCompleted(Data):
    """An action of the case review is done."""

    action: Code
    outcome: Text | None = None


@topic.event(
    "case_review_update_scheduled",
    clauses=["CAL-T07", "CAL-R11"],
    example={"update": "U-1", "due_on": "2026-09-01"},
)
class CaseReviewUpdateScheduled(Data):
    """The service manager put a date for an update into the diary."""

    due_on: Day
    update: Code | None = None


@topic.event(
    "case_review_update_recorded",
    clauses=["CAL-T07", "CAL-T08", "CAL-R12"],
    example={"update": "U-1", "progress": "insufficient"},
)
class CaseReviewUpdateRecorded(Data):
    """How the actions of the case review are coming on."""

    update: Code | None = None
    progress: Progress | None = None
    note: Text | None = None


class DelayCause(StrEnum):
    """Why actions are delayed."""

    NON_COMPLIANCE = "non_compliance"
    QUALITY = "quality"


@topic.event(
    "delay_raised_with_service_manager",
    clauses=["CAL-T07", "CAL-R12"],
    example={"cause": ["non_compliance"], "with_whom": {"role": "service_manager_cps"}},
)
class DelayRaisedWithServiceManager(Data):
    """Delay was taken to the service manager for child protection."""

    cause: Annotated[tuple[DelayCause, ...], Field(min_length=1, max_length=2)] | None = None
    with_whom: Person | None = None
    note: Text | None = None


@topic.event(
    "practice_dispute_resolution_invoked",
    clauses=["CAL-T08", "CAL-R12"],
    example={"by": {"role": "service_manager_sqa"}, "reasons": "Nothing has moved."},
)
class PracticeDisputeResolutionInvoked(Data):
    """The formal process for drift in practice was invoked."""

    by: Person | None = None
    reasons: Text | None = None


@topic.event(
    "robust_rationale_recorded",
    clauses=["CAL-T05", "CAL-R02", "E-32"],
    example={"reasons": "The mother's treatment ends in March, and works.", "by": {"role": "cpcc"}},
)
class RobustRationaleRecorded(Data):
    """Why a plan goes on past two years was recorded."""

    reasons: Text | None = None
    by: Person | None = None
