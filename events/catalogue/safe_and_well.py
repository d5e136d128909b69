"""Visits to see that a child is safe and well, made by one authority for another."""

from typing import Annotated

from pydantic import Field

from events.catalogue.envelope import Data
from events.catalogue.moves import Direction, Whoever
from events.catalogue.parts import Channel
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Text

topic = Topic("safe_and_well")

Miles = Annotated[int, Field(ge=0, le=2_000)]
"""Whole miles."""


class SafeAndWellVisit(Data):
    """A visit that one authority makes for another. `direction`: `in` where we are asked, `out` where we ask."""

    visit: Code | None = Field(default=None, description="The caller's own id of the visit.")
    direction: Direction | None = None
    other_la: Code | None = None


@topic.event(
    "safe_and_well_visit_requested",
    clauses=["STF-T59", "STF-T71", "STF-R114", "STF-R121"],
    example={
        "visit": "SW-1",
        "direction": "in",
        "other_la": "stoke-on-trent",
        "distance_miles": 62,
        "papers": True,
        "liaised_on": "2025-04-10",
    },
    opens_case=True,
)
class SafeAndWellVisitRequested(SafeAndWellVisit):
    """One authority asked another to see the child. `papers`: with current documents; `in_writing`: by letter."""

    distance_miles: Miles | None = None
    papers: bool | None = None
    liaised_on: Day | None = None
    in_writing: bool | None = None
    channel: Channel | None = None
    secure: bool | None = None
    advised_by: Whoever | None = None


@topic.event(
    "safe_and_well_visit_agreed",
    clauses=["STF-T71", "STF-R114", "STF-R121"],
    example={"visit": "SW-1", "direction": "in", "distance_miles": 62},
)
class SafeAndWellVisitAgreed(SafeAndWellVisit):
    """Help with the visit was agreed. Told with the basis `here`, it is asked first."""

    distance_miles: Miles | None = None
    by: Whoever | None = None


@topic.event(
    "safe_and_well_visit_refused",
    clauses=["STF-T71", "STF-R114"],
    example={"visit": "SW-1", "direction": "in", "reason": "It is 12 miles away."},
)
class SafeAndWellVisitRefused(SafeAndWellVisit):
    """Help with the visit was refused."""

    distance_miles: Miles | None = None
    reason: Text | None = None


@topic.event(
    "safe_and_well_papers_supplied",
    clauses=["STF-T59", "STF-R114", "STF-R121"],
    example={"visit": "SW-1", "report": True, "plan": True},
)
class SafeAndWellPapersSupplied(SafeAndWellVisit):
    """The latest conference report and plan were given to whoever makes the visit."""

    report: bool | None = None
    plan: bool | None = None


@topic.event(
    "safe_and_well_liaison_held",
    clauses=["STF-T59", "STF-R114", "STF-R121"],
    example={"visit": "SW-1", "between": "The allocated social worker and the visitor."},
)
class SafeAndWellLiaisonHeld(SafeAndWellVisit):
    """The two social workers talked before the visit."""

    between: Text | None = None


@topic.event(
    "safe_and_well_visit_completed",
    clauses=["STF-T59", "STF-R121"],
    example={"visit": "SW-1", "outcome": "The child was seen and is well."},
)
class SafeAndWellVisitCompleted(SafeAndWellVisit):
    """The visit was made."""

    outcome: Text | None = None
    for_la: Code | None = None
    child_seen: bool | None = None


@topic.event(
    "safe_and_well_outcome_copied",
    clauses=["STF-T59", "STF-R121"],
    example={"visit": "SW-1", "for_la": "staffordshire", "filed": True},
)
class SafeAndWellOutcomeCopied(SafeAndWellVisit):
    """A copy of the outcome was asked for, or given, for the responsible authority's file."""

    outcome: Text | None = None
    for_la: Code | None = None
    filed: bool | None = None
