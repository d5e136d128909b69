"""Other words for what the catalogue holds: as procedures, their event lists and case systems call it.

What is told in these words is read as the catalogue's own, and so is the same item when it is told again in those.
"""

from collections.abc import Mapping

WHEN = frozenset(
    {
        *("at", "date", "start", "held_on", "shared_on", "decided_on", "decided_at", "notified_at", "delivered_on"),
        *("notice_date", "phone_at", "checked_at"),
    }
)
"""Fields that say when the event itself happened, which is said once, in the envelope."""

MEETING = frozenset({"meeting", "meeting_id", "conference", "conference_id", "review_id", "decided_at_review_id"})
"""Fields that say to which meeting the event belongs, which is said in the envelope."""

CHILD = frozenset({"child", "child_id", "child_ids"})
"""Fields that say about whom it is, which the address or `cases` says."""

WHO = "The address, or `cases`, says which child it is about."

OURS = "Only Planclock says this."
OF_AUTHORITY = "It is told of the authority itself, and of no case: what callers may tell of it, at /v1/directory."

_MOVED: Mapping[str, str] = {"from": "from_authority", "to": "to_authority", "ra": "to_authority"}
_DAYS: Mapping[str, str] = {"from": "from_on", "to": "until_on"}

FIELDS: Mapping[str, Mapping[str, str]] = {
    "expected_date_revised": {"old": "old_edd", "new": "new_edd", "edd": "new_edd"},
    "pregnancy_in_household_notified": {"prebirth_conference_id": "prebirth_conference"},
    "school_place_status_recorded": {"ra_action": "action"},
    "child_missing_education_treated": {"ra": "la"},
    "core_assessment_exception_recorded": {"signed_at": "signed_on"},
    "initial_conference_requested": {"agency": "requested_by", "category": "category_concern"},
    "category_determined": {"new": "category"},
    "conference_rescheduled": {"old": "old_date", "new": "new_date"},
    "conference_chair_assigned": {"reason_if_not": "reason"},
    "chair_pre_conference_discussion_held": {"staff_protection_steps": "staff_protection"},
    "report_submitted": {"author_agency": "agency"},
    "quorum_assessed": {"chair": "by"},
    "conference_reconvened": {"caused_by": "reason"},
    "third_party_consent_recorded": {"info": "information"},
    "participant_excluded": {"docs_allowed": "documents_allowed"},
    "court_proceedings_considered": {"household_children": "household_children_considered"},
    "information_sharing_split_decided": {"which_parent_sees_what": "decision"},
    "decision_and_recommendations_completed": {"chair": "by"},
    "decision_and_recommendations_distributed": {"chair": "approved_by"},
    "minutes_disclosed": {"chair_consent": "chair_permission"},
    "minutes_disclosure_consented": {"chair_consent": "consent"},
    "record_shared": {"chair_consent": "chair_permission"},
    "plan_started": {"lead_professional": "lp"},
    "plan_ended": {"evidence_refs": "evidence"},
    "safe_and_well_visit_requested": {"liaised_at": "liaised_on"},
    "child_moved": {"from": "from_address", "to": "to_address"},
    "receiving_authority_notified": {"ra": "authority"},
    "counterpart_notified": {"docs": "papers"},
    "transfer_document_received": {"type": "document"},
    "receiving_in_conference_requested": {"oa": "from_authority", **_MOVED},
    "permanent_move_notified": _MOVED,
    "case_responsibility_transferred": _MOVED,
    "receiving_authority_confirmed_responsibility": {"doc": "document", "ra": "authority"},
    "receiving_authority_decision_reported": {"child_stays_on_plan": "stays_on_plan"},
    "originating_plan_ended": {"oa": "authority"},
    "temporary_move_reported": _DAYS,
    "statutory_order_recorded": _DAYS,
    "custody_recorded": _DAYS,
    "senior_review_announced": {"members": "to_members", "parents": "to_parents"},
    "information_shared_between_meetings": {"from": "from_whom"},
    "advice_sought": {"from": "from_whom"},
    "notification_sent": {"id": "register_id"},
    "notification_acknowledged": {"id": "register_id"},
    "notification_failed": {"id": "register_id"},
    "event_corrected": {"target": "fact", "fields": "data"},
    "event_voided": {"target": "fact"},
}
"""By event type, other words for its fields. Beside them `assessment_id` is `assessment` and `due` is `due_on`."""

VALUES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("child_decision_made", "decision"): {"not": "not_subject", "update": "continue"},
}
"""By event type and field, other words for its values."""

_WORKED_OUT = "Planclock works this out by itself; nobody tells it."
_CONTINUES = "Tell `child_decision_made` with the decision `continue`."
_TAKEN_OFF = "Tell `plan_ended`: it takes the child off the record and off the register."

INSTEAD: Mapping[str, str] = {
    "plan_continued": _CONTINUES,
    "registration_continued": _CONTINUES,
    "plan_updated": f"{_CONTINUES} What the core group changes in the plan is told as `plan_revised`.",
    "child_removed_from_record": _TAKEN_OFF,
    "child_de_registered": _TAKEN_OFF,
    "child_reached18": "It follows from the date of birth. Tell `plan_ended` with the ground `reached_18`.",
    "child_reached_18": "It follows from the date of birth. Tell `plan_ended` with the ground `reached_18`.",
    "override_granted": "Tell the decision itself with `override`: the rule, the reason and who authorises it.",
    "policy_version_activated": "Policies are activated with `planclock policy activate`, not told of a case.",
    **dict.fromkeys(
        (
            *("plan_ending_refused", "escalation_refused", "minutes_locked", "transfer_bundle_completed"),
            *("senior_review_triggered", "outer_limit_reached", "notification_required", "policy_review_due"),
            *("finding_raised", "finding_resolved", "audit_replay_performed", "deadline_started", "deadline_met"),
            *("deadline_recomputed", "deadline_warned", "deadline_missed", "deadline_met_late", "deadline_cancelled"),
            *("deadline_suspended", "deadline_resumed"),
        ),
        _WORKED_OUT,
    ),
}
"""What is no event type here: what to tell instead, or why there is nothing to tell."""

REFUSED_VALUES: Mapping[tuple[str, str, str], str] = {
    ("child_decision_made", "decision", "end"): "Tell an ending as `plan_ended` with its ground.",
}
"""By event type, field and value, what to tell instead."""

_ASKED = "Tell it with `safe_and_well_visit_requested`."
_PROPOSED = "Tell it with `senior_review_early_invocation_proposed`."
_ENDORSED = "Name who endorses it in `team_manager` and `service_manager` of `senior_review_early_invocation_endorsed`."
_HELD = "Tell it with `case_review_held`."

REFUSED_FIELDS: Mapping[tuple[str, str], str] = {
    ("advocacy_rights_given", "child"): "Say in `to` who was told of them.",
    ("advocacy_rights_given", "parent"): "Say in `to` who was told of them.",
    ("specialist_assessment_commissioned", "outcome"): "Tell it with `specialist_assessment_received`.",
    ("specialist_assessment_received", "due"): "Tell it with `specialist_assessment_commissioned`.",
    ("quorum_assessed", "per_child"): "Tell each child's own in that child's case.",
    ("participant_excluded", "all"): "Leave out `part` where somebody was excluded from the whole.",
    ("safe_and_well_visit_agreed", "papers"): _ASKED,
    ("safe_and_well_visit_agreed", "liaised_at"): _ASKED,
    ("safe_and_well_visit_refused", "papers"): _ASKED,
    ("safe_and_well_visit_refused", "liaised_at"): _ASKED,
    ("originating_agencies_notified", "docs"): "Tell which papers went along with `counterpart_notified`.",
    ("originating_agencies_notified", "agency"): "List them in `agencies`.",
    ("progress_assessed_at_review", "review_seq"): "Reviews are counted from those that were held.",
    ("progress_assessed_at_review", "insufficient"): "Say it in `progress`.",
    ("progress_assessed_at_review", "none"): "Say it in `progress`.",
    ("senior_review_early_invocation_proposed", "endorsers"): _ENDORSED,
    ("senior_review_early_invocation_endorsed", "endorsers"): _ENDORSED,
    ("senior_review_early_invocation_endorsed", "rationale"): _PROPOSED,
    ("senior_review_early_invocation_refused", "endorsers"): _ENDORSED,
    ("senior_review_early_invocation_refused", "rationale"): _PROPOSED,
    **{
        ("case_review_scheduled", name): _HELD
        for name in ("attendees", "cpcc_perspective", "single_assessment_id", "blocks", "agreed_actions")
    },
    ("tac_plan_agreed", "timescales"): "Give each of `actions` its `due_on`.",
    ("response_chased", "required_by"): "Tell it with `response_requested`.",
    ("child_registered", "edd"): "Tell of a child who is not yet born with `unborn_child_registered`.",
    ("child_decision_made", "ground"): "Tell an ending as `plan_ended` with its ground.",
    ("participant_excluded", "informed_at"): "Tell `exclusion_communicated` when the person was told.",
    ("participant_excluded", "informed_by"): "Tell `exclusion_communicated` when the person was told.",
}
"""By event type and field, what to tell instead."""
