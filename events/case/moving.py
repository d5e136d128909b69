"""Which move a fact is about when it names none, or names one that no other fact has named yet."""

from collections.abc import Iterable

from events.case.agencies import agency
from events.case.move import IN, OUT, Move
from events.case.story import Dated, Story
from events.catalogue.envelope import Data, Event
from events.catalogue.moves import (
    ChildAddedToTemporaryList,
    ChildMoved,
    Directed,
    ListingBasis,
    OfAMove,
    PermanentMoveNotified,
)
from events.catalogue.temporary_moves import TemporaryMoveReported
from events.catalogue.transfers import ReceivingInConferenceRequested

CONFERENCE = frozenset({"receiving_in_conference_scheduled", "receiving_in_conference_held"})
OF_A_STAY = frozenset(
    {
        *("child_returned_from_temporary_move", "health_and_police_informed_of_move"),
        *("temporary_move_papers_requested", "temporary_move_papers_sent", "temporary_move_papers_received"),
    }
)
OF_EITHER = frozenset(
    {
        *("originating_agencies_notified", "counterpart_notified", "child_protection_database_updated"),
        *("child_removed_from_temporary_list", "school_place_status_recorded", "child_missing_education_treated"),
        *("funding_responsibility_recorded", "funding_responsibility_ended"),
    }
)
"""What may be told of a move for good and of a stay alike. Whatever else is told of a move is of one for good."""


def place(event: Event, story: Story) -> None:
    """Find the move an event is about, before anything is asked of it; what may begin one begins it."""
    data = event.data
    if isinstance(data, Directed):
        story.moved[event.position] = _begun(data, event, story)
    elif isinstance(data, OfAMove):
        found = _meant(data.move, event, story)
        if found is not None:
            story.moved[event.position] = found
    elif event.type in CONFERENCE:
        story.moved[event.position] = _conferring(event, story)
    elif event.type == "plan_ended":
        left = _last(each for each in story.moves if not each.inward and each.going_on)
        if left is not None:
            story.moved[event.position] = left


def _begun(data: Directed, event: Event, story: Story) -> Move:
    named = _called(data.move, story)
    if named is not None:
        return named
    direction = data.direction.value if data.direction is not None else _presumed(story, data)
    permanent = _for_good(data)
    found = _last(
        each
        for each in story.moves
        if each.direction == direction
        and each.going_on
        and (permanent is None or each.permanent in {None, permanent} or _proves_a_stay(data, each))
        and not (data.move and each.id)
        and not (each.inward and each.held_on is not None)
    )
    found = found or _new(event, story, direction, permanent)
    found.id = data.move or found.id
    found.permanent = permanent if found.permanent is None else found.permanent
    return found


def _proves_a_stay(data: Data, move: Move) -> bool:
    """Whether a move that was thought to be for good is said to be only for a time."""
    if not isinstance(data, ChildMoved) or data.permanent is not False:
        return False
    told, known = (data.from_la, move.from_authority) if move.inward else (data.to_la, move.to_authority)
    return told is None or known is None or agency(told) == agency(known)


def _for_good(data: Data) -> bool | None:
    """Whether a move is for good, as far as the kind of event tells."""
    match data:
        case TemporaryMoveReported():
            return False
        case PermanentMoveNotified():
            return data.permanent is not False
        case ChildMoved():
            return data.permanent
        case ReceivingInConferenceRequested():
            return data.permanent or None
        case ChildAddedToTemporaryList() if data.basis is ListingBasis.TEMPORARY:
            return False
        case _:
            return None


def _presumed(story: Story, data: Data | None = None) -> str:
    """A child on a plan here moves out, as does one of whom only another authority is named to go to; any other in."""
    goes_to = getattr(data, "to_la", None) or getattr(data, "to_authority", None)
    comes_from = getattr(data, "from_la", None) or getattr(data, "from_authority", None)
    own = story.policy is not None and goes_to is not None and agency(goes_to) == agency(story.policy.id)
    leaves = goes_to is not None and comes_from is None and not own
    return OUT if story.active or leaves else IN


def _new(event: Event, story: Story, direction: str, permanent: bool | None) -> Move:  # noqa: FBT001  # as it was told
    move = Move(f"move-{event.fact.hex}", None, direction, permanent, Dated(event.day, event))
    story.moves.append(move)
    return move


def _called(name: str | None, story: Story) -> Move | None:
    return _last(each for each in story.moves if name is not None and each.id == name)


def _meant(name: str | None, event: Event, story: Story) -> Move | None:
    """The move of that name; else the one that goes on, of the sort the event is about; else the latest."""
    named = _called(name, story)
    if named is not None:
        return named
    unnamed = [each for each in story.moves if name is None or each.id is None]
    of_a_stay = event.type in OF_A_STAY
    fitting = [each for each in unnamed if event.type in OF_EITHER or (each.permanent is False) == of_a_stay]
    found = _last(each for each in fitting if each.going_on) or _last(fitting) or _last(unnamed)
    if found is None and not of_a_stay and event.type not in OF_EITHER:
        found = _new(event, story, _presumed(story), None)
    if found is not None:
        found.id = name or found.id
    return found


def _conferring(event: Event, story: Story) -> Move:
    """A receiving-in conference is of the move for good that awaits one; else of one that nobody told.

    A plan that was ended before the conference it left by does not make a child who left one who comes; nor does a
    further conference make one who came a child who leaves.
    """
    meeting = story.meeting_of(event)
    known = _last(each for each in story.moves if meeting is not None and each.confers_at(meeting))
    awaiting = [each for each in story.moves if each.held_on is None and (each.going_on or not each.inward)]
    going_on = [each for each in awaiting if each.going_on]
    for_good = _last(each for each in going_on if each.permanent is not False)
    asked_for = _last(each for each in going_on if each.requested is not None)
    left = _last(each for each in awaiting if each.permanent is not False)
    return (
        known or for_good or asked_for or left or _came(story) or _new(event, story, _presumed(story), permanent=True)
    )


def _came(story: Story) -> Move | None:
    """The move that brought the child to the plan that is running: a further conference is of it, not of one away."""
    began = story.plan.conference if story.plan is not None and story.active else None
    return _last(each for each in story.moves if began is not None and each.inward and each.confers_at(began))


def _last(moves: Iterable[Move]) -> Move | None:
    found = list(moves)
    return found[-1] if found else None
