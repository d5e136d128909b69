"""Between agencies: what one asks of another, what they tell each other, and that their staff know how."""

from enum import StrEnum

from events.catalogue.envelope import Data
from events.catalogue.parts import Channel, People, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Text

topic = Topic("requests_between_agencies")


@topic.event(
    "response_requested",
    clauses=["STF-T60", "STF-R127"],
    example={"request": "RQ-1", "agency": "health", "required_by": "2025-04-11", "what": "The last health check."},
)
class ResponseRequested(Data):
    """Another agency was asked for something. `required_by`: the day by which it should answer."""

    agency: Code
    request: Code | None = None
    required_by: Day | None = None
    what: Text | None = None
    by: Person | None = None


@topic.event(
    "response_received",
    clauses=["STF-T60", "STF-R127"],
    example={"request": "RQ-1", "agency": "health"},
)
class ResponseReceived(Data):
    """The agency answered."""

    agency: Code | None = None
    request: Code | None = None


@topic.event(
    "response_chased",
    clauses=["STF-T60", "STF-R127"],
    example={"request": "RQ-1", "agency": "health", "resolved": False, "with_whom": {"name": "Nurse 1"}},
)
class ResponseChased(Data):
    """The agency was telephoned because no answer had come. `resolved`: whether the call settled it."""

    agency: Code | None = None
    request: Code | None = None
    resolved: bool | None = None
    with_whom: Person | None = None


class Ground(StrEnum):
    """Whether what is passed on is known or thought (STF-R90)."""

    FACT = "fact"
    OPINION = "opinion"
    BOTH_APART = "both_apart"


@topic.event(
    "information_shared_between_meetings",
    clauses=["STF-R90", "STF-T69", "STF-R128", "E-84"],
    example={
        "from_whom": {"role": "teacher", "agency": "school"},
        "to": [{"name": "Worker 1"}],
        "change": "A new class teacher since Monday.",
        "fact_or_opinion": "fact",
        "channel": "secure_email",
        "secure": True,
    },
)
class InformationSharedBetweenMeetings(Data):
    """Somebody who works with the family told the others of a change, between meetings."""

    from_whom: Person | None = None
    to: Person | People | None = None
    change: Text | None = None
    fact_or_opinion: Ground | None = None
    channel: Channel | None = None
    secure: bool | None = None


@topic.event(
    "agency_training_confirmed",
    clauses=["STF-R10"],
    example={"agency": "school", "person": {"role": "teacher"}, "course": "Inter-agency training"},
)
class AgencyTrainingConfirmed(Data):
    """An agency confirmed that its staff have done the board's inter-agency training."""

    agency: Code
    person: Person | None = None
    course: Text | None = None
