"""Stockport 8.7.1 to 8.7.6: on what grounds a plan ends, and the core assessment before it does."""

import pytest

from events.case.answer import Severity, Status
from tests.case.given import Case, last_day_in_time
from tests.case.stockport import (
    REVIEW,
    attend,
    by_a_head_of_service,
    end,
    evidenced,
    keep,
    missing,
    on_a_plan,
    proposed,
    reviewing,
    warned,
)

clause = pytest.mark.clause
AT_REVIEW = ["no_longer_at_risk", "non_cooperation", "looked_after_single_plan"]
EXCEPTION = {"exceptional_circumstances": True, "reasons": "Moved twice.", "signed_by_manager": True, "on_file": True}


@clause("STK-R26", "E-58")
def test_a_quorate_review_that_finds_no_more_risk_ends_the_plan_on_its_day() -> None:
    case = reviewing()

    assert end(case) == ()
    plan = case.assess().state["plan"]
    assert (plan["status"], plan["ground"], str(plan["ended_on"])) == ("ended", "no_longer_at_risk", REVIEW)


@pytest.mark.parametrize("ground", AT_REVIEW)
@clause("STK-R26", "E-33a", "E-35")
def test_nothing_but_a_review_does(ground: str) -> None:
    case = on_a_plan()

    assert "STK-R26" in end(case, meeting=None, ground=ground)
    assert "STK-R26" in end(case, "2025-03-24", "ICPC", ground=ground)
    assert "STK-R26" not in end(case, meeting=None, ground=ground, **by_a_head_of_service("STK-R26"))


@clause("STK-R26a", "STK-R15", "STK-R16")
def test_a_review_that_finds_the_risk_going_on_does_not_find_it_gone() -> None:
    case = reviewing()
    assert end(case, continuing_sh=True) == ("STK-R26a",)
    assert case.decided[-1].refusals[0].override == "head_of_service"
    assert "STK-R26a" not in end(case, continuing_sh=True, ground="looked_after_single_plan")

    assert end(reviewing(), continuing_sh=True, **by_a_head_of_service("STK-R26a")) == ()
    assert end(reviewing(), continuing_sh=False) == ()


@pytest.mark.parametrize(
    "born, last", [("2007-08-20", "2025-08-20"), ("2008-02-29", "2026-03-01"), ("2008-06-01", "2026-06-01")]
)
@clause("STK-T14", "E-20")
def test_the_eighteenth_birthday_is_the_day_on_which_a_plan_may_end(born: str, last: str) -> None:
    case = on_a_plan(born=born)

    assert last_day_in_time(case, "STK-T14") == last
    assert case.duty("STK-T14").modality == "may"


@clause("STK-T14", "STK-R29")
def test_not_a_day_before_it() -> None:
    case = on_a_plan(born="2007-08-20")
    assert "STK-R29" in end(case, "2025-08-19", meeting=None, ground="reached_18")
    assert case.decided[-1].refusals[-1].override == "nobody"

    assert end(case, "2025-08-20", meeting=None, ground="reached_18") == ()
    assert case.status("STK-T14") is Status.MET


@clause("STK-T14")
def test_an_unborn_child_has_no_such_day_and_another_ending_lets_it_go() -> None:
    unborn, moved = on_a_plan(), on_a_plan()
    unborn.events.pop(0)
    unborn.tell("unborn_child_registered", "2025-01-06", edd="2025-06-20")
    moved.report("plan_ended", "2025-04-30", ground="transferred")
    started = on_a_plan()
    started.tell("plan_started", "2025-03-24", meeting="ICPC", category="neglect")

    assert (unborn.duties("STK-T14"), moved.status("STK-T14")) == ([], Status.CANCELLED)
    assert len(started.duties("STK-T14")) == 1


@clause("STK-R30")
def test_by_death_once_the_death_is_recorded() -> None:
    case = on_a_plan()
    assert "STK-R30" in end(case, meeting=None, ground="deceased")

    case.tell("child_death_recorded", REVIEW)
    assert end(case, meeting=None, ground="deceased") == ()


@clause("STK-R31", "E-55")
def test_by_leaving_for_good_and_not_for_a_time() -> None:
    case = on_a_plan()
    case.tell("permanent_departure_from_uk_recorded", "2025-05-19", permanent=False)
    assert "STK-R31" in end(case, meeting=None, ground="left_uk")

    case.tell("permanent_departure_from_uk_recorded", "2025-05-20", permanent=True)
    assert end(case, meeting=None, ground="left_uk") == ()


@pytest.mark.parametrize("ground", AT_REVIEW)
@clause("STK-R38", "STK-T18")
def test_no_review_ends_a_plan_before_the_core_assessment_is_complete(ground: str) -> None:
    case = reviewing(assessed=False)
    case.tell("assessment_completed", "2025-05-01", kind="single")
    case.tell("assessment_closed_incomplete", "2025-05-02", kind="core", reason="R")
    assert "STK-R38" in end(case, ground=ground)
    assert not {"STK-R39"} & {refusal.rule for refusal in case.decided[-1].refusals}

    case.tell("assessment_completed", REVIEW, kind="core")
    assert "STK-R38" not in end(case, ground=ground)


@clause("STK-R38", "E-35")
def test_a_head_of_service_may_set_that_aside() -> None:
    case = reviewing(assessed=False)

    assert end(case, **by_a_head_of_service("STK-R38")) == ()
    assert case.severities("STK-R38") == [Severity.OVERRIDDEN]


@clause("STK-R38", "STK-R39")
def test_nor_does_an_assessment_from_before_an_earlier_plan_ended() -> None:
    case = reviewing()
    assert end(case) == ()
    case.tell("initial_conference_requested", "2025-09-01")
    attend(case, "2025-09-15", "ICPC-2")
    case.decide("child_decision_made", "2025-09-15", meeting="ICPC-2", decision="subject", category="neglect")
    again = reviewing("2025-11-17", assessed=False, meeting="CPRC-2", case=case)

    assert end(again, "2025-11-17", "CPRC-2") == ("STK-R38",)


@clause("STK-R38", "STK-R39")
def test_an_exception_signed_on_file_and_conveyed_lets_it_end() -> None:
    case = reviewing(assessed=False)
    case.tell("core_assessment_exception_recorded", "2025-05-23", **EXCEPTION)
    assert end(case) == ("STK-R39",)
    assert case.decided[-1].refusals[0].missing == ("that it was conveyed to this review",)

    case.tell("core_assessment_exception_conveyed", REVIEW, meeting="CPRC")
    assert end(case) == ()


@pytest.mark.parametrize("part", EXCEPTION)
@clause("STK-R39")
def test_an_exception_lacks_nothing(part: str) -> None:
    case = reviewing(assessed=False)
    case.tell(
        "core_assessment_exception_recorded",
        "2025-05-23",
        **{name: said for name, said in EXCEPTION.items() if name != part},
    )
    case.tell("core_assessment_exception_conveyed", REVIEW, meeting="CPRC")

    assert end(case) == ("STK-R39",)
    case.tell("core_assessment_exception_recorded", REVIEW, **EXCEPTION)
    assert end(case) == ()


@pytest.mark.parametrize("ground", AT_REVIEW)
@clause("STK-R39", "E-35")
def test_told_to_another_review_it_is_not_conveyed_to_this_one(ground: str) -> None:
    case = reviewing(assessed=False)
    case.tell("core_assessment_exception_recorded", "2025-05-23", **EXCEPTION)
    case.tell("core_assessment_exception_conveyed", REVIEW, meeting="CPRC")
    keep(case)
    reviewing("2025-11-17", assessed=False, meeting="CPRC-2", case=case)

    assert "STK-R39" in end(case, "2025-11-17", "CPRC-2", ground=ground)
    told = by_a_head_of_service("STK-R39")
    assert "STK-R39" not in end(case, "2025-11-17", "CPRC-2", ground=ground, **told)


@clause("STK-R38", "STK-R39")
def test_a_complete_assessment_needs_no_exception() -> None:
    case = reviewing()
    case.tell("core_assessment_exception_recorded", "2025-05-23", reasons="R")

    assert end(case) == ()


@clause("STK-R38", "E-66")
def test_an_ending_for_non_co_operation_passes_both_gates() -> None:
    case = proposed()
    case.events = [event for event in case.events if event.type != "assessment_completed"]
    warned(case, "2025-05-07")

    assert end(evidenced(case), ground="non_cooperation") == ("STK-R38",)


def considering(type_: str = "core_group_report_agreed", **data: object) -> Case:
    """A child whose core assessment is not complete, and whose review, booked, is to consider ending."""
    case = on_a_plan()
    case.tell("review_conference_scheduled", "2025-03-31", meeting="CPRC", date=REVIEW)
    said = data or ({"plan_still_required": False} if type_ == "core_group_report_agreed" else {})
    case.tell(type_, "2025-05-01", **said)
    return case


@pytest.mark.parametrize(
    "type_", ["core_group_report_agreed", "early_ending_suggested_by_core_group", "non_cooperation_ending_proposed"]
)
@clause("STK-T18")
def test_a_review_that_is_to_consider_ending_wants_the_core_assessment_by_its_day(type_: str) -> None:
    case = considering(type_)

    assert last_day_in_time(case, "STK-T18") == REVIEW
    case.tell("conference_rescheduled", "2025-05-02", meeting="CPRC", new_date="2025-05-19")
    assert last_day_in_time(case, "STK-T18") == "2025-05-19"


@clause("STK-T18")
def test_a_review_held_without_it_has_missed_it_whatever_review_comes_next() -> None:
    case, in_time = considering(), considering()
    in_time.tell("assessment_completed", REVIEW, kind="core")
    for each in (case, in_time):
        each.tell("review_conference_held", REVIEW, meeting="CPRC")
        keep(each)
        each.tell("review_conference_scheduled", "2025-06-02", meeting="CPRC-2", date="2025-11-17")

    assert [each.status("STK-T18", "2025-06-03") for each in (case, in_time)] == [Status.MISSED, Status.MET]


@clause("STK-T18")
def test_told_twice_it_is_wanted_once_and_not_where_it_is_done_or_the_plan_goes_on() -> None:
    twice, kept, complete = considering(), considering(plan_still_required=True), on_a_plan()
    twice.tell("early_ending_suggested_by_core_group", "2025-05-02")
    twice.tell("non_cooperation_ending_proposed", "2025-05-03")
    twice.tell("core_group_report_agreed", "2025-05-04", plan_still_required=False)
    complete.tell("assessment_completed", "2025-04-07", kind="core")
    for type_ in ("early_ending_suggested_by_core_group", "non_cooperation_ending_proposed"):
        complete.tell(type_, "2025-05-01")
    complete.tell("core_group_report_agreed", "2025-05-02", plan_still_required=False)
    suggested = considering("early_ending_suggested_by_core_group")
    suggested.tell("core_group_report_agreed", "2025-05-04", plan_still_required=False)

    assert [len(case.duties("STK-T18")) for case in (twice, kept, complete, suggested)] == [1, 0, 0, 1]


@pytest.mark.parametrize(
    "type_, data, status",
    [
        ("assessment_completed", {"kind": "core"}, Status.MET),
        ("assessment_completed", {"kind": "single"}, Status.OPEN),
        ("core_assessment_exception_conveyed", {}, Status.MET),
    ],
)
@clause("STK-T18")
def test_finishing_it_or_conveying_the_exception_meets_that(type_: str, data: dict[str, str], status: Status) -> None:
    case = considering()
    case.tell(type_, "2025-05-20", **data)

    assert case.status("STK-T18", "2025-05-21") is status


@clause("STK-T18")
def test_the_end_of_the_plan_lets_it_go() -> None:
    case = considering()
    case.report("plan_ended", "2025-05-10", ground="transferred")

    assert case.status("STK-T18") is Status.CANCELLED


@clause("STK-T18")
def test_the_next_review_asks_again() -> None:
    case = considering()
    case.tell("core_assessment_exception_conveyed", "2025-05-20", meeting="CPRC")
    reviewing(assessed=False, case=case)
    keep(case)
    case.tell("early_ending_suggested_by_core_group", "2025-07-01")

    assert [duty.status for duty in case.duties("STK-T18", "2025-07-02")] == [Status.MET, Status.OPEN]
    assert case.duty("STK-T18").missing == "the date of the next review"


@clause("STK-R17")
def test_an_ending_records_whether_a_team_around_the_child_is_needed() -> None:
    silent, said, told, before, moved = (reviewing() for _ in range(5))
    told.tell("step_down_considered", REVIEW, meeting="CPRC", chosen="team_around_the_child")
    before.tell("support_recommended", REVIEW, tier="universal")
    assert [end(silent), end(said, tac_considered=False), end(told), end(before)] == [(), (), (), ()]
    moved.report("plan_ended", REVIEW, ground="transferred")

    assert [case.severities("STK-R17") for case in (silent, said, told, before, moved)] == [["record"], [], [], [], []]
    assert missing(silent, "STK-R17") == ["whether the case goes to the Team Around The Child"]
