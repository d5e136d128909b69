"""HTML made of elements. Whatever goes in as text comes out escaped, so that what a page shows can only be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

_VOID = frozenset({"meta"})


@dataclass(frozen=True)
class Html:
    """A piece of a page, written out."""

    written: str


Part = Html | str | None
"""A piece, words to be escaped, or nothing."""


def element(name: str, /, *parts: Part, **attributes: str | None) -> Html:
    """One element. An attribute's trailing underscore is dropped and others are hyphens: `class_`, `aria_label`."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items() if value
    )
    opened = f"<{name}{given}>"
    return Html(opened if name in _VOID else f"{opened}{joined(*parts).written}</{name}>")


def joined(*parts: Part, between: str = "") -> Html:
    """Several pieces in a row."""
    return Html(between.join(_written(part) for part in parts if part is not None))


def _written(part: Html | str) -> str:
    return part.written if isinstance(part, Html) else escape(part)


def table(caption: str, headings: Iterable[str], rows: Iterable[Html], class_: str | None = None) -> Html:
    """A table with a caption and a heading for each column."""
    head = element("tr", *(element("th", heading, scope="col") for heading in headings))
    return element("table", element("caption", caption), element("thead", head), element("tbody", *rows), class_=class_)


def row(heading: Part, *cells: Part, class_: str | None = None, id_: str | None = None) -> Html:
    """A row of a table, its first cell being the heading of the others."""
    first = element("th", heading, scope="row")
    return element("tr", first, *(element("td", cell) for cell in cells), class_=class_, id_=id_)


def listed(items: Iterable[Part], class_: str | None = None) -> Html | None:
    """A list of pieces, or nothing where there are none."""
    found = [element("li", item) for item in items]
    return element("ul", *found, class_=class_) if found else None
