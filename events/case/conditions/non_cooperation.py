"""Ending for non-co-operation: the six things evidenced before the review decides (STK 8.7.7 b)."""

from collections.abc import Iterable
from datetime import date

from events.case.agencies import SOCIAL_CARE, agency, is_professional
from events.case.conditions.direct_contact import in_contact
from events.case.conditions.ending import deciding_review
from events.case.conditions.quorum import attendance
from events.case.letters import DECISION, WARNING, attempt, is_letter
from events.case.moment import Moment
from events.case.naming import Named
from events.catalogue.endings import Ground, PlanEnded
from events.catalogue.envelope import Event
from events.catalogue.leadership import CoreGroupMembershipConfirmed
from events.catalogue.non_cooperation import (
    ChildSeenAndViewsObtained,
    CooperationAvenuesExplored,
    LegalAdviceMinuted,
)
from events.catalogue.visits import ChildSeen

named = Named()
LEGAL_POWERS = ("legal_powers_considered", "court_proceedings_considered", "legal_gateway_held")
SIX = (
    *("legal_powers_considered", "legal_advice_given_at_review", "cooperation_avenues_explored"),
    *("child_seen_and_views_obtained", "risk_management_belief_recorded"),
)
"""The types that evidence them, the letter apart."""


def _told(moment: Moment, *types: str) -> list[Event]:
    """What was told of these types since the plan began, by the day of the decision."""
    plan = moment.story.plan
    found = (event for name in types for event in moment.story.facts.get(name, ()))
    return [event for event in found if plan is None or event.day >= plan.started_on]


@named.condition()
def more_than_non_cooperation(moment: Moment) -> str | None:
    """Something beside the non-co-operation itself speaks for ending: a reason, or any of the six (STK-R42)."""
    data = moment.event.data
    reasoned = isinstance(data, PlanEnded) and data.reasons is not None
    return None if reasoned or _told(moment, *SIX) else "a reason beside the non-co-operation itself"


@named.condition()
def legal_powers_were_considered(moment: Moment) -> str | None:
    """Seeking legal powers to protect the child was considered (STK-R43)."""
    return None if _told(moment, *LEGAL_POWERS) else "that seeking legal powers was considered"


@named.condition()
def legal_advice_was_given_at_the_review(moment: Moment) -> str | None:
    """Legal advice on the grounds for proceedings was given at this very review (STK-R44)."""
    meeting = moment.meeting
    told = meeting is not None and any(
        event.type == "legal_advice_given_at_review" or getattr(event.data, "at_review", None)
        for event in meeting.of("legal_advice_given_at_review", "legal_advice_given")
    )
    return None if told else "legal advice, given at this review, on whether the grounds for proceedings are met"


@named.condition()
def every_agency_explored_co_operation(moment: Moment) -> str | None:
    """All agencies of the core group, or else at the review, explored every avenue for co-operation (STK-R45)."""
    explored = {agency(name) for event in _told(moment, "cooperation_avenues_explored") for name in _agencies(event)}
    if not explored:
        return "that every avenue for gaining co-operation was explored by all agencies"
    wanting = sorted(_involved(moment) - explored)
    return f"that every avenue was explored by {', '.join(wanting)}" if wanting else None


def _agencies(event: Event) -> Iterable[str]:
    data = event.data
    if not isinstance(data, CooperationAvenuesExplored):
        return ()
    return (*([data.agency] if data.agency else []), *(data.agencies or ()))


def _involved(moment: Moment) -> set[str]:
    """The agencies of the core group; where nobody said who is in it, those at the review in contact with the child."""
    confirmed = moment.story.last("core_group_membership_confirmed")
    data = confirmed.data if confirmed is not None else None
    members = (data.members if isinstance(data, CoreGroupMembershipConfirmed) else None) or ()
    core_group = {agency(each.agency) for each in members if each.agency and is_professional(each.role)}
    if core_group:
        return core_group
    here = {SOCIAL_CARE} if attendance(moment) is not None else set()
    return here | {name.split("/")[0] for name in in_contact(moment)}


@named.condition()
def the_child_was_seen_and_heard(moment: Moment) -> str | None:
    """The child was seen, and their views obtained where that is appropriate (STK-R46)."""
    since = attempt(moment.story)
    told = [event.data for event in _told(moment, "child_seen_and_views_obtained")]
    heard = any(isinstance(data, ChildSeenAndViewsObtained) and _heard(data) for data in told)
    visits = [event.data for event in since.of(moment.story, "child_seen")]
    if heard or any(isinstance(data, ChildSeen) and data.spoken_to and data.views for data in visits):
        return None
    return "the child's views, or why it is not appropriate to obtain them" if told else "that the child has been seen"


def _heard(data: ChildSeenAndViewsObtained) -> bool:
    return bool(data.views or data.not_appropriate_reason)


@named.condition()
def the_childs_views_are_there(moment: Moment) -> str | None:
    """This very visit obtained the child's views, or says why that is not appropriate (STK-T21)."""
    data = moment.event.data
    said = isinstance(data, ChildSeenAndViewsObtained) and _heard(data)
    visited = isinstance(data, ChildSeen) and bool(data.spoken_to and data.views)
    return None if said or visited else "the child's views"


@named.condition()
def risk_is_believed_to_be_managed_outside(moment: Moment) -> str | None:
    """It is recorded why risk is as likely to be managed outside the formal system (STK-R48)."""
    return None if _told(moment, "risk_management_belief_recorded") else "the belief, with its reasons"


@named.condition("noncoop_letter_working_days")
def the_warning_letter_was_delivered_in_time(moment: Moment) -> str | None:
    """Each relevant parent had the letter so many working days before this review, as finally dated (STK-R47, E-56)."""
    review = deciding_review(moment)
    held_on = (review.held_on if review is not None else None) or moment.event.day
    last, _ = moment.calendar.count(held_on, -moment.figure("noncoop_letter_working_days"))
    return _late(attempt(moment.story).delivered(moment.story), last)


def _late(days: list[date | None], last: date) -> str | None:
    delivered = [day for day in days if day is not None]
    by = f"delivered to each relevant parent by {last.isoformat()}"
    if not delivered or None in days:
        return f"a warning letter of this attempt {by}"
    latest = max(delivered)
    return f"a warning letter {by}; the last was delivered on {latest.isoformat()}" if latest > last else None


@named.condition()
def it_is_the_warning_letter(moment: Moment) -> str | None:
    """What was delivered as a notice is the letter on the proposal (STK-R47)."""
    return None if is_letter(moment.event, WARNING) else "the letter on the proposal to end the plan"


@named.condition()
def it_is_the_decision_letter(moment: Moment) -> str | None:
    """What was delivered as a notice is the letter on the decision (STK-R51)."""
    return None if is_letter(moment.event, DECISION) else "the letter on the decision to end the plan"


@named.condition()
def this_review_ended_it_for_non_co_operation(moment: Moment) -> str | None:
    """At this conference the plan ended for non-co-operation."""
    ended = moment.meeting.last("plan_ended") if moment.meeting is not None else None
    so = ended is not None and isinstance(ended.data, PlanEnded) and ended.data.ground is Ground.NON_COOPERATION
    return None if so else "an ending for non-co-operation"


@named.condition()
def the_legal_advice_is_minuted(moment: Moment) -> str | None:
    """The minutes hold the advice, any decision not to start proceedings, and the reasons (STK-R49)."""
    told = moment.meeting.last("legal_advice_minuted") if moment.meeting is not None else None
    data = told.data if told is not None else None
    if not isinstance(data, LegalAdviceMinuted):
        return "minutes that hold the legal advice, any decision not to start proceedings, and the reasons"
    reasoned = data.no_proceedings_decision is False or data.reasons
    parts = (("the legal advice", data.advice), ("the reasons for not starting proceedings", reasoned))
    return " and ".join(words for words, said in parts if not said) or None
