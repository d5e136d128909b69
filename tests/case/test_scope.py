"""Each clause is about what it is about and nothing else, and as grave as the requirements say."""

from typing import Any

import pytest

from tests.case.given import Anything, Case, at_conference, booked, on_a_plan, pack, subject

clause = pytest.mark.clause

FORCE = {
    "block": """STF-R96 STF-R94a P3 P7 P8 P9 P11 P14 P15 P16 STF-R25 STF-R26 STF-R46 STF-R47 STF-R52 STF-R55
        STF-R55a STF-R57 STF-R61 STF-R62 STF-R65 STF-R65a STF-R66 STF-R67 STF-R68 STF-R70 STF-R100 STF-R101 STF-R101a
        STF-R102 STF-R103 STF-R104 STF-R105 STF-R106 STF-R107 STF-R112 STF-R114 STF-R117 STF-R69 STF-R74 STF-R100a
        STF-R79 STF-R91 STF-R128""",
    "warn": """STF-R98 STF-R95 E-14 E-19 E-72 STF-R05 STF-R06 STF-R07 STF-R08 STF-R16 STF-R17 STF-R20 STF-R21
        STF-R22 STF-R24 STF-R30 STF-R30a STF-R33 STF-R33a STF-R34 STF-R35 STF-R37 STF-R38 STF-R40 STF-R43 STF-R63
        STF-R64 STF-R67a STF-R71 STF-R83 STF-R84 STF-R111 STF-R114a STF-R119b STF-R91a STF-R125 STF-R130
        E-58 STF-R51 STF-R53 STF-R57a STF-R63a STF-T13 STF-T72 STF-T11 STF-T12 STF-T61""",
    "record": """STF-R97 STF-R18 STF-R01 STF-R03 STF-R04 STF-R05a STF-R09 STF-R15 STF-R16a STF-R23 STF-R25a
        STF-R27 STF-R28 STF-R29 STF-R32 STF-R41 STF-R42 STF-R43a STF-R45 STF-R46a STF-R49 STF-R50 STF-R50a STF-R52a
        STF-R56 STF-R59 STF-R60 STF-R73 STF-R75a STF-R76 STF-R80 STF-R81 STF-R85 STF-R77 STF-R79a STF-R70a
        STF-R87 STF-R91b STF-R109 STF-R115 STF-R121 STF-R88 STF-R126a STF-R89 STF-R93 STF-R124""",
    "guide": """STF-R94 E-78 STF-R10 STF-R12 STF-R13 STF-R31 STF-R36 STF-R39 STF-R58 STF-R75 STF-R118 STF-R131
        STF-R90 STF-R126b STF-T66""",
}


@pytest.mark.parametrize(
    "rule, force",
    [pytest.param(id_, force, marks=clause(id_)) for force, ids in FORCE.items() for id_ in ids.split()],
)
def test_each_rule_has_the_force_that_the_requirements_give_it(rule: str, force: str) -> None:
    assert [entry.enforce.value for entry in Case().policy.rule if entry.id == rule] == [force]


def test_no_rule_is_left_out_above() -> None:
    assert {id_ for ids in FORCE.values() for id_ in ids.split()} == {rule.id for rule in pack("staffordshire").rule}


def found(case: Case, type_: str, on: str, **more: Anything) -> set[str]:
    """The rules that an event breaks: decisions are told as taken elsewhere."""
    decision = type_ in {"child_decision_made", "plan_ended"}
    fact = (case.report if decision else case.tell)(type_, on, **more).fact
    return {finding.rule for finding in case.assess().findings if finding.fact == fact}


def a_review_that_may_end_nothing() -> Case:
    """Neglect, the first review, two agencies, outvoted, an action open, no receiving-in conference."""
    case = on_a_plan(category="neglect")
    case.tell("plan_action_added", "2025-04-07", action="ACT-1")
    there = [{"agency": "csc"}, {"agency": "police"}]
    case.tell("attendance_recorded", "2025-06-16", meeting="CPRC", attendees=there)
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")
    for agency in ("csc", "police"):
        case.tell("agency_view_stated", "2025-06-16", meeting="CPRC", agency=agency, view="continue")
    return case


ENDINGS = {
    "no_longer_at_risk": {"STF-R43", "STF-R46", "STF-R57", "STF-R67", "STF-R67a", "STF-R74", "STF-R76"},
    "looked_after_single_plan": {"STF-R94a"},
    "transferred": {"STF-R69"},
    "not_confirmed_at_receiving_in": {"STF-R69"},
    "reached_18": {"P14", "STF-R71"},
    "deceased": {"P15"},
    "left_uk": {"P16", "STF-R73"},
    "non_cooperation": {"STF-R66"},
}


@pytest.mark.parametrize("ground, broken", ENDINGS.items())
@clause(*{rule for rules in ENDINGS.values() for rule in rules}, "STF-R65", "STF-R43a", "P11")
def test_each_ground_for_ending_has_its_own_conditions(ground: str, broken: set[str]) -> None:
    case = a_review_that_may_end_nothing()
    elsewhere = a_review_that_may_end_nothing()
    by_review = {"STF-R65"} if ground in {"no_longer_at_risk", "looked_after_single_plan"} else set()

    assert found(case, "plan_ended", "2025-06-16", meeting="CPRC", ground=ground) == broken
    told = found(elsewhere, "plan_ended", "2025-06-20", ground=ground)
    at_the_sitting = {"STF-R43", "STF-R46", "STF-R57", "STF-R74"}
    unseen = {"STF-R43a"} if ground == "no_longer_at_risk" else set()
    assert told - by_review == (broken - at_the_sitting) | unseen
    assert by_review <= told


DECISIONS = {
    "subject": {"STF-R60", "STF-R61", "STF-R62"},
    "not_subject": {"STF-R80"},
    "continue": {"P8", "STF-R15"},
}


@pytest.mark.parametrize("decision, broken", DECISIONS.items())
@clause("STF-R15", "STF-R24", "STF-R60", "STF-R61", "STF-R62", "STF-R80", "P7", "P8", "STF-R43a")
def test_each_decision_of_an_initial_conference_has_its_own_conditions(decision: str, broken: set[str]) -> None:
    case = at_conference()

    told = found(case, "child_decision_made", "2025-03-24", meeting="ICPC", decision=decision)
    assert told == {*broken, "STF-R43a"}


@pytest.mark.parametrize(
    "decision, broken",
    [
        ("continue", {"STF-R24"}),
        ("subject", {"P7", "STF-R60", "STF-R61"}),
        ("not_subject", {"P7", "STF-R80"}),
    ],
)
@clause("P7", "P8", "STF-R24", "STF-R60", "STF-R61", "STF-R80")
def test_so_has_each_decision_of_a_review(decision: str, broken: set[str]) -> None:
    case = on_a_plan()
    case.tell("attendance_recorded", "2025-06-16", meeting="CPRC", attendees=[{"agency": each} for each in "abc"])
    case.tell("review_conference_held", "2025-06-16", meeting="CPRC")

    told: dict[str, Any] = {"decision": decision, "continuing_sh": True}
    assert found(case, "child_decision_made", "2025-06-16", meeting="CPRC", **told) == broken


@clause("STF-R61", "STF-R62")
def test_a_plan_told_as_begun_again_while_it_runs_breaks_nothing() -> None:
    assert found(on_a_plan(), "plan_started", "2025-03-24", meeting="ICPC") == set()


@clause("STF-R62")
def test_a_lead_who_changes_before_any_plan_breaks_nothing() -> None:
    case = at_conference()

    assert found(case, "lead_professional_changed", "2025-03-24", person={"ref": "T1"}, role="teacher") == set()
    assert found(case, "lead_professional_transferred", "2025-03-24", to={"ref": "T1"}) == set()


@pytest.mark.parametrize("result", ["quorate", "quorate_by_exception", "inquorate_proceeding"])
@clause("STF-T15", "E-14")
def test_only_a_conference_that_was_not_held_is_reconvened(result: str) -> None:
    case = booked()
    case.tell("conference_not_held_inquorate", "2025-03-20", meeting="ICPC")
    case.tell("quorum_assessed", "2025-03-24", meeting="ICPC", result=result)
    other = booked()
    other.tell("quorum_assessed", "2025-03-24", meeting="ICPC", result=result)

    assert (case.findings("E-14"), other.duties("STF-T15")) == ([], [])


@clause("E-14")
def test_a_second_failure_found_by_the_chair_alone_is_one() -> None:
    case = booked()
    case.tell("conference_not_held_inquorate", "2025-03-24", meeting="ICPC")
    case.tell("quorum_assessed", "2025-04-01", meeting="ICPC", result="inquorate_not_held")

    assert len(case.findings("E-14")) == 1


@clause("STF-R05a")
def test_a_child_who_is_invited_needs_no_reason() -> None:
    assert found(booked(), "child_invitation_decided", "2025-03-12", meeting="ICPC", invited=True) == set()


@clause("STF-R05", "STF-R06", "STF-R08")
def test_a_review_is_held_with_the_child_invited_and_told_too() -> None:
    case = on_a_plan(born="2012-01-01")
    case.tell("apologies_recorded", "2025-06-15", meeting="CPRC", agency="health")

    broken = found(case, "review_conference_held", "2025-06-16", meeting="CPRC")
    assert broken == {"STF-R05", "STF-R06", "STF-R08", "STF-R89"}


@clause("STF-R05", "STF-R06", "STF-R08")
def test_and_so_is_an_initial_conference() -> None:
    case = booked(born="2012-01-01")
    case.tell("apologies_recorded", "2025-03-23", meeting="ICPC", agency="health")

    assert found(case, "initial_conference_held", "2025-03-24", meeting="ICPC") == {"STF-R05", "STF-R06", "STF-R08"}


@clause("STF-R13")
def test_holding_an_initial_conference_says_what_it_is_not_for() -> None:
    assert "STF-R13" in at_conference().advice()
    assert "STF-R13" not in booked().advice()


@clause("STF-R58")
def test_opening_a_conference_and_deciding_each_bring_the_advice_on_welfare() -> None:
    opened, decided = booked(), at_conference()
    opened.tell("conference_opened", "2025-03-24", meeting="ICPC")
    decided.decide("child_decision_made", "2025-03-24", meeting="ICPC", **subject())

    assert "STF-R58" in opened.advice() & decided.advice()
