"""Stockport 8.7.7(b) and 8.7.8: the two letters to parents, each of whom has one of their own, delivered."""

from typing import Any

import pytest

from events.case.answer import Status
from events.case.copies import copy_of
from events.case.noticing import Notice, Standing
from tests.case.given import FAR_OFF, Case, at, the_engine
from tests.case.stockport import FATHER, MOTHER, REVIEW, end, evidenced, proposed, warned

clause = pytest.mark.clause
IN_TIME, TOO_LATE = "2025-05-13", "2025-05-14"
BOTH = [{"role": "social_worker"}, {"role": "team_manager"}]
PARENTS = [MOTHER, FATHER]


def notices(case: Case, rule: str) -> list[Notice]:
    """The notices of one clause."""
    found = the_engine().assessor.notices(case.events, case.policies, case.calendar, at(FAR_OFF))
    return [each for each in found if each.rule == rule]


def ended(*parents: dict[str, Any]) -> Case:
    """A plan that ended for non-co-operation, of which these parents were warned."""
    case = proposed(parents=list(parents))
    warned(case, IN_TIME, *parents)
    assert end(evidenced(case), ground="non_cooperation") == ()
    return case


@clause("STK-T19", "N03", "E-56")
def test_each_parent_is_warned_and_the_one_who_was_not_can_be_seen() -> None:
    case = proposed(parents=PARENTS)
    warned(case, IN_TIME, MOTHER, channel="handed", signed=True)
    assert [duty.status for duty in case.duties("STK-T19", IN_TIME)] == [Status.MET, Status.OPEN]

    warned(case, TOO_LATE, FATHER, signed=False, unsigned_reason="Would not open the door.")
    assert [duty.status for duty in case.duties("STK-T19")] == [Status.MET, Status.MET_LATE]
    told = notices(case, "STK-T19")
    assert [(each.status, each.late, each.family) for each in told] == [
        (Standing.DELIVERED, False, True),
        (Standing.DELIVERED, True, True),
    ]
    assert [each.person and each.person["name"] for each in told] == ["Parent 1", "Parent 2"]
    assert [step.said["signed"] for each in told for step in each.steps] == [True, False]


@pytest.mark.parametrize(
    "to", [MOTHER, {"name": "Parent 1"}, {"role": "mother"}, {"name": "Parent 1", "role": "Mum"}, {"ref": "P1"}]
)
@clause("STK-T19")
def test_a_parent_is_known_by_whatever_the_letter_says_of_them(to: dict[str, Any]) -> None:
    case = proposed(parents=[{**MOTHER, "ref": "P1"}, FATHER])
    warned(case, IN_TIME, to)

    assert [duty.status for duty in case.duties("STK-T19", IN_TIME)] == [Status.MET, Status.OPEN]


@clause("STK-T19", "N03", "E-56")
def test_sent_is_not_delivered_and_delivered_as_a_notice_is() -> None:
    case = proposed(parents=[MOTHER])
    case.tell("notification_sent", "2025-05-01", register_id="N03", to=[MOTHER], channel="post")
    assert (case.status("STK-T19", IN_TIME), notices(case, "STK-T19")[0].status) == (Status.OPEN, Standing.SENT)

    case.tell("notification_delivered", IN_TIME, register_id="N03", to=[MOTHER], channel="handed", signed=True)
    assert (case.status("STK-T19"), notices(case, "STK-T19")[0].status) == (Status.MET, Standing.DELIVERED)
    assert end(evidenced(case), ground="non_cooperation") == ()


@clause("STK-T19", "E-59")
def test_a_parent_whose_name_was_erased_is_still_owed_the_letter() -> None:
    case = proposed(parents=[{"name": {"redacted": True}}])

    assert [(each.recipient, each.status) for each in notices(case, "STK-T19")] == [(None, Standing.LATE)]


@clause("STK-T19", "E-81")
def test_where_no_parent_is_known_the_letter_is_owed_all_the_same() -> None:
    case = proposed()
    (unknown,) = notices(case, "STK-T19")
    assert (unknown.recipient, unknown.document) == (None, "letter on the proposal to end the plan")

    warned(case, IN_TIME)
    assert case.status("STK-T19") is Status.MET


@pytest.mark.parametrize(
    "register_id, data, found",
    [
        ("N03", {}, 1),
        ("STK-T19", {"signed": True}, 0),
        ("N03", {"signed": False, "unsigned_reason": "R"}, 0),
        ("N04", {"signed": False}, 1),
        ("N04", {"signed": True}, 0),
        ("N02", {}, 0),
    ],
)
@clause("STK-R47b")
def test_a_delivery_confirmed_as_a_notice_says_whether_it_was_signed_for(
    register_id: str, data: dict[str, Any], found: int
) -> None:
    case = ended(MOTHER)
    case.tell("notification_delivered", "2025-06-04", register_id=register_id, **data)

    assert case.severities("STK-R47b") == ["record"] * found


@clause("STK-T22", "N04")
def test_each_parent_has_the_letter_on_the_decision() -> None:
    case = ended(*PARENTS)
    letter = {"by": BOTH, "safety_plan": True, "signed": True}
    case.tell("non_cooperation_decision_letter_delivered", "2025-06-04", to=FATHER, **letter)

    assert [duty.status for duty in case.duties("STK-T22")] == [Status.OPEN, Status.MET]
    first, second = notices(case, "STK-T22")
    assert (first.status, second.status, second.document) == (
        Standing.DUE,
        Standing.DELIVERED,
        "letter on the decision and safety plan",
    )
    case.report("plan_ended", REVIEW, meeting="CPRC", ground="non_cooperation")
    assert len(case.duties("STK-T22")) == len(PARENTS)


@pytest.mark.parametrize(
    "type_, data, status",
    [
        ("notification_delivered", {"by": BOTH, "safety_plan": True}, Status.MET),
        ("notification_delivered", {"by": BOTH}, Status.OPEN),
        ("notification_delivered", {"by": BOTH[:1], "safety_plan": True}, Status.OPEN),
        ("notification_delivered", {}, Status.OPEN),
        ("notification_acknowledged", {}, Status.OPEN),
        ("notification_sent", {}, Status.OPEN),
    ],
)
@clause("STK-T22", "N04")
def test_confirmed_as_a_notice_it_still_says_who_took_it_there(
    type_: str, data: dict[str, Any], status: Status
) -> None:
    case = ended(MOTHER)
    case.tell(type_, "2025-06-04", register_id="N04", to=[MOTHER], **data)

    assert case.status("STK-T22") is status


@clause("STK-T22", "E-54")
def test_after_a_death_somebody_checks_what_still_goes_to_a_parent_known_by_name_alone() -> None:
    case = ended({"name": "Parent 1"})
    case.tell("child_death_recorded", "2025-05-30")

    (letter,) = notices(case, "STK-T22")
    assert (letter.status, letter.family) == (Standing.HELD, True)


@clause("E-61")
def test_the_copy_of_a_letter_keeps_back_an_address_however_its_reader_is_known() -> None:
    case = proposed(parents=PARENTS)
    case.events[0] = case.candidate("child_registered", "2025-01-06", address="1 Example Street")
    restricted = [{"ref": "P2", "role": "father"}]
    case.tell("address_restricted_from", "2025-05-01", people=restricted, restricted=True, reason="R")
    assert addresses(case) == ["1 Example Street", None]

    case.tell("address_restricted_from", "2025-05-02", people=restricted, restricted=False)
    assert addresses(case) == ["1 Example Street", None]  # which father was meant is not sure
    case.tell("address_restricted_from", "2025-05-03", people=[{"role": "father"}], restricted=False)
    assert addresses(case) == ["1 Example Street"] * 2


def addresses(case: Case) -> list[str | None]:
    """Where the child lives, as the copies of the warning letters say it."""
    state = case.assess().state
    return [copy_of(each, case.events, state).content["child"].get("address") for each in notices(case, "STK-T19")]
