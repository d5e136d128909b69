"""Who was at a conference, and whether that is enough to decide."""

from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import INITIAL, Meeting
from events.catalogue.conferences import AttendanceRecorded, QuorumAssessed, QuorumResult

named = Named()
HEALTH = ("health", "nhs")
SOCIAL_CARE = frozenset({"csc", "la", "local_authority", "social_care", "childrens_social_care"})


def agencies_present(meeting: Meeting) -> frozenset[str]:
    """The agencies that count: those that contributed to the section 47 enquiry, each health provider its own.

    At a review with no such contributor left, every agency there counts (STF-R43, STF-R44, E-24).
    """
    recorded = meeting.last("attendance_recorded")
    if recorded is None or not isinstance(recorded.data, AttendanceRecorded):
        return frozenset()
    seats = [each for each in recorded.data.attendees if each.agency]
    contributors = [each for each in seats if each.contributed_to_s47]
    counted = contributors if contributors or meeting.kind == INITIAL else seats
    return frozenset(_counted_as(each.agency or "", each.provider) for each in counted)


def _counted_as(agency: str, provider: str | None) -> str:
    name = _plain(agency)
    return f"{name}/{provider}" if provider and any(word in name for word in HEALTH) else name


def _plain(agency: str) -> str:
    return agency.strip().lower().replace("'", "").replace("\u2019", "").replace(" ", "_").replace("-", "_")


@named.condition()
def by_social_care(moment: Moment) -> str | None:
    """The agency named is the authority's own children's social care."""
    agency = getattr(moment.event.data, "agency", None)
    return None if agency and _plain(agency) in SOCIAL_CARE else "children's social care"


def _assessed(meeting: Meeting) -> QuorumAssessed | None:
    found = meeting.last("quorum_assessed")
    return found.data if found is not None and isinstance(found.data, QuorumAssessed) else None


@named.condition("quorum_minimum")
def quorum_allows_deciding(moment: Moment) -> str | None:
    """Enough agencies were there, or the chair found the information about risk enough without them (STF-R46)."""
    meeting = moment.meeting
    if meeting is None:
        return None
    if meeting.not_held_on is not None:
        return "a conference that was held: this one was not, for want of a quorum"
    assessed = _assessed(meeting)
    if assessed is not None:
        return _chair_found(assessed)
    present, minimum = len(agencies_present(meeting)), moment.figure("quorum_minimum")
    if meeting.last("attendance_recorded") is None or present >= minimum:
        return None
    return f"{minimum} agencies, of which {present} attended, or the chair's finding that the information is enough"


def _chair_found(assessed: QuorumAssessed) -> str | None:
    if assessed.result is QuorumResult.QUORATE:
        return None
    if assessed.result is QuorumResult.INQUORATE_NOT_HELD:
        return "a conference that was held: the chair found that this one could not be"
    if assessed.info_sufficient or (assessed.info_sufficient is None and assessed.reason):
        return None
    return "the chair's finding, with its reason, that the information about risk is enough"


@named.condition("quorum_minimum")
def enough_agencies_attended(moment: Moment) -> str | None:
    """At least the minimum of agencies is known to have attended (STF-R43)."""
    meeting = moment.meeting
    if meeting is None:
        return None
    assessed = _assessed(meeting)
    listed = len(assessed.counted_agencies) if assessed is not None and assessed.counted_agencies else 0
    present = max(listed, len(agencies_present(meeting)))
    if present == 0 and assessed is not None and assessed.result is QuorumResult.QUORATE:
        return None
    minimum = moment.figure("quorum_minimum")
    return None if present >= minimum else f"{minimum} agencies in the record of attendance; it shows {present}"


@named.condition()
def proceeded(moment: Moment) -> str | None:
    """The conference went ahead: it was not found inquorate, or a decision was reached all the same (E-13)."""
    meeting = moment.meeting
    if meeting is None or meeting.quorum in {None, QuorumResult.QUORATE.value}:
        return None
    decided = meeting.last("child_decision_made", "plan_ended")
    return None if decided is not None else "a decision for this child at a conference without a quorum"
