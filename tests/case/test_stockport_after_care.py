"""Stockport 8.7.2 to 8.7.8: what is owed once a plan has ended."""

from typing import Any

import pytest

from events.case.answer import Status
from tests.case.given import Case, last_day_in_time
from tests.case.stockport import (
    FATHER,
    MOTHER,
    REVIEW,
    attend,
    by_a_head_of_service,
    end,
    ended_for_non_co_operation,
    evidenced,
    missing,
    on_a_plan,
    proposed,
    reviewing,
    warned,
)

clause = pytest.mark.clause
BOTH = [{"role": "social_worker"}, {"role": "team_manager"}]
LETTER: dict[str, Any] = {"to": [MOTHER], "by": BOTH, "safety_plan": True}
SAID = {"decision": "D", "reasons": "R", "expectations": "E", "support": "S", "on_file": True, "signed": True}
OWED: dict[str, tuple[str, dict[str, Any]]] = {
    "STK-R49a": ("legal_advice_minuted", {"advice": "A", "no_proceedings_decision": True, "reasons": "R"}),
    "STK-R50": ("safety_plan_drawn_up", {}),
    "STK-T22": ("non_cooperation_decision_letter_delivered", LETTER),
    "STK-T23": ("minutes_sent_to_senior_managers", {}),
}
each_duty = pytest.mark.parametrize("rule", [pytest.param(rule, marks=clause(rule)) for rule in OWED])


def ended() -> Case:
    """A child whose plan a review ended because of no more risk."""
    case = reviewing()
    assert end(case, tac_considered=True) == ()
    return case


@each_duty
@clause("STK-R51", "STK-R52", "E-74")
def test_four_duties_outlive_an_ending_for_non_co_operation(rule: str) -> None:
    case, (type_, data) = ended_for_non_co_operation(), OWED[rule]
    assert {duty.status for duty in case.duties(rule)} == {Status.OPEN}
    assert (ended().duties(rule), case.assess().state["stage"]) == ([], "ended")

    case.tell(type_, "2025-06-04", **data)
    assert {duty.status for duty in case.duties(rule)} == {Status.MET}


@clause("STK-R49", "STK-R50", "STK-R51", "STK-R52", "E-74")
def test_the_state_says_what_the_ending_left_to_be_done_until_all_is() -> None:
    case = ended_for_non_co_operation()
    for type_, data in OWED.values():
        assert case.assess().state["after_care"]["stage"] == "pending"
        case.tell(type_, "2025-06-04", meeting="CPRC", **data)
    assert case.assess().state["after_care"] == {"stage": "pending", "open": ["STK-T15", "STK-R32", "STK-R37"]}

    case.tell("notification_sent", "2025-06-04", register_id="N02")
    case.tell("file_note_made", "2025-06-04")
    case.tell("step_down_considered", "2025-06-04")
    assert case.assess().state["after_care"] == {"stage": "complete", "open": []}
    assert proposed().assess().state["after_care"] is None


@each_duty
def test_told_twice_the_ending_owes_them_once(rule: str) -> None:
    case = ended_for_non_co_operation()
    owed = len(case.duties(rule))
    case.report("plan_ended", REVIEW, meeting="CPRC", ground="non_cooperation")

    assert len(case.duties(rule)) == owed == (2 if rule == "STK-T23" else 1)


@clause("STK-R49")
def test_the_minutes_are_not_signed_off_without_the_legal_advice_minuted() -> None:
    case, other = ended_for_non_co_operation(), ended()
    assert case.decide("minutes_signed", "2025-06-04", meeting="CPRC") == ("STK-R49",)
    assert other.decide("minutes_signed", "2025-06-04", meeting="CPRC") == ()

    case.tell("legal_advice_minuted", "2025-06-04", meeting="CPRC", **OWED["STK-R49a"][1])
    assert case.decide("minutes_signed", "2025-06-04", meeting="CPRC") == ()


@pytest.mark.parametrize(
    "minuted, said",
    [
        ({"no_proceedings_decision": True, "reasons": "R"}, ("the legal advice",)),
        ({"advice": "A", "no_proceedings_decision": True}, ("the reasons for not starting proceedings",)),
        ({"advice": "A"}, ("the reasons for not starting proceedings",)),
        ({"advice": "A", "no_proceedings_decision": False}, None),
    ],
)
@clause("STK-R49")
def test_they_hold_advice_and_reasons(minuted: dict[str, Any], said: tuple[str, ...] | None) -> None:
    case = ended_for_non_co_operation()
    case.tell("legal_advice_minuted", "2025-06-04", meeting="CPRC", **minuted)

    assert case.decide("minutes_signed", "2025-06-04", meeting="CPRC") == (() if said is None else ("STK-R49",))
    assert said is None or case.decided[-1].refusals[0].missing == said


@clause("STK-R49", "E-35", "E-84")
def test_told_as_having_happened_it_is_kept_and_a_head_of_service_may_let_it_go() -> None:
    reported, allowed = ended_for_non_co_operation(), ended_for_non_co_operation()
    reported.report("minutes_signed", "2025-06-04", meeting="CPRC")
    told = by_a_head_of_service("STK-R49")

    assert reported.severities("STK-R49") == ["forbidden"]
    assert allowed.decide("minutes_signed", "2025-06-04", meeting="CPRC", **told) == ()


@clause("STK-R50a")
def test_the_safety_plan_outlines_five_things() -> None:
    whole = {"support": "S", "unmet_need": "N", "monitoring": "M", "triggers": "T", "agencies": ["csc", "school"]}
    case = ended_for_non_co_operation()
    case.tell("safety_plan_drawn_up", "2025-06-05", **whole)
    assert case.findings("STK-R50a") == []
    for part in whole:
        case = ended_for_non_co_operation()
        case.tell("safety_plan_drawn_up", "2025-06-04", **{name: said for name, said in whole.items() if name != part})
        assert (case.severities("STK-R50a"), len(missing(case, "STK-R50a"))) == (["warning"], 1)


@pytest.mark.parametrize(
    "change, status",
    [
        ({}, Status.MET),
        ({"by": [{"name": "Worker 1"}, {"name": "Manager 1"}]}, Status.MET),  # two went, of whom nobody said who
        ({"by": {"role": "social_worker"}}, Status.OPEN),
        ({"by": {"role": "team_manager"}}, Status.OPEN),
        ({"safety_plan": False}, Status.OPEN),
        ({"safety_plan": None}, Status.OPEN),
    ],
)
@clause("STK-T22", "STK-R51")
def test_social_worker_and_manager_deliver_letter_and_safety_plan_together(
    change: dict[str, Any], status: Status
) -> None:
    case = ended_for_non_co_operation()
    told = {name: said for name, said in {**LETTER, **change}.items() if said is not None}
    case.tell("non_cooperation_decision_letter_delivered", "2025-06-04", **told)

    assert case.status("STK-T22") is status


@clause("STK-T22")
def test_each_relevant_parent_has_the_decision() -> None:
    case = proposed(parents=[MOTHER, FATHER])
    warned(case, "2025-05-13", MOTHER, FATHER)
    end(evidenced(case), ground="non_cooperation")
    case.tell("non_cooperation_decision_letter_delivered", "2025-06-04", **LETTER)
    assert case.status("STK-T22") is Status.OPEN

    case.tell("non_cooperation_decision_letter_delivered", "2025-06-05", **{**LETTER, "to": FATHER})
    assert case.status("STK-T22") is Status.MET


@pytest.mark.parametrize("left_out", [*SAID, "by"])
@clause("STK-R51a", "STK-R51")
def test_the_letter_says_four_things_and_is_signed_for(left_out: str) -> None:
    whole, short = ended_for_non_co_operation(), ended_for_non_co_operation()
    said = {name: value for name, value in {**LETTER, **SAID}.items() if name != left_out}
    whole.tell("non_cooperation_decision_letter_delivered", "2025-06-04", **LETTER, **SAID)
    said.setdefault("by", {"role": "social_worker"})
    short.tell("non_cooperation_decision_letter_delivered", "2025-06-04", **said)

    assert (whole.findings("STK-R51a"), short.severities("STK-R51a")) == ([], ["record"])
    assert len(missing(short, "STK-R51a")) == 1


@clause("STK-T23", "STK-R52")
def test_the_minutes_go_to_both_senior_managers() -> None:
    case, other = ended_for_non_co_operation(), ended_for_non_co_operation()
    to = {"recipient": "Service Director, Social Care and Health"}, {"recipient": "Head of Service"}
    case.tell("minutes_sent_to_senior_managers", "2025-06-10", meeting="CPRC", service_director_at="2025-06-10")
    other.tell("minutes_sent_to_senior_managers", "2025-06-10", meeting="CPRC", head_of_service_at="2025-06-10")

    director_first = [(to[0], Status.MET), (to[1], Status.OPEN)]
    assert [(duty.told_of, duty.status) for duty in case.duties("STK-T23")] == director_first
    assert [duty.status for duty in other.duties("STK-T23")] == [Status.OPEN, Status.MET]
    case.tell("notification_sent", "2025-06-11", register_id="N05", to=[{"role": "head_of_service"}])
    assert {duty.status for duty in case.duties("STK-T23")} == {Status.MET}


@clause("STK-T15", "N02")
def test_each_agency_invited_to_the_initial_conference_is_told_that_the_plan_has_ended() -> None:
    case = on_a_plan()
    invited = [{"role": "mother"}, {"agency": "health"}, {"agency": "school"}, {"agency": "nursery"}]
    case.tell("conference_invitations_issued", "2025-03-10", meeting="ICPC", invitees=invited)
    case.tell("conference_invitations_issued", "2025-05-01", meeting="CPRC", invitees=[{"agency": "police"}])
    case.report("plan_ended", REVIEW, ground="no_longer_at_risk")
    case.tell("notification_sent", "2025-05-30", register_id="STK-T15", to=[{"agency": "health"}, {"agency": "school"}])

    told = {duty.told_of["recipient"]: duty.status for duty in case.duties("STK-T15")}
    assert told == {"health": Status.MET, "school": Status.MET, "nursery": Status.OPEN}


GROUNDS = ["no_longer_at_risk", "non_cooperation", "looked_after_single_plan", "reached_18", "transferred"]


@pytest.mark.parametrize("ground", [*GROUNDS, "deceased", "left_uk"])
@pytest.mark.parametrize(
    "rule, type_, data",
    [
        pytest.param("STK-T15", "notification_sent", {"register_id": "N02"}, marks=clause("STK-T15")),
        pytest.param("STK-R32", "file_note_made", {}, marks=clause("STK-R32")),
    ],
)
def test_whatever_ends_a_plan_agencies_are_told_and_it_is_on_file(
    ground: str, rule: str, type_: str, data: dict[str, Any]
) -> None:
    case = on_a_plan()
    case.report("plan_ended", REVIEW, ground=ground)
    case.report("plan_ended", REVIEW, ground=ground)
    assert [duty.status for duty in case.duties(rule)] == [Status.OPEN]
    case.tell("notification_sent", "2025-05-30", register_id="N07")
    assert case.status(rule) is Status.OPEN

    case.tell(type_, "2025-05-30", **data)
    assert case.status(rule) is Status.MET


@pytest.mark.parametrize("ground", [*GROUNDS, "not_confirmed_at_receiving_in", "deceased", "left_uk"])
@clause("STK-R37")
def test_every_case_is_considered_for_the_team_around_the_child_while_there_is_a_child_here(ground: str) -> None:
    case, considered = on_a_plan(), on_a_plan()
    case.report("plan_ended", REVIEW, ground=ground)
    case.report("plan_ended", REVIEW, ground=ground)
    considered.report("plan_ended", REVIEW, ground=ground, tac_considered=True)

    assert len(case.duties("STK-R37")) == (ground not in {"deceased", "left_uk"})
    assert considered.duties("STK-R37") == []


@pytest.mark.parametrize("type_", ["step_down_considered", "team_around_the_child_transfer_agreed"])
@clause("STK-R37")
def test_considering_it_later_is_considering_it(type_: str) -> None:
    case = reviewing()
    end(case)
    assert case.status("STK-R37") is Status.OPEN

    case.tell(type_, "2025-06-02")
    assert case.status("STK-R37") is Status.MET


@pytest.mark.parametrize(
    "agreed, last",
    [
        (REVIEW, "2025-06-18"),
        ("2025-12-15", "2026-01-08"),  # over Christmas and New Year
        ("2025-04-11", "2025-05-07"),  # over Easter and a bank holiday
        ("2025-06-14", "2025-07-04"),  # agreed on a Saturday
    ],
)
@clause("STK-T16", "E-03", "E-28")
def test_the_team_meets_within_fifteen_working_days_of_the_transfer(agreed: str, last: str) -> None:
    case = on_a_plan()
    case.tell("team_around_the_child_transfer_agreed", agreed)

    assert last_day_in_time(case, "STK-T16") == last


@clause("STK-T16", "E-74")
def test_that_clock_outlives_the_plan_and_runs_once() -> None:
    case = ended()
    case.tell("team_around_the_child_transfer_agreed", REVIEW)
    case.tell("team_around_the_child_transfer_agreed", "2025-06-02")
    early = on_a_plan()
    early.tell("team_around_the_child_transfer_agreed", REVIEW)
    early.report("plan_ended", REVIEW, ground="no_longer_at_risk")
    assert [str(duty.due_on) for duty in case.duties("STK-T16")] == ["2025-06-18"]
    assert early.status("STK-T16", "2025-06-01") is Status.OPEN

    case.tell("team_around_the_child_meeting_held", "2025-06-18")
    assert case.status("STK-T16") is Status.MET


@pytest.mark.parametrize(
    "type_, data, status",
    [
        ("step_down_considered", {"consent": False}, Status.CANCELLED),
        ("step_down_considered", {"consent": True}, Status.OPEN),
        ("initial_conference_requested", {}, Status.CANCELLED),
        ("team_around_the_child_closed", {}, Status.CANCELLED),
        ("child_death_recorded", {}, Status.CANCELLED),
    ],
)
@clause("STK-T16")
def test_a_family_that_declines_or_another_referral_ends_it(type_: str, data: dict[str, Any], status: Status) -> None:
    case = ended()
    case.tell("team_around_the_child_transfer_agreed", REVIEW)
    case.tell(type_, "2025-06-02", **data)

    assert case.status("STK-T16", "2025-06-03") is status


TEAM_PLAN: dict[str, Any] = {
    "unmet_need": "N",
    "safety": "S",
    "monitoring": "M",
    "triggers": "T",
    "parents_involved": True,
    "child_involved": True,
    "actions": [
        {"action": "TAC-1", "owner": {"agency": "school"}, "due_on": "2025-07-18"},
        {"action": "TAC-2", "owner": {"agency": "health"}, "due_on": "2025-07-31"},
    ],
}


@clause("STK-T17")
def test_each_action_of_the_teams_plan_has_its_date() -> None:
    case = ended()
    case.tell("tac_plan_agreed", "2025-06-18", **TEAM_PLAN)
    case.tell("plan_action_completed", "2025-07-18", action="TAC-1")
    assert [(duty.status, str(duty.due_on)) for duty in case.duties("STK-T17", "2025-07-19")] == [
        (Status.MET, "2025-07-18"),
        (Status.OPEN, "2025-07-31"),
    ]
    assert case.duties("STK-T11") == []

    again = [{"action": "TAC-2", "owner": {"agency": "health"}, "due_on": "2025-08-29"}]
    case.tell("tac_plan_agreed", "2025-07-21", actions=again)
    assert last_day_in_time(case, "STK-T17") == "2025-08-29"
    assert len(case.duties("STK-T17")) == 2


@pytest.mark.parametrize(
    "type_, data",
    [
        ("plan_action_not_completed", {"action": "TAC-1"}),
        ("team_around_the_child_closed", {}),
        ("child_death_recorded", {}),
    ],
)
@clause("STK-T17")
def test_an_action_given_up_and_a_team_that_closes_let_it_go(type_: str, data: dict[str, Any]) -> None:
    case = on_a_plan()
    case.tell("tac_plan_agreed", "2025-04-18", actions=TEAM_PLAN["actions"][:1])
    case.report("plan_ended", "2025-05-01", ground="no_longer_at_risk")
    assert case.status("STK-T17", "2025-05-02") is Status.OPEN

    case.tell(type_, "2025-05-02", **data)
    assert case.status("STK-T17", "2025-05-03") is Status.CANCELLED


@pytest.mark.parametrize("part", ["unmet_need", "safety", "monitoring", "triggers"])
@clause("STK-R40")
def test_the_teams_plan_takes_account_of_four_things(part: str) -> None:
    whole, short = ended(), ended()
    whole.tell("tac_plan_agreed", "2025-06-18", **TEAM_PLAN)
    short.tell("tac_plan_agreed", "2025-06-18", **{name: said for name, said in TEAM_PLAN.items() if name != part})

    assert (whole.findings("STK-R40"), short.severities("STK-R40")) == ([], ["warning"])
    assert len(missing(short, "STK-R40")) == 1


@clause("STK-R40")
def test_what_agencies_are_to_do_has_somebody_and_a_date() -> None:
    case = ended()
    actions = [
        *TEAM_PLAN["actions"],
        {"what": "W", "owner": {"agency": "school"}},
        {"what": "W", "due_on": "2025-07-18"},
    ]
    case.tell("tac_plan_agreed", "2025-06-18", **{**TEAM_PLAN, "actions": actions})

    assert missing(case, "STK-R40") == ["who does it, and by when, for 2 of the actions"]


@pytest.mark.parametrize("part", ["parents_involved", "child_involved"])
@clause("STK-R37a")
def test_it_is_made_with_parents_and_child(part: str) -> None:
    whole, short = ended(), ended()
    whole.tell("tac_plan_agreed", "2025-06-18", **TEAM_PLAN)
    short.tell("tac_plan_agreed", "2025-06-18", **{name: said for name, said in TEAM_PLAN.items() if name != part})

    assert (whole.findings("STK-R37a"), short.severities("STK-R37a")) == ([], ["record"])


@pytest.mark.parametrize(
    "data, refused",
    [
        ({"automatic": True, "reason": "The plan ended."}, ("STK-R36",)),
        ({"services": ["family_support"]}, ("STK-R36",)),
        ({"automatic": False, "reason": "The family needs it no longer."}, ()),
    ],
)
@clause("STK-R36", "E-84")
def test_services_are_never_withdrawn_because_a_plan_has_ended(data: dict[str, Any], refused: tuple[str, ...]) -> None:
    asked, told, allowed = ended(), ended(), ended()
    told.tell("services_withdrawn", "2025-06-02", **data)

    assert asked.decide("services_withdrawn", "2025-06-02", **data) == refused
    assert told.severities("STK-R36") == (["forbidden"] if refused else [])
    told_so = {**by_a_head_of_service("STK-R36"), **data}
    assert allowed.decide("services_withdrawn", "2025-06-02", **told_so) == ()


@clause("STK-R37", "STK-T16")
def test_the_state_says_how_far_the_support_has_come_that_follows_the_plan() -> None:
    case = ended()
    assert case.assess().state["afterwards"] is None
    stages = []
    for day, type_ in (
        ("2025-05-29", "step_down_considered"),
        ("2025-05-30", "team_around_the_child_transfer_agreed"),
        ("2025-06-10", "team_around_the_child_meeting_held"),
        ("2025-06-11", "tac_plan_agreed"),
        ("2025-11-03", "team_around_the_child_closed"),
    ):
        case.tell(type_, day)
        stages.append(case.assess().state["afterwards"]["stage"])

    kind = "team_around_the_child"
    assert stages == ["considered", f"{kind}_agreed", f"{kind}_met", f"{kind}_plan", "closed"]
    assert on_a_plan().assess().state["afterwards"] is None


@clause("E-35")
def test_a_rule_that_a_decision_says_is_set_aside_and_is_not_says_why() -> None:
    never, not_so = reviewing(), reviewing(assessed=False)
    never.void(next(event for event in never.events if event.meeting == "CPRC"), REVIEW)
    attend(never, REVIEW, "CPRC", {"agency": "csc"})
    for case, rule in ((never, "STK-R41"), (not_so, "STK-R38")):
        case.decide(
            "plan_ended",
            REVIEW,
            meeting="CPRC",
            ground="no_longer_at_risk",
            envelope={"override": {"rule": rule, "reason": "R", "authoriser": "Head 1"}},
        )

    assert never.decided[-1].refusals[0].missing[-1] == "nobody can set this rule aside"
    assert not_so.decided[-1].refusals[0].missing[-1].startswith("the head of service as who decides")
