"""Nudging lifecycles: signalled if they run, started if they do not. A nudge carries nothing and may come twice."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from temporalio.client import Client
from temporalio.service import RPCError

from workflows import contracts
from workflows.contracts import Case
from workflows.lifecycle import PlanLifecycle

PATIENCE = timedelta(seconds=10)
"""How long Temporal has to take one nudge."""

AT_ONCE = 16
"""Nudges under way at the same time: enough to keep a server busy, few enough not to fill it."""

SUMMARY = "The alarm clock of one case"
DETAILS = "The ids after plan-lifecycle/ are the authority's and the case's: look the case up in Planclock by them."


class TemporalAwayError(Exception):
    """Temporal cannot be reached, or would not take it. Trying again later is safe."""


@dataclass(frozen=True)
class Nudger:
    """Nudges through an open connection, which may be a lazy one."""

    client: Client

    async def nudge(self, case: Case) -> None:
        """Make sure that the case is looked at after this.

        Raises:
            TemporalAwayError: Nothing is known to have come of it.
        """
        try:
            await self.client.start_workflow(
                PlanLifecycle.run,
                case,
                id=contracts.lifecycle_id(case),
                task_queue=contracts.QUEUE,
                start_signal=contracts.NUDGE,
                static_summary=SUMMARY,
                static_details=DETAILS,
                rpc_timeout=PATIENCE,
            )
        except RPCError as error:
            raise TemporalAwayError(f"Temporal did not take a nudge: {error.status.name}") from error
        except RuntimeError as error:  # a lazy connection that cannot be made
            raise TemporalAwayError("Temporal cannot be reached") from error

    async def nudge_all(self, cases: Iterable[Case]) -> None:
        """Nudge every one of these, some at the same time. Raises TemporalAwayError if any was not taken."""
        room = asyncio.Semaphore(AT_ONCE)

        async def one(case: Case) -> None:
            async with room:
                await self.nudge(case)

        tasks = [asyncio.create_task(one(case)) for case in cases]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
