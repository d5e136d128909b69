"""However a case is told: without the names of meetings, with some of them, in another order, or in few words."""

from typing import Any

import pytest

from events.case.answer import Status
from tests.case.given import LEAD, Case, at_conference, at_review, child, on_a_plan, subject

clause = pytest.mark.clause
NAMED = ("initial_conference_scheduled", "report_shared", "initial_conference_held", "child_decision_made",
         "minutes_signed", "minutes_distributed", "review_conference_scheduled", "conference_invitations_issued",
         "review_conference_held", "decision_and_recommendations_completed", "plan_ended")  # fmt: skip
STORY: list[tuple[str, str, str, dict[str, Any]]] = [
    ("initial_conference_scheduled", "2025-03-10", "ICPC", {"date": "2025-03-24"}),
    ("report_shared", "2025-03-20", "ICPC", {"agency": "csc"}),
    ("initial_conference_held", "2025-03-24", "ICPC", {}),
    ("child_decision_made", "2025-03-24", "ICPC", subject()),
    ("review_conference_scheduled", "2025-03-24", "CPRC", {"date": "2025-06-20"}),
    ("minutes_signed", "2025-04-01", "ICPC", {}),
    ("minutes_distributed", "2025-04-02", "ICPC", {}),
    ("conference_invitations_issued", "2025-06-02", "CPRC", {}),
    ("review_conference_held", "2025-06-20", "CPRC", {}),
    ("decision_and_recommendations_completed", "2025-06-20", "CPRC", {}),
    ("plan_ended", "2025-06-20", "CPRC", {"ground": "no_longer_at_risk"}),
]


def told(named: set[str]) -> Case:
    """The story above, told with the meeting's name where `named` says so."""
    case = child()
    case.tell("initial_conference_requested", "2025-03-10")
    for type_, day, meeting, data in STORY:
        more = {"meeting": meeting if type_ in named else None, **data}
        if type_ in {"child_decision_made", "minutes_signed", "minutes_distributed", "plan_ended"}:
            assert case.decide(type_, day, **more) == ()
        else:
            case.tell(type_, day, **more)
    return case


def outcome(case: Case) -> list[tuple[str, Status, object]]:
    return [(duty.rule, duty.status, duty.due_on) for duty in case.assess().duties]


@pytest.mark.parametrize("unnamed", [*NAMED, "all", "all but the last", "every other"])
def test_leaving_out_the_name_of_a_meeting_changes_nothing(unnamed: str) -> None:
    named = {
        "all": set[str](),
        "all but the last": {NAMED[-1]},
        "every other": set(NAMED[::2]),
    }.get(unnamed, set(NAMED) - {unnamed})

    case = told(named)

    assert outcome(case) == outcome(told(set(NAMED)))
    assert case.assess().findings == () or [f.rule for f in case.assess().findings] == [
        f.rule for f in told(set(NAMED)).assess().findings
    ]
    assert len(case.assess().state["meetings"]) == 2


def test_a_meeting_goes_by_its_name_once_somebody_tells_it() -> None:
    case = told({"plan_ended", "minutes_signed"})

    assert [meeting["id"] for meeting in case.assess().state["meetings"]] == ["ICPC", "CPRC"]
    assert {duty.meeting for duty in case.duties("STF-T29")} == {"ICPC", "CPRC"}


@clause("STF-T23")
def test_the_record_of_a_core_group_finds_the_last_one_held() -> None:
    case = on_a_plan()
    case.tell("core_group_meeting_held", "2025-04-02")
    case.tell("core_group_meeting_held", "2025-05-12")
    case.tell("core_group_record_circulated", "2025-05-13")
    assert [duty.status for duty in case.duties("STF-T23", "2025-05-13")] == [Status.MISSED, Status.MET]

    named = on_a_plan()
    named.tell("core_group_meeting_scheduled", "2025-03-24", date="2025-04-02")
    named.tell("core_group_meeting_held", "2025-04-02", meeting="CG-1")
    named.tell("core_group_record_circulated", "2025-04-03", meeting="CG-1")
    assert named.status("STF-T23") is Status.MET
    assert [meeting["id"] for meeting in named.assess().state["meetings"]] == ["ICPC", "CG-1"]


@clause("STF-R43", "STF-R46")
def test_who_attended_may_be_told_before_or_after_that_it_was_held_and_what_was_decided() -> None:
    there = [{"agency": name, "contributed_to_s47": True} for name in ("csc", "police", "school")]
    items: dict[str, dict[str, Any]] = {
        "attendance_recorded": {"attendees": there},
        "initial_conference_held": {},
        "child_decision_made": subject(),
    }
    for order in (("child_decision_made", "attendance_recorded", "initial_conference_held"), tuple(items)):
        for meeting in ("ICPC", None):
            case = child()
            case.tell("initial_conference_requested", "2025-03-10")
            candidates = []
            for type_ in order:
                candidates.append(case.candidate(type_, "2025-03-24", meeting=meeting, **items[type_]))
                case.events.append(candidates[-1])

            assert [f.rule for f in case.assess().findings if f.rule.startswith("STF-R4")] == []
            assert len(case.assess().state["meetings"]) == 1
            assert case.status("STF-T29", "2025-03-24") is Status.OPEN


@clause("STF-T21", "STF-T22", "STF-T25", "STF-R63")
def test_what_the_day_brought_after_the_decision_may_be_told_before_it() -> None:
    case = at_conference()
    members = {"members": [{"name": "P"}], "first_meeting_on": "2025-03-24"}
    case.tell("core_group_membership_confirmed", "2025-03-24", meeting="ICPC", **members)
    case.tell("first_review_date_confirmed", "2025-03-24", meeting="ICPC", date="2025-06-24")
    case.tell("plan_action_added", "2025-03-24", action="ACT-1", due_on="2025-04-24")
    case.tell("core_group_meeting_held", "2025-03-24")
    case.tell("conference_closed", "2025-03-24", meeting="ICPC")
    case.decide("child_decision_made", "2025-03-24", meeting="ICPC", **subject())

    dues = {rule: str(case.duty(rule).due_on) for rule in ("STF-T21", "STF-T22", "STF-T25")}
    assert dues == {"STF-T21": "2025-04-07", "STF-T22": "2025-05-05", "STF-T25": "2025-04-24"}
    assert case.status("STF-T21") is Status.MET
    assert case.findings("STF-R63") == []


@clause("STF-R67")
def test_an_action_added_and_done_on_the_day_of_an_ending_is_done() -> None:
    case = at_review("2025-06-16")
    case.tell("plan_action_added", "2025-06-16", action="ACT-1")
    case.tell("plan_action_completed", "2025-06-16", action="ACT-1")

    assert case.decide("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk") == ()


@clause("STF-T02", "STF-T06", "STF-T07")
def test_what_was_done_before_a_date_was_set_counts_for_the_conference_it_led_to() -> None:
    case = child()
    case.tell("initial_conference_requested", "2025-03-10")
    case.tell("family_prepared", "2025-03-11")
    case.tell("advocacy_rights_given", "2025-03-11", to="child")
    case.tell("report_shared", "2025-03-12", agency="csc")
    case.tell("initial_conference_scheduled", "2025-03-12", date="2025-03-24")

    assert [case.status(rule) for rule in ("STF-T02", "STF-T06", "STF-T07")] == [Status.MET] * 3


@clause("STF-T02", "STF-T08")
def test_what_is_prepared_after_one_conference_is_prepared_for_the_next() -> None:
    case = on_a_plan()
    case.tell("family_prepared", "2025-05-02")
    case.tell("report_shared", "2025-05-02", agency="csc")
    case.tell("review_conference_scheduled", "2025-05-05", date="2025-06-16")

    assert [case.status(rule) for rule in ("STF-T02", "STF-T08")] == [Status.MET] * 2


@clause("STF-T17", "STF-T21", "STF-T27", "STF-R62")
def test_a_case_told_in_two_facts_has_its_plan_and_its_clocks() -> None:
    case = Case()
    case.tell("initial_conference_requested", "2025-03-10")
    assert case.decide("child_decision_made", "2025-03-24", **subject()) == ()

    dues = {duty.rule: str(duty.due_on) for duty in case.assess("2025-03-24").duties}
    assert dues.items() >= {
        "STF-T17": "2025-06-24", "STF-T21": "2025-04-07", "STF-T27": "2025-03-25", "STF-T20": "2025-04-14"
    }.items()  # fmt: skip


@clause("E-85")
def test_the_order_of_a_day_is_the_callers_if_given_and_the_logs_if_not() -> None:
    case = on_a_plan(category="neglect")
    later = case.report("category_changed", "2025-05-01", new="sexual")
    case.report("category_changed", "2025-05-01", new="physical")
    assert case.assess().state["plan"]["category"] == "physical"

    case.void(later, "2025-05-02")
    reported = {"basis": "reported", "reported": {"source": "S", "decider": "D", "date": "2025-05-01"}, "seq": 7}
    case.tell("category_changed", "2025-05-01", envelope=reported, new="emotional")
    case.report("category_changed", "2025-05-01", new="sexual")
    assert case.assess().state["plan"]["category"] == "emotional"


@clause("E-85", "STF-R62")
def test_a_callers_own_order_is_not_improved_upon() -> None:
    case = child()
    case.tell("initial_conference_requested", "2025-03-10")
    reported = {"basis": "reported", "reported": {"source": "S", "decider": "D", "date": "2025-03-24"}, "seq": 1}
    case.tell("child_decision_made", "2025-03-24", envelope=reported, **subject(lead_professional=None))
    case.tell("lead_professional_named", "2025-03-24", envelope={"seq": 2}, **LEAD)

    assert case.severities("STF-R62") == ["forbidden"]


@clause("E-38")
def test_facts_of_earlier_days_may_come_later() -> None:
    case = at_review("2025-06-16")
    case.tell("core_group_meeting_held", "2025-05-19", meeting="CG-2", recorded="2025-06-17")
    case.tell("core_group_meeting_held", "2025-04-07", meeting="CG-1", recorded="2025-06-17")

    assert case.status("STF-T21") is Status.MET
    assert [str(duty.due_on) for duty in case.duties("STF-T22")] == ["2025-05-19", "2025-06-30"]


@clause("P21")
def test_the_facts_of_a_second_episode_belong_to_its_own_conference() -> None:
    case = told(set())
    case.tell("initial_conference_requested", "2026-01-12")
    case.tell("initial_conference_scheduled", "2026-01-12", date="2026-01-26")
    case.tell("report_shared", "2026-01-20", agency="csc")
    case.tell("initial_conference_held", "2026-01-26")
    case.decide("child_decision_made", "2026-01-26", **subject("neglect"))

    assert [duty.status for duty in case.duties("STF-T07")] == [Status.MET, Status.MET]
    assert len(case.assess().state["meetings"]) == 3
    assert str(case.duty("STF-T17", "2026-01-26").due_on) == "2026-04-26"
