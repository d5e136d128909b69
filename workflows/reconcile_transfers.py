"""Comparing the moves that the logs have under way with the transfers Temporal holds; what differs is signalled."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from events.store.connect import Pool
from events.store.errors import in_plain_words
from events.store.read_models.histories import FIRST, cases_after
from workflows import contracts
from workflows.contracts import Transfer, transfer_of
from workflows.nudging import TemporalAwayError
from workflows.signalling import Signaller

_PAGE = 200
"""Cases between two signs of life."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class ComparedTransfers:
    """The moves under way that an authority's children leave it by, how many are held, and those that were amiss."""

    expected: int
    held: int
    missing: tuple[Transfer, ...]
    owing: tuple[Transfer, ...]


@dataclass(frozen=True)
class TransferReconciler:
    """Compares, authority by authority. `worker` is the worker role's connection."""

    client: Client
    worker: Pool
    signaller: Signaller

    async def compare(self, authority: UUID, alive: Callable[[], None] = lambda: None) -> ComparedTransfers:
        """Compare the moves out of one authority with what Temporal holds, and signal those that are amiss.

        Missing is one under way that no workflow carries, owing one of which a step was not carried.

        Raises:
            TemporalAwayError, UnavailableError: Not all was compared.
        """
        held = await self._held(authority)
        expected, missing, owing = 0, [], []
        for transfer in await self._leaving(authority, alive):
            stands = await self.signaller.carrier.stands(transfer)
            expected += stands.open
            if stands.steps:
                owing.append(transfer)
            elif stands.open and transfer not in held:
                missing.append(transfer)
        for what, found in (("missing", missing), ("owing", owing)):
            for transfer in found:
                _log.warning("transfer_amiss", authority=str(authority), move=str(transfer.move), what=what)
                await self.signaller.signal(transfer)
        return ComparedTransfers(expected, len(held), tuple(missing), tuple(owing))

    async def _leaving(self, authority: UUID, alive: Callable[[], None]) -> list[Transfer]:
        """The moves that children leave an authority by."""
        found: list[Transfer] = []
        after = FIRST
        while True:
            alive()
            with in_plain_words():
                cases = await cases_after(self.worker, authority, after, _PAGE)
            if not cases:
                return found
            among = await self.signaller.among(authority, cases)
            found += [transfer for transfer in among if transfer.authority == authority]
            after = cases[-1]

    async def _held(self, authority: UUID) -> set[Transfer]:
        query = (
            f"WorkflowType = '{contracts.TRANSFER}' and ExecutionStatus = 'Running' "
            f"and WorkflowId starts_with '{contracts.TRANSFER}/{authority}/'"
        )
        try:
            named = [transfer_of(each.id) async for each in self.client.list_workflows(query)]
        except RPCError as error:
            raise TemporalAwayError(f"Temporal did not list its transfers: {error.status.name}") from error
        return {transfer for transfer in named if transfer is not None}
