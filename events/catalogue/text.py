"""The strings and dates that events may hold: bounded, and marked where they mean more than their type says."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints


def without_control_characters(value: str) -> str:
    """Refuse NUL and other control characters, which PostgreSQL or a terminal would mistreat."""
    if any(character < " " and character not in "\n\t" for character in value):
        raise ValueError("holds a control character; remove it")
    return value


Code = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100, strip_whitespace=True),
    AfterValidator(without_control_characters),
]
"""A short identifier or code chosen by the caller: a meeting, an action, an agency. At most 100 characters."""

Text = Annotated[
    str,
    StringConstraints(min_length=1, max_length=10_000, strip_whitespace=True),
    AfterValidator(without_control_characters),
]
"""Prose: a reason, a view, a summary. At most 10,000 characters."""


@dataclass(frozen=True)
class ThirdParty:
    """Marks a field that tells of somebody other than the child: sealed under the third parties' own key."""


class Redacted(BaseModel):
    """What stands where a third party's detail has been erased. Reducers must expect it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    redacted: Literal[True]


ThirdPartyText = Annotated[Text | Redacted, ThirdParty()]
"""Prose or a name that tells of a third party. Erased apart from the child's own details."""


Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]
"""A local date, near enough to today that arithmetic with it can never overflow."""

Instant = Annotated[
    AwareDatetime,
    Field(ge=datetime(1900, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC)),
]
"""An instant with its offset, within the same bounds."""


@dataclass(frozen=True)
class Past:
    """Marks a date that can only be past or today. The service refuses a later one; the schema has no clock."""


PastDate = Annotated[Day, Past()]
"""A date of something that has already happened, a birth for instance."""
