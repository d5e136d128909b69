"""What is asked of another agency and not answered, and a family's challenge to a decision (Staffordshire)."""

import pytest

from events.case.answer import Mark, Status
from tests.case.given import Case, last_day_in_time, on_a_plan

clause = pytest.mark.clause


def asked(*requests: str, by: str | None = "2025-04-11") -> Case:
    """A child about whom an agency was asked for something."""
    case = on_a_plan()
    for request in requests:
        day = {"required_by": by} if by else {}
        case.tell("response_requested", "2025-04-01", agency="health", request=request, **day)
    return case


@clause("STF-T60")
def test_who_does_not_answer_is_telephoned_the_day_after() -> None:
    case = asked("RQ-1", "RQ-2", "RQ-3")
    assert last_day_in_time(case, "STF-T60") == "2025-04-12"
    assert Mark.INHERITED in case.duty("STF-T60").marks

    case.report("plan_ended", "2025-04-02", ground="reached_18")
    case.tell("response_received", "2025-04-10", request="RQ-1", agency="health")
    case.tell("response_chased", "2025-04-12", request="RQ-2", agency="health", resolved=True)
    stands = {str(duty.told_of["request"]): duty.status for duty in case.duties("STF-T60", "2025-04-12")}
    assert stands == {"RQ-1": Status.CANCELLED, "RQ-2": Status.MET, "RQ-3": Status.OPEN}


@clause("STF-T60")
def test_each_agency_is_asked_by_itself_and_without_a_day_it_says_so() -> None:
    case = asked("RQ-1", by=None)
    case.tell("response_requested", "2025-04-01", agency="school", request="RQ-1")
    case.tell("response_received", "2025-04-02", agency="school")

    stands = {str(duty.told_of["agency"]): duty.status for duty in case.duties("STF-T60")}
    assert stands == {"health": Status.OPEN, "school": Status.CANCELLED}
    assert Mark.CANNOT_BE_CALCULATED in case.duties("STF-T60")[0].marks


@clause("STF-R127")
def test_a_call_that_settles_nothing_is_escalated() -> None:
    case = asked("RQ-1", "RQ-2", "RQ-3")
    case.tell("response_chased", "2025-04-12", request="RQ-1", agency="health", resolved=True)
    case.tell("response_chased", "2025-04-12", request="RQ-4", agency="health")
    assert case.duties("STF-R127") == []

    for request, agency in (("RQ-2", "health"), ("RQ-3", "school")):
        case.tell("response_chased", "2025-04-12", request=request, agency=agency, resolved=False)
    assert [duty.due_on for duty in case.duties("STF-R127")] == [None, None]
    case.report("plan_ended", "2025-04-13", ground="reached_18")
    case.tell("response_received", "2025-04-14", request="RQ-2")
    case.tell("escalation_started", "2025-04-14", agency="school")
    stands = {str(duty.told_of["request"]): duty.status for duty in case.duties("STF-R127")}
    assert stands == {"RQ-2": Status.CANCELLED, "RQ-3": Status.MET}


@clause("STF-R126", "E-43", "E-44")
def test_an_appeal_is_decided_and_the_plan_stands_meanwhile() -> None:
    case = on_a_plan()
    for appeal in ("AP-1", "AP-2"):
        case.tell("appeal_lodged", "2025-04-01", appeal=appeal, meeting="ICPC")
    case.tell("appeal_determined", "2025-04-20", appeal="AP-1", outcome="dismissed", reasons="R")

    assert [duty.status for duty in case.duties("STF-R126")] == [Status.MET, Status.OPEN]
    assert case.duty("STF-R126").due_on is None
    assert case.assess("2025-04-21").state["stage"] == "active"
    case.report("plan_ended", "2025-05-01", ground="reached_18")
    assert case.status("STF-R126") is Status.OPEN


@clause("STF-R126", "STF-R126a")
def test_what_became_of_an_appeal_is_recorded() -> None:
    found = []
    for said in ({"outcome": "upheld", "reasons": "R"}, {"outcome": "upheld"}, {"reasons": "R"}):
        case = on_a_plan()
        case.tell("appeal_determined", "2025-04-20", **said)
        found.append(len(case.severities("STF-R126a")))

    assert found == [0, 1, 1]


@clause("STF-R126", "STF-R126b")
def test_families_are_reminded_that_they_may_challenge_a_decision() -> None:
    case = on_a_plan()
    decided = case.events[-1].fact
    assert [each.fact for each in case.assess().guidance if each.rule == "STF-R126b"] == [decided]

    ended = case.report("plan_ended", "2025-06-16", ground="reached_18").fact
    assert [each.fact for each in case.assess().guidance if each.rule == "STF-R126b"] == [ended]


@pytest.mark.parametrize("outcome", ["upheld", "partly_upheld"])
@pytest.mark.parametrize(
    "met", ["initial_conference_requested", "review_conference_scheduled", "review_conference_held"]
)
@clause("E-57")
def test_an_appeal_that_is_upheld_asks_for_a_new_conference(outcome: str, met: str) -> None:
    case = on_a_plan()
    case.tell("appeal_determined", "2025-04-20", appeal="AP-1", outcome="dismissed", reasons="R")
    assert case.duties("E-57") == []
    case.tell("appeal_determined", "2025-04-21", appeal="AP-2", outcome=outcome, reasons="R")
    case.tell("appeal_determined", "2025-04-22", appeal="AP-2", outcome=outcome, reasons="R")
    assert [str(duty.told_of["appeal"]) for duty in case.duties("E-57")] == ["AP-2", "AP-2"]

    case.report("plan_ended", "2025-04-23", ground="reached_18")
    assert case.status("E-57") is Status.OPEN
    said = {"date": "2025-06-02"} if met == "review_conference_scheduled" else {}
    case.tell(met, "2025-04-24", **said)
    assert case.status("E-57") is Status.MET
