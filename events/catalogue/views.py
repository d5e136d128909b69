"""What agencies, family and chair said at a conference, and how a tie was broken."""

from enum import StrEnum

from events.catalogue.envelope import Data
from events.catalogue.parts import Category, Ordinal, Person, Tally
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Text, ThirdPartyText

topic = Topic("views")


class View(StrEnum):
    """What is thought right for the child."""

    SUBJECT = "subject"
    NOT_SUBJECT = "not_subject"
    CONTINUE = "continue"
    END = "end"


@topic.event(
    "agency_view_stated",
    clauses=["STF-R57", "STK-R18", "STK-R19", "E-34"],
    example={"meeting": "ICPC-1", "agency": "health", "provider": "community", "view": "subject", "seq": 1},
)
class AgencyViewStated(Data):
    """An agency said whether it thinks a plan is needed for this child. No view: it abstained or said nothing.

    `professional`: who said so, where each professional has a view of their own (E-34).
    """

    agency: Code
    professional: Person | None = None
    provider: Code | None = None
    view: View | None = None
    category: Category | None = None
    reason: Text | None = None
    core_group_member: bool | None = None
    abstained: bool | None = None
    seq: Ordinal | None = None


@topic.event(
    "family_view_stated",
    clauses=["STF-R81", "E-34"],
    example={"meeting": "ICPC-1", "who": {"name": "Parent 1", "role": "mother"}, "view": "Would like help at home."},
)
class FamilyViewStated(Data):
    """Somebody of the family, or the child, said what they think."""

    who: Person | None = None
    view: ThirdPartyText | None = None


@topic.event(
    "casting_vote_used",
    clauses=["STF-R57", "E-34"],
    example={"meeting": "ICPC-1", "tally": {"in_favour": 2, "against": 2}, "decision": "subject"},
)
class CastingVoteUsed(Data):
    """The agencies were evenly split and the chair decided."""

    chair: Person | None = None
    tally: Tally | None = None
    decision: View | None = None


@topic.event(
    "chair_disagreement_recorded",
    clauses=["STF-R57"],
    example={"meeting": "CPRC-1", "text": "The chair thinks it too early.", "in_summary": True},
)
class ChairDisagreementRecorded(Data):
    """The chair disagreed with the majority, and said so."""

    text: Text | None = None
    in_summary: bool | None = None


@topic.event(
    "dissent_recorded",
    clauses=["STF-R68"],
    example={"meeting": "CPRC-1", "agency": "school", "reason": "Still comes hungry.", "in_minutes": True},
)
class DissentRecorded(Data):
    """An agency disagreed with the decision."""

    agency: Code
    reason: Text | None = None
    in_minutes: bool | None = None


@topic.event("chair_summary_given", clauses=["STF-R57"], example={"meeting": "ICPC-1", "text": "A plan is needed."})
class ChairSummaryGiven(Data):
    """The chair summed up."""

    text: Text | None = None
