"""The named days that duties are counted from, what may shorten a count, and what tells duties of one start apart."""

from collections.abc import Iterable
from datetime import timedelta

from events.calendars.counting import birthday
from events.case.agencies import agency, is_social_care
from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import MAJORITY, REVIEW, Dated
from events.catalogue.decisions import ChildDecisionMade
from events.catalogue.invitations import ConferenceInvitationsIssued
from events.catalogue.non_cooperation import NonCooperationEndingProposed
from events.catalogue.parts import Action
from events.catalogue.plans import PlanStarted
from events.catalogue.step_down import TacPlanAgreed

named = Named()
UNKNOWN_BIRTH = "the child's date of birth"


@named.anchor
def meeting_date(moment: Moment) -> Dated | str:
    """The day the meeting is to be held, or was."""
    meeting = moment.meeting
    return (meeting.dated if meeting is not None else None) or "the date of the meeting"


@named.anchor
def meeting_date_if_the_age_is_known(moment: Moment) -> Dated | str:
    """The day of the meeting; not to be had for a child whose age on that day nobody can tell (E-81)."""
    return meeting_date(moment) if moment.story.child.dated_birth is not None else UNKNOWN_BIRTH


@named.anchor
def original_meeting_date(moment: Moment) -> Dated | str:
    """The day on which a meeting should have been held, however often it failed or moved since (E-14)."""
    meeting = moment.meeting
    return (meeting.first_failure if meeting is not None else None) or Dated(moment.event.day, moment.event)


@named.anchor
def conference_date(moment: Moment) -> Dated | str:
    """The day of the conference the event is about (E-11), or of the event where there was none."""
    meeting = moment.meeting
    return (meeting.held if meeting is not None else None) or Dated(moment.event.day, moment.event)


@named.anchor
def date_of_birth(moment: Moment) -> Dated | str:
    """The child's date of birth."""
    return moment.story.child.dated_birth or UNKNOWN_BIRTH


@named.anchor
def eighteenth_birthday(moment: Moment) -> Dated | str:
    """The day on which the child turns 18; 1 March for 29 February in a common year (E-20)."""
    birth = moment.story.child.dated_birth
    return Dated(birthday(birth.day, MAJORITY), birth.by) if birth is not None else UNKNOWN_BIRTH


@named.anchor
def expected_date(moment: Moment) -> Dated | str:
    """The expected date of delivery, which is 40 weeks and 0 days (E-19)."""
    return moment.story.child.expecting or "the expected date of delivery"


@named.anchor
def action_date(moment: Moment) -> Dated | str:
    """The date set for an action of the plan."""
    plan = moment.story.plan
    action = plan.actions.get(moment.told_of.get("action", "")) if plan is not None else None
    return (action.due if action is not None else None) or "the date by which the action is to be done"


@named.anchor
def next_visit_by_the_pattern(moment: Moment) -> Dated | str:
    """So many days after the start as the plan's visiting pattern says (STK-T12)."""
    pattern = moment.story.visit_pattern
    if pattern is None:
        return "the visiting pattern"
    return Dated(moment.event.day + timedelta(days=pattern[0]), pattern[1])


@named.anchor
def non_cooperation_review_date(moment: Moment) -> Dated | str:
    """The day of the review that may end the plan for non-co-operation, however often it has moved (E-56)."""
    story, data = moment.story, moment.event.data
    meeting = moment.meeting or next((each for each in story.conferences if each.kind == REVIEW and each.awaited), None)
    planned = data.review_planned if isinstance(data, NonCooperationEndingProposed) else None
    known = meeting.dated if meeting is not None else None
    return known or (Dated(planned, moment.event) if planned is not None else "the date of the review")


@named.anchor
def receiving_authority_notified_on(moment: Moment) -> Dated | str:
    """The day from which the receiving authority has known of the move; when the child moved starts nothing (E-26)."""
    plan, move = moment.story.plan, moment.told_of.get("move")
    for event in moment.story.facts.get("receiving_authority_notified", ()):
        told_of = getattr(event.data, "move", None)
        if (plan is None or event.day >= plan.started_on) and (move is None or told_of in {None, move}):
            return Dated(event.day, event)
    away = moment.story.move_of(moment.event)
    if away is not None and away.receiver_told is not None:
        return away.receiver_told
    return "the day on which the receiving authority was notified of the move"


@named.anchor
def review_to_come(moment: Moment) -> Dated | str:
    """The day of the review before which the start looks: as it was held, or else as it is booked.

    It is the one that the start is about, if that did not decide there, or else the first one after it.
    """
    start, own = moment.event, moment.meeting
    decided = isinstance(start.data, ChildDecisionMade | PlanStarted)
    reviews = (each for each in moment.story.conferences if each.kind == REVIEW and not (decided and each is own))
    coming = (
        each
        for each in reviews
        if each.awaited or each is own or (each.held is not None and each.held.by.order > start.order)
    )
    days = [each.dated for each in coming if each.dated is not None]
    return min(days, key=lambda each: each.day, default=None) or "the date of the next review"


@named.anchor
def team_around_the_child_date(moment: Moment) -> Dated | str:
    """The date that the Team Around The Child plan sets for an action, as it was last agreed (STK-T17)."""
    wanted, found = moment.told_of.get("action"), None
    for event in moment.story.facts.get("tac_plan_agreed", ()):
        for each in (event.data.actions or ()) if isinstance(event.data, TacPlanAgreed) else ():
            if each.action == wanted and each.due_on is not None:
                found = Dated(each.due_on, event)
    return found or "the date by which the action is to be done"


@named.shortener
def visit_pattern(moment: Moment) -> tuple[int, Dated] | None:
    """The number of days between visits that the conference set, if it set one (STF-R16)."""
    pattern = moment.story.visit_pattern
    return (pattern[0], Dated(pattern[1].day, pattern[1])) if pattern is not None else None


@named.listing
def agencies_invited(moment: Moment) -> Iterable[dict[str, str]]:
    """Each agency invited but social care, whose report has a duty of its own (STF-T09)."""
    data = moment.event.data
    invited = data.invitees if isinstance(data, ConferenceInvitationsIssued) else None
    named_so = {agency(each.agency) for each in invited or () if each.agency and not is_social_care(each.agency)}
    return [{"agency": name} for name in sorted(named_so)]


@named.listing
def actions_named(moment: Moment) -> Iterable[dict[str, str]]:
    """Each action of the plan that the event names (STF-T25)."""
    data = moment.event.data
    listed: Iterable[Action] = getattr(data, "individual_actions", None) or getattr(data, "actions", None) or ()
    alone = getattr(data, "action", None)
    return [{"action": name} for name in dict.fromkeys([alone, *(each.action for each in listed)]) if name is not None]


@named.listing
def this_decision(moment: Moment) -> Iterable[dict[str, str]]:
    """The decision itself, which others name by its fact id (E-82)."""
    return [{"fact": str(moment.event.fact)}]
