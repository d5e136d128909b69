"""Deciding: each thing told is taken in its order, seeing those before it; a decision the rules forbid is refused."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from events.calendars.counting import Calendar
from events.case.answer import Refusal
from events.case.assess import Assessor
from events.case.ordering import COURSE
from events.catalogue.envelope import Event, Kind
from events.policies.in_force import Policies

DEPENDS = "depends_on"
NO_STEP = len(COURSE)
"""After every step of a sitting: what has none rests on nothing told later."""


@dataclass(frozen=True)
class Decided:
    """One candidate, and why it was refused if it was. An accepted candidate has no refusals."""

    event: Event
    refusals: tuple[Refusal, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether it stands as told."""
        return not self.refusals


def decide(  # noqa: PLR0913, PLR0917  # facts, calendar, policy and time are arguments here, never looked up
    assessor: Assessor,
    past: Sequence[Event],
    candidates: Sequence[Event],
    policies: Policies,
    calendar: Calendar,
    now: datetime,
    coming: Sequence[Event] = (),
) -> tuple[Decided, ...]:
    """Each candidate, in order, accepted or refused with its reasons. Candidates carry provisional positions.

    A fact is never refused, unless it says that it depends on an item that was. A decision also sees the facts told
    after it, among the candidates and then in `coming`, as far as its sitting rests on them: who leads on the plan,
    for instance, may be told behind the decision that needs it.
    """
    standing = list(past)
    refused: dict[str, Sequence[Refusal]] = {}
    decided: list[Decided] = []
    for number, candidate in enumerate(candidates, 1):
        outcome = Decided(candidate, falls_with(candidate, refused))
        if outcome.accepted and candidate.refusable:
            beside = told_beside(candidate, (*candidates[number:], *coming))
            found = assessor.assess([*standing, candidate, *beside], policies, calendar, now).refusals
            outcome = replace(outcome, refusals=found.get(candidate.fact, ()))
        if outcome.accepted:
            standing.append(candidate)
        else:
            refused[candidate.item.id] = outcome.refusals
        decided.append(outcome)
    return tuple(decided)


def told_beside(decision: Event, later: Iterable[Event]) -> list[Event]:
    """The facts told later of the same day that the sitting rests on, but for those that depend on another item."""
    return [
        event
        for event in later
        if event.kind is Kind.FACT
        and event.order[:2] == decision.order[:2]
        and COURSE.get(event.type, NO_STEP) < COURSE.get(decision.type, NO_STEP)
        and not event.item.depends_on
    ]


def falls_with(candidate: Event, refused: Mapping[str, Sequence[Refusal]]) -> tuple[Refusal, ...]:
    """Why a candidate falls with items that were refused, given by id with their reasons; empty when it does not."""
    lost = [name for name in candidate.item.depends_on if name in refused]
    if not lost:
        return ()
    rules = sorted({refusal.rule for name in lost for refusal in refused[name]})
    return (
        Refusal(
            rule=DEPENDS,
            cite=", ".join(rules),
            message="It depends on a decision that was refused.",
            missing=tuple(f"the refused item {name}" for name in lost),
            override="nobody",
        ),
    )
