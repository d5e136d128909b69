"""When a plan may end, ground by ground."""

from events.calendars.counting import add_months, birthday
from events.case.moment import Moment
from events.case.naming import Named
from events.case.responsibility import conference_on
from events.case.story import CORE_GROUP, LOOKED_AFTER, MAJORITY, RECEIVING_IN, REVIEW, Meeting, Plan
from events.case.tellings.conference import reviews_that_decided
from events.catalogue.endings import PlanEnded
from events.catalogue.parts import Category

named = Named()


def deciding_review(moment: Moment) -> Meeting | None:
    """The review at which the event was decided: the one it is about, if that was held."""
    meeting = moment.meeting
    held = meeting is not None and meeting.kind == REVIEW and meeting.held is not None
    return meeting if held else None


@named.condition()
def a_review_decides(moment: Moment) -> str | None:
    """It was decided at a review conference that was held (STF-R65)."""
    return None if deciding_review(moment) is not None else "a review conference that was held and decided it"


@named.condition()
def a_conference_decides(moment: Moment) -> str | None:
    """It was not decided at a core group, or at a looked-after review that was no conference (STF-R65)."""
    meeting = moment.meeting
    elsewhere = meeting is not None and meeting.kind in {CORE_GROUP, LOOKED_AFTER}
    return "a child protection conference" if elsewhere else None


@named.condition()
def it_is_not_judged_that_the_risk_goes_on(moment: Moment) -> str | None:
    """Whoever decided does not say in one breath that the child is still at risk of significant harm (STK-R26)."""
    at_risk = getattr(moment.event.data, "continuing_sh", None)
    return "the judgement that the child is no longer at continuing risk of significant harm" if at_risk else None


@named.condition()
def open_actions_have_a_rationale(moment: Moment) -> str | None:
    """Every action of the plan is done, or it is said why not (STF-R67)."""
    plan = moment.story.plan
    actions = plan.actions.values() if plan is not None else ()
    wanting = [each.id for each in actions if each.settled_on is None and not each.rationale]
    return f"completion, or a reason, for {len(wanting)} of the plan's actions" if wanting else None


@named.condition()
def receiving_in_conference_was_held(moment: Moment) -> str | None:
    """The receiving authority has held its conference (STF-R69, STF-R112)."""
    plan = moment.story.plan
    started = plan.started_on if plan is not None else moment.event.day
    for each in moment.story.conferences:
        ours = plan is not None and each is plan.conference
        if each.kind == RECEIVING_IN and not ours and each.held_on is not None and each.held_on >= started:
            return None
    reported = (conference_on(each) for each in moment.story.moves if not each.inward)
    if any(day is not None and day >= started for day in reported):
        return None
    return "a receiving-in conference that was held"


@named.condition("review_before_18_months")
def a_review_preceded_the_birthday(moment: Moment) -> str | None:
    """A review was held before the 18th birthday, within the months in which the last one may lie (STF-R71)."""
    born, plan = moment.story.child.born, moment.story.plan
    if born is None or plan is None:
        return "the child's date of birth"
    turns = birthday(born, MAJORITY)
    earliest = add_months(turns, -moment.figure("review_before_18_months"))
    if any(each.held_on is not None and earliest <= each.held_on < turns for each in plan.reviews):
        return None
    return "a review held before the 18th birthday"


@named.condition("review_before_18_months")
def review_is_the_last_before_18(moment: Moment) -> str | None:
    """The review is close enough before the 18th birthday to be the one that looks to it (STF-T37)."""
    born = moment.story.child.born
    if born is None:
        return "the child's date of birth"
    turns = birthday(born, MAJORITY)
    earliest = add_months(turns, -moment.figure("review_before_18_months"))
    return None if earliest <= moment.event.day < turns else "a review nearer to the 18th birthday"


@named.condition()
def not_neglect_at_the_first_review(moment: Moment) -> str | None:
    """Not neglect, or not the first review, or the child has left the household it arose in (STF-R74, STF-R75, E-33).

    The category that counts is the one in force when the review opened; an early first review is still the first.
    """
    plan, review = moment.story.plan, deciding_review(moment)
    if plan is None:
        return None
    opened = review is not None and review.opened
    category = review.category_when_opened if review is not None and opened else plan.category
    earlier = review.reviews_before if review is not None and opened else reviews_that_decided(plan)
    exempt = earlier > 0 or _reviewed_before_it_came(plan, moment) or _left_the_household(moment)
    if category != Category.NEGLECT.value or exempt:
        return None
    return "a second review, or that the child has left the household"


def _reviewed_before_it_came(plan: Plan, moment: Moment) -> bool:
    """After a receiving-in conference: whether the papers show a review by the originating authority (E-33)."""
    conference = plan.conference
    if conference is None or conference.kind != RECEIVING_IN:
        return False
    came_with = (each for each in moment.story.moves if each.confers_at(conference))
    return any(each.earlier_review_on is not None for each in came_with)


def _left_the_household(moment: Moment) -> bool:
    data, plan = moment.event.data, moment.story.plan
    since = moment.story.child.left_concern_household
    if since is not None and plan is not None and since >= plan.started_on:
        return True
    return isinstance(data, PlanEnded) and bool(data.neglect_exception) and bool(data.evidence)
