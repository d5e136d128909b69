"""What was recorded wrongly or late: corrected, voided, and what that does to due dates and to what was said."""

from typing import Any

import pytest

from events.case.answer import Mark, Status
from tests.case.given import Case, at, booked, last_day_in_time, on_a_plan, subject
from tests.case.test_preparing import review_booked

clause = pytest.mark.clause
LATE = frozenset({Mark.LATE_WHEN_KNOWN})


def told_of_late(conference: str, recorded: str) -> Case:
    """A plan made at a conference that Planclock heard of only on a later day."""
    case = Case()
    case.tell("child_registered", "2025-03-03", dob="2018-06-01")
    case.tell("initial_conference_held", conference, meeting="ICPC", recorded=recorded)
    case.report("child_decision_made", conference, meeting="ICPC", recorded=recorded, **subject())
    return case


@clause("E-06")
def test_a_corrected_date_moves_what_is_counted_from_it_and_both_stay_visible() -> None:
    case = on_a_plan("2025-03-24")
    held = next(event for event in case.events if event.type == "initial_conference_held")
    case.correct(held, "2025-03-26", occurred_on="2025-03-25")

    assert last_day_in_time(case, "STF-T17") == "2025-06-25"
    assert held.fact in case.assess().superseded
    assert len([event for event in case.events if event.fact == held.fact]) == 1


@clause("E-06", "STF-T21")
def test_a_correction_equals_having_been_right_from_the_start() -> None:
    right, corrected = on_a_plan("2025-03-25"), on_a_plan("2025-03-24")
    for event in corrected.events[2:]:
        change: dict[str, Any] = {"data": {"date": "2025-03-25"}} if event.type.endswith("scheduled") else {}
        if not change:
            change = {"occurred_on": "2025-03-25"}
        corrected.correct(event, "2025-03-26", **change)

    assert [(duty.rule, duty.status, duty.due_on, duty.due_at) for duty in right.assess().duties] == [
        (duty.rule, duty.status, duty.due_on, duty.due_at) for duty in corrected.assess().duties
    ]
    assert right.assess().state == corrected.assess().state


@clause("E-06")
def test_a_correction_may_itself_be_corrected_or_voided() -> None:
    case = on_a_plan("2025-03-24")
    held = next(event for event in case.events if event.type == "initial_conference_held")
    first = case.correct(held, "2025-03-26", occurred_on="2025-03-25")
    case.correct(first, "2025-03-27", data={"occurred_on": "2025-03-20"})
    assert str(case.duty("STF-T17").due_on) == "2025-06-20"

    again = case.correct(first, "2025-03-28", occurred_on="2025-03-21")
    assert str(case.duty("STF-T17").due_on) == "2025-06-21"

    case.void(again, "2025-03-29")
    assert str(case.duty("STF-T17").due_on) == "2025-06-20"

    case.void(first, "2025-03-30")
    assert str(case.duty("STF-T17").due_on) == "2025-06-24"


@clause("E-06")
def test_corrections_add_up_and_the_last_word_counts() -> None:
    case = on_a_plan("2025-03-24")
    registered = case.events[0]
    case.correct(registered, "2025-03-26", data={"dob": "2010-01-01", "names": "Child A"})
    case.correct(registered, "2025-03-27", data={"dob": "2009-01-01"})

    shown = case.assess().state["child"]
    assert (shown["names"], str(shown["date_of_birth"])) == ("Child A", "2009-01-01")


@clause("E-06")
def test_a_voided_void_voids_nothing_and_a_corrected_instant_replaces_a_date() -> None:
    case = on_a_plan("2025-03-24")
    requested = next(event for event in case.events if event.type == "initial_conference_requested")
    voided = case.void(requested, "2025-03-26")
    assert case.duties("STF-T01") == []

    case.void(voided, "2025-03-27")
    case.correct(requested, "2025-03-28", occurred_at="2025-03-10T09:00:00+00:00")
    assert case.duty("STF-T01").due_at == at("2025-03-11T09:00:00+00:00")


def test_a_correction_that_makes_no_sense_any_more_is_passed_over() -> None:
    case = on_a_plan("2025-03-24")
    told = case.tell(
        "review_conference_held",
        "2025-06-16",
        meeting="CPRC",
        report_period={"start": "2025-03-24", "end": "2025-06-13"},
    )
    first = case.correct(told, "2025-06-17", data={"report_period": {"start": "2025-06-20", "end": "2025-06-30"}})
    case.correct(first, "2025-06-18", data={"occurred_on": "2025-06-30"})
    case.void(first, "2025-06-19")

    assert str(case.assess().state["plan"]["reviews"][0]["held_on"]) == "2025-06-16"


@clause("E-73", "STF-T21")
def test_a_duty_met_by_what_is_voided_is_open_again_and_may_be_missed() -> None:
    case = on_a_plan("2025-03-24")
    met = case.tell("core_group_meeting_held", "2025-04-02", meeting="CG-1")
    assert case.status("STF-T21") is Status.MET

    case.void(met, "2025-04-03")
    assert case.status("STF-T21", "2025-04-03") is Status.OPEN
    assert case.status("STF-T21", "2025-04-08") is Status.MISSED


@clause("E-07", "STF-T21")
def test_what_was_done_in_time_and_entered_late_was_in_time_and_says_when_it_was_entered() -> None:
    case = on_a_plan("2025-03-24")
    assert "STF-T21 missed" in case.say("2025-04-08")
    case.tell("core_group_meeting_held", "2025-04-07", meeting="CG-1", recorded="2025-04-14")

    duty = case.duty("STF-T21")
    assert duty.status is Status.MET
    assert "Done in time, and recorded on 2025-04-14." in duty.explanation.notes
    assert "STF-T21 missed" not in case.say("2025-04-14")


@clause("E-07", "STF-T20")
def test_what_was_entered_in_time_bears_no_such_note() -> None:
    case = on_a_plan("2025-03-24")
    case.tell("child_seen", "2025-04-14T15:00:00+01:00", by_sw=True, spoken_to=True)

    assert case.duties("STF-T20")[0].explanation.notes == ()


@clause("E-80")
def test_short_notice_is_late_when_known() -> None:
    case = review_booked("2025-06-20", told="2025-06-09")

    duty = case.duty("STF-T04", "2025-06-09")
    assert (duty.status, duty.marks) == (Status.MISSED, LATE)
    assert duty.explanation.notes == ("Already past when it became known: short notice.",)
    assert "STF-T04 late_when_known" in case.say("2025-06-09")
    assert [said for said in case.say("2025-06-30") if said.startswith("STF-T04")] == []


@clause("E-80", "STF-T04")
def test_a_conference_moved_nearer_is_short_notice_too() -> None:
    case = review_booked("2025-06-20", told="2025-05-01")
    case.tell("conference_rescheduled", "2025-06-02", meeting="CPRC", new_date="2025-06-13")

    duty = case.duty("STF-T04", "2025-06-02")
    assert (str(duty.due_on), duty.marks) == ("2025-05-30", LATE)
    assert duty.explanation.notes == ("Already past when it became known: short notice.",)


@clause("E-80", "STF-T20")
def test_visits_set_more_often_when_the_last_is_long_past_are_short_notice() -> None:
    case = on_a_plan("2025-03-24")
    case.tell("visit_pattern_set", "2025-04-10", frequency_days=7)

    assert case.duty("STF-T20", "2025-04-10").marks == LATE


@clause("E-80", "STF-T21")
def test_late_entry_is_late_when_known() -> None:
    case = told_of_late("2025-03-24", recorded="2025-04-30")

    duty = case.duty("STF-T21", "2025-04-30")
    assert (duty.status, duty.marks) == (Status.MISSED, LATE)
    assert duty.explanation.notes == ("Already past when it became known: late entry.",)
    assert case.duty("STF-T17", "2025-04-30").marks == frozenset()


@clause("E-80", "STF-T21")
def test_a_correction_that_moves_the_date_into_the_past_is_late_when_known() -> None:
    case = on_a_plan("2025-03-24", requested="2025-02-03")
    for event in case.events[3:]:
        case.correct(event, "2025-04-01", occurred_on="2025-03-10")

    duty = case.duty("STF-T21", "2025-04-01")
    assert (str(duty.due_on), duty.marks) == ("2025-03-24", LATE)
    assert duty.explanation.notes == ("Already past when it became known: a correction.",)


@clause("E-80", "STF-T21")
def test_a_correction_of_something_else_leaves_a_missed_duty_missed() -> None:
    case = on_a_plan("2025-03-24")
    said = case.say("2025-04-08")
    for event in list(case.events):
        if event.type in {"initial_conference_held", "child_decision_made"}:
            change = {"chair": {"name": "Chair 2"}} if event.type.endswith("held") else {"category": "sexual"}
            case.correct(event, "2025-04-10", data=change)

    assert case.duty("STF-T21", "2025-04-10").marks == frozenset()
    assert case.duty("STF-T21", "2025-04-10").status is Status.MISSED
    assert "STF-T21 missed" in said
    assert case.say("2025-04-10") == []


@clause("E-80", "STF-T20")
def test_a_correction_that_makes_a_visit_count_starts_its_clock_when_it_was_made() -> None:
    case = on_a_plan("2025-03-24")
    visit = case.tell("child_seen", "2025-03-31", by_sw=True, spoken_to=False)
    case.correct(visit, "2025-05-01", data={"spoken_to": True})

    duty = case.duty("STF-T20", "2025-05-01")
    assert (str(duty.due_on), duty.marks) == ("2025-04-21", LATE)
    assert duty.explanation.notes == ("Already past when it became known: a correction.",)


@clause("E-80", "STF-T21")
def test_met_after_it_was_known_too_late_it_still_bears_the_mark() -> None:
    case = told_of_late("2025-03-24", recorded="2025-04-30")
    case.tell("core_group_meeting_held", "2025-05-01", meeting="CG-1")

    assert (case.status("STF-T21"), case.duty("STF-T21").marks) == (Status.MET_LATE, LATE)


@clause("E-80", "STF-T05")
def test_a_birth_date_learned_late_makes_the_duty_known_late() -> None:
    case = Case()
    case.tell("initial_conference_requested", "2025-03-10")
    case.tell("initial_conference_scheduled", "2025-03-10", meeting="ICPC", date="2025-03-24")
    case.report("child_decision_made", "2025-03-24", meeting="ICPC", **subject())
    case.tell("child_registered", "2025-04-01", dob="2007-03-30")

    duty = case.duty("STF-T38", "2025-04-01")
    assert (str(duty.due_on), duty.marks) == ("2025-03-30", LATE)


@clause("STF-T01", "E-80")
def test_of_hours_too_it_is_said_that_they_had_passed() -> None:
    case = Case()
    case.tell("initial_conference_requested", "2025-03-10T09:00:00+00:00", recorded="2025-03-12")

    duty = case.duty("STF-T01", "2025-03-12")
    assert (duty.marks, duty.explanation.notes) == (
        LATE,
        ("Already past when it became known: late entry.",),
    )


def test_an_earlier_form_that_would_not_have_started_it_is_not_when_it_was_known() -> None:
    case = booked()
    decision = case.report("child_decision_made", "2025-03-24", meeting="ICPC", decision="not_subject")
    case.correct(decision, "2025-05-01", data=subject())

    assert case.duty("STF-T21", "2025-05-01").marks == LATE
