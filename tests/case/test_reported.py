"""Decisions taken elsewhere, or long ago: kept, found, and to be confirmed; and rules set aside by name."""

from typing import Any

import pytest

from events.case.answer import Severity, Status
from tests.case.given import Case, asked_for, at_conference, at_review, booked, on_a_plan, subject
from tests.case.test_scope import a_review_that_may_end_nothing

clause = pytest.mark.clause


def forbidden() -> Case:
    """A plan made elsewhere without a lead professional."""
    case = at_conference()
    case.report("child_decision_made", "2025-03-24", meeting="ICPC", **subject(lead_professional=None))
    return case


@clause("E-82", "STF-R62")
def test_what_was_decided_elsewhere_is_kept_and_state_follows_it() -> None:
    case = forbidden()

    assert case.assess().state["stage"] == "active"
    assert case.severities("STF-R62") == [Severity.FORBIDDEN]
    duty = case.duty("E-82")
    assert (duty.status, duty.due_on, duty.owner) == (Status.OPEN, None, "head of service")


@clause("E-82")
def test_confirming_or_reconvening_meets_it_and_voiding_removes_it() -> None:
    confirmed, other, reconvened, voided = forbidden(), forbidden(), forbidden(), forbidden()
    decision = str(confirmed.events[-1].fact)
    confirmed.tell("reported_decision_confirmed", "2025-03-28", fact=decision)
    other.tell("reported_decision_confirmed", "2025-03-28", fact="7f8a2c1e-0000-5000-8000-000000000001")
    reconvened.tell("conference_reconvened", "2025-03-28", meeting="ICPC", new_date="2025-04-02")
    voided.void(voided.events[-1], "2025-03-28")

    assert [case.status("E-82") for case in (confirmed, other, reconvened)] == [Status.MET, Status.OPEN, Status.MET]
    assert voided.duties("E-82") == []


@pytest.mark.parametrize(
    "type_, data",
    [
        ("plan_ended", {"ground": "non_cooperation"}),
        ("category_changed", {"new": ["neglect", "sexual"]}),
        ("plan_started", {"category": "neglect"}),
    ],
)
@clause("E-82")
def test_every_kind_of_status_decision_may_have_to_be_confirmed(type_: str, data: dict[str, Any]) -> None:
    case = at_conference() if type_ == "plan_started" else on_a_plan()
    (case.tell if type_ == "plan_started" else case.report)(type_, "2025-04-01", **data)

    assert case.status("E-82") is Status.OPEN


@clause("E-82")
def test_a_withdrawal_by_the_chair_elsewhere_has_to_be_confirmed() -> None:
    case = asked_for()
    case.report("initial_conference_request_withdrawn", "2025-03-12", by_role="chair")

    assert case.status("E-82") is Status.OPEN


@clause("E-82")
def test_a_lawful_decision_told_of_elsewhere_needs_no_confirmation() -> None:
    case = at_conference()
    case.report("child_decision_made", "2025-03-24", meeting="ICPC", **subject())

    assert case.duties("E-82") == []


@clause("E-36")
def test_an_imported_decision_that_breaks_a_rule_is_kept_with_a_finding_and_nothing_to_do() -> None:
    case = at_conference()
    candidate = case.candidate(
        "child_decision_made",
        "2025-03-24",
        meeting="ICPC",
        envelope={"historical_import": True},
        **subject(lead_professional=None),
    )
    assert case.decide_all([candidate]) == ()

    assert case.severities("STF-R62") == [Severity.FORBIDDEN]
    assert case.duties("E-82") == []


@clause("E-82")
def test_a_plan_found_not_to_be_needed_elsewhere_is_over() -> None:
    case = on_a_plan()
    case.report("child_decision_made", "2025-06-16", meeting="CPRC", decision="not_subject")

    state = case.assess().state
    assert (state["stage"], str(state["plan"]["ended_on"])) == ("not_subject", "2025-06-16")
    assert case.status("STF-T20") is not Status.OPEN
    assert case.severities("P7") == [Severity.FORBIDDEN]


@pytest.mark.parametrize(
    "rule, type_, data",
    [
        pytest.param(rule, type_, data, id=rule, marks=clause(rule))
        for rule, type_, data in (
            ("STF-R46", "plan_ended", {"ground": "no_longer_at_risk"}),
            ("STF-R57", "plan_ended", {"ground": "no_longer_at_risk"}),
            ("STF-R65", "plan_ended", {"ground": "looked_after_single_plan", "meeting": "ICPC"}),
            ("STF-R66", "plan_ended", {"ground": "non_cooperation"}),
            ("STF-R67", "plan_ended", {"ground": "no_longer_at_risk"}),
            ("STF-R69", "plan_ended", {"ground": "transferred"}),
            ("STF-R74", "plan_ended", {"ground": "no_longer_at_risk"}),
            ("P14", "plan_ended", {"ground": "reached_18"}),
            ("P15", "plan_ended", {"ground": "deceased"}),
            ("P16", "plan_ended", {"ground": "left_uk"}),
            ("P7", "child_decision_made", {"decision": "not_subject"}),
            ("STF-R61", "category_changed", {"new": ["neglect", "sexual"]}),
            ("STF-R62", "child_decision_made", {"decision": "subject", "lead_professional": {"person": {"role": "t"}}}),
            ("P3", "initial_conference_request_withdrawn", {}),
        )
    ],
)
@clause("E-82")
def test_each_block_refuses_here_and_is_kept_as_forbidden_and_to_be_confirmed_when_told_of_elsewhere(
    rule: str, type_: str, data: dict[str, Any]
) -> None:
    told = {"meeting": "CPRC", **data}
    here, elsewhere = a_review_that_may_end_nothing(), a_review_that_may_end_nothing()

    assert rule in here.decide(type_, "2025-06-16", **told)
    assert [refusal.missing for refusal in here.decided[-1].refusals if refusal.rule == rule] != [()]
    fact = elsewhere.report(type_, "2025-06-16", **told).fact

    assert [each.severity for each in elsewhere.findings(rule) if each.fact == fact] == [Severity.FORBIDDEN]
    assert elsewhere.duty("E-82").told_of == {"fact": str(fact)}


@pytest.mark.parametrize(
    "rule, type_, data",
    [
        ("P8", "child_decision_made", {"decision": "continue"}),
        ("P9", "category_changed", {"new": "neglect"}),
        ("P11", "plan_ended", {"ground": "left_uk"}),
    ],
)
@clause("P8", "P9", "P11", "E-82")
def test_so_does_whatever_needs_a_plan_where_there_is_none(rule: str, type_: str, data: dict[str, Any]) -> None:
    here, elsewhere = asked_for(), asked_for()

    assert rule in here.decide(type_, "2025-03-24", **data)
    elsewhere.report(type_, "2025-03-24", **data)
    assert (elsewhere.severities(rule), elsewhere.status("E-82")) == ([Severity.FORBIDDEN], Status.OPEN)


OVERRIDE = {"rule": "STF-R46", "reason": "Snow.", "authoriser": "Head 1"}


@pytest.mark.parametrize(
    "more, allowed",
    [
        ({"role": "head_of_service", "envelope": {"override": OVERRIDE}}, True),
        (
            {
                "role": "integration_client",
                "envelope": {"override": OVERRIDE, "decided_by": {"role": "head_of_service", "person": "Head 1"}},
            },
            True,
        ),
        ({"role": "social_worker", "envelope": {"override": OVERRIDE}}, False),
        ({"role": "head_of_service", "envelope": {"override": {**OVERRIDE, "rule": "STF-R57"}}}, False),
        ({"role": "head_of_service"}, False),
    ],
)
@clause("E-35", "STF-R46")
def test_only_a_head_of_service_sets_a_rule_aside_and_names_it(more: dict[str, Any], allowed: bool) -> None:  # noqa: FBT001  # a table
    case = booked()
    case.tell("attendance_recorded", "2025-03-24", meeting="ICPC", attendees=[{"agency": "csc"}])
    case.tell("initial_conference_held", "2025-03-24", meeting="ICPC")

    refused = case.decide("child_decision_made", "2025-03-24", meeting="ICPC", **more, **subject())

    assert (refused == ()) is allowed
    assert case.severities("STF-R46") == ([Severity.OVERRIDDEN] if allowed else [])


BLOCKS = (
    *(
        "STF-R25",
        "STF-R26",
        "STF-R46",
        "STF-R57",
        "STF-R61",
        "STF-R65",
        "STF-R65a",
        "STF-R67",
        "STF-R68",
        "STF-R91",
        "STF-R128",
    ),
    *(
        "STF-R70",
        "STF-R100",
        "STF-R100a",
        "STF-R101",
        "STF-R101a",
        "STF-R102",
        "STF-R103",
        "STF-R104",
        "STF-R105",
        "STF-R106",
    ),
    *("STF-R107", "STF-R114", "STF-R117"),
    *(
        "STF-R47",
        "STF-R52",
        "STF-R55",
        "STF-R55a",
        "STF-R79",
        "STF-R94a",
        "STF-R96",
    ),
)
FOR_NOBODY = (
    *("P3", "P7", "P8", "P9", "P11", "P14", "P15", "P16"),
    *("STF-R62", "STF-R66", "STF-R69", "STF-R74", "STF-R112"),
)


@clause(*BLOCKS, *FOR_NOBODY, "E-35")
def test_which_rules_may_be_set_aside_at_all() -> None:
    rules = {rule.id: rule for rule in Case().policy.rule if rule.enforce == "block"}

    assert {id_ for id_, rule in rules.items() if rule.override == "head_of_service"} == set(BLOCKS)
    assert {id_ for id_, rule in rules.items() if rule.override == "nobody"} == set(FOR_NOBODY)


@clause("STF-R65")
def test_what_depends_on_a_refused_decision_falls_with_it() -> None:
    case = on_a_plan()
    ended = case.candidate("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk")
    notice = case.candidate(
        "notification_sent", "2025-06-16", envelope={"depends_on": [ended.item.id]}, register_id="N07", shared="notice"
    )

    assert case.decide_all([ended, notice]) == ("STF-R65", "depends_on")
    assert case.decided[-1].refusals[0].cite == "STF-R65"


@clause("STF-R62")
def test_a_fact_that_depends_on_the_decision_cannot_be_what_it_rests_on() -> None:
    case = at_conference()
    decision = case.candidate("child_decision_made", "2025-03-24", meeting="ICPC", **subject(lead_professional=None))
    named = case.candidate(
        "lead_professional_named",
        "2025-03-24",
        meeting="ICPC",
        envelope={"depends_on": [decision.item.id]},
        person={"ref": "W1"},
        qualified_sw=True,
    )

    assert case.decide_all([decision, named]) == ("STF-R62", "depends_on")


@clause("STF-R65", "STF-R74")
def test_each_candidate_sees_those_before_it() -> None:
    case = at_review(category="physical")
    change = case.candidate("category_changed", "2025-06-16", meeting="CPRC", new="neglect")
    ended = case.candidate("plan_ended", "2025-06-16", meeting="CPRC", ground="no_longer_at_risk")

    assert case.decide_all([change, ended]) == ()
    assert case.assess().state["plan"]["category"] == "neglect"
