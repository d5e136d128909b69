"""The family, who lives with the child, and the child's leaving for good."""

from typing import Self

from pydantic import model_validator

from events.catalogue.envelope import Data
from events.catalogue.parts import People, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Text, ThirdPartyText

topic = Topic("household")


class FamilyMember(Data):
    """A parent, carer, brother, sister or other relative. `ref` is the caller's own reference to the person."""

    name: ThirdPartyText | None = None
    ref: Code | None = None
    relation: Text | None = None
    parental_responsibility: bool | None = None
    absent: bool | None = None
    address: ThirdPartyText | None = None
    contact: ThirdPartyText | None = None
    preferred_language: Text | None = None
    learning_style: ThirdPartyText | None = None

    @model_validator(mode="after")
    def _is_somebody(self) -> Self:
        if self.name is None and self.ref is None and self.relation is None:
            raise ValueError("say who: a name, a reference or the relation to the child")
        return self


@topic.event(
    "family_member_added",
    clauses=["STF-R03", "STF-R40"],
    example={"name": "Parent 1", "ref": "P1", "relation": "mother", "parental_responsibility": True},
)
class FamilyMemberAdded(FamilyMember):
    """A member of the child's family became known."""


@topic.event(
    "family_member_changed",
    clauses=["STF-R03", "STF-R40"],
    example={"ref": "P1", "preferred_language": "Polish"},
)
class FamilyMemberChanged(FamilyMember):
    """Something about a member of the family changed. Only what changed is given, and who it is."""


@topic.event(
    "household_member_joined",
    clauses=["STK-T05"],
    example={"person": {"name": "Adult 1", "role": "partner_of_parent"}, "assessed_risk": False},
)
class HouseholdMemberJoined(Data):
    """Somebody joined the household."""

    person: Person
    assessed_risk: bool | None = None
    home_office_circular_basis: ThirdPartyText | None = None


@topic.event(
    "household_member_left",
    clauses=["STF-R75"],
    example={"person": {"role": "partner_of_parent"}, "effect_on_concerns": "Less shouting at night."},
)
class HouseholdMemberLeft(Data):
    """Somebody left the household."""

    person: Person
    change: Text | None = None
    effect_on_concerns: Text | None = None


@topic.event(
    "household_change_recorded",
    clauses=["STF-R75", "STF-R90"],
    example={"change": "Moved in with grandparents for the holidays.", "effect_on_concerns": "None."},
)
class HouseholdChangeRecorded(Data):
    """Something else about the household changed."""

    change: Text
    effect_on_concerns: Text | None = None


@topic.event(
    "pregnancy_in_household_notified",
    clauses=["STK-T04"],
    example={"mother": {"name": "Parent 1"}, "edd": "2025-11-20"},
)
class PregnancyInHouseholdNotified(Data):
    """Somebody in the household is expecting a child."""

    mother: Person | None = None
    edd: Day | None = None
    prebirth_conference: Code | None = None


@topic.event(
    "child_no_longer_in_concern_household",
    clauses=["STF-R75"],
    example={"new_carer": {"name": "Grandparent 1", "role": "carer"}, "order": "child_arrangements_order"},
)
class ChildNoLongerInConcernHousehold(Data):
    """The child no longer lives in the household in which the concerns arose."""

    new_carer: Person | None = None
    order: Code | None = None
    evidence: Text | None = None


@topic.event(
    "child_death_recorded",
    clauses=["STF-T39", "STF-R72", "E-54"],
    example={"place": "Hospital", "notified_by": {"role": "paediatrician", "agency": "health"}},
)
class ChildDeathRecorded(Data):
    """The child died."""

    place: Text | None = None
    notified_by: Person | None = None


@topic.event(
    "permanent_departure_from_uk_recorded",
    clauses=["STF-T40", "STF-R73", "E-55"],
    example={"permanent": True, "country": "Ireland", "evidence": "Letter of the new school seen."},
)
class PermanentDepartureFromUkRecorded(Data):
    """The child left the United Kingdom; only `permanent: true` says that it is for good."""

    permanent: bool
    country: Text | None = None
    evidence: Text | None = None


@topic.event(
    "support_network_recorded",
    clauses=["STF-T67", "STF-R37"],
    example={"members": [{"name": "Grandparent 1", "role": "grandparent"}], "outcome": "Weekends covered."},
)
class SupportNetworkRecorded(Data):
    """The family's own support network was established."""

    members: People | None = None
    outcome: Text | None = None


@topic.event(
    "family_group_conference_explored",
    clauses=["STF-T67", "STF-R37"],
    example={"outcome": "The family would like one.", "date": "2025-03-20"},
)
class FamilyGroupConferenceExplored(Data):
    """Whether the family wants a family group conference was explored. `date`: when one is planned, if at all."""

    members: People | None = None
    outcome: Text | None = None
    date: Day | None = None
