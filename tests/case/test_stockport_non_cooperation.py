"""Stockport 8.7.7(b): the six checks before a plan ends because parents will not work with it."""

from typing import Any

import pytest

from events.case.answer import Status
from tests.case.given import Case, last_day_in_time
from tests.case.stockport import (
    FATHER,
    MOTHER,
    REVIEW,
    attend,
    end,
    evidenced,
    keep,
    missing,
    proposed,
    reviewing,
    warned,
)

clause = pytest.mark.clause
IN_TIME, TOO_LATE = "2025-05-13", "2025-05-14"
"""Ten working days before Wednesday, 28 May 2025, a bank holiday on the way, and a day later."""

NONE = ("STK-R42", "STK-R43", "STK-R44", "STK-R45", "STK-R46", "STK-R47", "STK-R48")


def ending(case: Case, held: str = REVIEW, *, meeting: str = "CPRC", **data: Any) -> tuple[str, ...]:  # noqa: ANN401
    return end(case, held, meeting, ground="non_cooperation", **data)


@clause("STK-R42", "STK-R43", "STK-R44", "STK-R45", "STK-R46", "STK-R47", "STK-R48", "E-34")
def test_with_all_six_a_quorate_review_ends_the_plan() -> None:
    case = proposed()
    warned(case, IN_TIME)

    assert ending(evidenced(case)) == ()
    plan = case.assess().state["plan"]
    assert (plan["ground"], str(plan["ended_on"])) == ("non_cooperation", REVIEW)


@clause("STK-R42", "STK-R43", "STK-R44", "STK-R45", "STK-R46", "STK-R47", "STK-R48", "E-35")
def test_without_any_it_ends_nothing_whoever_would_allow_it() -> None:
    case = reviewing()
    assert ending(case) == NONE
    assert {refusal.override for refusal in case.decided[-1].refusals} == {"nobody"}
    assert end(case) == ()


@pytest.mark.parametrize(
    "type_, rule",
    [
        pytest.param(type_, rule, marks=clause(rule))
        for type_, rule in (
            ("legal_powers_considered", "STK-R43"),
            ("legal_advice_given_at_review", "STK-R44"),
            ("cooperation_avenues_explored", "STK-R45"),
            ("child_seen_and_views_obtained", "STK-R46"),
            ("risk_management_belief_recorded", "STK-R48"),
        )
    ],
)
def test_each_of_them_alone_is_missed(type_: str, rule: str) -> None:
    case = proposed()
    warned(case, IN_TIME)

    assert ending(evidenced(case, without=type_)) == (rule,)


@clause("STK-R42")
def test_non_co_operation_alone_is_no_reason() -> None:
    bare, reasoned, believed = reviewing(), reviewing(), reviewing()
    believed.tell("risk_management_belief_recorded", "2025-05-20", reasons="R")

    assert "STK-R42" in ending(bare)
    assert "STK-R42" not in ending(reasoned, reasons="The family court has the case.")
    assert "STK-R42" not in ending(believed)


@pytest.mark.parametrize("type_", ["legal_powers_considered", "court_proceedings_considered"])
@clause("STK-R43")
def test_proceedings_considered_are_legal_powers_considered(type_: str) -> None:
    case = evidenced(proposed(), without="legal_powers_considered")
    warned(case, IN_TIME)
    case.tell(type_, "2025-05-20")

    assert ending(case) == ()


@clause("STK-R44")
def test_legal_advice_given_elsewhere_is_not_given_at_the_review() -> None:
    case = evidenced(proposed(), without="legal_advice_given_at_review")
    warned(case, IN_TIME)
    case.tell("legal_advice_given_at_review", "2025-05-20", meeting="ANOTHER")
    assert ending(case) == ("STK-R44",)

    case.tell("legal_advice_given_at_review", REVIEW)
    assert ending(case) == ()


@clause("STK-R45")
def test_every_agency_at_the_review_has_explored_every_avenue() -> None:
    case = evidenced(proposed(), without="cooperation_avenues_explored")
    warned(case, IN_TIME)
    case.tell("cooperation_avenues_explored", "2025-05-01", agency="health", steps="S")
    case.tell("cooperation_avenues_explored", "2025-05-02", agency="Children's Social Care", steps="S")
    assert ending(case) == ("STK-R45",)
    assert case.decided[-1].refusals[0].missing == ("that every avenue was explored by school",)

    case.tell("cooperation_avenues_explored", "2025-05-05", agency="school", steps="S")
    assert ending(case) == ()


@clause("STK-R45")
def test_where_the_core_group_is_known_it_is_the_agencies_of_the_core_group() -> None:
    case = evidenced(proposed(), without="cooperation_avenues_explored")
    warned(case, IN_TIME)
    members = [
        {"role": "social_worker", "agency": "csc"},
        {"role": "mother", "agency": "family"},
        {"agency": "nursery"},
    ]
    case.tell("core_group_membership_confirmed", "2025-03-24", meeting="ICPC", members=members)
    case.tell("cooperation_avenues_explored", "2025-05-01", agencies=["csc", "school", "health"])
    assert ending(case) == ("STK-R45",)

    case.tell("cooperation_avenues_explored", "2025-05-01", agency="nursery")
    assert ending(case) == ()


@pytest.mark.parametrize(
    "type_, data, refused",
    [
        ("child_seen_and_views_obtained", {"not_appropriate_reason": "Eight weeks old."}, ()),
        ("child_seen_and_views_obtained", {"by": {"role": "social_worker"}}, ("STK-R46",)),
        ("child_seen", {"by_sw": True, "spoken_to": True, "views": "V"}, ()),
        ("child_seen", {"by_sw": True, "spoken_to": True}, ("STK-R46",)),
        ("child_seen", {"by_sw": True, "spoken_to": False, "views": "V"}, ("STK-R46",)),
    ],
)
@clause("STK-R46")
def test_the_child_is_seen_and_heard_where_that_is_appropriate(
    type_: str, data: dict[str, Any], refused: tuple[str, ...]
) -> None:
    case = evidenced(proposed(), without="child_seen_and_views_obtained")
    warned(case, IN_TIME)
    case.tell(type_, "2025-05-20", **data)

    assert ending(case) == refused


@pytest.mark.parametrize(
    "held, last, late",
    [
        ("2025-05-27", "2025-05-12", "2025-05-13"),  # a bank holiday on the way
        ("2025-05-26", "2025-05-12", "2025-05-13"),  # a review on the bank holiday itself
        ("2025-06-20", "2025-06-06", "2025-06-07"),  # a Saturday is late for it
        ("2025-04-30", "2025-04-14", "2025-04-15"),  # over Easter
        ("2026-01-07", "2025-12-19", "2025-12-22"),  # over Christmas and New Year
        ("2025-06-13", "2025-05-30", "2025-06-02"),
    ],
)
@clause("STK-R47", "STK-T19", "E-04", "E-56")
def test_the_letter_is_delivered_ten_working_days_before_the_review(held: str, last: str, late: str) -> None:
    in_time, too_late = (proposed(held, on="2025-04-01") for _ in range(2))
    assert last_day_in_time(in_time, "STK-T19") == last
    for case, day in ((in_time, last), (too_late, late)):
        warned(case, day)
        evidenced(case, held)

    assert (ending(in_time, held), ending(too_late, held)) == ((), ("STK-R47",))
    assert too_late.decided[-1].refusals[0].missing == (
        f"a warning letter delivered to each relevant parent by {last}; the last was delivered on {late}",
    )
    assert (in_time.status("STK-T19"), too_late.status("STK-T19")) == (Status.MET, Status.MET_LATE)


@clause("STK-R47", "STK-T19", "E-56")
def test_a_review_that_moves_takes_the_last_day_with_it() -> None:
    later, earlier = proposed(), proposed()
    warned(later, TOO_LATE)
    warned(earlier, IN_TIME)
    later.tell("conference_rescheduled", "2025-05-20", meeting="CPRC", new_date="2025-05-29")
    earlier.tell("conference_rescheduled", "2025-05-20", meeting="CPRC", new_date="2025-05-27")

    assert (later.status("STK-T19"), earlier.status("STK-T19")) == (Status.MET, Status.MET_LATE)
    assert (str(later.duty("STK-T19").due_on), str(earlier.duty("STK-T19").due_on)) == ("2025-05-14", "2025-05-12")
    assert ending(evidenced(later, "2025-05-29"), "2025-05-29") == ()
    assert ending(evidenced(earlier, "2025-05-27"), "2025-05-27") == ("STK-R47",)


@clause("STK-R47", "STK-T19", "E-56")
def test_a_letter_sent_is_not_a_letter_delivered() -> None:
    case = proposed()
    case.tell("notification_sent", "2025-05-01", register_id="N03", to=[MOTHER], channel="post")

    assert case.status("STK-T19", "2025-05-02") is Status.OPEN
    assert ending(evidenced(case)) == ("STK-R47",)


@pytest.mark.parametrize("number, refused", [("N03", ()), ("STK-T19", ()), ("N04", ("STK-R47",))])
@clause("STK-R47", "STK-T19", "N03")
def test_one_delivered_as_a_notice_is_delivered(number: str, refused: tuple[str, ...]) -> None:
    case = proposed()
    case.tell("notification_delivered", IN_TIME, register_id=number, to=[MOTHER], channel="handed")

    assert (case.status("STK-T19", IN_TIME) is Status.MET) is (refused == ())
    assert ending(evidenced(case)) == refused


@clause("STK-R47", "STK-T19", "E-56")
def test_each_relevant_parent_has_it_and_the_latest_delivery_counts() -> None:
    both = proposed(parents=[MOTHER, FATHER])
    warned(both, "2025-05-06", MOTHER)
    assert both.status("STK-T19", "2025-05-06") is Status.OPEN
    warned(both, TOO_LATE, FATHER)
    unmet = proposed(parents=[MOTHER, FATHER])
    warned(unmet, "2025-05-06", MOTHER)
    together = proposed(parents=[MOTHER, FATHER])
    warned(together, IN_TIME, MOTHER, FATHER)

    assert [ending(evidenced(case)) for case in (both, unmet, together)] == [("STK-R47",), ("STK-R47",), ()]
    assert [case.status("STK-T19") for case in (both, unmet, together)] == [Status.MET_LATE, Status.MISSED, Status.MET]


@clause("STK-R47", "E-56")
def test_a_parent_known_to_have_responsibility_is_relevant_and_an_absent_one_is_not() -> None:
    known, absent, unheard = proposed(), proposed(), proposed()
    for case, father in ((known, {"absent": False}), (absent, {"absent": True}), (unheard, {})):
        case.tell("family_member_added", "2025-04-01", name="Parent 1", relation="mother", parental_responsibility=True)
        case.tell(
            "family_member_added", "2025-04-01", ref="P2", relation="father", parental_responsibility=bool(father)
        )
        if father:
            case.tell("family_member_changed", "2025-04-02", ref="P2", **father)
        warned(case, IN_TIME)

    assert [ending(evidenced(case)) for case in (known, absent, unheard)] == [("STK-R47",), (), ()]


@clause("STK-R47", "E-56")
def test_a_letter_delivered_again_is_no_later_for_it() -> None:
    case = proposed()
    warned(case, IN_TIME)
    warned(case, TOO_LATE)

    assert ending(evidenced(case)) == ()


@pytest.mark.parametrize("again", [True, False])
@clause("STK-R47", "STK-T19", "E-56")
def test_another_attempt_needs_another_letter(again: bool) -> None:  # noqa: FBT001  # a table
    case = proposed()
    warned(case, IN_TIME)
    evidenced(case)
    keep(case)
    assert case.duty("STK-T19").status is Status.MET
    case.tell("non_cooperation_ending_proposed", "2025-10-01")
    case.tell("review_conference_scheduled", "2025-10-01", meeting="CPRC-2", date="2025-11-03")
    if again:
        warned(case, "2025-10-20")
    attend(case, "2025-11-03", "CPRC-2")
    case.tell("review_conference_held", "2025-11-03", meeting="CPRC-2")
    case.tell("legal_advice_given_at_review", "2025-11-03", meeting="CPRC-2")

    assert ending(case, "2025-11-03", meeting="CPRC-2") == (() if again else ("STK-R47",))
    assert str(case.duty("STK-T19").due_on) == "2025-10-20"


@clause("STK-R47", "STK-T19", "STK-T20", "STK-T21")
def test_an_attempt_withdrawn_is_over_and_so_is_one_that_a_review_did_not_follow() -> None:
    withdrawn, kept, ended = proposed(), proposed(), proposed()
    warned(withdrawn, IN_TIME)
    withdrawn.tell("non_cooperation_ending_withdrawn", "2025-05-15")
    assert ending(evidenced(withdrawn)) == ("STK-R47",)
    open_, called_off = proposed(), proposed()
    called_off.tell("non_cooperation_ending_withdrawn", "2025-05-01")
    reviewing("2025-05-01", case=kept)
    keep(kept, "2025-05-01")
    ended.report("plan_ended", "2025-05-01", ground="transferred")

    for rule in ("STK-T19", "STK-T20", "STK-T21"):
        assert open_.status(rule, "2025-05-02") is Status.OPEN
        assert [case.status(rule) for case in (called_off, ended)] == [Status.CANCELLED] * 2
        assert kept.duty(rule).reason == "child decision made"


@clause("STK-T19", "STK-T20", "STK-T21", "E-81")
def test_without_a_day_for_the_review_nothing_can_be_counted_back_from_it() -> None:
    case = proposed()
    case.events = [event for event in case.events if event.type != "review_conference_scheduled"]
    duties = [case.duty(rule) for rule in ("STK-T19", "STK-T20", "STK-T21")]
    assert [duty.missing for duty in duties] == ["the date of the review"] * 3

    planned = proposed(review_planned=REVIEW)
    planned.events = [event for event in planned.events if event.type != "review_conference_scheduled"]
    assert str(planned.duty("STK-T19").due_on) == IN_TIME


@clause("STK-T20")
def test_the_advice_is_given_on_the_day_of_the_review() -> None:
    case = proposed()
    assert last_day_in_time(case, "STK-T20") == REVIEW

    case.tell("legal_advice_given_at_review", REVIEW, meeting="CPRC")
    assert case.status("STK-T20") is Status.MET


@pytest.mark.parametrize(
    "type_, data, status",
    [
        ("child_seen_and_views_obtained", {"views": "V"}, Status.MET),
        ("child_seen_and_views_obtained", {"not_appropriate_reason": "A baby."}, Status.MET),
        ("child_seen_and_views_obtained", {}, Status.OPEN),
        ("child_seen", {"by_sw": True, "spoken_to": True, "views": "V"}, Status.MET),
        ("child_seen", {"by_sw": True, "spoken_to": True}, Status.OPEN),
    ],
)
@clause("STK-T21")
def test_the_child_is_seen_before_the_review(type_: str, data: dict[str, Any], status: Status) -> None:
    case = proposed()
    assert last_day_in_time(case, "STK-T21") == REVIEW

    case.tell(type_, "2025-05-20", **data)
    assert case.status("STK-T21", "2025-05-21") is status


@clause("STK-R47a")
def test_the_signature_or_why_there_is_none_is_recorded_and_kept_on_file() -> None:
    silent, signed, refused = proposed(), proposed(), proposed()
    warned(silent, IN_TIME)
    warned(signed, IN_TIME, signed=True, on_file=True)
    warned(refused, IN_TIME, signed=False, unsigned_reason="Would not open the door.", on_file=True)

    assert [case.severities("STK-R47a") for case in (silent, signed, refused)] == [["record"], [], []]
    assert missing(silent, "STK-R47a") == ["the parent's signature, or why there is none", "a record of on file"]


@pytest.mark.parametrize("ground", ["no_longer_at_risk", "transferred"])
@clause("STK-R42", "STK-R43", "STK-R44", "STK-R45", "STK-R46", "STK-R47", "STK-R48")
def test_the_six_are_about_this_ground_only(ground: str) -> None:
    assert not set(NONE) & set(end(reviewing(), ground=ground))
