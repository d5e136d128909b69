"""Calderdale's half-yearly report: when it is due, who is given it, what it says, and what it counts."""

from datetime import date

import pytest

from events.case.activity import Period, activity
from events.case.answer import Mark, Status
from tests.case import given
from tests.case.given import Anything, Case, at, last_day_in_time
from tests.case.test_calderdale import after, planned, review

clause = pytest.mark.clause
FIRST = "2025-04-01/2025-09-30"
STEPS = ("CAL-T09a", "CAL-T09b", "CAL-T09c")


def reporting(began: str = "2025-04-01") -> Case:
    """An authority under Calderdale's procedure that reports from a day on."""
    case = Case(policy=given.pack("calderdale"))
    case.tell("biannual_reporting_began", "2025-03-03", next_from=began)
    return case


def produced(case: Case, on: str = "2025-10-01", period: str = FIRST, next_from: str = "2025-10-01") -> Case:
    """The report of a half-year is produced on a day."""
    case.tell("biannual_report_produced", on, period=period, next_from=next_from, cases=0, counts={})
    return case


@clause("CAL-T09", "E-30")
def test_a_report_is_due_as_each_half_year_is_over() -> None:
    case = reporting()
    assert last_day_in_time(case, "CAL-T09") == "2025-10-01"
    assert Mark.INHERITED in case.duty("CAL-T09").marks
    assert last_day_in_time(reporting("2025-09-01"), "CAL-T09") == "2026-03-01"

    produced(case)
    assert [duty.status for duty in case.duties("CAL-T09", "2025-10-02")] == [Status.MET, Status.OPEN]
    assert last_day_in_time(case, "CAL-T09") == "2026-04-01"


@clause("CAL-T09")
def test_told_anew_half_years_are_counted_from_the_new_day() -> None:
    case = reporting()
    case.tell("biannual_reporting_began", "2025-03-04", next_from="2025-01-01")

    assert [duty.status for duty in case.duties("CAL-T09", "2025-03-05")] == [Status.CANCELLED, Status.OPEN]
    assert last_day_in_time(case, "CAL-T09") == "2025-07-01"


@clause("CAL-T09", *STEPS)
def test_nothing_that_ends_a_plan_ends_what_an_authority_owes() -> None:
    case = produced(planned())
    case.tell("biannual_reporting_began", "2025-10-02", next_from="2025-10-01")
    case.report("plan_ended", "2025-10-03", ground="reached_18")

    assert {case.status(rule, "2025-10-04") for rule in ("CAL-T09", *STEPS)} == {Status.OPEN}


@pytest.mark.parametrize(
    "told, met",
    [
        ({"to": "senior_leadership_team"}, "CAL-T09a"),
        ({"to": "directorate_leadership_team"}, "CAL-T09b"),
        (None, "CAL-T09c"),
    ],
)
@clause(*STEPS, "N23")
def test_each_step_of_a_report_is_a_duty_of_its_own(told: dict[str, Anything] | None, met: str) -> None:
    case = produced(reporting())
    produced(case, "2026-04-01", "2025-10-01/2026-03-31", "2026-04-01")
    type_ = "biannual_report_shared" if told is None else "biannual_report_submitted"
    case.tell(type_, "2026-04-02", period=FIRST, **(told or {}))

    found = {rule: [duty.status for duty in case.duties(rule)] for rule in STEPS}
    assert found == {rule: [Status.MET if rule == met else Status.OPEN, Status.OPEN] for rule in STEPS}
    assert {duty.owner for rule in STEPS for duty in case.duties(rule)} == {
        "service manager, safeguarding and quality assurance"
    }


@clause("CAL-R13")
def test_what_was_learnt_is_recorded_when_it_is_submitted() -> None:
    found = []
    for said in ({"lessons": "Fathers come too late."}, {}):
        case = produced(reporting())
        case.tell("biannual_report_submitted", "2025-10-02", period=FIRST, to="senior_leadership_team", **said)
        found.append([each.value for each in case.severities("CAL-R13")])

    assert found == [[], ["record"]]


def counted(case: Case, first: str, last: str) -> dict[str, int]:
    """What one case adds to the report of a period."""
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    assessor = given.the_engine().assessor
    return dict(activity(assessor, case.events, case.policies, case.calendar, at(given.FAR_OFF), period))


@clause("CAL-R13", "E-29")
def test_reviews_from_the_third_on_count_and_those_that_ended_the_plan_trigger_nothing() -> None:
    case = after(3)  # held in June 2025, December 2025 and June 2026
    assert counted(case, "2025-04-01", "2025-09-30") == {"plans": 1}
    assert counted(case, "2025-10-01", "2026-03-31") == {"plans": 1}
    assert counted(case, "2026-04-01", "2026-09-30") == {"plans": 1, "reviews_from_the_third": 1, "triggers": 1}

    review(case, 4, goes_on=False)
    case.report("plan_ended", "2026-11-23", meeting="RCPC-4", ground="no_longer_at_risk")
    case.tell("minutes_signed", "2026-12-01", meeting="RCPC-4")
    assert counted(case, "2026-10-01", "2027-03-31") == {"reviews_from_the_third": 1}


@clause("CAL-R13", "E-13")
def test_a_third_review_without_a_quorum_counts_once_it_decided() -> None:
    case = after(2)
    case.tell("quorum_assessed", "2026-06-01", meeting="RCPC-3", result="inquorate_proceeding")
    review(case, 3, goes_on=False)
    assert "reviews_from_the_third" not in counted(case, "2026-04-01", "2026-09-30")

    case.report("child_decision_made", "2026-06-01", meeting="RCPC-3", decision="continue")
    assert counted(case, "2026-04-01", "2026-09-30")["triggers"] == 1


@clause("CAL-R13")
def test_everything_that_case_reviews_did_and_what_came_of_it_is_counted() -> None:
    case = after(3)
    case.tell("senior_review_early_invocation_proposed", "2026-06-02", rationale="R")
    case.tell("senior_review_early_invocation_refused", "2026-06-03")
    case.tell("senior_review_early_invocation_endorsed", "2026-06-04")
    case.tell("senior_review_case_considered", "2026-06-05", outcome="not_needed")
    case.tell("senior_review_case_considered", "2026-06-08", outcome="case_review")
    case.tell("case_review_held", "2026-06-30", agreed_actions=[{"action": "A"}, {"action": "B"}])
    case.tell("single_assessment_submitted", "2026-07-01", completed_on="2026-07-01")
    case.tell("case_review_held", "2026-07-14", agreed_actions=[{"action": "C"}])
    case.tell("case_review_action_completed", "2026-07-20", action="A")
    for day, progress in (("2026-07-21", "sufficient"), ("2026-07-22", "none"), ("2026-07-23", "insufficient")):
        case.tell("case_review_update_recorded", day, progress=progress)
    case.tell("delay_raised_with_service_manager", "2026-07-24", cause=["quality"])
    case.tell("practice_dispute_resolution_invoked", "2026-07-27")
    case.tell("robust_rationale_recorded", "2026-07-28", reasons="R")
    case.report("plan_ended", "2026-09-30", ground="reached_18")

    assert counted(case, "2026-04-01", "2026-09-30") == {
        "reviews_from_the_third": 1,
        "triggers": 1,
        "early_starts_proposed": 1,
        "early_starts_endorsed": 1,
        "early_starts_refused": 1,
        "considered_for_case_review": 1,
        "case_review_not_needed": 1,
        "case_reviews": 2,
        "case_reviews_without_recent_assessment": 1,
        "actions_agreed": 3,
        "actions_completed": 1,
        "updates_with_progress": 1,
        "updates_with_delay": 2,
        "delays_raised": 1,
        "disputes_invoked": 1,
        "rationales_recorded": 1,
        "reviewed_and_ended": 1,
    }
    assert counted(case, "2026-10-01", "2027-03-31") == {}


@clause("CAL-R13", "E-32")
def test_plans_past_two_years_are_counted_as_they_stand_on_the_last_day() -> None:
    case = planned("2025-03-31")
    assert counted(case, "2026-10-01", "2027-03-31") == {"plans": 1}  # two years are up on that day, and not passed
    past = {"plans": 1, "past_two_years": 1}
    assert counted(case, "2027-04-01", "2027-09-30") == {**past, "past_two_years_without_rationale": 1}

    case.tell("robust_rationale_recorded", "2027-10-01", reasons="R")
    assert counted(case, "2027-04-01", "2027-09-30") == {**past, "past_two_years_without_rationale": 1}
    assert counted(case, "2027-10-01", "2028-03-31") == {**past, "rationales_recorded": 1}


@clause("CAL-R13")
def test_a_plan_that_ended_without_a_case_review_of_its_own_is_not_counted_as_reviewed() -> None:
    case = after(3)
    case.report("plan_ended", "2026-07-01", ground="reached_18")

    assert "reviewed_and_ended" not in counted(case, "2026-04-01", "2026-09-30")
