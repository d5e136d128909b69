"""Stockport: what a plan begins with its first day, however that is told, and what other endings leave alone."""

import pytest

from events.case.answer import Mark, Status
from tests.case.given import Case
from tests.case.stockport import REVIEW, attend, decided_by, end, keep, on_a_plan, proposed, registered, reviewing

clause = pytest.mark.clause
WITH_THE_PLAN = ("STK-T01", "STK-T14")
with_the_plan = pytest.mark.parametrize(
    "rule, due",
    [
        pytest.param("STK-T01", "2025-06-02", marks=clause("STK-T01")),
        pytest.param("STK-T14", "2026-06-01", marks=clause("STK-T14")),
    ],
)


def at_conference() -> Case:
    """A child whose initial conference is being held and has decided nothing yet."""
    case = registered(born="2008-06-01")
    case.tell("initial_conference_requested", "2025-01-06")
    attend(case, "2025-03-24", "ICPC")
    case.tell("initial_conference_held", "2025-03-24", meeting="ICPC")
    return case


@with_the_plan
def test_a_plan_told_as_begun_starts_it_and_telling_it_again_does_not(rule: str, due: str) -> None:
    case = at_conference()
    case.tell("plan_started", "2025-03-26", meeting="ICPC", category="neglect")
    case.tell("plan_started", "2025-04-01", meeting="ICPC", category="neglect")
    reviewing(case=case)
    keep(case)

    assert [str(duty.due_on) for duty in case.duties(rule)] == [due]


@with_the_plan
def test_a_decision_voided_and_told_again_has_the_same_duty(rule: str, due: str) -> None:
    case = on_a_plan(born="2008-06-01")
    before = case.duty(rule).id
    case.void(case.events[-1], "2025-03-25")
    case.decide("child_decision_made", "2025-03-24", meeting="ICPC", decision="subject", category="neglect")

    assert (case.duty(rule).id, str(case.duty(rule).due_on)) == (before, due)


@with_the_plan
def test_a_decision_corrected_to_one_that_makes_a_plan_makes_it_known_only_then(rule: str, due: str) -> None:
    case = at_conference()
    decision = case.report("child_decision_made", "2025-03-24", meeting="ICPC", decision="not_subject")
    assert case.duties(rule) == []
    case.correct(decision, "2026-07-01", data={"decision": "subject", "category": "neglect"})

    duty = case.duty(rule, "2026-07-01")
    assert (str(duty.due_on), duty.marks) == (due, frozenset({Mark.LATE_WHEN_KNOWN}))


@clause("STK-T01", "STK-T02", "E-13")
def test_ending_the_plan_at_an_inquorate_review_is_a_decision_at_it() -> None:
    first, later = on_a_plan(), reviewing()
    keep(later)
    for case, rule in ((first, "STK-T01"), (later, "STK-T02")):
        case.tell("quorum_assessed", "2025-11-03", meeting="CPRC-9", result="inquorate_proceeding")
        case.tell("review_conference_held", "2025-11-03", meeting="CPRC-9")
        case.report("plan_ended", "2025-11-03", meeting="CPRC-9", ground="no_longer_at_risk")

        assert case.duties(rule)[0].met_by is not None


@clause("STK-T02", "E-12")
def test_the_next_review_is_counted_from_the_day_held_though_it_decided_later() -> None:
    case = on_a_plan()
    case.tell("quorum_assessed", REVIEW, meeting="CPRC", result="inquorate_proceeding")
    case.tell("review_conference_held", REVIEW, meeting="CPRC")
    case.report("child_decision_made", "2025-05-30", meeting="CPRC", decision="continue")

    assert str(case.duty("STK-T02").due_on) == "2025-11-28"


@clause("STK-T18")
def test_where_the_core_assessment_was_done_when_ending_was_first_considered_nothing_is_wanting_later() -> None:
    suggested, reported = on_a_plan(), on_a_plan()
    for case in (suggested, reported):
        case.tell("assessment_completed", "2025-04-07", kind="core")
    suggested.tell("early_ending_suggested_by_core_group", "2025-05-01")
    reported.tell("core_group_report_agreed", "2025-05-01", plan_still_required=False)

    assert suggested.duties("STK-T18") == reported.duties("STK-T18") == []


@clause("STK-T19", "STK-T20", "STK-T21")
def test_a_decision_of_another_conference_leaves_the_attempt_alone() -> None:
    case = proposed()
    case.report("child_decision_made", "2025-04-29", meeting="ICPC", decision="subject", category="neglect")

    for rule in ("STK-T19", "STK-T20", "STK-T21"):
        assert case.status(rule, "2025-04-30") is Status.OPEN


@pytest.mark.parametrize(
    "rule", ["STK-R10a", "STK-R18", "STK-R20", "STK-R26", "STK-R29", "STK-R30", "STK-R31", "STK-R38"]
)
@pytest.mark.parametrize("ground", ["transferred", "reached_18", "deceased", "left_uk", "no_longer_at_risk"])
@clause("STK-R10a", "STK-R18", "STK-R20", "STK-R26", "STK-R29", "STK-R30", "STK-R31", "STK-R38")
def test_each_ground_answers_to_its_own_rules(rule: str, ground: str) -> None:
    case = on_a_plan()
    end(case, meeting=None, ground=ground, tally={"in_favour": 1, "against": 1}, **decided_by("mother"))
    broken = {refusal.rule for refusal in case.decided[-1].refusals} | {each.rule for each in case.assess().findings}
    case.report("plan_ended", REVIEW, ground=ground)
    broken |= {finding.rule for finding in case.assess().findings}

    own = {"reached_18": {"STK-R29"}, "deceased": {"STK-R30"}, "left_uk": {"STK-R31"}, "transferred": set()}
    at_review = {"STK-R10a", "STK-R18", "STK-R20", "STK-R26", "STK-R38"}
    assert (rule in broken) is (rule in own.get(ground, at_review))
