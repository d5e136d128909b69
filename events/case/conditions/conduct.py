"""How a request, a conference, a core group or a visit is conducted: who leads it, and what is set at its close."""

from datetime import date

from events.case.agencies import role
from events.case.moment import Moment
from events.case.naming import Named
from events.catalogue.core_groups import CoreGroupMeetingHeld
from events.catalogue.envelope import Event
from events.catalogue.preparation import ConferenceChairAssigned
from events.catalogue.requests import InitialConferenceRequestWithdrawn
from events.catalogue.visits import ChildSeen

named = Named()
CHAIR = "chair"
TEAM_MANAGER = frozenset({"team_manager", "tm", "social_work_team_manager", "team_manager_csc"})
PRE_VERBAL = frozenset({"pre_verbal", "non_verbal"})


@named.condition()
def not_withdrawn_by_the_chair(moment: Moment) -> str | None:
    """It is not the chair who turns a request down (STF-R26)."""
    data, decider = moment.event.data, moment.event.item.decided_by
    if not isinstance(data, InitialConferenceRequestWithdrawn):
        return None
    roles = {role(data.by_role), role(data.by.role if data.by else None), role(decider.role if decider else None)}
    by_chair = any(CHAIR in each.split("_") for each in roles)
    return "a withdrawal by whoever asked; the chair cannot refuse" if by_chair else None


@named.condition()
def chair_is_independent(moment: Moment) -> str | None:
    """The chair does not have or manage the case, as somebody said or as its allocation shows (STF-R25)."""
    data, held = moment.event.data, moment.story.allocation
    if not isinstance(data, ConferenceChairAssigned):
        return None
    known = {data.chair.ref, data.chair.role} - {None} if data.chair is not None else set()
    conflicted = data.independent is False or not known.isdisjoint({held.worker, held.manager} - {None})
    return "a chair independent of the management of the case" if conflicted else None


@named.condition()
def another_chair_is_explained(moment: Moment) -> str | None:
    """Where somebody else chairs than before, it is said why (STF-R25)."""
    data = moment.event.data
    unexplained = isinstance(data, ConferenceChairAssigned) and data.same_as_previous is False and not data.reason
    return "why another chair was found" if unexplained else None


def _is_first(moment: Moment) -> bool:
    data, plan = moment.event.data, moment.story.plan
    seq = data.seq if isinstance(data, CoreGroupMeetingHeld) else None
    return seq == 1 if seq is not None else plan is None or not plan.core_groups


@named.condition()
def no_core_group_is_overdue(moment: Moment) -> str | None:
    """The day by which the next core group is due has not passed; once it has, that speaks for itself (STF-T24)."""
    limit = moment.limit("core_group_meeting_held")
    return None if limit is None or moment.event.day <= limit else "a core group that is still in time"


@named.condition()
def the_first_core_group(moment: Moment) -> str | None:
    """It is the first core group of the plan."""
    return None if _is_first(moment) else "the first core group"


@named.condition()
def team_manager_chairs_the_first_only(moment: Moment) -> str | None:
    """The team manager chairs the first core group, and no other (STF-R83)."""
    data = moment.event.data
    if not isinstance(data, CoreGroupMeetingHeld):
        return None
    chair = role(data.chair_role) or role(data.chair.role if data.chair else None)
    first = _is_first(moment)
    if not chair or first == (chair in TEAM_MANAGER):
        return None
    return "the team manager in the chair" if first else "a chair other than the team manager"


@named.condition()
def the_visit_counts(moment: Moment) -> str | None:
    """Seen by the social worker and spoken to; who does not speak, seen and observed; of the unborn, the mother.

    Sources: STF-T20, E-50, E-78.
    """
    data, child = moment.event.data, moment.story.child
    if not isinstance(data, ChildSeen) or not data.by_sw:
        return "a visit by the social worker"
    if data.spoken_to:
        return None
    if child.unborn:
        return None if data.mother_seen else "the mother seen"
    observed = child.verbal in PRE_VERBAL and data.observed
    return None if observed else "a visit at which the child was spoken to"


@named.condition()
def the_child_does_not_speak(moment: Moment) -> str | None:
    """The child is unborn, or recorded as one who does not speak (E-78)."""
    child = moment.story.child
    return None if child.unborn or child.verbal in PRE_VERBAL else "a child who does not speak"


def _told(moment: Moment, *types: str) -> Event | None:
    return moment.meeting.last(*types) if moment.meeting is not None else None


@named.condition()
def close_sets_what_it_must(moment: Moment) -> str | None:
    """Lead, core group, its first date, and the first review are set before an initial conference closes (STF-R63)."""
    if the_decision_makes_the_child_subject(moment) is not None:
        return None
    membership = _told(moment, "core_group_membership_confirmed")
    core_group_on = _set_on(membership, "first_meeting_on") or _booked_core_group(moment)
    review_on = _set_on(_told(moment, "first_review_date_confirmed", "next_review_scheduled"), "date")
    limits = moment.limit("core_group_meeting_held"), moment.limit("review_conference_held")
    wanting = [
        words
        for words, is_set in (
            ("the lead professional", moment.story.lead_professional is not None),
            ("who is in the core group", membership is not None),
            ("the date of the first core group", _in_time(core_group_on, limits[0])),
            ("the date of the first review", _in_time(review_on or _booked_review(moment), limits[1])),
        )
        if not is_set
    ]
    return ", ".join(wanting) or None


def _set_on(event: Event | None, field: str) -> date | None:
    return getattr(event.data, field, None) if event is not None else None


def _booked_core_group(moment: Moment) -> date | None:
    return next((each.scheduled_on for each in moment.story.core_groups if each.awaited and each.scheduled_on), None)


def _booked_review(moment: Moment) -> date | None:
    booked = (each for each in moment.story.conferences if each.awaited and each is not moment.meeting)
    return next((each.scheduled_on for each in booked if each.scheduled_on), None)


def _in_time(day: date | None, limit: date | None) -> bool:
    return day is not None and (limit is None or day <= limit)


@named.condition()
def a_claim_for_criminal_injuries_was_considered(moment: Moment) -> str | None:
    """Whether to claim criminal injuries compensation was considered, where appropriate or not (STF-R63)."""
    considered = _told(moment, "criminal_injuries_claim_considered")
    return None if considered else "whether to claim criminal injuries compensation"


@named.condition()
def who_gets_the_minutes_is_agreed(moment: Moment) -> str | None:
    """The circulation of the minutes is agreed (STF-R63)."""
    return None if _told(moment, "minutes_circulation_agreed") else "who gets the minutes"


@named.condition()
def a_contingency_plan_is_recorded(moment: Moment) -> str | None:
    """What is to be done if a foreseen risk comes about (STF-R17, STF-R64)."""
    outline = _told(moment, "outline_plan_agreed")
    stated = getattr(outline.data, "contingency", None) if outline is not None else None
    return None if stated or _told(moment, "contingency_plan_recorded") else "a contingency plan"


@named.condition()
def an_outline_plan_is_agreed(moment: Moment) -> str | None:
    """The conference agreed an outline plan (STF-R64)."""
    return None if _told(moment, "outline_plan_agreed") else "an outline plan"


@named.condition()
def a_visit_pattern_is_set(moment: Moment) -> str | None:
    """The conference said when and how the child is to be seen (STF-R16)."""
    return None if _told(moment, "visit_pattern_set") else "when and how the child will be seen"


@named.condition()
def the_agenda_was_issued(moment: Moment) -> str | None:
    """Everybody had the agenda (STF-R28)."""
    return None if _told(moment, "agenda_issued") else "the agenda"


@named.condition()
def the_core_group_reported(moment: Moment) -> str | None:
    """The core group gave the review its collective report and recommendation (STF-R89)."""
    return None if _told(moment, "core_group_report_agreed") else "the core group's report"


@named.condition()
def the_decision_makes_the_child_subject(moment: Moment) -> str | None:
    """At this conference the child was made subject to a plan."""
    decided = _told(moment, "child_decision_made")
    made = decided is not None and getattr(decided.data, "decision", None) == "subject"
    return None if made else "a decision that makes the child subject to a plan"
