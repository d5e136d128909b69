"""Where in a data class the marked fields stand. Worked out once for each class and mark, then only walked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel


@dataclass
class Places:
    """What is marked in a value: the value itself, fields of it if it is a model, or its items if it is a list."""

    itself: bool = False
    fields: dict[str, "Places"] = field(default_factory=dict)
    items: "Places | None" = None

    def __bool__(self) -> bool:
        return self.itself or bool(self.fields) or self.items is not None

    def add(self, other: "Places") -> None:
        """Take over what another member of a union marks."""
        self.itself = self.itself or other.itself
        for name, places in other.fields.items():
            self.fields.setdefault(name, Places()).add(places)
        if other.items is not None:
            self.items = self.items or Places()
            self.items.add(other.items)


@cache
def marked(model: type[BaseModel], mark: type) -> Places:
    """Find every field of `model`, however deep, that carries an instance of `mark`; false if there is none."""
    places = Places()
    for name, info in model.model_fields.items():
        within = Places(itself=True) if _carries(info.metadata, mark) else _within(info.annotation, mark)
        if within:
            places.fields[name] = within
    return places


def _within(annotation: object, mark: type) -> Places:
    """What is marked inside one annotation."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return Places(itself=True) if _carries(arguments[1:], mark) else _within(arguments[0], mark)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return marked(annotation, mark)
    if origin in {Union, UnionType}:
        places = Places()
        for member in arguments:
            places.add(_within(member, mark))
        return places
    if origin is tuple:
        if len(arguments) != 2 or arguments[1] is not Ellipsis:  # noqa: PLR2004  # (item, ...)
            raise TypeError(f"{annotation} is not a list of one kind of item")
        within = _within(arguments[0], mark)
        return Places(items=within) if within else Places()
    if isinstance(origin, type) and issubclass(origin, Mapping) and any(_within(each, mark) for each in arguments):
        raise TypeError(f"{annotation} hides marked fields under free keys")
    return Places()


def _carries(metadata: Iterable[object], mark: type) -> bool:
    return any(isinstance(each, mark) for each in metadata)
