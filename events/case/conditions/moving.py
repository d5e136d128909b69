"""What a duty about a move may depend on: which way it goes, who knows of it, which papers are there."""

from collections.abc import Iterable

from events.calendars.counting import birthday
from events.case.agencies import agency
from events.case.moment import Moment
from events.case.move import Move
from events.case.naming import Named
from events.case.story import RECEIVING_IN
from events.case.tellings.moves import told_the_receiver
from events.catalogue.moves import (
    ChildAddedToTemporaryList,
    MoveItems,
    OriginatingAgenciesNotified,
    PermanentMoveNotified,
)
from events.catalogue.temporary_moves import TemporaryMoveReported

named = Named()


def move_of(moment: Moment) -> Move | None:
    """The move the event is about."""
    return moment.story.move_of(moment.event)


@named.condition()
def the_child_moves_in(moment: Moment) -> str | None:
    """The child of another authority comes to this one."""
    move = move_of(moment)
    return None if move is not None and move.inward else "a child who moves in"


@named.condition()
def the_child_moves_out(moment: Moment) -> str | None:
    """A child of this authority goes to another one."""
    move = move_of(moment)
    return None if move is not None and not move.inward else "a child who moves away"


@named.condition()
def all_six_items_are_told(moment: Moment) -> str | None:
    """Name, birth, both addresses, category and reason were told of a move for good (STF-R115)."""
    data = moment.event.data
    told = data.items if isinstance(data, PermanentMoveNotified) else None
    wanting = [name for name in MoveItems.model_fields if not getattr(told, name, None)]
    words = [name.replace("dob", "date of birth").replace("_", " ") for name in wanting]
    return f"the child's {', '.join(words)}" if words else None


@named.condition()
def told_to_the_receiving_authority(moment: Moment) -> str | None:
    """The notice went to the authority into whose area the child moves."""
    data = moment.event.data
    told = isinstance(data, PermanentMoveNotified) and told_the_receiver(data, move_of(moment))
    return None if told else "the receiving authority among those told"


@named.condition()
def the_receiving_authority_does_not_know(moment: Moment) -> str | None:
    """The authority into whose area the child moves has not been told yet (STF-R108)."""
    move = move_of(moment)
    return "a receiving authority still to be told" if move is None or move.receiver_told is not None else None


@named.condition()
def no_letter_went_with_it(moment: Moment) -> str | None:
    """The other authority was not told by letter when the child was put on the list."""
    data = moment.event.data
    sent = isinstance(data, ChildAddedToTemporaryList) and bool(data.letter_sent)
    return "a letter still to be sent" if sent else None


@named.condition()
def not_listed_for_a_temporary_stay(moment: Moment) -> str | None:
    """The child is on the list for a move for good, or because responsibility does not transfer."""
    move = move_of(moment)
    return "a listing for another reason" if move is None or move.permanent is False else None


@named.condition()
def the_stay_goes_on_or_is_under_orders(moment: Moment) -> str | None:
    """The stay is part of an arrangement that goes on, or the child is subject to court orders (N14)."""
    data = moment.event.data
    if isinstance(data, TemporaryMoveReported) and (data.ongoing or data.orders):
        return None
    return "an arrangement that goes on, or a court order"


@named.condition()
def the_agencies_are_not_told(moment: Moment) -> str | None:
    """Whoever ended the plan did not say that the agencies were told (STF-R113)."""
    told = getattr(moment.event.data, "agencies_notified", None)
    return "agencies still to be told" if told else None


@named.condition("school_age_from", "school_age_until")
def of_school_age(moment: Moment) -> str | None:
    """The child is old enough for school and not too old, or nobody knows how old the child is (STF-T46)."""
    born = moment.story.child.born
    if born is None:
        return None
    starts = birthday(born, moment.figure("school_age_from"))
    leaves = birthday(born, moment.figure("school_age_until"))
    return None if starts <= moment.event.day < leaves else "a child of school age"


@named.condition()
def the_move_is_not_a_stay(moment: Moment) -> str | None:
    """Nobody said that the move is for a time only."""
    move = move_of(moment)
    return "a move for good" if move is None or move.permanent is False else None


@named.condition()
def parents_were_among_them(moment: Moment) -> str | None:
    """The report went to parents or carers, or nobody said to whom (STF-T50)."""
    return "parents or carers" if getattr(moment.event.data, "with_parents", None) is False else None


@named.condition()
def the_plan_came_from_elsewhere(moment: Moment) -> str | None:
    """The plan began at a receiving-in conference here (STF-T51)."""
    plan = moment.story.plan
    came = plan is not None and plan.conference is not None and plan.conference.kind == RECEIVING_IN
    return None if came else "a receiving-in conference with which the plan began"


@named.condition()
def the_plan_began_here(moment: Moment) -> str | None:
    """The plan began at an initial conference of this authority."""
    return "a plan that began here" if the_plan_came_from_elsewhere(moment) is None else None


@named.listing
def agencies_told_of_the_move(moment: Moment) -> Iterable[dict[str, str]]:
    """Each agency that was told of the move, and is to tell its counterpart (STF-T45)."""
    data = moment.event.data
    told = data.agencies if isinstance(data, OriginatingAgenciesNotified) else None
    return [{"agency": name} for name in dict.fromkeys(agency(each) for each in told or ())]
