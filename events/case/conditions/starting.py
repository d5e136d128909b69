"""What a duty's start or end may depend on: which conference it was, and whether the plan began with it."""

from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import INITIAL, REVIEW

named = Named()


def _kind(moment: Moment) -> str | None:
    return moment.meeting.kind if moment.meeting is not None else None


@named.condition()
def for_an_initial_conference(moment: Moment) -> str | None:
    """The event is about an initial conference."""
    return None if _kind(moment) == INITIAL else "an initial conference"


@named.condition()
def for_a_review_conference(moment: Moment) -> str | None:
    """The event is about a review."""
    return None if _kind(moment) == REVIEW else "a review conference"


@named.condition()
def the_plan_began_with_this(moment: Moment) -> str | None:
    """The event made the child subject to the plan that is running."""
    plan = moment.story.plan
    began = plan is not None and plan.decision == moment.event.fact
    return None if began else "the decision with which the plan began"


@named.condition()
def at_a_review_that_was_held(moment: Moment) -> str | None:
    """The event is about a review that took place (E-13)."""
    meeting = moment.meeting
    held = meeting is not None and meeting.kind == REVIEW and meeting.held_on is not None
    return None if held else "a review that was held"


@named.condition()
def a_plan_is_running_and_the_birthday_is_known(moment: Moment) -> str | None:
    """There is a plan, and a date of birth to count 18 years from."""
    if moment.story.active and moment.story.child.born is not None:
        return None
    return "a plan that is running, and the child's date of birth"


@named.condition()
def risk_was_found_and_no_conference_held(moment: Moment) -> str | None:
    """The assessment found the unborn child at risk, and the child was born before the conference (E-18)."""
    story = moment.story
    found = story.last("unborn_risk_identified") is not None
    held = story.last("initial_conference_held") is not None
    return None if found and not held else "a birth before the conference that the assessment called for"


@named.condition()
def significant_harm_continues(moment: Moment) -> str | None:
    """The review thinks that significant harm continues or is likely (E-75)."""
    return None if getattr(moment.event.data, "continuing_sh", None) else "the review's view that harm continues"


@named.condition("visit_floor_days")
def the_pattern_keeps_the_floor(moment: Moment) -> str | None:
    """Visits are set no further apart than the procedure allows (STF-R16)."""
    floor = moment.figure("visit_floor_days")
    return None if getattr(moment.event.data, "frequency_days", 0) <= floor else f"visits at most {floor} days apart"
