"""`make bench`: measures, prints each row beside its aim, and never fails for being slow."""

import argparse
import asyncio
import os
import platform
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

import asyncpg

from deploy.local.postgres import Cluster
from deploy.local.temporal_binary import NoTemporalError
from service.logs import configure
from tests.bench.measuring import Effort, Row
from tests.bench.stage import Stage
from tests.bench.topics import TOPICS

_ROUNDS = 15
_LONG_CASE = 200
_SMALLEST, _GROWTH = 10_000, 1_000_000
"""Events in the smallest log that is measured, and by default in the largest."""

_CASES = 2_000
"""Open cases whose timers are compared with the log, by default: it takes minutes to set the timers of 10,000."""


def main() -> None:
    """Measures what is asked for on a PostgreSQL of its own, which is gone afterwards."""
    asked = _asked()
    configure("console", "warning")
    directory = Path(tempfile.mkdtemp(prefix="planclock-bench-", dir="/tmp"))
    directory.chmod(0o711)
    began = perf_counter()
    try:
        with Cluster(directory / "postgres") as cluster:
            logs = tuple(_SMALLEST * 10**times for times in range(10) if _SMALLEST * 10**times <= asked.growth)
            stage = Stage(cluster, Effort(_ROUNDS, 1.0, _LONG_CASE, logs, asked.cases))
            rows = asyncio.run(_measure(stage, asked.topics or list(TOPICS)))
    finally:
        shutil.rmtree(directory)
    print(f"\n{_summary(rows)}\n\nAll of it took {perf_counter() - began:.0f} s; GROWTH=100000 takes less.")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("topics", nargs="*", help=f"some of: {', '.join(TOPICS)}; by default all")
    parser.add_argument("--growth", type=int, default=_GROWTH, metavar="EVENTS", help="grow a log to so many events")
    parser.add_argument("--cases", type=int, default=_CASES, metavar="CASES", help="compare so many cases' timers")
    asked = parser.parse_args()
    if unknown := set(asked.topics) - set(TOPICS):
        parser.error(f"there is no {', '.join(sorted(unknown))}: there are {', '.join(TOPICS)}")
    return asked


async def _measure(stage: Stage, topics: Iterable[str]) -> list[Row]:
    print(await _machine(stage))
    rows = []
    for topic in topics:
        began = perf_counter()
        print(f"\n{topic}: {TOPICS[topic].__doc__}", flush=True)
        try:
            async for row in TOPICS[topic](stage):
                print(row.written(), flush=True)
                rows.append(row)
        except NoTemporalError as error:
            print(f"  not measured: {error}")
        print(f"  took {perf_counter() - began:.0f} s")
    return rows


async def _machine(stage: Stage) -> str:
    connection = await asyncpg.connect(stage.cluster.dsn("postgres"))
    postgresql = await connection.fetchval("show server_version")
    fsync = await connection.fetchval("show fsync")
    await connection.close()
    return (
        f"{os.cpu_count()} processors, Python {platform.python_version()}, PostgreSQL {postgresql}, fsync {fsync}. "
        "Each row is measured in turns with what stands beneath it: medians, and from where to where."
    )


def _summary(rows: Iterable[Row]) -> str:
    """The rows that have an aim, as a table in Markdown."""
    lines = ["| Work | Against | Aim | Reached | |", "|---|---|---|---|---|"]
    lines += [
        f"| {row.ours.of} | {row.theirs.of} | {row.written_aim} | {row.ratio:.2f} | {row.mark} |"
        for row in rows
        if row.theirs and row.aim is not None
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
