"""A stay in another authority's area that is not for good."""

from enum import StrEnum

from pydantic import Field

from events.catalogue.moves import Directed, OfAMove, Whoever
from events.catalogue.parts import Codes
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Text

topic = Topic("temporary_moves")


class Arrangement(StrEnum):
    """What a temporary stay is: some of them keep responsibility from transferring (STF-R103, STF-R105, STF-R106)."""

    PLACED_FOR_ASSESSMENT = "placed_for_assessment"
    PLACED_FOR_TREATMENT = "placed_for_treatment"
    PLACED_FOR_EDUCATION = "placed_for_education"
    RELATIVES_OR_FRIENDS = "relatives_or_friends"
    TEMPORARY_ACCOMMODATION = "temporary_accommodation"
    CONTACT = "contact"
    OTHER = "other"


@topic.event(
    "temporary_move_reported",
    clauses=[
        *("STF-T54", "STF-T70", "STF-R103", "STF-R105", "STF-R106", "STF-R122", "STF-R123", "STF-R131", "E-25"),
        "N14",
    ],
    example={
        "direction": "in",
        "authority": "stoke-on-trent",
        "ongoing": True,
        "until_on": "2025-06-30",
        "arrangement": "contact",
        "orders": [],
    },
    opens_case=True,
)
class TemporaryMoveReported(Directed):
    """The child stays, or is about to stay, in another area for a time.

    `ongoing`: part of an arrangement that goes on, regular contact for instance. `returning`: the child goes back
    afterwards; for accommodation, `moves_on`: the family will then be housed elsewhere.
    """

    authority: Code | None = Field(default=None, description="The other authority.")
    ongoing: bool | None = None
    from_on: Day | None = Field(default=None, description="When it began, if not on the day of the event.")
    until_on: Day | None = None
    arrangement: Arrangement | None = None
    returning: bool | None = None
    moves_on: bool | None = None
    placed_by: Code | None = None
    orders: Codes | None = None
    address: Text | None = None
    by: Whoever | None = None


@topic.event(
    "child_returned_from_temporary_move",
    clauses=["STF-T70"],
    example={"reason": "The holidays are over."},
)
class ChildReturnedFromTemporaryMove(OfAMove):
    """The child went back to where it lives."""

    reason: Text | None = None


class TemporaryMovePapers(OfAMove):
    """The latest conference report and the plan, kept for the emergency duty service."""

    report: bool | None = None
    plan: bool | None = None
    by: Whoever | None = None


@topic.event("temporary_move_papers_requested", clauses=["STF-R122"], example={"report": True, "plan": True})
class TemporaryMovePapersRequested(TemporaryMovePapers):
    """The responsible authority was asked for report and plan."""


@topic.event("temporary_move_papers_sent", clauses=["STF-R123"], example={"report": True, "plan": True})
class TemporaryMovePapersSent(TemporaryMovePapers):
    """Report and plan were sent to the authority in whose area the child stays."""


@topic.event("temporary_move_papers_received", clauses=["STF-R122"], example={"report": True, "plan": True})
class TemporaryMovePapersReceived(TemporaryMovePapers):
    """Report and plan came and are on file."""
