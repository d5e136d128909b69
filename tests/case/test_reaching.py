"""What is said to be within reach without trying is within reach; what might not be is tried."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.calendars.counting import OutsideCalendar
from events.case.reaching import reached
from events.policies.in_force import NoPolicy, Policies
from tests.case.given import Case, at, child, on_a_plan, pack, reviewed

NAMES = ("staffordshire", "stockport", "wales", "calderdale", "sefton")
ANY_DAY = st.dates(date(1985, 1, 1), date(2080, 12, 31))


def assesses(case: Case, now: str) -> bool:
    try:
        case.assess(now)
    except (NoPolicy, OutsideCalendar):
        return False
    return True


def is_reached(case: Case, now: str) -> bool:
    return reached(case.events, case.policies, case.calendar, at(now))


def lived(name: str, began: date, born: date) -> Case:
    """A case whose every sort of date lies somewhere: a birth, a booking, an order, a visit and a move."""
    day = began.isoformat()
    case = child(born.isoformat(), day).under(pack(name))
    case.tell("initial_conference_requested", day, meeting="ICPC-1")
    case.tell("initial_conference_scheduled", day, meeting="ICPC-1", date=day, kind="initial")
    case.tell("initial_conference_held", day, meeting="ICPC-1", kind="initial")
    case.tell("child_decision_made", day, meeting="ICPC-1", decision="subject", category="physical")
    case.tell("child_seen", day, by_sw=True, spoken_to=True)
    case.tell("child_moved", day, direction="out", permanent=True, to_la="Elsewhere")
    return case


@settings(deadline=None)
@given(st.sampled_from(NAMES), ANY_DAY, ANY_DAY, ANY_DAY)
def test_what_is_reached_beyond_doubt_never_fails_to_be_assessed(name: str, began: date, born: date, now: date) -> None:
    case = lived(name, began, born)

    assert not is_reached(case, now.isoformat()) or assesses(case, now.isoformat())


def test_an_everyday_case_is_reached_beyond_doubt_for_years_to_come() -> None:
    assert is_reached(reviewed("2025-06-16"), "2045-01-01")


@pytest.mark.parametrize("now", ["1989-12-31", "2070-06-01"])
def test_a_day_at_which_the_calendar_may_end_too_soon_is_tried(now: str) -> None:
    assert not is_reached(on_a_plan("2025-03-24"), now)


def test_a_date_far_inside_what_is_told_counts_as_much_as_the_day_it_was_told() -> None:
    case = on_a_plan("2025-03-24")
    case.tell("plan_action_added", "2025-04-01", action="ACT-1", due_on="2069-12-31")
    deeper = on_a_plan("2025-03-24")
    deeper.tell("outline_plan_agreed", "2025-04-01", actions=[{"action": "ACT-1", "due_on": "2069-12-31"}])

    assert (is_reached(case, "2025-05-01"), is_reached(deeper, "2025-05-01")) == (False, False)


def test_what_happened_before_the_first_policy_is_tried() -> None:
    case = on_a_plan("2025-03-24")
    (only,) = case.policies.activations
    later = Policies([type(only)(only.policy, date(2025, 3, 20))])

    assert not reached(case.events, later, case.calendar, at("2025-05-01"))


def test_a_correction_is_tried_whatever_it_says() -> None:
    case = on_a_plan("2025-03-24")
    case.correct(case.events[0], "2025-04-01", data={"dob": "2069-12-31"})

    assert not is_reached(case, "2025-05-01")
