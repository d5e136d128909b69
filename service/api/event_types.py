"""The catalogue as it is shown: worked out once, for it never changes while the process runs."""

from dataclasses import dataclass
from functools import cached_property

from events.catalogue.other_words import INSTEAD
from events.catalogue.registry import Catalogue, EventType
from events.catalogue.rewording import fields_in_other_words
from service.cases.showing import Plain


@dataclass(frozen=True)
class EventTypes:
    """Every event type with its schema and an example."""

    catalogue: Catalogue

    def whole(self) -> Plain:
        """The catalogue as it is answered. The first time every schema is made: not for the loop that serves."""
        return {"event_types": self.shown, "instead": self.instead}

    @cached_property
    def shown(self) -> list[Plain]:
        """All of them, in the order of the catalogue."""
        return [_shown(entry) for entry in self.catalogue.types.values()]

    @cached_property
    def instead(self) -> list[Plain]:
        """What callers may look for and is no event type here, with what to tell instead."""
        return [
            {"name": name, "message": message}
            for name, message in sorted(INSTEAD.items())
            if name not in self.catalogue
        ]


def _shown(entry: EventType) -> Plain:
    return {
        "name": entry.name,
        "title": entry.title,
        "topic": entry.topic,
        "kind": entry.kind,
        "schema_version": entry.schema_version,
        "opens_case": entry.opens_case,
        "told_by_callers": entry.told_by_callers,
        "of_authority": entry.of_authority,
        "ours": entry.ours,
        "clauses": list(entry.clauses),
        "old_names": list(entry.old_names),
        "other_words": fields_in_other_words(entry),
        "example": entry.example_item(),
        "schema": entry.item.model_json_schema(),
    }
