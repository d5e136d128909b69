"""Whether enough agencies are there to decide; a conference that cannot be held, and its reconvening."""

from typing import Any

import pytest

from events.case.answer import Status
from tests.case.given import Anything, Case, at_review, booked, child, last_day_in_time, on_a_plan, subject

clause = pytest.mark.clause
CSC, POLICE = {"agency": "csc", "contributed_to_s47": True}, {"agency": "police", "contributed_to_s47": True}
SCHOOL = {"agency": "school", "contributed_to_s47": True}


def sitting(*attendees: dict[str, Any], day: str = "2025-03-24", **quorum: Anything) -> Case:
    """An initial conference held with these agencies there, and with what the chair found if anything."""
    case = booked(day)
    if attendees:
        case.tell("attendance_recorded", day, meeting="ICPC", attendees=list(attendees))
    if quorum:
        case.tell("quorum_assessed", day, meeting="ICPC", **quorum)
    case.tell("initial_conference_held", day, meeting="ICPC")
    return case


def refused(case: Case, day: str = "2025-03-24") -> tuple[str, ...]:
    return case.decide("child_decision_made", day, meeting="ICPC", **subject())


@clause("STF-R43", "STF-R46")
def test_three_agencies_that_contributed_decide() -> None:
    case = sitting(CSC, POLICE, SCHOOL)

    assert refused(case) == ()
    assert case.findings("STF-R43") == []


@clause("STF-R43", "STF-R46")
def test_without_a_third_agency_nothing_is_decided() -> None:
    case = sitting(CSC, POLICE, {"agency": "school", "contributed_to_s47": False})

    assert refused(case) == ("STF-R46",)
    (refusal,) = case.decided[-1].refusals
    assert refusal.missing == (
        "3 agencies, of which 2 attended, or the chair's finding that the information is enough",
    )


@clause("STF-R46")
def test_the_third_agency_that_came_without_contributing_does_not_count() -> None:
    assert refused(sitting(CSC, POLICE, {"agency": "school"})) == ("STF-R46",)


@clause("STF-R43", "STF-R46")
def test_where_nobody_said_who_contributed_every_agency_counts() -> None:
    assert refused(sitting({"agency": "csc"}, {"agency": "police"}, {"agency": "school"})) == ()


@clause("STF-R43", "STF-R44", "STF-R46")
def test_health_providers_count_apart_and_one_agency_written_twice_once() -> None:
    health = {"agency": "health", "contributed_to_s47": True}
    providers = sitting(CSC, {**health, "provider": "midwifery"}, {**health, "provider": "health visiting"})
    twice = sitting(CSC, {**CSC, "agency": "Children's Social Care"}, POLICE, {**POLICE, "agency": "Example Police"})

    assert (refused(providers), refused(twice)) == ((), ("STF-R46",))


@clause("STF-R43", "STF-R46")
def test_the_chairs_finding_that_the_information_is_enough_lets_it_decide_and_the_shortfall_is_found() -> None:
    case = sitting(
        CSC, POLICE, result="inquorate_proceeding", info_sufficient=True, reason="The police report is full."
    )

    assert refused(case) == ()
    assert case.severities("STF-R43") == ["warning"]


@pytest.mark.parametrize(
    "quorum, allowed",
    [
        ({"result": "quorate"}, True),
        ({"result": "inquorate_proceeding"}, False),
        ({"result": "inquorate_proceeding", "info_sufficient": False, "reason": "R"}, False),
        ({"result": "inquorate_proceeding", "reason": "All reports came."}, True),
        ({"result": "quorate_by_exception", "info_sufficient": True}, True),
        ({"result": "inquorate_not_held"}, False),
    ],
)
@clause("STF-R46")
def test_what_the_chair_found_decides(quorum: dict[str, Any], allowed: bool) -> None:  # noqa: FBT001  # a table
    assert (refused(sitting(**quorum)) == ()) is allowed


@clause("STF-R43", "STF-R43a", "STF-R46")
def test_where_nothing_was_recorded_nothing_is_refused_and_the_record_is_asked_for() -> None:
    case = sitting()

    assert refused(case) == ()
    assert (case.findings("STF-R43"), case.severities("STF-R43a")) == ([], ["record"])


@clause("STF-R43", "STF-R43a", "STF-R46")
def test_ending_at_a_review_asks_for_the_same_three_agencies() -> None:
    case = on_a_plan()
    case.tell("attendance_recorded", "2025-06-16", meeting="CPRC", attendees=[{"agency": "csc"}, {"agency": "police"}])
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    assert "STF-R46" in case.decide("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk")

    case.report("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk")
    assert (case.severities("STF-R43"), case.severities("STF-R46")) == (["warning"], ["forbidden"])
    unrecorded = at_review()
    unrecorded.decide("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk")
    assert len(unrecorded.findings("STF-R43a")) == 2


@clause("STF-R43")
def test_at_a_review_with_no_contributor_left_the_agencies_there_count() -> None:
    case = on_a_plan()
    there = [{"agency": name, "contributed_to_s47": False} for name in ("csc", "police", "school")]
    case.tell("attendance_recorded", "2025-06-16", meeting="CPRC", attendees=there)
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")

    assert case.decide("child_decision_made", "2025-06-16", meeting="CPRC", decision="continue") == ()
    assert case.findings("STF-R43") == []


@clause("STF-R46", "E-35")
def test_a_head_of_service_may_set_the_quorum_aside_with_a_reason_and_it_is_kept() -> None:
    case = sitting(CSC, POLICE)
    override = {"rule": "STF-R46", "reason": "Snow.", "authoriser": "Head 1"}

    assert case.decide(
        "child_decision_made", "2025-03-24", meeting="ICPC", role="head_of_service", envelope={"override": override},
        **subject(),
    ) == ()  # fmt: skip
    assert case.severities("STF-R46") == ["overridden"]


def not_held(case: Case, day: str, meeting: str = "ICPC", **more: Anything) -> Case:
    case.tell("conference_not_held_inquorate", day, meeting=meeting, **more)
    return case


@pytest.mark.parametrize(
    "original, last",
    [
        ("2025-03-24", "2025-04-02"),
        ("2025-04-14", "2025-04-25"),  # over Easter
        ("2024-02-20", "2024-02-29"),  # a leap year
    ],
)
@clause("STF-T15")
def test_it_is_reconvened_within_seven_working_days_of_the_original_date(original: str, last: str) -> None:
    assert last_day_in_time(not_held(booked(original, requested="2024-02-01"), original), "STF-T15") == last


@pytest.mark.parametrize("type_", ["conference_not_held_inquorate", "quorum_assessed"])
@clause("STF-T15")
def test_either_way_of_telling_it_starts_the_clock_once(type_: str) -> None:
    case = booked("2025-03-24")
    told = {"result": "inquorate_not_held"} if type_ == "quorum_assessed" else {}
    case.tell(type_, "2025-03-24", meeting="ICPC", **told)
    assert last_day_in_time(case, "STF-T15") == "2025-04-02"

    case.tell("conference_not_held_inquorate", "2025-03-24", meeting="ICPC", original_date="2025-03-24")
    assert [duty.due_on.isoformat() for duty in case.duties("STF-T15") if duty.due_on] == ["2025-04-02"]


@pytest.mark.parametrize("type_", ["conference_not_held_inquorate", "quorum_assessed"])
@clause("STF-T15")
def test_a_conference_known_from_its_request_alone_is_reconvened_too(type_: str) -> None:
    case = Case()
    case.tell("initial_conference_requested", "2025-03-20", meeting="ICPC")
    told = {"result": "inquorate_not_held"} if type_ == "quorum_assessed" else {}

    case.tell(type_, "2025-03-24", meeting="ICPC", **told)

    assert last_day_in_time(case, "STF-T15") == "2025-04-02"


@clause("STF-T15", "STF-R46")
def test_the_reconvened_conference_meets_it_and_decides() -> None:
    case = not_held(booked("2025-03-24"), "2025-03-24")
    case.tell("conference_reconvened", "2025-03-24", meeting="ICPC", new_date="2025-04-01")
    case.tell("initial_conference_held", "2025-04-01", meeting="ICPC")

    assert case.status("STF-T15") is Status.MET
    assert refused(case, "2025-04-01") == ()
    assert case.duty("STF-T17", "2025-04-01").due_on.isoformat() == "2025-07-01"  # type: ignore[union-attr]  # dated


@clause("STF-T15")
def test_a_decision_at_the_reconvened_conference_says_that_it_was_held() -> None:
    case = not_held(booked("2025-03-24"), "2025-03-24")
    assert refused(case, "2025-04-01") == ("STF-R46",)
    case.tell("conference_reconvened", "2025-03-24", meeting="ICPC", new_date="2025-04-01")
    assert refused(case, "2025-04-01") == ()

    assert case.status("STF-T15") is Status.MET


@clause("STF-T15", "E-14")
def test_rescheduling_before_the_failed_sitting_does_not_move_the_original_date_back() -> None:
    case = booked("2025-03-20")
    case.tell("conference_rescheduled", "2025-03-14", meeting="ICPC", new_date="2025-03-24")

    assert last_day_in_time(not_held(case, "2025-03-24"), "STF-T15") == "2025-04-02"


@clause("STF-T15", "E-14")
def test_a_second_sitting_without_a_quorum_stays_due_from_the_original_date_and_is_found() -> None:
    case = not_held(booked("2025-03-24"), "2025-03-24")
    case.tell("conference_reconvened", "2025-03-24", meeting="ICPC", new_date="2025-04-01")
    case.tell("quorum_assessed", "2025-04-01", meeting="ICPC", result="inquorate_not_held")
    not_held(case, "2025-04-01")

    assert last_day_in_time(case, "STF-T15") == "2025-04-02"
    assert len(case.duties("STF-T15")) == 1
    assert {finding.on.isoformat() for finding in case.findings("E-14")} == {"2025-04-01"}
    assert case.assess().state["stage"] == "icpc_deferred"


@clause("STF-T15", "E-14")
def test_reconvening_as_a_meeting_of_another_name_changes_nothing() -> None:
    case = not_held(booked("2025-03-24"), "2025-03-24")
    case.tell("initial_conference_scheduled", "2025-03-25", meeting="ICPC-2", date="2025-04-01")
    not_held(case, "2025-04-01", meeting="ICPC-2")

    assert last_day_in_time(case, "STF-T15") == "2025-04-02"
    assert case.severities("E-14") == ["warning"]


@clause("STF-T15", "STF-R46")
def test_what_was_recorded_of_the_failed_sitting_says_nothing_of_the_next() -> None:
    case = booked("2025-03-24")
    case.tell("attendance_recorded", "2025-03-24", meeting="ICPC", attendees=[CSC])
    case.tell("quorum_assessed", "2025-03-24", meeting="ICPC", result="inquorate_not_held")
    case.tell("initial_conference_held", "2025-04-01", meeting="ICPC")

    assert refused(case, "2025-04-01") == ()
    assert [meeting["quorum"] for meeting in case.assess().state["meetings"]] == [None]


@clause("STF-T15")
def test_a_withdrawn_request_needs_no_reconvening() -> None:
    case = not_held(booked("2025-03-24"), "2025-03-24")
    case.decide("initial_conference_request_withdrawn", "2025-03-26")

    assert case.status("STF-T15") is Status.CANCELLED


@clause("STF-T15", "E-14", "E-24")
def test_the_seven_days_are_for_an_initial_conference_only() -> None:
    for told in ({}, {"result": "inquorate_not_held"}):
        case = on_a_plan()
        for day in ("2025-06-16", "2025-06-20"):
            case.tell("quorum_assessed" if told else "conference_not_held_inquorate", day, meeting="CPRC", **told)

        assert (case.duties("STF-T15"), case.findings("E-14")) == ([], [])
        assert case.assess().state["stage"] == "active"


@clause("STF-R46")
def test_a_conference_that_was_not_held_decides_nothing() -> None:
    case = not_held(booked("2025-03-24"), "2025-03-24")

    assert refused(case) == ("STF-R46",)
    assert case.decided[-1].refusals[0].missing == (
        "a conference that was held: this one was not, for want of a quorum",
    )


@pytest.mark.parametrize(
    "said, missing",
    [
        ({"result": "inquorate_proceeding"}, ("a record of reason", "a record of info sufficient")),
        ({"result": "inquorate_proceeding", "info_sufficient": True}, ("a record of reason",)),
        ({"result": "inquorate_not_held", "reason": "No police."}, ("a record of info sufficient",)),
        ({"result": "inquorate_proceeding", "reason": "The police wrote.", "info_sufficient": True}, None),
        ({"result": "quorate"}, None),
    ],
)
@clause("STF-R46a")
def test_the_chair_says_why_a_conference_without_a_quorum_goes_ahead_or_not(
    said: dict[str, Any], missing: tuple[str, ...] | None
) -> None:
    case = sitting(CSC, POLICE, **said)

    assert [each.missing for each in case.findings("STF-R46a")] == ([] if missing is None else [missing])


@pytest.mark.parametrize("told", [["conference_not_held_inquorate"], ["quorum_assessed"]])
@clause("STF-T15")
def test_a_conference_that_failed_was_asked_for_whoever_did_not_tell_of_it(told: list[str]) -> None:
    booked_only, not_even_booked = child(), child()
    booked_only.tell("initial_conference_scheduled", "2025-03-10", meeting="ICPC", date="2025-03-24")
    for case in (booked_only, not_even_booked):
        for type_ in told:
            data = {"result": "inquorate_not_held"} if type_ == "quorum_assessed" else {}
            case.tell(type_, "2025-03-24", meeting="ICPC", **data)

        assert case.assess("2025-03-24").state["stage"] == "icpc_deferred"
        assert last_day_in_time(case, "STF-T15") == "2025-04-02"
