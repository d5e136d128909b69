"""The strings that events may hold: bounded, printable, and marked where they tell of a third party."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


def _without_control_characters(value: str) -> str:
    """Refuse NUL and other control characters, which PostgreSQL or a terminal would mistreat."""
    if any(ord(character) < 32 and character not in "\n\t" for character in value):
        raise ValueError("holds a control character; remove it")
    return value


Code = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100, strip_whitespace=True),
    AfterValidator(_without_control_characters),
]
"""A short identifier or code chosen by the caller: a meeting, an action, an agency. At most 100 characters."""

Text = Annotated[
    str,
    StringConstraints(min_length=1, max_length=10_000, strip_whitespace=True),
    AfterValidator(_without_control_characters),
]
"""Prose: a reason, a view, a summary. At most 10,000 characters."""


@dataclass(frozen=True)
class ThirdParty:
    """Marks a field that tells of somebody other than the child: sealed under the third parties' own key."""


class Redacted(BaseModel):
    """What stands where a third party's detail has been erased. Reducers must expect it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    redacted: Literal[True] = True


ThirdPartyText = Annotated[Text | Redacted, ThirdParty()]
"""Prose or a name that tells of a third party. Erased apart from the child's own details."""
