"""Proves an authority's log: that nothing in it was changed, moved or taken out since it was written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from events.store.append import MICROSECOND
from events.store.changed import changed_fields
from events.store.command import Head
from events.store.connect import Pool
from events.store.errors import UnreadableError
from events.store.evidence import CONTENT, PARTS, Finding, leaf_of, whole
from events.store.keys import Erased, Keys
from events.store.leaf import GENESIS, Block, chain, root
from events.store.scan import BLOCKS, ERASURES, EVENTS, REFERENCES, Record, Rows


@dataclass(slots=True)
class Report:
    """What was proved. `head` is the end of the log as found: note it elsewhere and hold the next report against it."""

    authority: UUID
    head: Head
    events: int = 0
    erased: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing was found amiss."""
        return not self.findings


async def verify(
    pool: Pool,
    authority: UUID,
    *,
    keys: Keys | None = None,
    known: Head | None = None,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Proves the whole log of one authority.

    Args:
        pool: Connections as the application or the worker.
        authority: Whose log.
        keys: With them each event is opened too, and a finding can name the very column.
        known: A head noted earlier and kept elsewhere. Without one, nobody can tell a log that was cut off at its end,
            or written anew as a whole, from a sound one.
        progress: Told the position reached, now and then.
    """
    walk = _Walk(authority, keys, known)
    await walk.load(pool)
    events = Rows(pool, EVENTS, authority, "position")
    blocks = Rows(pool, BLOCKS, authority, "last_position")
    while (block := await blocks.next()) is not None:
        await walk.block(block, await blocks.peek(), events)
        if progress is not None:
            progress(walk.report.head.position)
    await walk.end(events)
    return walk.report


class _Walk:
    """One pass over a log, in order of position."""

    def __init__(self, authority: UUID, keys: Keys | None, known: Head | None) -> None:
        self.report = Report(authority, Head(0, None, GENESIS))
        self._keys = keys
        self._known = known if known is not None and known.position else None
        self._before: tuple[bytes, ...] = (GENESIS,)
        self._versions: dict[int, int] = {}
        self._references: dict[int, list[tuple[bytes, UUID]]] = {}
        self._erasures: dict[tuple[int, str], bytes] = {}
        self._unused: set[tuple[int, str]] = set()

    async def load(self, pool: Pool) -> None:
        """Loads what stands beside the events."""
        authority = str(self.report.authority)
        for row in await pool.fetch(REFERENCES, authority):
            self._references.setdefault(row["block"], []).append((row["reference_hash"], row["case_id"]))
        for row in await pool.fetch(ERASURES, authority):
            self._erasures[row["position"], row["part"]] = row["digest"]
        self._unused = set(self._erasures)

    async def block(self, row: Record, following: Record | None, events: Rows) -> None:
        """Proves one block, with its events and its references."""
        references = self._references.pop(row["last_position"], [])
        block, changed = await self._written(row, following, events)
        rows = await events.upto(block.last)
        stored = [event["leaf"] for event in rows]
        proved = [leaf_of(event, self._erasures) or b"" for event in rows]
        by_stored, by_proved = (root(leaves, references, self.report.authority) for leaves in (stored, proved))
        if changed == "chain":
            for candidate in (by_stored, by_proved):
                if whole(self.report.authority, self._before, block._replace(root=candidate), row["chain"]):
                    block, changed = block._replace(root=candidate), "root"
        if changed is not None:
            self._found(row["last_position"], "block", (changed,), "the block is not what its chain says")
        missing = self._missing(block, rows)
        for event, leaf in zip(rows, proved, strict=True):
            self._time(block, event)
            await self._event(event, leaf, leaf_changed=by_proved == block.root)
        if stored == proved and by_stored != block.root and not missing:
            says = "a reference of this block, or an event together with its leaf, is not what its root says"
            self._found(block.last, "reference", ("reference_hash", "case_id", "block"), says)
        self._go_on(block, row["chain"], len(rows))

    async def end(self, events: Rows) -> None:
        """Says what is left over once every block was proved."""
        while (event := await events.next()) is not None:
            self._found(event["position"], "event", ("position",), "the event belongs to no block")
        for block in self._references:
            self._found(block, "reference", ("block",), "a reference belongs to no block")
        for position, part in sorted(self._unused):
            fields = ("position", "part")
            self._found(position, "erasure", fields, f"what is noted as erased ({part}) is there, or never was")
        if self._known is not None:
            says = "the log does not hold the head that was noted earlier: it was cut off or written anew"
            self._found(self._known.position, "block", ("chain",), says)

    async def _written(self, row: Record, following: Record | None, events: Rows) -> tuple[Block, str | None]:
        """The block as it was written, as far as its chain can tell, and the column that was changed since."""
        block = Block(row["first_position"], row["last_position"], row["recorded_at"], row["root"])
        attempts = [(None, block), ("first_position", block._replace(first=self.report.head.position + 1))]
        if following is not None:
            attempts.append(("last_position", block._replace(last=following["first_position"] - 1)))
        elif (last := await events.last()) is not None:
            attempts.append(("last_position", block._replace(last=last)))
        if (event := await events.peek()) is not None:
            attempts.append(("recorded_at", block._replace(recorded_at=event["recorded_at"])))
        for changed, attempt in attempts:
            if whole(self.report.authority, self._before, attempt, row["chain"]):
                return attempt, changed
        return block, "chain"

    def _missing(self, block: Block, rows: Sequence[Record]) -> bool:
        expected = range(self.report.head.position + 1, block.last + 1)
        missing = sorted(set(expected) - {event["position"] for event in rows})
        for position in missing:
            self._found(position, "event", ("position",), "the event is missing")
        return bool(missing)

    def _time(self, block: Block, event: Record) -> None:
        if event["recorded_at"] != block.recorded_at + (event["position"] - block.first) * MICROSECOND:
            self._found(event["position"], "event", ("recorded_at",), "the time is not what the block says")

    async def _event(self, event: Record, leaf: bytes, *, leaf_changed: bool) -> None:
        """Proves one event; `leaf_changed` says that the block's root holds the leaf it proves, not the one it has."""
        position = event["position"]
        erased = {part for part, column in PARTS.items() if event[column] is None} & self._parts_erased(position)
        self._unused -= {(position, part) for part in erased}
        self.report.erased += "case" in erased
        if event["sealed"] is None and "case" not in erased:
            self._found(position, "event", ("sealed",), "the event was taken out and not lawfully erased")
            return
        named = await self._named(event, erased)
        if leaf == event["leaf"] and not named:
            self._version(event)
        elif leaf_changed and not named:
            self._found(position, "event", ("leaf",), "the leaf was changed")
        else:
            fields = named or CONTENT + (("digest",) if erased else ())
            self._found(position, "event", fields, "the event is not what its leaf or its sealed body says")

    async def _named(self, event: Record, erased: set[str]) -> tuple[str, ...]:
        """The columns that differ from the sealed body, where it can be opened."""
        if self._keys is None or "case" in erased:
            return ()
        case = event["case_id"]
        try:
            keys = (await self._keys.of_cases(self.report.authority, [case])).get(case)
        except UnreadableError:
            return ()
        if keys is None:
            return ("case_id",)
        return () if isinstance(keys, Erased) else changed_fields(event, keys, erased)

    def _parts_erased(self, position: int) -> set[str]:
        return {part for part in PARTS if (position, part) in self._erasures}

    def _version(self, event: Record) -> None:
        case, version = event["case_id"].int, event["version"]
        expected = self._versions.get(case, 0) + 1
        if version != expected:
            says = f"version {expected} of its case should stand here"
            self._found(event["position"], "event", ("version", "case_id"), says)
        self._versions[case] = version

    def _go_on(self, block: Block, chained: bytes, events: int) -> None:
        head = self.report.head
        if head.recorded_at is not None and block.recorded_at <= head.recorded_at:
            self._found(block.last, "block", ("recorded_at",), "the block is not later than the one before it")
        self._before = (chained, chain(self.report.authority, self._before[0], block))
        ended = block.recorded_at + (block.last - block.first) * MICROSECOND
        self.report.head = Head(block.last, ended, chained)
        self.report.events += events
        if self._known is not None and (self._known.position, self._known.chain) == (block.last, chained):
            self._known = None

    def _found(self, position: int, table: str, fields: tuple[str, ...], says: str) -> None:
        self.report.findings.append(Finding(position, table, fields, says))
