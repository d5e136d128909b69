"""Children on a plan who are looked after: dual planning in mid-cycle and back again, and its two records."""

import pytest

from events.case.answer import Mark, Severity, Status
from tests.case.given import Anything, Case, last_day_in_time, on_a_plan, reviewed

clause = pytest.mark.clause


def under_an_order(granted: str = "2025-09-01") -> Case:
    """A child whose plan was continued at a review in June, and for whom an interim care order is made then."""
    case = reviewed("2025-06-16")
    case.tell("interim_care_order_granted", granted, placed_away=True)
    return case


def dual(held: str = "2025-09-22", *, confirmed: bool = True) -> Case:
    """The same, with a first dual meeting (DPM) held, which confirmed dual planning or has not yet."""
    case = under_an_order()
    case.tell("dual_process_meeting_scheduled", "2025-09-02", meeting="DPM", date=held)
    case.tell("dual_process_meeting_held", held, meeting="DPM")
    case.tell("child_decision_made", held, meeting="DPM", decision="continue", continuing_sh=True)
    if confirmed:
        case.tell("dual_planning_confirmed", held, meeting="DPM")
    return case


@pytest.mark.parametrize("start", ["looked_after_started", "interim_care_order_granted"])
@clause("STF-T41", "E-79")
def test_the_first_looked_after_review_is_a_dual_meeting_within_twenty_working_days(start: str) -> None:
    case = reviewed("2025-06-16")
    case.tell(start, "2025-12-08")
    case.tell("looked_after_started", "2025-12-09", basis="ico")  # no second beginning

    assert last_day_in_time(case, "STF-T41") == "2026-01-08"
    assert len(case.duties("STF-T41")) == 1
    case.tell("lac_review_held", "2025-12-15", first=True, meeting="LAC", combined_with_review=False)
    assert case.status("STF-T41", "2025-12-16") is Status.OPEN
    case.tell("dual_process_meeting_held", "2026-01-08", meeting="DPM")
    assert case.status("STF-T41") is Status.MET


@clause("STF-T41")
def test_a_review_told_to_be_one_with_the_looked_after_review_is_a_dual_meeting() -> None:
    case = under_an_order()
    case.tell("review_conference_held", "2025-09-22", meeting="CPRC-2")
    assert case.status("STF-T41", "2025-09-23") is Status.OPEN
    case.tell("lac_review_held", "2025-09-22", first=True, combined_with_review="CPRC-2")

    assert case.status("STF-T41") is Status.MET
    assert case.assess().state["meetings"][-1]["dual_process"]


@pytest.mark.parametrize("end", ["looked_after_ended", "interim_care_order_ended"])
@clause("STF-T41")
def test_no_first_review_is_owed_for_a_child_who_is_no_longer_looked_after(end: str) -> None:
    case, agreed = under_an_order(), under_an_order()
    agreed.tell("section_twenty_consent_given", "2025-09-03")
    agreed.tell("interim_care_order_ended", "2025-09-05")
    case.tell(end, "2025-09-05")

    assert case.status("STF-T41") is Status.CANCELLED
    assert agreed.status("STF-T41", "2025-09-06") is Status.OPEN


@clause("STF-T18", "STF-T42", "E-79")
def test_the_plans_own_limit_holds_until_dual_planning_is_confirmed_and_then_gives_way() -> None:
    waiting, confirmed = dual(confirmed=False), dual()

    assert last_day_in_time(under_an_order(), "STF-T18") == "2025-12-16"
    assert last_day_in_time(waiting, "STF-T18") == "2026-03-22"
    assert waiting.duties("STF-T42") == []
    assert confirmed.status("STF-T18") is Status.CANCELLED
    assert last_day_in_time(confirmed, "STF-T42") == "2025-12-22"


@clause("STF-T42", "STF-T42a", "STF-T18", "E-79")
def test_the_second_dual_meeting_is_due_in_three_months_and_later_ones_in_six() -> None:
    case = dual()
    case.tell("review_conference_held", "2025-11-03", meeting="APART")
    assert case.status("STF-T42", "2025-11-04") is Status.OPEN
    case.tell("dual_process_meeting_held", "2025-12-22", meeting="DPM-2")
    case.tell("child_decision_made", "2025-12-22", meeting="DPM-2", decision="continue", continuing_sh=True)

    assert case.status("STF-T42") is Status.MET
    assert last_day_in_time(case, "STF-T42a") == "2026-06-22"
    assert [each.status for each in case.duties("STF-T18", "2026-01-01")][-1] is Status.CANCELLED
    case.tell("review_conference_held", "2026-06-22", meeting="DPM-3")
    assert case.status("STF-T42a", "2026-06-22") is Status.OPEN
    case.tell("lac_review_held", "2026-06-22", combined_with_review="DPM-3")
    assert [each.status for each in case.duties("STF-T42a", "2026-06-23")] == [Status.MET, Status.OPEN]
    assert last_day_in_time(case, "STF-T42a") == "2026-12-22"


@clause("STF-T42", "STF-T42a")
def test_confirmed_after_a_later_looked_after_review_the_next_is_due_in_six_months() -> None:
    case = under_an_order()
    case.tell("lac_review_held", "2025-09-10", meeting="LAC-1", first=True, combined_with_review=False)
    case.tell("dual_process_meeting_held", "2025-11-10", meeting="DPM")
    case.tell("dual_planning_confirmed", "2025-11-10", meeting="DPM")

    assert case.duties("STF-T42") == []
    assert last_day_in_time(case, "STF-T42a") == "2026-05-10"


@pytest.mark.parametrize("rule, second", [("STF-T42", False), ("STF-T42a", True)])
@pytest.mark.parametrize("end", ["looked_after_ended", "dual_planning_ended", "interim_care_order_ended"])
@clause("STF-T18", "STF-T42", "STF-T42a", "E-48")
def test_back_to_one_plan_the_six_months_are_counted_from_the_last_review(
    rule: str,
    second: bool,  # noqa: FBT001  # a table
    end: str,
) -> None:
    case, last, ended = dual(), "2025-09-22", "2025-12-01"
    if second:
        last, ended = "2025-12-22", "2026-01-12"
        case.tell("dual_process_meeting_held", last, meeting="DPM-2")
    case.tell(end, ended)

    assert case.status(rule) is Status.CANCELLED
    assert last_day_in_time(case, "STF-T18") == {"2025-09-22": "2026-03-22", "2025-12-22": "2026-06-22"}[last]


@clause("STF-T18", "STF-T42", "STF-T42a")
def test_the_looked_after_timetable_counts_only_once_dual_planning_is_confirmed_for_a_looked_after_child() -> None:
    waiting, other = under_an_order(), reviewed("2025-06-16")
    waiting.tell("lac_review_held", "2025-09-10", meeting="LAC-1", first=True, combined_with_review=False)
    waiting.tell("dual_process_meeting_held", "2025-09-22", meeting="DPM")
    other.tell("dual_planning_confirmed", "2025-09-22")
    other.tell("lac_review_held", "2025-10-01", meeting="LAC-1", first=False)
    other.tell("dual_planning_confirmed", "2025-10-02")
    assert other.status("STF-T18", "2025-10-03") is Status.OPEN

    assert [case.duties(rule) for case in (waiting, other) for rule in ("STF-T42", "STF-T42a")] == [[]] * 4


@pytest.mark.parametrize(
    "told",
    [
        ["dual_process_meeting_held"],
        ["review_conference_held", "lac_review_held"],
        ["dual_process_meeting_held", "lac_review_held"],
    ],
)
@clause("STF-T42", "STF-T42a")
def test_confirmed_before_the_first_dual_meeting_the_second_is_counted_from_the_first(told: list[str]) -> None:
    case = under_an_order()
    case.tell("dual_planning_confirmed", "2025-09-10")
    for type_ in told:
        case.tell(type_, "2025-09-22", meeting="DPM")

    assert [str(each.due_on) for each in case.duties("STF-T42")].count("2025-12-22") == 1
    assert case.duties("STF-T42a") == []


@clause("STF-T41")
def test_the_first_dual_meeting_falls_with_the_plan() -> None:
    case = under_an_order()
    case.report("plan_ended", "2025-09-10", ground="no_longer_at_risk")

    assert case.status("STF-T41") is Status.CANCELLED


@clause("STF-T42", "STF-T42a")
def test_dual_meetings_follow_one_another_and_reviews_apart_count_for_neither() -> None:
    case = dual()
    case.tell("review_conference_held", "2025-12-15", meeting="DPM-2")
    case.tell("lac_review_held", "2025-12-15", meeting="DPM-2", combined_with_review=True)
    assert case.status("STF-T42", "2025-12-16") is Status.MET
    case.tell("review_conference_held", "2026-01-12", meeting="APART")
    case.tell("lac_review_held", "2026-01-14", meeting="LAC", combined_with_review=False)
    assert [str(each.due_on) for each in case.duties("STF-T42a")] == ["2026-06-15"]
    assert case.status("STF-T42a", "2026-02-01") is Status.OPEN
    case.tell("dual_process_meeting_held", "2026-06-15", meeting="DPM-3")
    assert case.duties("STF-T42a", "2026-06-16")[0].status is Status.MET
    case.tell("lac_review_held", "2026-06-15", meeting="DPM-3")

    assert [each.status for each in case.duties("STF-T42a", "2026-06-16")] == [Status.MET, Status.OPEN]
    assert len(case.duties("STF-T42")) == 1


@clause("STF-T42", "STF-T42a")
def test_confirmed_the_day_after_it_is_counted_from_the_meeting_and_falls_with_the_plan() -> None:
    first, later = dual(confirmed=False), under_an_order()
    first.tell("dual_planning_confirmed", "2025-09-24", meeting="DPM")
    later.tell("lac_review_held", "2025-09-10", meeting="LAC-1", combined_with_review=False)
    later.tell("dual_process_meeting_held", "2025-11-10", meeting="DPM")
    later.tell("dual_planning_confirmed", "2025-11-12", meeting="DPM")

    assert last_day_in_time(first, "STF-T42") == "2025-12-22"
    assert last_day_in_time(later, "STF-T42a") == "2026-05-10"
    for case, rule in ((first, "STF-T42"), (later, "STF-T42a")):
        case.report("plan_ended", "2025-11-20", ground="looked_after_single_plan")
        assert case.status(rule) is Status.CANCELLED


@clause("STF-T18", "E-48")
def test_back_to_one_plan_too_late_the_review_is_overdue_at_once() -> None:
    case = dual()
    case.tell("looked_after_ended", "2026-04-01")

    duty = case.duty("STF-T18", "2026-04-01")
    assert (str(duty.due_on), duty.status, Mark.LATE_WHEN_KNOWN in duty.marks) == ("2026-03-22", Status.MISSED, True)


@clause("STF-T18", "E-48")
def test_the_end_of_being_looked_after_without_dual_planning_changes_no_clock() -> None:
    case = under_an_order()
    case.tell("looked_after_ended", "2025-10-01")

    assert [str(each.due_on) for each in case.duties("STF-T18")] == ["2025-12-16"]


@clause("STF-T18", "STF-T42", "STF-T42a")
def test_an_order_that_ends_while_the_child_stays_looked_after_ends_no_dual_planning() -> None:
    case, later = dual(), dual()
    later.tell("dual_process_meeting_held", "2025-12-22", meeting="DPM-2")
    for each in (case, later):
        each.tell("section_twenty_consent_given", "2025-12-23", informed=True)
        each.tell("interim_care_order_ended", "2025-12-23")

    assert case.status("STF-T42", "2025-12-22") is Status.OPEN
    assert later.status("STF-T42a", "2026-01-01") is Status.OPEN


@clause("STF-T08", "STF-T10", "STF-T43", "STF-T43a")
def test_reports_are_shared_five_working_days_before_a_dual_meeting() -> None:
    case = under_an_order()
    case.tell("dual_process_meeting_scheduled", "2025-09-02", meeting="DPM", date="2025-09-22")
    case.tell(
        "conference_invitations_issued", "2025-09-02", meeting="DPM", invitees=[{"agency": "school"}, {"agency": "csc"}]
    )

    assert last_day_in_time(case, "STF-T43") == last_day_in_time(case, "STF-T43a") == "2025-09-15"
    assert [case.duties(rule) for rule in ("STF-T08", "STF-T10")] == [[], []]
    told: dict[str, Anything] = {"meeting": "DPM", "shared_with": "family"}
    case.tell("report_shared", "2025-09-12", agency="csc", **{**told, "shared_with": "chair"})
    case.tell("report_shared", "2025-09-12", agency="school", **{**told, "shared_with": "chair"})
    statuses = [case.status(rule, "2025-09-12") for rule in ("STF-T43", "STF-T43a")]
    assert statuses == [Status.OPEN, Status.OPEN]
    case.tell("report_shared", "2025-09-12", agency="school", **told)
    assert [case.status(rule, "2025-09-12") for rule in ("STF-T43", "STF-T43a")] == [Status.OPEN, Status.MET]
    case.tell("report_shared", "2025-09-15", agency="csc", **told)
    assert case.status("STF-T43") is Status.MET


@clause("STF-T43", "STF-T43a")
def test_an_ordinary_review_or_an_initial_conference_asks_for_no_report_to_a_dual_meeting() -> None:
    case = reviewed("2025-06-16")
    case.tell("review_conference_scheduled", "2025-11-03", meeting="CPRC-2", date="2025-12-08")
    case.tell("conference_invitations_issued", "2025-11-03", meeting="CPRC-2", invitees=[{"agency": "school"}])

    assert [len(case.duties(rule)) for rule in ("STF-T43", "STF-T43a", "STF-T08", "STF-T10")] == [0, 0, 1, 1]


@clause("STF-T43a")
def test_an_agency_allowed_not_to_share_owes_no_report_before_a_dual_meeting_and_none_after() -> None:
    case, held = under_an_order(), under_an_order()
    for each in (case, held):
        each.tell("dual_process_meeting_scheduled", "2025-09-02", meeting="DPM", date="2025-09-22")
        each.tell("conference_invitations_issued", "2025-09-02", meeting="DPM", invitees=[{"agency": "police"}])
    case.tell("report_non_sharing_agreed", "2025-09-10", meeting="DPM", agency="police", agreed_with=["chair"])
    held.tell("dual_process_meeting_held", "2025-09-22", meeting="DPM")

    assert case.status("STF-T43a") is Status.CANCELLED
    assert [held.status(rule) for rule in ("STF-T43", "STF-T43a")] == [Status.MISSED, Status.MISSED]


@clause("STF-T43", "STF-T43a")
def test_reports_to_a_dual_meeting_are_owed_by_each_agency_for_that_meeting_while_it_is_to_be_held() -> None:
    case = under_an_order()
    case.tell("dual_process_meeting_scheduled", "2025-09-02", meeting="DPM", date="2025-09-22")
    invited = [{"agency": "school"}, {"agency": "health"}]
    case.tell("conference_invitations_issued", "2025-09-02", meeting="DPM", invitees=invited)
    case.tell("report_shared", "2025-09-03", meeting="ICPC", agency="csc", shared_with="family")
    case.tell("report_shared", "2025-09-03", meeting="ICPC", agency="school", shared_with="family")
    assert [case.status(rule, "2025-09-03") for rule in ("STF-T43", "STF-T43a")] == [Status.OPEN, Status.OPEN]
    case.tell("conference_cancelled", "2025-09-04", meeting="DPM")

    assert [each.status for each in case.duties("STF-T43a")] == [Status.CANCELLED] * 2
    assert case.status("STF-T43") is Status.CANCELLED


@clause("STF-R94a")
def test_no_other_ending_asks_whether_the_child_is_looked_after() -> None:
    case = reviewed("2025-06-16")
    case.report("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk")

    assert case.findings("STF-R94a") == []


@clause("STF-R18")
def test_social_worker_or_manager_county_manager_and_solicitor_meet_at_the_legal_gateway() -> None:
    case = on_a_plan()
    case.tell("legal_gateway_held", "2025-04-01", members=[{"role": "team_manager"}])
    both = [{"role": "social_worker"}, {"role": "county_manager"}, {"role": "solicitor"}]
    case.tell("legal_gateway_held", "2025-04-02", members=both, outcome="plo", threshold_met=True)

    assert case.severities("STF-R18") == [Severity.RECORD]
    missing = case.findings("STF-R18")[0].missing
    assert missing == ("the county manager, a solicitor of the authority", "a record of outcome")


@pytest.mark.parametrize(
    "type_", ["looked_after_started", "interim_care_order_granted", "section_twenty_consent_given"]
)
@clause("STF-R94")
def test_one_set_of_planning_is_advised(type_: str) -> None:
    case = on_a_plan()
    assert "STF-R94" not in case.advice()
    case.tell(type_, "2025-04-01")
    assert "STF-R94" in case.advice()


@clause("STF-R94a", "STF-R65")
def test_a_plan_gives_way_to_looked_after_planning_only_at_a_review_and_while_looked_after() -> None:
    case = under_an_order()
    ending: dict[str, Anything] = {"ground": "looked_after_single_plan"}
    assert case.decide("plan_ended", "2025-09-10", **ending) == ("STF-R65",)
    case.tell("dual_process_meeting_held", "2025-09-22", meeting="DPM")
    back = Case(events=list(case.events))
    back.tell("interim_care_order_ended", "2025-09-21")

    assert back.decide("plan_ended", "2025-09-22", meeting="DPM", **ending) == ("STF-R94a",)
    override = {"rule": "STF-R94a", "reason": "An order is expected today.", "authoriser": "Head 1"}
    more: dict[str, Anything] = {"envelope": {"override": override}, "role": "head_of_service"}
    assert back.decide("plan_ended", "2025-09-22", meeting="DPM", **more, **ending) == ()
    assert case.decide("plan_ended", "2025-09-22", meeting="DPM", **ending) == ()


@pytest.mark.parametrize("combined, findings", [(True, 0), ("CPRC-2", 0), (False, 1), (None, 1)])
@clause("STF-R95")
def test_a_first_looked_after_review_apart_from_a_review_conference_is_found(combined: Anything, findings: int) -> None:
    case = under_an_order()
    more = {} if combined is None else {"combined_with_review": combined}
    case.tell("lac_review_held", "2025-09-22", first=True, **more)
    case.tell("lac_review_held", "2025-12-22", first=False)

    assert case.severities("STF-R95") == ["warning"] * findings


@clause("STF-R96", "STF-R97", "E-84")
def test_a_dual_meeting_is_not_closed_without_both_its_records() -> None:
    case = dual()
    assert case.decide("conference_closed", "2025-09-22", meeting="DPM") == ("STF-R96",)
    case.tell("decision_and_recommendations_completed", "2025-09-22", meeting="DPM")
    assert case.decide("conference_closed", "2025-09-22", meeting="DPM") == ("STF-R96",)
    override = {"rule": "STF-R96", "reason": "They follow tonight.", "authoriser": "Head 1"}
    aside = Case(events=list(case.events))
    more: dict[str, Anything] = {"envelope": {"override": override}, "role": "head_of_service"}
    assert aside.decide("conference_closed", "2025-09-22", meeting="DPM", **more) == ()
    case.tell("lac_review_decisions_issued", "2025-09-22", meeting="DPM")
    kept = Case(events=list(case.events))
    assert case.decide("conference_closed", "2025-09-22", meeting="DPM") == ()
    kept.tell("non_key_participants_left", "2025-09-22", meeting="DPM")
    kept.tell("conference_closed", "2025-09-22", meeting="DPM")

    assert case.severities("STF-R97") == [Severity.RECORD]
    assert (kept.findings("STF-R97"), kept.findings("STF-R96")) == ([], [])


@clause("STF-R96", "STF-R97")
def test_an_ordinary_review_has_one_record_only() -> None:
    case = reviewed("2025-06-16")

    assert case.decide("conference_closed", "2025-06-16", meeting="CPRC") == ()
    assert (case.findings("STF-R96"), case.findings("STF-R97")) == ([], [])


@pytest.mark.parametrize("type_, field", [("lac_review_held", "attendees"), ("non_key_participants_left", "stayed")])
@clause("STF-R98")
def test_only_key_people_stay_for_the_care_plan(type_: str, field: str) -> None:
    case = dual()
    key = ("chair", "child", "social_worker", "Foster carer", "mother", "minute_taker")
    case.tell(type_, "2025-09-22", meeting="DPM", **{field: [{"role": each} for each in key]})
    assert case.findings("STF-R98") == []
    case.tell(type_, "2025-09-22", meeting="DPM", **{field: [{"role": "teacher", "agency": "school"}]})

    assert case.severities("STF-R98") == ["warning"]


@clause("E-29", "E-48")
def test_the_state_says_since_when_the_child_is_looked_after_and_in_dual_planning() -> None:
    case = dual()
    state = case.assess().state
    assert {"looked_after", "interim_care_order", "dual_process"} <= set(state["flags"])
    assert str(state["looked_after"]["since"]) == "2025-09-01"
    assert str(state["dual_process"]["since"]) == "2025-09-22"
    assert len(state["plan"]["reviews"]) == 2

    case.tell("interim_care_order_ended", "2026-01-12")
    state = case.assess().state
    assert (state["flags"], state["looked_after"], state["dual_process"]) == ([], None, None)
