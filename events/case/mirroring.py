"""What the other authority's log should hold of a move: every step that crosses, as it now stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pydantic_core import to_json

from events.case.crossing import ABOUT_THE_CHILD, TAKES_OVER, Crossing, crossing
from events.case.history import history
from events.case.links import CARRIED, Link, Side
from events.catalogue.envelope import OURS, Event, Item, Kind
from events.catalogue.registry import Catalogue

_LONGEST_CODE = 100


@dataclass(frozen=True)
class Parties:
    """The codes of both authorities of a move, what the origin's facts call it, and what ends its responsibility."""

    origin: str
    receiver: str
    known_as: str | None
    passes_with: str

    def teller(self, side: Side) -> str:
        """The code of the authority at one side."""
        return self.origin if side is Side.ORIGIN else self.receiver

    def move(self, link: Link) -> str | None:
        """What the log that is told calls a move."""
        return link.move.named_by(self.origin) if link.side is Side.ORIGIN else self.known_as


_STATED = {
    "names": "names",
    "dob": "dob",
    "new": "dob",
    "edd": "edd",
    "new_edd": "edd",
    "address": "address",
    "to_address": "address",
}
"""The fields that say who a child is and where, and what each is called where the child is registered."""


def told_there(link: Link, parties: Parties, catalogue: Catalogue) -> dict[str, Item]:
    """Every step told at this side of a move as the other log should hold it, by the id it has there."""
    taking_over = [step for step in link.told_here if step.type in TAKES_OVER]
    found: dict[str, Item] = {}
    for step in link.told_here:
        row = crossing(link.side, step.type)
        if row is not None and (not row.at_the_conference or _is_at_one_of(taking_over, step)):
            data = {**_data(row, step, parties), **_named(parties.move(link), row, catalogue)}
            id_ = f"{prefix(link)}{step.fact}.{step.copy}"
            found[id_] = _item(catalogue, row.known, id_, step, data, teller=parties.teller(row.side))
    return found


def _is_at_one_of(meetings: Sequence[Event], step: Event) -> bool:
    """Whether a step is of one of these meetings: of the one it names, else of one that was told on its day."""
    if step.meeting is not None:
        return any(step.meeting == each.meeting for each in meetings)
    return any(step.day == each.day for each in meetings)


def prefix(link: Link) -> str:
    """What the id of everything that is carried of a move begins with."""
    return f"{CARRIED}:{link.move}:"


def first_ids(link: Link) -> tuple[str, ...]:
    """The ids under which the receiver may first have been told of a move: each step, and who the child is."""
    steps = (f"{prefix(link)}{step.fact}.{step.copy}" for step in link.ever)
    return (*(f"{prefix(link)}{what}" for what in ("child", "unborn")), *steps)


def child(link: Link, events: Sequence[Event], catalogue: Catalogue) -> Item:
    """The child as the receiver's case opens with it: name, date of birth and address, as the origin now knows them."""
    known: dict[str, Any] = {}
    for told in history(events).told:
        if told.event.type in ABOUT_THE_CHILD:
            stated = told.event.data.model_dump(mode="json", exclude_none=True)
            known |= {known_as: stated[name] for name, known_as in _STATED.items() if name in stated}
    unborn = "dob" not in known and "edd" in known
    entry = catalogue["unborn_child_registered" if unborn else "child_registered"]
    data = {name: value for name, value in known.items() if name in entry.data.model_fields}
    return _item(catalogue, entry.name, f"{prefix(link)}{'unborn' if unborn else 'child'}", link.offer, data)


def _data(row: Crossing, step: Event, parties: Parties) -> dict[str, Any]:
    """What crosses of a step: nothing but what its row says."""
    told = step.data.model_dump(mode="json", exclude_none=True)
    codes = {"origin": parties.origin, "receiver": parties.receiver, "passes_with": parties.passes_with}
    return {
        **{name: told[name] for name in row.kept if name in told},
        **row.work(step.data),
        **{name: value.format(**codes) if isinstance(value, str) else value for name, value in row.said.items()},
    }


def _named(move: str | None, row: Crossing, catalogue: Catalogue) -> dict[str, str]:
    """The move, where the facts of that type name it."""
    return {"move": move} if move is not None and "move" in catalogue[row.known].data.model_fields else {}


def _item(  # noqa: PLR0913, PLR0917  # an event's whole envelope
    catalogue: Catalogue, type_: str, id_: str, step: Event, data: Mapping[str, Any], teller: str | None = None
) -> Item:
    """A step as an item of our own source, true when the step was. A decision is one that its authority reports."""
    entry = catalogue[type_]
    whole: dict[str, Any] = {"source": OURS, "id": id_, "type": type_, "data": data}
    if step.item.occurred_at is not None:
        whole["occurred_at"] = step.item.occurred_at
    else:
        whole["occurred_on"] = step.day
    if step.meeting is not None and teller is not None:
        whole["meeting"] = _elsewhere(step.meeting, teller)
    if entry.kind is Kind.DECISION:
        whole |= {"basis": "reported", "reported": {"source": OURS, "decider": teller, "date": step.day}}
    return catalogue.recorded.validate_json(to_json(whole))


def _elsewhere(meeting: str, teller: str) -> str:
    """A meeting of another authority, told apart from any that the case's own authority calls so."""
    named = f"{teller}:{meeting}"
    return named if len(named) <= _LONGEST_CODE else f"{teller}:{sha256(meeting.encode()).hexdigest()[:32]}"
