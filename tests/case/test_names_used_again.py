"""A meeting's name that a caller uses again means another meeting: each keeps its own day, clocks and record."""

from typing import Any

import pytest

from events.case.answer import Status
from tests.case.given import Case, asked_for, on_a_plan, subject

clause = pytest.mark.clause


def under(first: str, then: str) -> Case:
    """A plan with its conference and its first review under such names, minutes and all."""
    case = asked_for("2025-03-10")
    case.tell("initial_conference_scheduled", "2025-03-10", meeting=first, date="2025-03-24")
    case.tell("attendance_recorded", "2025-03-24", meeting=first, attendees=[{"agency": "csc"}])
    case.tell("initial_conference_held", "2025-03-24", meeting=first)
    case.report("child_decision_made", "2025-03-24", meeting=first, **subject())
    case.tell("decision_and_recommendations_completed", "2025-03-25", meeting=first)
    case.tell("review_conference_scheduled", "2025-05-01", meeting=then, date="2025-06-16")
    case.tell("report_submitted", "2025-06-10", meeting=then, agency="health")
    case.tell("attendance_recorded", "2025-06-16", meeting=then, attendees=[{"agency": "csc"}, {"agency": "health"}])
    case.tell("review_conference_held", "2025-06-16", meeting=then)
    case.report("child_decision_made", "2025-06-16", meeting=then, decision="continue", continuing_sh=True)
    case.tell("decision_and_recommendations_completed", "2025-06-18", meeting=then)
    return case


def stands(case: Case) -> tuple[Any, ...]:
    """What the case comes to, whatever its meetings are called."""
    answer = case.assess("2025-07-01")
    duties = [(each.rule, each.status, each.due_on, each.closed_on) for each in answer.duties]
    meetings = [(each["kind"], each["scheduled_on"], each["held_on"]) for each in answer.state["meetings"]]
    findings = [(each.rule, each.on, each.missing) for each in answer.findings]
    reviews = [each["held_on"] for each in answer.state["plan"]["reviews"]]
    return duties, meetings, findings, reviews, answer.state["plan"]["started_on"]


@clause("E-11", "E-12", "STF-T17", "STF-T18", "STF-T21", "STF-T27")
def test_one_name_for_a_conference_and_its_review_comes_to_the_same_as_two() -> None:
    assert stands(under("M", "M")) == stands(under("ICPC", "CPRC"))


@clause("E-49")
def test_core_groups_of_one_name_are_as_many_as_there_were() -> None:
    one, two = on_a_plan("2025-03-24"), on_a_plan("2025-03-24")
    for case, names in ((one, ("CG", "CG")), (two, ("CG-1", "CG-2"))):
        for name, held, circulated in zip(
            names, ("2025-04-02", "2025-05-12"), ("2025-04-09", "2025-05-19"), strict=True
        ):
            case.tell("core_group_meeting_held", held, meeting=name)
            case.tell("core_group_record_circulated", circulated, meeting=name)

    assert stands(one) == stands(two)
    assert [each["held_on"].isoformat() for each in one.assess("2025-07-01").state["plan"]["core_groups"]] == [
        "2025-04-02",
        "2025-05-12",
    ]


def test_siblings_share_what_is_owed_for_each_of_the_two() -> None:
    ours, theirs = under("M", "M"), under("M", "M")

    def keys(case: Case) -> list[str]:
        return [duty.id for duty in case.duties("STF-T29")]

    assert keys(ours) == keys(theirs)
    assert len(set(keys(ours))) == 2


def test_a_conference_that_failed_and_was_reconvened_under_its_name_is_one() -> None:
    case = asked_for("2025-03-10")
    case.tell("initial_conference_scheduled", "2025-03-10", meeting="M", date="2025-03-24")
    case.tell("conference_not_held_inquorate", "2025-03-24", meeting="M")
    case.tell("conference_reconvened", "2025-03-25", meeting="M", original_date="2025-03-24", new_date="2025-03-31")
    case.tell("initial_conference_held", "2025-03-31", meeting="M")

    assert [each["held_on"].isoformat() for each in case.assess("2025-04-01").state["meetings"]] == ["2025-03-31"]
    assert case.status("STF-T15") is Status.MET
