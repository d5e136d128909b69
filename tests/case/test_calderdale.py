"""Calderdale's senior review: from the third review on, by whom, on what papers, and the two years behind it."""

import pytest

from events.case.answer import Mark, Status
from tests.case import given
from tests.case.given import Anything, Case, last_day_in_time, on_a_plan

clause = pytest.mark.clause
REVIEWS = ("2025-06-16", "2025-12-08", "2026-06-01", "2026-11-23")
TRIGGERED = {
    "social worker",
    "child protection conference chair",
    "team manager of the social work team",
    "team manager of the reviewing service",
    "service manager, safeguarding and quality assurance",
    "service manager of the social work team",
}


def planned(conference: str = "2025-03-24") -> Case:
    """A child on a plan in Calderdale."""
    return on_a_plan(conference, policy=given.pack("calderdale"), requested="2023-11-01")


def review(case: Case, number: int, *, goes_on: bool = True) -> Case:
    """The review of that number is held (meeting RCPC-n) and continues the plan."""
    case.tell("review_conference_held", REVIEWS[number - 1], meeting=f"RCPC-{number}")
    if goes_on:
        case.report("child_decision_made", REVIEWS[number - 1], meeting=f"RCPC-{number}", decision="continue")
    return case


def after(number: int) -> Case:
    """A child on a plan after so many reviews."""
    case = planned()
    for each in range(1, number + 1):
        review(case, each)
    return case


def found_too_little(case: Case, number: int, progress: str = "insufficient") -> Case:
    """At the review of that number, it was found how far the plan has come."""
    case.tell("progress_assessed_at_review", REVIEWS[number - 1], meeting=f"RCPC-{number}", progress=progress)
    return case


@clause("CAL-T03", "CAL-R06", "E-76", "E-29")
def test_six_are_told_at_the_third_review_none_at_the_second_and_six_again_at_the_fourth() -> None:
    def told(case: Case) -> list[str]:
        return sorted(str(duty.told_of["recipient"]) for duty in case.duties("CAL-T03"))

    assert told(after(2)) == []
    assert told(after(3)) == sorted(TRIGGERED)
    assert told(after(4)) == sorted([*TRIGGERED, *TRIGGERED])
    assert last_day_in_time(after(3), "CAL-T03") == "2026-06-01"
    twice = after(3)
    twice.tell("review_conference_held", "2026-06-01", meeting="RCPC-3")
    assert len(told(twice)) == 6


@clause("CAL-T03")
def test_each_recipient_is_told_by_itself() -> None:
    case = after(3)
    case.tell("notification_sent", "2026-06-01", register_id="CAL-T03", to=[{"role": "social worker"}])

    stands = {str(duty.told_of["recipient"]): duty.status for duty in case.duties("CAL-T03", "2026-06-01")}
    assert stands == {name: Status.MET if name == "social worker" else Status.OPEN for name in TRIGGERED}


@clause("CAL-T03", "CAL-T06", "E-13", "E-29")
def test_reviews_that_were_not_held_or_decided_nothing_do_not_count() -> None:
    case = after(1)
    case.tell("conference_not_held_inquorate", "2025-11-03", meeting="RCPC-X")
    case.tell("conference_cancelled", "2025-11-10", meeting="RCPC-Y")
    review(case, 2)
    assert (case.duties("CAL-T03"), case.duties("CAL-T06")) == ([], [])

    case.tell("quorum_assessed", REVIEWS[2], meeting="RCPC-3", result="inquorate_proceeding")
    review(case, 3, goes_on=False)
    assert (case.duties("CAL-T03"), case.duties("CAL-T06")) == ([], [])


@clause("CAL-T03", "CAL-T06")
def test_a_review_that_ends_the_plan_triggers_nothing() -> None:
    case = after(2)
    review(case, 3, goes_on=False)
    assert (len(case.duties("CAL-T03")), len(case.duties("CAL-T06"))) == (6, 1)
    case.report("plan_ended", REVIEWS[2], meeting="RCPC-3", ground="no_longer_at_risk")

    assert (case.duties("CAL-T03"), case.duties("CAL-T06")) == ([], [])


@clause("CAL-T03", "CAL-T06")
def test_the_end_of_the_plan_ends_the_trigger_of_a_review_before_it() -> None:
    case = after(3)
    case.report("plan_ended", "2026-06-01", ground="reached_18", meeting="OTHER")

    assert {duty.status for duty in (*case.duties("CAL-T03"), *case.duties("CAL-T06"))} == {Status.CANCELLED}


@clause("CAL-T03", "CAL-T06", "CAL-T10", "E-13", "E-29")
def test_a_third_review_without_a_quorum_triggers_once_it_decided_that_the_plan_goes_on() -> None:
    case = after(2)
    case.tell("quorum_assessed", REVIEWS[2], meeting="RCPC-3", result="inquorate_proceeding")
    review(case, 3)
    case.report("child_decision_made", REVIEWS[2], meeting="RCPC-3", decision="continue")
    assert (len(case.duties("CAL-T03")), len(case.duties("CAL-T06"))) == (6, 1)
    assert case.status("CAL-T10") is Status.MET

    after_one = after(1)
    after_one.tell("quorum_assessed", REVIEWS[1], meeting="RCPC-2", result="inquorate_proceeding")
    review(after_one, 2)
    assert (after_one.duties("CAL-T03"), after_one.duties("CAL-T06")) == ([], [])
    assert after_one.status("CAL-T10", REVIEWS[1]) is Status.OPEN


@clause("CAL-T03", "CAL-T06", "CAL-T10")
def test_what_is_decided_for_a_third_review_that_was_not_held_counts_for_nothing() -> None:
    for type_, said in (("child_decision_made", {"decision": "continue"}), ("plan_ended", {"ground": "reached_18"})):
        case = after(2)
        case.tell("conference_not_held_inquorate", REVIEWS[2], meeting="RCPC-3")
        case.report(type_, REVIEWS[2], meeting="RCPC-3", **said)
        assert (case.duties("CAL-T03"), case.duties("CAL-T06")) == ([], [])
        assert case.duty("CAL-T10", REVIEWS[2]).met_by is None


@clause("CAL-T03", "CAL-T06")
def test_deciding_anything_else_at_a_third_review_triggers_nothing() -> None:
    case = after(2)
    case.tell("quorum_assessed", REVIEWS[2], meeting="RCPC-3", result="inquorate_proceeding")
    review(case, 3, goes_on=False)
    case.report("child_decision_made", REVIEWS[2], meeting="RCPC-3", decision="subject")

    assert (case.duties("CAL-T03"), case.duties("CAL-T06")) == ([], [])


@clause("CAL-T10")
def test_a_third_review_without_a_quorum_that_ended_the_plan_was_one() -> None:
    case = after(2)
    case.tell("quorum_assessed", REVIEWS[2], meeting="RCPC-3", result="inquorate_proceeding")
    review(case, 3, goes_on=False)
    case.report("plan_ended", REVIEWS[2], meeting="RCPC-3", ground="no_longer_at_risk")
    second = after(1)
    second.tell("quorum_assessed", REVIEWS[1], meeting="RCPC-2", result="inquorate_proceeding")
    review(second, 2, goes_on=False)
    second.report("plan_ended", REVIEWS[1], meeting="RCPC-2", ground="no_longer_at_risk")

    assert (case.status("CAL-T10"), second.status("CAL-T10")) == (Status.MET, Status.CANCELLED)


@pytest.mark.parametrize("held, found", [("2026-06-24", []), ("2026-06-25", ["warning"])])
@clause("CAL-T10a", "E-29", "E-01")
def test_fifteen_months_without_a_third_review_are_found(held: str, found: list[str]) -> None:
    case = after(2)
    case.tell("review_conference_held", held, meeting="RCPC-3")
    assert case.severities("CAL-T10a") == found

    case.tell("review_conference_held", "2026-12-01", meeting="RCPC-4")
    assert case.severities("CAL-T10a") == found


@clause("CAL-T10a", "E-29")
def test_a_second_review_past_fifteen_months_shows_that_there_was_no_third() -> None:
    case = after(1)
    case.tell("review_conference_held", "2026-06-25", meeting="RCPC-2")

    assert [finding.missing for finding in case.findings("CAL-T10a")] == [("review number 3, held by 2026-06-24",)]


@pytest.mark.parametrize("answer", ["endorsed", "refused"])
@clause("CAL-T02b")
def test_the_managers_answer_the_chair_who_proposes_an_early_start(answer: str) -> None:
    case, ended = after(2), after(2)
    for each in (case, ended):
        each.tell("senior_review_early_invocation_proposed", "2026-01-12", rationale="Nothing moves.")
    assert (case.status("CAL-T02b"), case.duty("CAL-T02b").due_on) == (Status.OPEN, None)

    case.tell(f"senior_review_early_invocation_{answer}", "2026-01-13", **BOTH)
    ended.report("plan_ended", "2026-01-13", ground="reached_18")
    assert (case.status("CAL-T02b"), ended.status("CAL-T02b")) == (Status.MET, Status.CANCELLED)


@clause("CAL-T02", "CAL-T03", "CAL-T06")
def test_a_refused_early_start_falls_back_to_the_third_review() -> None:
    case = after(2)
    case.tell("senior_review_early_invocation_proposed", "2026-01-12", rationale="Nothing moves.")
    case.tell("senior_review_early_invocation_refused", "2026-01-13", reason="The next review is near.")
    assert (case.duties("CAL-T03"), case.duties("CAL-T06")) == ([], [])

    review(case, 3)
    assert (len(case.duties("CAL-T03")), len(case.duties("CAL-T06"))) == (6, 1)


@clause("CAL-T10", "E-29")
def test_the_third_review_is_taken_to_be_held_within_fifteen_months() -> None:
    case = after(2)
    assert last_day_in_time(case, "CAL-T10") == "2026-06-24"
    assert case.duty("CAL-T10").marks >= {Mark.INHERITED}
    held = review(case, 3, goes_on=False)
    assert (held.status("CAL-T10"), len(held.duties("CAL-T10"))) == (Status.MET, 1)

    ended = planned()
    before = ended.duty("CAL-T10").id
    ended.void(ended.events[-1], "2025-03-25")
    ended.tell("plan_started", "2025-03-27", meeting="ICPC")
    assert [(duty.id, str(duty.due_on)) for duty in ended.duties("CAL-T10")] == [(before, "2026-06-24")]
    ended.report("plan_ended", "2025-04-20", ground="reached_18")
    assert ended.status("CAL-T10") is Status.CANCELLED


@clause("CAL-T10", "CAL-T05")
def test_a_decision_corrected_to_one_that_makes_a_plan_makes_them_known_only_then() -> None:
    case = given.at_conference()
    case.policy = given.pack("calderdale")
    decision = case.report("child_decision_made", "2025-03-24", meeting="ICPC", decision="not_subject")
    case.correct(decision, "2028-07-01", data=given.subject())

    assert Mark.LATE_WHEN_KNOWN in case.duty("CAL-T10", "2028-07-02").marks
    assert Mark.LATE_WHEN_KNOWN in case.duty("CAL-T05", "2028-07-02").marks


@clause("CAL-T10", "E-13")
def test_a_third_review_that_decided_nothing_is_none() -> None:
    case = after(2)
    case.tell("quorum_assessed", REVIEWS[2], meeting="RCPC-3", result="inquorate_proceeding")
    review(case, 3, goes_on=False)

    assert case.status("CAL-T10", REVIEWS[2]) is Status.OPEN


@pytest.mark.parametrize("progress", ["insufficient", "none"])
@clause("CAL-T01")
def test_too_little_progress_by_the_third_review_is_announced_there(progress: str) -> None:
    case = found_too_little(after(3), 3, progress)
    assert last_day_in_time(case, "CAL-T01") == "2026-06-01"

    case.tell("senior_review_announced", "2026-06-01", meeting="RCPC-3", to_members=True, to_parents=True)
    assert case.status("CAL-T01") is Status.MET
    assert len(found_too_little(review(case, 4), 4).duties("CAL-T01")) == 1


@clause("CAL-T01")
def test_nothing_is_announced_where_progress_is_enough_or_there_is_time() -> None:
    assert found_too_little(after(3), 3, "sufficient").duties("CAL-T01") == []
    assert found_too_little(after(2), 2).duties("CAL-T01") == []

    told_late = after(3)
    told_late.tell("progress_assessed_at_review", "2026-06-03", meeting="RCPC-3", progress="none")
    assert str(told_late.duty("CAL-T01").due_on) == "2026-06-01"
    ended = found_too_little(after(3), 3)
    ended.report("plan_ended", "2026-06-01", ground="reached_18")
    assert ended.status("CAL-T01") is Status.CANCELLED


@clause("CAL-R03")
def test_the_review_does_not_close_without_saying_so() -> None:
    silent, said, enough, second, initial = after(3), after(3), after(3), after(2), planned()
    for case, number, progress in (
        (silent, 3, "none"),
        (said, 3, "none"),
        (enough, 3, "sufficient"),
        (second, 2, "none"),
    ):
        found_too_little(case, number, progress)
    said.tell("senior_review_announced", REVIEWS[2], meeting="RCPC-3")
    for case in (silent, said, enough):
        case.tell("conference_closed", REVIEWS[2], meeting="RCPC-3")
    second.tell("conference_closed", REVIEWS[1], meeting="RCPC-2")
    initial.tell("conference_closed", "2025-03-24", meeting="ICPC")

    found = [each.severities("CAL-R03") for each in (silent, said, enough, second, initial)]
    assert found == [["warning"], [], [], [], []]


@clause("CAL-R03")
def test_only_a_review_is_asked_for_it() -> None:
    case = after(3)
    case.tell("initial_conference_held", "2026-07-01", meeting="ICPC-9")
    case.tell("progress_assessed_at_review", "2026-07-01", meeting="ICPC-9", progress="none")
    case.tell("conference_closed", "2026-07-01", meeting="ICPC-9")

    assert case.severities("CAL-R03") == []


@clause("CAL-R04")
def test_members_and_parents_are_both_told() -> None:
    found = []
    for said in ({"to_members": True, "to_parents": True}, {"to_members": True}, {"to_parents": True}):
        case = after(3)
        case.tell("senior_review_announced", REVIEWS[2], meeting="RCPC-3", **said)
        found.append(len(case.severities("CAL-R04")))

    assert found == [0, 1, 1]


@clause("CAL-T02", "CAL-T02a")
def test_an_early_start_may_be_proposed_after_the_second_review_with_its_rationale() -> None:
    early, in_time, silent = after(1), after(2), after(2)
    early.tell("senior_review_early_invocation_proposed", "2026-01-12", rationale="Nothing moves.")
    in_time.tell("senior_review_early_invocation_proposed", "2026-01-12", rationale="Nothing moves.")
    silent.tell("senior_review_early_invocation_proposed", "2026-01-12")

    assert [each.severities("CAL-T02") for each in (early, in_time, silent)] == [["warning"], [], []]
    assert [each.severities("CAL-T02a") for each in (early, in_time, silent)] == [[], [], ["record"]]


BOTH = {"team_manager": {"role": "team_manager"}, "service_manager": {"role": "service_manager_sqa"}}


@pytest.mark.parametrize("left_out", [None, "team_manager", "service_manager", "proposal", "rationale"])
@clause("CAL-R05", "CAL-T06")
def test_both_managers_endorse_an_early_start(left_out: str | None) -> None:
    here, told = after(2), after(2)
    for case in (here, told):
        if left_out != "proposal":
            rationale = {} if left_out == "rationale" else {"rationale": "Nothing moves."}
            case.tell("senior_review_early_invocation_proposed", "2026-01-12", **rationale)
    endorsed = {name: who for name, who in BOTH.items() if name != left_out}
    refused = ("CAL-R05",) if left_out else ()

    assert here.decide("senior_review_early_invocation_endorsed", "2026-01-13", **endorsed) == refused
    told.tell("senior_review_early_invocation_endorsed", "2026-01-13", **endorsed)
    assert told.severities("CAL-R05") == ["forbidden"] * len(refused)
    assert len(here.duties("CAL-T06")) == (left_out is None)


@clause("CAL-T06", "CAL-R07")
def test_each_trigger_asks_whether_to_hold_a_case_review_and_why() -> None:
    case = after(3)
    assert (case.status("CAL-T06"), case.duty("CAL-T06").due_on) == (Status.OPEN, None)
    case.tell(
        "senior_review_case_considered", "2026-06-08", outcome="not_needed", reasons="R", spoke_with=[{"role": "sw"}]
    )
    assert (case.status("CAL-T06"), case.severities("CAL-R07")) == (Status.MET, [])

    review(case, 4)
    assert case.status("CAL-T06") is Status.OPEN
    for said in ({"reasons": "R"}, {"spoke_with": [{"role": "sw"}]}):
        case.tell("senior_review_case_considered", "2026-12-01", outcome="case_review", **said)
    assert case.severities("CAL-R07") == ["record", "record"]


@pytest.mark.parametrize(
    "completed, status, found", [("2026-05-14", Status.MET, []), ("2026-05-13", Status.OPEN, ["warning"])]
)
@clause("CAL-T04", "CAL-R09", "E-31")
def test_the_single_assessment_is_at_most_two_months_old(completed: str, status: Status, found: list[str]) -> None:
    case = after(3)
    case.tell("case_review_scheduled", "2026-06-10", case_review="CR-1", date="2026-07-14")
    assert last_day_in_time(case, "CAL-T04") == "2026-07-14"
    assert case.severities("CAL-R09") == ["warning"]

    case.tell("single_assessment_submitted", "2026-06-20", case_review="CR-1", completed_on=completed)
    assert case.status("CAL-T04", "2026-06-21") is status
    case.tell("case_review_held", "2026-07-14", case_review="CR-1")
    assert case.severities("CAL-R09")[1:] == found


@clause("CAL-T04", "E-31", "E-01")
def test_two_months_clip_at_the_end_of_a_month_and_each_case_review_has_its_own() -> None:
    case = after(3)
    case.tell("case_review_scheduled", "2026-06-10", case_review="CR-1", date="2026-08-31")
    case.tell("case_review_scheduled", "2026-06-10", case_review="CR-2", date="2027-04-30")
    case.tell("single_assessment_submitted", "2026-07-20", case_review="CR-1", completed_on="2026-06-30")
    assert [duty.status for duty in case.duties("CAL-T04", "2026-07-21")] == [Status.OPEN, Status.OPEN]

    case.tell("case_review_scheduled", "2026-07-22", case_review="CR-3", date="2026-09-30")
    case.tell("single_assessment_submitted", "2026-08-20", case_review="CR-3", completed_on="2026-07-30")
    stands = {str(duty.told_of["case_review"]): duty.status for duty in case.duties("CAL-T04", "2026-08-21")}
    assert stands == {"CR-1": Status.OPEN, "CR-2": Status.OPEN, "CR-3": Status.MET}
    case.report("plan_ended", "2026-08-22", ground="reached_18")
    assert case.duties("CAL-T04")[0].status is Status.CANCELLED


@clause("CAL-R08", "CAL-R10", "CAL-R11")
def test_what_a_case_review_has() -> None:
    whole: dict[str, Anything] = {
        "attendees": [{"role": "Social Worker"}, {"role": "practice_supervisor"}, {"role": "team_manager"}],
        "cpcc_perspective": "P",
        "blocks": "B",
        "agreed_actions": [{"action": "A"}],
        "review_point_on": "2026-09-01",
    }

    def found(**changed: Anything) -> set[str]:
        case = after(3)
        said = {name: value for name, value in {**whole, **changed}.items() if value is not None}
        case.tell("case_review_held", "2026-07-14", **said)
        return {rule for rule in ("CAL-R08", "CAL-R10", "CAL-R11") for _ in case.severities(rule)}

    assert found() == set()
    assert found(cpcc_perspective=None) == found(attendees=whole["attendees"][:2]) == {"CAL-R08"}
    assert found(attendees=whole["attendees"][1:]) == found(attendees=None) == {"CAL-R08"}
    assert found(blocks=None) == found(agreed_actions=None) == {"CAL-R10"}
    assert found(review_point_on=None) == {"CAL-R11"}


@clause("CAL-T07", "CAL-T07a", "CAL-T07b")
def test_a_review_point_is_set_and_kept() -> None:
    silent, said = after(3), after(3)
    silent.tell("case_review_held", "2026-07-14")
    said.tell("case_review_held", "2026-07-14", review_point_on="2026-09-01")
    assert (silent.status("CAL-T07"), silent.duties("CAL-T07b"), said.duties("CAL-T07")) == (Status.OPEN, [], [])
    assert last_day_in_time(said, "CAL-T07b") == "2026-09-01"

    silent.tell("case_review_update_scheduled", "2026-07-15", update="U-1", due_on="2026-08-11")
    silent.tell("case_review_update_scheduled", "2026-07-15", update="U-2", due_on="2026-10-06")
    assert silent.status("CAL-T07") is Status.MET
    assert [str(duty.due_on) for duty in silent.duties("CAL-T07a")] == ["2026-08-11", "2026-10-06"]
    for case in (silent, said):
        case.tell("case_review_update_recorded", "2026-08-10", update="U-1", progress="sufficient")
    assert [duty.status for duty in silent.duties("CAL-T07a", "2026-08-11")] == [Status.MET, Status.OPEN]
    assert said.status("CAL-T07b") is Status.MET


@clause("CAL-T07", "CAL-T07a", "CAL-T07b", "CAL-T07c", "CAL-T08")
def test_the_end_of_the_plan_ends_all_that_watches_it() -> None:
    case = after(3)
    case.tell("case_review_held", "2026-07-14")
    case.tell("case_review_held", "2026-07-15", review_point_on="2026-09-01")
    case.tell("delay_raised_with_service_manager", "2026-07-20", cause=["quality"])
    case.tell("case_review_update_recorded", "2026-07-28", progress="none")
    case.tell("case_review_update_scheduled", "2026-07-29", update="U-1", due_on="2026-08-11")
    case.tell("case_review_held", "2026-07-30")
    case.tell("case_review_held", "2026-07-30", review_point_on="2026-09-02")
    case.report("plan_ended", "2026-08-01", ground="reached_18")

    for rule in ("CAL-T07", "CAL-T07a", "CAL-T07b", "CAL-T07c", "CAL-T08"):
        assert case.status(rule) is Status.CANCELLED


@pytest.mark.parametrize("met", ["delay_raised_with_service_manager", "practice_dispute_resolution_invoked"])
@clause("CAL-T07c", "CAL-T08")
def test_delay_is_raised_and_drift_that_goes_on_goes_to_the_formal_process(met: str) -> None:
    case = after(3)
    case.tell("case_review_update_recorded", "2026-07-20", progress="sufficient")
    assert case.duties("CAL-T07c") == []
    case.tell("case_review_update_recorded", "2026-07-28", progress="insufficient")
    assert (case.status("CAL-T07c"), case.duties("CAL-T08")) == (Status.OPEN, [])
    case.tell(met, "2026-07-29")
    assert case.status("CAL-T07c") is Status.MET

    case.tell("delay_raised_with_service_manager", "2026-07-29", cause=["quality"])
    case.tell("case_review_update_recorded", "2026-08-11", progress="sufficient")
    assert case.duties("CAL-T08") == []
    for day in ("2026-08-25", "2026-09-01"):
        case.tell("case_review_update_recorded", day, progress="none")
    assert [duty.status for duty in case.duties("CAL-T08")] == [Status.OPEN]
    case.tell("practice_dispute_resolution_invoked", "2026-09-03")
    assert case.status("CAL-T08") is Status.MET


@clause("CAL-T08")
def test_progress_restored_ends_the_call_for_the_formal_process() -> None:
    case = after(3)
    case.tell("delay_raised_with_service_manager", "2026-07-29", cause=["quality"])
    case.tell("case_review_update_recorded", "2026-08-11", progress="none")
    case.tell("case_review_update_recorded", "2026-08-18", progress="insufficient")
    assert case.status("CAL-T08") is Status.OPEN

    case.tell("case_review_update_recorded", "2026-08-25", progress="sufficient")
    assert case.status("CAL-T08") is Status.CANCELLED


@clause("CAL-R12")
def test_why_it_is_delayed_is_recorded() -> None:
    silent, said = after(3), after(3)
    silent.tell("delay_raised_with_service_manager", "2026-07-29")
    said.tell("delay_raised_with_service_manager", "2026-07-29", cause=["non_compliance", "quality"])

    assert [each.severities("CAL-R12") for each in (silent, said)] == [["record"], []]


@pytest.mark.parametrize("conference, last", [("2025-03-24", "2027-03-24"), ("2024-02-29", "2026-02-28")])
@clause("CAL-T05", "E-32", "E-01")
def test_two_years_are_the_outer_limit(conference: str, last: str) -> None:
    assert last_day_in_time(planned(conference), "CAL-T05") == last


@clause("CAL-T05", "E-32")
def test_a_rationale_or_the_end_of_the_plan_meets_it_and_nothing_ends_by_itself() -> None:
    said, ended, going = planned(), planned(), planned()
    said.tell("robust_rationale_recorded", "2027-03-20", reasons="Treatment ends in May.")
    ended.report("plan_ended", "2027-03-20", ground="reached_18")

    assert (said.status("CAL-T05"), ended.status("CAL-T05")) == (Status.MET, Status.MET)
    assert (going.status("CAL-T05", "2027-03-25"), going.assess("2029-01-01").state["stage"]) == (
        Status.MISSED,
        "active",
    )


@clause("CAL-T05")
def test_it_is_counted_from_the_start_of_the_plan_once() -> None:
    case = planned()
    before = case.duty("CAL-T05").id
    case.void(case.events[-1], "2025-03-25")
    case.tell("plan_started", "2025-03-27", meeting="ICPC")
    case.tell("plan_started", "2025-03-28", meeting="ICPC")

    assert [(duty.id, str(duty.due_on)) for duty in case.duties("CAL-T05")] == [(before, "2027-03-24")]


@pytest.mark.parametrize("told", ["child_decision_made", "plan_started"])
@clause("CAL-T05", "CAL-R02", "E-32")
def test_two_years_are_counted_from_the_start_of_the_plan_elsewhere(told: str) -> None:
    case = given.at_conference()
    case.policy = given.pack("calderdale")
    since = {"continuous_since": "2024-02-29"}
    if told == "child_decision_made":
        case.decide(told, "2025-03-24", meeting="ICPC", **given.subject(**since))
    else:
        case.tell(told, "2025-03-24", meeting="ICPC", **since)
    assert last_day_in_time(case, "CAL-T05") == "2026-02-28"
    assert str(case.duty("CAL-T10").due_on) == "2026-06-24"

    case.tell("review_conference_held", "2026-03-02", meeting="RCPC-1")
    case.decide("child_decision_made", "2026-03-02", meeting="RCPC-1", decision="continue", continuing_sh=True)
    assert case.severities("CAL-R02") == ["warning"]


@clause("CAL-T05", "CAL-R02", "CAL-R02a")
def test_a_rationale_that_gives_no_reasons_is_none() -> None:
    case, earlier = planned(), planned()
    case.tell("robust_rationale_recorded", "2027-03-01")
    earlier.tell("robust_rationale_recorded", "2027-03-01", reasons="Treatment ends in May.")

    assert (case.status("CAL-T05", "2027-03-02"), earlier.status("CAL-T05")) == (Status.OPEN, Status.MET)
    assert (case.severities("CAL-R02a"), earlier.severities("CAL-R02a")) == (["record"], [])


@clause("CAL-T05", "E-32")
def test_past_two_years_a_flag_stands_whatever_the_rationale() -> None:
    case = planned()
    case.tell("robust_rationale_recorded", "2027-03-01", reasons="Treatment ends in May.")
    flags = [case.assess(day).state["flags"] for day in ("2027-03-24", "2027-03-25")]
    case.report("plan_ended", "2027-04-01", ground="reached_18")

    assert (flags, case.assess().state["flags"]) == ([[], ["outer_limit_passed"]], [])


@clause("CAL-T05", "E-54")
def test_a_childs_death_ends_it() -> None:
    case = planned()
    case.tell("child_death_recorded", "2026-01-12")

    assert case.status("CAL-T05") is Status.CANCELLED


@clause("CAL-R02", "E-32")
def test_going_past_two_years_needs_a_robust_rationale() -> None:
    def goes_on(day: str, *, rationale: dict[str, Anything] | None = None) -> list[str]:
        case = planned()
        if rationale is not None:
            case.tell("robust_rationale_recorded", "2027-03-20", **rationale)
        case.decide("child_decision_made", day, meeting="RCPC-9", decision="continue", continuing_sh=True)
        return [each.value for each in case.severities("CAL-R02")]

    assert goes_on("2027-03-24") == []
    assert goes_on("2027-03-25") == ["warning"]
    assert goes_on("2027-03-25", rationale={"reasons": "Treatment ends in May."}) == []
    assert goes_on("2027-03-25", rationale={}) == ["warning"]
    other = planned()
    other.report("child_decision_made", "2027-03-25", meeting="RCPC-9", decision="not_subject")
    assert other.severities("CAL-R02") == []


@clause("CAL-R02")
def test_a_rationale_for_an_earlier_plan_is_none_for_this_and_other_decisions_need_none() -> None:
    case = on_a_plan("2022-03-21", policy=given.pack("calderdale"), requested="2022-03-01")
    case.tell("robust_rationale_recorded", "2024-03-20", reasons="R")
    case.report("plan_ended", "2024-05-20", ground="no_longer_at_risk")
    case.tell("initial_conference_requested", "2025-03-03")
    case.tell("initial_conference_held", "2025-03-24", meeting="ICPC-2")
    case.report("child_decision_made", "2025-03-24", meeting="ICPC-2", **given.subject())
    case.report("child_decision_made", "2027-03-25", meeting="RCPC-9", decision="continue")

    assert case.severities("CAL-R02") == ["warning"]


@clause("CAL-R01")
def test_a_review_is_reminded_of_the_childs_own_timetable() -> None:
    assert "CAL-R01" in after(1).advice()
    assert "CAL-R01" not in planned().advice()


@pytest.mark.parametrize("type_", ["outline_plan_agreed", "detailed_plan_compiled", "plan_revised"])
@clause("CAL-R15")
def test_a_plan_says_what_is_needed_and_what_is_to_be_done(type_: str) -> None:
    found = []
    for said in ({"needs": "N", "actions": [{"action": "A"}]}, {"needs": "N"}, {"actions": [{"action": "A"}]}):
        case = planned()
        case.tell(type_, "2025-04-01", **said)
        found.append([each.value for each in case.severities("CAL-R15")])

    assert found == [[], ["warning"], ["warning"]]


FORCE = {
    "block": "E-46d CAL-R05",
    "warn": "CAL-T02 CAL-T10a CAL-R02 CAL-R03 CAL-R08 CAL-R09 CAL-R11 CAL-R15",
    "record": "CAL-T02a CAL-R02a CAL-R13 CAL-R04 CAL-R07 CAL-R10 CAL-R12",
    "guide": "CAL-R01",
}


@pytest.mark.parametrize(
    "rule, force",
    [pytest.param(id_, force, marks=clause(id_)) for force, ids in FORCE.items() for id_ in ids.split()],
)
def test_each_rule_has_the_force_that_the_requirements_give_it(rule: str, force: str) -> None:
    assert [entry.enforce.value for entry in given.pack("calderdale").rule if entry.id == rule] == [force]


@clause("CAL-T07b")
def test_an_update_of_an_earlier_day_in_the_diary_is_not_the_review_point() -> None:
    case = after(3)
    case.tell("case_review_held", "2026-07-14", review_point_on="2026-09-01")
    case.tell("case_review_update_scheduled", "2026-07-14", update="U-1", due_on="2026-08-11")
    case.tell("case_review_update_scheduled", "2026-07-14", update="U-2", due_on="2026-09-01")
    case.tell("case_review_update_recorded", "2026-08-11", update="U-1", progress="sufficient")
    assert case.status("CAL-T07b", "2026-08-12") is Status.OPEN

    case.tell("case_review_update_recorded", "2026-09-01", update="U-2", progress="sufficient")
    assert case.status("CAL-T07b") is Status.MET


@clause("CAL-T07d")
def test_each_action_agreed_is_watched_to_its_date() -> None:
    case, ended = after(3), after(3)
    actions = [{"action": "A-1", "due_on": "2026-08-03"}, {"action": "A-2", "due_on": "2026-08-31"}, {"action": "A-3"}]
    for each in (case, ended):
        each.tell("case_review_held", "2026-07-14", agreed_actions=actions)
    assert [str(duty.due_on) for duty in case.duties("CAL-T07d")] == ["2026-08-03", "2026-08-31"]
    assert last_day_in_time(case, "CAL-T07d") == "2026-08-31"

    case.tell("case_review_action_completed", "2026-08-03", action="A-1")
    ended.report("plan_ended", "2026-07-20", ground="reached_18")
    assert [duty.status for duty in case.duties("CAL-T07d", "2026-08-04")] == [Status.MET, Status.OPEN]
    assert {duty.status for duty in ended.duties("CAL-T07d")} == {Status.CANCELLED}


@clause("E-46d")
def test_a_review_decides_that_the_risk_has_gone_and_other_grounds_need_none() -> None:
    apart, there, told, adult = planned(), after(1), planned(), planned()

    assert apart.decide("plan_ended", "2025-06-16", ground="no_longer_at_risk") == ("E-46d",)
    assert there.decide("plan_ended", REVIEWS[0], meeting="RCPC-1", ground="no_longer_at_risk") == ()
    told.report("plan_ended", "2025-06-16", ground="no_longer_at_risk")
    adult.report("plan_ended", "2025-06-16", ground="reached_18")
    assert (told.severities("E-46d"), adult.severities("E-46d")) == (["forbidden"], [])


@clause("CAL-T03", "CAL-T06", "CAL-T10", "E-29")
def test_a_dual_process_meeting_is_a_review_that_counts() -> None:
    case = after(2)
    case.tell("dual_process_meeting_held", REVIEWS[2], meeting="DPM-1")

    assert (len(case.duties("CAL-T03")), len(case.duties("CAL-T06"))) == (6, 1)
    assert case.status("CAL-T10") is Status.MET
