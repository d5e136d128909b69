"""What a case means once it was merged into another of the same child, and what the other says of it."""

from uuid import UUID

import pytest

from events.case.answer import Status
from tests.case.given import CASE, asked_for

clause = pytest.mark.clause
OTHER = UUID("00000000-0000-4000-8000-00000000000d")


@clause("E-39")
def test_what_was_open_is_open_no_longer_whatever_it_hangs_on_and_what_was_missed_stays_missed() -> None:
    case = asked_for("2025-03-10")
    case.tell("response_requested", "2025-03-11", agency="health", required_by="2025-04-10")
    open_before = [duty.rule for duty in case.assess("2025-03-31").duties if duty.status is Status.OPEN]
    missed_before = [duty.rule for duty in case.assess("2025-03-31").duties if duty.status is Status.MISSED]
    case.say("2025-03-31")
    case.tell("cases_merged", "2025-03-31", into=str(OTHER), merged=str(CASE))
    after = case.assess("2026-03-31")

    assert open_before
    assert [duty.rule for duty in after.duties if duty.status is Status.CANCELLED] == open_before
    assert [duty.rule for duty in after.duties if duty.status is Status.MISSED] == missed_before
    assert {duty.reason for duty in after.duties if duty.status is Status.CANCELLED} == {
        "the case was merged into another"
    }
    assert (after.to_announce, after.next_instant, "merged" in after.state["flags"]) == ((), None, True)


@clause("E-39")
def test_the_one_that_goes_on_goes_on_and_names_the_one_that_ended() -> None:
    case = asked_for("2025-03-10")
    before = [(duty.id, duty.status) for duty in case.assess("2025-03-31").duties]
    case.tell("cases_merged", "2025-03-31", into=str(CASE), merged=str(OTHER))
    after = case.assess("2025-03-31")

    assert [(duty.id, duty.status) for duty in after.duties] == before
    assert after.state["merged"] == {"into": None, "on": None, "cases": [OTHER]}
    assert "merged" not in after.state["flags"]
