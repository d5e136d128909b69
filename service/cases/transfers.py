"""Moves between two sandboxes whose clock is one: carried by the timers, or, while none run, by the call that tells."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog

from events.calendars.counting import OutsideCalendar
from events.policies.in_force import NoPolicy
from events.store.errors import LogError
from service.cases.authorities import Authorities
from workflows.announcing import ContendedError
from workflows.carrying import Carrier
from workflows.contracts import Case, Transfer
from workflows.prompting import PATIENCE, Prompter

_PAUSE = 0.02

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Transfers:
    """Sees to it that what is told in a sandbox reaches the sandbox it transfers with. `prompter` is as for clocks."""

    carrier: Carrier
    authorities: Authorities
    prompter: Prompter | None

    async def after(self, authority: UUID, cases: Iterable[UUID]) -> None:
        """Carry what was just told of these cases, if they are a sandbox's and no timers run.

        What was told stands whatever comes of this: what cannot be carried now, a later step or moved clock brings.
        """
        try:
            if not await self.authorities.is_sandbox(authority) or await self._timers_run():
                return
            for case in cases:
                for transfer in await self.carrier.transfers(Case(authority, case)):
                    await self._carry(transfer)
        except LogError as error:
            _log.error("transfers_not_found", authority=str(authority), error=str(error))

    async def settle(self, cases: Sequence[Case], *, alone: bool) -> int:
        """Have every step carried of the moves that these cases are a side of; returns how many there were.

        The timers carry them, and this call whatever they have not in time.
        """
        found = {transfer: None for case in cases for transfer in await self.carrier.transfers(case)}
        owing = [transfer for transfer in found if (await self.carrier.stands(transfer)).steps]
        if not alone:
            await self._wait_for(owing)
        for transfer in owing:
            await self._carry(transfer)
        return len(owing)

    async def _wait_for(self, owing: Sequence[Transfer]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                for transfer in owing:
                    while (await self.carrier.stands(transfer)).steps:  # noqa: ASYNC110 - another process carries it
                        await asyncio.sleep(_PAUSE)
        except TimeoutError:
            return

    async def _carry(self, transfer: Transfer) -> None:
        try:
            await self.carrier.carry(transfer)
        except (ContendedError, LogError, NoPolicy, OutsideCalendar) as error:
            _log.error("transfer_not_carried", move=str(transfer.move), error=str(error))

    async def _timers_run(self) -> bool:
        return self.prompter is not None and await self.prompter.ready()
