"""A child who leaves for good: what the other authority must have done before the plan ends here (STK 8.7.2)."""

from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import RECEIVING_IN
from events.catalogue.envelope import Event
from events.catalogue.moves import ChildMoved, Direction, PermanentMoveNotified
from events.catalogue.responsibility import ReceivingAuthorityDecisionReported

named = Named()


@named.condition()
def a_move_away_for_good(moment: Moment) -> str | None:
    """The child goes out of the area, and nobody says that it is for a time only (STK-T13)."""
    data = moment.event.data
    comes = getattr(data, "direction", None) is Direction.IN
    for_good = not isinstance(data, ChildMoved) or data.permanent is True
    return None if for_good and not comes and getattr(data, "permanent", None) is not False else "a move away for good"


@named.condition()
def the_move_is_for_good(moment: Moment) -> str | None:
    """The last word of the move does not say that it is for a time only (STK-R27)."""
    told = [*moment.story.facts.get("child_moved", ()), *moment.story.facts.get("permanent_move_notified", ())]
    last = max(told, key=lambda event: event.order, default=None)
    data = last.data if last is not None else None
    temporary = isinstance(data, ChildMoved | PermanentMoveNotified) and data.permanent is False
    return "a move for good" if temporary else None


@named.condition()
def the_receiving_authority_held_and_decided(moment: Moment) -> str | None:
    """The other authority's conference was held and reached a decision, since this plan began (STK-R28)."""
    started = moment.story.plan.started_on if moment.story.plan is not None else moment.event.day
    reports = [
        event for event in moment.story.facts.get("receiving_authority_decision_reported", ()) if event.day >= started
    ]
    held = any(
        each.kind == RECEIVING_IN and each.held_on is not None and each.held_on >= started
        for each in moment.story.conferences
    )
    decided = any(_decided(event) for event in reports)
    if decided and (held or any(_held(event) for event in reports)):
        return None
    return (
        "the receiving authority's decision" if held else "the receiving authority's conference, held, and its decision"
    )


def _decided(event: Event) -> bool:
    return isinstance(event.data, ReceivingAuthorityDecisionReported) and event.data.decided is not False


def _held(event: Event) -> bool:
    return isinstance(event.data, ReceivingAuthorityDecisionReported) and event.data.held is not False
