"""A child on a plan who is looked after, or under an interim care order: what a review weighs (STK 8.2.3, 8.7.3)."""

from events.case.moment import Moment
from events.case.naming import Named
from events.catalogue.decisions import ChildDecisionMade
from events.catalogue.looked_after import DualProcessConsidered

named = Named()


@named.condition()
def the_child_is_looked_after(moment: Moment) -> str | None:
    """The child is looked after, whatever for (STK-R08)."""
    return None if moment.story.care.looked_after is not None else "a child who is looked after"


@named.condition()
def being_looked_after_began_with_this(moment: Moment) -> str | None:
    """With this the child became looked after: nothing told before had made it so (STK-T07)."""
    return None if moment.story.care.began is moment.event else "the beginning of being looked after"


@named.condition()
def no_longer_looked_after(moment: Moment) -> str | None:
    """The child is not looked after any more (STK-T07)."""
    return "an end to being looked after" if moment.story.care.looked_after is not None else None


@named.condition()
def under_an_interim_care_order(moment: Moment) -> str | None:
    """The child is subject to an interim care order (STK-R33)."""
    return None if moment.story.care.order is not None else "an interim care order"


@named.condition()
def away_with_supervised_contact(moment: Moment) -> str | None:
    """Under the order the child is placed away from home and contact is supervised (STK-R34)."""
    order = moment.story.care.order
    usual = order is not None and order.known.get("placed_away") and order.known.get("supervised_contact")
    return None if usual else "a placement away from home, with supervised contact"


@named.condition()
def part_of_the_looked_after_review(moment: Moment) -> str | None:
    """The review is one meeting with the looked-after review (STK-T07, STK-R08)."""
    joined = moment.meeting is not None and moment.meeting.dual
    return None if joined else "the looked-after review, of which it should be part"


@named.condition()
def dual_process_was_considered(moment: Moment) -> str | None:
    """This review considered whether plan and proceedings are needed together (STK-R33)."""
    return None if _considered(moment) is not None else "whether exceptional circumstances require the dual process"


@named.condition()
def the_reason_to_continue_is_recorded(moment: Moment) -> str | None:
    """It is recorded why, exceptionally, the plan goes on beside the order (STK-R35)."""
    data, considered = moment.event.data, _considered(moment)
    said = isinstance(data, ChildDecisionMade) and data.reasons
    return None if said or (considered and considered.reasons) else "why the plan goes on beside the order"


def _considered(moment: Moment) -> DualProcessConsidered | None:
    told = moment.meeting.last("dual_process_considered") if moment.meeting is not None else None
    return told.data if told is not None and isinstance(told.data, DualProcessConsidered) else None
