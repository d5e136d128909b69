"""A worker process that keeps workflows in memory and does nothing else, so that its memory can be looked at.

It says a line when it is ready, and one for each line it is told, with the memory it uses.
"""

import asyncio
import gc
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker

from tests.bench.noop import QUEUE, Waiting
from workflows import contracts
from workflows.contracts import Assessed, Case
from workflows.worker import worker

_FIELD = "VmRSS:"


@activity.defn(name=contracts.ASSESS)
async def _assess(_: Case) -> Assessed:
    return Assessed(open=True, next_date=datetime.now(UTC) + timedelta(days=90))


async def main(address: str, cached: int) -> None:
    """Works until its input ends."""
    client = await Client.connect(address)
    lifecycles = worker(client, [_assess], cached=cached)
    waiting = Worker(client, task_queue=QUEUE, workflows=[Waiting], max_cached_workflows=cached)
    async with lifecycles, waiting:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while await asyncio.to_thread(sys.stdin.readline):
            gc.collect()
            sys.stdout.write(f"{_kibibytes()}\n")
            sys.stdout.flush()


def _kibibytes() -> int:
    """What of this process stands in memory, as the kernel counts it."""
    with Path("/proc/self/status").open() as status:
        (line,) = (line for line in status if line.startswith(_FIELD))
    return int(line.split()[1])


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
