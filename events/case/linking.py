"""Finding the moves between authorities that a case tells of, and which of its facts are steps of which."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from events.case.history import Told, history
from events.case.links import OFFERS, Link, MoveId, Side, was_carried
from events.catalogue.envelope import Event, Kind

_TOLD_OF_ANY_MOVE = frozenset({"receiving_authority_notified"})
"""Offers that are told of a temporary move as well, and then offer nothing."""

_FOR_GOOD = frozenset({"child_moved", "permanent_move_notified", "receiving_in_conference_requested"})


def links(events: Sequence[Event]) -> tuple[Link, ...]:
    """The moves of one case, in the order in which each was first offered."""
    past = history(events)
    found = _Linking({told.event.fact: told for told in past.told})
    for event in _as_recorded(events):
        found.hear(event)
    return found.end()


def _as_recorded(events: Iterable[Event]) -> list[Event]:
    kinds = {Kind.FACT, Kind.DECISION}
    return sorted((event for event in events if event.kind in kinds), key=lambda event: event.position)


@dataclass
class _Linking:
    """Finds moves as facts are read in the order in which they were recorded. `counts` are those that count.

    `early` are steps recorded before the offer they belong to. `temporary` names the moves that are only for a time,
    of which another authority is told but by which nothing passes to it.
    """

    counts: Mapping[UUID, Told]
    links: list[Link] = field(default_factory=list)
    early: list[Event] = field(default_factory=list)
    temporary: set[str | None] = field(default_factory=set)

    def hear(self, event: Event) -> None:
        """One fact: an offer may begin a move; whatever counts is a step of the one it names, or of the latest."""
        told = self.counts.get(event.fact)
        now = event if told is None else told.event
        offered = self._received(event) if was_carried(event) else self._offered(event, told)
        if offered is not None:
            offered.ever.append(event)
            if offered not in self.links:
                self.links.append(offered)
        if told is None:
            return
        self._note_how_long(now)
        link = offered or self._named(now)
        if link is not None:
            link.steps.append(now)
        else:
            self.early.append(now)

    def end(self) -> tuple[Link, ...]:
        """Every move, once all facts were read."""
        for step in self.early:
            link = self._named(step)
            if link is not None:
                link.steps.append(step)
        return tuple(self.links)

    def _note_how_long(self, event: Event) -> None:
        if event.type == "temporary_move_reported":
            self.temporary.add(_move(event))
        elif event.type in _FOR_GOOD and getattr(event.data, "permanent", None) is not False:
            self.temporary.discard(_move(event))

    def _offered(self, event: Event, told: Told | None) -> Link | None:
        """The move that a fact offers: one that is under way already, or a new one."""
        others = _offered_to([event] if told is None else [form for form, _ in told.forms])
        now = event if told is None else told.event
        move = _move(now)
        if not others or (event.type in _TOLD_OF_ANY_MOVE and move in self.temporary):
            return None
        for link in reversed(self.links):
            if (link.side, link.known_as, link.others[-1]) == (Side.ORIGIN, move, others[-1]) and not link.over:
                return link
        return Link(MoveId(event.fact, event.copy), Side.ORIGIN, others, move, now)

    def _received(self, event: Event) -> Link | None:
        """The move of which a carried fact is a step: its id says which, and the receiver's facts name whose."""
        known = next((link for link in self.links if str(link.move) == event.item.id.split(":")[1]), None)
        name = _move(event)
        named = MoveId.named(name) if name is not None else None
        if known is not None or named is None:
            return known
        return Link(named[1], Side.RECEIVER, (named[0],), name, event)

    def _named(self, event: Event) -> Link | None:
        """The move that a fact names; where it names none, the latest that was offered by that day."""
        move = _move(event)
        for link in reversed(self.links):
            if move == link.known_as if move is not None else link.offer.day <= event.day:
                return link
        return None


def _offered_to(forms: Iterable[Event]) -> tuple[str, ...]:
    """Every authority that the forms of an offer name, once, the latest last."""
    named: dict[str, None] = {}
    for form in forms:
        other = getattr(form.data, OFFERS.get(form.type, ""), None)
        if other is not None and getattr(form.data, "direction", None) != "in":
            named.pop(code := str(other).casefold(), None)
            named[code] = None
    return tuple(named)


def _move(event: Event) -> str | None:
    return getattr(event.data, "move", None)
