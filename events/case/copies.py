"""What the copy of a notice says to its recipient: made from the log, without what must not be told to them (E-61)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from events.case.addressing import by_all, parts_of, recipient_of
from events.case.noticing import Notice
from events.catalogue.children import ChildRegistered
from events.catalogue.envelope import Event
from events.catalogue.notices import AddressRestrictedFrom

ADDRESS = "/child/address"


@dataclass(frozen=True)
class Withheld:
    """A place of the copy at which nothing stands, and why: for whoever sends it, and no part of the copy."""

    pointer: str
    why: str


@dataclass(frozen=True)
class Copy:
    """What goes to one recipient, and what was left out of it."""

    content: Mapping[str, Any]
    withheld: tuple[Withheld, ...]


def copy_of(notice: Notice, told: Iterable[Event], state: Mapping[str, Any]) -> Copy:
    """The copy of a notice, from what counts of the case's history and its state.

    Where the child lives is left out for whom it is restricted from, and for anybody not known.
    """
    events = list(told)
    why = _restricted(notice, events)
    address = _address(events)
    child = {"names": state["child"]["names"], "date_of_birth": state["child"]["date_of_birth"]}
    if why is None:
        child["address"] = address
    content = {
        "recipient": notice.recipient,
        "person": notice.person,
        "title": notice.title,
        "cite": notice.cite,
        "document": notice.document,
        "child": child,
        "plan": _plan(state),
        "meeting": _meeting(notice, state),
    }
    return Copy(content, () if why is None or address is None else (Withheld(ADDRESS, why),))


def _restricted(notice: Notice, events: Iterable[Event]) -> str | None:
    """Why the recipient may not learn where the child lives, by the last that was said of that recipient.

    Whoever may be meant by a restriction is restricted; only whoever is surely meant by its end is not any more.
    """
    standing = [event.data for event in events if isinstance(event.data, AddressRestrictedFrom)]
    if notice.recipient is None:
        return "It is restricted, and nobody is known yet who gets this." if any(_binding(standing)) else None
    own, why = parts_of(notice.recipient), None
    for restriction in standing:
        surely = {recipient_of(each) for each in restriction.people}
        maybe = {by_all(each.role, each.ref, each.name) for each in restriction.people}
        meant = surely | maybe if restriction.restricted else surely
        if any(parts_of(each) & own for each in meant if each):
            why = "Where the child lives must not be told to this recipient." if restriction.restricted else None
    return why


def _binding(standing: Iterable[AddressRestrictedFrom]) -> Iterable[bool]:
    return (each.restricted for each in standing)


def _address(events: Iterable[Event]) -> str | None:
    found: str | None = None
    for event in events:
        if isinstance(event.data, ChildRegistered):
            found = event.data.address or found
        elif event.type == "child_moved":
            found = getattr(event.data, "to_address", None) or found
    return found


def _plan(state: Mapping[str, Any]) -> Mapping[str, Any] | None:
    plan = state["plan"]
    shown = ("status", "category", "started_on", "ended_on", "ground")
    return {name: plan[name] for name in shown} if plan is not None else None


def _meeting(notice: Notice, state: Mapping[str, Any]) -> Mapping[str, Any] | None:
    meeting = next((each for each in state["meetings"] if each["id"] == notice.meeting), None)
    shown = ("kind", "scheduled_on", "held_on")
    return {name: meeting[name] for name in shown} if meeting is not None else None
