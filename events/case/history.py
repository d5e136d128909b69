"""From the log of a case to the history that counts: corrections applied, superseded facts dropped, put in order."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from pydantic_core import to_json

from events.case.ordering import in_order
from events.catalogue.corrections import EventCorrected, EventVoided
from events.catalogue.envelope import Event, Item, Kind

ENVELOPE_FIELDS = ("occurred_on", "occurred_at", "meeting")


@dataclass(frozen=True)
class Told:
    """An event that counts, as it now stands. `forms` are all it has had, oldest first, each with when we knew it."""

    event: Event
    forms: tuple[tuple[Event, datetime], ...]

    def known_at(self, alike: Callable[[Event], bool]) -> datetime:
        """Since when we have known what makes its forms `alike`: a correction of anything else does not move it."""
        since = self.forms[-1][1]
        for form, at in reversed(self.forms):
            if not alike(form):
                break
            since = at
        return since

    def by_correction(self, known_at: datetime) -> bool:
        """Whether what was known at that instant came by a correction."""
        return known_at > self.forms[0][1]


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
        told=tuple(in_order(told, lambda each: each.event)),
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


def _corrections(recorded: Sequence[Event], voided: set[UUID]) -> dict[UUID, list[tuple[EventCorrected, datetime]]]:
    """The corrections that count for each fact, oldest first, each as later corrections of itself have left it."""
    found: dict[UUID, list[tuple[EventCorrected, datetime]]] = {}
    for event in reversed(recorded):
        if not isinstance(event.data, EventCorrected) or event.fact in voided:
            continue
        data, known_at = event.data, event.recorded_at
        for change, at in found.get(event.fact, ()):
            with suppress(ValidationError):  # it made sense beside another correction, which has been voided since
                data, known_at = second_thought(data, change), at
        found.setdefault(data.fact, []).insert(0, (data, known_at))
    return found


def second_thought(first: EventCorrected, change: EventCorrected) -> EventCorrected:
    """A correction as a correction of it leaves it.

    `change.data` names the correction's own fields; what `change` says in the envelope's place says it in the first's.

    Raises:
        pydantic.ValidationError: The result is no valid correction.
    """
    stated = first.model_dump(mode="json", exclude_none=True)
    stated.update(_envelope(change, stated))
    stated.update(change.data or {})
    return EventCorrected.model_validate_json(to_json(stated))


def _envelope(change: EventCorrected, whole: dict[str, Any]) -> dict[str, Any]:
    """What a correction says of the envelope; `whole` loses the other way of saying when."""
    stated = change.model_dump(mode="json", exclude_none=True, include=set(ENVELOPE_FIELDS))
    if "occurred_on" in stated or "occurred_at" in stated:
        whole.pop("occurred_on", None)
        whole.pop("occurred_at", None)
    return stated


def _as_corrected(event: Event, corrections: Sequence[tuple[EventCorrected, datetime]]) -> Told:
    forms = [(event, event.recorded_at)]
    for change, at in corrections:
        latest = forms[-1][0]
        with suppress(ValidationError):  # as above
            forms.append((replace(latest, item=corrected(latest.item, change)), at))
    return Told(forms[-1][0], tuple(forms))


def corrected(item: Item, change: EventCorrected) -> Item:
    """`item` as `change` says it was. Raises pydantic.ValidationError when the result is no valid item of its type."""
    whole: dict[str, Any] = item.model_dump(mode="json", exclude_none=True)
    whole.update(_envelope(change, whole))
    data = {**whole["data"], **(change.data or {})}
    whole["data"] = {name: value for name, value in data.items() if value is not None}
    return type(item).model_validate_json(to_json(whole))
