"""What the copy of a notice says to its recipient: made from the log, without what must not be told to them (E-61)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from events.case.addressing import by_all, parts_of, recipient_of
from events.case.noticing import Notice
from events.case.sharing import family_in, is_the_same, known_as
from events.catalogue.children import ChildRegistered
from events.catalogue.envelope import Event
from events.catalogue.exclusions import ParticipantExcluded
from events.catalogue.household import FamilyMember
from events.catalogue.notices import AddressRestrictedFrom
from events.catalogue.parts import Person
from events.catalogue.preparation import InformationSharingSplitDecided

ADDRESS, DOCUMENT = "/child/address", "/document"


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

    Where the child lives is left out for whom it is restricted from, and for anybody not known. Of a document that
    another system keeps it is said that the recipient may have only a part of it.
    """
    events = list(told)
    family = family_in(events)
    why = _restricted(notice, events, family)
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
    of_address = () if why is None or address is None else (Withheld(ADDRESS, why),)
    return Copy(content, (*of_address, *(Withheld(DOCUMENT, each) for each in _kept_from(notice, events, family))))


def _kept_from(notice: Notice, events: Iterable[Event], family: Sequence[FamilyMember]) -> Iterator[str]:
    """Why the recipient may have only a part of the document: excluded, or by the chair's split of what is shared."""
    about = [each.data for each in events if notice.meeting is not None and each.meeting in {None, notice.meeting}]
    excluded = (data for data in about if isinstance(data, ParticipantExcluded) and _is_to(notice, data.who, family))
    if notice.document is not None and any(excluded):
        yield "The recipient was excluded, and gets the redacted version that the chair signed."
    split = next((data for data in reversed(about) if isinstance(data, InformationSharingSplitDecided)), None)
    for share in (split.shares or ()) if split is not None else ():
        if share.withheld is not None and _is_to(notice, share.who, family):
            yield f"The chair decided what is kept from this recipient: {_in_words(share.withheld)}"


def _in_words(stated: object) -> str:
    return stated if isinstance(stated, str) else "(erased)"


def _is_to(notice: Notice, somebody: Person, family: Sequence[FamilyMember]) -> bool:
    """Whether this is whom the notice is for, by all that the case knows of both."""
    meant = known_as(somebody, family)
    return any(is_the_same(known_as(each, family), meant) for each in _recipients(notice))


def _recipients(notice: Notice) -> Iterator[Person]:
    """Whom the notice is for: as the case told of them, or else by what they go by, be that a reference or a role."""
    said = notice.person or {"ref": notice.recipient}
    name, ref, role, relation = (
        each if isinstance(each, str) else None for each in map(said.get, ("name", "ref", "role", "relation"))
    )
    if name or ref or role or relation:
        yield Person(name=name, ref=ref, role=role or relation)
    if notice.person is None and notice.recipient is not None:
        yield Person(role=notice.recipient)


def _restricted(notice: Notice, events: Iterable[Event], family: Sequence[FamilyMember]) -> str | None:
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
        known = restriction.restricted and any(_is_to(notice, each, family) for each in restriction.people)
        if known or any(parts_of(each) & own for each in meant if each):
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
