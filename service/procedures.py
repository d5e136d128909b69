"""Bringing a procedure and a calendar into force at an authority: texts kept for ever, and events that name them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pydantic_core import to_json

from events.calendars import snapshots
from events.catalogue.authority import AuthorityCreated, CalendarActivated, Nation, PolicyActivated
from events.catalogue.envelope import Data, Item, Recorder
from events.catalogue.registry import Catalogue
from events.policies.activated import bundle, unbundle
from events.policies.checking import Vocabulary
from events.policies.loading import packs
from events.policies.model import Policy
from events.store import texts
from events.store.command import Appended, Command, Draft, Outcome, Repeated
from events.store.connect import Database
from events.store.log import Log

SOURCE = "planclock"
"""The source of what Planclock itself tells."""

PLANCLOCK = Recorder(subject="planclock", role="system")
"""Who tells it."""


NO_NATION = "the pack {} belongs to no nation: it is there for others to extend"


class UnknownPackError(LookupError):
    """This build carries no pack of that name, or it is one that only others extend."""


@dataclass(frozen=True)
class Procedures:
    """Activates packs and calendars that this build carries. Put together once, by the composition root."""

    log: Log
    database: Database
    catalogue: Catalogue
    vocabulary: Vocabulary

    async def open_authority(  # noqa: PLR0913  # each says one thing about the authority, by keyword
        self,
        authority: UUID,
        *,
        name: str,
        pack: str,
        beside: Mapping[str, str] | None = None,
        sandbox_now: datetime | None = None,
        join: UUID | None = None,
    ) -> None:
        """Creates an authority with a pack and its nation's calendar in force from the beginning.

        `beside` holds the texts of packs that this build does not carry, by name.

        Raises:
            UnknownPackError: There is no such pack; nothing was created.
            PolicyError: It cannot be used; nothing was created.
            AuthorityExistsError, NotASandboxError: As `Log.create_authority` says.
        """
        told = await self._from_the_beginning(pack, beside or {})
        await self.log.create_authority(authority, name=name, sandbox_now=sandbox_now, join=join)
        sandbox = sandbox_now is not None or join is not None
        created = ("created", AuthorityCreated(name=name, sandbox=sandbox))
        await self._tell(authority, [created, *told])

    async def activate(
        self,
        authority: UUID,
        pack: str,
        *,
        effective_from: date,
        recalculates_open: bool,
        beside: Mapping[str, str] | None = None,
    ) -> int | None:
        """Brings a pack into force at an authority from a date. Doing so again with the same text changes nothing.

        `beside` holds the texts of packs that this build does not carry, by name. Answers with the position at which it
        was told, None where it was there already.

        Raises:
            UnknownPackError: There is no such pack, or it is one that only others extend.
            PolicyError: It cannot be used. What is in force stays in force.
        """
        policy, digest = await self.keep(pack, beside)
        told = PolicyActivated(
            pack=pack,
            version=policy.version,
            digest=digest,
            effective_from=effective_from,
            recalculates_open=recalculates_open,
        )
        return await self._tell(authority, [(_policy_id(told), told)])

    async def activate_calendar(self, authority: UUID, text: str, *, effective_from: date) -> int | None:
        """Brings a calendar into force from a date. Answers with the position, None where it was there already."""
        calendar = snapshots.read(text)
        told = CalendarActivated(
            calendar=calendar.id,
            digest=await texts.keep(self.database, text),
            nation=Nation(calendar.nation),
            effective_from=effective_from,
        )
        return await self._tell(authority, [(f"calendar:{told.digest}:{effective_from}", told)])

    async def keep(self, pack: str, beside: Mapping[str, str] | None = None) -> tuple[Policy, str]:
        """A pack as it would be activated, and the digest under which its text is kept.

        Raises:
            UnknownPackError: There is no such pack, or it is one that only others extend.
            PolicyError: It cannot be used.
        """
        carried = {**packs(), **(beside or {})}
        if pack not in carried:
            raise UnknownPackError(f"no pack is called {pack}")
        text = bundle(pack, carried, self.vocabulary)
        policy = unbundle(pack, text, self.vocabulary)
        if policy.nation is None:
            raise UnknownPackError(NO_NATION.format(pack))
        return policy, await texts.keep(self.database, text)

    async def _from_the_beginning(self, pack: str, beside: Mapping[str, str]) -> list[tuple[str, Data]]:
        policy, digest = await self.keep(pack, beside)
        assert policy.nation is not None  # noqa: S101  # or it would not have been kept
        text = snapshots.stored(policy.nation)
        calendar = snapshots.read(text)
        activated = PolicyActivated(pack=pack, version=policy.version, digest=digest, effective_from=calendar.first)
        counted = CalendarActivated(
            calendar=calendar.id,
            digest=await texts.keep(self.database, text),
            nation=Nation(policy.nation),
            effective_from=calendar.first,
        )
        return [(_policy_id(activated), activated), (f"calendar:{counted.digest}", counted)]

    async def _tell(self, authority: UUID, told: Sequence[tuple[str, Data]]) -> int | None:
        """Appends to the authority's own stream, after whatever is there by then. What is there already is left.

        Answers with the last position, None where it was there already.
        """
        items = [await self._item(authority, id_, data) for id_, data in told]
        outcome: Outcome | None = None
        while not isinstance(outcome, Appended | Repeated):
            version = (await self.log.versions(authority, [authority]))[authority]
            drafts = tuple(
                [await self._draft(authority, item, version, n, len(items)) for n, item in enumerate(items, 1)]
            )
            outcome = await self.log.append(Command(authority, {authority: version}, drafts))
        return outcome.events[-1].position if isinstance(outcome, Appended) else None

    async def _item(self, authority: UUID, id_: str, data: Data) -> Item:
        entry = next(each for each in self.catalogue.types.values() if each.data is type(data))
        now = await self.log.now(authority)
        return entry.item(source=SOURCE, id=id_, type=entry.name, occurred_at=now, data=data)

    async def _draft(self, authority: UUID, item: Item, version: int, number: int, of: int) -> Draft:
        entry = self.catalogue[item.type]
        written = to_json(item.model_dump(mode="json", exclude_none=True))
        return Draft(
            case=authority,
            version=version + number,
            through=version + of,
            fact=await self.log.fact_id(authority, item.source, item.id),
            copy=0,
            kind=entry.kind,
            schema_version=entry.schema_version,
            recorded_by=PLANCLOCK,
            item=item,
            request_digest=await self.log.request_digest(authority, authority, written),
        )


def _policy_id(activated: PolicyActivated) -> str:
    told = f"policy:{activated.digest}:{activated.effective_from}"
    return f"{told}:recalculates_open" if activated.recalculates_open else told
