"""Who leads and carries the plan, and how often the child is seen."""

from typing import Annotated

from pydantic import Field

from events.catalogue.envelope import Data
from events.catalogue.parts import People, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Text

topic = Topic("leadership")


class LeadProfessionalSaid(Data):
    """Who leads on the plan."""

    person: Person
    qualified_sw: bool | None = None
    role: Code | None = None


@topic.event(
    "lead_professional_named",
    clauses=["STF-R02", "STF-R62"],
    example={"meeting": "ICPC-1", "person": {"name": "Worker 1"}, "qualified_sw": True, "role": "social_worker"},
)
class LeadProfessionalNamed(LeadProfessionalSaid):
    """The lead professional of the plan was named."""


@topic.event(
    "lead_professional_changed",
    clauses=["STF-R62", "STF-R78"],
    example={"person": {"name": "Worker 2"}, "qualified_sw": True, "reason": "Worker 1 left."},
)
class LeadProfessionalChanged(LeadProfessionalSaid):
    """Another lead professional took over the plan."""

    reason: Text | None = None


@topic.event(
    "lead_professional_transferred",
    clauses=["STF-R78"],
    example={"to": {"name": "Teacher 1", "role": "teacher"}, "reason": "Social care closes its part."},
)
class LeadProfessionalTransferred(Data):
    """Social care stepped back and the lead passed to another professional."""

    to: Person
    reason: Text | None = None


@topic.event(
    "core_group_membership_confirmed",
    clauses=["STF-R63"],
    example={
        "meeting": "ICPC-1",
        "members": [{"name": "Worker 1"}, {"name": "Parent 1", "role": "mother"}],
        "first_meeting_on": "2025-04-04",
    },
)
class CoreGroupMembershipConfirmed(Data):
    """The conference confirmed who is in the core group and when it first meets."""

    members: Annotated[People, Field(min_length=1)] | None = None
    first_meeting_on: Day | None = None


@topic.event(
    "visit_pattern_set",
    clauses=["STF-T20", "STF-R16"],
    example={"meeting": "ICPC-1", "frequency_days": 14, "alone": True, "unannounced": True},
)
class VisitPatternSet(Data):
    """How often and how the child is to be seen was set."""

    frequency_days: Annotated[int, Field(ge=1, le=365)]
    alone: bool | None = None
    with_family: bool | None = None
    unannounced: bool | None = None
