"""Every entry of the catalogue is whole: named, explained, cited and shown by an example that parses."""

import json
import re

import pytest

from events.catalogue.announcements import topic as announcements
from events.catalogue.envelope import Kind
from events.catalogue.registry import Catalogue, EventType
from events.catalogue.whole import catalogue

TYPES = list(catalogue().types.values())
CLAUSE = re.compile(r"(STF|STK|WAL|CAL|SEF)-[TR]\d\d\d?[a-z]?|E-\d\d[a-z]?|N\d\d")

STAFFORDSHIRE = """
child_registered unborn_child_registered expected_date_revised birth_recorded pregnancy_ended date_of_birth_corrected
child_verbal_status_recorded

family_member_added family_member_changed household_member_joined household_member_left household_change_recorded
pregnancy_in_household_notified child_no_longer_in_concern_household child_death_recorded
permanent_departure_from_uk_recorded support_network_recorded family_group_conference_explored

assessment_started assessment_completed assessment_updated unborn_risk_identified specialist_assessment_commissioned
specialist_assessment_received

initial_conference_requested icpc_notification_form_completed initial_conference_request_withdrawn
initial_conference_scheduled review_conference_scheduled receiving_in_conference_scheduled conference_rescheduled
conference_postponed conference_cancelled review_brought_forward early_review_need_identified
first_review_date_confirmed next_review_scheduled

conference_chair_assigned conference_invitations_issued child_invitation_decided advocacy_rights_given leaflets_shared
learning_style_recorded family_prepared chair_pre_conference_discussion_held chair_met_family
observer_permission_decided legal_representative_attendance_decided interpreter_arranged agenda_issued
information_sharing_split_decided

report_submitted report_shared report_non_sharing_requested report_non_sharing_agreed apologies_recorded

conference_opened attendance_recorded quorum_assessed conference_not_held_inquorate conference_reconvened
initial_conference_held review_conference_held receiving_in_conference_held agency_view_stated family_view_stated
casting_vote_used chair_disagreement_recorded dissent_recorded chair_summary_given conference_closed
conference_quality_assured contingency_plan_recorded criminal_injuries_claim_considered minutes_circulation_agreed
support_recommended court_proceedings_considered

child_decision_made category_determined category_changed lead_professional_named lead_professional_changed
core_group_membership_confirmed visit_pattern_set

plan_started outline_plan_agreed detailed_plan_compiled plan_revised plan_action_added plan_action_completed
plan_action_not_completed plan_difficulty_reported early_ending_suggested_by_core_group emergency_measures_taken
family_preference_not_accepted

plan_ended critical_child_incident_notified overseas_services_informed lead_professional_transferred
step_down_considered notification_sent
practitioner_concern_raised concern_resolved escalation_started reported_decision_confirmed

core_group_meeting_scheduled core_group_meeting_held core_group_meeting_missed core_group_record_circulated
core_group_report_agreed agency_challenged_core_group_delay case_supervision_reviewed

child_seen visit_missed

decision_and_recommendations_completed decision_and_recommendations_distributed minutes_drafted
minutes_quality_assured minutes_signed minutes_distributed minutes_amendment_requested minutes_amended
minutes_disclosure_consented retention_policy_noted

case_allocated case_reference_added
authority_created policy_activated calendar_activated clock_advanced
event_corrected event_voided duty_announced decision_refused
"""

STOCKPORT = """
non_cooperation_ending_proposed legal_powers_considered legal_advice_given_at_review cooperation_avenues_explored
child_seen_and_views_obtained non_cooperation_warning_letter_delivered risk_management_belief_recorded
non_cooperation_ending_withdrawn legal_advice_minuted safety_plan_drawn_up non_cooperation_decision_letter_delivered
minutes_sent_to_senior_managers

team_around_the_child_transfer_agreed team_around_the_child_meeting_held tac_plan_agreed team_around_the_child_closed
services_withdrawn re_referral_triggered child_in_need_plan_started child_in_need_plan_reviewed
child_in_need_meeting_held child_in_need_plan_closed child_in_need_closure_disputed early_help_plan_started
early_help_assessment_considered services_discussed_with_family

assessment_closed_incomplete core_assessment_exception_recorded core_assessment_exception_conveyed file_note_made
"""


def by_name(event_type: EventType) -> str:
    return event_type.name


@pytest.mark.parametrize("event_type", TYPES, ids=by_name)
class TestEach:
    def test_shows_an_example_that_parses_to_its_own_data_class(self, known: Catalogue, event_type: EventType) -> None:
        adapter = known.told if event_type.told_by_callers else known.recorded

        item = adapter.validate_json(json.dumps(event_type.example_item()))

        assert type(item.data) is event_type.data

    def test_is_named_in_snake_case(self, event_type: EventType) -> None:
        assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", event_type.name)

    def test_says_in_its_own_words_what_happened(self, event_type: EventType) -> None:
        assert "__doc__" in vars(event_type.data)
        assert event_type.title.endswith((".", ":", "?"))

    def test_cites_the_clauses_it_serves(self, event_type: EventType) -> None:
        assert event_type.clauses
        assert [clause for clause in event_type.clauses if not CLAUSE.fullmatch(clause)] == []

    def test_shows_more_than_an_empty_example(self, event_type: EventType) -> None:
        assert event_type.example


def test_all_that_the_procedures_need_is_there_and_nothing_else(known: Catalogue) -> None:
    assert {*STAFFORDSHIRE.split(), *STOCKPORT.split()} == set(known.types)


def test_cases_are_opened_by_a_request_a_registration_or_a_new_authority(known: Catalogue) -> None:
    assert {name for name, entry in known.types.items() if entry.opens_case} == {
        "child_registered",
        "unborn_child_registered",
        "initial_conference_requested",
        "authority_created",
    }


def test_what_may_be_refused_are_status_decisions_and_acts_let_through(known: Catalogue) -> None:
    assert {name for name, entry in known.types.items() if entry.kind is Kind.DECISION} == {
        "child_decision_made",
        "category_changed",
        "initial_conference_request_withdrawn",
        "plan_ended",
        "minutes_signed",
        "minutes_distributed",
    }


def test_the_same_name_twice_is_refused_when_the_catalogue_is_built() -> None:
    with pytest.raises(ValueError, match="two event types are called duty_announced"):
        Catalogue([announcements, announcements])
