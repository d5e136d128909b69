"""Stockport 8.7.2: a permanent move, the receiving authority's fifteen working days, and its decision."""

from typing import Any

import pytest

from events.case.answer import Mark, Status
from tests.case.given import Case, last_day_in_time
from tests.case.stockport import by_a_head_of_service, end, on_a_plan

clause = pytest.mark.clause
DECIDED: dict[str, Any] = {"held": True, "decided": True}


def leaving(*, notified: str | None = "2025-04-11") -> Case:
    """A child who moves away for good, and the day the other authority was told."""
    case = on_a_plan()
    case.tell("child_moved", "2025-04-07", permanent=True, to_la="trafford")
    if notified is not None:
        case.tell("receiving_authority_notified", notified, authority="trafford")
    return case


@pytest.mark.parametrize(
    "notified, last",
    [
        ("2025-04-11", "2025-05-07"),  # over Easter and a bank holiday
        ("2025-12-15", "2026-01-08"),  # over Christmas
        ("2025-06-14", "2025-07-04"),  # told on a Saturday
    ],
)
@clause("STK-T13", "E-26")
def test_the_receiving_authority_has_fifteen_working_days_from_being_told(notified: str, last: str) -> None:
    told, alone = leaving(notified=notified), on_a_plan()
    alone.tell("receiving_authority_notified", notified)

    assert last_day_in_time(told, "STK-T13") == last_day_in_time(alone, "STK-T13") == last
    assert len(told.duties("STK-T13")) == 1


@pytest.mark.parametrize(
    "type_, data, duties",
    [
        ("child_moved", {"permanent": True}, 1),
        ("child_moved", {}, 0),
        ("child_moved", {"permanent": False}, 0),
        ("child_moved", {"permanent": True, "direction": "in"}, 0),
        ("permanent_move_notified", {}, 1),
        ("permanent_move_notified", {"direction": "in"}, 0),
    ],
)
@clause("STK-T13", "E-69")
def test_until_it_is_known_when_that_was_nothing_can_be_counted(type_: str, data: dict[str, Any], duties: int) -> None:
    case = on_a_plan()
    case.tell(type_, "2025-04-07", **data)

    found = case.duties("STK-T13")
    assert [(duty.due_on, duty.missing) for duty in found] == [
        (None, "the day on which the receiving authority was notified of the move")
    ] * duties
    assert all(Mark.CANNOT_BE_CALCULATED in duty.marks for duty in found)


@clause("STK-T13", "E-69")
def test_it_may_be_told_among_all_who_were_notified() -> None:
    told, others = on_a_plan(), on_a_plan()
    for case, to in ((told, "trafford"), (others, "school")):
        case.tell(
            "permanent_move_notified",
            "2025-04-11",
            to_authority="trafford",
            notified_to=[{"agency": to}],
            direction="out",
        )

    assert last_day_in_time(told, "STK-T13") == "2025-05-07"
    assert others.duty("STK-T13").missing == "the day on which the receiving authority was notified of the move"


@pytest.mark.parametrize(
    "type_, data, status",
    [
        ("receiving_in_conference_held", {}, Status.MET),
        ("receiving_authority_decision_reported", DECIDED, Status.MET),
        ("receiving_authority_decision_reported", {"held": False}, Status.OPEN),
        ("child_moved", {"permanent": False}, Status.CANCELLED),
        ("child_moved", {"permanent": True}, Status.OPEN),
        ("child_returned_from_temporary_move", {}, Status.CANCELLED),
        ("receiving_in_conference_request_withdrawn", {}, Status.CANCELLED),
        ("receiving_in_conference_declined", {}, Status.OPEN),
        ("plan_ended", {"ground": "deceased"}, Status.CANCELLED),
    ],
)
@clause("STK-T13", "E-70")
def test_holding_the_conference_meets_it_and_a_child_who_comes_back_ends_it(
    type_: str, data: dict[str, Any], status: Status
) -> None:
    case = leaving()
    if type_ in {"plan_ended", "receiving_in_conference_declined"}:
        case.report(type_, "2025-04-14", **data)
    else:
        case.tell(type_, "2025-04-14", **data)

    assert case.status("STK-T13", "2025-04-15") is status


@clause("STK-T13")
def test_each_move_has_its_own() -> None:
    case = on_a_plan()
    for move, day in (("M-1", "2025-04-07"), ("M-2", "2025-04-14")):
        case.tell("child_moved", day, permanent=True, move=move)
        case.tell("receiving_authority_notified", day, move=move)
    case.tell("receiving_in_conference_request_withdrawn", "2025-04-15", move="M-1")

    assert [(duty.status, str(duty.due_on)) for duty in case.duties("STK-T13", "2025-04-15")] == [
        (Status.CANCELLED, "2025-04-30"),
        (Status.OPEN, "2025-05-08"),
    ]


@pytest.mark.parametrize("ground", ["transferred", "not_confirmed_at_receiving_in"])
@clause("STK-R28", "STK-R27", "E-35", "E-70")
def test_a_plan_ends_by_a_move_only_once_the_other_authority_has_held_and_decided(ground: str) -> None:
    case, told = leaving(), by_a_head_of_service("STK-R28")
    assert end(case, "2025-05-01", meeting=None, ground=ground, **told) == ("STK-R28",)
    assert list(case.decided[-1].refusals[0].missing) == [
        "the receiving authority's conference, held, and its decision",
        "nobody can set this rule aside",
    ]
    case.tell("receiving_in_conference_held", "2025-05-02", meeting="RIC")
    assert end(case, "2025-05-02", meeting=None, ground=ground) == ("STK-R28",)
    assert list(case.decided[-1].refusals[0].missing) == ["the receiving authority's decision"]

    case.tell("receiving_authority_decision_reported", "2025-05-06", **DECIDED)
    assert end(case, "2025-05-06", meeting=None, ground=ground) == ()


@pytest.mark.parametrize(
    "reported, refused",
    [
        (DECIDED, ()),
        ({"stays_on_plan": False}, ()),
        ({"held": True, "decided": False}, ("STK-R28",)),
        ({"held": False, "decided": True}, ("STK-R28",)),
    ],
)
@clause("STK-R28")
def test_one_report_may_say_both(reported: dict[str, Any], refused: tuple[str, ...]) -> None:
    case = leaving()
    case.tell("receiving_authority_decision_reported", "2025-05-06", **reported)

    assert end(case, "2025-05-06", meeting=None, ground="transferred") == refused


@clause("STK-R28", "STK-R27", "E-55")
def test_a_move_for_a_time_only_ends_nothing_and_other_grounds_ask_for_none_of_this() -> None:
    case, dead = leaving(), on_a_plan()
    case.tell("receiving_authority_decision_reported", "2025-05-06", **DECIDED)
    case.tell("child_moved", "2025-05-07", permanent=False)
    dead.tell("child_death_recorded", "2025-05-06")

    assert end(case, "2025-05-08", meeting=None, ground="transferred") == ("STK-R28",)
    assert end(dead, "2025-05-08", meeting=None, ground="deceased") == ()


@pytest.mark.parametrize("conference", [True, False])
@clause("STK-R28", "E-58")
def test_the_plan_ended_on_the_day_of_the_receiving_authoritys_decision(conference: bool) -> None:  # noqa: FBT001  # a table
    case = leaving()
    if conference:
        case.tell("receiving_in_conference_held", "2025-05-02", meeting="RIC")
    case.tell("receiving_authority_decision_reported", "2025-05-07", decided_on="2025-05-06", **DECIDED)

    assert end(case, "2025-05-08", meeting=None, ground="transferred") == ()
    assert str(case.assess().state["plan"]["ended_on"]) == "2025-05-06"
