"""Sandboxes: authorities with a clock of their own, made for trying things out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.calendars import snapshots
from events.catalogue.envelope import LOCAL
from events.policies.loading import packs
from service.cases.faults import Fault, OutOfReach, Unacceptable
from service.procedures import Procedures, UnknownPackError


@dataclass(frozen=True)
class Sandboxes:
    """Makes sandboxes."""

    procedures: Procedures
    new_id: Callable[[], UUID]

    async def create(self, policy: str, now: datetime, join: UUID | None) -> UUID:
        """A new sandbox under a pack this build carries, standing at `now`, or at the clock of the one it joins.

        Raises:
            Unacceptable: There is no such policy.
            OutOfReach: The time lies outside the calendar.
        """
        calendar = snapshots.read(snapshots.stored("england"))
        if not calendar.first <= now.astimezone(LOCAL).date() <= calendar.last:
            raise OutOfReach(f"The calendar {calendar.id} runs from {calendar.first} to {calendar.last}.")
        authority = self.new_id()
        try:
            await self.procedures.open_authority(
                authority,
                name=f"Sandbox under {policy}",
                pack=policy,
                sandbox_now=None if join else now,
                join=join,
            )
        except UnknownPackError:
            known = ", ".join(sorted(packs()))
            raise Unacceptable([Fault("/policy", f"No policy is called that. There are: {known}.")]) from None
        return authority
