"""One move of the child between two authorities, for good or for a time."""

from __future__ import annotations  # a move speaks of meetings, and the story, where they stand, of moves

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from events.catalogue.moves import Direction
from events.catalogue.transfers import Exclusion, TransferDocument

if TYPE_CHECKING:
    from events.case.story import Dated, Meeting
    from events.catalogue.envelope import Event

IN, OUT = Direction.IN.value, Direction.OUT.value


@dataclass(eq=False)
class Move:
    """What has been told of one move. `key` never changes and makes the ids of its duties; `id` is the caller's.

    `permanent` is None as long as nobody said. `complete` is when all six papers were first there, `gap` holds those
    found missing since, on the day of `reopened`. `asked_anew`: the request is not the first. `stay` is what was told
    of a temporary arrangement. `over` says when and why it came to its end.
    """

    key: str
    id: str | None
    direction: str
    permanent: bool | None
    began: Dated
    from_authority: str | None = None
    to_authority: str | None = None
    receiver_told: Dated | None = None
    listed: Dated | None = None
    delisted_on: date | None = None
    requested: Dated | None = None
    papers: dict[TransferDocument, Dated] = field(default_factory=dict)
    gap: set[TransferDocument] = field(default_factory=set)
    complete: Dated | None = None
    reopened: Dated | None = None
    asked_anew: bool = False
    earlier_review_on: date | None = None
    agreed: Dated | None = None
    declined: Dated | None = None
    excluded: dict[Exclusion, Event] = field(default_factory=dict)
    lifted: dict[Exclusion, Dated] = field(default_factory=dict)
    stay: Event | None = None
    conference: Meeting | None = None
    decided: Dated | None = None
    written: Dated | None = None
    confirmed: Dated | None = None
    effective_on: date | None = None
    passes_with: str | None = None
    transferred: Dated | None = None
    silent: Dated | None = None
    over: tuple[date, str] | None = None

    @property
    def inward(self) -> bool:
        """Whether the child comes to this authority."""
        return self.direction == IN

    @property
    def going_on(self) -> bool:
        """Whether more is to come of it."""
        return self.over is None

    @property
    def missing(self) -> list[TransferDocument]:
        """The papers that are still to come, in the order of the document."""
        return [each for each in TransferDocument if each not in self.papers or each in self.gap]

    @property
    def held_on(self) -> date | None:
        """When the receiving-in conference was held."""
        return self.conference.held_on if self.conference is not None else None

    def confers_at(self, meeting: Meeting) -> bool:
        """Whether a meeting is the conference of this move, or a further sitting that its caller calls the same."""
        return self.conference is not None and (self.conference is meeting or self.conference.id == meeting.id)
