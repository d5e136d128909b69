"""From the log of a case to the history that counts: corrections applied, superseded facts dropped, put in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from events.catalogue.corrections import EventCorrected, EventVoided
from events.catalogue.envelope import Event, Item, Kind

ENVELOPE_FIELDS = ("occurred_on", "occurred_at", "meeting")


@dataclass(frozen=True)
class Told:
    """An event that counts. `known_at` is when we came to know it as it now stands; later than recording once
    corrected."""

    event: Event
    known_at: datetime
    corrected: bool = False


@dataclass(frozen=True)
class History:
    """What counts, in order; what was said; and which facts no longer count as they were told."""

    told: tuple[Told, ...]
    announcements: tuple[Event, ...]
    superseded: frozenset[UUID]


def history(events: Iterable[Event]) -> History:
    """The history that counts among `events` of one case, which may come in any order (E-06, E-73, E-85)."""
    recorded = sorted(events, key=lambda event: event.position)
    voided = _voided(recorded)
    corrections = _corrections(recorded, voided)
    told = [
        _as_corrected(event, corrections.get(event.fact, ()))
        for event in recorded
        if event.kind in {Kind.FACT, Kind.DECISION} and event.fact not in voided
    ]
    return History(
        told=tuple(sorted(told, key=lambda entry: entry.event.order)),
        announcements=tuple(event for event in recorded if event.kind is Kind.ANNOUNCEMENT),
        superseded=frozenset(voided | corrections.keys()),
    )


def _voided(recorded: Sequence[Event]) -> set[UUID]:
    """Facts and corrections that count for nothing. Read backwards: a void that was itself voided voids nothing."""
    voided: set[UUID] = set()
    for event in reversed(recorded):
        if isinstance(event.data, EventVoided) and event.fact not in voided:
            voided.add(event.data.fact)
    return voided


def _corrections(recorded: Sequence[Event], voided: set[UUID]) -> dict[UUID, list[tuple[Event, EventCorrected]]]:
    """The corrections that count for each fact, oldest first, a correction's own corrections already in it."""
    found: dict[UUID, list[tuple[Event, EventCorrected]]] = {}
    for event in reversed(recorded):
        if not isinstance(event.data, EventCorrected) or event.fact in voided:
            continue
        data = event.data
        for later, change in found.get(event.fact, ()):
            data = EventCorrected.model_validate_json(
                to_json({**data.model_dump(mode="json", exclude_none=True), **(change.data or {})})
            )
            event = replace(event, recorded_at=later.recorded_at)  # noqa: PLW2901  # as it now stands
        found.setdefault(data.fact, []).insert(0, (event, data))
    return found


def _as_corrected(event: Event, corrections: Sequence[tuple[Event, EventCorrected]]) -> Told:
    if not corrections:
        return Told(event, event.recorded_at)
    item = event.item
    for _, change in corrections:
        item = corrected(item, change)
    known_at = max(by.recorded_at for by, _ in corrections)
    return Told(replace(event, item=item), known_at, corrected=True)


def corrected(item: Item, change: EventCorrected) -> Item:
    """`item` as `change` says it was. Raises pydantic.ValidationError when the result is no valid item of its type."""
    whole: dict[str, Any] = item.model_dump(mode="json", exclude_none=True)
    if change.occurred_on is not None or change.occurred_at is not None:
        whole.pop("occurred_on", None)
        whole.pop("occurred_at", None)
    stated = change.model_dump(mode="json", exclude_none=True)
    whole.update({name: stated[name] for name in ENVELOPE_FIELDS if name in stated})
    whole["data"] = {name: value for name, value in {**whole["data"], **(change.data or {})}.items() if value is not None}
    return type(item).model_validate_json(to_json(whole))
