"""When professionals disagree or worry about one another's work: raised, resolved, escalated."""

from events.catalogue.envelope import Data
from events.catalogue.parts import Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Text, ThirdPartyText

topic = Topic("disputes")


@topic.event(
    "practitioner_concern_raised",
    clauses=["STF-T62", "STF-R124"],
    example={"concern": "C-1", "agency": "school", "about": "csc", "risk": "Calls are not returned."},
)
class PractitionerConcernRaised(Data):
    """A worker raised a concern about another agency's work with the family. `concern` is the caller's id of it."""

    concern: Code | None = None
    agency: Code | None = None
    about: Code | None = None
    risk: ThirdPartyText | None = None
    raised_with: Person | None = None


@topic.event(
    "concern_resolved",
    clauses=["STF-T62", "STF-R124"],
    example={"concern": "C-1", "how": "Both workers meet every Monday from now on."},
)
class ConcernResolved(Data):
    """A concern about another agency's work was resolved."""

    concern: Code | None = None
    how: Text | None = None


@topic.event(
    "escalation_started",
    clauses=["STF-T62", "STF-R124", "STF-R125", "E-84"],
    example={"concern": "C-1", "stage": "line_manager", "about": "information_sharing"},
)
class EscalationStarted(Data):
    """A disagreement went to line managers, or into the escalation policy. It is never refused."""

    concern: Code | None = None
    stage: Code | None = None
    policy: Code | None = None
    about: Code | None = None
    agency: Code | None = None
