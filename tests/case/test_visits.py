"""Visits: the child seen and spoken to every three weeks, or as often as the conference said."""

from typing import Any

import pytest

from events.case.answer import Status
from tests.case.given import Case, last_day_in_time, on_a_plan

clause = pytest.mark.clause
SEEN = {"by_sw": True, "spoken_to": True}


@clause("STF-T20")
def test_the_first_visit_is_due_three_weeks_after_the_conference() -> None:
    assert last_day_in_time(on_a_plan("2025-03-24"), "STF-T20") == "2025-04-14"


@clause("STF-T20", "E-05", "E-50")
def test_each_visit_at_which_the_child_is_spoken_to_starts_three_weeks_anew() -> None:
    case = on_a_plan("2025-03-24")
    case.tell("child_seen", "2025-04-04", **SEEN)

    assert last_day_in_time(case, "STF-T20") == "2025-04-25"
    assert [duty.status for duty in case.duties("STF-T20", "2025-04-04")] == [Status.MET, Status.OPEN]


@pytest.mark.parametrize(
    "visit",
    [
        {"by_sw": True, "spoken_to": False},
        {"by_sw": False, "spoken_to": True},
        {"by_sw": True, "spoken_to": False, "observed": True},
        {"by_sw": True, "spoken_to": False, "mother_seen": True},
    ],
)
@clause("STF-T20", "E-50")
def test_a_visit_without_speaking_to_the_child_resets_nothing(visit: dict[str, bool]) -> None:
    case = on_a_plan("2025-03-24")
    case.tell("child_seen", "2025-04-04", **visit)

    assert last_day_in_time(case, "STF-T20") == "2025-04-14"
    assert len(case.duties("STF-T20")) == 1


@pytest.mark.parametrize("status", ["pre_verbal", "non_verbal"])
@clause("STF-T20", "E-78")
def test_a_child_who_does_not_speak_is_seen_and_observed(status: str) -> None:
    case = on_a_plan("2025-03-24")
    case.tell("child_verbal_status_recorded", "2025-03-24", status=status)
    case.tell("child_seen", "2025-04-04", by_sw=True, spoken_to=False)
    assert len(case.duties("STF-T20")) == 1

    case.tell("child_seen", "2025-04-05", by_sw=True, spoken_to=False, observed=True)
    assert last_day_in_time(case, "STF-T20") == "2025-04-26"
    assert "E-78" in case.advice()


@clause("E-78")
def test_of_a_child_who_speaks_there_is_no_such_advice() -> None:
    case = on_a_plan("2025-03-24")
    case.tell("child_seen", "2025-04-04", **SEEN)

    assert "E-78" not in case.advice()


@clause("STF-T20")
def test_a_visit_after_the_last_day_is_late() -> None:
    in_time, late = on_a_plan("2025-03-24"), on_a_plan("2025-03-24")
    in_time.tell("child_seen", "2025-04-14", **SEEN)
    late.tell("child_seen", "2025-04-15", **SEEN)

    assert in_time.duties("STF-T20")[0].status is Status.MET
    assert late.duties("STF-T20")[0].status is Status.MET_LATE


@clause("STF-T20", "STF-R16")
def test_the_conference_may_set_visits_more_often_and_the_shorter_counts() -> None:
    case = on_a_plan("2025-03-24")
    case.tell("visit_pattern_set", "2025-03-24", meeting="ICPC", frequency_days=10)
    assert last_day_in_time(case, "STF-T20") == "2025-04-03"

    case.tell("visit_pattern_set", "2025-03-25", meeting="ICPC", frequency_days=28)
    assert last_day_in_time(case, "STF-T20") == "2025-04-14"


@pytest.mark.parametrize("days, findings", [(20, 0), (21, 0), (22, 1)])
@clause("STF-R16")
def test_visits_less_often_than_three_weeks_are_found(days: int, findings: int) -> None:
    case = on_a_plan()
    case.tell("visit_pattern_set", "2025-03-24", meeting="ICPC", frequency_days=days)

    assert case.severities("STF-R16") == ["warning"] * findings


@clause("STF-T20")
def test_the_end_of_the_plan_ends_the_visits() -> None:
    case = on_a_plan("2025-03-24")
    case.report("plan_ended", "2025-04-10", ground="no_longer_at_risk")
    case.tell("child_seen", "2025-04-11", **SEEN)

    assert [duty.status for duty in case.duties("STF-T20")] == [Status.CANCELLED]


@clause("STF-T20")
def test_a_second_plan_has_visits_of_its_own_and_no_old_pattern() -> None:
    case = on_a_plan("2025-03-24")
    case.tell("visit_pattern_set", "2025-03-24", meeting="ICPC", frequency_days=7)
    case.report("plan_ended", "2025-04-10", ground="no_longer_at_risk")
    case.tell("initial_conference_requested", "2025-09-01")
    case.report("child_decision_made", "2025-09-15", meeting="ICPC-2", decision="subject", category="neglect")

    assert str(case.duty("STF-T20", "2025-09-15").due_on) == "2025-10-06"


def test_the_explanation_says_what_shortened_the_count() -> None:
    case = on_a_plan("2025-03-24")
    case.tell("visit_pattern_set", "2025-03-24", meeting="ICPC", frequency_days=10)

    explanation = case.duty("STF-T20", "2025-03-24").explanation
    assert (explanation.count, str(explanation.anchor)) == ("10 days after, shorter than 21", "2025-03-24")


@pytest.mark.parametrize(
    "visit, counts",
    [({"spoken_to": False, "mother_seen": True}, True), ({"spoken_to": False}, False), ({"spoken_to": True}, True)],
)
@clause("STF-T20", "E-78")
def test_before_the_birth_it_is_the_mother_who_is_seen(visit: dict[str, Any], counts: bool) -> None:  # noqa: FBT001  # a table
    case = Case()
    case.tell("unborn_child_registered", "2025-03-03", edd="2025-08-20")
    case.tell("initial_conference_requested", "2025-03-10")
    case.tell("initial_conference_held", "2025-03-24", meeting="ICPC")
    case.report("child_decision_made", "2025-03-24", meeting="ICPC", decision="subject", category="neglect")
    case.tell("child_seen", "2025-04-04", by_sw=True, **visit)

    assert len(case.duties("STF-T20")) == 1 + counts
