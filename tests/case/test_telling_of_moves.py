"""Who is told of a move, by what, and what each notice and duty of a move belongs to."""

from collections.abc import Callable

import pytest

from events.case.answer import Mark, Status
from tests.case.given import Anything, Case, at_conference, child, on_a_plan, subject
from tests.case.moving import OTHER, agreed, leaving, statuses, taken_over, told_of

clause = pytest.mark.clause


def listed() -> Case:
    case = told_of()
    case.tell("child_added_to_temporary_list", "2025-04-01", basis="transferring")
    return case


def moved() -> Case:
    case = on_a_plan()
    case.tell("child_moved", "2025-04-07", to_la=OTHER, permanent=True)
    return case


def noticed() -> Case:
    case = on_a_plan()
    case.tell("permanent_move_notified", "2025-04-07", direction="out")
    return case


def excluded() -> Case:
    case = moved()
    case.tell("transfer_excluded", "2025-04-08", reason="temporary_accommodation")
    return case


def requested() -> Case:
    case = moved()
    said = {"permanent": True, "secure_own_accommodation": True, "direction": "out"}
    case.report("receiving_in_conference_requested", "2025-04-08", **said)
    return case


def held_elsewhere() -> Case:
    case = leaving()
    case.tell("receiving_in_conference_held", "2025-04-28", meeting="RIC")
    return case


def staying() -> Case:
    case = on_a_plan()
    case.tell("temporary_move_reported", "2025-04-07", authority=OTHER)
    return case


def ended_elsewhere() -> Case:
    case = taken_over()
    case.tell("originating_plan_ended", "2025-04-22", agencies_notified=False)
    return case


TOLD: list[tuple[str, Callable[[], Case], set[str]]] = [
    ("STF-R99", listed, {"health"}),
    ("STF-R99a", listed, {"responsible other local authority"}),
    ("STF-R113", ended_elsewhere, {"relevant agencies"}),
    ("STF-T34", moved, {"receiving authority"}),
    ("STF-T34a", moved, {"specialist safeguarding development manager"}),
    ("STF-R116b", noticed, {"receiving authority"}),
    ("STF-R108", excluded, {"receiving authority"}),
    ("STF-R129", requested, {"receiving authority"}),
    ("STF-R120", held_elsewhere, {"receiving authority", "health", "police"}),
    ("STF-T70a", staying, {"other local authority"}),
]


@pytest.mark.parametrize(
    "rule, make, recipients", [pytest.param(*row, marks=clause(row[0]), id=row[0]) for row in TOLD]
)
def test_each_who_is_to_be_told_has_a_notice_that_sending_meets(
    rule: str, make: Callable[[], Case], recipients: set[str]
) -> None:
    case = make()
    assert {str(duty.told_of["recipient"]) for duty in case.duties(rule, "2025-05-01")} == recipients

    for recipient in recipients:
        case.tell("notification_sent", "2025-05-02", register_id=rule, to=[{"role": recipient}])
    assert {duty.status for duty in case.duties(rule, "2025-05-02")} == {Status.MET}


@clause("STF-T34", "STF-T35a", "STF-R116", "STF-R116a", "STF-R116b")
def test_a_notice_of_a_move_here_calls_for_none_of_what_a_move_away_does() -> None:
    case = on_a_plan()
    case.tell("permanent_move_notified", "2025-04-07", direction="in")

    for rule in ("STF-T34", "STF-T35a", "STF-R116", "STF-R116a", "STF-R116b"):
        assert case.duties(rule) == []


@clause("STF-T34")
def test_a_notice_that_did_not_go_to_the_receiving_authority_does_not_tell_it() -> None:
    case = moved()
    case.tell("permanent_move_notified", "2025-04-08", notified_to=[{"role": "database_administrator"}])
    case.tell("permanent_move_notified", "2025-04-08")

    assert case.status("STF-T34", "2025-04-08") is Status.OPEN
    case.tell("permanent_move_notified", "2025-04-09", notified_to=[{"role": "receiving_authority"}])
    assert case.status("STF-T34") is Status.MET


@clause("STF-R116", "STF-R116a", "STF-R116b")
def test_saying_again_that_it_is_for_good_ends_nothing() -> None:
    case = noticed()
    case.tell("child_moved", "2025-04-08", to_la=OTHER, permanent=True)

    for rule in ("STF-R116", "STF-R116a", "STF-R116b"):
        assert case.status(rule, "2025-04-08") is Status.OPEN


@clause("STF-T53", "STF-R120", "STF-R120a")
def test_a_conference_told_twice_in_one_move_owes_each_thing_once_and_another_move_settles_none() -> None:
    case, away = taken_over(), on_a_plan()
    case.tell("receiving_in_conference_held", "2025-04-17", meeting="RIC")
    away.tell("child_moved", "2025-04-07", move="M-1", to_la=OTHER, permanent=True)
    for _ in range(2):
        away.tell("receiving_in_conference_held", "2025-04-28", meeting="RIC")
    assert (len(case.duties("STF-T53")), len(away.duties("STF-R120"))) == (1, 3)

    case.tell("permanent_move_notified", "2025-04-21", move="M-9", direction="in", from_authority="elsewhere")
    case.tell("originating_plan_ended", "2025-04-22", move="M-9", agencies_notified=True)
    away.tell("child_moved", "2025-04-29", move="M-9", to_la="elsewhere", permanent=True)
    away.tell("outbound_transfer_letters_sent", "2025-04-30", move="M-9")
    away.tell("child_protection_database_updated", "2025-04-30", move="M-9")
    assert case.status("STF-T53", "2025-04-22") is Status.OPEN
    assert set(statuses(away, "STF-R120", "2025-04-30")) == {Status.OPEN}
    assert away.status("STF-R120a", "2025-04-30") is Status.OPEN


@clause("STF-R113")
def test_the_agencies_are_told_once_and_only_where_it_is_said_that_they_were() -> None:
    case = ended_elsewhere()
    case.tell("originating_plan_ended", "2025-04-23", agencies_notified=False)
    assert statuses(case, "STF-R113", "2025-04-23") == [Status.OPEN]

    case.tell("originating_plan_ended", "2025-04-24", agencies_notified=True)
    assert statuses(case, "STF-R113", "2025-04-24") == [Status.MET]


@pytest.mark.parametrize(
    "rule, kind, other",
    [
        pytest.param("STF-T55", "services", "housing", marks=clause("STF-T55")),
        pytest.param("STF-T55a", "housing", "services", marks=clause("STF-T55a")),
    ],
)
def test_the_end_of_paying_for_something_else_or_in_another_move_ends_nothing(rule: str, kind: str, other: str) -> None:
    case = Case()
    for move in ("M-1", "M-9"):
        case.tell("permanent_move_notified", "2025-03-31", move=move, direction="in", from_authority=move.lower())
    case.tell("funding_responsibility_recorded", "2025-04-01", move="M-1", kind=kind, until_on="2026-04-01")
    case.tell("funding_responsibility_ended", "2025-05-01", move="M-1", kind=other)
    case.tell("funding_responsibility_ended", "2025-05-02", move="M-9", kind=kind)
    assert case.status(rule, "2025-05-02") is Status.OPEN

    case.tell("funding_responsibility_ended", "2025-05-03", move="M-1", kind=kind)
    assert case.status(rule) is Status.MET


@clause("STF-R111", "STF-R119b")
def test_each_authority_is_asked_only_what_is_its_own_at_the_conference() -> None:
    here, away = agreed(), held_elsewhere()
    here.tell("receiving_in_conference_held", "2025-04-17", meeting="RIC")

    assert here.severities("STF-R119b") == []
    assert away.severities("STF-R111") == []


@clause("STF-R128", "E-84")
def test_a_notice_is_not_asked_for_by_mail_without_a_secure_address() -> None:
    case = listed()
    said: dict[str, Anything] = {"register_id": "STF-R99", "channel": "email", "to": [{"role": "health"}]}
    assert case.decide("notification_requested", "2025-04-02", secure=False, **said) == ("STF-R128",)


@clause("STF-T51", "E-13")
def test_the_first_review_after_a_transfer_is_one_that_went_ahead_or_decided() -> None:
    quiet, decided, ended, failed = (taken_over() for _ in range(4))
    for case in (quiet, decided, ended):
        case.tell("quorum_assessed", "2025-07-14", meeting="CPRC", result="inquorate_proceeding")
        case.tell("review_conference_held", "2025-07-14", meeting="CPRC")
        assert case.status("STF-T51", "2025-07-14") is Status.OPEN
    decided.report("child_decision_made", "2025-07-14", meeting="CPRC", decision="continue")
    ended.report("plan_ended", "2025-07-14", meeting="CPRC", ground="no_longer_at_risk")
    failed.tell("conference_not_held_inquorate", "2025-07-14", meeting="CPRC")
    failed.report("child_decision_made", "2025-07-14", meeting="CPRC", decision="continue")

    assert [case.status("STF-T51", "2025-07-14") for case in (quiet, decided, ended, failed)] == [
        Status.OPEN,
        Status.MET,
        Status.MET,
        Status.OPEN,
    ]


@clause("STF-T51")
def test_it_is_counted_from_the_conference_once_and_ends_with_the_plan() -> None:
    case = taken_over("2025-04-17")
    before = case.duty("STF-T51").id
    case.void(case.events[-1], "2025-04-18")
    case.tell("plan_started", "2025-04-22", meeting="RIC", source="receiving_in", category="neglect")
    case.tell("plan_started", "2025-04-23", meeting="RIC", source="receiving_in")
    assert [(duty.id, str(duty.due_on)) for duty in case.duties("STF-T51", "2025-04-23")] == [(before, "2025-07-17")]

    case.report("plan_ended", "2025-05-01", ground="reached_18")
    assert case.status("STF-T51") is Status.CANCELLED


@clause("STF-T51")
def test_a_decision_corrected_to_one_that_makes_the_plan_makes_it_known_only_then() -> None:
    case = taken_over()
    case.events.pop()
    decision = case.report("child_decision_made", "2025-04-17", meeting="RIC", decision="not_subject")
    case.correct(decision, "2025-08-01", data=subject("physical"))

    assert Mark.LATE_WHEN_KNOWN in case.duty("STF-T51", "2025-08-02").marks
    assert (child().duties("STF-T51"), at_conference().duties("STF-T51")) == ([], [])
