"""A child who dies, and a child who leaves for good."""

import pytest

from events.case.answer import Status
from tests.case.given import Case, asked_for, at_conference, on_a_plan

clause = pytest.mark.clause


def in_the_middle_of_a_plan() -> Case:
    case = on_a_plan("2025-03-24")
    case.tell("core_group_meeting_held", "2025-04-02", meeting="CG-1")
    case.tell("plan_action_added", "2025-04-02", action="ACT-1", due_on="2025-06-02")
    case.tell("review_conference_scheduled", "2025-04-02", meeting="CPRC", date="2025-06-16")
    return case


@clause("E-54", "STF-T17", "STF-T20", "STF-T22", "STF-T04", "STF-T25")
def test_death_ends_at_once_whatever_looks_ahead() -> None:
    case = in_the_middle_of_a_plan()
    case.tell("child_death_recorded", "2025-04-05")

    for rule in ("STF-T17", "STF-T20", "STF-T22", "STF-T37", "STF-T38", "STF-T04", "STF-T08", "STF-T02", "STF-T25"):
        duty = case.duty(rule)
        assert (duty.status, duty.reason, str(duty.closed_on)) == (Status.CANCELLED, "the child died", "2025-04-05")


@clause("E-54", "STF-T23", "STF-T29", "STF-T32", "STF-T39")
def test_what_is_owed_for_the_past_and_the_notices_go_on() -> None:
    case = in_the_middle_of_a_plan()
    case.tell("child_death_recorded", "2025-04-05")

    for rule in ("STF-T23", "STF-T29", "STF-T31", "STF-T32", "STF-T39"):
        assert case.status(rule, "2025-04-05") is Status.OPEN
    case.decide("plan_ended", "2025-04-06", ground="deceased")
    assert [duty.status for duty in case.duties("STF-T32")] == [Status.OPEN] * 4  # two to be told, twice


@clause("E-54")
def test_nothing_that_looks_ahead_begins_after_a_death() -> None:
    case = in_the_middle_of_a_plan()
    case.tell("child_death_recorded", "2025-04-05")
    began = len([duty for duty in case.assess().duties if duty.status is Status.OPEN])
    case.tell("child_seen", "2025-04-06", by_sw=True, spoken_to=True)
    case.tell("review_conference_scheduled", "2025-04-06", meeting="CPRC-2", date="2025-07-01")

    assert len([duty for duty in case.assess().duties if duty.status is Status.OPEN]) == began


@clause("E-54", "STF-T01")
def test_a_request_for_a_child_who_dies_owes_nothing_more() -> None:
    case = asked_for()
    case.tell("child_death_recorded", "2025-03-11")

    assert case.duty("STF-T01").reason == "the child died"


@clause("STF-T39", "STF-R72")
def test_the_death_of_a_child_on_a_plan_is_notified_once() -> None:
    case = on_a_plan()
    case.tell("child_death_recorded", "2025-04-05")
    case.decide("plan_ended", "2025-04-06", ground="deceased")
    assert [(duty.status, duty.due_on) for duty in case.duties("STF-T39")] == [(Status.OPEN, None)] * 2

    case.tell("critical_child_incident_notified", "2025-04-07")
    assert case.status("STF-T39") is Status.MET


@clause("STF-T39")
def test_an_ending_by_death_told_of_elsewhere_is_notified_too_and_a_death_without_a_plan_is_not() -> None:
    reported, unplanned = on_a_plan(), asked_for()
    reported.report("plan_ended", "2025-04-06", ground="deceased")
    unplanned.tell("child_death_recorded", "2025-04-05")

    assert (reported.status("STF-T39"), unplanned.duties("STF-T39")) == (Status.OPEN, [])


@clause("STF-T39")
def test_any_other_ending_is_no_critical_incident() -> None:
    case = on_a_plan()
    case.report("plan_ended", "2025-04-06", ground="left_uk")

    assert case.duties("STF-T39") == []


@clause("P15", "E-58")
def test_a_plan_ends_by_death_only_where_the_death_is_recorded_and_on_its_day() -> None:
    case = on_a_plan()
    assert case.decide("plan_ended", "2025-04-06", ground="deceased") == ("P15",)

    case.tell("child_death_recorded", "2025-04-05")
    assert case.decide("plan_ended", "2025-04-06", ground="deceased") == ()
    assert str(case.assess().state["plan"]["ended_on"]) == "2025-04-05"


@clause("P16", "E-55")
def test_only_a_departure_for_good_ends_a_plan() -> None:
    case = on_a_plan()
    case.tell("permanent_departure_from_uk_recorded", "2025-04-05", permanent=False, country="Ireland")
    assert case.decide("plan_ended", "2025-04-06", ground="left_uk") == ("P16",)

    case.tell("permanent_departure_from_uk_recorded", "2025-04-05", permanent=True, country="Ireland")
    assert case.decide("plan_ended", "2025-04-06", ground="left_uk", continuing_sh=False) == ()
    assert str(case.assess().state["plan"]["ended_on"]) == "2025-04-05"


@clause("STF-T40", "STF-R73", "E-75")
def test_a_child_who_left_while_harm_goes_on_is_looked_for() -> None:
    at_risk, safe, other = on_a_plan(), on_a_plan(), on_a_plan()
    for case, more in ((at_risk, {"continuing_sh": True}), (safe, {"continuing_sh": False})):
        case.tell("permanent_departure_from_uk_recorded", "2025-04-05", permanent=True)
        assert case.decide("plan_ended", "2025-04-06", ground="left_uk", **more) == ()
    other.report("plan_ended", "2025-04-06", ground="transferred", continuing_sh=True)
    assert (at_risk.status("STF-T40"), safe.duties("STF-T40"), other.duties("STF-T40")) == (Status.OPEN, [], [])

    at_risk.tell("overseas_services_informed", "2025-04-09", country="Ireland")
    assert at_risk.status("STF-T40") is Status.MET


def test_a_conference_held_before_the_death_keeps_its_record() -> None:
    case = at_conference("2025-03-24")
    case.tell("child_death_recorded", "2025-03-25")

    assert case.status("STF-T29", "2025-03-26") is Status.OPEN
