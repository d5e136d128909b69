"""How the timers are, in numbers, for whoever keeps an eye on them."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from asyncpg import InterfaceError, PostgresError
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from events.store.connect import Pool
from events.store.read_models.checkpoints import TIMERS
from events.store.read_models.lag import lags
from events.store.read_models.reconciliations import expected_timers, latest
from workflows import contracts
from workflows.held import RUNNING

LATE = timedelta(minutes=1)
"""How long after its date a timer counts as late to fire."""

JOINED = timedelta(minutes=2)
"""Within which a worker that is there has polled: a poll waits for a minute. Temporal tells of it for five."""

PATIENCE = timedelta(seconds=2)
"""How long Temporal has for each answer."""

_REMEMBERED = 10.0
"""Seconds for which an answer is given again: counting is not free, and these addresses are asked often."""


@dataclass(frozen=True)
class Seen:
    """How the timers are. What Temporal alone knows is None while it does not say, as is what the database knows.

    `workers` polled in the last two minutes; `backlog` is what waits for them. `expected` cases should have a timer by
    the lists and `held` have one; `late` should have fired. `behind_*` is the relay's, which is `halted` at so many
    authorities; `amiss` is what the last comparisons found.
    """

    reachable: bool
    workers: int | None = None
    backlog: int | None = None
    held: int | None = None
    late: int | None = None
    expected: int | None = None
    behind_events: int | None = None
    behind_seconds: float | None = None
    halted: int | None = None
    amiss: int | None = None

    @property
    def running(self) -> bool:
        """Whether timers fire: Temporal is there, and somebody works for it."""
        return self.reachable and bool(self.workers)


@dataclass
class Watching:
    """Looks at Temporal through a lazy connection, and at the database as the worker role where that is allowed."""

    client: Client
    pool: Pool | None
    timer: Callable[[], float] = time.monotonic
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    _seen: Seen | None = field(default=None, init=False)
    _at: float = field(default=0.0, init=False)

    async def look(self) -> Seen:
        """How the timers are now, or were a few seconds ago. Never raises for a part that does not answer."""
        if self._seen is None or self.timer() - self._at > _REMEMBERED:
            self._seen, self._at = await self._look(), self.timer()
        return self._seen

    async def _look(self) -> Seen:
        try:
            workers, backlog = await self._queue()
        except (RPCError, RuntimeError):
            return await self._with_database(Seen(reachable=False))
        late = f"{RUNNING} and {contracts.NEXT_DATE} < '{(self.clock() - LATE).isoformat()}'"
        held, late_now = await self._count(RUNNING), await self._count(late)
        seen = Seen(reachable=True, workers=workers, backlog=backlog, held=held, late=late_now)
        return await self._with_database(seen)

    async def _count(self, query: str) -> int | None:
        """Counted where Temporal keeps its lists: timers fire whether or not those answer, or know the attribute."""
        try:
            return (await self.client.count_workflows(query, rpc_timeout=PATIENCE)).count
        except (RPCError, RuntimeError):
            return None

    async def _queue(self) -> tuple[int, int]:
        """How many workers polled lately, and how many tasks wait for one."""
        described = await self.client.workflow_service.describe_task_queue(
            DescribeTaskQueueRequest(
                namespace=self.client.namespace,
                task_queue=TaskQueue(name=contracts.QUEUE),
                task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
                report_stats=True,
            ),
            timeout=PATIENCE,
        )
        since = self.clock() - JOINED
        polled = {each.identity for each in described.pollers if each.last_access_time.ToDatetime(UTC) > since}
        return len(polled), described.stats.approximate_backlog_count

    async def _with_database(self, seen: Seen) -> Seen:
        if self.pool is None:
            return seen
        try:
            behind = await lags(self.pool, TIMERS)
            compared = await latest(self.pool)
            expected = await expected_timers(self.pool)
        except (PostgresError, InterfaceError, OSError):
            return seen
        return replace(
            seen,
            expected=expected,
            behind_events=sum(lag.events for lag in behind),
            behind_seconds=max((lag.seconds for lag in behind), default=0.0),
            halted=sum(lag.halted for lag in behind),
            amiss=sum(each.amiss for each in compared),
        )
