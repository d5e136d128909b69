"""The stored calendars: how a snapshot of bank holidays is written, read and named by its digest."""

import json
from collections.abc import Mapping
from datetime import date
from importlib import resources

import holidays

from events.calendars.counting import Calendar

NATIONS = {"england": "ENG", "wales": "WLS"}
"""The nations whose bank holidays we keep, and what the `holidays` package calls them."""


def write(nation: str, version: str, first: int, last: int) -> str:
    """A snapshot as text: every bank holiday of `nation` from year `first` to `last`, as the package lists them now."""
    listed = holidays.country_holidays("GB", subdiv=NATIONS[nation], years=range(first, last + 1))
    days = {day.isoformat(): name for day, name in sorted(listed.items())}
    return json.dumps(
        {"id": f"{nation}-{version}", "nation": nation, "first": first, "last": last, "holidays": days}, indent=1
    )


def read(text: str, closures: Mapping[date, str] | None = None) -> Calendar:
    """The calendar a snapshot's text holds, with an authority's own closures: those in the text, and `closures`."""
    stored = json.loads(text)
    kept = {date.fromisoformat(day): name for day, name in stored.get("closures", {}).items()}
    return Calendar(
        id=stored["id"],
        nation=stored["nation"],
        first=date(stored["first"], 1, 1),
        last=date(stored["last"], 12, 31),
        holidays={date.fromisoformat(day): name for day, name in stored["holidays"].items()},
        closures={**kept, **(closures or {})},
    )


def reach(nation: str) -> tuple[date, date]:
    """The first and the last day of the newest snapshot for `nation`."""
    kept = json.loads(stored(nation))
    return date(kept["first"], 1, 1), date(kept["last"], 12, 31)


def with_closures(text: str, id_: str, closures: Mapping[date, str]) -> str:
    """A snapshot with an authority's own closures in place of those it had, as a version of its own."""
    days = {day.isoformat(): why for day, why in sorted(closures.items())}
    return json.dumps({**json.loads(text), "id": id_, "closures": days}, ensure_ascii=False, indent=1)


def stored(nation: str) -> str:
    """The newest snapshot that this build carries for `nation`, as text. Seeds an authority's first calendar."""
    folder = resources.files("events.calendars")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith(f"{nation}-"))
    return folder.joinpath(names[-1]).read_text(encoding="utf-8")
