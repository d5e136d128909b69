"""Starting the delivery of each notice that the log says somebody asked for. Nothing else starts one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from events.store.read_models.histories import Move
from workflows import contracts
from workflows.contracts import Delivery, delivery_id
from workflows.delivery import DeliverNotice
from workflows.nudging import PATIENCE, TemporalAwayError

REQUESTED = "notification_requested"

SUMMARY = "One notice, asked for once"
DETAILS = "The ids after deliver-notice/ are the authority's and the position at which the request stands in its log."


@dataclass(frozen=True)
class Deliveries:
    """Starts deliveries through an open connection. The same request starts none again: the log has its answer."""

    client: Client
    retry_for: timedelta = contracts.RETRY_FOR
    pause: timedelta = contracts.FIRST_PAUSE

    async def follow(self, authority: UUID, moved: Iterable[Move]) -> None:
        """Start one for each request among what moved. Raises TemporalAwayError if Temporal did not take one."""
        for each in moved:
            if each.type == REQUESTED:
                await self._start(
                    Delivery(
                        authority, each.case, each.position, self.retry_for.total_seconds(), self.pause.total_seconds()
                    )
                )

    async def _start(self, delivery: Delivery) -> None:
        try:
            await self.client.start_workflow(
                DeliverNotice.run,
                delivery,
                id=delivery_id(delivery),
                task_queue=contracts.QUEUE,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                static_summary=SUMMARY,
                static_details=DETAILS,
                rpc_timeout=PATIENCE,
            )
        except WorkflowAlreadyStartedError:
            return
        except RPCError as error:
            raise TemporalAwayError(f"Temporal did not take a delivery: {error.status.name}") from error
        except RuntimeError as error:  # a lazy connection that cannot be made
            raise TemporalAwayError("Temporal cannot be reached") from error
