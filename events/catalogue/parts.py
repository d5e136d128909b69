"""Parts that several topics share: people, votes, periods, and the terms of the field."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from events.catalogue.envelope import Closed
from events.catalogue.text import Code, Day, PastDate, Text, ThirdPartyText

Codes = Annotated[tuple[Code, ...], Field(max_length=100)]
"""Up to 100 codes. An empty list says "none"; leaving the field out says that nobody recorded it."""

Texts = Annotated[tuple[Text, ...], Field(max_length=100)]
"""Up to 100 pieces of prose."""

Count = Annotated[int, Field(ge=0, le=1_000)]
"""How many."""

Ordinal = Annotated[int, Field(ge=1, le=1_000)]
"""Which one in a row, the first being 1."""

Age = Annotated[int, Field(ge=0, le=120)]
"""In completed years."""


class Category(StrEnum):
    """The category of abuse (STF-R61)."""

    NEGLECT = "neglect"
    PHYSICAL = "physical"
    SEXUAL = "sexual"
    EMOTIONAL = "emotional"


Categories = Category | Annotated[tuple[Category, ...], Field(min_length=1, max_length=4)]
"""One category, or all that were named: a procedure may allow one only, which is a rule and not the schema."""


class Channel(StrEnum):
    """How something was sent."""

    FACE_TO_FACE = "face_to_face"
    HANDED = "handed"
    POST = "post"
    EMAIL = "email"
    SECURE_EMAIL = "secure_email"
    TELEPHONE = "telephone"
    PORTAL = "portal"


class Method(StrEnum):
    """How a conference came to its decision (STF-R57)."""

    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    CASTING = "casting"
    CHAIR = "chair"


class Person(Closed):
    """Somebody other than the child, by name, role, agency or the caller's own reference: at least one of them."""

    name: ThirdPartyText | None = None
    role: Code | None = None
    agency: Code | None = None
    ref: Code | None = Field(default=None, description="The caller's own reference to this person.")

    @model_validator(mode="after")
    def _is_somebody(self) -> Self:
        if self.name is None and self.role is None and self.agency is None and self.ref is None:
            raise ValueError("say who: a name, a role, an agency or a reference")
        return self


People = Annotated[tuple[Person, ...], Field(max_length=100)]
"""Up to 100 people."""


class LeadProfessional(Closed):
    """Who leads on the plan, and whether that person is a qualified social worker (STF-R62)."""

    person: Person
    qualified_sw: bool | None = None
    role: Code | None = None


class Seat(Closed):
    """A place at a meeting: the person, and beside the person the role and agency it is held for."""

    person: Person | None = None
    role: Code | None = None
    agency: Code | None = None
    provider: Code | None = Field(default=None, description="Which provider of that agency; each may count (STF-R44).")

    @model_validator(mode="after")
    def _says_whose(self) -> Self:
        if self.person is None and self.role is None and self.agency is None:
            raise ValueError("say who: a person, a role or an agency")
        if self.person is not None and (self.person.role is not None or self.person.agency is not None):
            raise ValueError("give role and agency beside 'person', not inside it")
        return self


class Attendee(Seat):
    """Somebody who was at a meeting (STF-R43, STF-R44, STK-R10)."""

    contributed_to_s47: bool | None = None
    direct_contact: bool | None = Field(default=None, description="Has had direct contact with the child (STK-R10).")
    direct_contact_children: Codes | None = Field(
        default=None,
        description="With which of several children there was direct contact: their case ids or references. Each case "
        "keeps only whether it is among them.",
    )
    substitute: bool | None = Field(default=None, description="Came in somebody else's place (STF-R09).")
    good_knowledge: bool | None = Field(default=None, description="Knows child and family well (STF-R09).")
    consent: bool | None = Field(default=None, description="For a child's advocate: the child agreed (STF-R32).")


Attendance = Annotated[tuple[Attendee, ...], Field(max_length=100)]
"""Who was there."""


class Invitee(Seat):
    """Somebody invited to a meeting."""

    age: Age | None = Field(default=None, description="For a child.")


Invitees = Annotated[tuple[Invitee, ...], Field(max_length=100)]
"""Who was invited."""


class Tally(Closed):
    """Votes for and against what was decided; abstentions do not count towards a majority (E-34)."""

    in_favour: Count
    against: Count
    abstained: Count = 0


class Period(Closed):
    """From one date to another, both included."""

    start: Day
    end: Day

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end < self.start:
            raise ValueError("ends before it starts")
        return self


class Action(Closed):
    """Something that somebody is to do, and by when (STF-R87)."""

    action: Code | None = Field(default=None, description="The caller's id of the action, to report on it later.")
    what: Text | None = None
    owner: Person | None = None
    due_on: Day | None = None

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if self.action is None and self.what is None:
            raise ValueError("say what is to be done, or give the action's id")
        return self


Actions = Annotated[tuple[Action, ...], Field(max_length=200)]
"""Up to 200 actions."""

ContinuousSince = Annotated[
    PastDate | None,
    Field(description="Since when the child has been on a plan without a break, if another authority held it before."),
]
