"""What Planclock itself says: recorded in its own name, under an id that is the same however often it is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic_core import to_json

from events.catalogue.envelope import OURS, Data, Event, Item, Recorder
from events.catalogue.registry import Catalogue
from events.store.log import Command, Draft, Log, Outcome

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
        items = [self._item(saying, now) for saying in sayings]
        return await self.tell(authority, case, version, items)

    async def tell(self, authority: UUID, case: UUID, version: int, items: Sequence[Item]) -> Outcome:
        """Append items of our own source to a case that has come to `version`, all or none."""
        drafts = await self.drafts(authority, case, version, items)
        return await self.log.append(Command(authority, {case: version}, drafts))

    async def rehearsed(
        self, authority: UUID, case: UUID, there: Sequence[Event], items: Sequence[Item], now: datetime
    ) -> list[Event]:
        """Items as the events they would be after those that are there, if they were appended now."""
        last = there[-1].position if there else 0
        return [
            Event(
                authority=authority,
                case=case,
                position=last + number,
                version=draft.version,
                through=draft.through,
                fact=draft.fact,
                copy=draft.copy,
                kind=draft.kind,
                schema_version=draft.schema_version,
                recorded_at=now,
                recorded_by=draft.recorded_by,
                item=draft.item,
            )
            for number, draft in enumerate(await self.drafts(authority, case, len(there), items), 1)
        ]

    async def drafts(self, authority: UUID, case: UUID, version: int, items: Sequence[Item]) -> tuple[Draft, ...]:
        """Items as they would be appended to a case that has come to `version`."""
        through = version + len(items)
        drafted = [
            await self._draft(authority, case, version + number, through, item) for number, item in enumerate(items, 1)
        ]
        return tuple(drafted)

    async def fact(self, authority: UUID, saying: Saying) -> UUID:
        """The fact id it is said under."""
        return await self.log.fact_id(authority, OURS, saying.id)

    def _item(self, saying: Saying, now: datetime) -> Item:
        entry = next(each for each in self.catalogue.types.values() if each.data is type(saying.data))
        return entry.item(source=OURS, id=saying.id, type=entry.name, occurred_at=now, data=saying.data)

    async def _draft(self, authority: UUID, case: UUID, version: int, through: int, item: Item) -> Draft:
        entry = self.catalogue[item.type]
        written = to_json(item.model_dump(mode="json", exclude_none=True))
        return Draft(
            case=case,
            version=version,
            through=through,
            fact=await self.log.fact_id(authority, item.source, item.id),
            copy=0,
            kind=entry.kind,
            schema_version=entry.schema_version,
            recorded_by=PLANCLOCK,
            item=item,
            request_digest=await self.log.request_digest(authority, case, written),
        )
