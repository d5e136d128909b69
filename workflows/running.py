"""Timers as one process runs them: a relay and a worker, joined to Temporal as soon as it is there."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import httpx2
import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from events.catalogue.registry import Catalogue
from events.store.connect import Pool
from events.store.log import Log
from workflows.activities import (
    Activities,
    DeliveryActivities,
    KeepingActivities,
    ReportActivities,
    TransferActivities,
)
from workflows.announcing import Announcer, IsSandbox
from workflows.batch_activities import BatchActivities
from workflows.carrying import Carrier
from workflows.comparing import Comparer
from workflows.connecting import connect, prepare
from workflows.contracts import RETRY_FOR
from workflows.delivering import Deliverer, WebhookOf, no_webhook
from workflows.dispatching import Deliveries
from workflows.held import Held
from workflows.nudging import Nudger, TemporalAwayError
from workflows.reconcile import Reconciler
from workflows.reconcile_transfers import TransferReconciler
from workflows.relay import Relay
from workflows.reporting import Reporter
from workflows.schedules import apply
from workflows.signalling import Signaller
from workflows.worker import batch_worker, worker

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
"""Seconds between two tries to reach Temporal."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Timers:
    """What timers need. `pool` is the worker role's connection; `owner` names this process in its leases.

    `comparer` does what batches ask. `webhook_of` says where notices are handed over, and `retry_for` how long each is
    tried.
    """

    log: Log
    catalogue: Catalogue
    pool: Pool
    announcer: Announcer
    is_sandbox: IsSandbox
    owner: str
    comparer: Comparer
    webhook_of: WebhookOf = no_webhook
    retry_for: timedelta = RETRY_FOR

    async def run(self, stop: asyncio.Event) -> None:
        """Runs until `stop` is set. Waits for Temporal as long as it takes, and again whenever the worker fails."""
        pause = _FIRST_PAUSE
        while not stop.is_set():
            try:
                await self._joined(await connect(), stop)
                pause = _FIRST_PAUSE
            except (TemporalAwayError, RPCError, RuntimeError) as error:
                _log.warning("timers_wait_for_temporal", error=_in_words(error), seconds=pause)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    def relay(self, client: Client) -> Relay:
        """The relay of this process."""
        return Relay(
            self.pool,
            Nudger(client),
            self.catalogue,
            self.owner,
            signaller=self.signaller(client),
            deliveries=Deliveries(client, self.retry_for),
        )

    @property
    def carrier(self) -> Carrier:
        """What carries the steps of moves between authorities."""
        return Carrier(self.announcer.voice, self.announcer.assessor, self.announcer.rules_of)

    def signaller(self, client: Client) -> Signaller:
        """What has them carried."""
        return Signaller(client, self.pool, self.carrier)

    def reconciler(self, client: Client) -> Reconciler:
        """What compares timers with the log."""
        return Reconciler(self.pool, self.announcer, self.is_sandbox, Held(client), Nudger(client))

    def transfers(self, client: Client) -> TransferReconciler:
        """What compares transfers with the logs."""
        return TransferReconciler(client, self.pool, self.signaller(client))

    def activities(self, client: Client, http: httpx2.AsyncClient) -> list[Callable[..., object]]:
        """Every activity that workflows ask for. Notices are handed over through `http`."""
        lifecycles = Activities(self.announcer, self.is_sandbox)
        keeping = KeepingActivities(self.log, self.reconciler(client), self.transfers(client))
        announcer = self.announcer
        deliverer = Deliverer(announcer.voice, announcer.assessor, announcer.rules_of, self.webhook_of, http)
        delivering = DeliveryActivities(deliverer)
        return [
            *(lifecycles.assess, TransferActivities(self.carrier).carry, keeping.authorities, keeping.compare),
            *(delivering.hand_over, delivering.give_up),
            ReportActivities(self.log, Reporter(announcer)).produce,
        ]

    def batch_activities(self) -> list[Callable[..., object]]:
        """Every activity that batches ask for."""
        batches = BatchActivities(self.comparer)
        return [batches.plan, batches.do, batches.put, batches.await_followers]

    async def _joined(self, client: Client, stop: asyncio.Event) -> None:
        if not await prepare(client):
            _log.warning("search_attribute_needs_an_operator", see="deploy/temporal.md")
        await apply(client)
        async with (
            httpx2.AsyncClient() as http,
            worker(client, self.activities(client, http)),
            batch_worker(client, self.batch_activities()),
        ):
            _log.info("timers_running")
            await self.relay(client).run(stop)


def _in_words(error: Exception) -> str:
    return str(error) if isinstance(error, TemporalAwayError) else type(error).__name__
