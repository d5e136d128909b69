"""Drafts tried on every case, as somebody asks over HTTP: who does it, how far it is, what it has found."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from events.policies.drafts import PolicyDraft
from events.policies.loading import PolicyError, packs
from events.store import batches
from events.store.batches import Asked, Batch, BatchState, Found
from events.store.connect import Pool
from events.store.keys import Keys
from service.batches import Asking, to_run
from service.cases.access import Reader
from service.cases.faults import BatchSettled, Fault, NotDoneHere, OutOfReach, Unacceptable, UnknownBatch
from service.cases.rules import Rules
from service.cases.showing import Plain
from service.procedures import Procedures, UnknownPackError
from workflows.batching import Batcher
from workflows.comparing import Comparer
from workflows.nudging import TemporalAwayError


@dataclass(frozen=True)
class Tried:
    """What is tried: a pack that this build carries, or one of the caller's own by its text, from a day."""

    policy: str
    text: str | None = None
    since: date | None = None
    recalculates_open: bool = False


@dataclass(frozen=True)
class Batches:
    """Has batches done by the workers where they are there, else by itself, for as long as `patience` lasts.

    `comparer` is None where this process may not see whole authorities, `batcher` where there is no Temporal.
    """

    asking: Asking
    procedures: Procedures
    rules: Rules
    pool: Pool
    keys: Keys
    comparer: Comparer | None
    batcher: Batcher | None
    patience: timedelta

    async def simulate(self, authority: UUID, tried: Tried) -> Batch:
        """Asks what a pack would change in every case, and has it looked at.

        Raises:
            Unacceptable: There is no such pack, or it cannot be used; each mistake is named.
            OutOfReach: The day lies outside the calendar.
            NotDoneHere: Nobody is there to do it.
        """
        calendar = (await self.rules.of(authority)).calendar
        if tried.since is not None and not calendar.first <= tried.since <= calendar.last:
            raise OutOfReach(f"The calendar {calendar.id} runs from {calendar.first} to {calendar.last}.")
        if tried.text is not None and tried.policy in packs():
            raise Unacceptable([Fault("/policy", "A pack that this build carries has that name; give yours another.")])
        beside = {tried.policy: tried.text} if tried.text is not None else {}
        try:
            policy, digest = await self.procedures.keep(tried.policy, beside)
        except UnknownPackError:
            known = ", ".join(sorted(packs()))
            raise Unacceptable(
                [Fault("/policy", f"No policy can be in force by that name. There are: {known}.")]
            ) from None
        except PolicyError as error:
            raise Unacceptable([Fault("/pack", line) for line in str(error).splitlines()]) from None
        await self._check_somebody_is_there()
        draft = PolicyDraft(policy, tried.since, tried.recalculates_open)
        return await self._do(await self.asking.try_policy(authority, tried.policy, draft, digest))

    async def one(self, authority: UUID, batch: UUID) -> Batch:
        """A batch as it stands. Raises UnknownBatch."""
        found = await batches.look(self.pool, authority, batch)
        if found is None:
            raise UnknownBatch
        return found

    async def latest(self, authority: UUID, limit: int) -> list[Batch]:
        """The batches of an authority, the newest first."""
        return await batches.latest(self.pool, authority, limit)

    async def found(self, reader: Reader, batch: Batch, after: UUID, limit: int) -> list[Found]:
        """The next cases in which it found something. That somebody looked at them is recorded."""
        found = await batches.findings(self.pool, self.keys, batch.asked, after, limit)
        reader.looks.update({each.case: batch.asked.position for each in found})
        await reader.settle()
        return found

    async def pause(self, authority: UUID, batch: UUID) -> Batch:
        """Have it begin nothing more. Raises UnknownBatch, or BatchSettled where nobody is at it."""
        found = await self.one(authority, batch)
        with suppress(TemporalAwayError):
            if self.batcher is not None and await self.batcher.pause(authority, batch):
                return found
        raise BatchSettled(f"Nobody is at it: it is {found.state}.")

    async def resume(self, authority: UUID, batch: UUID) -> Batch:
        """Have it go on. Raises UnknownBatch, BatchSettled where it is done, or NotDoneHere."""
        found = await self.one(authority, batch)
        if found.state is BatchState.DONE:
            raise BatchSettled("It is done.")
        await self._check_somebody_is_there()
        return await self._do(found.asked)

    async def _check_somebody_is_there(self) -> None:
        if self.comparer is None and (self.batcher is None or not await self.batcher.ready()):
            raise NotDoneHere("No worker is there to look at every case, and this process may not.")

    async def _do(self, asked: Asked) -> Batch:
        if not await self._by_workers(asked) and self.comparer is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.patience.total_seconds()):
                    await self.comparer.all(asked, lambda _: None)
        return await self.one(asked.authority, asked.id)

    async def _by_workers(self, asked: Asked) -> bool:
        if self.batcher is None or not await self.batcher.ready():
            return False
        try:
            await self.batcher.go_on(to_run(asked))
        except TemporalAwayError:
            return False
        return True


def shown_batch(batch: Batch) -> Plain:
    """A batch, as plain values."""
    asked, progress = batch.asked, batch.progress
    return {
        "id": asked.id,
        "kind": asked.kind,
        "what": asked.what,
        "state": batch.state,
        "effective_from": asked.effective_from,
        "recalculates_open": asked.recalculates_open,
        "compares_with": asked.compares_with,
        "position": asked.position,
        "assessed_at": asked.assessed_at,
        "asked_at": batch.asked_at,
        "ended_at": batch.ended_at,
        "cases": asked.cases,
        "done": progress.done,
        "changed": progress.changed,
        "failed": progress.failed,
        "erased": progress.erased,
        "changes": None if batch.summary is None else [_counted(*each) for each in sorted(batch.summary.items())],
    }


def shown_found(found: Found) -> Plain:
    """What was found in one case."""
    changes = [
        {"about": each.about, "rule": each.entry, "before": each.before, "after": each.after} for each in found.changed
    ]
    return {"case": found.case, "outcome": found.outcome, "changes": changes}


def _counted(about_rule: str, number: int) -> Plain:
    about, _, rule = about_rule.partition(" ")
    return {"about": about, "rule": rule, "number": number}
