"""What a conference considers and recommends beside its decision."""

from enum import StrEnum

from pydantic import Field

from events.catalogue.envelope import Data
from events.catalogue.parts import Person
from events.catalogue.registry import Topic
from events.catalogue.text import Text

topic = Topic("recommendations")


@topic.event(
    "contingency_plan_recorded",
    clauses=["STF-R17", "STF-R64"],
    example={"meeting": "ICPC-1", "foreseen_event": "A relapse.", "response_today": "Ring the duty worker."},
)
class ContingencyPlanRecorded(Data):
    """What to do if a foreseen risk comes true was agreed."""

    foreseen_event: Text | None = None
    response_today: Text | None = None
    response_tomorrow: Text | None = None
    owner: Person | None = None


@topic.event(
    "outcomes_considered",
    clauses=["WAL-R03"],
    example={"meeting": "CPRC-1", "safety": "Safe at home.", "well_being": "Settled.", "development": "Speaks more."},
)
class OutcomesConsidered(Data):
    """A review weighed the child's safety, well-being and development against the outcomes the plan set."""

    safety: Text | None = None
    well_being: Text | None = None
    development: Text | None = None


@topic.event(
    "criminal_injuries_claim_considered",
    clauses=["STF-R63"],
    example={"meeting": "ICPC-1", "outcome": "No claim for now."},
)
class CriminalInjuriesClaimConsidered(Data):
    """A claim for criminal injuries compensation was considered."""

    outcome: Text | None = None


class SupportTier(StrEnum):
    """Which kind of support: child in need, team around the child, early help, universal services."""

    CHILD_IN_NEED = "child_in_need"
    TEAM_AROUND_THE_CHILD = "team_around_the_child"
    EARLY_HELP = "early_help"
    UNIVERSAL = "universal"


@topic.event(
    "support_recommended",
    clauses=["STF-R76", "STF-R80"],
    example={"meeting": "CPRC-2", "tier": "child_in_need", "plan": "Help with school mornings."},
)
class SupportRecommended(Data):
    """The conference recommended support beside or after a plan."""

    tier: SupportTier | None = None
    plan: Text | None = None


class ProceedingsDecision(StrEnum):
    """Whether care proceedings are to be started."""

    START = "start"
    DO_NOT_START = "do_not_start"
    LEGAL_GATEWAY = "legal_gateway"


@topic.event(
    "court_proceedings_considered",
    clauses=["STF-R24"],
    example={"meeting": "CPRC-1", "decision": "do_not_start", "household_children_considered": True},
)
class CourtProceedingsConsidered(Data):
    """Whether to start care proceedings was considered, for all children of the household."""

    decision: ProceedingsDecision | None = None
    reasons: Text | None = None
    household_children_considered: bool | None = None
    by: Person | None = None


@topic.event(
    "step_down_considered",
    clauses=["STF-R76", "STF-R80"],
    example={"meeting": "CPRC-2", "options": ["child_in_need", "early_help"], "chosen": "child_in_need"},
)
class StepDownConsidered(Data):
    """What support follows when there is no plan any more was considered with the family."""

    options: tuple[SupportTier, ...] | None = Field(default=None, max_length=4)
    chosen: SupportTier | None = None
    consent: bool | None = None
