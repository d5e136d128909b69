"""How an event type enters the catalogue, and how the catalogue is asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar, Union

from pydantic import ConfigDict, Field, TypeAdapter, create_model

from events.catalogue.envelope import Basis, Data, Item, Kind

D = TypeVar("D", bound=Data)


@dataclass(frozen=True)
class EventType:
    """One entry of the catalogue.

    `clauses` are ids of the requirements it serves. `example` is an item's `data`. `opens_case`: it may be the first
    event of a case. `told_by_callers`: true of what may be told of a case; not of announcements, which Planclock alone
    makes, nor of what is `of_authority`, told of the authority itself; of that, callers tell what is not `ours`.
    `old_names` are names it had before, still accepted.
    """

    name: str
    topic: str
    kind: Kind
    data: type[Data]
    item: type[Item]
    clauses: tuple[str, ...]
    example: Mapping[str, Any]
    schema_version: int
    opens_case: bool
    told_by_callers: bool
    of_authority: bool
    ours: bool
    old_names: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the event says, in the first line of its docstring."""
        return (self.data.__doc__ or self.name).strip().splitlines()[0]

    def example_item(self) -> dict[str, Any]:
        """A whole item of this type, ready to send."""
        return _example_item(self.name, self.kind, self.example)


class Topic:
    """The event types of one module, in the order they are written. `of_authority`: told of it, and not of cases."""

    def __init__(self, name: str, *, of_authority: bool = False) -> None:
        self.name = name
        self.of_authority = of_authority
        self.types: list[EventType] = []

    def event(  # noqa: PLR0913  # each says one thing about the type, by keyword
        self,
        name: str,
        *,
        kind: Kind = Kind.FACT,
        clauses: Iterable[str] = (),
        example: Mapping[str, Any],
        schema_version: int = 1,
        opens_case: bool = False,
        ours: bool = False,
        old_names: Iterable[str] = (),
    ) -> Callable[[type[D]], type[D]]:
        """Enter a `Data` subclass under its stable logical name.

        `example` is its `data`; the envelope's `meeting` and `occurred_at` may stand in it too. `ours`: Planclock
        alone tells it, although it is a fact that duties rest on.
        """

        def enter(data: type[D]) -> type[D]:
            item = _item(name, kind, data, _example_item(name, kind, example))
            self.types.append(
                EventType(
                    name=name,
                    topic=self.name,
                    kind=kind,
                    data=data,
                    item=item,
                    clauses=tuple(clauses),
                    example=MappingProxyType(dict(example)),
                    schema_version=schema_version,
                    opens_case=opens_case,
                    told_by_callers=kind is not Kind.ANNOUNCEMENT and not self.of_authority,
                    of_authority=self.of_authority,
                    ours=ours or kind is Kind.ANNOUNCEMENT,
                    old_names=tuple(old_names),
                )
            )
            return data

        return enter


class Catalogue:
    """Every event type, by name. Build it once from the topics; it never changes after."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.types: dict[str, EventType] = {}
        for topic in topics:
            for event_type in topic.types:
                if event_type.name in self.types:
                    raise ValueError(f"two event types are called {event_type.name}")
                self.types[event_type.name] = event_type
        if taken := self.types.keys() & self._now_called.keys():
            raise ValueError(f"an event type is called by another's old name: {', '.join(sorted(taken))}")

    def __getitem__(self, name: str) -> EventType:
        """The type of that name. Raises KeyError for a name the catalogue does not hold: readers must halt."""
        return self.types[name]

    def called(self, name: str) -> EventType | None:
        """The type of that name, or the one that had it before; None where there is neither."""
        return self.types.get(self._now_called.get(name, name))

    @cached_property
    def _now_called(self) -> Mapping[str, str]:
        return {old: entry.name for entry in self.types.values() for old in entry.old_names}

    def __contains__(self, name: object) -> bool:
        return name in self.types

    def __iter__(self) -> Iterator[str]:
        """The name of every event type."""
        return iter(self.types)

    @cached_property
    def told(self) -> TypeAdapter[Item]:
        """Parses one item from a caller: the union, discriminated by `type`, of what callers may tell of cases."""
        return _union([entry.item for entry in self.types.values() if entry.told_by_callers])

    @cached_property
    def told_of_authority(self) -> tuple[type[Item], ...]:
        """What may be told of the authority itself: its directory, its reports, and corrections of them."""
        told = (each for each in self.types.values() if each.of_authority or each.kind is Kind.CORRECTION)
        return tuple(entry.item for entry in told if not entry.ours)

    @cached_property
    def recorded(self) -> TypeAdapter[Item]:
        """Parses one item from the log: every type, announcements included."""
        return _union([entry.item for entry in self.types.values()])


def _example_item(name: str, kind: Kind, example: Mapping[str, Any]) -> dict[str, Any]:
    data = dict(example)
    item: dict[str, Any] = {"source": "https://case-system.example", "id": f"example-{name}", "type": name}
    if "occurred_at" in data and kind is not Kind.CORRECTION:
        item["occurred_at"] = data.pop("occurred_at")
    else:
        item["occurred_on"] = "2025-03-03"
    if "meeting" in data and kind is not Kind.CORRECTION:
        item["meeting"] = data.pop("meeting")
    if kind is Kind.DECISION:
        item["basis"] = Basis.HERE.value
    return {**item, "data": data}


def _item(name: str, kind: Kind, data: type[Data], example: Mapping[str, Any]) -> type[Item]:
    """The whole item of one type. A decision must say its basis: whether it may be refused hangs on it."""
    fields: dict[str, Any] = {"type": (Literal[name], ...), "data": (data, ...)}
    if kind is Kind.DECISION:
        fields["basis"] = (Basis, Field(description="Taken `here`, where it may be refused, or `reported`."))
    return create_model(
        f"{data.__name__}Item",
        __base__=Item,
        __config__=ConfigDict(json_schema_extra={"examples": [dict(example)]}),
        __doc__=data.__doc__,
        **fields,
    )


def _union(items: list[type[Item]]) -> TypeAdapter[Item]:
    union: Any = Annotated[Union[tuple(items)], Field(discriminator="type")]  # noqa: UP007  # built at run time
    return TypeAdapter(union, config=ConfigDict(title="Item", hide_input_in_errors=True))
