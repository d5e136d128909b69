"""From an assessment to plain values ready to be written as JSON: every field always there, in a fixed order."""

from collections.abc import Iterable
from typing import Any

from events.case.answer import Because, Duty, Explanation, Finding, Guidance, Refusal

Plain = dict[str, Any]


def shown_duty(duty: Duty) -> Plain:
    """One duty: what, by when and why, who owns it, and how its date came about."""
    return {
        "id": duty.id,
        "rule": duty.rule,
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


def shown_reasons(refusals: Iterable[Refusal]) -> list[Plain]:
    """Why a decision is refused."""
    return [
        {"rule": each.rule, "cite": each.cite, "message": each.message, "missing": list(each.missing)}
        for each in refusals
    ]


def _because(because: Because) -> Plain:
    return {"fact": because.fact, "type": because.type, "on": because.on, "position": because.position}


def _explanation(explanation: Explanation) -> Plain:
    return {
        "counted_from": explanation.counted_from,
        "anchor": explanation.anchor,
        "count": explanation.count,
        "skipped": [{"day": skipped.day, "why": skipped.why} for skipped in explanation.skipped],
        "last_working_day": explanation.last_working_day,
        "policy": explanation.policy,
        "policy_version": explanation.policy_version,
        "calendar": explanation.calendar,
        "notes": list(explanation.notes),
    }
