"""Whom an event names, and whether it tells a recipient of a notice: people and bodies known without their names."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from uuid import UUID, uuid5

from events.case.agencies import agency, role
from events.catalogue.envelope import Data, Event
from events.catalogue.parts import Person, Seat
from events.policies.model import DutyEntry
from events.policies.words import SENT

RECIPIENT = "recipient"
"""What tells the duties of one notice apart."""

NOTIFICATIONS = frozenset({*SENT, "notification_requested", "notification_failed"})
"""The events that name a notice by its clause, its number or its key."""

_NAMING = ("to", "recipients", "services", "invitees", "notified_to", "shared_with")
_SPACE = UUID("5f0b1a8e-7f57-4c43-9d2a-6a1f2f6f9c10")


@lru_cache(maxsize=10_000)
def _nameless(name: str) -> str:
    """What stands for somebody who is known by name alone: the name cannot be read off it."""
    return f"person {uuid5(_SPACE, role(name)).hex[:10]}"


@lru_cache(maxsize=10_000)
def parts_of(recipient: str) -> frozenset[str]:
    """What a recipient is known by. A health authority is health: callers name agencies by what they do."""
    return frozenset(agency(part).removesuffix("_authority") for part in recipient.split("/"))


def recipient_of(somebody: Person | Seat) -> str | None:
    """What stands for somebody as a recipient: the caller's reference, else role and agency, else never the name."""
    person = somebody.person if isinstance(somebody, Seat) else somebody
    reference = person.ref if person is not None else None
    if reference is not None:
        return reference
    if somebody.role or somebody.agency:
        return "/".join(each for each in (somebody.role, somebody.agency) if each)
    name = person.name if person is not None else None
    return _nameless(name) if isinstance(name, str) else None


def by_all(known_as: str | None, ref: str | None, name: object) -> str:
    """What stands for somebody as a recipient by all that is known of them, so that any of it tells who is meant."""
    known = (role(known_as), ref, _nameless(name) if isinstance(name, str) else None)
    return "/".join(each for each in known if each)


def _known_by(somebody: Person | Seat) -> frozenset[str]:
    person = somebody.person if isinstance(somebody, Seat) else somebody
    said = [somebody.role, somebody.agency, person.ref if person is not None else None]
    name = person.name if person is not None else None
    said.append(_nameless(name) if isinstance(name, str) else None)
    return frozenset(part for each in said if each for part in parts_of(each))


@cache
def _naming(told: type[Data]) -> tuple[str, ...]:
    """What of an event's data names people, whether it is told or worked out."""
    has = {*told.model_fields, *dir(told)}
    return tuple(name for name in _NAMING if name in has)


def people_in(event: Event) -> Iterator[Person | Seat | str]:
    """Everybody whom an event says it was told to."""
    for field in _naming(type(event.data)):
        stated = getattr(event.data, field)
        for each in stated if isinstance(stated, tuple) else (stated,):
            if isinstance(each, Person | Seat | str):
                yield each


def named_in(event: Event, recipient: str) -> bool:
    """Whether an event concerns a recipient: it names that recipient, or nobody."""
    named = [parts_of(each) if isinstance(each, str) else _known_by(each) for each in people_in(event)]
    own = parts_of(recipient)
    return not named or any(_same(own, each) for each in named if each)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one says no more than the other of who it is, or both have the same name."""
    return one <= other or other <= one or any(each.startswith("person_") for each in one & other)


def tells(event: Event, entry: DutyEntry, key: str, recipient: str | None) -> bool:
    """Whether an event is one about this notice: by its number, for this recipient, through a channel that counts."""
    notice = entry.notice
    if notice is None:
        return True
    if event.type in NOTIFICATIONS and not _registered(event, (key, entry.id, *entry.also)):
        return False
    if recipient is not None and not names(event, key) and not named_in(event, recipient):
        return False
    channel = vars(event.data).get("channel")
    return not (notice.by and event.type in SENT and channel is not None and channel not in notice.by)


def names(event: Event, key: str) -> bool:
    """Whether an event names one notice by its key, and so its recipient and its meeting too."""
    return event.type in NOTIFICATIONS and _registered(event, (key,))


def _registered(event: Event, ids: Iterable[str]) -> bool:
    said = str(vars(event.data).get("register_id", "")).casefold()
    return any(said == each.casefold() for each in ids)
