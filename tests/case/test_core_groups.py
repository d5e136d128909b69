"""Core groups: the first in ten working days, then every six weeks; their record; and the actions of the plan."""

from typing import Any

import pytest

from events.case.answer import Status
from tests.case.given import AUTHORITY, Case, last_day_in_time, on_a_plan

clause = pytest.mark.clause


def met(case: Case, *days: str) -> Case:
    for number, day in enumerate(days, 1):
        case.tell("core_group_meeting_held", day, meeting=f"CG-{number}")
    return case


@pytest.mark.parametrize(
    "conference, last",
    [
        ("2025-03-24", "2025-04-07"),
        ("2025-04-10", "2025-04-28"),  # over Easter
        ("2025-12-15", "2025-12-31"),  # over Christmas
        ("2024-02-20", "2024-03-05"),  # through 29 February
        ("2025-03-29", "2025-04-11"),  # from a Saturday, E-03
    ],
)
@clause("STF-T21", "E-02", "E-03")
def test_the_first_core_group_meets_within_ten_working_days(conference: str, last: str) -> None:
    assert last_day_in_time(on_a_plan(conference, requested="2024-02-01"), "STF-T21") == last


@clause("STF-T21")
def test_each_day_that_did_not_count_is_named() -> None:
    skipped = on_a_plan("2025-04-10").duty("STF-T21", "2025-04-10").explanation.skipped

    assert [(str(each.day), each.why) for each in skipped] == [
        ("2025-04-12", "Saturday"),
        ("2025-04-13", "Sunday"),
        ("2025-04-18", "Good Friday"),
        ("2025-04-19", "Saturday"),
        ("2025-04-20", "Sunday"),
        ("2025-04-21", "Easter Monday"),
        ("2025-04-26", "Saturday"),
        ("2025-04-27", "Sunday"),
    ]


@pytest.mark.parametrize("held, status", [("2025-04-07", Status.MET), ("2025-04-08", Status.MET_LATE)])
@clause("STF-T21")
def test_meeting_on_the_tenth_day_is_in_time(held: str, status: Status) -> None:
    assert met(on_a_plan("2025-03-24"), held).status("STF-T21") is status


@pytest.mark.parametrize(
    "days, last",
    [
        (["2025-04-07"], "2025-05-19"),
        (["2025-04-01"], "2025-05-13"),  # held early: counted from the day held
        (["2025-04-11"], "2025-05-23"),  # held late
        (["2025-04-07", "2025-05-12"], "2025-06-23"),
        (["2025-11-13"], "2025-12-25"),  # it does not roll
    ],
)
@clause("STF-T22", "STF-R86", "E-05", "E-49")
def test_the_next_core_group_meets_within_six_weeks(days: list[str], last: str) -> None:
    assert last_day_in_time(met(on_a_plan("2025-03-24"), *days), "STF-T22") == last


@clause("STF-T22")
def test_the_meeting_that_meets_one_starts_the_next() -> None:
    case = met(on_a_plan("2025-03-24"), "2025-04-07", "2025-05-20")

    statuses = [duty.status for duty in case.duties("STF-T22", "2025-05-20")]
    assert statuses == [Status.MET_LATE, Status.OPEN]
    assert len(case.duties("STF-T21")) == 1


@clause("STF-T21", "STF-T22", "STF-T23", "STF-T24")
def test_the_end_of_the_plan_ends_core_groups_but_not_the_record_of_one_held() -> None:
    before, after = on_a_plan("2025-03-24"), met(on_a_plan("2025-03-24"), "2025-04-07")
    for case in (before, after):
        case.tell("core_group_meeting_missed", "2025-04-07")
        case.report("plan_ended", "2025-04-07", ground="no_longer_at_risk")

    assert before.status("STF-T21") is Status.CANCELLED
    assert before.status("STF-T24") is Status.CANCELLED
    assert after.status("STF-T22") is Status.CANCELLED
    assert after.status("STF-T23", "2025-04-08") is Status.OPEN


@pytest.mark.parametrize(
    "held, last", [("2025-04-07", "2025-04-23"), ("2025-12-19", "2026-01-07"), ("2024-02-20", "2024-03-05")]
)
@clause("STF-T23")
def test_the_record_goes_round_within_ten_working_days(held: str, last: str) -> None:
    case = met(on_a_plan("2024-02-12", requested="2024-02-01"), held)
    assert last_day_in_time(case, "STF-T23") == last

    case.tell("core_group_record_circulated", last, meeting="CG-1")
    assert case.status("STF-T23") is Status.MET


@clause("STF-T23")
def test_the_record_of_one_meeting_says_nothing_of_another() -> None:
    case = met(on_a_plan("2025-03-24"), "2025-04-07", "2025-04-14")
    case.tell("core_group_record_circulated", "2025-04-16", meeting="CG-2")

    assert [duty.status for duty in case.duties("STF-T23", "2025-04-16")] == [Status.OPEN, Status.MET]


@clause("STF-T24", "STF-T24a")
def test_once_the_core_group_is_overdue_that_speaks_for_itself() -> None:
    in_time, overdue = on_a_plan("2025-03-24"), on_a_plan("2025-03-24")
    in_time.tell("core_group_meeting_missed", "2025-04-07")
    overdue.tell("core_group_meeting_missed", "2025-04-08")

    assert [
        [len(case.duties(rule, "2025-04-08")) for rule in ("STF-T24", "STF-T24a")] for case in (in_time, overdue)
    ] == [
        [1, 1],
        [0, 1],
    ]


@pytest.mark.parametrize("now, asked", [("2025-04-07T23:59:59", []), ("2025-04-08T00:00:00", [Status.OPEN])])
@clause("STF-T24a", "N17")
def test_agencies_speak_up_from_the_day_on_which_the_first_core_group_is_overdue(now: str, asked: list[Status]) -> None:
    case, told = on_a_plan("2025-03-24"), on_a_plan("2025-03-24")
    del told.events[-1]
    told.tell("plan_started", "2025-03-24", meeting="ICPC", category="physical")

    assert [duty.status for duty in case.duties("STF-T24a", now)] == asked
    assert [duty.status for duty in told.duties("STF-T24a", now)] == asked


@clause("STF-T24a")
def test_a_decision_that_a_plan_goes_on_begins_no_core_group_anew() -> None:
    case = met(on_a_plan("2025-03-24"), "2025-04-07")
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    case.decide("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue", continuing_sh=True)

    assert len(case.duties("STF-T24a")) == 1


@clause("STF-T24a")
def test_each_agency_may_say_that_a_later_core_group_is_overdue_until_it_meets() -> None:
    challenged, late, in_time = (met(on_a_plan("2025-03-24"), "2025-04-07") for _ in range(3))
    for case in (challenged, late):
        case.tell("agency_challenged_core_group_delay", "2025-05-19", agency="school")  # not overdue yet
        assert case.status("STF-T24a", "2025-05-20") is Status.OPEN
    challenged.tell("agency_challenged_core_group_delay", "2025-05-20", agency="school")
    late.tell("core_group_meeting_held", "2025-05-20", meeting="CG-2")
    in_time.tell("core_group_meeting_held", "2025-05-19", meeting="CG-2")

    assert challenged.status("STF-T24a", "2025-05-21") is Status.MET
    assert [duty.status for duty in late.duties("STF-T24a", "2025-05-21")] == [Status.CANCELLED]
    assert in_time.duties("STF-T24a", "2025-05-21") == []


@clause("STF-T24a", "STF-T24b")
def test_the_end_of_the_plan_ends_the_challenge_of_the_next_meeting_but_not_of_minutes_owed() -> None:
    case = met(on_a_plan("2025-03-24"), "2025-04-07")
    assert (case.status("STF-T24a", "2025-05-20"), case.status("STF-T24b", "2025-05-20")) == (Status.OPEN, Status.OPEN)

    case.report("plan_ended", "2025-05-20", ground="no_longer_at_risk")

    assert (case.status("STF-T24a"), case.status("STF-T24b")) == (Status.CANCELLED, Status.OPEN)


@clause("STF-T24b", "STF-R82")
def test_agencies_speak_up_when_the_minutes_of_a_core_group_are_late_until_they_come() -> None:
    challenged, sent, other = (met(on_a_plan("2025-03-24"), "2025-04-07", "2025-04-14") for _ in range(3))
    assert [len(sent.duties("STF-T24b", day)) for day in ("2025-04-23T23:59", "2025-04-24", "2025-05-01")] == [0, 1, 2]

    challenged.tell("agency_challenged_core_group_delay", "2025-05-02", meeting="CG-1", agency="school")
    sent.tell("core_group_record_circulated", "2025-05-02", meeting="CG-1")
    other.tell("agency_challenged_core_group_delay", "2025-05-02", agency="school")  # of the last one held

    found = [[duty.status for duty in case.duties("STF-T24b", "2025-05-02")] for case in (challenged, sent, other)]
    assert found == [[Status.MET, Status.OPEN], [Status.CANCELLED, Status.OPEN], [Status.OPEN, Status.MET]]


@clause("STF-T24b")
def test_the_minutes_of_one_meeting_are_challenged_once_for_all_the_children_it_concerned() -> None:
    case, sibling = met(on_a_plan("2025-03-24"), "2025-04-07"), met(on_a_plan("2025-03-24"), "2025-04-07")
    sibling.id = AUTHORITY

    assert case.duty("STF-T24b").id == sibling.duty("STF-T24b").id


@clause("STF-T24", "STF-R82")
def test_a_core_group_that_failed_to_meet_is_challenged_until_it_meets() -> None:
    challenged, held = on_a_plan("2025-03-24"), on_a_plan("2025-03-24")
    for case in (challenged, held):
        case.tell("core_group_meeting_missed", "2025-04-07", reason="The worker was ill.")
    assert (held.status("STF-T24"), held.duty("STF-T24").due_on) == (Status.OPEN, None)

    challenged.tell("agency_challenged_core_group_delay", "2025-04-08", agency="school")
    met(held, "2025-04-09")

    assert (challenged.status("STF-T24"), held.status("STF-T24")) == (Status.MET, Status.CANCELLED)


@pytest.mark.parametrize(
    "told, findings",
    [
        ([{"seq": 1, "chair_role": "team_manager"}], 0),
        ([{"chair_role": "Team Manager"}], 0),
        ([{"seq": 1, "chair_role": "social_worker"}], 1),
        ([{"chair": {"role": "social_worker"}}], 1),
        ([{}], 0),
        ([{"chair_role": "team_manager"}, {"chair_role": "team_manager"}], 1),
        ([{"chair_role": "team_manager"}, {"chair_role": "social_worker"}], 0),
    ],
)
@clause("STF-R83")
def test_the_team_manager_chairs_the_first_and_no_other(told: list[dict[str, Any]], findings: int) -> None:
    case = on_a_plan("2025-03-24")
    for number, data in enumerate(told):
        case.tell("core_group_meeting_held", f"2025-04-0{number + 1}", meeting=f"CG-{number}", **data)

    assert case.severities("STF-R83") == ["warning"] * findings


@clause("STF-R84")
def test_only_the_first_core_group_is_asked_for_what_the_first_does() -> None:
    case = met(on_a_plan("2025-03-24"), "2025-04-07", "2025-05-12")

    assert [str(finding.on) for finding in case.findings("STF-R84")] == ["2025-04-07"]


ACTION = {"action": "ACT-1", "due_on": "2025-05-16"}


@pytest.mark.parametrize(
    "type_, data",
    [
        ("plan_action_added", ACTION),
        ("outline_plan_agreed", {"actions": [ACTION]}),
        ("detailed_plan_compiled", {"actions": [ACTION]}),
        ("plan_revised", {"actions": [ACTION]}),
        ("core_group_meeting_held", {"individual_actions": [ACTION]}),
    ],
)
@clause("STF-T25")
def test_an_action_is_done_by_the_date_set_for_it_wherever_it_was_set(type_: str, data: dict[str, Any]) -> None:
    case = on_a_plan("2025-03-24")
    case.tell(type_, "2025-04-07", **data)
    assert last_day_in_time(case, "STF-T25") == "2025-05-16"
    assert case.duty("STF-T25").told_of == {"action": "ACT-1"}

    case.tell("plan_action_completed", "2025-05-16", action="ACT-1")
    assert case.status("STF-T25") is Status.MET


@clause("STF-T25")
def test_actions_are_told_apart_and_a_new_date_moves_an_action() -> None:
    case = on_a_plan("2025-03-24")
    two = [ACTION, {"action": "ACT-2"}, {"what": "Without an id nobody can report on it."}]
    case.tell("outline_plan_agreed", "2025-03-24", meeting="ICPC", actions=two)
    case.tell("plan_action_added", "2025-04-07", action="ACT-1", due_on="2025-06-02")
    case.tell("plan_action_completed", "2025-04-08", action="ACT-2")

    dues = {duty.told_of["action"]: (str(duty.due_on), duty.status) for duty in case.duties("STF-T25", "2025-04-08")}
    assert dues == {"ACT-1": ("2025-06-02", Status.OPEN), "ACT-2": ("None", Status.MET)}


@clause("STF-T25", "E-81")
def test_an_action_without_a_date_cannot_be_calculated() -> None:
    case = on_a_plan("2025-03-24")
    case.tell("plan_action_added", "2025-04-07", action="ACT-1")

    assert case.duty("STF-T25").missing == "the date by which the action is to be done"


@clause("STF-T25")
def test_an_action_said_not_to_be_done_is_no_longer_owed() -> None:
    case = on_a_plan("2025-03-24")
    case.tell("plan_action_added", "2025-04-07", **ACTION)
    case.tell("plan_action_not_completed", "2025-04-20", action="ACT-1", rationale="Not needed.")

    assert case.status("STF-T25") is Status.CANCELLED


@clause("STF-T26")
def test_the_assessment_is_finished_by_the_date_agreed() -> None:
    case = on_a_plan("2025-03-24")
    case.tell("assessment_started", "2025-03-25", assessment="A-1", kind="cswa", agreed_timescale="2025-04-30")
    assert last_day_in_time(case, "STF-T26") == "2025-04-30"

    case.tell("assessment_completed", "2025-04-20", assessment="A-2", kind="cswa")
    case.tell("assessment_completed", "2025-04-20", assessment="A-1", kind="core")
    assert case.status("STF-T26", "2025-04-20") is Status.OPEN
    case.tell("assessment_completed", "2025-04-30", assessment="A-1", kind="cswa")
    assert case.status("STF-T26") is Status.MET


@clause("STF-T26")
def test_an_assessment_of_another_kind_or_without_a_date_has_no_such_day() -> None:
    case = on_a_plan("2025-03-24")
    case.tell("assessment_started", "2025-03-25", assessment="A-1", kind="single", agreed_timescale="2025-04-30")
    assert case.duties("STF-T26") == []

    case.tell("assessment_started", "2025-03-25")
    assert case.duty("STF-T26").missing == "the agreed timescale"


@clause("STF-T26")
def test_an_assessment_goes_on_when_no_plan_is_made() -> None:
    case = on_a_plan("2025-03-24")
    case.tell("assessment_started", "2025-03-25", agreed_timescale="2025-04-30")
    case.report("plan_ended", "2025-04-07", ground="no_longer_at_risk")

    assert case.status("STF-T26", "2025-04-08") is Status.OPEN


@clause("STF-R90")
@pytest.mark.parametrize(
    "type_, data",
    [
        ("household_change_recorded", {"change": "C"}),
        ("household_member_joined", {"person": {"role": "r"}}),
        ("household_member_left", {"person": {"role": "r"}}),
        ("plan_difficulty_reported", {"description": "D"}),
        ("information_shared_between_meetings", {"change": "C"}),
    ],
)
def test_a_change_brings_the_advice_to_pass_it_on(type_: str, data: dict[str, Any]) -> None:
    case = on_a_plan()
    case.tell(type_, "2025-04-07", **data)

    assert "STF-R90" in case.advice()


@clause("STF-R31")
def test_an_outline_plan_brings_the_advice_on_what_agencies_owe_it() -> None:
    case = on_a_plan()
    assert "STF-R31" not in case.advice()
    case.tell("outline_plan_agreed", "2025-03-24", meeting="ICPC")

    assert "STF-R31" in case.advice()
