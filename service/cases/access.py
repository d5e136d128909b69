"""Who looked at which case, and why: every look is recorded, and no caller can switch that off."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from events.catalogue.envelope import Event
from events.store.access import Look
from events.store.log import Log
from service.cases.faults import UnknownCase
from service.identity.principal import Principal


class AccessRecord(Protocol):
    """Where looks are recorded."""

    async def record(self, looks: Sequence[Look]) -> None:
        """Keep them, with the real time at which it does. An answer is given only once this has returned."""
        ...


@dataclass
class Reader:
    """The one way in which the events of cases are read. Remembers each look; `settle` records them.

    `purpose` is what the caller does, by the name of the call; `request` is the id under which the logs know it.
    """

    log: Log
    access: AccessRecord
    caller: Principal
    purpose: str
    request: str
    looks: dict[UUID, int] = field(default_factory=dict)

    async def case_of(self, key: str) -> UUID:
        """The case that a key means to this caller. Raises UnknownCase; the authority's own stream is no case."""
        case = await self.log.resolve(self.caller.authority, key)
        if case is None or case == self.caller.authority:
            raise UnknownCase
        return case

    async def events(self, case: UUID) -> list[Event]:
        """Everything recorded of a case."""
        events = await self.log.read_case(self.caller.authority, case)
        self.looks[case] = events[-1].position if events else 0
        return events

    async def settle(self, told: Collection[UUID] = ()) -> None:
        """Record the looks, but for cases in which this request left an event: that says who, when and what for."""
        looks = [
            Look(
                authority=self.caller.authority,
                case=case,
                subject=self.caller.subject,
                role=self.caller.role.value,
                purpose=self.purpose,
                position=position,
                request=self.request,
            )
            for case, position in self.looks.items()
            if case not in told
        ]
        if looks:
            await self.access.record(looks)
