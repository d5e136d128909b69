"""Asking for an initial conference: the notification form, the leaflets, and taking the request back."""

import pytest

from events.case.answer import Severity, Status
from tests.case.given import Case, asked_for, at, at_conference, booked, child, last_day_in_time, subject

clause = pytest.mark.clause


def requested_at(instant: str) -> Case:
    case = child()
    case.tell("initial_conference_requested", instant, requested_by="csc")
    return case


@clause("STF-T01")
def test_the_form_is_due_24_hours_after_the_decision_to_convene() -> None:
    case = requested_at("2025-03-10T09:30:00+00:00")

    assert case.duty("STF-T01", "2025-03-10").due_at == at("2025-03-11T09:30:00+00:00")
    assert case.status("STF-T01", "2025-03-11T09:30:00+00:00") is Status.OPEN
    assert case.status("STF-T01", "2025-03-11T09:30:00.000001+00:00") is Status.MISSED


@pytest.mark.parametrize(
    "decided, due",
    [
        ("2025-03-29T12:00:00+00:00", "2025-03-30T13:00:00+01:00"),  # clocks go forward in between
        ("2025-10-25T12:00:00+01:00", "2025-10-26T11:00:00+00:00"),  # clocks go back in between
        ("2025-12-24T16:00:00+00:00", "2025-12-25T16:00:00+00:00"),  # over Christmas, without a pause
    ],
)
@clause("STF-T01", "E-09")
def test_24_hours_are_elapsed_time_whatever_the_clocks_and_the_holidays(decided: str, due: str) -> None:
    assert requested_at(decided).duty("STF-T01", decided).due_at == at(due)


@clause("STF-T01", "E-09")
def test_told_only_the_day_it_runs_to_the_end_of_the_next_and_says_so() -> None:
    case = asked_for("2025-03-10")

    assert last_day_in_time(case, "STF-T01") == "2025-03-11"
    assert "imprecise" in case.duty("STF-T01", "2025-03-10").marks


@clause("STF-T01")
def test_the_completed_form_meets_it_and_a_late_one_meets_it_late() -> None:
    in_time, late = requested_at("2025-03-10T09:30:00+00:00"), requested_at("2025-03-10T09:30:00+00:00")

    in_time.tell("icpc_notification_form_completed", "2025-03-11T09:30:00+00:00")
    late.tell("icpc_notification_form_completed", "2025-03-11T09:31:00+00:00")

    assert in_time.status("STF-T01") is Status.MET
    assert late.status("STF-T01") is Status.MET_LATE


@clause("STF-T01", "STF-T03", "P3")
def test_a_withdrawn_request_cancels_what_was_owed_for_it() -> None:
    case = requested_at("2025-03-10T09:30:00+00:00")

    assert case.decide("initial_conference_request_withdrawn", "2025-03-10T17:00:00+00:00") == ()

    assert case.status("STF-T01") is Status.CANCELLED
    assert case.duty("STF-T03").reason == "the request was withdrawn"


@clause("STF-T01")
def test_one_request_owes_one_form_however_often_it_is_told() -> None:
    case = asked_for()
    case.tell("initial_conference_requested", "2025-03-12", requested_by="police")

    assert len(case.duties("STF-T01")) == 1


@clause("STF-T03")
def test_leaflets_have_no_date_and_are_met_by_sharing_them() -> None:
    case = asked_for()
    assert (case.duty("STF-T03", "2026-01-01").status, case.duty("STF-T03").due_on) == (Status.OPEN, None)

    case.tell("leaflets_shared", "2025-03-12")

    assert case.status("STF-T03") is Status.MET


@clause("STF-T03")
def test_leaflets_shared_earlier_on_the_day_of_the_request_count() -> None:
    case = child()
    case.tell("leaflets_shared", "2025-03-10")
    case.tell("initial_conference_requested", "2025-03-10")

    assert case.status("STF-T03") is Status.MET


@pytest.mark.parametrize("role", ["chair", "independent conference chair", "Chair"])
@clause("STF-R26")
def test_the_chair_cannot_refuse_a_request(role: str) -> None:
    case = asked_for()

    assert case.decide("initial_conference_request_withdrawn", "2025-03-11", by_role=role) == ("STF-R26",)
    assert case.assess().state["stage"] == "icpc_requested"
    (refusal,) = case.decided[-1].refusals
    assert refusal.missing == ("a withdrawal by whoever asked; the chair cannot refuse",)


@clause("STF-R26")
def test_a_refusal_by_the_chair_told_of_elsewhere_is_kept_as_forbidden() -> None:
    case = asked_for()
    case.report("initial_conference_request_withdrawn", "2025-03-11", by_role="chair")

    assert case.severities("STF-R26") == [Severity.FORBIDDEN]
    assert case.assess().state["stage"] == "withdrawn"


@clause("STF-R26")
def test_whoever_asked_may_take_the_request_back() -> None:
    assert asked_for().decide("initial_conference_request_withdrawn", "2025-03-11", by_role="social_worker") == ()


@clause("P3")
def test_there_must_be_a_request_to_take_back() -> None:
    held = at_conference()
    held.decide("child_decision_made", "2025-03-24", meeting="ICPC", **subject())

    assert child().decide("initial_conference_request_withdrawn", "2025-03-11") == ("P3",)
    assert held.decide("initial_conference_request_withdrawn", "2025-03-25") == ("P3",)


@clause("P21")
def test_a_request_after_a_plan_opens_another_episode() -> None:
    case = at_conference()
    case.decide("child_decision_made", "2025-03-24", meeting="ICPC", **subject())
    case.report("plan_ended", "2025-06-01", ground="no_longer_at_risk")

    case.tell("initial_conference_requested", "2026-01-12")

    state = case.assess().state
    assert (state["stage"], state["episode"], len(state["earlier_plans"])) == ("icpc_requested", 2, 1)
    assert len(case.duties("STF-T01")) == 2


@clause("STF-R12", "STF-T66")
def test_a_request_brings_advice_on_urgency_and_emergencies() -> None:
    assert asked_for().advice() >= {"STF-R12", "STF-T66"}


@clause("STF-T66")
def test_emergency_measures_bring_the_advice_that_they_do_not_wait() -> None:
    case = child()
    case.tell("emergency_measures_taken", "2025-03-10T18:00:00+00:00")

    assert "STF-T66" in case.advice()


def test_a_booked_conference_called_off_is_a_request_again() -> None:
    case = booked()
    case.tell("conference_cancelled", "2025-03-12", meeting="ICPC")

    assert case.assess().state["stage"] == "icpc_requested"
