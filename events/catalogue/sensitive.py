"""Third parties' details, taken apart from the rest so that each part is sealed under its own key."""

from collections.abc import Mapping
from typing import Any

from events.catalogue.envelope import Closed
from events.catalogue.marks import Places, marked
from events.catalogue.text import ThirdParty

_REDACTED = {"redacted": True}


def split(told: Closed) -> tuple[dict[str, Any], dict[str, Any]]:
    """Dump a data class or a whole item for JSON: without third parties' details, and those by JSON Pointer (RFC 6901).

    In the first part each detail is replaced by `{"redacted": true}`, so that it is whole by itself once the second
    part has been erased. What is absent is left out.
    """
    plain = told.model_dump(mode="json", exclude_none=True)
    third_parties: dict[str, Any] = {}
    places = marked(type(told), ThirdParty)
    if places:
        _take_out(plain, places, "", third_parties)
    return plain, third_parties


def join(plain: dict[str, Any], third_parties: Mapping[str, Any] | None) -> dict[str, Any]:
    """Put the details back into `plain`, which is changed and returned. None, for erased, leaves them redacted."""
    for pointer, detail in (third_parties or {}).items():
        *way, last = pointer.split("/")[1:]
        holder: Any = plain
        for step in way:
            holder = holder[_key(holder, step)]
        holder[_key(holder, last)] = detail
    return plain


def _key(holder: object, step: str) -> str | int:
    return int(step) if isinstance(holder, list) else step


def _take_out(holder: dict[str, Any], places: Places, pointer: str, found: dict[str, Any]) -> None:
    """Move every marked detail of one model into `found`."""
    for name, within in places.fields.items():
        if name in holder:
            holder[name] = _without(holder[name], within, f"{pointer}/{name}", found)


def _without(value: object, places: Places, pointer: str, found: dict[str, Any]) -> object:
    """What stays of one value once the marked details in it have moved into `found`."""
    if places.itself:
        if value != _REDACTED:
            found[pointer] = value
        return dict(_REDACTED)
    if isinstance(value, dict):
        _take_out(value, places, pointer, found)
    elif isinstance(value, list) and places.items is not None:
        return [_without(item, places.items, f"{pointer}/{index}", found) for index, item in enumerate(value)]
    return value
