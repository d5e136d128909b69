"""From an assessment to plain values ready to be written as JSON: every field always there, in a fixed order."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from events.case.answer import Assessment, Because, Duty, Explanation, Finding, Guidance, Lateness
from events.catalogue.corrections import EventCorrected, EventVoided
from events.catalogue.envelope import Event, Item

Plain = dict[str, Any]


def shown_assessment(assessment: Assessment) -> Plain:
    """What a case means: state, duties, findings, guidance."""
    return {
        "state": assessment.state,
        "duties": [shown_duty(duty) for duty in assessment.duties],
        "findings": [shown_finding(finding) for finding in assessment.findings],
        "guidance": [shown_guidance(guidance) for guidance in assessment.guidance],
    }


def shown_history(events: Sequence[Event]) -> list[Plain]:
    """Every event of a case as it was told, with what corrects it and what it corrects."""
    put_right: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for event in events:
        if isinstance(event.data, EventCorrected | EventVoided):
            put_right[event.data.fact].append(event.fact)
    return [_shown_event(event, put_right[event.fact]) for event in events]


def _shown_event(event: Event, corrected_by: Sequence[UUID]) -> Plain:
    corrects = event.data.fact if isinstance(event.data, EventCorrected | EventVoided) else None
    return {
        "position": event.position,
        "version": event.version,
        "fact": event.fact,
        "kind": event.kind,
        "schema_version": event.schema_version,
        "recorded_at": event.recorded_at,
        "recorded_by": {"subject": event.recorded_by.subject, "role": event.recorded_by.role},
        "corrects": corrects,
        "corrected_by": list(corrected_by),
        **shown_item(event.item),
    }


def shown_item(item: Item) -> Plain:
    """An item as it was told, without what only its telling needed."""
    envelope = item.model_dump(mode="json", exclude={"cases", "expected_version", "data"})
    return {**envelope, "data": item.data.model_dump(mode="json", exclude_none=True)}


def shown_duty(duty: Duty) -> Plain:
    """One duty: what, by when and why, who owns it, and how its date came about."""
    return {
        "id": duty.rule,
        "key": duty.id,
        "title": duty.title,
        "cite": duty.cite,
        "modality": duty.modality,
        "owner": duty.owner,
        "about": duty.about,
        "status": duty.status,
        "marks": sorted(duty.marks),
        "due_on": duty.due_on,
        "due_at": duty.due_at,
        "chase_on": duty.chase_on,
        "started_by": _because(duty.started_by),
        "met_by": _because(duty.met_by) if duty.met_by else None,
        "closed_on": duty.closed_on,
        "reason": duty.reason,
        "missing": duty.missing,
        "meeting": duty.meeting,
        "told_of": dict(duty.told_of),
        "explanation": _explanation(duty.explanation),
        "lateness": _lateness(duty.lateness) if duty.lateness is not None else None,
    }


def shown_finding(finding: Finding) -> Plain:
    """One finding, with the fact it stands beside."""
    return {
        "rule": finding.rule,
        "cite": finding.cite,
        "severity": finding.severity,
        "message": finding.message,
        "missing": list(finding.missing),
        "fact": finding.fact,
        "type": finding.type,
        "on": finding.on,
        "meeting": finding.meeting,
    }


def shown_guidance(guidance: Guidance) -> Plain:
    """One piece of advice."""
    return {"rule": guidance.rule, "cite": guidance.cite, "text": guidance.text, "fact": guidance.fact}


def _because(because: Because) -> Plain:
    return {"fact": because.fact, "type": because.type, "on": because.on, "position": because.position}


def _lateness(lateness: Lateness) -> Plain:
    return {
        "reason": lateness.reason,
        "accepted_by": lateness.accepted_by,
        "on": lateness.on,
        "fact": lateness.fact,
    }


def _explanation(explanation: Explanation) -> Plain:
    return {
        "counted_from": explanation.counted_from,
        "start": explanation.anchor,
        "count": explanation.count,
        "skipped": [{"day": skipped.day, "why": skipped.why} for skipped in explanation.skipped],
        "last_working_day": explanation.last_working_day,
        "policy": explanation.policy,
        "policy_version": explanation.policy_version,
        "calendar": explanation.calendar,
        "notes": list(explanation.notes),
    }
