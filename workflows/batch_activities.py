"""What batches ask for: the next chunks, one chunk done, and how far the whole is said in the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from events.store.batches import BatchState
from workflows import batch_contracts
from workflows.activities import without_values
from workflows.batch_contracts import BatchStands, Chunk, Tally
from workflows.comparing import Comparer, NoSuchBatchError

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class BatchActivities:
    """The activities of batches. Each may be called any number of times, and after its answer was lost."""

    comparer: Comparer

    @activity.defn(name=batch_contracts.PLAN_CHUNKS)
    async def plan(self, chunk: Chunk) -> list[UUID]:
        """The next chunks after a case, each by its last case."""
        with _told():
            return await self.comparer.planned(await self.comparer.asked(chunk.authority, chunk.batch), chunk.after)

    @activity.defn(name=batch_contracts.DO_CHUNK)
    async def do(self, chunk: Chunk) -> Tally:
        """Assess the cases of one chunk under what is compared, and keep what differs."""
        assert chunk.upto is not None  # noqa: S101 - the workflow asks for chunks that were planned
        with _told():
            asked = await self.comparer.asked(chunk.authority, chunk.batch)
            return await self.comparer.do(asked, chunk.after, chunk.upto, activity.heartbeat)

    @activity.defn(name=batch_contracts.PUT_BATCH)
    async def put(self, stands: BatchStands) -> None:
        """Say in the database how far a batch is."""
        with _told():
            asked = await self.comparer.asked(stands.authority, stands.batch)
            await self.comparer.put(asked, BatchState(stands.state), activity.heartbeat)
        _log.info("batch_stands", authority=str(stands.authority), batch=str(stands.batch), state=stands.state)

    @activity.defn(name=batch_contracts.AWAIT_FOLLOWERS)
    async def await_followers(self, chunk: Chunk) -> None:
        """Wait until the lists and the timers have done every case anew after an activation."""
        with _told():
            asked = await self.comparer.asked(chunk.authority, chunk.batch)
            await self.comparer.await_followers(asked, activity.heartbeat)


@contextmanager
def _told() -> Iterator[None]:
    """Tells what goes wrong as Temporal may keep it. A batch that is not there ends the workflow."""
    try:
        yield
    except NoSuchBatchError as error:
        raise ApplicationError(type(error).__name__, type=type(error).__name__, non_retryable=True) from None
    except Exception as error:  # noqa: BLE001 - whatever it was, it is told and tried again
        raise without_values(error) from None
