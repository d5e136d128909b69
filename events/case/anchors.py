"""The named days that duties are counted from, what may shorten a count, and what tells duties of one start apart."""

from collections.abc import Iterable

from events.calendars.counting import birthday
from events.case.agencies import agency, is_social_care
from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import MAJORITY, Dated
from events.catalogue.invitations import ConferenceInvitationsIssued
from events.catalogue.parts import Action

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
