"""Keeping somebody out of a conference, or of part of one: asked for, decided by the chair, told, and what follows."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from events.catalogue.envelope import Data
from events.catalogue.parts import Count, People, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Text, ThirdPartyText

topic = Topic("exclusions")


class ExclusionGround(StrEnum):
    """What the chair considers (STF-R49)."""

    INTIMIDATION = "intimidation"
    THIRD_PARTY_INFORMATION = "third_party_information"
    CRIMINAL_INVESTIGATION = "criminal_investigation"
    MARAC = "marac"
    DVDS = "dvds"
    DISRUPTION = "disruption"
    LEGAL_ADVICE = "legal_advice"


Grounds = Annotated[tuple[ExclusionGround, ...], Field(max_length=7)]


class Part(StrEnum):
    """From how much of the conference."""

    ALL = "all"
    PART = "part"


@topic.event(
    "exclusion_requested",
    clauses=["STF-T13", "STF-R48", "E-10"],
    example={
        "meeting": "CPRC-1",
        "by": {"agency": "police"},
        "who": {"name": "Parent 2", "role": "father"},
        "grounds": ["criminal_investigation"],
    },
)
class ExclusionRequested(Data):
    """An agency told the chair that there may be grounds to exclude somebody."""

    by: Person | None = None
    who: Person | None = None
    grounds: Grounds | None = None
    reason: ThirdPartyText | None = None


@topic.event(
    "participant_warned",
    clauses=["STF-T72", "STF-R53"],
    example={"meeting": "CPRC-1", "who": {"name": "Parent 2", "role": "father"}, "count": 1},
)
class ParticipantWarned(Data):
    """The chair warned somebody whose behaviour disrupts the conference."""

    who: Person
    count: Count | None = None
    chair: Person | None = None


@topic.event(
    "participant_excluded",
    clauses=["STF-T14", "STF-T30", "STF-R47", "STF-R49", "STF-R52", "STF-R53", "STF-R54", "STF-R55", "E-53"],
    example={
        "meeting": "CPRC-1",
        "who": {"name": "Parent 2", "role": "father"},
        "part": "part",
        "grounds": ["marac"],
        "chair": {"name": "Chair 1"},
        "advance": True,
        "documents_allowed": "The plan, without section 4.",
    },
)
class ParticipantExcluded(Data):
    """The chair excluded a child, parent, relative or advocate. `advance`: decided before the conference began."""

    who: Person
    part: Part | None = None
    grounds: Grounds | None = None
    reason: ThirdPartyText | None = None
    chair: Person | None = None
    advance: bool | None = None
    documents_allowed: Text | None = None


@topic.event(
    "exclusion_communicated",
    clauses=["STF-T14", "STF-R52", "N16"],
    example={"meeting": "CPRC-1", "to": {"name": "Parent 2", "role": "father"}, "by": {"role": "social_worker"}},
)
class ExclusionCommunicated(Data):
    """Somebody was told that they are excluded, and on which grounds."""

    to: Person | None = None
    by: Person | None = None


@topic.event(
    "alternative_views_submitted",
    clauses=["STF-R51"],
    example={"meeting": "CPRC-1", "who": {"name": "Parent 2", "role": "father"}, "means": "In writing."},
)
class AlternativeViewsSubmitted(Data):
    """Somebody who was not in the room gave their views another way."""

    who: Person | None = None
    means: Text | None = None
    advocate_approved: bool | None = None


@topic.event(
    "third_party_consent_recorded",
    clauses=["STF-R50"],
    example={
        "person": {"name": "Relative 1", "role": "grandmother"},
        "written": True,
        "information": "Police checks.",
        "with_whom": [{"name": "Parent 1"}],
    },
)
class ThirdPartyConsentRecorded(Data):
    """Somebody who is not at the conference agreed that what is known of them is shared there."""

    person: Person | None = None
    written: bool | None = None
    information: ThirdPartyText | None = None
    with_whom: People | None = None


@topic.event(
    "police_assistance_sought",
    clauses=["STF-R53"],
    example={"meeting": "CPRC-1", "reason": "Threats at the door."},
)
class PoliceAssistanceSought(Data):
    """The police were asked to help keep people safe."""

    reason: ThirdPartyText | None = None
    outcome: Text | None = None
