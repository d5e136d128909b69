"""Who is asked to a conference, who comes, and who is let in."""

from events.calendars.counting import birthday
from events.case.agencies import agency, role
from events.case.conditions.quorum import attendance
from events.case.moment import Moment
from events.case.naming import Named
from events.catalogue.envelope import Data
from events.catalogue.invitations import (
    AdvocacyRightsGiven,
    ConferenceInvitationsIssued,
    LegalRepresentativeAttendanceDecided,
    ObserverPermissionDecided,
)
from events.catalogue.reports import ApologiesRecorded

named = Named()
ADVOCATE, MCKENZIE = "advocate", "mckenzie"


def _older_than(moment: Moment, years: int) -> bool | None:
    """Older than so many years on the conference date: from the day after that birthday (E-21). None: not known."""
    child, meeting = moment.story.child, moment.meeting
    if child.born is None:
        return False if child.unborn else None
    on = meeting.day if meeting is not None else None
    return birthday(child.born, years) < (on or moment.event.day)


@named.condition("invite_over")
def child_is_old_enough_to_be_invited(moment: Moment) -> str | None:
    """Older than the age from which a child is invited, on the conference date (STF-R05)."""
    return None if _older_than(moment, moment.figure("invite_over")) else "a child of that age"


@named.condition("invite_over")
def child_may_be_old_enough_to_be_invited(moment: Moment) -> str | None:
    """Older than that age, or nobody knows how old (E-81)."""
    return "a child of that age" if _older_than(moment, moment.figure("invite_over")) is False else None


@named.condition("advocacy_over")
def child_is_old_enough_for_advocacy(moment: Moment) -> str | None:
    """Older than the age from which a child is told of advocacy, on the conference date (STF-R06)."""
    return None if _older_than(moment, moment.figure("advocacy_over")) else "a child of that age"


@named.condition("advocacy_over")
def child_may_be_old_enough_for_advocacy(moment: Moment) -> str | None:
    """Older than that age, or nobody knows how old (E-81)."""
    return "a child of that age" if _older_than(moment, moment.figure("advocacy_over")) is False else None


@named.condition()
def the_child_is_among_the_invitees(moment: Moment) -> str | None:
    """The invitations include the child."""
    return None if _invites_the_child(moment.event.data) else "the child among those invited"


def _invites_the_child(data: Data) -> bool:
    if not isinstance(data, ConferenceInvitationsIssued):
        return False
    return any(role(each.role) in {"child", "young_person"} for each in data.invitees or ())


@named.condition()
def the_child_was_invited_or_it_was_agreed_not_to(moment: Moment) -> str | None:
    """The child was among those invited, or social worker and chair decided beforehand (STF-R05)."""
    meeting = moment.meeting
    if meeting is None or meeting.last("child_invitation_decided") is not None:
        return None
    invitations = meeting.of("conference_invitations_issued")
    return None if any(_invites_the_child(each.data) for each in invitations) else "the child's invitation"


@named.condition()
def told_to_the_child(moment: Moment) -> str | None:
    """It was the child who was told, or nobody said who."""
    data = moment.event.data
    to = role(data.to) if isinstance(data, AdvocacyRightsGiven) else ""
    return None if to in {"", "child", "young_person"} else "the child told of it"


@named.condition()
def the_child_was_told_of_advocacy(moment: Moment) -> str | None:
    """The child was told of the right to an advocate before the conference (STF-R06)."""
    told = moment.meeting.of("advocacy_rights_given") if moment.meeting is not None else ()
    return None if any(told_to_the_child(moment.about(each)) is None for each in told) else "the child told of advocacy"


@named.condition()
def midwifery_is_invited(moment: Moment) -> str | None:
    """Midwifery is among those invited to a pre-birth conference, or who came to it (STF-R20)."""
    issued = moment.meeting.of("conference_invitations_issued") if moment.meeting is not None else ()
    lists = (getattr(data, "invitees", None) for data in (moment.event.data, *(each.data for each in issued)))
    recorded = attendance(moment)
    seats = [*(seat for each in lists for seat in each or ()), *(recorded.attendees if recorded is not None else ())]
    asked = any("midwi" in f"{each.role} {each.agency} {each.provider}".lower() for each in seats)
    return None if asked else "midwifery among those invited"


def _invited(moment: Moment) -> set[str]:
    issued = moment.meeting.of("conference_invitations_issued") if moment.meeting is not None else ()
    told = (each.data for each in issued)
    lists = (data.invitees or () for data in told if isinstance(data, ConferenceInvitationsIssued))
    return {agency(each.agency) for invitees in lists for each in invitees if each.agency}


def _apologies(moment: Moment) -> dict[str, bool]:
    """Each agency that sent apologies, and whether it said that it sent a written report."""
    found: dict[str, bool] = {}
    for event in moment.meeting.of("apologies_recorded") if moment.meeting is not None else ():
        data = event.data
        if isinstance(data, ApologiesRecorded):
            name = data.agency or (data.person.agency if data.person is not None else None)
            if name:
                found[agency(name)] = bool(data.written_report)
    return found


@named.condition()
def the_invited_agencies_came(moment: Moment) -> str | None:
    """Every agency invited attended or sent apologies, as far as attendance is recorded (STF-R07)."""
    recorded = attendance(moment)
    if recorded is None:
        return None
    came = {agency(each.agency) for each in recorded.attendees if each.agency}
    absent = sorted(_invited(moment) - came - _apologies(moment).keys())
    return f"the attendance of {', '.join(absent)}" if absent else None


@named.condition()
def the_absent_sent_a_report(moment: Moment) -> str | None:
    """Whoever could not come still gave a report (STF-R08)."""
    told = moment.meeting.of("report_submitted", "report_shared") if moment.meeting is not None else ()
    reported = {agency(getattr(each.data, "agency", "")) for each in told}
    wanting = sorted(name for name, written in _apologies(moment).items() if not written and name not in reported)
    return f"the report of {', '.join(wanting)}" if wanting else None


@named.condition()
def stand_ins_know_the_family(moment: Moment) -> str | None:
    """Whoever came in another's place knows child and family well (STF-R09)."""
    recorded = attendance(moment) or moment.event.data
    seats = [each for each in getattr(recorded, "attendees", ()) if each.substitute and not each.good_knowledge]
    return f"that {len(seats)} stand-ins know the family well" if seats else None


@named.condition()
def advocates_come_with_consent(moment: Moment) -> str | None:
    """An advocate for the child attends with the child's consent (STF-R32)."""
    seats = [each for each in getattr(moment.event.data, "attendees", ()) if ADVOCATE in role(each.role)]
    return "the child's consent to the advocate" if any(not each.consent for each in seats) else None


@named.condition()
def a_mckenzie_friend_is_there(moment: Moment) -> str | None:
    """Somebody attends as a McKenzie friend (STF-R36)."""
    seats = getattr(moment.event.data, "attendees", ())
    return None if any(MCKENZIE in role(each.role) for each in seats) else "a McKenzie friend"


@named.condition()
def family_was_consulted(moment: Moment) -> str | None:
    """The family was asked before an observer was let in (STF-R33)."""
    data = moment.event.data
    unasked = isinstance(data, ObserverPermissionDecided) and data.granted and not data.family_consulted
    return "consultation of the family" if unasked else None


@named.condition()
def observers_were_let_in(moment: Moment) -> str | None:
    """Whoever observes has been let in by the chair beforehand (STF-R33)."""
    seats = getattr(moment.event.data, "attendees", ())
    there = sum("observer" in role(each.role).split("_") for each in seats)
    decided = moment.meeting.of("observer_permission_decided") if moment.meeting is not None else ()
    granted = sum(bool(getattr(each.data, "granted", None)) for each in decided)
    return f"the chair's permission for {there - granted} who observed" if there > granted else None


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


@named.condition()
def social_cares_lawyer_comes_exceptionally(moment: Moment) -> str | None:
    """A lawyer of social care attends only for a reason that is out of the ordinary (STF-R35)."""
    data = moment.event.data
    if not isinstance(data, LegalRepresentativeAttendanceDecided) or not data.attends:
        return None
    ours = data.party is not None and agency(data.party) == "csc"
    return "the exceptional reason" if ours and not data.exceptional_reason else None
