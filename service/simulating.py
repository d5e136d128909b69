"""A draft tried on every case of an authority: what would change, case by case, with nothing recorded."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from events.case.assess import Assessor
from events.case.comparing import Changed, changes
from events.policies.activated import InForce
from events.policies.in_force import Activation, NoPolicy, Policies
from events.policies.model import Policy
from events.store.errors import ErasedCaseError
from events.store.log import Log


@dataclass(frozen=True)
class Draft:
    """A policy that may come into force. Without a day it is tried as if it had been in force from the beginning."""

    policy: Policy
    effective_from: date | None = None
    recalculates_open: bool = False

    def beside(self, now_in_force: InForce) -> Policies:
        """What would be in force with it."""
        activations = now_in_force.policies.activations
        if self.effective_from is None:
            return Policies([Activation(self.policy, activations[0].effective_from)])
        draft = Activation(self.policy, self.effective_from, self.recalculates_open)
        return Policies([*(each for each in activations if each.effective_from != self.effective_from), draft])


@dataclass(frozen=True)
class Tried:
    """One case under the draft."""

    case: UUID
    changed: tuple[Changed, ...]


async def simulate(
    log: Log, assessor: Assessor, now_in_force: InForce, authority: UUID, draft: Draft
) -> AsyncIterator[Tried]:
    """Every case that was not erased, in the order of its id, and what the draft would change in it.

    Each is assessed twice at the authority's own time, under what is in force and under the draft beside it.
    """
    now = await log.now(authority)
    would_be = draft.beside(now_in_force)
    for case in sorted(await log.cases(authority)):
        try:
            yield Tried(case, await _changed(log, assessor, now_in_force, would_be, authority, case, now))
        except ErasedCaseError:
            continue


async def _changed(  # noqa: PLR0913, PLR0917  # a case, and the two ways of looking at it
    log: Log, assessor: Assessor, is_now: InForce, would_be: Policies, authority: UUID, case: UUID, now: datetime
) -> tuple[Changed, ...]:
    events = await log.read_case(authority, case)
    if case == authority or not events:
        return ()
    before = assessor.assess(events, is_now.policies, is_now.calendar, now)
    try:
        after = assessor.assess(events, would_be, is_now.calendar, now)
    except NoPolicy as error:
        return (Changed("policy", "none", None, str(error)),)
    return tuple(changes(before, after))
