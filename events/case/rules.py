"""Judging one event by the rules in force: what it breaks, how hard, and what advice goes with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from events.case.answer import Finding, Guidance, Refusal, Severity
from events.case.moment import Moment, fits
from events.catalogue.envelope import Event
from events.policies.in_force import Activation
from events.policies.model import Authoriser, Enforce, RuleEntry

Condition = Callable[[Moment], str | None]
"""Satisfied when it returns None; otherwise says which evidence is missing, as a sentence."""

HEAD_OF_SERVICE = "head_of_service"


@dataclass(frozen=True)
class Verdict:
    """What the rules say of one event. `refusals` bind it only if it is a decision taken here."""

    findings: tuple[Finding, ...] = ()
    guidance: tuple[Guidance, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass
class Judge:
    """Asks the named conditions. One judge serves every pack."""

    conditions: Mapping[str, Condition]
    _silent: Verdict = field(default_factory=Verdict)

    def asked(self, name: str, moment: Moment) -> bool:
        """Whether a condition holds."""
        return self.conditions[name](moment) is None

    def judge(self, moment: Moment, activation: Activation) -> Verdict:
        """Every rule in force that is about this event, asked of the story just before it."""
        entries = activation.judging.get(moment.event.type)
        if not entries:
            return self._silent
        findings: list[Finding] = []
        guidance: list[Guidance] = []
        refusals: list[Refusal] = []
        for entry, match in entries:
            if not fits(match, moment.event):
                continue
            if match.when and not all(self.asked(name, moment) for name in match.when):
                continue
            if entry.enforce is Enforce.GUIDE:
                guidance.append(Guidance(entry.id, entry.cite, entry.message, moment.event.fact))
                continue
            missing = self._missing(entry, moment)
            if not missing:
                continue
            if entry.enforce is Enforce.BLOCK and moment.event.refusable and not _overridden(entry, moment.event):
                said = (*missing, *_not_set_aside(entry, moment.event))
                refusals.append(Refusal(entry.id, entry.cite, entry.message, said, entry.override.value))
            findings.append(_finding(entry, moment.event, missing))
        return Verdict(tuple(findings), tuple(guidance), tuple(refusals))

    def _missing(self, entry: RuleEntry, moment: Moment) -> tuple[str, ...]:
        unmet = [said for name in entry.require if (said := self.conditions[name](moment)) is not None]
        blank = [f"a record of {name.replace('_', ' ')}" for name in entry.record if _blank(moment.event, name)]
        return (*unmet, *blank)


def _blank(event: Event, name: str) -> bool:
    """Whether a field says nothing. What `items` names is there, though its text is kept elsewhere."""
    told = vars(event.data)
    said, there = told[name], told.get("items")
    if said is not None and not (isinstance(said, str | tuple) and not said):
        return False
    return not (isinstance(there, tuple) and name in there)


def _overridden(entry: RuleEntry, event: Event) -> bool:
    """A head of service may set some rules aside, with a reason (E-35)."""
    override = event.item.override
    if override is None or override.rule != entry.id or entry.override is Authoriser.NOBODY:
        return False
    decider = event.item.decided_by
    return HEAD_OF_SERVICE in {event.recorded_by.role, decider.role if decider else None}


def _not_set_aside(entry: RuleEntry, event: Event) -> tuple[str, ...]:
    """Why a rule that the decision says is set aside binds it all the same."""
    override = event.item.override
    if override is None or override.rule != entry.id:
        return ()
    if entry.override is Authoriser.NOBODY:
        return ("nobody can set this rule aside",)
    return ("the head of service as who decides (`decided_by`), to set this rule aside",)


def _finding(entry: RuleEntry, event: Event, missing: tuple[str, ...]) -> Finding:
    return Finding(
        rule=entry.id,
        cite=entry.cite,
        severity=_severity(entry, event),
        message=entry.message,
        missing=missing,
        fact=event.fact,
        type=event.type,
        on=event.day,
        meeting=event.meeting,
    )


def _severity(entry: RuleEntry, event: Event) -> Severity:
    if entry.enforce is Enforce.RECORD:
        return Severity.RECORD
    if entry.enforce is Enforce.WARN:
        return Severity.WARNING
    if _overridden(entry, event):
        return Severity.OVERRIDDEN
    return Severity.FORBIDDEN
