"""What Planclock itself says: recorded in its own name, under an id that is the same however often it is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic_core import to_json

from events.catalogue.envelope import Data, Item, Recorder
from events.catalogue.registry import Catalogue
from events.store.log import Command, Draft, Log, Outcome

OURS = "planclock"
"""The source under which Planclock speaks. Nobody else may: an announcement's id could be taken before it is made."""

PLANCLOCK = Recorder(subject=OURS, role="system")
"""Who says it."""


@dataclass(frozen=True)
class Saying:
    """One thing to say, and the id it is said under."""

    id: str
    data: Data


@dataclass(frozen=True)
class Voice:
    """Records what Planclock says, in a case or on an authority's own stream."""

    log: Log
    catalogue: Catalogue

    async def say(self, authority: UUID, case: UUID, version: int, sayings: Sequence[Saying], now: datetime) -> Outcome:
        """Append sayings to a case that has come to `version`, all or none."""
        through = version + len(sayings)
        drafts = [
            await self._draft(authority, case, version + number, through, saying, now)
            for number, saying in enumerate(sayings, 1)
        ]
        return await self.log.append(Command(authority, {case: version}, tuple(drafts)))

    async def fact(self, authority: UUID, saying: Saying) -> UUID:
        """The fact id it is said under."""
        return await self.log.fact_id(authority, OURS, saying.id)

    async def _draft(  # noqa: PLR0913, PLR0917  # an event's whole envelope
        self, authority: UUID, case: UUID, version: int, through: int, saying: Saying, now: datetime
    ) -> Draft:
        entry = next(each for each in self.catalogue.types.values() if each.data is type(saying.data))
        item: Item = entry.item(source=OURS, id=saying.id, type=entry.name, occurred_at=now, data=saying.data)
        written = to_json(item.model_dump(mode="json", exclude_none=True))
        return Draft(
            case=case,
            version=version,
            through=through,
            fact=await self.fact(authority, saying),
            copy=0,
            kind=entry.kind,
            schema_version=entry.schema_version,
            recorded_by=PLANCLOCK,
            item=item,
            request_digest=await self.log.request_digest(authority, case, written),
        )
