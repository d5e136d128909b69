"""What a review that keeps a plan sets, and what the plan revised after it holds (STK 8.1.3, 8.6)."""

from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import REVIEW
from events.catalogue.decisions import CategoryChanged, ChildDecision, ChildDecisionMade
from events.catalogue.plans import PlanContent, PlanRevised

named = Named()


@named.condition()
def the_review_keeps_the_plan(moment: Moment) -> str | None:
    """The decision is a review's, and the plan goes on (STK-T10)."""
    data, meeting = moment.event.data, moment.meeting
    kept = isinstance(data, ChildDecisionMade) and data.decision is ChildDecision.CONTINUE
    return None if kept and (meeting is None or meeting.kind == REVIEW) else "a review that keeps the plan"


@named.condition()
def this_review_kept_the_plan(moment: Moment) -> str | None:
    """At this review it was decided that the plan goes on."""
    decided = moment.meeting.last("child_decision_made") if moment.meeting is not None else None
    kept = decided is not None and the_review_keeps_the_plan(moment.about(decided)) is None
    return None if kept else "a review that kept the plan"


@named.condition()
def changes_and_outcomes_are_set(moment: Moment) -> str | None:
    """The review set actions with dates, and outcomes: in an outline agreed, or in actions added, there (STK-R03)."""
    told = [
        event.data for event in (moment.meeting.of("outline_plan_agreed", "plan_revised") if moment.meeting else ())
    ]
    plans = [each for each in told if isinstance(each, PlanContent)]
    wanting = [
        words
        for words, said in (
            ("actions with their dates", any(action.due_on for each in plans for action in each.actions or ())),
            ("the outcomes desired", any(each.outcomes for each in plans)),
        )
        if not said
    ]
    return " and ".join(wanting) or None


@named.condition()
def the_old_category_is_known(moment: Moment) -> str | None:
    """What the category was before (STK-R05)."""
    data, plan = moment.event.data, moment.story.plan
    known = (isinstance(data, CategoryChanged) and data.old) or (plan is not None and plan.category)
    return None if known else "the category before"


@named.condition()
def the_plan_was_revised_since_the_last_review(moment: Moment) -> str | None:
    """Where a review before this one kept the plan, the plan was revised after it (STK-R24)."""
    kept = [
        event
        for event in moment.story.facts.get("child_decision_made", ())
        if the_review_keeps_the_plan(moment.about(event)) is None and event.day < moment.event.day
    ]
    revised = moment.story.last("plan_revised")
    if not kept or (revised is not None and revised.day >= kept[-1].day):
        return None
    return "the plan, revised after the last review"


@named.condition()
def follows_a_review(moment: Moment) -> str | None:
    """The plan is revised because a review kept it, or nobody said why (STK-R23)."""
    data = moment.event.data
    said_not = isinstance(data, PlanRevised) and data.following_review is False
    return "a revision that follows a review" if said_not else None


def _revision(moment: Moment) -> PlanRevised | None:
    return moment.event.data if isinstance(moment.event.data, PlanRevised) else None


@named.condition()
def needs_and_risks_are_summed_up(moment: Moment) -> str | None:
    """The plan sums up the needs and risks that were assessed (STK-R23)."""
    plan = _revision(moment)
    return None if plan is None or plan.needs else "a summary of assessed needs and risks"


@named.condition()
def changes_have_timescales(moment: Moment) -> str | None:
    """The plan lists the changes required, short and long term, with their dates (STK-R23)."""
    plan = _revision(moment)
    if plan is None or (plan.actions and all(each.due_on for each in plan.actions)):
        return None
    return "the changes required, with their timescales"


@named.condition()
def expectations_are_clear(moment: Moment) -> str | None:
    """The plan says what is expected of parents and core group, and who does what (STK-R23)."""
    plan = _revision(moment)
    return None if plan is None or plan.expectations else "what is expected of parents, carers and core group"


@named.condition()
def failing_is_provided_for(moment: Moment) -> str | None:
    """The plan says what is done if it does not work (STK-R23)."""
    plan = _revision(moment)
    return None if plan is None or plan.if_failing or plan.contingency else "what is done if the plan does not work"


@named.condition()
def liaison_and_visits_are_agreed(moment: Moment) -> str | None:
    """The plan says how agencies keep in touch and how the family is visited (STK-R23)."""
    plan = _revision(moment)
    visits = plan is not None and (plan.visiting or moment.story.visit_pattern is not None)
    return None if plan is None or (plan.liaison and visits) else "liaison between agencies, and the visiting pattern"


@named.condition()
def a_visit_pattern_is_known(moment: Moment) -> str | None:
    """A visiting pattern has been set (STK-T12)."""
    return None if moment.story.visit_pattern is not None else "a visiting pattern"
