"""Seeing the child."""

from events.catalogue.envelope import Data
from events.catalogue.parts import Person
from events.catalogue.registry import Topic
from events.catalogue.text import Day, Text

topic = Topic("visits")


@topic.event(
    "child_seen",
    clauses=["STF-T20", "STF-R16", "E-50", "E-78"],
    example={
        "occurred_at": "2025-04-02T15:30:00+01:00",
        "by_sw": True,
        "spoken_to": True,
        "alone": True,
        "unannounced": False,
        "where": "At home",
    },
)
class ChildSeen(Data):
    """The child was seen. `observed`: seen and observed, for a child who does not speak; `mother_seen`: unborn."""

    by_sw: bool
    spoken_to: bool
    observed: bool | None = None
    alone: bool | None = None
    unannounced: bool | None = None
    where: Text | None = None
    family_present: bool | None = None
    mother_seen: bool | None = None
    worker: Person | None = None
    views: Text | None = None


@topic.event("visit_missed", clauses=["STF-T20"], example={"due": "2025-04-14", "reason": "Nobody was at home."})
class VisitMissed(Data):
    """A visit did not take place, or the child was not there. `due`: when it should have been."""

    due: Day | None = None
    reason: Text | None = None
