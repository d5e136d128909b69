"""What a duty's start or end may depend on: which conference it was, and whether the plan began with it."""

from datetime import timedelta

from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import INITIAL, RECEIVING_IN, REVIEW
from events.catalogue.assessments import AssessmentKind
from events.catalogue.decisions import ChildDecision, ChildDecisionMade

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
    plan, data = moment.story.plan, moment.event.data
    said = not isinstance(data, ChildDecisionMade) or data.decision is ChildDecision.SUBJECT
    began = said and plan is not None and plan.begun_by.fact == moment.event.fact
    return None if began else "the decision with which the plan began"


@named.condition()
def at_a_conference_that_was_held(moment: Moment) -> str | None:
    """The event is about a conference of this authority that took place.

    A receiving-in conference for a child whose plan was running here before it is the one of another authority.
    """
    meeting, plan = moment.meeting, moment.story.plan
    held_on = meeting.held_on if meeting is not None else None
    elsewhere = plan is not None and held_on is not None and _kind(moment) == RECEIVING_IN and plan.started_on < held_on
    return None if held_on is not None and not elsewhere else "a conference that was held"


@named.condition()
def at_a_review_that_was_held(moment: Moment) -> str | None:
    """The event is about a review that took place (E-13)."""
    held = _kind(moment) == REVIEW and at_a_conference_that_was_held(moment) is None
    return None if held else "a review that was held"


@named.condition()
def the_child_is_unborn(moment: Moment) -> str | None:
    """The child is expected and not yet born."""
    return None if moment.story.child.unborn else "an unborn child"


@named.condition()
def the_child_is_born(moment: Moment) -> str | None:
    """The child is not an unborn one."""
    return "a child who is born" if moment.story.child.unborn else None


@named.condition()
def no_conference_was_held_for_the_unborn(moment: Moment) -> str | None:
    """There has been no initial conference, and the child is not born."""
    held = moment.story.last("initial_conference_held") is not None or moment.story.plan is not None
    return "a child still to be considered" if held or moment.story.child.born is not None else None


@named.condition()
def risk_was_found_and_no_conference_held(moment: Moment) -> str | None:
    """The assessment found the unborn child at risk, and the child was born before the conference (E-18)."""
    story = moment.story
    found = story.last("unborn_risk_identified") is not None
    held = story.last("initial_conference_held") is not None or story.plan is not None
    return None if found and not held else "a birth before the conference that the assessment called for"


@named.condition("prebirth_window_days")
def the_prebirth_window_is_open(moment: Moment) -> str | None:
    """A conference for an unborn child is set for, or held on, a day when the pregnancy is far enough (E-19)."""
    expected = moment.story.child.expected
    data = moment.event.data
    on = getattr(data, "date", None) or getattr(data, "new_date", None) or moment.event.day
    if not moment.story.child.unborn or expected is None:
        return None
    opens = expected - timedelta(days=moment.figure("prebirth_window_days"))
    return None if on >= opens else f"a day from {opens.isoformat()} on, 30 weeks into the pregnancy"


@named.condition()
def the_childs_own_assessment(moment: Moment) -> str | None:
    """It is the child's social work assessment, or one not said to be another."""
    kind = getattr(moment.event.data, "kind", None)
    return None if kind in {None, AssessmentKind.CSWA} else "the child's social work assessment"


@named.condition()
def significant_harm_continues(moment: Moment) -> str | None:
    """The conference thinks that significant harm continues or is likely (E-75)."""
    return None if getattr(moment.event.data, "continuing_sh", None) else "the view that harm continues"


@named.condition("visit_floor_days")
def the_pattern_keeps_the_floor(moment: Moment) -> str | None:
    """Visits are set no further apart than the procedure allows (STF-R16)."""
    floor = moment.figure("visit_floor_days")
    return None if getattr(moment.event.data, "frequency_days", 0) <= floor else f"visits at most {floor} days apart"


@named.condition()
def the_conference_failed_for_the_first_time(moment: Moment) -> str | None:
    """No earlier sitting for this request failed for want of a quorum (E-14)."""
    earlier = [day for day in moment.story.failures if day != moment.event.day]
    return "a sitting that could be held: an earlier one failed too" if earlier else None
