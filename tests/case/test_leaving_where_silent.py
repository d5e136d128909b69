"""A child who moves away for good from an authority whose own document says nothing of it: who is responsible."""

import pytest

from events.case.answer import Severity
from tests.case import given
from tests.case.given import Case, on_a_plan

clause = pytest.mark.clause
SILENT = pytest.mark.parametrize("authority", ["wales", "calderdale"])
GROUNDS = pytest.mark.parametrize("ground", ["transferred", "not_confirmed_at_receiving_in"])


def leaving(authority: str) -> Case:
    """A child on a plan there who moves away for good."""
    case = on_a_plan(policy=given.pack(authority))
    case.tell("receiving_authority_notified", "2025-04-07", authority="stoke-on-trent")
    return case


@SILENT
@GROUNDS
@clause("P13")
def test_ending_a_plan_by_a_move_before_the_conference_there_is_allowed_and_found(authority: str, ground: str) -> None:
    case = leaving(authority)
    assert case.decide("plan_ended", "2025-04-14", ground=ground) == ()
    assert case.severities("P13") == [Severity.WARNING]
    assert case.assess().state["responsible"]["here"]

    case.tell("receiving_in_conference_held", "2025-05-06", meeting="RIC")
    responsible = case.assess().state["responsible"]
    assert (responsible["here"], responsible["authority"]) == (False, "stoke-on-trent")


@SILENT
@clause("P13")
def test_after_it_or_on_any_other_ground_nothing_is_found(authority: str) -> None:
    after, other = leaving(authority), leaving(authority)
    after.tell("receiving_in_conference_held", "2025-04-10", meeting="RIC")
    after.decide("plan_ended", "2025-04-14", ground="transferred")
    other.report("plan_ended", "2025-04-14", ground="no_longer_at_risk")

    assert (after.findings("P13"), other.findings("P13")) == ([], [])
    assert str(after.assess().state["plan"]["ended_on"]) == "2025-04-10"
