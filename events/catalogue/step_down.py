"""What follows a plan, or comes instead of one: a team around the child, a child in need plan, early help."""

from events.catalogue.envelope import Data
from events.catalogue.parts import Actions, Codes, People, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Text

topic = Topic("step_down")


@topic.event(
    "team_around_the_child_transfer_agreed",
    clauses=["STK-T16", "E-28"],
    example={"meeting": "CPRC-2", "lead": {"role": "teacher", "agency": "school"}},
    old_names=["team_around_child_transfer_agreed"],
)
class TeamAroundTheChildTransferAgreed(Data):
    """It was decided, on the day of the event, to transfer the case into the Team Around The Child process."""

    by: Person | None = None
    lead: Person | None = None


@topic.event(
    "team_around_the_child_meeting_held",
    clauses=["STK-T16"],
    example={"meeting": "TAC-1", "agencies": ["school", "health"], "plan_agreed": True},
    old_names=["team_around_child_meeting_held"],
)
class TeamAroundTheChildMeetingHeld(Data):
    """The Team Around The Child met to agree a support plan."""

    agencies: Codes | None = None
    family_present: bool | None = None
    plan_agreed: bool | None = None
    plan: Text | None = None


@topic.event(
    "tac_plan_agreed",
    clauses=["STK-T17", "STK-R37", "STK-R40"],
    example={
        "unmet_need": "Help with mornings.",
        "safety": "The grandparents hold a key.",
        "monitoring": "The school watches attendance.",
        "monitored_by": [{"agency": "school"}],
        "triggers": "Three absences in a fortnight.",
        "parents_involved": True,
        "child_involved": True,
        "actions": [{"action": "TAC-1", "owner": {"agency": "school"}, "due_on": "2025-07-18"}],
    },
)
class TacPlanAgreed(Data):
    """The Team Around The Child plan was agreed. `actions`: what each agency does, and by when."""

    unmet_need: Text | None = None
    safety: Text | None = None
    monitoring: Text | None = None
    monitored_by: People | None = None
    triggers: Text | None = None
    parents_involved: bool | None = None
    child_involved: bool | None = None
    actions: Actions | None = None


@topic.event(
    "team_around_the_child_closed",
    clauses=["STK-T17"],
    example={"reason": "All is in place.", "by": {"role": "teacher", "agency": "school"}},
)
class TeamAroundTheChildClosed(Data):
    """The Team Around The Child ended its work."""

    reason: Text | None = None
    by: Person | None = None


@topic.event(
    "services_withdrawn",
    clauses=["STK-R36"],
    example={"services": ["family_support"], "automatic": False, "reason": "The family needs it no longer."},
)
class ServicesWithdrawn(Data):
    """Support to a child stopped. `automatic`: only because the plan ended. Told with the basis `here`, it is asked."""

    services: Codes | None = None
    automatic: bool | None = None
    reason: Text | None = None


@topic.event(
    "re_referral_triggered",
    clauses=["STK-R40", "STK-T17"],
    example={"trigger": "Three absences in a fortnight.", "by": {"agency": "school"}},
)
class ReReferralTriggered(Data):
    """A trigger for a new referral that the plan had named came about."""

    trigger: Text | None = None
    by: Person | None = None


class ChildInNeed(Data):
    """Support under a child in need plan."""

    agencies: Codes | None = None
    plan: Text | None = None


@topic.event(
    "child_in_need_plan_started",
    clauses=["STF-T63", "STF-R77", "SEF-R08", "SEF-R10"],
    example={"agencies": ["csc", "school"], "plan": "Help with mornings."},
)
class ChildInNeedPlanStarted(ChildInNeed):
    """A child in need plan began."""

    next_review: Day | None = None


@topic.event(
    "child_in_need_plan_reviewed",
    clauses=["STF-R77", "STF-R79"],
    example={"agencies": ["csc", "school"], "multi_agency": True},
)
class ChildInNeedPlanReviewed(ChildInNeed):
    """The agencies reviewed a child in need plan."""

    multi_agency: bool | None = None
    outcome: Text | None = None
    next_review: Day | None = None


@topic.event(
    "child_in_need_meeting_held",
    clauses=["SEF-R08", "STF-R77"],
    example={"agencies": ["csc", "school", "health"]},
)
class ChildInNeedMeetingHeld(ChildInNeed):
    """Those who carry a child in need plan met."""


@topic.event(
    "child_in_need_plan_closed",
    clauses=["STF-R79"],
    example={"multi_agency_review": True, "consensus": True, "eha_considered": True},
)
class ChildInNeedPlanClosed(Data):
    """A child in need plan was closed. Told with the basis `here`, it is asked whether it may be."""

    multi_agency_review: bool | None = None
    consensus: bool | None = None
    eha_considered: bool | None = None
    reason: Text | None = None


@topic.event(
    "child_in_need_closure_disputed",
    clauses=["STF-R79"],
    example={"agency": "school", "escalated": True, "reason": "The child still comes hungry."},
)
class ChildInNeedClosureDisputed(Data):
    """An agency does not agree that a child in need plan should close."""

    agency: Code
    escalated: bool | None = None
    reason: Text | None = None


@topic.event(
    "early_help_plan_started",
    clauses=["STF-R76", "SEF-R10"],
    example={"agencies": ["school"], "lead": {"role": "teacher"}},
)
class EarlyHelpPlanStarted(Data):
    """An early help plan began."""

    agencies: Codes | None = None
    lead: Person | None = None
    plan: Text | None = None
    next_review: Day | None = None


@topic.event(
    "early_help_assessment_considered",
    clauses=["STF-R79"],
    example={"outcome": "The school will make one."},
)
class EarlyHelpAssessmentConsidered(Data):
    """Whether an early help assessment should follow was considered."""

    outcome: Text | None = None
    by: Person | None = None


@topic.event(
    "services_discussed_with_family",
    clauses=["SEF-R07"],
    example={"parents": True, "child": True, "re_assessment_ref": "A-3"},
)
class ServicesDiscussedWithFamily(Data):
    """What services may go on was discussed with parents and child."""

    parents: bool | None = None
    child: bool | None = None
    re_assessment_ref: Code | None = None
    outcome: Text | None = None
