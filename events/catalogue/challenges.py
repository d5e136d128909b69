"""How somebody challenges what a conference decided: advice, representations to its chair, and what parents may do."""

from enum import StrEnum

from events.catalogue.envelope import Data
from events.catalogue.parts import Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Text, ThirdPartyText

topic = Topic("challenges")


@topic.event(
    "advice_sought",
    clauses=["SEF-R12"],
    example={"concern": "C-1", "from_whom": {"role": "designated_professional"}},
)
class AdviceSought(Data):
    """Somebody who thinks a decision unsafe took advice: of a named, designated or lead professional, or a manager."""

    concern: Code | None = None
    from_whom: Person | None = None
    advice: ThirdPartyText | None = None


@topic.event(
    "representation_made_to_chair",
    clauses=["SEF-T06", "SEF-R13"],
    example={"concern": "C-1", "meeting": "CPRC-1", "verbal": True, "written": True},
)
class RepresentationMadeToChair(Data):
    """Practitioner and manager put their concern to the chair. `verbal`, `written`: in which of these ways."""

    concern: Code | None = None
    verbal: bool | None = None
    written: bool | None = None
    by: Person | None = None


@topic.event(
    "parent_disagreement_raised",
    clauses=["SEF-T08", "SEF-R15", "E-43"],
    example={"meeting": "CPRC-1", "who": {"name": "Parent 1"}, "about": "The plan should have ended."},
)
class ParentDisagreementRaised(Data):
    """A parent or carer disagreed with what a conference decided."""

    who: Person | None = None
    about: ThirdPartyText | None = None


@topic.event(
    "parent_concerns_discussed_by_chair",
    clauses=["SEF-T08", "SEF-R15"],
    example={"meeting": "CPRC-1", "chair": {"name": "Chair 1"}, "appeals_explained": True},
)
class ParentConcernsDiscussedByChair(Data):
    """The chair went through a parent's concerns with them."""

    chair: Person | None = None
    who: Person | None = None
    appeals_explained: bool | None = None
    outcome: Text | None = None


@topic.event(
    "appeal_lodged",
    clauses=["STF-R126", "E-43", "E-44"],
    example={
        "appeal": "AP-1",
        "meeting": "ICPC-1",
        "who": {"name": "Parent 1"},
        "grounds": "No interpreter was there.",
    },
)
class AppealLodged(Data):
    """Somebody challenges a conference's decision by the process for that. The decision stands meanwhile (E-44)."""

    appeal: Code | None = None
    who: Person | None = None
    grounds: ThirdPartyText | None = None


class AppealOutcome(StrEnum):
    """What became of an appeal."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


@topic.event(
    "appeal_determined",
    clauses=["STF-R126", "E-43", "E-57"],
    example={"appeal": "AP-1", "outcome": "upheld", "reasons": "The father could not follow."},
)
class AppealDetermined(Data):
    """An appeal was decided. One that is upheld sets nothing aside by itself: a new conference decides (E-57)."""

    outcome: AppealOutcome | None = None
    appeal: Code | None = None
    reasons: ThirdPartyText | None = None


@topic.event(
    "complaint_recorded",
    clauses=["STF-R126"],
    example={"complaint": "CO-1", "who": {"name": "Parent 1"}, "about": "Calls are not returned."},
)
class ComplaintRecorded(Data):
    """A complaint was made that is not about a conference's decision."""

    complaint: Code | None = None
    who: Person | None = None
    about: ThirdPartyText | None = None
