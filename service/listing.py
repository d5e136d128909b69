"""From cases at a position to the rows the lists are to hold of them."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from traceback import extract_tb
from uuid import UUID

from events.case.assess import Assessor
from events.policies.activated import InForce
from events.store.keys import CaseKeys, Keys
from events.store.log import Log
from events.store.read_models.blinding import Blinds
from events.store.read_models.histories import Histories, History
from events.store.read_models.rows import assessed_at, recalculations, row
from events.store.read_models.sealing import StoredCase, stored_case
from events.store.read_models.writing import Batch
from service.cases.rules import Rules


class PoisonError(Exception):
    """A case cannot be assessed. Says which, what sort of error and where; the error's own words may be personal."""

    def __init__(self, case: UUID, error: Exception) -> None:
        frame = extract_tb(error.__traceback__)[-1]
        super().__init__(f"{type(error).__name__} in {frame.name}, line {frame.lineno}, over case {case}")


@dataclass(frozen=True)
class Listed:
    """The rows of some cases, how many events they were made from, and when a policy already told of changes them."""

    batch: Batch
    events: int = 0
    changes_at: datetime | None = None


@dataclass(frozen=True)
class Listing:
    """Assesses cases for the lists."""

    log: Log
    histories: Histories
    keys: Keys
    rules: Rules
    assessor: Assessor

    async def of(self, authority: UUID, cases: Collection[UUID], position: int) -> Listed:
        """The rows of these cases as of a position. The authority's own stream is no case and has none.

        Raises:
            GapError, UnreadableError: As `Histories.of` says.
            PoisonError: A case cannot be assessed.
        """
        histories = await self.histories.of(authority, cases, position)
        told = [history for history in histories if history.case != authority]
        events = sum(history.length for history in histories)
        if not told:
            return Listed(Batch([]), events)
        version = (await self.log.versions(authority, [authority]))[authority]
        in_force = await self.rules.of(authority, version, upto=position)
        now = await self.log.now(authority)
        blinds = Blinds(authority, await self.keys.of_authority(authority))
        rows: list[tuple[StoredCase, CaseKeys]] = []
        for history in told:
            if history.keys is not None:
                rows.append((self._row(history, history.keys, in_force, now, blinds), history.keys))
                await asyncio.sleep(0)  # others of this process may have their turn between two cases
        erased = [history.case for history in told if history.keys is None]
        coming = (instant for instant in recalculations(in_force.policies) if instant > now)
        return Listed(Batch(rows, erased), events, min(coming, default=None))

    def _row(self, history: History, keys: CaseKeys, in_force: InForce, now: datetime, blinds: Blinds) -> StoredCase:
        policies, calendar = in_force.policies, in_force.calendar
        try:
            at = assessed_at(history.events, policies, now)
            assessment = self.assessor.assess(history.events, policies, calendar, at)
            return stored_case(row(history.events, assessment, policies, at), keys, blinds)
        except Exception as error:  # noqa: BLE001 - whatever it was, it halts the lists and nothing else
            raise PoisonError(history.case, error) from None
