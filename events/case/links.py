"""A move between two authorities, as one of its two cases tells of it.

A move is named by the fact, at the authority the child leaves, that first offered it there. That name never changes,
whatever is corrected or voided later, so that whoever carries its steps finds what was carried before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self
from uuid import UUID

from events.catalogue.envelope import OURS, Event

CARRIED = "transfer"
"""What the id of every step that was carried from another log begins with."""

OFFERS: Mapping[str, str] = {
    "receiving_authority_notified": "authority",
    "receiving_in_conference_requested": "to_authority",
}
"""What offers a move to another authority, and the field that names it."""

SETTLE = frozenset(
    {
        *("receiving_in_conference_declined", "receiving_in_conference_request_withdrawn"),
        *("plan_ended", "originating_plan_ended"),
    }
)
"""After what nothing more is to be expected of a move."""


class Side(StrEnum):
    """Where a child moves from, and where to."""

    ORIGIN = "origin"
    RECEIVER = "receiver"


@dataclass(frozen=True)
class MoveId:
    """The fact that first offered a move, and which copy of it: siblings may be offered by one fact."""

    fact: UUID
    copy: int

    def __str__(self) -> str:
        return f"{self.fact}.{self.copy}"

    def named_by(self, authority: str) -> str:
        """The move as the receiver's facts name it: whose offer it was, by the origin's code, and which."""
        return f"{authority}.{self}"

    @classmethod
    def named(cls, move: str) -> tuple[str, Self] | None:
        """The origin's code, and the move: from a name that `named_by` made; None for any other."""
        try:
            authority, fact, copy = move.rsplit(".", 2)
            return authority, cls(UUID(fact), int(copy))
        except ValueError:
            return None


@dataclass(eq=False)
class Link:
    """One move as one of its two cases tells of it.

    `others` are the codes of the other authority: every one that was ever named, the one that counts last. `known_as`
    is what the facts of this case call the move, None if they leave it out. `steps` are the facts that count, in the
    order in which they were recorded, those carried from the other log among them; `ever` are the offers of it as they
    were told, whether or not they still count.
    """

    move: MoveId
    side: Side
    others: tuple[str, ...]
    known_as: str | None
    offer: Event
    steps: list[Event] = field(default_factory=list)
    ever: list[Event] = field(default_factory=list)

    @property
    def told_here(self) -> list[Event]:
        """The steps that were told at this authority itself."""
        return [step for step in self.steps if not was_carried(step)]

    @property
    def over(self) -> bool:
        """Whether it was declined or withdrawn, or has ended: a later offer is of another move."""
        return any(step.type in SETTLE for step in self.steps)

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be expected of it: it is over, or all that was told of it was voided."""
        return self.over or not self.steps


def was_carried(event: Event) -> bool:
    """Whether Planclock carried it from another authority's log."""
    return event.item.source == OURS and event.item.id.startswith(f"{CARRIED}:")
