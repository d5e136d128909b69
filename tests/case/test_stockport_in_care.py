"""Stockport 8.2.3 and 8.7.3 to 8.7.4: a child on a plan who is looked after, or under an interim care order."""

from typing import Any

import pytest

from events.case.answer import Status
from tests.case.given import Case, last_day_in_time
from tests.case.stockport import REVIEW, end, keep, missing, on_a_plan, registered, reviewing

clause = pytest.mark.clause
AWAY = {"placed_away": True, "supervised_contact": True}
AT_REVIEW = ["no_longer_at_risk", "non_cooperation", "looked_after_single_plan"]


def ordered(**order: bool) -> Case:
    """A child under an interim care order, whose review is booked."""
    case = on_a_plan()
    case.tell("interim_care_order_granted", "2025-04-14", **order)
    case.tell("review_conference_scheduled", "2025-04-15", meeting="CPRC", date=REVIEW)
    return case


@pytest.mark.parametrize("type_", ["looked_after_started", "interim_care_order_granted"])
@clause("STK-T07")
def test_the_review_of_a_looked_after_child_is_to_be_part_of_the_looked_after_review(type_: str) -> None:
    case = on_a_plan()
    assert case.duties("STK-T07") == []
    case.tell(type_, "2025-04-14")
    case.tell("looked_after_started", "2025-04-15")
    assert [(duty.status, duty.due_on) for duty in case.duties("STK-T07")] == [(Status.OPEN, None)]

    case.tell("review_conference_held", "2025-04-20", meeting="CPRC-0")
    assert case.status("STK-T07") is Status.OPEN
    case.tell("dual_process_meeting_held", REVIEW, meeting="DPM")
    assert case.status("STK-T07") is Status.MET


@clause("STK-T07")
def test_however_the_two_are_told_to_be_one() -> None:
    named, kind, told = ordered(), ordered(), ordered()
    for case in (named, told):
        case.tell("review_conference_held", REVIEW, meeting="CPRC")
    named.tell("lac_review_held", REVIEW, combined_with_review="CPRC")
    kind.tell("review_conference_held", REVIEW, meeting="CPRC", kind="dual_process")
    told.tell("lac_review_held", REVIEW, meeting="LAC-1", combined_with_review=False)
    kept = ordered()
    kept.tell("dual_process_meeting_scheduled", "2025-04-16", meeting="CPRC", date=REVIEW)
    keep(kept)

    stood = [case.duties("STK-T07")[0].status for case in (named, kind, kept, told)]
    assert stood == [*[Status.MET] * 3, Status.OPEN]


@clause("STK-T07")
def test_so_is_each_review_after_it_while_the_child_is_looked_after() -> None:
    case, apart, home = ordered(), ordered(), ordered()
    for each in (case, home):
        each.tell("dual_process_meeting_held", REVIEW, meeting="CPRC")
    home.tell("interim_care_order_ended", REVIEW)
    apart.tell("review_conference_held", REVIEW, meeting="CPRC")
    for each in (case, apart, home):
        keep(each)
    assert [len(each.duties("STK-T07")) for each in (case, apart, home)] == [2, 1, 1]
    case.report("child_decision_made", REVIEW, meeting="CPRC", decision="continue")
    assert [duty.status for duty in case.duties("STK-T07")] == [Status.MET, Status.OPEN]

    case.tell("dual_process_meeting_held", "2025-11-17", meeting="CPRC-2")
    assert [duty.status for duty in case.duties("STK-T07")] == [Status.MET, Status.MET]


@clause("STK-T07")
def test_a_child_who_comes_into_care_again_has_a_review_to_be_joined_again() -> None:
    case = ordered()
    case.tell("interim_care_order_ended", "2025-04-20")
    case.tell("looked_after_started", "2025-05-02")

    assert [duty.status for duty in case.duties("STK-T07")] == [Status.CANCELLED, Status.OPEN]


@pytest.mark.parametrize("rule", [pytest.param(rule, marks=clause(rule)) for rule in ("STK-T07", "STK-T24")])
@pytest.mark.parametrize("begun_by", ["child_decision_made", "plan_started"])
def test_a_child_in_care_before_the_plan_began_is_one_too(rule: str, begun_by: str) -> None:
    case, free = registered(), registered()
    case.tell("interim_care_order_granted", "2025-03-01")
    for each in (case, free):
        data = {"decision": "subject"} if begun_by == "child_decision_made" else {}
        told = each.report if begun_by == "child_decision_made" else each.tell
        told(begun_by, "2025-03-24", meeting="ICPC", category="neglect", **data)

    assert [duty.status for duty in case.duties(rule)] == [Status.OPEN]
    assert free.duties(rule) == []


@pytest.mark.parametrize("type_", ["looked_after_ended", "interim_care_order_ended"])
@clause("STK-T07")
def test_a_child_no_longer_looked_after_and_a_plan_that_ends_let_it_go(type_: str) -> None:
    case, both, ended = ordered(), ordered(), ordered()
    case.tell(type_, "2025-05-01")
    both.tell("looked_after_started", "2025-04-16", basis="s20")
    both.tell("interim_care_order_ended", "2025-05-01")
    ended.report("plan_ended", "2025-05-01", ground="transferred")

    assert [each.status("STK-T07") for each in (case, both, ended)] == [
        Status.CANCELLED,
        Status.OPEN,
        Status.CANCELLED,
    ]


@clause("STK-R08")
def test_held_apart_it_is_pointed_out_whatever_it_decides() -> None:
    apart, together, not_looked_after = (on_a_plan() for _ in range(3))
    for case in (apart, together):
        case.tell("looked_after_started", "2025-04-14")
    together.tell("dual_process_meeting_held", REVIEW, meeting="CPRC")
    for case in (apart, not_looked_after):
        case.tell("review_conference_held", REVIEW, meeting="CPRC")
    for case in (apart, together, not_looked_after):
        keep(case)

    assert [case.severities("STK-R08") for case in (apart, together, not_looked_after)] == [["warning"], [], []]
    assert missing(apart, "STK-R08") == ["the looked-after review, of which it should be part"]


@pytest.mark.parametrize("ground", [*AT_REVIEW, "transferred"])
@clause("STK-R08", "STK-R33")
def test_so_it_is_where_a_review_ends_the_plan_and_only_there(ground: str) -> None:
    case, free = ordered(), on_a_plan()
    for each in (case, free):
        each.tell("review_conference_held", REVIEW, meeting="CPRC")
        each.report("plan_ended", REVIEW, meeting="CPRC", ground=ground)

    asked = ["warning"] if ground in AT_REVIEW else []
    assert (case.severities("STK-R08"), free.findings("STK-R08")) == (asked, [])
    assert (len(case.severities("STK-R33")), free.findings("STK-R33")) == (len(asked), [])


@clause("STK-R08", "STK-R33", "STK-R35")
def test_a_decision_that_makes_or_makes_no_plan_is_not_a_reviews() -> None:
    case = on_a_plan()
    case.tell("interim_care_order_granted", "2025-04-14")
    case.report("child_decision_made", REVIEW, meeting="ICPC-2", decision="not_subject")

    assert [case.findings(rule) for rule in ("STK-R08", "STK-R33", "STK-R35")] == [[], [], []]


@clause("STK-R08")
def test_a_looked_after_review_told_after_the_decision_of_its_day_is_one_with_it_all_the_same() -> None:
    case = ordered()
    case.tell("review_conference_held", REVIEW, meeting="CPRC")
    keep(case)
    case.tell("lac_review_held", REVIEW, combined_with_review="CPRC")

    assert case.findings("STK-R08") == []


@clause("STK-T24")
def test_each_review_under_an_order_considers_the_dual_process() -> None:
    case = ordered()
    assert last_day_in_time(case, "STK-T24") == REVIEW
    case.tell("review_conference_held", REVIEW, meeting="CPRC")
    case.tell("dual_process_considered", REVIEW, meeting="CPRC", exceptional=True, reasons="R")
    keep(case)
    assert [duty.status for duty in case.duties("STK-T24", REVIEW)] == [Status.MET, Status.OPEN]
    assert case.duty("STK-T24").missing == "the date of the next review"

    case.tell("review_conference_scheduled", "2025-06-02", meeting="CPRC-2", date="2025-11-17")
    assert last_day_in_time(case, "STK-T24") == "2025-11-17"


@clause("STK-T24")
def test_a_review_that_went_by_without_has_missed_it() -> None:
    case = ordered()
    case.tell("review_conference_held", REVIEW, meeting="CPRC")
    keep(case)
    case.tell("review_conference_scheduled", "2025-06-02", meeting="CPRC-2", date="2025-11-17")

    dues = [(duty.status, str(duty.due_on)) for duty in case.duties("STK-T24", "2025-06-03")]
    assert dues == [(Status.MISSED, REVIEW), (Status.OPEN, "2025-11-17")]


@pytest.mark.parametrize("type_", ["interim_care_order_ended", "looked_after_ended"])
@clause("STK-T24")
def test_with_the_order_or_the_plan_that_ends(type_: str) -> None:
    case, ended, free = ordered(), ordered(), reviewing()
    case.tell(type_, "2025-05-01")
    ended.report("plan_ended", "2025-05-01", ground="transferred")
    keep(free)
    initial = ordered()
    initial.report("child_decision_made", "2025-04-20", meeting="ICPC", decision="subject", category="neglect")

    assert (case.status("STK-T24"), ended.status("STK-T24")) == (Status.CANCELLED, Status.CANCELLED)
    assert (free.duties("STK-T24"), len(initial.duties("STK-T24"))) == ([], 1)


@clause("STK-R33", "STK-R35")
def test_what_a_review_under_an_order_considered_and_why_the_plan_goes_on_is_recorded() -> None:
    silent, reasoned, considered, bare, free = (ordered() for _ in range(5))
    free.tell("interim_care_order_ended", "2025-05-01")
    for case in (silent, reasoned, considered, bare, free):
        case.tell("review_conference_held", REVIEW, meeting="CPRC")
    considered.tell("dual_process_considered", REVIEW, meeting="CPRC", reasons="R")
    bare.tell("dual_process_considered", REVIEW, meeting="CPRC", exceptional=True)
    said: dict[str, Any] = {"reasons": "Assessments are still carried out."}
    for case, data in ((silent, {}), (reasoned, said), (considered, {}), (bare, {}), (free, {})):
        keep(case, **data)

    cases = (silent, reasoned, considered, bare, free)
    assert [case.severities("STK-R33") for case in cases] == [["record"], ["record"], [], [], []]
    assert [case.severities("STK-R35") for case in cases] == [["record"], [], [], ["record"], []]


@clause("STK-R33")
def test_told_after_the_decision_of_its_day_it_was_considered_all_the_same() -> None:
    case = ordered()
    case.tell("review_conference_held", REVIEW, meeting="CPRC")
    keep(case)
    case.tell("dual_process_considered", REVIEW, meeting="CPRC", reasons="R")

    assert case.findings("STK-R33") == case.findings("STK-R35") == []


@pytest.mark.parametrize(
    "order, advised",
    [
        (AWAY, True),
        ({"placed_away": True}, False),
        ({"supervised_contact": True}, False),
        ({"with_parent": True}, False),
    ],
)
@pytest.mark.parametrize("type_", ["review_conference_scheduled", "conference_opened", "review_conference_held"])
@clause("STK-R34")
def test_away_from_home_with_supervised_contact_the_usual_practice_is_shown_and_nothing_ends(
    type_: str,
    order: dict[str, bool],
    advised: bool,  # noqa: FBT001  # a table
) -> None:
    case = on_a_plan()
    case.tell("interim_care_order_granted", "2025-04-14", **order)
    assert "STK-R34" not in case.advice()
    case.tell(type_, REVIEW, meeting="CPRC", **({"date": REVIEW} if type_.endswith("scheduled") else {}))

    assert ("STK-R34" in case.advice()) is advised
    assert case.assess().state["stage"] == "active"
    assert "STK-R34" not in {refusal.rule for decided in case.decided for refusal in decided.refusals}


@clause("STK-R34")
def test_an_order_varied_or_ended_changes_the_advice() -> None:
    varied, ended = on_a_plan(), on_a_plan()
    for case in (varied, ended):
        case.tell("interim_care_order_granted", "2025-04-14", **AWAY)
    varied.tell("interim_care_order_varied", "2025-04-20", supervised_contact=False)
    ended.tell("interim_care_order_ended", "2025-04-20")
    for case in (varied, ended):
        case.tell("review_conference_held", REVIEW, meeting="CPRC")

    assert ["STK-R34" in case.advice() for case in (varied, ended)] == [False, False]


@clause("E-58")
def test_a_single_plan_decided_at_a_review_ends_this_one_on_its_day() -> None:
    case = reviewing()

    assert end(case, ground="looked_after_single_plan") == ()
    assert str(case.assess().state["plan"]["ended_on"]) == REVIEW
