"""A story assessed under one pack: really told, decided and reckoned, as a case of an authority would be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID, uuid5

from events.calendars import snapshots
from events.case.answer import Assessment, Refusal
from events.case.assess import Assessor
from events.case.decide import decide
from events.catalogue.envelope import LOCAL, Event, Recorder
from events.policies.coverage import SCOPES
from events.policies.in_force import Activation, Policies
from events.policies.model import Policy
from service.comparing.story import Step, Story
from service.procedures import NO_NATION

PROCEDURES = tuple(scope.pack for scope in SCOPES)
"""The five procedures, by the names of their packs."""

_CASE = UUID(int=0)
_TELLER = Recorder("story", "integration_client")


class NoNationError(ValueError):
    """A pack that only others build on is in force nowhere: it has no calendar to count by."""


@dataclass(frozen=True)
class Answered:
    """A decision of the story, or an act: why the pack refuses it, if it does."""

    step: Step
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class Side:
    """What one pack makes of a story."""

    policy: Policy
    assessment: Assessment
    answered: tuple[Answered, ...]


def side(story: Story, policy: Policy, assessor: Assessor) -> Side:
    """The story under one pack, in force from the beginning, by the calendar of its nation.

    A decision that the pack refuses is left out of what follows; facts always stand.

    Raises:
        NoNationError: The pack is only there for others to build on.
        OutsideCalendar: A date of the story lies outside the calendar.
    """
    if policy.nation is None:
        raise NoNationError(NO_NATION.format(policy.id))
    calendar = snapshots.read(snapshots.stored(policy.nation))
    policies = Policies([Activation(policy, calendar.first)])
    events: list[Event] = []
    answered: list[Answered] = []
    for number, step in enumerate(story.steps):
        candidate = _event(step, len(events) + 1)
        coming = [_event(later, len(events) + 1 + ahead) for ahead, later in enumerate(story.steps[number + 1 :], 1)]
        refusals: tuple[Refusal, ...] = ()
        if candidate.refusable:
            told = [each for each, later in zip(coming, story.steps[number + 1 :], strict=True) if later.asked is None]
            (decided,) = decide(assessor, events, [candidate], policies, calendar, candidate.recorded_at, told)
            refusals = decided.refusals
            answered.append(Answered(step, refusals))
        if step.asked is None and not refusals:
            events.append(candidate)
    assessment = assessor.assess(events, policies, calendar, datetime.combine(story.until, time.max, LOCAL))
    return Side(policy, assessment, tuple(answered))


def sides(story: Story, policies: Sequence[Policy], assessor: Assessor) -> list[Side]:
    """The story under each pack."""
    return [side(story, policy, assessor) for policy in policies]


def _event(step: Step, position: int) -> Event:
    """The item as it would be recorded: at the instant at which it happened, or at the end of its day."""
    item = step.item
    return Event(
        authority=_CASE,
        case=_CASE,
        position=position,
        version=position,
        through=position,
        fact=uuid5(_CASE, item.id),
        copy=0,
        kind=step.kind,
        schema_version=1,
        recorded_at=item.occurred_at or datetime.combine(item.day, time.max, LOCAL),
        recorded_by=_TELLER,
        item=item,
    )
