"""What is decided for one child: plan or no plan, in which category."""

from enum import StrEnum
from uuid import UUID

from events.catalogue.envelope import Data, Kind
from events.catalogue.parts import Categories, Category, ContinuousSince, LeadProfessional, Method, Person, Tally
from events.catalogue.registry import Topic
from events.catalogue.reviewing import ReviewRecord
from events.catalogue.text import Text

topic = Topic("decisions")


class ChildDecision(StrEnum):
    """What a conference decides for a child. An ending is `plan_ended`."""

    SUBJECT = "subject"
    NOT_SUBJECT = "not_subject"
    CONTINUE = "continue"


class TestLimb(StrEnum):
    """On which limb of the test significant harm was found (STF-R60).

    `suffered`: it has happened. `likely_past`: ill-treatment is shown and judged likely to recur. `likely_enquiries`:
    a judgement of likelihood backed by enquiries or research.
    """

    SUFFERED = "suffered"
    LIKELY_PAST = "likely_past"
    LIKELY_ENQUIRIES = "likely_enquiries"


@topic.event(
    "child_decision_made",
    kind=Kind.DECISION,
    clauses=["STF-R57", "STF-R60", "STF-R61", "STF-R62", "STF-R65", "STK-R02", "STK-R19", "E-16", "E-34"],
    example={
        "meeting": "ICPC-1",
        "decision": "subject",
        "category": "neglect",
        "lead_professional": {"person": {"name": "Worker 1"}, "qualified_sw": True},
        "test_limb": "likely_past",
        "tally": {"in_favour": 4, "against": 1},
        "method": "majority",
    },
)
class ChildDecisionMade(ReviewRecord):
    """A conference decided for this child: subject of a plan, not subject of one, or the plan continues."""

    decision: ChildDecision
    category: Categories | None = None
    lead_professional: LeadProfessional | None = None
    test_limb: TestLimb | None = None
    tally: Tally | None = None
    method: Method | None = None
    reasons: Text | None = None
    tac_considered: bool | None = None
    proceedings_considered: bool | None = None
    support_considered: bool | None = None
    continuous_since: ContinuousSince = None


class DeterminedBy(StrEnum):
    """Whether the agencies agreed on the category or the chair determined it (STF-R61)."""

    CONSENSUS = "consensus"
    CHAIR = "chair"


@topic.event(
    "category_determined",
    clauses=["STF-R61"],
    example={"meeting": "ICPC-1", "category": "neglect", "by": "consensus"},
)
class CategoryDetermined(Data):
    """The category of abuse was determined."""

    category: Categories
    by: DeterminedBy | None = None


@topic.event(
    "category_changed",
    kind=Kind.DECISION,
    clauses=["STF-R61", "STK-R05", "E-33"],
    example={"meeting": "CPRC-1", "old": "neglect", "new": "emotional", "by": "chair"},
)
class CategoryChanged(Data):
    """The category of abuse of a plan was changed."""

    new: Categories
    old: Category | None = None
    by: DeterminedBy | None = None
    reasons: Text | None = None


@topic.event(
    "reported_decision_confirmed",
    clauses=["E-82"],
    example={"fact": "7f8a2c1e-0000-5000-8000-000000000001", "by": {"role": "head_of_service"}, "reasons": "Lawful."},
)
class ReportedDecisionConfirmed(Data):
    """The head of service confirmed a decision taken elsewhere that the procedure forbids."""

    fact: UUID
    by: Person | None = None
    reasons: Text | None = None
