"""Reading what was told in other words as the catalogue's own. Only JSON goes in and out: nothing is checked here."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from events.catalogue import other_words
from events.catalogue.envelope import LOCAL
from events.catalogue.registry import Catalogue, EventType

Json = dict[str, Any]

TWICE = "Says another day than the item does; say when it happened once, in `occurred_on` or `occurred_at`."
ELSEWHERE = "Names another meeting than the item does; name it once, in `meeting`."


@dataclass
class Rewording:
    """Rewords the items of one body. `instead` says, by JSON Pointer, what to tell in place of what has no word here.

    The sentences are ours and hold nothing of what was told.
    """

    catalogue: Catalogue
    instead: dict[str, str] = field(default_factory=dict)

    def of(self, told: Any) -> Any:  # noqa: ANN401  # JSON that has not been checked yet
        """One item or a list of them, each in the catalogue's words as far as there are any."""
        if isinstance(told, list):
            return [self._item(each, f"/{number}") for number, each in enumerate(told)]
        return self._item(told, "")

    def _item(self, item: Any, pointer: str) -> Any:  # noqa: ANN401  # as above
        name = item.get("type") if isinstance(item, dict) else None
        if not isinstance(name, str):
            return item
        entry = self.catalogue.called(name)
        if entry is None and name in other_words.INSTEAD:
            self.instead[f"{pointer}/type"] = other_words.INSTEAD[name]
        elif entry is not None and not entry.told_by_callers:
            self.instead[f"{pointer}/type"] = other_words.OF_AUTHORITY if entry.of_authority else other_words.OURS
        if entry is None or not isinstance(item.get("data"), dict):
            return item
        reworded = {**item, "type": entry.name, "data": {}}
        for word, value in item["data"].items():
            self._field(entry, reworded, word, value, f"{pointer}/data/{word}")
        return reworded

    def _field(self, entry: EventType, item: Json, word: str, value: Any, pointer: str) -> None:  # noqa: ANN401  # as above
        ours, data = _ours(entry, word), item["data"]
        if ours is not None and ours not in data:
            data[ours] = self._value(entry, ours, value, pointer)
        elif ours is None and word in other_words.WHEN and isinstance(value, str) and _when(item, value):
            return
        elif ours is None and word in other_words.MEETING and item.get("meeting", value) == value:
            item["meeting"] = value
        else:
            data[word] = value
            self._say(entry, word, pointer)

    def _value(self, entry: EventType, name: str, value: Any, pointer: str) -> Any:  # noqa: ANN401  # as above
        if not isinstance(value, str):
            return value
        sentence = other_words.REFUSED_VALUES.get((entry.name, name, value))
        if sentence is not None:
            self.instead[pointer] = sentence
        return other_words.VALUES.get((entry.name, name), {}).get(value, value)

    def _say(self, entry: EventType, word: str, pointer: str) -> None:
        sentence = other_words.REFUSED_FIELDS.get((entry.name, word))
        if sentence is None and word in other_words.CHILD:
            sentence = other_words.WHO
        elif sentence is None and word in other_words.WHEN:
            sentence = TWICE
        elif sentence is None and word in other_words.MEETING:
            sentence = ELSEWHERE
        if sentence is not None:
            self.instead[pointer] = sentence


def fields_in_other_words(entry: EventType) -> Mapping[str, str]:
    """The other words for the fields of a type, each with its field: what may be told of this type as well."""
    return dict(_other(entry))


def _other(entry: EventType) -> Iterator[tuple[str, str]]:
    for word, name in other_words.FIELDS.get(entry.name, {}).items():
        if name in entry.data.model_fields and word not in entry.data.model_fields:
            yield word, name


def _ours(entry: EventType, word: str) -> str | None:
    """The field of a type that a word means, if it means one."""
    fields = entry.data.model_fields
    meant = other_words.FIELDS.get(entry.name, {}).get(word)
    return next((each for each in (word, meant, word.removesuffix("_id"), f"{word}_on") if each in fields), None)


def _when(item: Json, value: str) -> bool:
    """Take over when it happened, where the envelope does not say so or says the same less exactly."""
    day = _day(value)
    said = item.get("occurred_at", item.get("occurred_on"))
    if day is None or (said is not None and (not isinstance(said, str) or _day(said) != day)):
        return False
    exact = "T" in value
    if exact and "occurred_at" in item and _instant(value) != _instant(str(said)):
        return False
    if said is None or (exact and "occurred_at" not in item):
        item.pop("occurred_on", None)
        item["occurred_at" if exact else "occurred_on"] = value
    return True


def _day(said: str) -> date | None:
    instant = _instant(said) if "T" in said else None
    if instant is not None:
        return instant.astimezone(LOCAL).date()
    with suppress(ValueError):
        return date.fromisoformat(said)
    return None


def _instant(said: str) -> datetime | None:
    with suppress(ValueError):
        instant = datetime.fromisoformat(said)
        return instant if instant.tzinfo is not None else None
    return None
