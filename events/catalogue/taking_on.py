"""Taking on a case that another system has carried so far: what is known of it, what is not, and by which source."""

from enum import StrEnum
from typing import Self
from uuid import UUID

from pydantic import Field, model_validator

from events.catalogue.envelope import Closed, Data
from events.catalogue.parts import Category, Count, LeadProfessional
from events.catalogue.registry import Topic
from events.catalogue.text import Day, PastDate, Text

topic = Topic("taking_on")


class Knowledge(StrEnum):
    """Whether a starting value is there: `none` says that there is no such thing, `unknown` that nobody can tell."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NONE = "none"


class Starting(Closed):
    """One starting value: whether it is known, and by what."""

    state: Knowledge
    source: Text | None = Field(default=None, description="Where it comes from: a system, a file, a person.")

    @model_validator(mode="after")
    def _is_there_if_known(self) -> Self:
        if (self.state is Knowledge.KNOWN) != (getattr(self, "value", None) is not None):
            raise ValueError("give a value where it is known, and only there")
        return self


class StartingDay(Starting):
    """A day that has been."""

    value: PastDate | None = None


class StartingBooking(Starting):
    """A day that something is set for."""

    value: Day | None = None


class StartingCategory(Starting):
    """The category the plan is in."""

    value: Category | None = None


class StartingCount(Starting):
    """How many there have been."""

    value: Count | None = None


class StartingLead(Starting):
    """Who leads on the plan."""

    value: LeadProfessional | None = None


@topic.event(
    "case_taken_on",
    clauses=["E-83", "E-36", "E-77"],
    example={
        "from_system": "The spreadsheet of the review team",
        "names": "Child A",
        "date_of_birth": {"state": "known", "value": "2015-06-01", "source": "register"},
        "plan_started": {"state": "known", "value": "2023-09-12", "source": "minutes"},
        "category": {"state": "known", "value": "neglect", "source": "minutes"},
        "last_review": {"state": "known", "value": "2024-11-20", "source": "minutes"},
        "reviews_held": {"state": "known", "value": 3, "source": "register"},
        "last_core_group": {"state": "unknown"},
        "next_review": {"state": "none", "source": "register"},
    },
    opens_case=True,
)
class CaseTakenOn(Data):
    """A case was taken on in the middle of its life, as it stood on the day this was true.

    What is left out is unknown. Duties run from these values as if they had been told here; one that needs a value
    nobody knows cannot be calculated, until the fact itself is told or this is corrected.
    """

    from_system: Text | None = None
    unborn_case: UUID | None = Field(
        default=None, description="Of a child born with others: the case kept before the birth, now another's (E-77)."
    )
    names: Text | None = None
    date_of_birth: StartingDay | None = None
    expected_date: StartingBooking | None = Field(default=None, description="For a child who is not born yet.")
    plan_started: StartingDay | None = Field(default=None, description="`none`: there is no plan.")
    category: StartingCategory | None = None
    initial_conference: StartingDay | None = None
    last_review: StartingDay | None = None
    reviews_held: StartingCount | None = None
    first_core_group: StartingDay | None = None
    last_core_group: StartingDay | None = None
    last_seen: StartingDay | None = Field(default=None, description="Last seen, and spoken to, by the social worker.")
    next_review: StartingBooking | None = None
    next_core_group: StartingBooking | None = None
    lead_professional: StartingLead | None = None
    looked_after: StartingDay | None = Field(default=None, description="Since when; `none`: not looked after.")
    interim_care_order: StartingDay | None = None
    move_pending: StartingDay | None = Field(default=None, description="Since when a move for good out is known of.")
