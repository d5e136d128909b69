"""A quorum that is each child's own: the authority, and others who have had direct contact with that child (STK)."""

from collections.abc import Iterable

from events.case.agencies import SOCIAL_CARE, agency, function, is_professional, is_social_care, role
from events.case.conditions.deciding import SOCIAL_WORKER
from events.case.conditions.quorum import attendance, quorum_found
from events.case.moment import Moment
from events.case.naming import Named
from events.catalogue.conferences import QuorumAssessed, QuorumResult
from events.catalogue.parts import Attendee

named = Named()
HEALTH = "health"


def _contact(seat: Attendee, moment: Moment) -> bool | None:
    """Whether somebody has had direct contact with this child; None where nobody said."""
    if seat.direct_contact is not None or seat.direct_contact_children is None:
        return seat.direct_contact
    case = moment.story.case
    return not {str(case), case.hex}.isdisjoint(seat.direct_contact_children)


def _for_the_authority(seat: Attendee) -> bool:
    whose = is_social_care(seat.agency) if seat.agency else role(seat.role) in SOCIAL_WORKER
    return whose and is_professional(seat.role)


def _group(seat: Attendee) -> str:
    """The professional group or agency of a seat: within health, each provider or profession is its own."""
    apart = seat.provider or seat.role
    if not seat.agency:
        return role(seat.role)
    return function(seat.agency, apart) if HEALTH in agency(seat.agency) else agency(seat.agency)


def in_contact(moment: Moment) -> frozenset[str]:
    """The groups and agencies beside the authority that have had direct contact with the child.

    Where nobody at all said who has, all count that are not known to have had none.
    """
    recorded = attendance(moment)
    seats = [
        each
        for each in (recorded.attendees if recorded is not None else ())
        if is_professional(each.role) and (each.agency or each.role) and not _for_the_authority(each)
    ]
    told = {number: _contact(seat, moment) for number, seat in enumerate(seats)}
    if any(contact is not None for contact in told.values()):
        seats = [seat for number, seat in enumerate(seats) if told[number]]
    return frozenset(_group(seat) for seat in seats)


def _short(moment: Moment) -> str | None:
    """What is wanting for a quorum for this child, as far as anybody recorded who was there."""
    recorded, finding, others = attendance(moment), quorum_found(moment), moment.figure("quorum_others")
    if recorded is not None:
        return _wanting(any(map(_for_the_authority, recorded.attendees)), len(in_contact(moment)), others)
    counted = finding.counted_agencies if finding is not None else None
    if counted is None:
        return None
    return _wanting(any(map(is_social_care, counted)), len(_others(counted)), others)


def _others(counted: Iterable[str]) -> set[str]:
    return {agency(each) for each in counted} - {SOCIAL_CARE}


def _wanting(authority: bool, present: int, others: int) -> str | None:  # noqa: FBT001  # a count and whether
    if authority and present >= others:
        return None
    if not authority:
        return "a representative of the local authority"
    return f"{others} other agencies that have had direct contact with this child; {present} attended"


def _by_exception(finding: QuorumAssessed) -> bool:
    return finding.result is QuorumResult.QUORATE_BY_EXCEPTION or bool(finding.exceptional)


def _without(moment: Moment) -> str | None:
    """Why there is no quorum for this child, whatever exception was made; None when there is."""
    finding = quorum_found(moment)
    if finding is not None and finding.result is not QuorumResult.QUORATE and not _by_exception(finding):
        return "a quorum: the chair found none"
    return _short(moment)


@named.condition("quorum_others")
def quorate_for_the_child(moment: Moment) -> str | None:
    """The authority and two others in direct contact with this child attend, or the exception is made (STK-R10)."""
    finding = quorum_found(moment)
    if finding is not None and _by_exception(finding):
        return None
    return _without(moment)


@named.condition("quorum_others")
def review_is_quorate(moment: Moment) -> str | None:
    """There is a quorum for this child without any exception (STK-R41, E-23)."""
    finding = quorum_found(moment)
    if finding is not None and _by_exception(finding):
        return "a quorum: an exception lets the review run, and not end the plan"
    return _without(moment)


@named.condition("quorum_others")
def the_exception_holds(moment: Moment) -> str | None:
    """Where the quorum is breached, fewer agencies than it asks for have had contact with the child (STK-R11)."""
    finding = moment.event.data
    if not isinstance(finding, QuorumAssessed) or not _by_exception(finding):
        return None
    known, wanted = finding.agencies_with_contact, moment.figure("quorum_others") + 1
    if known is not None and known >= wanted:
        return f"fewer than {wanted} agencies that have had relevant contact with the child"
    return None if finding.reason else "the reason for the exception"


@named.condition()
def contact_is_recorded(moment: Moment) -> str | None:
    """Somebody recorded who was there and who of them has had direct contact with this child (STK-R10)."""
    recorded = attendance(moment)
    if recorded is None:
        return None if quorum_found(moment) is not None else "who attended"
    others = [each for each in recorded.attendees if not _for_the_authority(each)]
    told = any(_contact(each, moment) is not None for each in others)
    return None if told else "which of them have had direct contact with the child"
