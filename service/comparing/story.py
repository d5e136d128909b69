"""A story to tell under several packs: the same facts, and decisions that are only asked for."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from events.catalogue.envelope import Basis, Item, Kind
from events.catalogue.registry import Catalogue

SOURCE = "story"
_ASKED = "asked"


class StoryError(ValueError):
    """A story cannot be told. Each line says which item, and what is wrong with it."""


class _Written(BaseModel):
    """A story as it is written: items as the API takes them, but for `source` and `id`, which they get by their order.

    An item with `asked` is a decision, or an act, that is only asked for: `asked` says so in words. It is never
    recorded, so that what follows is the same under every pack.
    """

    model_config = ConfigDict(extra="forbid")

    title: str
    until: date
    items: Annotated[list[dict[str, Any]], Field(min_length=1)]


@dataclass(frozen=True)
class Step:
    """One item of a story. `asked`: what is asked for by it, in words; None where it is simply told."""

    item: Item
    kind: Kind
    asked: str | None


@dataclass(frozen=True)
class Story:
    """What happened to one child, in order, and the day at the end of which one looks at it."""

    title: str
    until: date
    steps: tuple[Step, ...]


def carried(catalogue: Catalogue) -> Story:
    """The made-up story that this build carries."""
    return read_story(resources.files("service.comparing").joinpath("one_child.json").read_text("utf-8"), catalogue)


def read_story(text: str, catalogue: Catalogue) -> Story:
    """A story from its text. Raises StoryError naming every item that nobody could tell."""
    try:
        written = _Written.model_validate(json.loads(text))
    except ValidationError as error:
        raise StoryError("\n".join(_problems("story", error))) from error
    except ValueError as error:
        raise StoryError(f"the story is not JSON: {error}") from error
    steps: list[Step] = []
    wrong: list[str] = []
    for number, item in enumerate(written.items, 1):
        try:
            steps.append(_step(number, item, catalogue))
        except ValidationError as error:
            wrong.extend(_problems(f"item {number}", error))
    if wrong:
        raise StoryError("\n".join(wrong))
    late = [number for number, step in enumerate(steps, 1) if step.item.day > written.until]
    if late:
        raise StoryError(f"item {late[0]}: happens after the day on which the story ends, {written.until}")
    return Story(written.title, written.until, tuple(steps))


def _step(number: int, written: Mapping[str, Any], catalogue: Catalogue) -> Step:
    asked = written.get(_ASKED)
    whole = {key: value for key, value in written.items() if key != _ASKED}
    entry = catalogue.types.get(str(whole.get("type")))
    if asked is not None or (entry is not None and entry.kind is Kind.DECISION):
        whole.setdefault("basis", Basis.HERE.value)
    item = catalogue.told.validate_python({"source": SOURCE, "id": str(number), **whole}, strict=False)
    return Step(item, catalogue[item.type].kind, asked)


def _problems(where: str, error: ValidationError) -> Iterator[str]:
    for problem in error.errors():
        place = ".".join(str(step) for step in problem["loc"])
        yield f"{where}: {f'{place}: ' if place else ''}{problem['msg']}"
