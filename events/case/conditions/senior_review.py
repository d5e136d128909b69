"""When senior managers look at a plan that makes too little progress, and what lies before them (Calderdale)."""

from collections.abc import Iterable
from datetime import date

from events.calendars.counting import add_months
from events.case.agencies import role
from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import REVIEW, Dated, Meeting
from events.catalogue.envelope import Event
from events.catalogue.looked_after import COUNTS_AS
from events.catalogue.senior_review import (
    CaseReviewHeld,
    CaseReviewScheduled,
    CaseReviewUpdateRecorded,
    CaseReviewUpdateScheduled,
    Progress,
    SingleAssessmentSubmitted,
)

named = Named()
TOO_LITTLE = frozenset({Progress.INSUFFICIENT, Progress.NONE})


def _counts(review: Meeting) -> bool:
    """Whether a review was held: one that could not be does not count (E-29)."""
    return (
        review.held is not None
        and review.told_on_its_day
        and (review.failed_on is None or review.failed_on < review.held.day)
    )


def reviews_so_far(moment: Moment) -> int:
    """How many reviews of the plan were held by this one, itself included; the initial conference is none (E-29)."""
    plan, meeting = moment.story.plan, moment.meeting
    held = [each for each in plan.reviews if _counts(each)] if plan is not None else []
    before = plan.reviews_before if plan is not None else 0
    if moment.event.undated is not None:
        return before if moment.event.day == _taken_on(moment) else 1
    holds_one = COUNTS_AS.get(moment.event.type, moment.event.type) == "review_conference_held"
    if not holds_one and (meeting is None or meeting.kind != REVIEW):
        return before + len(held)
    day = (meeting.held_on if meeting is not None else None) or moment.event.day
    return before + 1 + sum(each is not meeting and each.held_on is not None and each.held_on < day for each in held)


def _taken_on(moment: Moment) -> date | None:
    """The day on which a last review stands whose own day nobody knows; the first stands before it (E-83)."""
    return moment.story.reviews_counted[0] if moment.story.reviews_counted is not None else None


@named.condition("senior_review_from")
def the_third_review_or_later(moment: Moment) -> str | None:
    """So many reviews of this plan were held, with this one, that senior managers look at it (CAL-T01, CAL-T03)."""
    wanted = moment.figure("senior_review_from")
    return None if reviews_so_far(moment) >= wanted else f"review number {wanted} or a later one"


@named.condition()
def the_plan_did_not_end_at_this_review(moment: Moment) -> str | None:
    """The review did not end the plan: where it did, senior managers have nothing to look at (CAL-T03, CAL-T06)."""
    ended = moment.meeting is not None and moment.meeting.last("plan_ended") is not None
    return "a plan that goes on" if ended else None


@named.condition("senior_review_from", "third_review_months")
def the_third_review_was_held_by_now(moment: Moment) -> str | None:
    """No more months than it takes to the third review passed before there was one (CAL-T10, E-29)."""
    plan, wanted = moment.story.plan, moment.figure("senior_review_from")
    if plan is None or reviews_so_far(moment) > wanted:
        return None
    limit = add_months(plan.started_on, moment.figure("third_review_months"))
    return f"review number {wanted}, held by {limit}" if moment.event.day > limit else None


@named.condition("early_invocation_after")
def enough_reviews_for_an_early_start(moment: Moment) -> str | None:
    """The second review was held: an early senior review may be proposed from then on (CAL-T02)."""
    wanted = moment.figure("early_invocation_after")
    return None if reviews_so_far(moment) >= wanted else f"review number {wanted}, held"


@named.condition()
def progress_is_too_small(moment: Moment) -> str | None:
    """The review found insufficient progress, or none (CAL-R03)."""
    told = moment.meeting.last("progress_assessed_at_review") if moment.meeting is not None else None
    found = getattr(told.data if told is not None else moment.event.data, "progress", None)
    return None if found in TOO_LITTLE else "a finding of too little progress"


@named.condition()
def a_senior_review_was_announced(moment: Moment) -> str | None:
    """The chair told those at the review that a senior manager will look at the case (CAL-R03)."""
    told = moment.meeting is not None and moment.meeting.last("senior_review_announced") is not None
    return None if told else "the chair's word that a senior manager will review the case"


@named.condition()
def a_rationale_was_proposed(moment: Moment) -> str | None:
    """The chair's proposal with its rationale came first (CAL-R05)."""
    told = moment.story.last("senior_review_early_invocation_proposed")
    return (
        None if told is not None and getattr(told.data, "rationale", None) else "the chair's proposal and its rationale"
    )


@named.condition()
def both_managers_endorse_it(moment: Moment) -> str | None:
    """Team manager and service manager both endorsed the early start (CAL-R05)."""
    names = {"team_manager": "team manager", "service_manager": "service manager, safeguarding and quality assurance"}
    wanting = [words for field, words in names.items() if getattr(moment.event.data, field, None) is None]
    return f"the endorsement of the {' and the '.join(wanting)}" if wanting else None


def _sits_on(moment: Moment) -> date | None:
    """The day of the case review the event is about, or of the last one set."""
    data = moment.event.data
    if isinstance(data, CaseReviewHeld):
        return moment.event.day
    if isinstance(data, CaseReviewScheduled):
        return data.date
    booked = moment.story.last("case_review_scheduled")
    return booked.data.date if booked is not None and isinstance(booked.data, CaseReviewScheduled) else None


def _recent(moment: Moment, completed_on: date) -> bool:
    day = _sits_on(moment)
    oldest = add_months(day, -moment.figure("single_assessment_months")) if day is not None else None
    return oldest is None or completed_on >= oldest


@named.condition("single_assessment_months")
def the_assessment_is_recent_enough(moment: Moment) -> str | None:
    """The single assessment submitted was completed no longer before the case review than it may be (CAL-T04, E-31)."""
    data = moment.event.data
    recent = isinstance(data, SingleAssessmentSubmitted) and _recent(moment, data.completed_on)
    return None if recent else "a single assessment completed more recently"


@named.condition("single_assessment_months")
def a_recent_assessment_was_submitted(moment: Moment) -> str | None:
    """A single assessment young enough lies before the case review (CAL-R09, E-31)."""
    told = (each.data for each in moment.story.facts.get("single_assessment_submitted", ()))
    found = any(isinstance(each, SingleAssessmentSubmitted) and _recent(moment, each.completed_on) for each in told)
    months = moment.figure("single_assessment_months")
    return None if found else f"a single assessment completed within {months} months before the case review"


EXPECTED = {
    "social worker": frozenset({"social_worker", "allocated_social_worker", "sw"}),
    "practice supervisor": frozenset({"practice_supervisor"}),
    "team manager": frozenset({"team_manager", "tm", "social_work_team_manager"}),
}


@named.condition()
def those_expected_came(moment: Moment) -> str | None:
    """Social worker, practice supervisor and team manager were at the case review (CAL-R08)."""
    data = moment.event.data
    seats = (data.attendees or ()) if isinstance(data, CaseReviewHeld) else ()
    there = {role(each.role) for each in seats}
    wanting = [name for name, roles in EXPECTED.items() if not roles & there]
    return f"the {', the '.join(wanting)}" if wanting else None


@named.condition()
def no_review_point_is_set(moment: Moment) -> str | None:
    """The case review did not itself say when it is looked at again (CAL-T07)."""
    data = moment.event.data
    return "a case review without a review point" if getattr(data, "review_point_on", None) else None


@named.condition()
def a_review_point_is_set(moment: Moment) -> str | None:
    """The case review says when it is looked at again (CAL-R11)."""
    return None if no_review_point_is_set(moment) is not None else "the day on which the actions are looked at again"


@named.condition()
def progress_is_delayed(moment: Moment) -> str | None:
    """The update found insufficient progress, or none (CAL-R12)."""
    data = moment.event.data
    delayed = isinstance(data, CaseReviewUpdateRecorded) and data.progress in TOO_LITTLE
    return None if delayed else "an update that found delay"


@named.condition()
def delay_was_raised_before(moment: Moment) -> str | None:
    """The service manager for child protection was asked before, so this is drift that goes on (CAL-T08)."""
    raised = moment.story.last("delay_raised_with_service_manager")
    earlier = raised is not None and raised.order < moment.event.order
    return None if earlier else "delay that was raised before"


@named.condition("outer_limit_months")
def the_outer_limit_has_passed(moment: Moment) -> str | None:
    """The child has been on the plan for longer than two years (CAL-R02, E-32)."""
    plan = moment.story.plan
    limit = add_months(plan.since, moment.figure("outer_limit_months")) if plan is not None else None
    return None if limit is not None and moment.event.day > limit else "a plan past its outer limit"


@named.condition()
def a_robust_rationale_is_recorded(moment: Moment) -> str | None:
    """Why the plan goes on past its outer limit is recorded (CAL-R02)."""
    plan, told = moment.story.plan, moment.story.last("robust_rationale_recorded")
    said = told is not None and bool(getattr(told.data, "reasons", None))
    return (
        None if said and plan is not None and told is not None and told.day >= plan.started_on else "a robust rationale"
    )


@named.anchor
def plan_start(moment: Moment) -> Dated | str:
    """The day the plan that is running began, with another authority if it was there before (E-32)."""
    plan = moment.story.plan
    return Dated(plan.since, plan.begun_by) if plan is not None else "the day the plan began"


@named.condition()
def not_of_an_earlier_day_in_the_diary(moment: Moment) -> str | None:
    """The update is not one that the diary has for a day before the review point that was set last (CAL-T07)."""
    update, held = getattr(moment.event.data, "update", None), moment.story.last("case_review_held")
    point = getattr(held.data, "review_point_on", None) if held is not None else None
    diary = (each.data for each in moment.story.facts.get("case_review_update_scheduled", ()))
    days = [each.due_on for each in diary if isinstance(each, CaseReviewUpdateScheduled) and each.update == update]
    earlier = update is not None and point is not None and any(day < point for day in days)
    return "an update at the review point" if earlier else None


def _dated_actions(event: Event) -> dict[str, date]:
    """The actions that a case review agreed and gave a date, by their ids."""
    agreed = event.data.agreed_actions if isinstance(event.data, CaseReviewHeld) else None
    return {each.action: each.due_on for each in agreed or () if each.action is not None and each.due_on is not None}


@named.listing
def actions_agreed_with_a_date(moment: Moment) -> Iterable[dict[str, str]]:
    """Each action that the case review agreed, by its id, where it has a date (CAL-T07)."""
    return [{"action": action} for action in _dated_actions(moment.event)]


@named.anchor
def case_review_action_date(moment: Moment) -> Dated | str:
    """The day by which an action of the case review is to be done (CAL-T07)."""
    day = _dated_actions(moment.event).get(moment.told_of.get("action", ""))
    return Dated(day, moment.event) if day is not None else "the date by which the action is to be done"
