"""Who was at a conference, and whether that is enough to decide."""

from events.case.agencies import agency, function
from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import INITIAL
from events.catalogue.conferences import AttendanceRecorded, QuorumAssessed, QuorumResult

named = Named()
QUORATE = frozenset({None, QuorumResult.QUORATE.value})


def attendance(moment: Moment) -> AttendanceRecorded | None:
    """What was last recorded of who attended the sitting."""
    found = moment.meeting.at_sitting(moment.event.day, "attendance_recorded") if moment.meeting else []
    return found[-1].data if found and isinstance(found[-1].data, AttendanceRecorded) else None


def agencies_present(moment: Moment) -> frozenset[str]:
    """The agencies that count: those that contributed to the section 47 enquiry, each health provider its own.

    Where nobody is known to have contributed, all that are not known to have stayed out of it count; so they do at a
    review with no contributor left (STF-R43, STF-R44, E-24).
    """
    recorded = attendance(moment)
    seats = [each for each in recorded.attendees if each.agency] if recorded is not None else []
    initial = moment.meeting is not None and moment.meeting.kind == INITIAL
    counted = [each for each in seats if each.contributed_to_s47] or [
        each for each in seats if not initial or each.contributed_to_s47 is None
    ]
    return frozenset(function(each.agency or "", each.provider) for each in counted)


def quorum_found(moment: Moment) -> QuorumAssessed | None:
    """What the chair last found about the quorum of the sitting."""
    found = moment.meeting.at_sitting(moment.event.day, "quorum_assessed") if moment.meeting else []
    return found[-1].data if found and isinstance(found[-1].data, QuorumAssessed) else None


@named.condition("quorum_minimum")
def quorum_allows_deciding(moment: Moment) -> str | None:
    """Enough agencies were there, or the chair found the information about risk enough without them (STF-R46)."""
    meeting = moment.meeting
    if meeting is None:
        return None
    sat_on = meeting.held_on or meeting.scheduled_on
    if meeting.failed_on is not None and (sat_on is None or not meeting.failed_on < sat_on <= moment.event.day):
        return "a conference that was held: this one was not, for want of a quorum"
    assessed = quorum_found(moment)
    if assessed is not None:
        return _chair_found(assessed)
    present, minimum = len(agencies_present(moment)), moment.figure("quorum_minimum")
    if attendance(moment) is None or present >= minimum:
        return None
    return f"{minimum} agencies, of which {present} attended, or the chair's finding that the information is enough"


def _chair_found(assessed: QuorumAssessed) -> str | None:
    if assessed.result is QuorumResult.QUORATE or assessed.info_sufficient:
        return None
    if assessed.info_sufficient is None and assessed.reason:
        return None
    return "the chair's finding, with its reason, that the information about risk is enough"


@named.condition("quorum_minimum")
def enough_agencies_attended(moment: Moment) -> str | None:
    """At least the minimum of agencies is known to have attended, as far as anybody recorded it (STF-R43)."""
    assessed, minimum = quorum_found(moment), moment.figure("quorum_minimum")
    if assessed is None and attendance(moment) is None:
        return None
    listed = {agency(each) for each in (assessed.counted_agencies if assessed is not None else None) or ()}
    present = max(len(listed), len(agencies_present(moment)))
    if present >= minimum or (present == 0 and assessed is not None and assessed.result is QuorumResult.QUORATE):
        return None
    return f"{minimum} agencies in the record of attendance; it shows {present}"


@named.condition()
def attendance_is_recorded(moment: Moment) -> str | None:
    """Who was at the conference is recorded, or at least which agencies counted (STF-R43)."""
    recorded = quorum_found(moment) is not None or attendance(moment) is not None
    return None if recorded else "who attended"


@named.condition()
def proceeded(moment: Moment) -> str | None:
    """The conference went ahead: it was not found inquorate, or a decision was reached all the same (E-13)."""
    meeting = moment.meeting
    if meeting is None or meeting.quorum in QUORATE:
        return None
    decided = meeting.at_sitting(moment.event.day, "child_decision_made", "plan_ended")
    return None if decided else "a decision for this child at a conference without a quorum"
