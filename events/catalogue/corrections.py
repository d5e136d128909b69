"""Corrections: events that name the fact they put right. Both stay visible (E-06)."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field

from events.catalogue.envelope import Data, Kind
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Instant, Text, without_control_characters

topic = Topic("corrections")

_FACT = "7f8a2c1e-0000-5000-8000-000000000001"


def _printable(value: Any) -> Any:  # noqa: ANN401  # any JSON: what may stand there, the corrected type says
    """Refuse control characters however deep, as every typed field does."""
    if isinstance(value, str):
        without_control_characters(value)
    elif isinstance(value, dict):
        for name, each in value.items():
            _printable(name)
            _printable(each)
    elif isinstance(value, list):
        for each in value:
            _printable(each)
    return value


Changes = Annotated[dict[Code, Any], Field(min_length=1, max_length=100), AfterValidator(_printable)]
"""Fields of the corrected event and their new values; null takes a field away."""


@topic.event(
    "event_corrected",
    kind=Kind.CORRECTION,
    clauses=["E-06", "E-22"],
    example={"fact": _FACT, "occurred_on": "2025-03-04", "reason": "The date was typed wrongly."},
)
class EventCorrected(Data):
    """A fact was recorded wrongly, and this is how it was.

    `data` holds only the fields that change; a field set to null is taken away. Every copy of the fact is corrected,
    unless `this_case_only`. A correction may itself be corrected or voided.
    """

    fact: UUID
    reason: Text
    occurred_on: Day | None = None
    occurred_at: Instant | None = None
    meeting: Code | None = None
    data: Changes | None = None
    this_case_only: bool = False


@topic.event(
    "event_voided",
    kind=Kind.CORRECTION,
    clauses=["E-06", "E-57", "E-73"],
    example={"fact": _FACT, "reason": "Recorded for the wrong child."},
)
class EventVoided(Data):
    """A fact or a correction should never have been recorded: it counts for nothing from now on."""

    fact: UUID
    reason: Text
    this_case_only: bool = False
