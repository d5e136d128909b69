"""The order in which a history is read: local date, caller's `seq`, position; and what a sitting rests on before it."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import TypeVar

from events.catalogue.envelope import Event

T = TypeVar("T")

_STEPS = (
    ("child_moved", "temporary_move_reported"),
    ("permanent_move_notified",),
    ("receiving_authority_notified", "child_added_to_temporary_list", "receiving_in_conference_requested"),
    ("transfer_document_received",),
    ("transfer_request_reviewed",),
    ("receiving_in_conference_agreed", "receiving_in_conference_declined"),
    ("attendance_recorded", "quorum_assessed"),
    (
        *("initial_conference_held", "review_conference_held", "receiving_in_conference_held"),
        "dual_process_meeting_held",
    ),
    (
        *("agency_view_stated", "casting_vote_used", "dissent_recorded", "category_determined"),
        *("lead_professional_named", "support_recommended", "step_down_considered", "court_proceedings_considered"),
        *("dual_process_considered", "lac_review_held"),
        *("legal_powers_considered", "legal_advice_given_at_review", "cooperation_avenues_explored"),
        *("child_seen_and_views_obtained", "risk_management_belief_recorded", "assessment_completed"),
        *("core_assessment_exception_recorded", "core_assessment_exception_conveyed", "core_group_report_agreed"),
    ),
    ("child_decision_made", "category_changed", "plan_started"),
    (
        *("first_review_date_confirmed", "core_group_membership_confirmed", "outline_plan_agreed"),
        *("plan_action_added", "core_group_meeting_held"),
    ),
    ("case_responsibility_transferred", "receiving_authority_decision_reported"),
    ("plan_ended",),
    ("dual_planning_confirmed", "dual_planning_ended"),
    ("conference_closed",),
)
"""The course of a transfer and of one sitting: however one day's facts were typed, a later step follows an earlier."""

COURSE = {name: step for step, names in enumerate(_STEPS) for name in names}
"""For each event type of a sitting, its step."""


def in_order(told: Iterable[T], event_of: Callable[[T], Event]) -> list[T]:
    """Sorted by local date, caller's `seq` and position (E-85); within one day and `seq`, a sitting in its course."""
    found: list[T] = []
    by_position = sorted(told, key=lambda each: event_of(each).order)
    for _, together in groupby(by_position, key=lambda each: event_of(each).order[:2]):
        day: list[T] = []
        for each in together:
            day.insert(_place(each, day, event_of), each)
        found.extend(day)
    return found


def _place(one: T, day: list[T], event_of: Callable[[T], Event]) -> int:
    """Before the first of the day that a sitting comes to later, or else last."""
    step = COURSE.get(event_of(one).type)
    if step is None:
        return len(day)
    later = (n for n, other in enumerate(day) if COURSE.get(event_of(other).type, -1) > step)
    return next(later, len(day))
