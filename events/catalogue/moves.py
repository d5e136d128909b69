"""A child who moves to another authority's area: who is told, who lists the child meanwhile, and who pays."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, model_validator

from events.catalogue.envelope import Closed, Data
from events.catalogue.parts import Category, Channel, Codes, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, PastDate, Text

topic = Topic("moves")

Whoever = Person | Code
"""Somebody in full, or only a role, an agency or an authority by its code."""

Recipients = Annotated[tuple[Whoever, ...], Field(max_length=100)]
"""Up to 100 people or bodies that were told."""


class Direction(StrEnum):
    """Whether the child moves into the area of this authority or out of it."""

    IN = "in"
    OUT = "out"


class OfAMove(Data):
    """Something told of one move of the child. Without `move` it is about the one that is going on."""

    move: Code | None = Field(default=None, description="The caller's own id of the move.")


class Directed(OfAMove):
    """Something that may begin a move: without `direction` out, of a child on a plan here or said to go to another."""

    direction: Direction | None = None


@topic.event(
    "child_moved",
    clauses=["STF-T34", "STF-T35", "STF-T46", "STF-R115", "STK-T13"],
    example={
        "to_la": "stoke-on-trent",
        "permanent": True,
        "from_address": "1 Example Street",
        "to_address": "2 Example Road",
        "reason": "A house nearer to the grandparents.",
    },
)
class ChildMoved(Directed):
    """The child moved, or is about to. `permanent`: believed to be for good."""

    to_la: Code | None = None
    from_la: Code | None = None
    permanent: bool | None = None
    impending: bool | None = None
    from_address: Text | None = None
    to_address: Text | None = None
    reason: Text | None = None


class MoveItems(Closed):
    """The six things that are told of a child who moves for good: each itself, or only that it was told (STF-R115)."""

    name: Text | bool | None = None
    dob: PastDate | bool | None = None
    from_address: Text | bool | None = None
    to_address: Text | bool | None = None
    category: Category | bool | None = None
    reason: Text | bool | None = None

    @model_validator(mode="before")
    @classmethod
    def _called_from_and_to(cls, told: Any) -> Any:  # noqa: ANN401  # whatever was sent, before it is checked
        if not isinstance(told, dict):
            return told
        return {f"{name}_address" if name in {"from", "to"} else name: value for name, value in told.items()}


@topic.event(
    "permanent_move_notified",
    clauses=["STF-T34", "STF-T35", "STF-T44", "STF-R99", "STF-R108", "STF-R115", "STK-T13"],
    example={
        "direction": "out",
        "notified_by": {"role": "social_worker"},
        "notified_to": [{"role": "database_administrator"}, {"role": "specialist_safeguarding_development_manager"}],
        "to_authority": "stoke-on-trent",
        "items": {
            "name": True,
            "dob": True,
            "from_address": "1 Example Street",
            "to_address": "2 Example Road",
            "category": "neglect",
            "reason": "A house nearer to the grandparents.",
        },
    },
    opens_case=True,
)
class PermanentMoveNotified(Directed):
    """A move that is thought to be for good was notified: to us of a child who comes, or by us of one who goes."""

    notified_by: Whoever | None = None
    notified_to: Recipients | None = None
    from_authority: Code | None = None
    to_authority: Code | None = None
    permanent: bool | None = Field(default=None, description="The notice said that the move is for good.")
    impending: bool | None = None
    items: MoveItems | None = None
    passes_with: Code | None = Field(
        default=None,
        description="What responsibility passes with under the procedure of the authority the child leaves.",
    )


@topic.event(
    "receiving_authority_notified",
    clauses=["STF-T34", "STF-T36", "STF-R116", "STF-R123", "STK-T13", "N09"],
    example={
        "authority": "stoke-on-trent",
        "channel": "secure_email",
        "secure": True,
        "listing_requested": True,
        "in_writing": False,
    },
)
class ReceivingAuthorityNotified(Directed):
    """The authority into whose area the child moves was told, and from when it has known the 15 working days run.

    `listing_requested`: it was asked to put the child on its temporary list; `in_writing`: by formal letter.
    """

    authority: Code | None = Field(default=None, description="The other; if it is here, as /v1/authorities has it.")
    channel: Channel | None = None
    secure: bool | None = None
    by: Whoever | None = None
    listing_requested: bool | None = None
    in_writing: bool | None = None
    advised_by: Whoever | None = None


@topic.event(
    "originating_agencies_notified",
    clauses=["STF-T35", "STF-T45", "STF-R116", "N11"],
    example={"agencies": ["school", "health"], "by": {"role": "social_worker"}},
)
class OriginatingAgenciesNotified(OfAMove):
    """The agencies that work with the child where it lived were told of the move."""

    agencies: Codes | None = None
    by: Whoever | None = None


@topic.event(
    "counterpart_notified",
    clauses=["STF-T45", "N26"],
    example={"agency": "health", "papers": ["health_visitor_record"]},
)
class CounterpartNotified(OfAMove):
    """An agency told its counterpart in the new area, and with `papers` passed on what it holds."""

    agency: Code | None = None
    counterpart: Whoever | None = None
    papers: Codes | bool | None = None


@topic.event(
    "child_protection_database_updated",
    clauses=["STF-R116", "STF-R120"],
    example={"about": "move", "by": {"role": "database_administrator"}},
)
class ChildProtectionDatabaseUpdated(OfAMove):
    """The authority's own database of children with plans was brought up to date."""

    about: Code | None = None
    by: Whoever | None = None


class ListingBasis(StrEnum):
    """Why a child of another authority stands on a temporary list."""

    TRANSFERRING = "transferring"
    TEMPORARY = "temporary"
    EXCLUDED = "excluded"


@topic.event(
    "child_added_to_temporary_list",
    clauses=["STF-T44", "STF-T70", "STF-R99", "STF-R116", "STF-R122", "STF-R123", "N12"],
    example={"la": "staffordshire", "basis": "transferring", "letter_sent": True},
    opens_case=True,
)
class ChildAddedToTemporaryList(Directed):
    """The child was put on the temporary list of the area it moved to. `letter_sent`: the other authority was told."""

    la: Code | None = None
    basis: ListingBasis | None = None
    letter_sent: bool | None = None
    from_authority: Code | None = None
    by: Whoever | None = None


@topic.event(
    "child_removed_from_temporary_list",
    clauses=["STF-T44", "STF-T70"],
    example={"la": "staffordshire", "reason": "The family went back."},
)
class ChildRemovedFromTemporaryList(OfAMove):
    """The child was taken off the temporary list."""

    la: Code | None = None
    reason: Text | None = None


class SchoolPlace(StrEnum):
    """Whether a child has a school place in the new area."""

    REGISTERED = "registered"
    NOT_REGISTERED = "not_registered"
    NOT_OF_SCHOOL_AGE = "not_of_school_age"


@topic.event(
    "school_place_status_recorded",
    clauses=["STF-T46"],
    example={"status": "not_registered", "action": "The parents were given the form."},
)
class SchoolPlaceStatusRecorded(OfAMove):
    """Whether the child is registered for a school place where it lives now. `action`: what the authority does."""

    status: SchoolPlace
    school: Text | None = None
    action: Text | None = None


@topic.event(
    "child_missing_education_treated",
    clauses=["STF-T46"],
    example={"steps": "The education welfare officer visits on Monday.", "by": {"role": "education_welfare_officer"}},
)
class ChildMissingEducationTreated(OfAMove):
    """A child without a school place was treated as missing from education, and the parents were made to register."""

    la: Code | None = None
    steps: Text | None = None
    by: Whoever | None = None


class Funding(StrEnum):
    """What the originating authority pays for (STF-R109)."""

    SERVICES = "services"
    HOUSING = "housing"
    NO_RECOURSE_TO_PUBLIC_FUNDS = "no_recourse_to_public_funds"


@topic.event(
    "funding_responsibility_recorded",
    clauses=["STF-T55", "STF-R109"],
    example={"kind": "services", "held_by": "stoke-on-trent", "until_on": "2025-09-30"},
)
class FundingResponsibilityRecorded(OfAMove):
    """Who goes on paying for what, and until when: a day, or in words where it hangs on what happens."""

    kind: Funding
    held_by: Code | None = None
    until_on: Day | None = None
    until: Text | None = None


@topic.event(
    "funding_responsibility_ended",
    clauses=["STF-T55", "STF-R109"],
    example={"kind": "housing", "reason": "The family pays its own rent."},
)
class FundingResponsibilityEnded(OfAMove):
    """The originating authority no longer pays: the period is over, or the family can claim, pay or stay."""

    kind: Funding | None = None
    reason: Text | None = None


@topic.event(
    "health_and_police_informed_of_move",
    clauses=["STF-R122", "STF-R123", "N14"],
    example={"channel": "secure_email", "secure": True, "court_orders": False},
)
class HealthAndPoliceInformedOfMove(OfAMove):
    """Health and the police were told in writing of a temporary move. `court_orders`: the child is subject to any."""

    letter: bool | None = None
    channel: Channel | None = None
    secure: bool | None = None
    court_orders: bool | None = None
    by: Whoever | None = None
