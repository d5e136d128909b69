"""A page as a browser's parser takes it: its elements, its words, and whether every element is closed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta"}


@dataclass
class Read(HTMLParser):
    """What was read of a page."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: dict[str, str] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)
    _row: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element opens."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "tr":
            self._row = dict(attrs).get("id") or ""

    def handle_endtag(self, tag: str) -> None:
        """An element closes: the one that opened last."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Words."""
        if "style" in self._open:
            return
        self.words.append(data)
        if self._row:
            self.rows[self._row] = f"{self.rows.get(self._row, '')} {data}"

    def of(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of one name."""
        return [attributes for name, attributes in self.elements if name == tag]


def read(page: str) -> Read:
    """Reads a whole page, and expects every element to be closed."""
    found = Read()
    found.feed(page)
    found.close()
    assert found._open == []  # its own
    return found
