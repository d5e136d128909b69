"""The shape of a plan's life: what must be running, or recorded, for a decision to make sense."""

from events.calendars.counting import birthday
from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import BEFORE_PLAN, REVIEW

named = Named()
MAJORITY = 18
"""The age at which a plan ends, in years (STF-T38, STK-T14, SEF-T04)."""


@named.condition()
def request_is_open(moment: Moment) -> str | None:
    """An initial conference has been asked for and neither held nor withdrawn."""
    return None if moment.story.stage in BEFORE_PLAN else "an open request for an initial conference"


@named.condition()
def not_already_subject(moment: Moment) -> str | None:
    """No plan is running."""
    return "the end of the plan that is running" if moment.story.active else None


@named.condition()
def plan_is_active(moment: Moment) -> str | None:
    """A plan is running."""
    return None if moment.story.active else "a plan that is running"


@named.condition()
def has_reached_18(moment: Moment) -> str | None:
    """The child is 18 on the day of the event; born on 29 February, on 1 March of a common year (E-20)."""
    born = moment.story.child.born
    if born is None:
        return "the child's date of birth"
    return None if birthday(born, MAJORITY) <= moment.event.day else "the child's 18th birthday"


@named.condition()
def death_is_recorded(moment: Moment) -> str | None:
    """The child's death has been told."""
    return None if moment.story.child.died is not None else "a record of the child's death"


@named.condition()
def permanent_departure_is_recorded(moment: Moment) -> str | None:
    """A departure said to be permanent has been told (E-55)."""
    return None if moment.story.child.left_uk is not None else "a record that the child left for good"


@named.condition()
def review_is_booked_in_time(moment: Moment) -> str | None:
    """The date booked for a review is no later than the last day on which one may be held (E-72)."""
    meeting = moment.meeting
    is_review = moment.event.type != "conference_rescheduled" or (meeting is not None and meeting.kind == REVIEW)
    booked = getattr(moment.event.data, "date", None) or getattr(moment.event.data, "new_date", None)
    limit = moment.limit("review_conference_held") if is_review else None
    if booked is None or limit is None or booked <= limit:
        return None
    return f"a date no later than {limit.isoformat()}"


@named.condition()
def broke_a_blocking_rule(moment: Moment) -> str | None:
    """The event broke a rule that would have refused it here (E-82)."""
    return None if moment.story.broken.get(moment.event.fact) else "a blocking rule that was broken"


@named.condition()
def never(_: Moment) -> str | None:
    """What no evidence can supply: the procedure does not offer it."""
    return "a procedure that offers it"
