"""The 18th birthday: a review before it, the end of the plan on it, and what a corrected date of birth changes."""

import pytest

from events.case.answer import Mark, Status
from tests.case.given import Case, at, last_day_in_time, on_a_plan, reviewed

clause = pytest.mark.clause
BORN = "2007-08-20"


@pytest.mark.parametrize(
    "born, review, birthday",
    [
        (BORN, "2025-08-19", "2025-08-20"),
        ("2008-02-29", "2026-02-28", "2026-03-01"),  # turns 18 on 1 March of a common year
        ("2007-12-25", "2025-12-24", "2025-12-25"),
        ("2010-02-28", "2028-02-27", "2028-02-28"),
    ],
)
@clause("STF-T37", "STF-T38", "E-20")
def test_a_review_is_held_before_the_birthday_and_the_plan_ends_on_it(born: str, review: str, birthday: str) -> None:
    case = on_a_plan(born=born)

    assert last_day_in_time(case, "STF-T37") == review
    assert last_day_in_time(case, "STF-T38") == birthday


@clause("STF-T38", "P14")
def test_a_plan_ends_at_18_on_the_birthday_and_not_before() -> None:
    case = on_a_plan(born=BORN)

    assert case.decide("plan_ended", "2025-08-19", ground="reached_18") == ("P14",)
    assert case.decide("plan_ended", "2025-08-20", ground="reached_18") == ()
    assert case.status("STF-T38") is Status.MET


@clause("STF-T38", "E-58")
def test_ended_later_it_ended_on_the_birthday_all_the_same() -> None:
    case = on_a_plan(born=BORN)
    case.decide("plan_ended", "2025-09-01", ground="reached_18")

    assert case.status("STF-T38") is Status.MET_LATE
    assert str(case.assess().state["plan"]["ended_on"]) == "2025-08-20"


@clause("P14")
def test_without_a_date_of_birth_nobody_reaches_18() -> None:
    case = Case()
    case.tell("initial_conference_requested", "2025-03-10")
    case.report("child_decision_made", "2025-03-24", decision="subject", category="neglect")

    assert case.decide("plan_ended", "2025-08-20", ground="reached_18") == ("P14",)
    assert case.decided[-1].refusals[0].missing == ("the child's date of birth",)


@pytest.mark.parametrize(
    "held, findings, status",
    [
        ("2025-08-19", 0, Status.MET),
        ("2025-02-20", 0, Status.MET),
        ("2025-02-19", 1, Status.MISSED),  # too long before to look to the birthday
        ("2025-08-20", 1, Status.MISSED),
    ],
)
@clause("STF-T37", "STF-R71", "E-20", "E-33a")
def test_the_review_before_the_birthday_is_the_last_six_months(held: str, findings: int, status: Status) -> None:
    case = on_a_plan("2024-06-24", born=BORN, requested="2024-06-10")
    case.tell("review_conference_held", held, meeting="CPRC")

    assert case.decide("plan_ended", "2025-08-20", ground="reached_18") == ()
    assert case.severities("STF-R71") == ["warning"] * findings
    assert case.status("STF-T37", "2025-08-20T18:00") is status


@clause("STF-T37", "STF-T38")
def test_a_plan_that_ends_earlier_ends_both() -> None:
    case = on_a_plan(born=BORN)
    case.report("plan_ended", "2025-06-16", ground="no_longer_at_risk")

    assert case.status("STF-T37") is Status.CANCELLED
    assert case.status("STF-T38") is Status.CANCELLED


@clause("STF-T37", "STF-T38", "E-22")
def test_a_corrected_date_of_birth_moves_both() -> None:
    case = on_a_plan(born=BORN)
    case.tell("date_of_birth_corrected", "2025-05-01", new="2008-01-10")

    assert str(case.duty("STF-T37").due_on) == "2026-01-09"
    assert str(case.duty("STF-T38").due_on) == "2026-01-10"


@clause("STF-T37", "STF-T38", "E-81")
def test_of_a_child_whose_birth_nobody_knows_both_cannot_be_calculated_and_then_can() -> None:
    case = Case()
    case.tell("initial_conference_requested", "2025-03-10")
    case.report("child_decision_made", "2025-03-24", decision="subject", category="neglect")
    for rule in ("STF-T37", "STF-T38"):
        duty = case.duty(rule, "2025-03-24")
        assert (duty.due_on, duty.missing) == (None, "the child's date of birth")
        assert Mark.CANNOT_BE_CALCULATED in duty.marks

    case.tell("child_registered", "2025-04-01", dob=BORN)
    assert str(case.duty("STF-T38").due_on) == "2025-08-20"


@clause("STF-T38", "E-22")
def test_an_ending_at_18_by_a_wrong_date_of_birth_never_was_one() -> None:
    case = on_a_plan(born=BORN)
    case.decide("plan_ended", "2025-08-20", ground="reached_18")
    assert case.assess().state["stage"] == "ended"

    case.tell("date_of_birth_corrected", "2025-09-01", new="2008-08-20")

    assert case.assess().state["stage"] == "active"
    assert case.severities("P14") == ["forbidden"]
    assert case.status("STF-T38", "2025-09-01") is Status.OPEN
    assert case.decide("plan_ended", "2026-08-20", ground="reached_18") == ()
    assert case.status("STF-T38") is Status.MET


@clause("STF-T32", "E-22")
def test_nobody_is_told_of_an_ending_that_never_was_one() -> None:
    case = on_a_plan(born=BORN)
    case.decide("plan_ended", "2025-08-20", ground="reached_18")
    assert len(case.duties("STF-T32")) == 4

    case.tell("date_of_birth_corrected", "2025-09-01", new="2008-08-20")

    assert len(case.duties("STF-T32")) == 2


@clause("E-22")
def test_so_too_where_the_registration_itself_is_corrected() -> None:
    case = on_a_plan(born=BORN)
    registered = case.events[0]
    case.decide("plan_ended", "2025-08-20", ground="reached_18")

    case.correct(registered, "2025-09-01", data={"dob": "2008-08-20"})
    assert case.assess().state["stage"] == "active"


@clause("E-22")
def test_moving_the_birth_earlier_leaves_the_ending_as_it_was() -> None:
    case = on_a_plan(born=BORN)
    case.decide("plan_ended", "2025-08-20", ground="reached_18")
    case.tell("date_of_birth_corrected", "2025-09-01", new="2007-08-10")

    assert case.assess().state["stage"] == "ended"
    assert str(case.assess().state["plan"]["ended_on"]) == "2025-08-10"


@clause("STF-T37", "E-22")
def test_by_a_corrected_date_of_birth_a_review_held_before_may_have_been_the_last() -> None:
    case = reviewed("2025-06-16")
    case.tell("date_of_birth_corrected", "2025-06-20", new=BORN)

    assert case.status("STF-T37") is Status.MET


@clause("E-20")
def test_the_age_shown_is_in_completed_years() -> None:
    case = on_a_plan(born="2008-02-29")

    assert [case.assess(day).state["child"]["age"] for day in ("2026-02-28", "2026-03-01")] == [17, 18]
    assert at("2026-02-28").hour == 12
