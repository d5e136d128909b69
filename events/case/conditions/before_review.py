"""Before a review: what brings it forward, whom it invites, what the core group reports to it (STK 8.2-8.4)."""

from events.case.agencies import PARENTS, agency, is_professional, role
from events.case.conditions.stepping_down import KEY_WORKER
from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import REVIEW
from events.catalogue.core_groups import CoreGroupReportAgreed
from events.catalogue.household import HouseholdMemberJoined, PregnancyInHouseholdNotified
from events.catalogue.invitations import ConferenceInvitationsIssued
from events.catalogue.leadership import CoreGroupMembershipConfirmed
from events.catalogue.parts import Channel, Invitee, Person

named = Named()
BOOKINGS = ("review_conference_scheduled", "conference_rescheduled", "conference_postponed", "review_brought_forward")
POLICE = ("police", "gmp", "fsu", "family_support_unit")


@named.condition()
def a_prebirth_conference_is_convened(moment: Moment) -> str | None:
    """An initial conference has been convened for the child who is expected (STK-T04)."""
    data = moment.event.data
    convened = isinstance(data, PregnancyInHouseholdNotified) and data.prebirth_conference is not None
    return None if convened else "an initial pre-birth conference that has been convened"


@named.condition()
def identified_under_the_circular(moment: Moment) -> str | None:
    """Whoever joined was identified as the Home Office circular says (STK-T05)."""
    data = moment.event.data
    identified = isinstance(data, HouseholdMemberJoined) and data.home_office_circular_basis is not None
    return None if identified else "identification under the Home Office circular"


@named.condition()
def the_review_is_earlier(moment: Moment) -> str | None:
    """A review was set for an earlier day than before, or for a day at all (STK-T03 to STK-T06)."""
    meeting, event = moment.meeting, moment.event
    if getattr(event.data, "agreed", None) is False or (meeting is not None and meeting.kind != REVIEW):
        return "a review brought forward"
    earlier = [each for each in (meeting.of(*BOOKINGS) if meeting else ()) if each.order < event.order]
    days = [getattr(each.data, "new_date", None) or getattr(each.data, "date", None) for each in earlier]
    before = next((day for day in reversed(days) if day is not None), getattr(event.data, "old_date", None))
    day = getattr(event.data, "new_date", None) or getattr(event.data, "date", None)
    return None if before is None or day is None or day < before else "an earlier day for the review"


@named.condition()
def invitations_are_posted(moment: Moment) -> str | None:
    """The invitations went by post (STK-R12)."""
    channel = getattr(moment.event.data, "channel", None)
    return None if channel in {None, Channel.POST} else "invitations sent by post"


def _invited(moment: Moment) -> list[Invitee]:
    """All whom this invitation and those before it name."""
    told = [*(moment.meeting.of("conference_invitations_issued") if moment.meeting else ()), moment.event]
    lists = [each.data.invitees or () for each in told if isinstance(each.data, ConferenceInvitationsIssued)]
    return [invitee for each in lists for invitee in each]


@named.condition()
def parents_are_invited(moment: Moment) -> str | None:
    """A parent or carer is among those invited (STK-R09)."""
    roles = {part for each in _invited(moment) for part in (role(each.role), *role(each.role).split("_"))}
    return None if roles & PARENTS else "parents or carers among those invited"


@named.condition()
def the_family_support_unit_is_invited(moment: Moment) -> str | None:
    """A member of Greater Manchester Police's Family Support Unit is among those invited (STK-R09)."""
    whose = (f"{role(each.agency)} {role(each.role)} {role(each.provider)}" for each in _invited(moment))
    invited = any(word in each for each in whose for word in POLICE)
    return None if invited else "the police's Family Support Unit among those invited"


@named.condition()
def the_core_group_is_invited(moment: Moment) -> str | None:
    """Every professional of the core group is among those invited, as far as it is known who is in it (STK-R09)."""
    confirmed = moment.story.last("core_group_membership_confirmed")
    data = confirmed.data if confirmed is not None else None
    members = (data.members if isinstance(data, CoreGroupMembershipConfirmed) else None) or ()
    invited = _invited(moment)
    agencies = {agency(each.agency) for each in invited if each.agency}
    roles = {role(each.role) for each in invited}
    wanting = [
        each.agency or each.role or ""
        for each in members
        if (each.agency or each.role)
        and is_professional(each.role)
        and not (agency(each.agency) in agencies if each.agency else role(each.role) in roles)
    ]
    return f"{', '.join(wanting)} of the core group among those invited" if wanting else None


@named.condition()
def presented_by_the_key_worker(moment: Moment) -> str | None:
    """The key worker presents the core assessment in the report (STK-R13)."""
    data = moment.event.data
    who = data.presented_by if isinstance(data, CoreGroupReportAgreed) else None
    if who is None:
        return "who presents the core assessment"
    lead = moment.story.lead_professional
    led = lead is not None and _is(who, lead.person)
    return None if led or role(who.role) in KEY_WORKER else "the key worker as the one who presents it"


def _is(who: Person, other: Person) -> bool:
    return (who.ref is not None and who.ref == other.ref) or (isinstance(who.name, str) and who.name == other.name)


@named.condition()
def commissioned_assessments_are_in(moment: Moment) -> str | None:
    """Assessments that were commissioned are part of the report (STK-R13)."""
    data = moment.event.data
    asked = moment.story.last("specialist_assessment_commissioned") is not None
    given = isinstance(data, CoreGroupReportAgreed) and data.commissioned is not None
    return "the assessments that were commissioned" if asked and not given else None


@named.condition()
def it_recommends_whether_the_plan_goes_on(moment: Moment) -> str | None:
    """The report recommends whether a plan is still required (STK-R14)."""
    data = moment.event.data
    said = isinstance(data, CoreGroupReportAgreed) and (data.recommendation or data.plan_still_required is not None)
    return None if said else "a recommendation whether a plan is still required"
