"""Which dates of an event can only be past. Whether they are is for the service to say: it has the clock."""

from collections.abc import Iterator
from datetime import date

from events.catalogue.envelope import Data
from events.catalogue.marks import Places, marked
from events.catalogue.text import Past


def past_dates(data: Data) -> list[tuple[str, date]]:
    """List each date in `data` that must not lie in the future, with its JSON Pointer within `data`."""
    return list(_dates(data, marked(type(data), Past), ""))


def _dates(value: object, places: Places, pointer: str) -> Iterator[tuple[str, date]]:
    if places.itself and isinstance(value, date):
        yield pointer, value
    if places.items is not None and isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _dates(item, places.items, f"{pointer}/{index}")
    for name, within in places.fields.items():
        yield from _dates(getattr(value, name, None), within, f"{pointer}/{name}")
