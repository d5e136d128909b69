"""What a review asks of those who come, of its chair, and of bringing it forward or putting it off (Wales)."""

from collections.abc import Iterable

from events.case.agencies import agency, function
from events.case.conditions.quorum import attendance, quorum_found
from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import REVIEW
from events.catalogue.conferences import QuorumResult
from events.catalogue.leadership import CoreGroupMembershipConfirmed
from events.catalogue.scheduling import ConferencePostponed, ReviewBringForwardDeclined, ReviewBroughtForward
from events.catalogue.views import AgencyViewStated

named = Named()


@named.condition("quorum_minimum", "quorum_by_exception")
def enough_agencies_or_fewer_by_exception(moment: Moment) -> str | None:
    """As many agencies as usual, or the fewer that the chair found enough in an exceptional case (WAL-R09, WAL-R10)."""
    found, came = quorum_found(moment), attendance(moment)
    if found is None and came is None:
        return None
    listed = {agency(each) for each in (found.counted_agencies if found is not None else None) or ()}
    seats = came.attendees if came is not None else ()
    present = max(len(listed), len({function(each.agency, each.provider) for each in seats if each.agency}))
    minimum, fewer = moment.figure("quorum_minimum"), moment.figure("quorum_by_exception")
    if present >= minimum or (present == 0 and found is not None and found.result is QuorumResult.QUORATE):
        return None
    exceptional = found is not None and (found.exceptional or found.result is QuorumResult.QUORATE_BY_EXCEPTION)
    if exceptional and (present >= fewer or present == 0):
        return None
    return f"{minimum} agencies, or {fewer} where the chair finds the case exceptional; {present} attended"


@named.condition()
def exceptionally_quorate(moment: Moment) -> str | None:
    """The chair let fewer agencies than usual be enough (WAL-R10)."""
    data = moment.event.data
    by_exception = getattr(data, "result", None) == QuorumResult.QUORATE_BY_EXCEPTION.value
    return None if by_exception or getattr(data, "exceptional", None) else "a quorum by exception"


@named.condition()
def decided_for_this_child_alone(moment: Moment) -> str | None:
    """The decision was not told for several children at once (WAL-R04)."""
    told_for = moment.event.item.cases or ()
    return "a decision for each child" if len(told_for) > 1 or moment.event.copy > 0 else None


@named.condition()
def significant_harm_does_not_continue(moment: Moment) -> str | None:
    """Nobody found, in deciding it, that the child continues to be at risk of significant harm (WAL-R23)."""
    harm = getattr(moment.event.data, "continuing_sh", None)
    return "a finding that the child is no longer at risk of significant harm" if harm else None


@named.condition()
def the_outcomes_were_considered(moment: Moment) -> str | None:
    """Safety, well-being and development were weighed against the plan's outcomes (WAL-R03)."""
    told = moment.meeting.last("outcomes_considered") if moment.meeting is not None else None
    names = ("safety", "well_being", "development")
    wanting = [name.replace("_", "-") for name in names if not getattr(told.data if told else None, name, None)]
    return f"what was found of the child's {', '.join(wanting)}" if wanting else None


@named.condition()
def core_group_practitioners_spoke_first(moment: Moment) -> str | None:
    """No practitioner of the core group speaks after somebody who is not in it (WAL-R14, E-65)."""
    data = moment.event.data
    if not isinstance(data, AgencyViewStated) or not data.core_group_member or moment.meeting is None:
        return None
    earlier = (each.data for each in moment.meeting.of("agency_view_stated") if each is not moment.event)
    others = [each for each in earlier if isinstance(each, AgencyViewStated) and each.core_group_member is False]
    before = [each for each in others if data.seq is None or each.seq is None or each.seq < data.seq]
    return "the core group's practitioners asked before the others" if before else None


@named.condition()
def others_spoke_last(moment: Moment) -> str | None:
    """Somebody not in the core group whose place in the order is before a practitioner of it (WAL-R14, E-65)."""
    data = moment.event.data
    if not isinstance(data, AgencyViewStated) or data.core_group_member is not False or moment.meeting is None:
        return None
    earlier = (each.data for each in moment.meeting.of("agency_view_stated") if each is not moment.event)
    members = (each for each in earlier if isinstance(each, AgencyViewStated) and each.core_group_member)
    after = [each for each in members if data.seq is not None and each.seq is not None and each.seq > data.seq]
    return "the core group's practitioners asked before the others" if after else None


@named.condition()
def the_chair_summed_up(moment: Moment) -> str | None:
    """The chair gave a summary before the review closed (WAL-R16)."""
    told = moment.meeting is not None and moment.meeting.last("chair_summary_given") is not None
    return None if told else "the chair's summary"


@named.condition()
def manager_and_chair_decided_together(moment: Moment) -> str | None:
    """Manager and chair both had their say in whether the review is brought forward (WAL-R21)."""
    data = moment.event.data
    if not isinstance(data, ReviewBroughtForward | ReviewBringForwardDeclined):
        return None
    wanting = [name for name, person in (("manager", data.manager), ("chair", data.chair)) if person is None]
    return f"the agreement of the {' and the '.join(wanting)}" if wanting else None


@named.condition()
def to_consider_ending(moment: Moment) -> str | None:
    """The review is brought forward to consider whether the plan can end (WAL-R22, E-64)."""
    trigger = (getattr(moment.event.data, "trigger", None) or "").lower()
    words = ("regist", "ending", "end_plan", "end of plan", "discontinu")
    return (
        None if any(word in trigger for word in words) else "ending the plan as what the review is brought forward for"
    )


@named.condition()
def a_review_is_ahead(moment: Moment) -> str | None:
    """The meeting it is about is a review."""
    meeting = moment.meeting
    return None if meeting is not None and meeting.kind == REVIEW else "a review conference"


@named.condition()
def nothing_was_written(moment: Moment) -> str | None:
    """Whoever will not come sent no report (WAL-T06)."""
    data = moment.event.data
    name = getattr(data, "agency", None) or getattr(getattr(data, "person", None), "agency", None)
    return "an absence without a report" if getattr(data, "written_report", None) or _reported(moment, name) else None


def _reported(moment: Moment, name: str | None) -> bool:
    told = moment.meeting.of("report_submitted", "report_shared") if moment.meeting is not None else ()
    return name is not None and any(agency(getattr(each.data, "agency", "")) == agency(name) for each in told)


@named.condition()
def postponing_was_considered(moment: Moment) -> str | None:
    """Where somebody is absent and wrote nothing, the chair considered putting the review off (WAL-R08)."""
    meeting = moment.meeting
    if meeting is None or meeting.last("conference_postponement_considered") is not None:
        return None
    postponed = (each.data for each in meeting.of("conference_postponed"))
    if any(isinstance(each, ConferencePostponed) for each in postponed):
        return None
    silent = _silent(moment)
    return f"that putting it off was considered: {', '.join(silent)} wrote nothing" if silent else None


def _silent(moment: Moment) -> list[str]:
    """The agencies that did not come, as far as anybody said, and sent no report."""
    meeting = moment.meeting
    if meeting is None:
        return []
    apologies = (each.data for each in meeting.of("apologies_recorded"))
    excused = {name: each for each in apologies if (name := _of(each)) is not None}
    absent = {*excused, *stayed_away(moment)}
    return sorted(
        name
        for name in absent
        if not getattr(excused.get(name), "written_report", None) and not _reported(moment, name)
    )


def _of(data: object) -> str | None:
    name = getattr(data, "agency", None) or getattr(getattr(data, "person", None), "agency", None)
    return agency(name) if name else None


def stayed_away(moment: Moment) -> list[str]:
    """The agencies invited that did not come, where it was recorded who came (WAL-R11)."""
    came, meeting = attendance(moment), moment.meeting
    if came is None or meeting is None:
        return []
    there = {agency(each.agency) for each in came.attendees if each.agency}
    return sorted(_agencies(each.data for each in meeting.of("conference_invitations_issued")) - there)


def _agencies(told: Iterable[object]) -> set[str]:
    seats = (seat for data in told for seat in getattr(data, "invitees", None) or ())
    return {agency(seat.agency) for seat in seats if seat.agency}


@named.listing
def agencies_that_stayed_away(moment: Moment) -> Iterable[dict[str, str]]:
    """Each agency that was invited and did not come (WAL-R11)."""
    return [{"agency": name} for name in stayed_away(moment)]


@named.condition()
def the_chronology_is_there(moment: Moment) -> str | None:
    """The practitioner's report comes with an updated chronology (WAL-R12)."""
    return None if getattr(moment.event.data, "chronology", None) else "the updated chronology"


@named.condition()
def each_practitioner_reported(moment: Moment) -> str | None:
    """Every agency of the core group gave a report of its own (WAL-R12)."""
    plan, meeting = moment.story.plan, moment.meeting
    confirmed = moment.story.last("core_group_membership_confirmed")
    if plan is None or meeting is None or confirmed is None:
        return None
    data = confirmed.data
    members = data.members if isinstance(data, CoreGroupMembershipConfirmed) else None
    expected = {agency(each.agency) for each in members or () if each.agency}
    wanting = sorted(name for name in expected if not _reported(moment, name))
    return f"the report of {', '.join(wanting)}" if wanting else None


@named.condition()
def every_report_was_shared(moment: Moment) -> str | None:
    """With this, each agency invited has shared its report with child and family (WAL-T03)."""
    meeting = moment.meeting
    if meeting is None:
        return None
    expected = _agencies(each.data for each in meeting.of("conference_invitations_issued"))
    withheld = {agency(getattr(each.data, "agency", "")) for each in meeting.of("report_non_sharing_agreed")}
    shared = {
        agency(getattr(each.data, "agency", ""))
        for each in (*meeting.of("report_shared"), moment.event)
        if getattr(each.data, "shared_with", None) in {None, "family"}
    }
    wanting = sorted(expected - withheld - shared)
    return f"the reports of {', '.join(wanting)}" if wanting else None


@named.condition()
def the_chair_permits_it(moment: Moment) -> str | None:
    """The chair allowed the record to be passed on: said in the event, or beforehand (WAL-R19)."""
    data, meeting = moment.event.data, moment.meeting
    consented = meeting.last("minutes_disclosure_consented") if meeting is not None else None
    allowed = getattr(data, "chair_permission", None) or getattr(consented.data if consented else None, "consent", None)
    return None if allowed or getattr(data, "family", None) else "the chair's permission"
