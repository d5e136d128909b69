"""What another policy or calendar would change in one case: dates that move, duties that come or go, other refusals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from events.case.answer import Assessment, Duty

DUTY, REFUSAL, FINDING = "duty", "refusal", "finding"
"""What a difference is about."""


@dataclass(frozen=True)
class Changed:
    """One thing that would be otherwise. `entry` is the clause; `before` and `after` are words, None for nothing."""

    about: str
    entry: str
    before: str | None
    after: str | None


def changes(before: Assessment, after: Assessment) -> list[Changed]:
    """Everything that differs between two assessments of the same events at the same instant."""
    return [*_duties(before.duties, after.duties), *_refusals(before, after), *_findings(before, after)]


def _duties(before: Sequence[Duty], after: Sequence[Duty]) -> Iterator[Changed]:
    old, new = _by_id(before), _by_id(after)
    for id_ in dict.fromkeys([*old, *new]):
        was, will = old.get(id_), new.get(id_)
        if was != will:
            yield Changed(DUTY, id_.partition(":")[0], was, will)


def _by_id(duties: Sequence[Duty]) -> dict[str, str]:
    return {duty.id: f"{_due(duty)}, {duty.status.value}" for duty in duties}


def _due(duty: Duty) -> str:
    if duty.due_on is not None:
        return f"due {duty.due_on}"
    return f"due {duty.due_at:%Y-%m-%dT%H:%MZ}" if duty.due_at is not None else "undated"


def _refusals(before: Assessment, after: Assessment) -> Iterator[Changed]:
    """Decisions taken here that would be refused now, or would no longer be."""
    for fact in dict.fromkeys([*before.refusals, *after.refusals]):
        was = {each.rule for each in before.refusals.get(fact, ())}
        will = {each.rule for each in after.refusals.get(fact, ())}
        yield from (Changed(REFUSAL, rule, None, "refused") for rule in sorted(will - was))
        yield from (Changed(REFUSAL, rule, "refused", None) for rule in sorted(was - will))


def _findings(before: Assessment, after: Assessment) -> Iterator[Changed]:
    old, new = _found(before), _found(after)
    for key in dict.fromkeys([*old, *new]):
        if old.get(key) != new.get(key):
            yield Changed(FINDING, key[0], old.get(key), new.get(key))


def _found(assessment: Assessment) -> Mapping[tuple[str, str], str]:
    return {(each.rule, f"{each.fact}"): each.severity.value for each in assessment.findings}
