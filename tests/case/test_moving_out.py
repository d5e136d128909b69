"""A child on a plan here who moves away: told at once, asked for, carried on here until the conference elsewhere."""

from collections.abc import Callable
from typing import Any

import pytest

from events.case.answer import Severity, Status
from tests.case.given import Case, child, last_day_in_time, on_a_plan
from tests.case.moving import OTHER, SIX, leaving, statuses

clause = pytest.mark.clause
ITEMS = ("name", "dob", "from_address", "to_address", "category", "reason")
WHOLE = {**dict.fromkeys(ITEMS[:4], True), "category": "neglect", "reason": "A new house."}
AT_ONCE = ("STF-T34", "STF-T34a", "STF-T35", "STF-T35a")
AFTER_NOTICE = ("STF-R116", "STF-R116a", "STF-R116b")


def moved(day: str = "2025-04-07") -> Case:
    case = on_a_plan()
    case.tell("child_moved", day, to_la=OTHER, permanent=True)
    return case


@clause("STF-T34", "STF-T44")
@pytest.mark.parametrize(
    "said, direction",
    [
        ({"to_la": OTHER}, "out"),
        ({"from_la": OTHER}, "in"),
        ({"to_la": "staffordshire"}, "in"),
        ({"from_la": OTHER, "to_la": "staffordshire"}, "in"),
        ({"to_la": OTHER, "direction": "in"}, "in"),
        ({}, "in"),
    ],
)
def test_before_a_plan_the_authority_that_is_named_says_which_way_a_child_moves(
    said: dict[str, Any], direction: str
) -> None:
    case = child()
    case.tell("child_moved", "2025-04-07", permanent=True, **said)
    state = case.assess("2025-04-07").state

    assert (state["move"]["direction"], state["responsible"]["here"]) == (direction, direction == "out")


@clause(*AT_ONCE)
def test_a_move_away_for_good_calls_for_four_notices_at_once() -> None:
    case = moved()
    case.tell("child_moved", "2025-04-08", to_la=OTHER, permanent=True)
    assert [statuses(case, rule, "2025-04-08") for rule in AT_ONCE] == [[Status.OPEN]] * 4
    assert [case.duty(rule).due_on for rule in AT_ONCE] == [None] * 4

    case.tell("receiving_authority_notified", "2025-04-09", authority=OTHER)
    assert [case.status(rule) for rule in AT_ONCE] == [Status.MET, Status.OPEN, Status.OPEN, Status.OPEN]
    told = [{"role": "database_administrator"}, {"role": "specialist_safeguarding_development_manager"}]
    case.tell("permanent_move_notified", "2025-04-09", notified_to=told, items=WHOLE)
    assert [case.status(rule) for rule in AT_ONCE] == [Status.MET, Status.MET, Status.MET, Status.OPEN]
    case.tell("originating_agencies_notified", "2025-04-10", agencies=["school"])
    assert case.status("STF-T35a") is Status.MET


@clause(*AT_ONCE)
@pytest.mark.parametrize(
    "make, said",
    [
        (on_a_plan, {"permanent": False}),
        (on_a_plan, {}),
        (child, {"permanent": True}),
        (on_a_plan, {"permanent": True, "direction": "in"}),
    ],
)
def test_a_stay_or_a_move_here_calls_for_none_of_them(make: Callable[[], Case], said: dict[str, Any]) -> None:
    case = make()
    case.tell("child_moved", "2025-04-07", **said)

    assert [case.duties(rule) for rule in AT_ONCE] == [[]] * 4
    moving_in = on_a_plan()
    moving_in.tell("permanent_move_notified", "2025-04-07", direction="in")
    assert [moving_in.duties(rule) for rule in (*AT_ONCE, *AFTER_NOTICE)] == [[]] * 7


@clause(*AT_ONCE, *AFTER_NOTICE, "STF-T36")
def test_what_proves_not_to_be_for_good_or_ends_with_the_plan_calls_for_them_no_more() -> None:
    not_for_good, ended = moved(), moved()
    for case in (not_for_good, ended):
        case.tell(
            "permanent_move_notified", "2025-04-07", move="M", notified_to=["receiving_authority"], direction="out"
        )
        case.tell("receiving_authority_notified", "2025-04-07", move="N", authority=OTHER, direction="out")
    fresh, gone = moved(), moved()
    fresh.tell("child_moved", "2025-04-08", move=None, permanent=False)
    gone.report("plan_ended", "2025-04-08", ground="no_longer_at_risk")

    for rule in AT_ONCE:
        assert statuses(fresh, rule, "2025-04-09") == [Status.CANCELLED]
        assert statuses(gone, rule, "2025-04-09") == [Status.CANCELLED]


@clause("STF-T34", "STF-T70")
@pytest.mark.parametrize(
    "elsewhere, flags", [(OTHER, ["temporarily_away"]), ("a-third", ["transfer_out_pending", "temporarily_away"])]
)
def test_a_stay_in_that_area_is_what_the_move_proved_to_be_and_one_in_another_is_beside_it(
    elsewhere: str, flags: list[str]
) -> None:
    case = moved()
    case.tell("child_moved", "2025-04-09", to_la=elsewhere, permanent=False)

    assert case.assess("2025-04-09").state["flags"] == flags


@clause(*AT_ONCE, *AFTER_NOTICE, "STF-T36")
def test_a_move_that_proves_to_be_for_a_time_ends_them() -> None:
    case, told = on_a_plan(), on_a_plan()
    case.tell("child_moved", "2025-04-07", move="M-1", permanent=True)
    told.tell("permanent_move_notified", "2025-04-07", move="M-1")
    told.tell("receiving_authority_notified", "2025-04-07", move="M-1", authority=OTHER)
    for each in (case, told):
        each.tell("child_moved", "2025-04-08", move="M-1", permanent=False)

    assert [statuses(case, rule, "2025-04-09") for rule in AT_ONCE] == [[Status.CANCELLED]] * 4
    assert [statuses(told, rule, "2025-04-09") for rule in (*AFTER_NOTICE, "STF-T36")] == [[Status.CANCELLED]] * 4


@clause("STF-T34", "STF-T35a", "STF-R108")
def test_a_notice_of_the_move_alone_calls_for_the_rest() -> None:
    silent, told = on_a_plan(), on_a_plan()
    silent.tell("permanent_move_notified", "2025-04-07", notified_to=["database_administrator"])
    told.tell("permanent_move_notified", "2025-04-07", to_authority=OTHER, notified_to=[OTHER, "receiving_authority"])

    assert (statuses(silent, "STF-T34", "2025-04-07"), told.duties("STF-T34")) == ([Status.OPEN], [])
    assert statuses(silent, "STF-T35a", "2025-04-07") == [Status.OPEN]
    silent.tell("permanent_move_notified", "2025-04-08", notified_to=[{"role": "receiving_authority"}])
    assert statuses(silent, "STF-T34", "2025-04-08") == [Status.MET]
    for each in (silent, told):
        each.tell("transfer_excluded", "2025-04-09", reason="custody")
    assert (silent.duties("STF-R108"), told.duties("STF-R108")) == ([], [])


@clause("STF-T34")
def test_a_notice_to_others_does_not_tell_the_receiving_authority() -> None:
    case = moved()
    case.tell("permanent_move_notified", "2025-04-08", notified_to=["database_administrator"])

    assert case.status("STF-T34") is Status.OPEN


@clause("STF-R115")
@pytest.mark.parametrize("without", [None, *ITEMS])
def test_six_items_are_told_of_a_child_who_leaves(without: str | None) -> None:
    case, coming = on_a_plan(), child()
    items = {name: value for name, value in WHOLE.items() if name != without}
    case.tell("permanent_move_notified", "2025-04-07", items=items)
    coming.tell("permanent_move_notified", "2025-04-07", items=items)

    assert case.severities("STF-R115") == [Severity.RECORD] * (without is not None)
    assert coming.findings("STF-R115") == []


@clause(*AFTER_NOTICE)
def test_the_administrator_asks_for_listing_updates_the_database_and_writes() -> None:
    case = on_a_plan()
    case.tell("permanent_move_notified", "2025-04-07")
    case.tell("permanent_move_notified", "2025-04-07")
    case.tell("receiving_authority_notified", "2025-04-08", authority=OTHER)
    assert [statuses(case, rule, "2025-04-08") for rule in AFTER_NOTICE] == [[Status.OPEN]] * 3

    case.tell("receiving_authority_notified", "2025-04-09", authority=OTHER, listing_requested=True)
    assert [case.status(rule) for rule in AFTER_NOTICE] == [Status.MET, Status.OPEN, Status.OPEN]
    case.tell("child_protection_database_updated", "2025-04-09")
    case.tell("receiving_authority_notified", "2025-04-10", authority=OTHER, in_writing=True)
    assert [case.status(rule) for rule in AFTER_NOTICE] == [Status.MET] * 3
    listed = on_a_plan()
    listed.tell("permanent_move_notified", "2025-04-07")
    listed.tell("child_added_to_temporary_list", "2025-04-08", la=OTHER, direction="out")
    assert listed.status("STF-R116") is Status.MET


@clause(*AFTER_NOTICE)
def test_with_the_plan_what_follows_a_notice_ends() -> None:
    case = on_a_plan()
    case.tell("permanent_move_notified", "2025-04-07")
    case.report("plan_ended", "2025-04-08", ground="no_longer_at_risk")

    assert [statuses(case, rule, "2025-04-08") for rule in AFTER_NOTICE] == [[Status.CANCELLED]] * 3


@clause("STF-T36", "E-26")
def test_the_other_authoritys_fifteen_days_run_from_when_it_was_told_and_not_from_the_move() -> None:
    case = moved("2025-03-31")
    assert case.duties("STF-T36") == []
    case.tell("receiving_authority_notified", "2025-04-07", authority=OTHER)
    case.tell("receiving_authority_notified", "2025-04-09", authority=OTHER)
    assert last_day_in_time(case, "STF-T36") == "2025-04-30"
    assert len(case.duties("STF-T36")) == 1

    case.tell("receiving_in_conference_held", "2025-05-01", meeting="RIC")
    assert statuses(case, "STF-T36", "2025-05-01") == [Status.MET_LATE]


@clause("STF-T36")
def test_a_notice_of_the_move_to_it_starts_the_days_too_and_no_stay_or_move_here_does() -> None:
    case, elsewhere, staying, coming = on_a_plan(), on_a_plan(), on_a_plan(), child()
    case.tell("permanent_move_notified", "2025-04-07", notified_to=["receiving_authority"])
    elsewhere.tell("permanent_move_notified", "2025-04-07", notified_to=["database_administrator"])
    staying.tell("temporary_move_reported", "2025-04-07")
    for each in (staying, coming):
        each.tell("receiving_authority_notified", "2025-04-07")
    coming.tell("permanent_move_notified", "2025-04-07", notified_to=["receiving_authority"])

    assert str(case.duty("STF-T36", "2025-04-07").due_on) == "2025-04-30"
    assert [each.duties("STF-T36") for each in (elsewhere, staying, coming)] == [[]] * 3


@clause("STF-T36", "E-70")
@pytest.mark.parametrize(
    "type_, said, status",
    [
        ("receiving_in_conference_declined", {}, Status.CANCELLED),
        ("transfer_excluded", {"reason": "custody"}, Status.CANCELLED),
        ("plan_ended", {"ground": "no_longer_at_risk"}, Status.CANCELLED),
        ("receiving_authority_decision_reported", {"held": True, "decided": True}, Status.MET),
        ("receiving_authority_decision_reported", {"held": False}, Status.OPEN),
    ],
)
def test_what_becomes_of_the_other_authoritys_conference(type_: str, said: dict[str, Any], status: Status) -> None:
    case = leaving()
    decision = type_ in {"receiving_in_conference_declined", "plan_ended"}
    (case.report if decision else case.tell)(type_, "2025-04-10", **said)

    assert statuses(case, "STF-T36", "2025-04-10") == [status]


@clause("STF-T52", "STF-T20", "STF-T22", "E-70")
def test_a_decline_a_silence_or_an_exclusion_leaves_the_plan_here_and_says_so() -> None:
    declined, silent, excluded = leaving(), leaving(), leaving()
    declined.report("receiving_in_conference_declined", "2025-04-10")
    silent.tell("transfer_silence_noted", "2025-04-10")
    excluded.tell("transfer_excluded", "2025-04-10", reason="looked_after")

    for case, stands, flag in (
        (declined, "declined", "resident_elsewhere"),
        (silent, "notified", "transfer_out_pending"),
        (excluded, "excluded", "resident_elsewhere"),
    ):
        state = case.assess("2025-04-11").state
        assert (state["stage"], state["responsible"]["here"]) == ("active", True)
        assert (state["move"]["stands"], flag in state["flags"]) == (stands, True)
        assert case.status("STF-T20", "2025-04-11") is Status.OPEN


@clause("STF-T52", "STF-R69", "E-58")
def test_visits_and_core_groups_go_on_until_the_conference_and_no_longer() -> None:
    case = leaving("2025-04-07")
    case.tell("core_group_meeting_held", "2025-04-07", meeting="CG-1")
    case.tell("child_seen", "2025-04-14", by_sw=True, spoken_to=True)
    assert [case.status(rule, "2025-04-20") for rule in ("STF-T20", "STF-T22", "STF-T17")] == [Status.OPEN] * 3
    assert case.decide("plan_ended", "2025-04-24", ground="transferred") == ("STF-R69",)

    case.tell("receiving_in_conference_held", "2025-04-25", meeting="RIC", attended_by={"role": "social_worker"})
    for rule in ("STF-T20", "STF-T22", "STF-T17"):
        duty = case.duty(rule, "2025-04-25")
        assert (duty.status, duty.reason) == (Status.CANCELLED, "responsibility passed to another authority")
    assert case.assess("2025-04-25").state["responsible"]["here"] is False
    case.tell("child_seen", "2025-04-28", by_sw=True, spoken_to=True)
    assert statuses(case, "STF-T20", "2025-04-28") == [Status.MET, Status.MET]

    assert case.decide("plan_ended", "2025-04-30", ground="transferred", to_authority=OTHER) == ()
    state = case.assess("2025-04-30").state
    assert (str(state["plan"]["ended_on"]), state["responsible"]["authority"]) == ("2025-04-25", OTHER)


@clause("E-58")
def test_a_confirmation_may_name_a_later_day_and_it_passes_then() -> None:
    case = leaving("2025-04-07")
    case.tell("receiving_in_conference_held", "2025-04-25", meeting="RIC")
    case.tell("receiving_authority_confirmed_responsibility", "2025-04-25", written=True, effective_on="2025-05-01")

    assert case.assess("2025-04-30").state["responsible"]["here"] is True
    assert case.status("STF-T17", "2025-04-30") is Status.OPEN
    assert case.assess("2025-05-01").state["responsible"]["here"] is False
    assert case.status("STF-T17", "2025-05-01") is Status.CANCELLED


@clause("STF-R117")
def test_no_conference_is_asked_for_during_court_processes_or_for_a_stay() -> None:
    outline, free = leaving(), leaving()
    outline.tell("transfer_excluded", "2025-04-08", reason="public_law_outline")

    assert outline.decide("receiving_in_conference_requested", "2025-04-09") == ("STF-R117",)
    assert free.decide("receiving_in_conference_requested", "2025-04-09", permanent=False) == ("STF-R117",)
    assert free.decide("receiving_in_conference_requested", "2025-04-09", permanent=True) == ()


@clause("STF-R117a", "STF-T48")
def test_the_six_papers_are_sent_for_the_request() -> None:
    case, whole, coming = leaving(), leaving(), child()
    case.tell("receiving_in_conference_requested", "2025-04-08", documents=SIX[:5])
    whole.tell("receiving_in_conference_requested", "2025-04-08", documents=SIX)
    coming.tell("receiving_in_conference_requested", "2025-04-08")
    case.tell("transfer_document_received", "2025-04-09", document=SIX[0])
    assert statuses(case, "STF-R117a", "2025-04-09") == [Status.OPEN]
    assert (whole.duties("STF-R117a"), coming.duties("STF-R117a")) == ([], [])

    case.tell("transfer_document_received", "2025-04-10", document=SIX[5])
    assert statuses(case, "STF-R117a", "2025-04-10") == [Status.MET]


ASKED_AWAY = ("STF-R117a", "STF-R129")


@clause(*ASKED_AWAY)
@pytest.mark.parametrize(
    "type_, ended",
    [
        ("receiving_in_conference_request_withdrawn", ASKED_AWAY),
        ("receiving_in_conference_declined", ("STF-R117a",)),
        ("plan_ended", ASKED_AWAY),
    ],
)
def test_what_a_request_owes_ends_with_it(type_: str, ended: tuple[str, ...]) -> None:
    case = leaving()
    case.tell("receiving_in_conference_requested", "2025-04-08")
    said = {"ground": "no_longer_at_risk"} if type_ == "plan_ended" else {}
    (case.tell if type_.endswith("withdrawn") else case.report)(type_, "2025-04-09", **said)

    assert [statuses(case, rule, "2025-04-09") for rule in ended] == [[Status.CANCELLED]] * len(ended)


@clause("STF-R129", "STF-R118")
def test_a_request_is_notified_in_writing_and_the_plan_is_carried_on_meanwhile() -> None:
    case, coming = leaving(), child()
    coming.tell("receiving_in_conference_requested", "2025-04-08")
    coming.tell("transfer_silence_noted", "2025-04-08")
    coming.report("receiving_in_conference_declined", "2025-04-09")
    case.tell("receiving_in_conference_requested", "2025-04-08")
    case.tell("receiving_authority_notified", "2025-04-09", authority=OTHER)
    assert statuses(case, "STF-R129", "2025-04-09") == [Status.OPEN]
    assert "STF-R118" in case.advice()

    case.tell("receiving_authority_notified", "2025-04-10", authority=OTHER, in_writing=True)
    assert statuses(case, "STF-R129", "2025-04-10") == [Status.MET]
    assert (coming.duties("STF-R129"), "STF-R118" in coming.advice()) == ([], False)


@clause("STF-R118", "E-70")
@pytest.mark.parametrize("type_", ["receiving_in_conference_declined", "transfer_silence_noted"])
def test_a_decline_and_a_silence_call_for_the_same_advice(type_: str) -> None:
    case = leaving()
    (case.tell if type_ == "transfer_silence_noted" else case.report)(type_, "2025-04-09")

    assert "STF-R118" in case.advice()


@clause("STF-R108")
def test_an_authority_that_does_not_know_is_told_although_nothing_transfers() -> None:
    case, coming, ended = moved(), child(), moved()
    coming.tell("permanent_move_notified", "2025-04-07", direction="in")
    for each in (case, coming, ended):
        each.tell("transfer_excluded", "2025-04-08", reason="custody")
        each.tell("transfer_excluded", "2025-04-08", reason="statutory_order")
    ended.report("plan_ended", "2025-04-09", ground="no_longer_at_risk")
    assert (statuses(case, "STF-R108", "2025-04-08"), coming.duties("STF-R108")) == ([Status.OPEN], [])

    case.tell("receiving_authority_notified", "2025-04-09", authority=OTHER)
    assert statuses(case, "STF-R108", "2025-04-09") == [Status.MET]
    assert statuses(ended, "STF-R108", "2025-04-09") == [Status.CANCELLED]


TASKS = ("STF-R119", "STF-R119a")


@clause(*TASKS)
def test_after_an_agreement_the_list_and_the_report_are_owed() -> None:
    case, shared = leaving(), leaving()
    for each in (case, shared):
        each.report("receiving_in_conference_agreed", "2025-04-10")
    assert [statuses(case, rule, "2025-04-10") for rule in TASKS] == [[Status.OPEN]] * 2

    case.tell("conference_invite_list_supplied", "2025-04-11")
    case.tell("receiving_in_report_completed", "2025-04-11")
    shared.tell("receiving_in_report_shared", "2025-04-11")
    assert [statuses(case, rule, "2025-04-11") for rule in TASKS] == [[Status.MET]] * 2
    assert statuses(shared, "STF-R119a", "2025-04-11") == [Status.MET]


@clause(*TASKS)
@pytest.mark.parametrize("type_", ["receiving_in_conference_declined", "plan_ended"])
def test_after_a_decline_or_the_end_of_the_plan_they_are_not(type_: str) -> None:
    case = leaving()
    case.report("receiving_in_conference_agreed", "2025-04-10")
    case.report(type_, "2025-04-11", **({"ground": "no_longer_at_risk"} if type_ == "plan_ended" else {}))

    assert [statuses(case, rule, "2025-04-11") for rule in TASKS] == [[Status.CANCELLED]] * 2


@clause("STF-T57", "STF-T50")
def test_the_report_is_shared_before_the_conference_elsewhere() -> None:
    case, late = leaving(), leaving()
    for each in (case, late):
        each.tell("receiving_in_conference_scheduled", "2025-04-10", meeting="RIC", date="2025-04-24")
        each.tell("receiving_in_conference_scheduled", "2025-04-11", meeting="RIC", date="2025-04-25")
    assert last_day_in_time(case, "STF-T57") == "2025-04-25"
    assert (len(case.duties("STF-T57")), case.duties("STF-T50")) == (1, [])

    case.tell("receiving_in_report_shared", "2025-04-24", with_parents=False)
    assert statuses(case, "STF-T57", "2025-04-24") == [Status.OPEN]
    case.tell("receiving_in_report_shared", "2025-04-25")
    late.tell("receiving_in_conference_held", "2025-04-25", meeting="RIC")
    late.tell("receiving_in_report_shared", "2025-04-26")
    assert statuses(case, "STF-T57", "2025-04-25") == [Status.MET]
    assert statuses(late, "STF-T57", "2025-04-26") == [Status.MISSED]


@clause("STF-R119b")
@pytest.mark.parametrize(
    "came, findings",
    [({"attended_by": {"role": "social_worker"}}, 0), ({"stand_in": True, "good_knowledge": False}, 1), ({}, 1)],
)
def test_the_social_worker_goes_to_the_conference_elsewhere(came: dict[str, Any], findings: int) -> None:
    case = leaving()
    case.tell("receiving_in_conference_held", "2025-04-25", meeting="RIC", **came)

    assert case.severities("STF-R119b") == [Severity.WARNING] * findings
    assert case.findings("STF-R111") == []


AFTERWARDS = ("STF-T58", "STF-R120", "STF-R120a", "STF-T53")


@clause(*AFTERWARDS, "STF-R113")
def test_after_the_conference_elsewhere_outcome_letters_database_and_the_end_of_the_plan() -> None:
    case, coming = leaving(), child()
    coming.tell("receiving_in_conference_held", "2025-04-25", meeting="RIC")
    case.tell("receiving_in_conference_held", "2025-04-25", meeting="RIC")
    assert [statuses(case, rule, "2025-04-25") for rule in AFTERWARDS] == [
        *([Status.OPEN], [Status.OPEN] * 3, [Status.OPEN], [Status.OPEN])
    ]
    assert [coming.duties(rule) for rule in AFTERWARDS[:3]] == [[]] * 3
    assert case.decide("plan_ended", "2025-04-28", ground="transferred") == ()
    assert [statuses(case, rule, "2025-04-28")[0] for rule in AFTERWARDS] == [*[Status.OPEN] * 3, Status.MET]
    assert statuses(case, "STF-R113", "2025-04-28") == [Status.OPEN]

    case.tell("transfer_outcome_obtained", "2025-04-29")
    case.tell("outbound_transfer_letters_sent", "2025-04-29", to=["receiving_authority", "police"])
    case.tell("child_protection_database_updated", "2025-04-29")
    case.tell("notification_sent", "2025-04-29", register_id="N25")
    assert [case.status(rule) for rule in ("STF-T58", "STF-R120a", "STF-R113")] == [Status.MET] * 3
    told = {duty.told_of["recipient"]: duty.status for duty in case.duties("STF-R120")}
    assert told == {"receiving authority": Status.MET, "health": Status.OPEN, "police": Status.MET}


@clause("STF-T58")
def test_a_decision_reported_is_the_outcome_and_a_second_telling_no_second_duty() -> None:
    case = leaving()
    case.tell("receiving_in_conference_held", "2025-04-25", meeting="RIC")
    case.tell("receiving_in_conference_held", "2025-04-25", meeting="RIC")
    case.tell("receiving_authority_decision_reported", "2025-04-28", held=True, decided=True)

    assert statuses(case, "STF-T58", "2025-04-28") == [Status.MET]
    assert [len(case.duties(rule)) for rule in ("STF-R120", "STF-T53")] == [3, 1]


@clause("STF-R113")
def test_an_ending_for_another_reason_or_told_twice_asks_for_no_such_notice() -> None:
    other, twice = leaving(), leaving()
    other.report("plan_ended", "2025-04-28", ground="no_longer_at_risk")
    for case in (twice,):
        case.tell("receiving_in_conference_held", "2025-04-25", meeting="RIC")
        case.report("plan_ended", "2025-04-28", ground="not_confirmed_at_receiving_in")
        case.report("plan_ended", "2025-04-29", ground="not_confirmed_at_receiving_in")

    assert (other.duties("STF-R113"), len(twice.duties("STF-R113"))) == ([], 1)
