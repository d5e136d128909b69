"""Before a birth and after it: the pre-birth conference, and the plan that goes on."""

import pytest

from events.case.answer import Mark, Status
from tests.case.given import Case, last_day_in_time

clause = pytest.mark.clause
EXPECTED = "2025-08-04"


def expecting(edd: str | None = EXPECTED, *, risk: str = "2025-03-10", **identified: object) -> Case:
    """An unborn child whom an assessment found to be at risk."""
    case = Case()
    case.tell("unborn_child_registered", "2025-03-03", **({"edd": edd} if edd else {}))
    case.tell("unborn_risk_identified", risk, **identified)
    return case


def held(case: Case, on: str = "2025-06-02") -> Case:
    case.tell("initial_conference_requested", "2025-05-01")
    case.tell("initial_conference_held", on, meeting="ICPC")
    return case


def subject(case: Case, on: str = "2025-06-02") -> Case:
    lead = {"person": {"ref": "W1"}, "qualified_sw": True}
    decision = {"decision": "subject", "category": "neglect", "lead_professional": lead}
    assert case.decide("child_decision_made", on, meeting="ICPC", **decision) == ()
    return case


@pytest.mark.parametrize(
    "edd, last", [("2025-08-04", "2025-06-09"), ("2024-04-25", "2024-02-29"), ("2026-03-01", "2026-01-04")]
)
@clause("STF-T16", "STF-R19", "E-19")
def test_the_pre_birth_conference_is_held_by_the_end_of_32_weeks(edd: str, last: str) -> None:
    assert last_day_in_time(expecting(edd, risk="2023-12-01"), "STF-T16") == last


@clause("STF-T16", "E-19")
def test_a_risk_found_after_32_weeks_is_due_at_once_and_still_required() -> None:
    case = expecting(risk="2025-07-01")

    duty = case.duty("STF-T16", "2025-07-01")
    assert (duty.status, str(duty.due_on)) == (Status.OPEN, "2025-07-01")
    assert duty.explanation.notes == ("Counted, it would have been 2025-06-09; it is due at once.",)


@clause("STF-T16", "E-19")
def test_a_revised_expected_date_moves_it_while_it_is_open() -> None:
    case = expecting()
    case.tell("expected_date_revised", "2025-04-01", new_edd="2025-07-28")
    assert last_day_in_time(case, "STF-T16") == "2025-06-02"

    held(case, "2025-06-02")
    case.tell("expected_date_revised", "2025-06-03", new_edd="2025-07-01")
    assert case.status("STF-T16") is Status.MET


@clause("STF-T16", "E-19", "E-81")
def test_without_an_expected_date_it_cannot_be_calculated_but_the_gestation_gives_one() -> None:
    unknown, gestation = expecting(None), expecting(None, gestation={"weeks": 19, "days": 0})

    assert unknown.duty("STF-T16").missing == "the expected date of delivery"
    assert Mark.CANNOT_BE_CALCULATED in unknown.duty("STF-T16").marks
    assert last_day_in_time(gestation, "STF-T16") == "2025-06-09"


@clause("STF-T16")
def test_holding_the_conference_meets_it_and_neither_end_of_the_pregnancy_needs_it() -> None:
    in_time, late, lost, born = held(expecting()), held(expecting(), "2025-06-10"), expecting(), expecting()
    lost.tell("pregnancy_ended", "2025-04-20")
    born.tell("birth_recorded", "2025-05-20", dob="2025-05-20")

    statuses = [case.status("STF-T16") for case in (in_time, late, lost, born)]
    assert statuses == [Status.MET, Status.MET_LATE, Status.CANCELLED, Status.CANCELLED]


@clause("STF-T16")
def test_a_withdrawn_request_leaves_it_to_be_done() -> None:
    case = expecting()
    case.tell("initial_conference_requested", "2025-05-01")
    case.decide("initial_conference_request_withdrawn", "2025-05-02")

    assert case.status("STF-T16", "2025-05-02") is Status.OPEN


@clause("STF-T16")
def test_a_risk_told_again_after_the_conference_asks_for_no_other() -> None:
    case = subject(held(expecting()))
    case.tell("unborn_risk_identified", "2025-06-10")

    assert [duty.status for duty in case.duties("STF-T16")] == [Status.MET]


@pytest.mark.parametrize(
    "day, findings", [("2025-05-26", 0), ("2025-05-25", 2), ("2025-06-20", 0)], ids=["30w0d", "29w6d", "late"]
)
@clause("E-19")
def test_a_conference_before_30_weeks_is_found(day: str, findings: int) -> None:
    case = expecting()
    case.tell("initial_conference_requested", "2025-05-01")
    case.tell("initial_conference_scheduled", "2025-05-01", meeting="ICPC", date=day)
    case.tell("initial_conference_held", day, meeting="ICPC")

    assert len(case.findings("E-19")) == findings


@clause("E-19")
def test_a_born_child_or_an_unknown_date_has_no_window() -> None:
    born, unknown = held(expecting(), "2025-05-01"), held(expecting(None))
    assert len(born.findings("E-19")) == 1
    born_before = expecting()
    born_before.tell("birth_recorded", "2025-04-20", dob="2025-04-20")

    assert held(born_before, "2025-05-01").findings("E-19") == unknown.findings("E-19") == []


@clause("E-18")
def test_a_birth_before_the_conference_makes_it_an_ordinary_one_and_urgent() -> None:
    case = expecting()
    case.tell("birth_recorded", "2025-05-20", dob="2025-05-20")
    assert (case.status("E-18"), case.duty("E-18").due_on) == (Status.OPEN, None)

    held(case, "2025-05-27")
    assert case.status("E-18") is Status.MET


@clause("E-18")
def test_a_birth_after_the_conference_or_without_a_risk_asks_for_none() -> None:
    after = subject(held(expecting()))
    after.tell("birth_recorded", "2025-07-30", dob="2025-07-30")
    without = Case()
    without.tell("unborn_child_registered", "2025-03-03", edd=EXPECTED)
    without.tell("birth_recorded", "2025-05-20", dob="2025-05-20")

    assert after.duties("E-18") == without.duties("E-18") == []


@clause("STF-T17", "E-18")
def test_the_plan_goes_on_after_the_birth_from_the_conference_before_it() -> None:
    case = subject(held(expecting()))
    case.tell("birth_recorded", "2025-07-30", dob="2025-07-29", names="Child A")

    state = case.assess("2025-08-01").state
    assert (state["stage"], state["episode"], state["flags"]) == ("active", 1, [])
    assert (state["child"]["date_of_birth"].isoformat(), state["child"]["expected_date"]) == ("2025-07-29", None)
    assert last_day_in_time(case, "STF-T17") == "2025-09-02"


@clause("STF-T37", "STF-T38", "STF-R04")
def test_only_a_born_child_has_a_birthday_or_takes_part() -> None:
    case = held(expecting())
    case.tell("family_prepared", "2025-05-20", meeting="ICPC", supporter_rights=True, absent_parent_considered=True)
    subject(case)
    assert (case.duties("STF-T37"), case.duties("STF-T38"), case.findings("STF-R04")) == ([], [], [])

    case.tell("birth_recorded", "2025-07-30", dob="2025-07-29")
    assert str(case.duty("STF-T38").due_on) == "2043-07-29"


@clause("STF-T05", "STF-T06")
def test_an_unborn_child_is_neither_invited_nor_told_of_advocacy() -> None:
    case = expecting()
    case.tell("initial_conference_requested", "2025-05-01")
    case.tell("initial_conference_scheduled", "2025-05-01", meeting="ICPC", date="2025-06-02")

    assert (case.duties("STF-T05"), case.duties("STF-T06")) == ([], [])


@clause("E-22")
def test_a_corrected_birth_does_not_make_the_child_born_before_it_was() -> None:
    case = subject(held(expecting()))
    case.tell("birth_recorded", "2025-07-30", dob="2025-07-29")
    case.tell("date_of_birth_corrected", "2025-08-10", new="2025-07-28")

    assert case.status("STF-T16") is Status.MET
    assert case.assess().state["child"]["date_of_birth"].isoformat() == "2025-07-28"


@clause("E-54", "STF-T20")
def test_a_pregnancy_that_ends_ends_what_looks_ahead() -> None:
    case = subject(held(expecting()))
    case.tell("pregnancy_ended", "2025-06-20")

    assert case.duty("STF-T17").reason == "the pregnancy ended"
    assert case.decide("plan_ended", "2025-06-20", ground="deceased") == ()


@clause("P3")
def test_a_pregnancy_that_ends_withdraws_an_open_request() -> None:
    case = expecting()
    case.tell("initial_conference_requested", "2025-05-01")
    case.tell("pregnancy_ended", "2025-05-02")

    assert case.assess().state["stage"] == "withdrawn"


@clause("E-77", "STF-T17")
def test_a_twin_has_a_case_of_its_own_that_keeps_the_conferences_date() -> None:
    twin = Case()
    twin.tell("child_registered", "2025-07-30", dob="2025-07-29", names="Child B")
    twin.tell("initial_conference_held", "2025-06-02", meeting="ICPC", recorded="2025-07-30")
    lead = {"person": {"ref": "W1"}, "qualified_sw": True}
    twin.tell("plan_started", "2025-07-30", meeting="ICPC", category="neglect", lp=lead)

    assert last_day_in_time(twin, "STF-T17") == "2025-09-02"
    assert twin.assess().state["plan"]["started_on"].isoformat() == "2025-06-02"


@pytest.mark.parametrize("type_", ["conference_rescheduled", "conference_postponed"])
@clause("E-19")
def test_a_pre_birth_conference_is_not_moved_to_before_the_window_opens(type_: str) -> None:
    early, in_time = expecting(), expecting()
    for case, day in ((early, "2025-05-25"), (in_time, "2025-05-26")):
        case.tell("initial_conference_scheduled", "2025-03-12", meeting="ICPC", date="2025-06-03")
        case.tell(type_, "2025-03-13", meeting="ICPC", new_date=day)

    assert (early.severities("E-19"), in_time.severities("E-19")) == (["warning"], [])
