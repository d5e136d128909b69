"""The worker: takes lifecycles and their activities off the queue until it is told to stop, then finishes in order."""

from collections.abc import Callable
from datetime import timedelta
from importlib.metadata import version
from typing import Any

from temporalio.client import Client
from temporalio.worker import Worker, WorkerDeploymentConfig, WorkerDeploymentVersion
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from workflows import batch_contracts, contracts
from workflows.batch import RunBatch
from workflows.delivery import DeliverNotice
from workflows.keeping import ProduceReports, ReconcileTimers
from workflows.lifecycle import PlanLifecycle
from workflows.transfer import CarryTransfer

GRACE = timedelta(seconds=8)
"""What activities under way have to finish in once the process is told to stop."""

CACHED = 200
"""Lifecycles kept in memory. Nearly every wake-up comes days after the last, so more would only cost memory."""

AT_ONCE = 20
"""Cases assessed at the same time by one worker; each holds a connection to PostgreSQL for part of that."""

CHUNKS_AT_ONCE = 2
"""Chunks of batches done at the same time by one worker: few, so that no date waits long for its turn."""

DEPLOYMENT = "planclock"


def sandbox() -> SandboxedWorkflowRunner:
    """Where workflow code runs: without a clock, chance or the network, and with nothing of ours but contracts."""
    return SandboxedWorkflowRunner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(
            "workflows.contracts", "workflows.batch_contracts"
        )
    )


def worker(client: Client, activities: list[Callable[..., Any]], *, cached: int = CACHED) -> Worker:
    """A worker over an open connection. It joins unversioned, but says which build it is (anchors, release policy)."""
    return Worker(
        client,
        task_queue=contracts.QUEUE,
        workflows=[PlanLifecycle, CarryTransfer, DeliverNotice, ReconcileTimers, ProduceReports],
        activities=activities,
        workflow_runner=sandbox(),
        graceful_shutdown_timeout=GRACE,
        max_cached_workflows=cached,
        max_concurrent_activities=AT_ONCE,
        deployment_config=_build(),
    )


def batch_worker(client: Client, activities: list[Callable[..., Any]]) -> Worker:
    """A worker for batches alone, beside the other in every worker process."""
    return Worker(
        client,
        task_queue=batch_contracts.BATCHES,
        workflows=[RunBatch],
        activities=activities,
        workflow_runner=sandbox(),
        graceful_shutdown_timeout=GRACE,
        max_concurrent_activities=CHUNKS_AT_ONCE,
        disable_eager_activity_execution=True,  # each chunk is for whichever worker has room, not for this one
        deployment_config=_build(),
    )


def _build() -> WorkerDeploymentConfig:
    build = WorkerDeploymentVersion(deployment_name=DEPLOYMENT, build_id=version("planclock"))
    return WorkerDeploymentConfig(version=build, use_worker_versioning=False)
