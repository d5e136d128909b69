"""Stockport 8.2: when reviews are held, and what brings one forward."""

from typing import Any

import pytest

from events.case.answer import Status
from tests.case.given import last_day_in_time
from tests.case.stockport import REVIEW, keep, on_a_plan, proposed, reviewing

clause = pytest.mark.clause
PROMPTS: dict[str, tuple[str, dict[str, Any]]] = {
    "STK-T03": ("plan_difficulty_reported", {"description": "Nobody opens the door."}),
    "STK-T04": ("pregnancy_in_household_notified", {"edd": "2025-09-01", "prebirth_conference": "ICPC-9"}),
    "STK-T05": (
        "household_member_joined",
        {"person": {"role": "partner"}, "assessed_risk": True, "home_office_circular_basis": "Appendix 3"},
    ),
    "STK-T06": ("early_ending_suggested_by_core_group", {"reasons": "All is done."}),
}
each_prompt = pytest.mark.parametrize("rule", [pytest.param(rule, marks=clause(rule)) for rule in PROMPTS])


@pytest.mark.parametrize(
    "conference, last",
    [
        ("2025-03-24", "2025-06-02"),
        ("2025-10-16", "2025-12-25"),  # a bank holiday: it does not roll
        ("2024-12-23", "2025-03-03"),  # over the end of the year
        ("2025-01-19", "2025-03-30"),  # the day the clocks change
    ],
)
@clause("STK-T01", "E-05", "E-11", "E-63")
def test_the_first_review_is_held_within_ten_weeks(conference: str, last: str) -> None:
    assert last_day_in_time(on_a_plan(conference), "STK-T01") == last


@clause("STK-T01")
def test_the_ten_weeks_run_from_the_conference_and_not_from_when_the_plan_was_told() -> None:
    case = on_a_plan()
    del case.events[-1]
    case.tell("plan_started", "2025-03-27", meeting="ICPC", category="neglect")

    assert last_day_in_time(case, "STK-T01") == "2025-06-02"


@pytest.mark.parametrize("held, status", [("2025-06-02", Status.MET), ("2025-06-03", Status.MET_LATE)])
@clause("STK-T01")
def test_the_last_day_is_in_time_and_the_next_is_late(held: str, status: Status) -> None:
    assert reviewing(held).status("STK-T01") is status


@pytest.mark.parametrize(
    "held, last",
    [("2025-05-28", "2025-11-28"), ("2025-08-31", "2026-02-28"), ("2023-08-31", "2024-02-29")],
)
@clause("STK-T02", "E-01", "E-12")
def test_the_next_is_held_within_six_months_of_the_day_of_the_last(held: str, last: str) -> None:
    case = reviewing(held, case=on_a_plan("2023-06-26" if held < "2024" else "2025-03-24"))

    assert last_day_in_time(case, "STK-T02") == last


@clause("STK-T02")
def test_the_review_that_meets_one_starts_the_next() -> None:
    case = reviewing()
    keep(case)
    reviewing("2025-11-03", case=case, meeting="CPRC-2")

    statuses = [(duty.status, str(duty.due_on)) for duty in case.duties("STK-T02", "2025-11-03")]
    assert statuses == [(Status.MET, "2025-11-28"), (Status.OPEN, "2026-05-03")]


@clause("STK-T01", "STK-T02", "E-13")
def test_an_inquorate_review_counts_if_it_decided() -> None:
    case = on_a_plan()
    case.tell("quorum_assessed", REVIEW, meeting="CPRC", result="inquorate_proceeding")
    case.tell("review_conference_held", REVIEW, meeting="CPRC")
    assert (case.status("STK-T01", REVIEW), case.duties("STK-T02")) == (Status.OPEN, [])

    assert keep(case) == ()
    assert (case.status("STK-T01"), str(case.duty("STK-T02").due_on)) == (Status.MET, "2025-11-28")
    case.tell("quorum_assessed", "2025-11-20", meeting="CPRC-2", result="inquorate_proceeding")
    case.tell("review_conference_held", "2025-11-20", meeting="CPRC-2")
    assert [duty.status for duty in case.duties("STK-T02", "2025-11-20")] == [Status.OPEN]

    assert keep(case, "2025-11-20", "CPRC-2") == ()
    assert [duty.status for duty in case.duties("STK-T02", "2025-11-20")] == [Status.MET, Status.OPEN]


@clause("STK-T01", "STK-T02")
def test_the_end_of_a_plan_ends_its_reviews() -> None:
    first, later = on_a_plan(), reviewing()
    keep(later)
    for case in (first, later):
        case.report("plan_ended", "2025-05-30", ground="no_longer_at_risk")

    assert (first.status("STK-T01"), later.status("STK-T02")) == (Status.CANCELLED, Status.CANCELLED)


@clause("STK-T01", "STK-T02")
def test_a_review_told_by_its_decision_alone_was_held() -> None:
    kept, ended = on_a_plan(), on_a_plan()
    keep(kept)
    ended.tell("review_conference_scheduled", "2025-04-01", meeting="CPRC", date=REVIEW)
    ended.report("plan_ended", REVIEW, meeting="CPRC", ground="no_longer_at_risk")

    assert (kept.status("STK-T01"), str(kept.duty("STK-T02").due_on)) == (Status.MET, "2025-11-28")
    assert ended.status("STK-T01") is Status.CANCELLED


@each_prompt
@clause("STK-R07")
def test_each_of_four_things_asks_for_an_earlier_review_and_says_so(rule: str) -> None:
    case, (type_, data) = on_a_plan(), PROMPTS[rule]
    case.tell("review_conference_scheduled", "2025-03-31", meeting="CPRC", date="2025-05-30")
    assert (case.duties(rule), "STK-R07" in case.advice()) == ([], False)

    case.tell(type_, "2025-04-14", **data)

    duty = case.duty(rule)
    assert (duty.status, duty.due_on) == (Status.OPEN, None)
    assert "STK-R07" in case.advice()


@each_prompt
@pytest.mark.parametrize(
    "type_, data, status",
    [
        ("review_brought_forward", {"new_date": "2025-05-06"}, Status.MET),
        ("review_brought_forward", {"agreed": False}, Status.OPEN),
        ("conference_rescheduled", {"new_date": "2025-05-06"}, Status.MET),
        ("conference_rescheduled", {"new_date": "2025-05-30"}, Status.OPEN),
        ("conference_rescheduled", {"new_date": "2025-06-01"}, Status.OPEN),
        ("review_conference_scheduled", {"date": "2025-05-06"}, Status.MET),
        ("review_conference_scheduled", {"date": "2025-06-01"}, Status.OPEN),
        ("review_conference_held", {}, Status.MET),
    ],
)
def test_an_earlier_day_for_the_review_meets_it(rule: str, type_: str, data: dict[str, Any], status: Status) -> None:
    case, (prompt, said) = on_a_plan(), PROMPTS[rule]
    case.tell("review_conference_scheduled", "2025-03-31", meeting="CPRC", date="2025-05-30")
    case.tell(prompt, "2025-04-14", **said)
    case.tell(type_, "2025-04-21", meeting="CPRC", **data)

    assert case.status(rule) is status


@each_prompt
def test_each_occurrence_asks_anew_and_the_plans_end_lets_it_go(rule: str) -> None:
    case, (type_, data) = on_a_plan(), PROMPTS[rule]
    case.tell(type_, "2025-04-14", **data)
    case.tell("review_brought_forward", "2025-04-15", new_date="2025-05-06")
    case.tell(type_, "2025-04-16", **data)
    assert [duty.status for duty in case.duties(rule)] == [Status.MET, Status.OPEN]

    case.report("plan_ended", "2025-04-30", ground="transferred")
    assert case.status(rule) is Status.CANCELLED


@clause("STK-T04")
def test_a_baby_expected_is_not_enough_before_a_pre_birth_conference_is_convened() -> None:
    case = on_a_plan()
    case.tell("pregnancy_in_household_notified", "2025-04-14", edd="2025-09-01")
    assert case.duties("STK-T04") == []

    case.tell("pregnancy_in_household_notified", "2025-06-30", prebirth_conference="ICPC-9")
    assert [str(duty.started_by.on) for duty in case.duties("STK-T04")] == ["2025-06-30"]


@clause("STK-T05", "STK-R07", "STK-R07a")
def test_a_person_who_joins_must_be_a_risk_and_identified_as_one() -> None:
    harmless, unidentified, identified = on_a_plan(), on_a_plan(), on_a_plan()
    harmless.tell("household_member_joined", "2025-04-14", person={"role": "aunt"}, home_office_circular_basis="None")
    harmless.tell("household_member_joined", "2025-04-15", person={"role": "lodger"}, assessed_risk=False)
    unidentified.tell("household_member_joined", "2025-04-14", person={"role": "partner"}, assessed_risk=True)
    identified.tell("household_member_joined", "2025-04-14", **PROMPTS["STK-T05"][1])

    assert [len(case.duties("STK-T05")) for case in (harmless, unidentified, identified)] == [0, 0, 1]
    assert ["STK-R07" in case.advice() for case in (harmless, unidentified)] == [False, True]
    assert [len(case.severities("STK-R07a")) for case in (harmless, unidentified, identified)] == [0, 1, 0]
    assert unidentified.severities("STK-R07a") == ["record"]


@clause("STK-R07", "E-56")
def test_the_state_says_what_a_review_is_to_decide_and_that_it_was_brought_forward() -> None:
    case = proposed()
    assert case.assess().state["flags"] == ["non_cooperation_proposed"]
    case.tell("review_brought_forward", "2025-05-01", meeting="CPRC", trigger="significant_difficulties", agreed=False)
    assert case.assess().state["flags"] == ["non_cooperation_proposed"]
    case.tell("review_brought_forward", "2025-05-02", meeting="CPRC", new_date="2025-05-20")
    assert case.assess().state["flags"] == ["non_cooperation_proposed", "review_brought_forward"]

    reviewing("2025-05-20", case=case)
    case.tell("chair_disagreement_recorded", "2025-05-20", meeting="CPRC", text="Too early.")
    keep(case, "2025-05-20")
    assert case.assess().state["flags"] == ["chair_dissented"]
