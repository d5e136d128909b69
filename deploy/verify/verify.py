"""Proves a Planclock log without Planclock: nothing here is shared with the service, and it needs only asyncpg.

    python verify.py DSN [--authority ID] [--head POSITION:CHAIN]

DSN is a role that may read every authority. For each authority it walks the log from the beginning and says

- whether positions run 1, 2, 3 and on, and the versions of each case do too, and times only rise;
- whether each event's leaf is the hash of what the event holds, lawfully erased parts by the digests in es.erasure;
- whether each block's root is the hash of its leaves and references, and its chain of the block before and itself.

It ends with the head of each log. Note it where nobody who can write to the database can reach it, and pass it with
--head the next time: without it, a log cut off at its end or written anew as a whole cannot be told from a sound one.
Exit status: 0 sound, 1 not sound, 2 could not be proved.

How the hashes are made, `+` for bytes one after another, numbers big-endian, text in UTF-8, times in microseconds since
1970 UTC, and `[x]` for x after its length in 4 bytes:

    leaf  = SHA-256("planclock.leaf.1" + authority + case + version:4 + fact + copy:2 + schema_version:2
            + [type] + [kind] + [request_digest] + [SHA-256(sealed)] + [SHA-256(third_parties), or nothing])
    root  = SHA-256("planclock.root.1" + each event's leaf by position + each reference's hash by reference_hash)
            a reference's hash being SHA-256("planclock.reference.1" + authority + reference_hash + case)
    chain = SHA-256("planclock.chain.1" + authority + chain before, or 32 zero bytes
            + first_position:8 + last_position:8 + recorded_at:8 + root)
"""

import argparse
import asyncio
import hashlib
import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

Row = Any
"""A row as asyncpg gives it."""


def sha256(*parts: bytes) -> bytes:
    """The hash of parts one after another."""
    return hashlib.sha256(b"".join(parts)).digest()


def number(value: int, size: int) -> bytes:
    """A whole number, big-endian."""
    return value.to_bytes(size, "big", signed=True)


def measured(part: bytes) -> bytes:
    """A part after its length."""
    return number(len(part), 4) + part


def leaf_of(event: Row, erased: dict[str, bytes]) -> bytes:
    """The hash of what an event holds; `erased` gives the digest of each part that was lawfully taken out."""

    def digest(part: str, column: str) -> bytes:
        return sha256(event[column]) if event[column] is not None else erased.get(part, b"")

    return sha256(
        b"planclock.leaf.1",
        event["authority"].bytes,
        event["case_id"].bytes,
        number(event["version"], 4),
        event["fact"].bytes,
        number(event["copy"], 2),
        number(event["schema_version"], 2),
        measured(event["type"].encode()),
        measured(event["kind"].encode()),
        measured(event["request_digest"]),
        measured(digest("case", "sealed")),
        measured(digest("third_parties", "third_parties")),
    )


def root_of(authority: UUID, leaves: list[bytes], references: list[Row]) -> bytes:
    """The hash of a block's leaves and references."""
    named = sorted((row["reference_hash"], row["case_id"]) for row in references)
    hashes = [sha256(b"planclock.reference.1", authority.bytes, hashed, case.bytes) for hashed, case in named]
    return sha256(b"planclock.root.1", *leaves, *hashes)


def chain_of(authority: UUID, before: bytes, block: Row) -> bytes:
    """The hash of a block and of the chain before it."""
    return sha256(
        b"planclock.chain.1",
        authority.bytes,
        before,
        number(block["first_position"], 8),
        number(block["last_position"], 8),
        number((block["recorded_at"] - EPOCH) // MICROSECOND, 8),
        block["root"],
    )


class Verifier:
    """Walks one authority's log and collects what is wrong with it."""

    def __init__(self, authority: UUID, references: list[Row], erasures: list[Row]) -> None:
        self.authority = authority
        self.references: dict[int, list[Row]] = {}
        for row in references:
            self.references.setdefault(row["block"], []).append(row)
        self.erasures: dict[int, dict[str, bytes]] = {}
        for row in erasures:
            self.erasures.setdefault(row["position"], {})[row["part"]] = row["digest"]
        self.versions: dict[UUID, int] = {}
        self.position = 0
        self.time: datetime | None = None
        self.chain = bytes(32)
        self.heads: dict[int, bytes] = {}
        self.events = 0
        self.findings: list[dict[str, object]] = []

    def wrong(self, position: int, what: str) -> None:
        """Notes what is wrong at a position."""
        self.findings.append({"position": position, "wrong": what})

    def block(self, block: Row, events: list[Row]) -> None:
        """Proves a block and the events up to its last position."""
        last = block["last_position"]
        if block["first_position"] != self.position + 1:
            self.wrong(last, f"the block should begin at position {self.position + 1}")
        missing = set(range(self.position + 1, last + 1)) - {event["position"] for event in events}
        for position in sorted(missing):
            self.wrong(position, "the event is missing")
        if chain_of(self.authority, self.chain, block) != block["chain"]:
            self.wrong(last, "the chain is not the hash of this block and the one before")
        for event in events:
            self.event(event, block)
        leaves = [event["leaf"] for event in events]
        if root_of(self.authority, leaves, self.references.pop(last, [])) != block["root"]:
            self.wrong(last, "the root is not the hash of the block's leaves and references")
        self.position, self.chain = last, block["chain"]
        self.heads[last] = self.chain

    def event(self, event: Row, block: Row) -> None:
        """Proves an event of a block."""
        position, case = event["position"], event["case_id"]
        self.events += 1
        expected = block["recorded_at"] + (position - block["first_position"]) * MICROSECOND
        if event["recorded_at"] != expected:
            self.wrong(position, "recorded_at is not the time its block gives it")
        if self.time is not None and event["recorded_at"] <= self.time:
            self.wrong(position, "recorded_at does not rise")
        self.time = event["recorded_at"]
        if event["version"] != self.versions.get(case, 0) + 1:
            self.wrong(position, f"version {event['version']} does not follow in its case")
        self.versions[case] = event["version"]
        erased = self.erasures.pop(position, {})
        for part, column in (("case", "sealed"), ("third_parties", "third_parties")):
            if part in erased and event[column] is not None:
                self.wrong(position, f"{column} is noted as erased and is there")
        if event["sealed"] is None and "case" not in erased:
            self.wrong(position, "sealed was taken out and is not noted as erased")
        try:
            proved = leaf_of(event, erased) == event["leaf"]
        except OverflowError:
            proved = False
        if not proved:
            self.wrong(position, "the leaf is not the hash of what the event holds")

    def end(self, known: tuple[int, bytes] | None) -> None:
        """Says what is left over, and whether the head noted earlier is there."""
        for block in self.references:
            self.wrong(block, "a reference names a block that is not there")
        for position in self.erasures:
            self.wrong(position, "something is noted as erased where there is no event")
        if known is not None and self.heads.get(known[0]) != known[1]:
            self.wrong(known[0], "the log does not hold the head noted earlier: it was cut off or written anew")


async def verify(connection: Any, authority: UUID, known: tuple[int, bytes] | None = None) -> Verifier:  # noqa: ANN401 - asyncpg ships no types
    """Proves one authority's log, in one snapshot, without ever holding more than a block of it."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        beside = [
            await connection.fetch(f"select * from es.{table} where authority = $1", authority)  # noqa: S608 - our own names
            for table in ("reference", "erasure")
        ]
        verifier = Verifier(authority, *beside)
        events = await connection.cursor("select * from es.event where authority = $1 order by position", authority)
        blocks = connection.cursor("select * from es.block where authority = $1 order by last_position", authority)
        event = await events.fetchrow()
        async for block in blocks:
            held = []
            while event is not None and event["position"] <= block["last_position"]:
                held.append(event)
                event = await events.fetchrow()
            verifier.block(block, held)
        while event is not None:
            verifier.wrong(event["position"], "the event belongs to no block")
            event = await events.fetchrow()
        verifier.end(known)
        return verifier


async def main() -> int:
    """Proves every log that was asked for, prints a line of JSON for each, and returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dsn")
    parser.add_argument("--authority", help="only this one")
    parser.add_argument("--head", help="a head noted earlier, as this program printed it; needs --authority")
    asked = parser.parse_args()
    known = None
    if asked.head:
        position, _, chain = asked.head.partition(":")
        known = (int(position), bytes.fromhex(chain))
    connection = await asyncpg.connect(asked.dsn)
    try:
        rows = await connection.fetch("select id from es.authority order by number")
        authorities = [row["id"] for row in rows if asked.authority in {None, str(row["id"])}]
        sound = bool(authorities)
        for authority in authorities:
            verifier = await verify(connection, authority, known)
            sound = sound and not verifier.findings
            head = f"{verifier.position}:{verifier.chain.hex()}"
            report = {
                "authority": str(authority),
                "events": verifier.events,
                "head": head,
                "findings": verifier.findings,
            }
            sys.stdout.write(json.dumps(report) + "\n")
    finally:
        await connection.close()
    return 0 if sound else 1


if __name__ == "__main__":
    try:
        sys.exit(asyncio.run(main()))
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        sys.stderr.write(f"the log could not be proved: {error}\n")
        sys.exit(2)
