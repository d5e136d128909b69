"""The shape of a plan's life: what must be running, or recorded, for a decision to make sense."""

from events.calendars.counting import birthday
from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import BEFORE_PLAN, MAJORITY, REVIEW
from events.catalogue.envelope import Basis

named = Named()
OF_ANY_CONFERENCE = frozenset({"conference_rescheduled", "conference_postponed"})


@named.condition()
def request_is_open(moment: Moment) -> str | None:
    """An initial conference has been asked for and neither held nor withdrawn."""
    return None if moment.story.stage in BEFORE_PLAN else "an open request for an initial conference"


@named.condition()
def not_already_subject(moment: Moment) -> str | None:
    """No plan is running, or only one of which it was told already that this very conference began it."""
    story, plan, event = moment.story, moment.story.plan, moment.event
    if not story.active or plan is None:
        return None
    told_before = plan.begun_by.type == "plan_started" and event.type == "child_decision_made"
    same = plan.begun_by.day == event.day or (plan.conference is not None and plan.conference is moment.meeting)
    return None if told_before and same else "the end of the plan that is running"


@named.condition()
def plan_is_active(moment: Moment) -> str | None:
    """A plan is running."""
    return None if moment.story.active else "a plan that is running"


@named.condition()
def no_plan_is_running(moment: Moment) -> str | None:
    """The child is not subject to a plan."""
    return "no plan" if moment.story.active else None


@named.condition()
def has_reached_18(moment: Moment) -> str | None:
    """The child is 18 on the day of the event; born on 29 February, on 1 March of a common year (E-20)."""
    born = moment.story.child.born
    if born is None:
        return "the child's date of birth"
    return None if birthday(born, MAJORITY) <= moment.event.day else "the child's 18th birthday"


@named.condition()
def it_ends_no_earlier_than_its_review(moment: Moment) -> str | None:
    """The day on which the plan is said to end does not come before the review that decided it (E-58)."""
    on, meeting = getattr(moment.event.data, "effective_on", None), moment.meeting
    held_on = meeting.held_on if meeting is not None else None
    return None if on is None or held_on is None or on >= held_on else f"a day from {held_on.isoformat()} on"


@named.condition()
def death_is_recorded(moment: Moment) -> str | None:
    """The child's death has been told, or the end of the pregnancy."""
    return None if moment.story.child.gone is not None else "a record of the child's death"


@named.condition()
def permanent_departure_is_recorded(moment: Moment) -> str | None:
    """A departure said to be permanent has been told (E-55)."""
    return None if moment.story.child.left_uk is not None else "a record that the child left for good"


@named.condition()
def review_is_booked_in_time(moment: Moment) -> str | None:
    """The date booked for a review is no later than the last day on which one may be held (E-72)."""
    meeting = moment.meeting
    is_review = moment.event.type not in OF_ANY_CONFERENCE or (meeting is not None and meeting.kind == REVIEW)
    booked = getattr(moment.event.data, "date", None) or getattr(moment.event.data, "new_date", None)
    limit = moment.limit("review_conference_held") if is_review else None
    if booked is None or limit is None or booked <= limit:
        return None
    return f"a date no later than {limit.isoformat()}"


@named.condition()
def broke_a_blocking_rule(moment: Moment) -> str | None:
    """The event was told of elsewhere and broke a rule that would have refused it here (E-82); imports aside (E-36)."""
    item = moment.event.item
    told = item.basis is not Basis.HERE and not item.historical_import
    return None if told and moment.story.broken.get(moment.event.key) else "a blocking rule that was broken"


@named.condition()
def never(_: Moment) -> str | None:
    """What no evidence can supply: the procedure does not offer it."""
    return "a procedure that offers it"
