"""Records histories of lifecycles on a real server, for the replay tests: `python -m tests.workflows.record`.

A release whose workflow code changed adds to them under its own version. None is ever taken away: cases live for years.
"""

import asyncio
import shutil
import socket
import tempfile
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

from temporalio import activity
from temporalio.client import Client, WorkflowHandle

from deploy.local.temporal import DevServer
from deploy.local.temporal_binary import acquired
from tests.workflows.running import eventually
from tests.workflows.server import Server, free_port
from workflows import contracts
from workflows.contracts import Assessed, Case, lifecycle_id
from workflows.nudging import Nudger
from workflows.worker import worker

HISTORIES = Path(__file__).parent / "histories"


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
    finally:
        await server.stop()
        shutil.rmtree(directory)


if __name__ == "__main__":
    asyncio.run(main())
