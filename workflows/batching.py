"""Having a batch done by the workers, and telling it to pause and to go on. Every call may be repeated."""

from dataclasses import dataclass
from uuid import UUID

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from workflows import batch_contracts
from workflows.batch import RunBatch
from workflows.batch_contracts import BatchRun
from workflows.nudging import PATIENCE, TemporalAwayError

_SUMMARY = "Work over every case of an authority"
_DETAILS = "The ids after batch/ are the authority's and the batch's: `planclock batch show` says what it has found."


@dataclass(frozen=True)
class Batcher:
    """Speaks to batches through an open connection, which may be a lazy one."""

    client: Client

    async def ready(self) -> bool:
        """Whether a worker takes the work of batches, or did a few minutes ago; not if Temporal does not answer."""
        asked = DescribeTaskQueueRequest(
            namespace=self.client.namespace,
            task_queue=TaskQueue(name=batch_contracts.BATCHES),
            task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        )
        try:
            return bool((await self.client.workflow_service.describe_task_queue(asked, timeout=PATIENCE)).pollers)
        except (RPCError, RuntimeError):
            return False

    async def go_on(self, run: BatchRun) -> None:
        """Start a batch, or have it go on if it is paused. One that Temporal lost begins anew, and does what is left.

        Raises:
            TemporalAwayError: Nothing is known to have come of it.
        """
        try:
            await self.client.start_workflow(
                RunBatch.run,
                run,
                id=batch_contracts.batch_id(run.authority, run.batch),
                task_queue=batch_contracts.BATCHES,
                start_signal=batch_contracts.RESUME,
                static_summary=_SUMMARY,
                static_details=_DETAILS,
                rpc_timeout=PATIENCE,
            )
        except (RPCError, RuntimeError) as error:
            raise _away(error) from error

    async def pause(self, authority: UUID, batch: UUID) -> bool:
        """Have a batch begin nothing more. False if none such is running.

        Raises:
            TemporalAwayError: Nothing is known to have come of it.
        """
        handle = self.client.get_workflow_handle(batch_contracts.batch_id(authority, batch))
        try:
            await handle.signal(batch_contracts.PAUSE, rpc_timeout=PATIENCE)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return False
            raise _away(error) from error
        except RuntimeError as error:
            raise _away(error) from error
        return True


def _away(error: Exception) -> TemporalAwayError:
    if isinstance(error, RPCError):
        return TemporalAwayError(f"Temporal did not take a word to a batch: {error.status.name}")
    return TemporalAwayError("Temporal cannot be reached")  # a lazy connection that cannot be made
