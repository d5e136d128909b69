"""Sandboxes: authorities with a clock of their own, made for trying things out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
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

    async def create(self, policy: str, now: datetime, join: UUID | None) -> tuple[UUID, str]:
        """A new sandbox under a pack this build carries, standing at `now`, or at the clock of the one it joins.

        Answers with its id, and the code by which those that share its clock address it.

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
        return authority, await self._coded(authority, policy)

    async def _coded(self, authority: UUID, policy: str) -> str:
        """Gives a sandbox its policy's name as its code, numbered if others that share its clock have it."""
        for number in count(1):
            code = policy if number == 1 else f"{policy}-{number}"
            if await self.procedures.log.take_code(authority, code):
                return code
        raise AssertionError("there is always another number")
