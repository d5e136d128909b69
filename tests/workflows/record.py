"""Records histories of workflows on a real server, for the replay tests: `python -m tests.workflows.record`.

A release whose workflow code changed adds to them under its own version. None is ever taken away: cases live for years.
"""

import asyncio
import shutil
import socket
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from uuid import UUID, uuid4

from temporalio import activity
from temporalio.client import Client, WorkflowHandle

from deploy.local.temporal import DevServer
from deploy.local.temporal_binary import acquired
from tests.workflows.running import eventually
from tests.workflows.server import Server, free_port
from workflows import batch_contracts, contracts
from workflows.batch_contracts import BatchRun, BatchStands, Chunk, Tally, batch_id
from workflows.batching import Batcher
from workflows.contracts import (
    Assessed,
    Carried,
    Case,
    Reach,
    Transfer,
    lifecycle_id,
    transfer_id,
)
from workflows.nudging import Nudger
from workflows.transfer import CarryTransfer
from workflows.worker import batch_worker, worker

HISTORIES = Path(__file__).parent / "histories"
TRANSFERS = HISTORIES / "transfers"
BATCHES = HISTORIES / "batches"


def _scenarios(now: datetime) -> dict[str, list[Assessed]]:
    """What the activity answers, one look after another. A nudge follows each answer that waits long."""
    soon, later = now + timedelta(seconds=2), now + timedelta(days=90)
    return {
        "fires-and-ends": [Assessed(open=True, next_date=soon), Assessed(open=False)],
        "dates-move-and-go": [
            Assessed(open=True, next_date=later),
            Assessed(open=True, next_date=later),
            Assessed(open=True, next_date=later + timedelta(days=1)),
            Assessed(open=True),
            Assessed(open=True, next_date=now - timedelta(days=1)),
            Assessed(open=False),
        ],
        "sandbox": [Assessed(open=True, next_date=soon, sandbox=True), Assessed(open=True, sandbox=True)],
        "still-running": [Assessed(open=True, next_date=later), *[Assessed(open=True, next_date=later)] * 5],
        "nobody": [Assessed(open=False)],
    }


async def _record(client: Client, name: str, answers: list[Assessed]) -> None:
    case, given = Case(uuid4(), uuid4()), 0

    @activity.defn(name=contracts.ASSESS)
    async def assess(_: Case) -> Assessed:
        nonlocal given
        given += 1
        return answers[given - 1]

    async with worker(client, [assess]):
        handle = client.get_workflow_handle(lifecycle_id(case))
        for nudges in range(1, len(answers) + 1):
            if nudges > given:
                await Nudger(client).nudge(case)
            await eventually(lambda n=nudges: _has_looked(handle, n))  # type: ignore[misc]  # bound at once
    history = await handle.fetch_history()
    (HISTORIES / f"{version('planclock')}-{name}.json").write_text(_anonymous(history.to_json()))


def _transfer_scenarios() -> dict[str, list[Carried]]:
    """What the activity answers, one look after another. A step follows each answer that more is to be expected."""
    return {
        "declined": [Carried(2, open=True), Carried(1, open=True), Carried(1, open=False)],
        "under-way": [Carried(2, open=True), *[Carried(0, open=True)] * 3],
        "elsewhere": [Carried(0, open=False, reach=Reach.ELSEWHERE)],
        "erased": [Carried(2, open=True), Carried(0, open=False, reach=Reach.ERASED)],
    }


async def _record_transfer(client: Client, name: str, answers: list[Carried]) -> None:
    transfer, given = Transfer(uuid4(), uuid4(), uuid4()), 0

    @activity.defn(name=contracts.CARRY)
    async def carry(_: Transfer) -> Carried:
        nonlocal given
        given += 1
        return answers[given - 1]

    async with worker(client, [carry]):
        for looks in range(1, len(answers) + 1):
            await client.start_workflow(
                CarryTransfer.run,
                transfer,
                id=transfer_id(transfer),
                task_queue=contracts.QUEUE,
                start_signal=contracts.STEP,
            )
            await eventually(lambda n=looks: _has_carried(client, transfer, n))  # type: ignore[misc]  # bound at once
    history = await client.get_workflow_handle(transfer_id(transfer)).fetch_history()
    (TRANSFERS / f"{version('planclock')}-{name}.json").write_text(_anonymous(history.to_json()))


async def _has_carried(client: Client, transfer: Transfer, times: int) -> bool:
    """Whether the run has carried so many times, and then waits or is over."""
    looks, settled = 0, False
    async for event in client.get_workflow_handle(transfer_id(transfer)).fetch_history_events():
        if event.HasField("activity_task_completed_event_attributes"):
            looks, settled = looks + 1, False
        elif event.HasField("workflow_task_completed_event_attributes"):
            settled = True
    return settled and looks >= times


async def _record_batch(client: Client, name: str, run: BatchRun, *, cases: int) -> None:
    """A batch over so many chunks of one case, which is paused as it begins, and goes on."""
    stood: list[str] = []
    ids = [UUID(int=number) for number in range(1, cases + 1)]

    @activity.defn(name=batch_contracts.PLAN_CHUNKS)
    async def plan(chunk: Chunk) -> Sequence[UUID]:
        return [each for each in ids if each > chunk.after][: batch_contracts.CHUNKS]

    @activity.defn(name=batch_contracts.DO_CHUNK)
    async def do(_: Chunk) -> Tally:
        return Tally(1, 1, 0)

    @activity.defn(name=batch_contracts.PUT_BATCH)
    async def put(stands: BatchStands) -> None:
        stood.append(stands.state)

    @activity.defn(name=batch_contracts.AWAIT_FOLLOWERS)
    async def await_followers(_: Chunk) -> None: ...

    async def stands(state: str) -> bool:
        return stood[-1:] == [state]

    batcher, handle = Batcher(client), client.get_workflow_handle(batch_id(run.authority, run.batch))
    await batcher.go_on(run)
    await batcher.pause(run.authority, run.batch)
    async with batch_worker(client, [plan, do, put, await_followers]):
        if cases:
            await eventually(lambda: stands("paused"))
            await batcher.go_on(run)
        await handle.result()
    (BATCHES / f"{version('planclock')}-{name}.json").write_text(_anonymous((await handle.fetch_history()).to_json()))


def _anonymous(history: str) -> str:
    """Without the name of the machine it was recorded on."""
    return history.replace(socket.gethostname(), "recorder")


async def _has_looked(handle: WorkflowHandle[object, object], times: int) -> bool:
    """Whether the run has looked so many times, and then waits or is over."""
    looks, settled = 0, False
    async for event in handle.fetch_history_events():
        if event.HasField("activity_task_completed_event_attributes"):
            looks, settled = looks + 1, False
        elif event.HasField("timer_started_event_attributes"):
            settled = True
        elif event.HasField("workflow_execution_completed_event_attributes"):
            return True
    return settled and looks >= times


async def main() -> None:
    """Records each scenario anew."""
    directory = Path(tempfile.mkdtemp(prefix="planclock-"))
    server = Server(
        DevServer(await acquired(print), directory / "db", "127.0.0.1", free_port(), None, directory / "log")
    )
    await server.start()
    try:
        client = await server.client()
        for name, answers in _scenarios(datetime.now(UTC)).items():
            await _record(client, name, answers)
        for name, steps in _transfer_scenarios().items():
            await _record_transfer(client, name, steps)
        for name, followed, pause, cases in (
            ("tried", False, 0.0, 25),
            ("activated", True, 0.1, 3),
            ("nobody", False, 0.0, 0),
        ):
            await _record_batch(client, name, BatchRun(uuid4(), uuid4(), pause=pause, followed=followed), cases=cases)
    finally:
        await server.stop()
        shutil.rmtree(directory)


if __name__ == "__main__":
    asyncio.run(main())
