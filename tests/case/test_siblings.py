"""Brothers and sisters at one conference: separate decisions, one record, one id for what is owed once."""

from uuid import UUID

import pytest

from events.case.answer import Status
from tests.case.given import Case, subject

clause = pytest.mark.clause
NAMES = ("a", "b", "c")


def siblings(conference: str = "2025-03-24", *, meeting: str | None = "ICPC") -> list[Case]:
    """Three children asked for and conferenced together: each fact told once and kept in each case."""
    cases = [Case(id=UUID(int=0xA0 + number)) for number in range(3)]
    for number, case in enumerate(cases):
        told = {"copy": number, "meeting": meeting}
        case.tell("child_registered", "2025-03-03", dob="2014-06-01")
        case.tell("initial_conference_requested", "2025-03-10", **told, shared="request")
        case.tell("initial_conference_scheduled", "2025-03-10", **told, shared="booking", date=conference)
        case.tell("initial_conference_held", conference, **told, shared="held")
    return cases


@clause("E-16", "STF-R62")
def test_one_may_be_refused_while_the_others_plans_stand() -> None:
    first, second, third = siblings()

    refused = [
        first.decide("child_decision_made", "2025-03-24", meeting="ICPC", **subject()),
        second.decide("child_decision_made", "2025-03-24", meeting="ICPC", **subject(lead_professional=None)),
        third.decide("child_decision_made", "2025-03-24", meeting="ICPC", **subject("neglect")),
    ]

    assert refused == [(), ("STF-R62",), ()]
    assert [case.assess().state["stage"] for case in (first, second, third)] == ["active", "icpc_scheduled", "active"]
    assert [case.assess().state["plan"] and case.assess().state["plan"]["category"] for case in (first, third)] == [
        "physical",
        "neglect",
    ]


@pytest.mark.parametrize("meeting", ["ICPC", None])
@clause("E-16", "STF-T27", "STF-T28", "STF-T29", "STF-T31", "STF-T02", "STF-T07", "STF-T65")
def test_what_is_owed_for_the_meeting_is_one_duty_and_what_is_owed_for_each_child_is_not(meeting: str | None) -> None:
    cases = siblings(meeting=meeting)

    def ids(rule: str) -> int:
        return len({case.duty(rule).id for case in cases})

    assert {rule: ids(rule) for rule in ("STF-T27", "STF-T29", "STF-T31", "STF-T02", "STF-T07", "STF-T65")} == {
        **dict.fromkeys(("STF-T27", "STF-T29", "STF-T31", "STF-T02", "STF-T07", "STF-T65"), 1)
    }
    assert {rule: ids(rule) for rule in ("STF-T01", "STF-T06", "STF-T67")} == {
        **dict.fromkeys(("STF-T01", "STF-T06", "STF-T67"), 3)
    }


@clause("STF-T29")
def test_unrelated_conferences_of_one_day_are_not_taken_for_one() -> None:
    cases = [Case(id=UUID(int=0xB0 + number)) for number in range(2)]
    for case in cases:
        case.tell("initial_conference_requested", "2025-03-10")
        case.tell("initial_conference_held", "2025-03-24")

    assert len({case.duty("STF-T29").id for case in cases}) == 2


@clause("E-16")
def test_each_child_has_its_own_announcements_and_the_meeting_one_that_any_case_may_make() -> None:
    cases = siblings()
    for number, case in enumerate(cases):
        told = case.candidate("child_decision_made", "2025-03-24", meeting="ICPC", shared="decided", **subject())
        case.events.append(told)
        assert told.copy == 0
        case.tell("core_group_meeting_held", "2025-04-02", meeting="CG-1", copy=number, shared="core group")
    now = "2025-04-16"
    minutes, visits = (
        {each.duty for case in cases for each in case.assess(now).to_announce if each.rule == rule}
        for rule in ("STF-T29", "STF-T20")
    )

    assert (len(minutes), len(visits)) == (1, 3)


@clause("STF-T29")
def test_a_copy_told_to_a_later_child_is_announced_for_that_child_too() -> None:
    last = siblings()[2]
    last.tell("core_group_meeting_held", "2025-03-20", copy=2)
    last.report("child_decision_made", "2025-03-24", meeting="ICPC", copy=2, **subject())

    assert {"STF-T17 missed", "STF-T29 missed"} <= set(last.say("2025-07-01"))


@clause("E-17", "STF-T17")
def test_a_child_who_joins_later_has_a_start_of_its_own() -> None:
    first, *_ = siblings()
    first.decide("child_decision_made", "2025-03-24", meeting="ICPC", **subject())
    joined = Case(id=UUID(int=0xC0))
    joined.tell("child_registered", "2025-05-01", dob="2020-01-01")
    joined.tell("initial_conference_requested", "2025-05-01")
    joined.tell("initial_conference_held", "2025-05-12", meeting="ICPC-2")
    joined.decide("child_decision_made", "2025-05-12", meeting="ICPC-2", **subject())

    assert [str(case.duty("STF-T17").due_on) for case in (first, joined)] == ["2025-06-24", "2025-08-12"]


@clause("E-71")
def test_one_review_may_end_one_plan_and_continue_another() -> None:
    first, second, _ = siblings()
    for case in (first, second):
        case.decide("child_decision_made", "2025-03-24", meeting="ICPC", **subject())
        case.tell("review_conference_held", "2025-06-16", meeting="CPRC", shared="review")
    first.decide("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk")
    second.decide("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue")

    assert [case.assess().state["stage"] for case in (first, second)] == ["ended", "active"]
    assert first.duty("STF-T29").id == second.duty("STF-T29").id
    assert second.status("STF-T18", "2025-06-16") is Status.OPEN


def test_a_plan_that_ends_is_done_with_a_coming_review_while_a_siblings_goes_on() -> None:
    first, second, _ = siblings()
    for case in (first, second):
        case.decide("child_decision_made", "2025-03-24", meeting="ICPC", **subject())
        case.tell("review_conference_scheduled", "2025-05-01", meeting="CPRC", shared="booked", date="2025-06-20")
    first.report("plan_ended", "2025-05-12", ground="transferred")

    (ended, open_) = (case.duty("STF-T04", "2025-05-12") for case in (first, second))
    assert (ended.status, ended.reason, open_.status) == (Status.CANCELLED, "the plan ended", Status.OPEN)
    assert ended.id == open_.id
    assert "STF-T04 due" in second.say("2025-06-06")
