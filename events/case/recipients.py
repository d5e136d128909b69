"""Who is to be told of something: the listings that a notice's `to_each` may name. Each gives recipients, no names."""

from collections.abc import Iterable
from typing import Any

from events.case.addressing import RECIPIENT, by_all, recipient_of
from events.case.agencies import agency, is_professional
from events.case.letters import attempt
from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import Meeting
from events.catalogue.household import FamilyMember
from events.catalogue.invitations import ConferenceInvitationsIssued, MinutesCirculationAgreed
from events.catalogue.parts import Person, Seat

named = Named()

PARENTS = ("mother", "father", "parent", "carer", "guardian", "grandparent")
"""What stands in the relation of somebody who is told as parent or carer. `step-mother` and `foster carer` do too."""


def _each(people: Iterable[Person | Seat | None]) -> list[dict[str, str]]:
    found = dict.fromkeys(recipient_of(each) for each in people if each is not None)
    return [{RECIPIENT: recipient} for recipient in found if recipient is not None]


def _invited(meeting: Meeting | None) -> list[Seat]:
    issued = meeting.of("conference_invitations_issued") if meeting is not None else ()
    told = [event.data for event in issued if isinstance(event.data, ConferenceInvitationsIssued)]
    return [each for data in told for each in data.invitees or ()]


@named.listing
def everyone_invited(moment: Moment) -> Iterable[dict[str, str]]:
    """Everybody who was invited to the meeting (N01, N19)."""
    return _each(_invited(moment.meeting))


@named.listing
def agencies_invited_to_the_initial_conference(moment: Moment) -> Iterable[dict[str, str]]:
    """Each agency invited to the conference that made the plan (STK-T15, N02, N24)."""
    plan = moment.story.plan
    invited = _invited(plan.conference) if plan is not None else []
    return [{RECIPIENT: each} for each in dict.fromkeys(agency(each.agency) for each in invited if each.agency)]


@named.listing
def parties_to_the_circulation(moment: Moment) -> Iterable[dict[str, str]]:
    """Everybody to whom the conference agreed that its record goes (STF-R63, N08)."""
    meeting = moment.meeting
    agreed = meeting.last("minutes_circulation_agreed") if meeting is not None else None
    data = agreed.data if agreed is not None else None
    if not isinstance(data, MinutesCirculationAgreed):
        return []
    return [*_each(data.recipients or ()), *({RECIPIENT: agency(each)} for each in data.agencies or ())]


@named.listing
def members_of_the_core_group(moment: Moment) -> Iterable[dict[str, str]]:
    """Everybody in the core group, family and agencies, as last confirmed (STF-T23)."""
    confirmed = moment.story.last("core_group_membership_confirmed")
    members: Any = getattr(confirmed.data, "members", None) if confirmed is not None else None
    return _each(members or ())


@named.listing
def family_in_the_core_group(moment: Moment) -> Iterable[dict[str, str]]:
    """Each of the family, the child too, who is in the core group as last confirmed (WAL-T08, N20)."""
    confirmed = moment.story.last("core_group_membership_confirmed")
    members: Any = getattr(confirmed.data, "members", None) if confirmed is not None else None
    return _each(each for each in members or () if each.role and not each.agency and not is_professional(each.role))


@named.listing
def parents_and_carers(moment: Moment) -> Iterable[dict[str, str]]:
    """Each parent and carer of whom the case has been told (N03, N22)."""
    facts = moment.story.facts
    told = (*facts.get("family_member_added", ()), *facts.get("family_member_changed", ()))
    family = [event.data for event in told if isinstance(event.data, FamilyMember)]
    parents = (each for each in family if is_parent(each.relation))
    return [{RECIPIENT: each} for each in dict.fromkeys(each.ref or each.relation or "" for each in parents)]


@named.listing
def relevant_parents(moment: Moment) -> Iterable[dict[str, str]]:
    """Each parent or carer whom ending the plan for non-co-operation concerns (N03, N04)."""
    known = (by_all(who.role, who.ref, who.name) for who in attempt(moment.story).parents(moment.story))
    return [{RECIPIENT: each} for each in dict.fromkeys(known) if each]


def is_parent(relation: str | None) -> bool:
    """Whether somebody in this relation to the child is told as a parent or carer."""
    return relation is not None and any(word in relation.lower() for word in PARENTS)
