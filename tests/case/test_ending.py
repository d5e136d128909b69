"""Ending a plan: the review that decides, actions, neglect, transfer, and what follows."""

import pytest

from events.case.answer import Severity, Status
from tests.case.given import Anything, Case, at_review, on_a_plan, reviewed

clause = pytest.mark.clause
A: dict[str, Anything] = {
    "ground": "no_longer_at_risk",
    "plan_implemented": True,
    "needs_reviewed": True,
    "core_group_recommends": True,
}
REVIEW = "2025-06-16"


def ending(case: Case, on: str = REVIEW, *, meeting: str | None = "CPRC", **data: Anything) -> tuple[str, ...]:
    return case.decide("plan_ended", on, meeting=meeting, **(data or A))


@clause("STF-R65")
def test_a_review_that_was_held_ends_the_plan() -> None:
    case = at_review(REVIEW)

    assert ending(case) == ()
    plan = case.assess().state["plan"]
    assert (plan["status"], plan["ground"], str(plan["ended_on"])) == ("ended", "no_longer_at_risk", REVIEW)


@pytest.mark.parametrize(
    "type_, data, where",
    [
        ("core_group_meeting_held", {}, "CG-1"),
        ("lac_review_held", {"first": False}, "LAC-1"),
    ],
)
@clause("STF-R65a")
def test_no_other_meeting_than_a_conference_decides_on_a_plan(
    type_: str, data: dict[str, Anything], where: str
) -> None:
    case = on_a_plan()
    case.tell(type_, "2025-04-07", meeting=where, **data)
    on = {"decision": "continue", "continuing_sh": True}

    assert case.decide("child_decision_made", "2025-04-07", meeting=where, **on) == ("STF-R65a",)
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    assert case.decide("child_decision_made", "2025-06-16", meeting="CPRC", **on) == ()


@pytest.mark.parametrize("ground", ["no_longer_at_risk", "looked_after_single_plan"])
@clause("STF-R65", "E-33a")
def test_nothing_but_a_review_decides_that_a_plan_is_not_needed(ground: str) -> None:
    case = on_a_plan()
    case.tell("looked_after_started", "2025-04-01", basis="s20")
    assert "STF-R65" in ending(case, meeting=None, **{**A, "ground": ground})
    assert "STF-R65" in ending(case, on="2025-03-24", meeting="ICPC", **{**A, "ground": ground})

    case.tell("review_conference_scheduled", "2025-05-01", meeting="CPRC", date=REVIEW)
    assert ending(case, **{**A, "ground": ground}) == ("STF-R65",)
    assert case.decided[-1].refusals[0].missing == ("a review conference that was held and decided it",)


@clause("STF-R65")
def test_an_ending_that_names_no_meeting_is_that_of_the_review_of_its_day() -> None:
    assert ending(at_review(REVIEW), meeting=None) == ()
    assert ending(at_review(REVIEW), on="2025-06-17", meeting=None) == ("STF-R65",)


@clause("STF-R66")
def test_non_co_operation_is_no_ground_here_and_nobody_can_make_it_one() -> None:
    case = at_review(REVIEW)
    override = {"rule": "STF-R66", "reason": "R", "authoriser": "Head 1"}

    assert ending(case, ground="non_cooperation") == ("STF-R66",)
    told = {"role": "head_of_service", "envelope": {"override": override}}
    assert case.decide("plan_ended", REVIEW, meeting="CPRC", ground="non_cooperation", **told) == ("STF-R66",)


@clause("STF-R67")
def test_an_open_action_needs_its_reason() -> None:
    case = on_a_plan()
    case.tell("plan_action_added", "2025-04-07", action="ACT-1", due_on="2025-05-16")
    case.tell("plan_action_added", "2025-04-07", action="ACT-2", due_on="2025-05-16")
    case.tell("plan_action_completed", "2025-05-16", action="ACT-2")
    case.tell("review_conference_held", REVIEW, meeting="CPRC")
    assert ending(case) == ("STF-R67",)
    assert case.decided[-1].refusals[0].missing == ("completion, or a reason, for 1 of the plan's actions",)

    case.tell("plan_action_not_completed", REVIEW, action="ACT-1", rationale="The school does it for all.")
    assert ending(case) == ()


@clause("STF-R67")
def test_an_action_left_undone_without_a_reason_is_still_open() -> None:
    case = on_a_plan()
    case.tell("plan_action_not_completed", "2025-05-16", action="ACT-1")
    case.tell("review_conference_held", REVIEW, meeting="CPRC")

    assert ending(case) == ("STF-R67",)


@pytest.mark.parametrize("ground", ["transferred", "not_confirmed_at_receiving_in"])
@clause("STF-R69", "E-70")
def test_a_plan_ends_by_a_move_only_after_the_receiving_in_conference(ground: str) -> None:
    case = on_a_plan()
    assert ending(case, meeting=None, ground=ground) == ("STF-R69",)
    case.tell("receiving_in_conference_scheduled", "2025-06-01", meeting="RIC", date="2025-06-12")
    assert ending(case, meeting=None, ground=ground) == ("STF-R69",)

    case.tell("receiving_in_conference_held", "2025-06-12", meeting="RIC")
    assert ending(case, meeting=None, ground=ground) == ()


@clause("STF-R69", "E-58")
def test_a_transferred_plan_ended_on_the_day_of_that_conference() -> None:
    case = on_a_plan()
    case.tell("receiving_in_conference_held", "2025-06-12", meeting="RIC")
    ending(case, meeting=None, ground="transferred")

    assert str(case.assess().state["plan"]["ended_on"]) == "2025-06-12"


@clause("STF-R69")
def test_the_conference_that_once_took_the_child_in_does_not_let_the_plan_go() -> None:
    case = Case()
    case.tell("child_registered", "2025-01-06", dob="2018-06-01")
    case.tell("receiving_in_conference_held", "2025-01-13", meeting="RIC-0")
    case.tell("initial_conference_requested", "2025-03-10")
    case.tell("initial_conference_held", "2025-03-24", meeting="ICPC")
    case.report("child_decision_made", "2025-03-24", meeting="ICPC", decision="subject", category="neglect")

    assert ending(case, meeting=None, ground="transferred") == ("STF-R69",)


@clause("STF-R74", "STF-T33", "E-33")
def test_neglect_is_not_discontinued_at_the_first_review() -> None:
    case = at_review(REVIEW, category="neglect")

    assert ending(case) == ("STF-R74",)
    (refusal,) = case.decided[-1].refusals
    assert refusal.missing == ("a second review, or that the child has left the household",)
    assert refusal.override == "nobody"


@clause("STF-R74", "STF-T33")
def test_at_the_second_review_it_may_be() -> None:
    case = reviewed(REVIEW, category="neglect")
    case.tell("review_conference_held", "2025-12-01", meeting="CPRC-2")

    assert ending(case, on="2025-12-01", meeting="CPRC-2") == ()


@clause("STF-R74")
def test_no_override_sets_it_aside() -> None:
    case = at_review(REVIEW, category="neglect")
    override = {"rule": "STF-R74", "reason": "R", "authoriser": "Head 1"}

    told = {"role": "head_of_service", "envelope": {"override": override}}
    assert case.decide("plan_ended", REVIEW, meeting="CPRC", **told, **A) == ("STF-R74",)


@clause("STF-R74", "E-33")
def test_an_early_first_review_is_still_the_first() -> None:
    assert ending(at_review("2025-04-28", category="neglect"), on="2025-04-28") == ("STF-R74",)


@clause("STF-R74", "E-33")
def test_changing_the_category_in_the_review_evades_nothing() -> None:
    before, after = at_review(REVIEW, category="neglect"), on_a_plan(category="neglect")
    before.decide("category_changed", REVIEW, meeting="CPRC", new="emotional")
    after.decide("category_changed", REVIEW, meeting="CPRC", new="emotional")
    after.tell("review_conference_held", REVIEW, meeting="CPRC")

    assert (ending(before), ending(after)) == (("STF-R74",), ("STF-R74",))


@clause("STF-R74", "E-33")
def test_a_category_changed_before_the_review_opened_counts() -> None:
    to, away = on_a_plan(category="physical"), on_a_plan(category="neglect")
    for case, new in ((to, "neglect"), (away, "physical")):
        case.report("category_changed", "2025-05-01", new=new)
        case.tell("review_conference_held", REVIEW, meeting="CPRC")

    assert (ending(to), ending(away)) == (("STF-R74",), ())


@clause("STF-R74", "E-13", "E-33")
def test_an_inquorate_review_that_decided_nothing_was_not_the_first() -> None:
    case = on_a_plan(category="neglect")
    case.tell("quorum_assessed", "2025-06-02", meeting="CPRC-1", result="inquorate_proceeding")
    case.tell("review_conference_held", "2025-06-02", meeting="CPRC-1")
    case.tell("review_conference_held", REVIEW, meeting="CPRC")

    assert ending(case) == ("STF-R74",)


@clause("STF-R74", "STF-R75", "E-33")
def test_a_child_who_has_left_the_household_may_come_off_at_the_first_review() -> None:
    told, stated, bare = (at_review(REVIEW, category="neglect") for _ in range(3))
    told.tell("child_no_longer_in_concern_household", "2025-05-12", new_carer={"role": "father"})

    assert ending(told) == ()
    assert ending(stated, **A, neglect_exception=True, evidence=["Child arrangements order of 12 May."]) == ()
    assert ending(bare, **A, neglect_exception=True) == ("STF-R74",)
    assert "STF-R75" in told.advice()


@clause("STF-R74", "STF-R75")
def test_having_left_it_before_the_plan_was_made_is_no_exception() -> None:
    case = at_review(REVIEW, category="neglect")
    case.tell("child_no_longer_in_concern_household", "2025-03-01", new_carer={"role": "father"})

    assert ending(case) == ("STF-R74",)


@pytest.mark.parametrize("ground", ["deceased", "left_uk", "transferred", "reached_18"])
@clause("STF-R74", "E-33")
def test_the_rule_is_about_children_no_longer_at_risk_only(ground: str) -> None:
    assert "STF-R74" not in ending(at_review(REVIEW, category="neglect"), ground=ground)


@clause("STF-R74", "E-82")
def test_told_of_elsewhere_it_is_kept_as_forbidden_and_somebody_has_to_confirm_or_undo_it() -> None:
    case = at_review(REVIEW, category="neglect")
    ended = case.report("plan_ended", REVIEW, meeting="CPRC", **A)

    assert case.severities("STF-R74") == [Severity.FORBIDDEN]
    assert case.assess().state["stage"] == "ended"
    duty = case.duty("E-82")
    assert (duty.status, duty.owner, duty.told_of) == (Status.OPEN, "head of service", {"fact": str(ended.fact)})


@clause("STF-R67a")
def test_an_ending_in_planclock_leaves_what_it_lacks_as_warnings() -> None:
    case = at_review(REVIEW)

    assert ending(case, ground="no_longer_at_risk") == ()
    assert case.severities("STF-R67a") == ["warning"]


@clause("STF-R76")
def test_what_support_goes_on_is_recorded_beside_an_ending() -> None:
    silent, considered = at_review(REVIEW), at_review(REVIEW)
    considered.tell("step_down_considered", REVIEW, meeting="CPRC", chosen="child_in_need")
    moved = on_a_plan()
    for case in (silent, considered):
        ending(case)
    moved.report("plan_ended", REVIEW, ground="transferred")

    assert [case.severities("STF-R76") for case in (silent, considered, moved)] == [["record"], [], []]


@clause("STF-R78")
def test_when_social_care_steps_back_the_lead_passes_on() -> None:
    case, stays = at_review(REVIEW), at_review(REVIEW)
    case.tell("step_down_considered", REVIEW, meeting="CPRC", chosen="team_around_the_child")
    stays.tell("step_down_considered", REVIEW, meeting="CPRC", chosen="child_in_need")
    ending(case)
    assert (case.status("STF-R78"), stays.duties("STF-R78")) == (Status.OPEN, [])

    case.tell("lead_professional_transferred", "2025-06-20", to={"role": "teacher"})
    assert case.status("STF-R78") is Status.MET


@clause("E-57", "E-73")
def test_an_ending_voided_restores_the_plan_and_its_clocks() -> None:
    case = at_review(REVIEW)
    ended = case.report("plan_ended", REVIEW, meeting="CPRC", **A)
    assert case.assess().state["stage"] == "ended"

    case.void(ended, "2025-06-20")

    assert case.assess().state["stage"] == "active"
    assert case.status("STF-T20") is Status.MISSED
    assert case.status("STF-T18", "2025-06-20") is Status.OPEN


@clause("P11")
def test_a_plan_ends_once() -> None:
    case = at_review(REVIEW)
    ending(case)

    assert "P11" in ending(case)


@pytest.mark.parametrize("ground", ["no_longer_at_risk", "non_cooperation", "looked_after_single_plan", "transferred"])
@pytest.mark.parametrize("on, early", [("2025-06-15", True), (REVIEW, False), ("2025-06-30", False)])
@clause("E-58")
def test_a_plan_said_to_have_ended_before_its_review_is_pointed_out(ground: str, on: str, early: bool) -> None:  # noqa: FBT001  # a table
    case, alone = at_review(REVIEW), on_a_plan()
    case.report("plan_ended", REVIEW, meeting="CPRC", ground=ground, effective_on=on)
    alone.report("plan_ended", REVIEW, ground=ground, effective_on=on)

    found = [Severity.WARNING] if early and ground != "transferred" else []
    assert (case.severities("E-58"), alone.severities("E-58")) == (found, [])
