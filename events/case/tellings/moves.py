"""The child moves: told to whom, listed where, and which temporary stay it is."""

from datetime import date
from typing import cast

from events.case.agencies import agency
from events.case.move import Move
from events.case.story import Dated, Story
from events.case.telling import Telling
from events.catalogue.envelope import Data, Event
from events.catalogue.moves import (
    ChildAddedToTemporaryList,
    ChildMoved,
    PermanentMoveNotified,
    ReceivingAuthorityNotified,
)
from events.catalogue.parts import Person
from events.catalogue.temporary_moves import TemporaryMoveReported

telling = Telling()
RECEIVING_AUTHORITY = frozenset({"receiving_authority", "receiving_local_authority", "other_local_authority", "ra"})
"""What callers call the authority into whose area the child moves, where they do not give its code."""


def move_of(event: Event, story: Story) -> Move:
    """The move that an event was placed with."""
    return cast("Move", story.move_of(event))


def between(move: Move, from_authority: str | None, to_authority: str | None) -> None:
    """Note which two authorities the move lies between, as far as they are told."""
    move.from_authority = from_authority or move.from_authority
    move.to_authority = to_authority or move.to_authority


@telling.on("child_moved")
def moved(data: ChildMoved, event: Event, story: Story) -> None:
    """A move that proves not to be for good is a stay; one that proves to be for good ends what was a stay."""
    move = move_of(event, story)
    between(move, data.from_la, data.to_la)
    if data.permanent:
        for each in story.moves:
            if each is not move and each.stay is not None and each.direction == move.direction and each.going_on:
                each.over = (event.day, "the move is for good")
    elif data.permanent is False:
        move.permanent = False


@telling.on("permanent_move_notified")
def notified(data: PermanentMoveNotified, event: Event, story: Story) -> None:
    """Told to us of a child who comes, or by us of one who goes."""
    move = move_of(event, story)
    between(move, data.from_authority, data.to_authority)
    move.passes_with = data.passes_with or move.passes_with
    if not move.inward and told_the_receiver(data, move):
        move.receiver_told = move.receiver_told or Dated(event.day, event)


def told_the_receiver(data: PermanentMoveNotified, move: Move | None) -> bool:
    """Whether a notice went to the authority into whose area the child moves."""
    own = {agency(move.to_authority)} if move is not None and move.to_authority else set()
    return not (RECEIVING_AUTHORITY | own).isdisjoint(
        agency(name) for each in data.notified_to or () for name in names(each)
    )


def names(somebody: Person | str) -> list[str]:
    """What somebody who was told is known by."""
    if isinstance(somebody, str):
        return [somebody]
    return [each for each in (somebody.role, somebody.agency, somebody.ref) if each]


@telling.on("receiving_authority_notified")
def receiver_told(data: ReceivingAuthorityNotified, event: Event, story: Story) -> None:
    """The other authority knows; the first notice is what its 15 working days are counted from (E-26)."""
    move = move_of(event, story)
    move.receiver_told = move.receiver_told or Dated(event.day, event)
    between(move, None, data.authority)


@telling.on("child_added_to_temporary_list")
def listed(data: ChildAddedToTemporaryList, event: Event, story: Story) -> None:
    """The child stands on the temporary list of the area it moved to."""
    move = move_of(event, story)
    move.listed, move.delisted_on = Dated(event.day, event), None
    between(move, data.from_authority, data.la)


@telling.on("child_removed_from_temporary_list")
def delisted(_: Data, event: Event, story: Story) -> None:
    """Off the list; without a conference the move has come to nothing, or the stay is over."""
    move = story.move_of(event)
    if move is not None:
        move.delisted_on = event.day
        if move.held_on is None:
            end(move, event.day, "the child was taken off the temporary list")


@telling.on("temporary_move_reported")
def stays(data: TemporaryMoveReported, event: Event, story: Story) -> None:
    """A temporary stay, as it was last told."""
    move = move_of(event, story)
    move.stay = event
    if move.inward:
        between(move, data.authority, None)
    else:
        between(move, None, data.authority)


@telling.on("child_returned_from_temporary_move")
def returned(_: Data, event: Event, story: Story) -> None:
    """The child went back."""
    move = story.move_of(event)
    if move is not None:
        end(move, event.day, "the child went back")


def end(move: Move, day: date, why: str) -> None:
    """Nothing more is to come of a move."""
    move.over = move.over or (day, why)
