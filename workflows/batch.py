"""Work over every case of an authority: chunk after chunk, on as many workers as there are, paused when it is told."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from temporalio import workflow
from temporalio.common import RetryPolicy

from workflows import batch_contracts, contracts
from workflows.batch_contracts import BatchRun, BatchStands, Chunk, Tally

_RETRY = RetryPolicy(maximum_interval=contracts.RETRY_AT_MOST)


@workflow.defn(name=batch_contracts.BATCH)
class RunBatch:
    """Its chunks may be done twice, in any order and by anybody: the database keeps what was found in a case once."""

    @workflow.init
    def __init__(self, run: BatchRun) -> None:
        self._run = run
        self._paused = run.paused
        self._tally = run.tally
        self._under_way = 0

    @workflow.signal(name=batch_contracts.PAUSE)
    def pause(self) -> None:
        """Begin nothing more. What is under way is finished first."""
        self._paused = True

    @workflow.signal(name=batch_contracts.RESUME)
    def resume(self) -> None:
        """Go on."""
        self._paused = False

    @workflow.query(name=batch_contracts.PROGRESS)
    def progress(self) -> Tally:
        """How far it has come."""
        return self._tally

    @workflow.run
    async def run(self, run: BatchRun) -> Tally:
        """Does every case once; its result is how many there were."""
        after = run.after
        await self._put("running")
        while bounds := await self._planned(after):
            await self._do(after, bounds)
            after = bounds[-1]
            if self._is_long():
                workflow.continue_as_new(replace(run, after=after, tally=self._tally, paused=self._paused))
        if run.followed:
            workflow.set_current_details(f"{_in_words(self._tally)} Waits for the lists and the timers to follow.")
            await self._followed()
        await self._put("done")
        workflow.set_current_details(f"Done. {_in_words(self._tally)}")
        return self._tally

    async def _do(self, after: UUID, bounds: list[UUID]) -> None:
        """Does the chunks that end at these cases, so many at once."""
        chunks = []
        for upto in bounds:
            await self._turn()
            chunks.append(asyncio.create_task(self._one(Chunk(self._run.authority, self._run.batch, after, upto))))
            after = upto
        await asyncio.gather(*chunks)

    async def _turn(self) -> None:
        """Waits until another chunk may begin: not while paused, nor too many at once, nor too soon after the last."""
        if self._run.pause > 0:
            await workflow.sleep(timedelta(seconds=self._run.pause), summary="so as not to crowd out daily work")
        await workflow.wait_condition(lambda: self._paused or self._under_way < batch_contracts.CHUNKS_AT_ONCE)
        while self._paused:
            await workflow.wait_condition(lambda: self._under_way == 0)
            await self._put("paused")
            workflow.set_current_details(f"Paused. {_in_words(self._tally)}")
            await workflow.wait_condition(lambda: not self._paused)
            await self._put("running")
        self._under_way += 1

    async def _one(self, chunk: Chunk) -> None:
        tally: Tally = await workflow.execute_activity(
            batch_contracts.DO_CHUNK,
            chunk,
            result_type=Tally,
            start_to_close_timeout=batch_contracts.CHUNK_MAY_TAKE,
            heartbeat_timeout=batch_contracts.CHUNK_SILENT,
            retry_policy=_RETRY,
        )
        self._under_way -= 1
        self._tally += tally
        workflow.set_current_details(f"Running. {_in_words(self._tally)}")

    async def _planned(self, after: UUID) -> list[UUID]:
        bounds: list[UUID] = await workflow.execute_activity(
            batch_contracts.PLAN_CHUNKS,
            Chunk(self._run.authority, self._run.batch, after),
            result_type=list[UUID],
            start_to_close_timeout=contracts.ASSESSING,
            retry_policy=_RETRY,
        )
        return bounds

    async def _put(self, state: str) -> None:
        await workflow.execute_activity(
            batch_contracts.PUT_BATCH,
            BatchStands(self._run.authority, self._run.batch, state),
            start_to_close_timeout=batch_contracts.CHUNK_MAY_TAKE,
            heartbeat_timeout=batch_contracts.CHUNK_SILENT,
            retry_policy=_RETRY,
        )

    async def _followed(self) -> None:
        await workflow.execute_activity(
            batch_contracts.AWAIT_FOLLOWERS,
            Chunk(self._run.authority, self._run.batch, self._run.after),
            start_to_close_timeout=batch_contracts.FOLLOWING,
            heartbeat_timeout=contracts.HEARTBEAT,
            retry_policy=_RETRY,
        )

    @staticmethod
    def _is_long() -> bool:
        info = workflow.info()
        return info.is_continue_as_new_suggested() or info.get_current_history_length() >= contracts.LONGEST_RUN


def _in_words(tally: Tally) -> str:
    return f"{tally.done} cases done: {tally.changed} change, {tally.failed} could not be assessed."
