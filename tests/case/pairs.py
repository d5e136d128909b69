"""Two authorities' cases of one child, in memory: told each by its own, and carried from one to the other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from events.case.linking import links
from events.case.links import Link, MoveId, Side
from events.case.mirroring import Parties, child, prefix, told_there
from events.case.owing import owed
from events.catalogue.envelope import Event, Item, Recorder
from tests.case.given import Case, at, on_a_plan, the_catalogue

ORIGIN, RECEIVER = "stockport", "staffordshire"


@dataclass
class Pair:
    """A child on a plan at the origin, and what the receiver comes to know."""

    origin: Case = field(default_factory=on_a_plan)
    receiver: Case = field(default_factory=lambda: Case(id=UUID("00000000-0000-4000-8000-00000000000d")))

    def carry(self, recorded: str) -> tuple[list[Event], list[Event]]:
        """Carries what is owed, both ways, as if recorded on a day: what the receiver and what the origin was told."""
        forth, back = [], []
        for link in self.offered:
            forth += self._tell(self.receiver, self._forth(link), recorded)
            back += self._tell(self.origin, self._back(link), recorded)
        return forth, back

    @property
    def offered(self) -> Sequence[Link]:
        """The moves that the origin has offered."""
        return [link for link in links(self.origin.events) if link.side is Side.ORIGIN]

    def _forth(self, link: Link) -> list[Item]:
        wanted = told_there(link, self._parties(link), the_catalogue()) if link.others[-1] == RECEIVER else {}
        if wanted:
            first = child(link, self.origin.events, the_catalogue())
            wanted = {first.id: first, **wanted}
        return owed(wanted, self.receiver.events, prefix(link), the_catalogue())

    def _back(self, link: Link) -> list[Item]:
        received = {each.move: each for each in links(self.receiver.events)}.get(link.move)
        wanted = told_there(received, self._parties(link), the_catalogue()) if received is not None else {}
        return owed(wanted, self.origin.events, prefix(link), the_catalogue())

    def _parties(self, link: Link) -> Parties:
        return Parties(ORIGIN, RECEIVER, link.known_as, self.origin.policy.responsibility_passes_with.value)

    @staticmethod
    def _tell(case: Case, items: Sequence[Item], recorded: str) -> list[Event]:
        told = [_event(case, item, recorded, number) for number, item in enumerate(items, 1)]
        case.events.extend(told)
        return told


def _event(case: Case, item: Item, recorded: str, number: int) -> Event:
    entry, position = the_catalogue()[item.type], len(case.events) + number
    return Event(
        authority=case.id,
        case=case.id,
        position=position,
        version=position,
        through=position,
        fact=uuid5(case.id, item.id),
        copy=0,
        kind=entry.kind,
        schema_version=entry.schema_version,
        recorded_at=at(recorded),
        recorded_by=Recorder("planclock", "system"),
        item=item,
    )


def known(move: MoveId) -> str:
    """What the receiver calls a move."""
    return move.named_by(ORIGIN)
