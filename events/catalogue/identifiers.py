"""What others know the child by, and the enquiry that a return begins from: recorded where it is known."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from events.catalogue.envelope import Data
from events.catalogue.registry import Topic
from events.catalogue.text import PastDate, Text

topic = Topic("identifiers")

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_NHS_MODULUS, _NHS_NEVER = 11, 10


def _nhs_checked(number: str) -> str:
    """Refuse a number whose tenth digit does not check the nine before it (NHS Data Dictionary, NHS NUMBER)."""
    weighed = sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False))
    check = (_NHS_MODULUS - weighed % _NHS_MODULUS) % _NHS_MODULUS
    if check == _NHS_NEVER or check != int(number[-1]):
        raise ValueError("is no NHS number: its last digit does not check the others")
    return number


def _upn_checked(number: str) -> str:
    """Refuse a number whose first letter does not check the rest; a temporary one ends in a letter (DfE, UPN guide)."""
    last = int(number[-1]) if number[-1].isdigit() else _UPN_LETTERS.index(number[-1])
    values = [*(int(digit) for digit in number[1:-1]), last]
    weighed = sum(value * place for place, value in enumerate(values, 2))
    if _UPN_LETTERS[weighed % len(_UPN_LETTERS)] != number[0]:
        raise ValueError("is no unique pupil number: its first letter does not check the others")
    return number


NhsNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]{10}$", max_length=10), AfterValidator(_nhs_checked)]
"""Ten digits without spaces, the last of which checks the others."""

Upn = Annotated[
    str,
    StringConstraints(pattern=r"^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$", max_length=13),
    AfterValidator(_upn_checked),
]
"""A letter that checks, and twelve characters."""


@topic.event(
    "identifiers_recorded",
    clauses=["STF-R40"],
    example={"nhs_number": "9990000018", "upn": "H801200001001"},
)
class IdentifiersRecorded(Data):
    """The child's NHS number, unique pupil number, or both were recorded."""

    nhs_number: NhsNumber | None = None
    upn: Upn | None = None
    source: Text | None = None

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if self.nhs_number is None and self.upn is None:
            raise ValueError("give a number")
        return self


@topic.event("section_47_started", clauses=["STF-R43"], example={"strategy_discussion_on": "2025-03-03"})
class SectionFortySevenStarted(Data):
    """An enquiry under section 47 began, with the strategy discussion that decided on it."""

    strategy_discussion_on: PastDate | None = Field(default=None, description="If it was on another day.")
    reasons: Text | None = None
