"""What the plan holds, and how it fares."""

from enum import StrEnum

from events.catalogue.envelope import Data
from events.catalogue.parts import Actions, Categories, ContinuousSince, LeadProfessional, People, Person, Texts
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Text

topic = Topic("plans")


class PlanSource(StrEnum):
    """Which conference began the plan."""

    ICPC = "icpc"
    RECEIVING_IN = "receiving_in"


@topic.event(
    "plan_started",
    clauses=["STF-R61", "STF-R62", "STF-T17", "E-11"],
    example={
        "meeting": "ICPC-1",
        "category": "neglect",
        "lp": {"person": {"name": "Worker 1"}, "qualified_sw": True},
        "source": "icpc",
    },
    old_names=["registration_started"],
)
class PlanStarted(Data):
    """The child became the subject of a plan."""

    category: Categories | None = None
    lp: LeadProfessional | None = None
    source: PlanSource | None = None
    continuous_since: ContinuousSince = None


class PlanContent(Data):
    """What a plan says."""

    version: Code | None = None
    needs: Text | None = None
    outcomes: Texts | None = None
    actions: Actions | None = None
    contingency: Text | None = None
    names: People | None = None
    signatures: People | None = None


@topic.event(
    "outline_plan_agreed",
    clauses=["STF-R64"],
    example={
        "meeting": "ICPC-1",
        "actions": [{"action": "ACT-1", "what": "Breakfast at school.", "due_on": "2025-04-11"}],
    },
)
class OutlinePlanAgreed(PlanContent):
    """The conference agreed an outline plan."""


@topic.event(
    "detailed_plan_compiled",
    clauses=["STF-R84", "STF-R87"],
    example={"meeting": "CG-1", "version": "1", "outcomes": ["Has breakfast every day."]},
)
class DetailedPlanCompiled(PlanContent):
    """The core group made the detailed plan out of the outline."""


@topic.event(
    "plan_revised",
    clauses=["STF-T23", "STF-R90"],
    example={"meeting": "CG-2", "version": "2", "following_review": False},
)
class PlanRevised(PlanContent):
    """The core group revised the plan."""

    following_review: bool | None = None
    changes_short: Texts | None = None
    changes_long: Texts | None = None
    expectations: Text | None = None
    if_failing: Text | None = None
    liaison: Text | None = None
    visiting: Text | None = None


@topic.event(
    "plan_action_added",
    clauses=["STF-T25", "STF-R87"],
    example={"action": "ACT-1", "what": "Breakfast at school.", "owner": {"name": "Teacher 1"}, "due_on": "2025-04-11"},
)
class PlanActionAdded(Data):
    """An action was entered in the plan. `action` is the caller's id of it."""

    action: Code
    what: Text | None = None
    owner: Person | None = None
    due_on: Day | None = None


@topic.event("plan_action_completed", clauses=["STF-T25", "STF-R67"], example={"action": "ACT-1"})
class PlanActionCompleted(Data):
    """An action of the plan was done."""

    action: Code
    outcome: Text | None = None


@topic.event(
    "plan_action_not_completed",
    clauses=["STF-T25", "STF-R67"],
    example={"action": "ACT-1", "rationale": "The school gives breakfast to all now."},
)
class PlanActionNotCompleted(Data):
    """An action of the plan was not done, and why."""

    action: Code
    rationale: Text | None = None


@topic.event(
    "plan_difficulty_reported",
    clauses=["STK-T03"],
    example={"description": "Nobody opens the door.", "by": {"name": "Worker 1"}},
)
class PlanDifficultyReported(Data):
    """Somebody reported that the plan does not work out."""

    description: Text
    by: Person | None = None


@topic.event(
    "early_ending_suggested_by_core_group",
    clauses=["STF-R89", "STK-T06"],
    example={"meeting": "CG-3", "reasons": "All actions are done."},
)
class EarlyEndingSuggestedByCoreGroup(Data):
    """The core group suggested ending the plan early."""

    by: Person | None = None
    reasons: Text | None = None


@topic.event(
    "emergency_measures_taken",
    clauses=["STF-T66", "STF-R13"],
    example={"occurred_at": "2025-03-10T18:00:00+00:00", "kind": "police_protection"},
)
class EmergencyMeasuresTaken(Data):
    """Emergency measures were taken to protect the child."""

    kind: Code | None = None
    detail: Text | None = None


@topic.event(
    "family_preference_not_accepted",
    clauses=["STF-R81", "STF-R88"],
    example={"meeting": "CG-1", "explanation": "It would leave the child alone with a person who is a risk."},
)
class FamilyPreferenceNotAccepted(Data):
    """What the family would prefer was not taken into the plan, and why."""

    explanation: Text | None = None
