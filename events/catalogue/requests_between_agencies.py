"""What one agency asks of another: asked for by a day, answered, or chased."""

from events.catalogue.envelope import Data
from events.catalogue.parts import Person
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
