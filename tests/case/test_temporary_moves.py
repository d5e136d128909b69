"""Stays that are not for good, and visits made by one authority for another."""

from collections.abc import Callable
from typing import Any

import pytest

from events.case.answer import Severity, Status
from tests.case.given import Case, on_a_plan
from tests.case.moving import OTHER, statuses

clause = pytest.mark.clause
LISTING = ("STF-T70", "STF-T70a")


def here(**more: object) -> Case:
    """A child of another authority who stays here for a time."""
    case = Case()
    case.tell("temporary_move_reported", "2025-04-07", authority=OTHER, **more)
    return case


def there(**more: object) -> Case:
    """A child on a plan here who stays elsewhere for a time."""
    case = on_a_plan()
    case.tell("temporary_move_reported", "2025-04-07", authority=OTHER, **more)
    return case


@clause(*LISTING)
@pytest.mark.parametrize("stay", [here, there])
def test_a_stay_calls_for_the_list_and_a_letter(stay: Callable[..., Case]) -> None:
    case, asked, returned, over = stay(), stay(), stay(), stay()
    case.tell("temporary_move_reported", "2025-04-08", authority=OTHER)
    assert [statuses(case, rule, "2025-04-08") for rule in LISTING] == [[Status.OPEN]] * 2

    case.tell("child_added_to_temporary_list", "2025-04-09", basis="temporary")
    assert [case.status(rule, "2025-04-09") for rule in LISTING] == [Status.MET, Status.OPEN]
    case.tell("child_added_to_temporary_list", "2025-04-10", basis="temporary", letter_sent=True)
    asked.tell("receiving_authority_notified", "2025-04-09", authority=OTHER)
    assert [asked.status(rule, "2025-04-09") for rule in LISTING] == [Status.OPEN] * 2
    asked.tell("receiving_authority_notified", "2025-04-10", authority=OTHER, listing_requested=True, in_writing=True)
    for each in (case, asked):
        assert [each.status(rule, "2025-04-10") for rule in LISTING] == [Status.MET] * 2
    returned.tell("child_returned_from_temporary_move", "2025-04-09")
    over.tell("child_removed_from_temporary_list", "2025-04-09")
    for each in (returned, over):
        assert [each.status(rule, "2025-04-09") for rule in LISTING] == [Status.CANCELLED] * 2


@clause("STF-R122", "STF-R122a", "STF-R123", "STF-R123a")
@pytest.mark.parametrize(
    "stay, papers, letters, other",
    [
        (here, "STF-R122", "STF-R122a", ("STF-R123", "STF-R123a")),
        (there, "STF-R123", "STF-R123a", ("STF-R122", "STF-R122a")),
    ],
)
def test_a_stay_that_goes_on_calls_for_papers_and_for_letters(
    stay: Callable[..., Case], papers: str, letters: str, other: tuple[str, str]
) -> None:
    once, ongoing, ordered, over = stay(), stay(ongoing=True), stay(orders=["interim_care_order"]), stay(ongoing=True)
    ongoing.tell("temporary_move_reported", "2025-04-08", authority=OTHER, ongoing=True)
    assert (once.duties(papers), once.duties(letters), ordered.duties(papers)) == ([], [], [])
    assert (statuses(ongoing, papers, "2025-04-08"), len(ordered.duties(letters))) == ([Status.OPEN], 2)
    assert [ongoing.duties(rule) for rule in other] == [[], []]

    sent = "temporary_move_papers_requested" if papers == "STF-R122" else "temporary_move_papers_sent"
    ongoing.tell(sent, "2025-04-09", report=True, plan=True)
    ongoing.tell("notification_sent", "2025-04-09", register_id=letters, to=[{"agency": "police"}])
    assert ongoing.status(papers) is Status.MET
    assert {each.told_of["recipient"]: each.status for each in ongoing.duties(letters)} == {
        "health": Status.OPEN,
        "police": Status.MET,
    }
    ongoing.tell("health_and_police_informed_of_move", "2025-04-10")
    assert statuses(ongoing, letters, "2025-04-10") == [Status.MET] * 2
    over.tell("child_returned_from_temporary_move", "2025-04-09")
    assert [set(statuses(over, rule, "2025-04-09")) for rule in (papers, letters)] == [{Status.CANCELLED}] * 2


@clause("STF-R122")
def test_papers_that_came_unasked_are_enough() -> None:
    case = here(ongoing=True)
    case.tell("temporary_move_papers_received", "2025-04-09", report=True, plan=True)

    assert case.status("STF-R122") is Status.MET


@clause("STF-R131")
@pytest.mark.parametrize("type_", ["child_moved", "permanent_move_notified", "temporary_move_reported"])
def test_children_who_move_come_first(type_: str) -> None:
    case = on_a_plan()
    assert "STF-R131" not in case.advice()
    case.tell(type_, "2025-04-07")

    assert "STF-R131" in case.advice()


@clause("STF-T20", "STF-T52")
def test_a_stay_elsewhere_pauses_nothing_and_shows() -> None:
    case = there()
    state = case.assess("2025-04-08").state

    assert ("temporarily_away" in state["flags"], state["responsible"]["here"]) == (True, True)
    assert case.status("STF-T20", "2025-04-08") is Status.OPEN
    case.tell("child_returned_from_temporary_move", "2025-04-09")
    assert "temporarily_away" not in case.assess("2025-04-09").state["flags"]


@clause("STF-R114", "STF-T71")
@pytest.mark.parametrize("miles, refused", [(50, ("STF-R114",)), (51, ()), (None, ("STF-R114",))])
def test_help_with_visits_is_offered_beyond_fifty_miles(miles: int | None, refused: tuple[str, ...]) -> None:
    asked, at_once, ours = Case(), Case(), on_a_plan()
    said = {"distance_miles": miles} if miles is not None else {}
    for case in (asked, ours):
        case.tell("safe_and_well_visit_requested", "2025-04-07", **said)

    assert asked.decide("safe_and_well_visit_agreed", "2025-04-08") == refused
    assert asked.decide("safe_and_well_visit_agreed", "2025-04-08", direction="in", **said) == refused
    at_once.tell("child_registered", "2025-04-07")
    assert at_once.decide("safe_and_well_visit_agreed", "2025-04-08", direction="in", **said) == refused
    assert ours.decide("safe_and_well_visit_agreed", "2025-04-08") == ()
    override = {"rule": "STF-R114", "reason": "Grave risk.", "authoriser": "Head 1"}
    allowed = asked.decide(
        "safe_and_well_visit_agreed", "2025-04-09", role="head_of_service", envelope={"override": override}
    )
    assert allowed == ()


BEFORE = ("STF-T59", "STF-T59a")


@clause(*BEFORE, "STF-T59b", "STF-R114a")
def test_papers_and_a_talk_come_before_the_visit_and_its_outcome_after() -> None:
    case = Case()
    case.tell("safe_and_well_visit_requested", "2025-04-07", visit="SW-1", distance_miles=60)
    case.tell("safe_and_well_visit_requested", "2025-04-07", visit="SW-2", distance_miles=60)
    case.tell("safe_and_well_papers_supplied", "2025-04-08", visit="SW-1")
    case.tell("safe_and_well_liaison_held", "2025-04-08", visit="SW-1")
    assert [statuses(case, rule, "2025-04-08") for rule in BEFORE] == [[Status.MET, Status.OPEN]] * 2

    case.tell("safe_and_well_visit_completed", "2025-04-09", visit="SW-1")
    case.tell("safe_and_well_visit_completed", "2025-04-09", visit="SW-2")
    assert [statuses(case, rule, "2025-04-09") for rule in BEFORE] == [[Status.MET, Status.CANCELLED]] * 2
    assert len(case.findings("STF-R114a")) == 1
    case.tell("safe_and_well_outcome_copied", "2025-04-10", visit="SW-2")
    assert statuses(case, "STF-T59b", "2025-04-10") == [Status.OPEN, Status.MET]


@clause(*BEFORE, "STF-T59b")
def test_what_came_with_the_request_is_not_owed_and_a_refusal_ends_it() -> None:
    whole, refused, ended = Case(), Case(), on_a_plan()
    whole.tell("safe_and_well_visit_requested", "2025-04-07", papers=True, liaised_on="2025-04-07")
    refused.tell("safe_and_well_visit_requested", "2025-04-07")
    refused.tell("safe_and_well_visit_refused", "2025-04-08")
    ended.tell("safe_and_well_visit_requested", "2025-04-07")
    ended.tell("safe_and_well_visit_completed", "2025-04-08")
    ended.report("plan_ended", "2025-04-09", ground="no_longer_at_risk")

    assert [whole.duties(rule) for rule in BEFORE] == [[], []]
    assert [statuses(refused, rule, "2025-04-08") for rule in BEFORE] == [[Status.CANCELLED]] * 2
    assert statuses(ended, "STF-T59b", "2025-04-09") == [Status.OPEN]


@clause("STF-R114a")
@pytest.mark.parametrize(
    "said, findings",
    [
        ({"papers": True, "liaised_on": "2025-04-07"}, 0),
        ({"papers": True}, 1),
        ({"liaised_on": "2025-04-07"}, 1),
        ({"papers": True, "liaised_on": "2025-04-10"}, 1),
    ],
)
def test_a_visit_without_papers_or_a_talk_before_it_is_found(said: dict[str, Any], findings: int) -> None:
    case = Case()
    case.tell("safe_and_well_visit_requested", "2025-04-07", **said)
    case.tell("safe_and_well_visit_completed", "2025-04-09")

    assert case.severities("STF-R114a") == [Severity.WARNING] * findings


@clause("STF-R121")
@pytest.mark.parametrize(
    "said, findings",
    [({"in_writing": True, "advised_by": "ssm"}, 0), ({"in_writing": True}, 1), ({"advised_by": "ssm"}, 1)],
)
def test_we_ask_another_authority_by_letter_on_advice(said: dict[str, Any], findings: int) -> None:
    ours, theirs = on_a_plan(), Case()
    for case in (ours, theirs):
        case.tell("safe_and_well_visit_requested", "2025-04-07", **said)

    assert ours.severities("STF-R121") == [Severity.RECORD] * findings
    assert theirs.findings("STF-R121") == []


@clause("STF-T70")
def test_a_child_who_went_back_is_on_the_list_no_longer() -> None:
    case = here()
    case.tell("child_added_to_temporary_list", "2025-04-08", basis="temporary", letter_sent=True)
    assert "on_temporary_list" in case.assess("2025-04-08").state["flags"]

    case.tell("child_returned_from_temporary_move", "2025-04-09")
    assert "on_temporary_list" not in case.assess("2025-04-09").state["flags"]
