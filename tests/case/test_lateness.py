"""Why something was late, as it was explained, and who accepted it: shown beside the duty, which stays late."""

import pytest

from events.case.answer import Lateness, Status
from tests.case.given import Anything, Case, on_a_plan
from tests.case.test_core_groups import met

clause = pytest.mark.clause
MANAGER = {"name": "Manager 1", "role": "team_manager"}


def explained(case: Case, duty: str, on: str = "2025-04-10", **more: Anything) -> Lateness:
    """The explanation of a late duty, told."""
    told = case.tell("lateness_explained", on, duty=duty, reason="In hospital.", accepted_by=MANAGER, **more)
    return Lateness("In hospital.", MANAGER, told.day, told.fact)


@pytest.mark.parametrize("held", [["2025-04-09"], []])
@clause("E-07", "E-80")
def test_the_reason_stands_beside_a_duty_that_was_missed_or_met_late(held: list[str]) -> None:
    case = met(on_a_plan("2025-03-24"), *held)
    status = case.status("STF-T21", "2025-04-10")

    why = explained(case, "stf-t21")

    assert case.duty("STF-T21", "2025-04-10").lateness == why
    assert case.status("STF-T21", "2025-04-10") is status


@clause("E-07")
def test_a_duty_in_time_has_no_reason_for_being_late() -> None:
    case = met(on_a_plan("2025-03-24"), "2025-04-07")
    explained(case, "STF-T21")
    explained(case, "STF-T22")  # open

    assert case.duty("STF-T21", "2025-04-10").lateness is None
    assert case.duty("STF-T22", "2025-04-10").lateness is None


@clause("E-07")
def test_by_its_clause_it_is_the_last_that_was_late_of_the_meeting_if_one_is_named() -> None:
    case = met(on_a_plan("2025-03-24"), "2025-04-07", "2025-04-14")
    first = explained(case, "STF-T23", "2025-05-12", meeting="CG-1")
    last = explained(case, "STF-T23", "2025-05-12")

    assert [duty.lateness for duty in case.duties("STF-T23", "2025-05-12")] == [first, last]


@clause("E-07")
def test_by_its_key_it_is_that_one_and_a_later_reason_takes_the_place_of_an_earlier() -> None:
    case = met(on_a_plan("2025-03-24"), "2025-04-07", "2025-04-14")
    first, _ = case.duties("STF-T23", "2025-05-12")
    explained(case, first.id, "2025-05-12")
    corrected = explained(case, first.id, "2025-05-13")

    assert [duty.lateness for duty in case.duties("STF-T23", "2025-05-13")] == [corrected, None]
    assert first.status is Status.MISSED


@clause("E-07")
def test_nobody_need_accept_it_yet() -> None:
    case = on_a_plan("2025-03-24")
    told = case.tell("lateness_explained", "2025-04-10", duty="STF-T21", reason="In hospital.")

    assert case.duty("STF-T21", "2025-04-10").lateness == Lateness("In hospital.", None, told.day, told.fact)
