"""The authority's own directory, on its own stream: posts and who holds them, agencies, addresses, and its go-live."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from events.catalogue.envelope import Data
from events.catalogue.parts import Codes, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Instant, Text, ThirdPartyText

topic = Topic("directory", of_authority=True)

Address = Annotated[ThirdPartyText, Field(description="An e-mail address.")]


@topic.event(
    "post_recorded",
    clauses=["E-42", "STF-T47"],
    example={
        "post": "SSM-1",
        "title": "Specialist Safeguarding Manager (North)",
        "stands_for": ["specialist safeguarding manager", "specialist safeguarding development manager"],
        "team": "team-north",
    },
)
class PostRecorded(Data):
    """A post, what it is called here, and the titles of the procedure that it stands for; told again, it is so since.

    `team`: it stands for them for the cases of that team alone. `closed`: there is no such post any more.
    """

    post: Code = Field(description="The caller's own id of the post.")
    title: Text
    stands_for: Codes | None = Field(default=None, description="Owners and recipients by the procedure's own titles.")
    team: Code | None = None
    agency: Code | None = None
    closed: bool = False


@topic.event(
    "post_holder_changed",
    clauses=["E-42"],
    example={"post": "SSM-1", "holder": {"name": "Manager 1", "ref": "M1"}, "from_on": "2025-04-01"},
)
class PostHolderChanged(Data):
    """Somebody holds a post from a day on; without `holder` it is vacant from then on."""

    post: Code
    holder: Person | None = None
    from_on: Day | None = Field(default=None, description="The first day, if it is not the day this was true.")


@topic.event(
    "stand_in_recorded",
    clauses=["E-42"],
    example={
        "post": "SSM-1",
        "person": {"name": "Manager 2", "ref": "M2"},
        "from_on": "2025-07-28",
        "until_on": "2025-08-15",
    },
)
class StandInRecorded(Data):
    """Somebody acts in a post for its holder, or while it is vacant. Both days are included; without `until_on`, on."""

    post: Code
    person: Person
    from_on: Day | None = None
    until_on: Day | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.from_on is not None and self.until_on is not None and self.until_on < self.from_on:
            raise ValueError("ends before it starts")
        return self


@topic.event(
    "agency_recorded",
    clauses=["STF-R44", "STF-T32"],
    example={"agency": "health", "provider": "hospital-1", "title": "Hospital 1", "stands_for": ["health authority"]},
)
class AgencyRecorded(Data):
    """An agency, or one provider of it, and the titles of the procedure that it stands for; told again, so since."""

    agency: Code
    provider: Code | None = None
    title: Text
    stands_for: Codes | None = None
    closed: bool = False


@topic.event(
    "secure_email_confirmed",
    clauses=["STF-T69", "STF-R128"],
    example={"agency": "health", "provider": "hospital-1", "address": "safeguarding@hospital-1.example"},
)
class SecureEmailConfirmed(Data):
    """An e-mail address of a post, an agency or a provider was confirmed to be secure, or proved not to be."""

    address: Address
    post: Code | None = None
    agency: Code | None = None
    provider: Code | None = None
    secure: bool = True
    confirmed_by: Person | None = None

    @model_validator(mode="after")
    def _says_whose(self) -> Self:
        if (self.post is None) == (self.agency is None):
            raise ValueError("say whose address it is: a post's or an agency's")
        if self.provider is not None and self.agency is None:
            raise ValueError("name the provider's agency too")
        return self


@topic.event("go_live_set", clauses=["E-83"], example={"at": "2025-04-01T00:00:00+01:00"})
class GoLiveSet(Data):
    """From when on the authority goes by Planclock. What fell due before is inherited; the last one told counts."""

    at: Instant
