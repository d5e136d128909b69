"""The log: everything that may be asked of it."""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from struct import pack
from uuid import UUID

from events.catalogue.envelope import Event
from events.catalogue.registry import Catalogue
from events.store import authorities, read
from events.store.append import SealedCommand, Written, append_group
from events.store.command import (
    Appended,
    Authority,
    Command,
    Draft,
    ErasedEvent,
    Head,
    Outcome,
    ReferenceTaken,
    Repeated,
    Stale,
    Stored,
)
from events.store.connect import Database
from events.store.errors import ErasedCaseError, RefusedError, UnreadableError, in_plain_words
from events.store.group_commit import GroupCommit
from events.store.keys import CaseKeys, Erased, Keys, readable
from events.store.seal import seal_command, to_event
from events.store.told import appended, stale, stored, what_is_left

__all__ = [
    "Appended",
    "Authority",
    "Command",
    "Draft",
    "ErasedEvent",
    "Head",
    "Log",
    "Outcome",
    "ReferenceTaken",
    "Repeated",
    "Stale",
    "Stored",
]


class Log:
    """The log of every authority, over an open database and open keys. Keep one for each process, and close it first.

    Every method raises UnavailableError when the database cannot be reached, and UnknownAuthorityError where it
    matters that there is none of that id.
    """

    def __init__(self, database: Database, keys: Keys, catalogue: Catalogue) -> None:
        self._database = database
        self._keys = keys
        self._catalogue = catalogue
        self._groups = GroupCommit(self._write)

    async def close(self) -> None:
        """Waits until every append that was asked for is decided."""
        await self._groups.close()

    async def append(self, command: Command) -> Outcome:
        """Appends a command, whole or not at all, together with whatever else waits for its authority.

        Once this has returned `Appended` the events are kept for ever. A cancelled caller cancels nothing.

        Raises:
            ErasedCaseError: A case it would write to was erased.
            RefusedError: The command contradicts itself. Nothing was appended.
            UnavailableError: It is not known whether it was appended. Asking again with the same facts is safe.
        """
        if not command.drafts:
            raise RefusedError("a command must hold at least one event")
        with in_plain_words():
            sealed = await self._seal(command)
            written = await self._groups.append(command.authority, sealed)
            match written.outcome:
                case "appended":
                    return appended(command, written)
                case "stale":
                    return stale(command, written)
                case "repeated":
                    return await self._repeated(command, sealed)
                case _:
                    return await self._reference_taken(command)

    async def read_case(
        self, authority: UUID, case: UUID, *, after_version: int = 0, upto_version: int | None = None
    ) -> list[Event]:
        """The events of a case in order of version, opened and parsed; none if there is no such case.

        Raises:
            ErasedCaseError: The case was erased.
            GapError: A version is missing.
            UnreadableError: An event cannot be opened.
        """
        with in_plain_words():
            rows = await read.read_case(self._database.app, authority, case, after_version, upto_version)
            if not rows:
                return []
            keys = readable(await self._keys.of_case(authority, case))
        if any(row["sealed"] is None for row in rows):
            raise ErasedCaseError(authority, case)
        return [to_event(self._catalogue, row, keys) for row in rows]

    async def read_after(self, authority: UUID, position: int, limit: int) -> list[Event | ErasedEvent]:
        """The events after a position, contiguous and in commit order: at most `limit`, fewer where they are large.

        Raises:
            GapError: A position is missing. Whoever follows must halt.
            UnreadableError: An event cannot be opened.
        """
        with in_plain_words():
            rows = await read.read_after(self._database.app, authority, position, limit)
            keys = await self._keys.of_cases(authority, {row["case_id"] for row in rows if row["sealed"] is not None})
        return [self._event_or_what_is_left(row, keys.get(row["case_id"])) for row in rows]

    async def versions(self, authority: UUID, cases: Iterable[UUID]) -> Mapping[UUID, int]:
        """The version of each case; 0 for one that has no events."""
        with in_plain_words():
            return await read.versions(self._database.app, authority, cases)

    async def find(self, authority: UUID, facts: Iterable[UUID]) -> Mapping[UUID, tuple[Stored, ...]]:
        """For each of these facts that is in the log, its copies in order."""
        with in_plain_words():
            rows = await read.find(self._database.app, authority, facts)
            keys = await self._keys.of_cases(authority, {row["case_id"] for row in rows})
        found: dict[UUID, tuple[Stored, ...]] = {}
        for row in rows:
            found[row["fact"]] = (*found.get(row["fact"], ()), stored(row, keys[row["case_id"]]))
        return found

    async def resolve(self, authority: UUID, key: str) -> UUID | None:
        """The case that `key` means: our id of a case that has events, or a caller's reference. None for neither."""
        with in_plain_words():
            case = _uuid(key)
            if case is not None and (await read.versions(self._database.app, authority, [case]))[case]:
                return case
            return await read.case_of_reference(
                self._database.app, authority, await self._reference_hash(authority, key)
            )

    async def position_at(self, authority: UUID, instant: datetime) -> int:
        """The last position recorded at or before an instant; 0 when there is none."""
        with in_plain_words():
            return await read.position_at(self._database.app, authority, instant)

    async def cases(self, authority: UUID) -> list[UUID]:
        """Every case of an authority, by id. Its own stream is none."""
        with in_plain_words():
            return [case for case in await read.cases(self._database.app, authority) if case != authority]

    async def chain_at(self, authority: UUID, position: int) -> bytes:
        """The chain hash of the block that holds a position."""
        with in_plain_words():
            return await read.chain_at(self._database.app, authority, position)

    async def head(self, authority: UUID) -> Head:
        """The end of an authority's log."""
        with in_plain_words():
            return await read.head(self._database.app, authority)

    async def fact_id(self, authority: UUID, source: str, id: str) -> UUID:  # noqa: A002 - as CloudEvents calls it
        """The fact that an item's `(source, id)` means at this authority: the same for ever, and not to be guessed."""
        with in_plain_words():
            keys = await self._keys.of_authority(authority)
        told = source.encode()
        hashed = hmac.digest(keys.items, pack(">I", len(told)) + told + id.encode(), "sha256")
        return UUID(bytes=hashed[:16], version=5)

    async def request_digest(self, authority: UUID, case: UUID, item: bytes) -> bytes:
        """A keyed hash by which an item is recognised when it comes again. Raises ErasedCaseError."""
        with in_plain_words():
            keys = await self._keys.of_case(authority, case, create=True)
        return readable(keys).request_digest(item)

    async def create_authority(
        self, authority: UUID, *, name: str, sandbox_now: datetime | None = None, join: UUID | None = None
    ) -> None:
        """Creates an authority: a sandbox, for ever, when given a time to stand at, or a sandbox to share a clock with.

        Raises:
            AuthorityExistsError: There is one of that id.
            NotASandboxError: The one to join is not a sandbox.
        """
        with in_plain_words():
            await authorities.create(self._database.app, authority, name, sandbox_now, join)

    async def authority(self, authority: UUID) -> Authority | None:
        """The authority of that id."""
        with in_plain_words():
            return await authorities.one(self._database.app, authority)

    async def authorities(self) -> list[Authority]:
        """Every authority, oldest first. Needs the worker's connection."""
        if self._database.worker is None:
            raise RefusedError("only a worker's connection sees every authority")
        with in_plain_words():
            return await authorities.every(self._database.worker)

    async def now(self, authority: UUID) -> datetime:
        """The time at an authority: where a sandbox's clock stands, or the real time."""
        with in_plain_words():
            return await authorities.now(self._database.app, authority)

    async def standing(self, authority: UUID) -> tuple[datetime, int]:
        """The time at an authority, and the version of its own stream: what its rules are read by."""
        with in_plain_words():
            return await authorities.standing(self._database.app, authority)

    async def advance_clock(self, authority: UUID, to: datetime) -> None:
        """Moves a sandbox's clock, and that of all who share it, forward.

        Raises:
            NotASandboxError: The authority is real.
            ClockGoesBackError: The clock stands later already.
        """
        with in_plain_words():
            await authorities.advance(self._database.app, authority, to)

    async def sharing_clock(self, authority: UUID) -> list[UUID]:
        """The sandboxes that share a sandbox's clock, itself among them, oldest first."""
        with in_plain_words():
            return await authorities.sharing_clock(self._database.app, authority)

    async def take_code(self, authority: UUID, code: str) -> bool:
        """Gives an authority, for ever, the code by which others address it. False when that one is not to be had.

        Raises:
            RefusedError: It is no code: lower-case letters, digits, hyphens and underscores, at most 40.
        """
        with in_plain_words():
            return await authorities.take_code(self._database.app, authority, code)

    async def same_world(self, authority: UUID) -> Mapping[str, UUID]:
        """Those an authority may address, by code, itself among them: real ones, or sandboxes that share its clock."""
        with in_plain_words():
            return await authorities.same_world(self._database.app, authority)

    async def _write(self, authority: UUID, group: Sequence[SealedCommand]) -> list[Written]:
        with in_plain_words():
            async with self._database.appending.take() as connection:
                return await append_group(connection, authority, group)

    async def _seal(self, command: Command) -> SealedCommand:
        keys = {
            draft.case: self._keys.remembered(command.authority, draft.case)
            or await self._keys.of_case(command.authority, draft.case, create=True)
            for draft in command.drafts
        }
        references = [
            (await self._reference_hash(command.authority, reference), case)
            for reference, case in command.references.items()
        ]
        return seal_command(command, {case: readable(found) for case, found in keys.items()}, references)

    async def _repeated(self, command: Command, sealed: SealedCommand) -> Outcome:
        """Tells a repetition from the very same command, whose commit succeeded though its answer was lost."""
        there = {
            (row["fact"], row["copy"]): row
            for row in await read.find(self._database.app, command.authority, {draft.fact for draft in command.drafts})
        }
        rows = [there.get((draft.fact, draft.copy)) for draft in command.drafts]
        # A leaf binds a ciphertext, whose nonce was random: no other command can have the same.
        if rows[0] and all(row and row["leaf"] == mine.leaf for row, mine in zip(rows, sealed.rows, strict=True)):
            return appended(command, Written("appended", (), rows[0]["position"], rows[0]["recorded_at"]))
        return Repeated(tuple(dict.fromkeys(fact for fact, _ in there)))

    async def _reference_taken(self, command: Command) -> ReferenceTaken:
        for reference, case in command.references.items():
            hashed = await self._reference_hash(command.authority, reference)
            holder = await read.case_of_reference(self._database.app, command.authority, hashed)
            if holder not in {None, case}:
                return ReferenceTaken(reference)
        raise AssertionError("references are never taken back")

    async def _reference_hash(self, authority: UUID, reference: str) -> bytes:
        keys = await self._keys.of_authority(authority)
        return hmac.digest(keys.references, reference.encode(), "sha256")

    def _event_or_what_is_left(self, row: read.Record, keys: CaseKeys | Erased | None) -> Event | ErasedEvent:
        if row["sealed"] is None or isinstance(keys, Erased):
            return what_is_left(row)
        if keys is None:
            raise UnreadableError(f"case {row['case_id']} has no keys")
        return to_event(self._catalogue, row, keys)


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None
