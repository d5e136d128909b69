"""Reviews: the first in three months, the others in six, early ones, and what does not count as one."""

import pytest

from events.case.answer import Status
from tests.case.given import Case, at_review, last_day_in_time, on_a_plan, reviewed

clause = pytest.mark.clause


@pytest.mark.parametrize(
    "conference, last",
    [
        ("2025-03-24", "2025-06-24"),
        ("2025-11-30", "2026-02-28"),  # a month that ends earlier
        ("2023-11-30", "2024-02-29"),  # in a leap year
        ("2024-11-29", "2025-02-28"),
        ("2025-01-31", "2025-04-30"),
        ("2025-09-25", "2025-12-25"),  # a bank holiday: it does not roll
        ("2025-02-01", "2025-05-01"),
    ],
)
@clause("STF-T17", "E-01", "E-05", "E-11")
def test_the_first_review_is_held_within_three_months(conference: str, last: str) -> None:
    assert last_day_in_time(on_a_plan(conference, requested="2023-11-01"), "STF-T17") == last


@clause("STF-T17")
def test_it_is_counted_from_the_conference_and_not_from_the_day_the_decision_was_told() -> None:
    case = on_a_plan("2025-03-24")
    del case.events[-1]
    case.tell("plan_started", "2025-03-27", meeting="ICPC", category="neglect")

    assert last_day_in_time(case, "STF-T17") == "2025-06-24"


@pytest.mark.parametrize("held, status", [("2025-06-24", Status.MET), ("2025-06-25", Status.MET_LATE)])
@clause("STF-T17")
def test_holding_it_on_the_last_day_is_in_time(held: str, status: Status) -> None:
    assert at_review(held).status("STF-T17") is status


@pytest.mark.parametrize(
    "held, last",
    [
        ("2025-06-16", "2025-12-16"),
        ("2025-06-27", "2025-12-27"),  # held late: counted from then all the same
        ("2025-05-31", "2025-11-30"),
    ],
)
@clause("STF-T18", "E-12")
def test_later_reviews_are_held_within_six_months_of_the_one_before(held: str, last: str) -> None:
    assert last_day_in_time(reviewed(held), "STF-T18") == last


@clause("STF-T18", "E-12")
def test_the_review_that_meets_one_starts_the_next() -> None:
    case = reviewed("2025-06-16")
    case.tell("review_conference_held", "2025-11-03", meeting="CPRC-2")

    statuses = [(duty.status, str(duty.due_on)) for duty in case.duties("STF-T18", "2025-11-03")]
    assert statuses == [(Status.MET, "2025-12-16"), (Status.OPEN, "2026-05-03")]


@clause("STF-T17", "STF-T18")
def test_the_end_of_the_plan_ends_its_reviews() -> None:
    first, later = on_a_plan(), reviewed()
    for case in (first, later):
        case.report("plan_ended", "2025-06-20", ground="no_longer_at_risk")

    assert (first.status("STF-T17"), later.status("STF-T18")) == (Status.CANCELLED, Status.CANCELLED)
    assert later.duty("STF-T18").reason == "the plan ended"


@pytest.mark.parametrize("result, status", [("quorate", Status.MET), ("inquorate_proceeding", Status.OPEN)])
@clause("STF-T17", "STF-T18", "E-13")
def test_an_inquorate_review_that_decided_nothing_is_none(result: str, status: Status) -> None:
    case = on_a_plan()
    case.tell("quorum_assessed", "2025-06-16", meeting="CPRC", result=result)
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")

    assert case.status("STF-T17", "2025-06-16") is status
    assert len(case.duties("STF-T18")) == (status is Status.MET)


@clause("STF-T17", "STF-T18", "E-13")
def test_an_inquorate_review_that_decided_counts_and_leaves_a_finding() -> None:
    case = on_a_plan()
    case.tell("quorum_assessed", "2025-06-16", meeting="CPRC", result="inquorate_proceeding", info_sufficient=True)
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    case.decide("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue")

    assert case.status("STF-T17") is Status.MET
    assert str(case.duty("STF-T18").due_on) == "2025-12-16"
    assert case.severities("STF-R43") == ["warning"]


@clause("STF-T18", "E-13")
def test_the_next_review_too_must_go_ahead_or_decide() -> None:
    case = reviewed("2025-06-16")
    case.tell("quorum_assessed", "2025-12-10", meeting="CPRC-2", result="inquorate_proceeding", info_sufficient=True)
    case.tell("review_conference_held", "2025-12-10", meeting="CPRC-2")
    assert [duty.status for duty in case.duties("STF-T18", "2025-12-10")] == [Status.OPEN]

    case.decide("child_decision_made", "2025-12-10", meeting="CPRC-2", decision="continue")
    assert [duty.status for duty in case.duties("STF-T18", "2025-12-10")] == [Status.MET, Status.OPEN]


@clause("STF-T17", "E-13", "E-15")
def test_a_review_not_held_or_put_off_leaves_its_date() -> None:
    not_held, put_off = on_a_plan(), on_a_plan()
    not_held.tell("conference_not_held_inquorate", "2025-06-20", meeting="CPRC")
    put_off.tell("review_conference_scheduled", "2025-05-01", meeting="CPRC", date="2025-06-20")
    put_off.tell("conference_postponed", "2025-06-20", meeting="CPRC", new_date="2025-07-04")

    assert last_day_in_time(not_held, "STF-T17") == last_day_in_time(put_off, "STF-T17") == "2025-06-24"


@clause("STF-T17", "STF-T18")
def test_a_decision_to_continue_says_that_the_review_was_held() -> None:
    case = on_a_plan()
    case.decide("child_decision_made", "2025-06-16", decision="continue")

    assert case.status("STF-T17") is Status.MET
    assert str(case.duty("STF-T18", "2025-06-16").due_on) == "2025-12-16"


@clause("STF-T17", "STF-T18")
def test_a_decision_of_the_initial_conference_is_no_review() -> None:
    case = on_a_plan()

    assert (case.status("STF-T17", "2025-03-24"), case.duties("STF-T18")) == (Status.OPEN, [])


@clause("STF-T19")
def test_an_earlier_review_has_no_date_and_is_met_by_bringing_one_forward_or_holding_it() -> None:
    forward, held = on_a_plan(), on_a_plan()
    for case in (forward, held):
        case.tell("early_review_need_identified", "2025-04-28", reason="The father came back.")
    assert (forward.status("STF-T19"), forward.duty("STF-T19").due_on) == (Status.OPEN, None)

    forward.tell("review_brought_forward", "2025-04-30", new_date="2025-05-16")
    held.tell("review_conference_held", "2025-05-16", meeting="CPRC")

    assert (forward.status("STF-T19"), held.status("STF-T19")) == (Status.MET, Status.MET)
    assert held.duty("STF-T17").status is Status.MET


@pytest.mark.parametrize(
    "type_, data, meeting, findings",
    [
        ("review_conference_scheduled", {"date": "2025-06-24"}, "CPRC", 0),
        ("review_conference_scheduled", {"date": "2025-06-25"}, "CPRC", 1),
        ("conference_rescheduled", {"new_date": "2025-06-25"}, "CPRC", 1),
        ("conference_postponed", {"new_date": "2025-06-25"}, "CPRC", 1),
        ("review_brought_forward", {"new_date": "2025-06-25"}, "CPRC", 1),
        ("first_review_date_confirmed", {"date": "2025-06-25"}, "ICPC", 1),
        ("first_review_date_confirmed", {"date": "2025-06-24"}, "ICPC", 0),
        ("next_review_scheduled", {"date": "2025-06-25"}, "ICPC", 1),
    ],
)
@clause("E-72")
def test_a_review_booked_after_its_last_day_is_found_and_moves_nothing(
    type_: str, data: dict[str, str], meeting: str, findings: int
) -> None:
    case = on_a_plan()
    case.tell("review_conference_scheduled", "2025-03-24", meeting="CPRC", date="2025-06-20")
    case.tell(type_, "2025-05-01", meeting=meeting, **data)

    assert [finding.missing for finding in case.findings("E-72")] == [("a date no later than 2025-06-24",)] * findings
    assert str(case.duty("STF-T17").due_on) == "2025-06-24"


@clause("E-72")
def test_moving_an_initial_conference_is_no_matter_of_reviews() -> None:
    case = on_a_plan()
    case.tell("conference_rescheduled", "2025-03-24", meeting="ICPC", new_date="2025-07-01")

    assert case.findings("E-72") == []


@clause("STF-R89")
def test_the_core_groups_report_to_a_review_is_asked_for() -> None:
    without, with_report = at_review(), on_a_plan()
    with_report.tell("core_group_report_agreed", "2025-06-10", meeting="CPRC", recommendation="Continue.")
    with_report.tell("review_conference_held", "2025-06-16", meeting="CPRC")

    assert [case.severities("STF-R89") for case in (without, with_report)] == [["record"], []]


def test_the_state_names_the_phase_and_the_reviews() -> None:
    before, after = on_a_plan(), reviewed()

    def phase(case: Case) -> str:
        return str(case.assess().state["plan"]["phase"])

    assert (phase(before), phase(after)) == ("awaiting_first_review", "in_review_cycle")
    assert [str(each["held_on"]) for each in after.assess().state["plan"]["reviews"]] == ["2025-06-16"]
