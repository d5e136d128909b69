"""Signalling transfers: of every case that something happened to, the moves that it is one side of."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from events.case.crossing import ABOUT_THE_CHILD, CROSSINGS
from events.case.links import OFFERS
from events.store.connect import Pool
from events.store.errors import LogError, UnavailableError, in_plain_words
from events.store.read_models.histories import Move, cases_holding
from workflows import contracts
from workflows.carrying import Carrier
from workflows.contracts import Case, Transfer
from workflows.nudging import PATIENCE, TemporalAwayError
from workflows.transfer import CarryTransfer

SUMMARY = "One move of a child between two authorities"
DETAILS = "The ids after transfer/ are those of the authority and the case the child leaves, and of the first offer."

_OFFERED = frozenset({*OFFERS, *(each.known for each in CROSSINGS if each.told in OFFERS)})
"""What the first step of a move is in either log: a case that holds none of these is no side of any."""

_CORRECTIONS = frozenset({"event_corrected", "event_voided"})
_STEPS = frozenset({each.told for each in CROSSINGS}) | ABOUT_THE_CHILD | _CORRECTIONS
"""What may have to be carried."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Signaller:
    """Signals transfers through an open connection. `worker` is the worker role's connection."""

    client: Client
    worker: Pool
    carrier: Carrier

    async def follow(self, authority: UUID, moved: Collection[Move]) -> None:
        """Signal the transfers to which something happened.

        Raises:
            TemporalAwayError, UnavailableError: Not all are known to have been signalled. Doing it again is safe.
        """
        cases = dict.fromkeys(each.case for each in moved if each.type in _STEPS and each.case != authority)
        await self.signal_all(authority, list(cases))

    async def signal_all(self, authority: UUID, cases: Collection[UUID]) -> None:
        """Signal every transfer that one of these cases is a side of. Raises as `follow` does."""
        for transfer in await self.among(authority, cases):
            await self.signal(transfer)

    async def among(self, authority: UUID, cases: Collection[UUID]) -> list[Transfer]:
        """Every transfer that one of these cases is a side of; of a case that cannot be read none, said in the log."""
        if not cases:
            return []
        with in_plain_words():
            holding = await cases_holding(self.worker, authority, cases, _OFFERED)
        found: dict[Transfer, None] = {}
        for case in holding:
            try:
                found |= dict.fromkeys(await self.carrier.transfers(Case(authority, case)))
            except UnavailableError:
                raise
            except LogError as error:
                _log.error("transfers_not_found", authority=str(authority), case=str(case), error=str(error))
        return list(found)

    async def signal(self, transfer: Transfer) -> None:
        """Make sure that the steps of a move are looked at after this. Raises TemporalAwayError."""
        try:
            await self.client.start_workflow(
                CarryTransfer.run,
                transfer,
                id=contracts.transfer_id(transfer),
                task_queue=contracts.QUEUE,
                start_signal=contracts.STEP,
                static_summary=SUMMARY,
                static_details=DETAILS,
                rpc_timeout=PATIENCE,
            )
        except RPCError as error:
            raise TemporalAwayError(f"Temporal did not take a step: {error.status.name}") from error
        except RuntimeError as error:  # a lazy connection that cannot be made
            raise TemporalAwayError("Temporal cannot be reached") from error
