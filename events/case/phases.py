"""When in the course of a meeting each fact comes: what a fact that names no meeting is understood by."""

from collections.abc import Mapping
from enum import Enum, auto


class When(Enum):
    """When in the course of a meeting a fact comes, and so which meeting it means."""

    BEFORE = auto()
    AT = auto()
    AFTER = auto()
    ENDING = auto()
    HOLDING = auto()
    CORE_GROUP = auto()
    HOLDING_CORE_GROUP = auto()


_BY_TOPIC = {
    **dict.fromkeys(("preparation", "invitations", "reports"), When.BEFORE),
    **dict.fromkeys(("conferences", "views", "decisions", "recommendations", "exclusions"), When.AT),
    "records": When.AFTER,
}

_BY_TYPE = {
    **dict.fromkeys(
        (
            *("initial_conference_requested", "icpc_notification_form_completed", "conference_rescheduled"),
            *("conference_postponed", "conference_cancelled", "review_brought_forward", "conference_reconvened"),
            *("review_bring_forward_declined", "conference_postponement_considered", "exclusion_requested"),
            *("core_group_report_agreed", "support_network_recorded", "family_group_conference_explored"),
            "non_cooperation_ending_proposed",
        ),
        When.BEFORE,
    ),
    **dict.fromkeys(
        (
            *("plan_started", "lead_professional_named", "core_group_membership_confirmed", "visit_pattern_set"),
            *("first_review_date_confirmed", "outline_plan_agreed"),
            *("dual_planning_confirmed", "dual_process_considered", "non_key_participants_left"),
            "lac_review_decisions_issued",
            *("legal_advice_given_at_review", "core_assessment_exception_conveyed"),
            *("progress_assessed_at_review", "senior_review_announced"),
        ),
        When.AT,
    ),
    **dict.fromkeys(
        (
            *("conference_quality_assured", "minutes_circulation_agreed", "non_attendance_reported"),
            *("legal_advice_minuted", "minutes_sent_to_senior_managers"),
        ),
        When.AFTER,
    ),
    "plan_ended": When.ENDING,
    **dict.fromkeys(
        (
            *("initial_conference_scheduled", "review_conference_scheduled", "receiving_in_conference_scheduled"),
            *("initial_conference_held", "review_conference_held", "receiving_in_conference_held"),
            *("dual_process_meeting_scheduled", "dual_process_meeting_held"),
        ),
        When.HOLDING,
    ),
    **dict.fromkeys(
        (
            *("core_group_record_circulated", "detailed_plan_compiled", "plan_revised"),
            *("family_preference_not_accepted", "agency_challenged_core_group_delay"),
        ),
        When.CORE_GROUP,
    ),
    **dict.fromkeys(("core_group_meeting_scheduled", "core_group_meeting_held"), When.HOLDING_CORE_GROUP),
}


def placing(topics: Mapping[str, str]) -> dict[str, When]:
    """For each event type that is about a meeting, when in its course it comes. `topics` gives each type's topic."""
    found = {name: _BY_TOPIC[topic] for name, topic in topics.items() if topic in _BY_TOPIC}
    return {**found, **{name: when for name, when in _BY_TYPE.items() if name in topics}}
