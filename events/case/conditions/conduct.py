"""How a conference or core group is prepared and conducted: who chairs, who is invited, what is set at its close."""

from datetime import date

from events.calendars.counting import birthday
from events.case.moment import Moment
from events.case.naming import Named
from events.catalogue.core_groups import CoreGroupMeetingHeld
from events.catalogue.envelope import Data
from events.catalogue.invitations import ConferenceInvitationsIssued, ObserverPermissionDecided
from events.catalogue.preparation import ConferenceChairAssigned
from events.catalogue.requests import InitialConferenceRequestWithdrawn

named = Named()
CHAIR = "chair"
TEAM_MANAGER = "team_manager"
PRE_VERBAL = frozenset({"pre_verbal", "non_verbal"})


@named.condition()
def not_withdrawn_by_the_chair(moment: Moment) -> str | None:
    """It is not the chair who turns a request down (STF-R26)."""
    data = moment.event.data
    by_chair = isinstance(data, InitialConferenceRequestWithdrawn) and CHAIR in (data.by_role or "")
    return "a withdrawal by whoever asked; the chair cannot refuse" if by_chair else None


@named.condition()
def chair_is_independent(moment: Moment) -> str | None:
    """The chair has no operational or line management of the case (STF-R25)."""
    data = moment.event.data
    conflicted = isinstance(data, ConferenceChairAssigned) and data.independent is False
    return "a chair independent of the management of the case" if conflicted else None


@named.condition()
def team_manager_chairs_the_first_only(moment: Moment) -> str | None:
    """The team manager chairs the first core group, and no other (STF-R83)."""
    data, plan = moment.event.data, moment.story.plan
    if not isinstance(data, CoreGroupMeetingHeld) or data.chair_role is None:
        return None
    first = data.seq == 1 if data.seq is not None else plan is None or not plan.core_groups
    by_manager = data.chair_role == TEAM_MANAGER
    if first == by_manager:
        return None
    return "the team manager in the chair" if first else "a chair other than the team manager"


def _older_than(moment: Moment, years: int) -> bool | None:
    """Older than so many years on the conference date: from the day after that birthday (E-21). None: not known."""
    born = moment.story.child.born
    meeting = moment.meeting
    on: date | None = meeting.day if meeting is not None else None
    if born is None:
        return None
    return birthday(born, years) < (on or moment.event.day)


@named.condition("invite_over")
def child_is_old_enough_to_be_invited(moment: Moment) -> str | None:
    """Older than the age from which a child is invited, on the conference date (STF-R05)."""
    return None if _older_than(moment, moment.figure("invite_over")) else "a child of that age"


@named.condition("advocacy_over")
def child_is_old_enough_for_advocacy(moment: Moment) -> str | None:
    """Older than the age from which a child is told of advocacy, on the conference date (STF-R06)."""
    return None if _older_than(moment, moment.figure("advocacy_over")) else "a child of that age"


@named.condition()
def the_child_is_among_the_invitees(moment: Moment) -> str | None:
    """The invitations include the child."""
    return None if _invites_the_child(moment.event.data) else "the child among those invited"


def _invites_the_child(data: Data) -> bool:
    return isinstance(data, ConferenceInvitationsIssued) and any(each.role == "child" for each in data.invitees or ())


@named.condition()
def the_child_was_invited_or_it_was_agreed_not_to(moment: Moment) -> str | None:
    """The child was among those invited, or social worker and chair decided beforehand (STF-R05)."""
    meeting = moment.meeting
    if meeting is None or meeting.last("child_invitation_decided") is not None:
        return None
    invitations = meeting.of("conference_invitations_issued")
    return None if any(_invites_the_child(each.data) for each in invitations) else "the child's invitation"


@named.condition()
def the_child_is_unborn(moment: Moment) -> str | None:
    """The child is expected and not yet born."""
    return None if moment.story.child.unborn else "an unborn child"


@named.condition()
def the_child_is_born(moment: Moment) -> str | None:
    """The child is not an unborn one."""
    return "a child who is born" if moment.story.child.unborn else None


@named.condition()
def midwifery_is_invited(moment: Moment) -> str | None:
    """Midwifery is among those invited to a pre-birth conference (STF-R20)."""
    data = moment.event.data
    invited = isinstance(data, ConferenceInvitationsIssued) and any(
        "midwi" in f"{each.role} {each.agency} {each.provider}".lower() for each in data.invitees or ()
    )
    return None if invited else "midwifery among those invited"


@named.condition()
def the_visit_counts(moment: Moment) -> str | None:
    """Seen by the social worker and spoken to; a child who does not speak, seen and observed; an unborn one, the mother.

    Sources: STF-T20, E-50, E-78.
    """
    data, child = moment.event.data, moment.story.child
    if not getattr(data, "by_sw", False):
        return "a visit by the social worker"
    if child.unborn:
        return None if getattr(data, "mother_seen", None) or getattr(data, "spoken_to", False) else "the mother seen"
    if getattr(data, "spoken_to", False):
        return None
    observed = child.verbal in PRE_VERBAL and getattr(data, "observed", None)
    return None if observed else "a visit at which the child was spoken to"


@named.condition()
def family_was_consulted(moment: Moment) -> str | None:
    """The family was asked before an observer was let in (STF-R33)."""
    data = moment.event.data
    unasked = isinstance(data, ObserverPermissionDecided) and data.granted and not data.family_consulted
    return "consultation of the family" if unasked else None


@named.condition("professional_observers")
def observers_are_few(moment: Moment) -> str | None:
    """No more professional observers than is normal (STF-R34)."""
    data = moment.event.data
    if not isinstance(data, ObserverPermissionDecided) or not (data.granted and data.professional):
        return None
    earlier = moment.meeting.of("observer_permission_decided") if moment.meeting else ()
    granted = sum(
        isinstance(each.data, ObserverPermissionDecided) and each.data.granted and bool(each.data.professional)
        for each in earlier
    )
    return "fewer professional observers" if granted >= moment.figure("professional_observers") else None


def _told(moment: Moment, *types: str) -> bool:
    return moment.meeting is not None and moment.meeting.last(*types) is not None


@named.condition()
def close_sets_what_it_must(moment: Moment) -> str | None:
    """Lead, core group, its first date, and the first review are set before an initial conference closes (STF-R63)."""
    decided = moment.meeting.last("child_decision_made") if moment.meeting else None
    if decided is None or getattr(decided.data, "decision", None) != "subject":
        return None
    membership = moment.meeting.last("core_group_membership_confirmed") if moment.meeting else None
    unset = [
        words
        for words, is_set in (
            ("the lead professional", moment.story.lead_professional is not None),
            ("who is in the core group", membership is not None),
            ("the date of the first core group", bool(getattr(membership and membership.data, "first_meeting_on", None))),
            ("the date of the first review", _told(moment, "first_review_date_confirmed", "next_review_scheduled")),
        )
        if not is_set
    ]
    return ", ".join(unset) or None


@named.condition()
def a_contingency_plan_is_recorded(moment: Moment) -> str | None:
    """What is to be done if a foreseen risk comes about (STF-R17, STF-R64)."""
    outline = moment.meeting.last("outline_plan_agreed") if moment.meeting else None
    stated = getattr(outline.data, "contingency", None) if outline is not None else None
    return None if stated or _told(moment, "contingency_plan_recorded") else "a contingency plan"


@named.condition()
def an_outline_plan_is_agreed(moment: Moment) -> str | None:
    """The conference agreed an outline plan (STF-R64)."""
    return None if _told(moment, "outline_plan_agreed") else "an outline plan"


@named.condition()
def the_decision_makes_the_child_subject(moment: Moment) -> str | None:
    """At this conference the child was made subject to a plan."""
    decided = moment.meeting.last("child_decision_made") if moment.meeting else None
    made = decided is not None and getattr(decided.data, "decision", None) == "subject"
    return None if made else "a decision that makes the child subject to a plan"
