"""A reading of a case as lines for a terminal."""

from collections.abc import Iterator

from events.case.answer import Duty, Finding
from events.catalogue.envelope import Event
from service.cases.reading import Reading


def lines(reading: Reading) -> Iterator[str]:
    """What the answer rests on, the history, the duties, the findings."""
    grounds = reading.grounds()
    policy = grounds["policy"]
    yield f"Case {reading.case} at version {reading.version} (position {reading.position})"
    yield f"as of {reading.now:%Y-%m-%d %H:%M %Z}, under {policy['id']} {policy['version']} and {grounds['calendar']}"
    yield "\nHistory"
    yield from map(_event, reading.events)
    yield "\nDuties"
    yield from map(_duty, reading.assessment.duties)
    yield "\nFindings"
    yield from map(_finding, reading.assessment.findings)


def _event(event: Event) -> str:
    told = f"{event.recorded_at:%Y-%m-%d %H:%M} by {event.recorded_by.subject} ({event.recorded_by.role})"
    return f"{event.version:4}  {event.day}  {event.type:40}  {told}"


def _duty(duty: Duty) -> str:
    due = str(duty.due_on or duty.due_at or "undated")
    return f"  {duty.rule:8}  {duty.status:10}  {due:10}  {duty.title} ({duty.cite})"


def _finding(finding: Finding) -> str:
    return f"  {finding.rule:8}  {finding.severity:10}  {finding.on}  {finding.message} ({finding.cite})"
