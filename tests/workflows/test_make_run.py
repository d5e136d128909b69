"""`make run` with Temporal: timers run, and go on after the death of any part."""

import asyncio
import os
import signal
import uuid
from pathlib import Path
from typing import Any

import httpx2
import pytest

from deploy.local.temporal_binary import NoTemporalError, acquired
from tests.platform.running import Running, running

pytestmark = [pytest.mark.xdist_group("temporal"), pytest.mark.timeout(400)]


@pytest.fixture
async def state(short_directory: Path) -> Path:
    try:
        await acquired(print)
    except NoTemporalError as error:
        pytest.skip(str(error))
    made = short_directory / uuid.uuid4().hex[:8]
    made.mkdir(mode=0o711)
    return made


async def timers(run: Running) -> dict[str, Any]:
    """How /readyz says they are; nothing while the API is away."""
    async with httpx2.AsyncClient(base_url=run.url) as api:
        try:
            found: dict[str, Any] = (await api.get("/readyz")).json()["timers"]
        except httpx2.TransportError:
            return {}
    return found


async def all_held(run: Running) -> int:
    """How many cases are watched, once every one that should be is, and nothing waits to be relayed."""
    async with asyncio.timeout(120):
        while not (found := await timers(run)).get("running") or not _complete(found):
            await asyncio.sleep(0.2)
    return int(found["held"])


def _complete(found: dict[str, Any]) -> bool:
    return bool(found["expected"] == found["held"] and found["behind_events"] == 0)


async def test_every_case_is_watched_and_still_is_after_each_part_was_killed(state: Path) -> None:
    async with running(state, temporal=True) as run:
        await run.until("Temporal is up")
        await run.until("Ctrl-C stops everything")
        before = await all_held(run)
        for part in ("start-dev", "worker", "api"):
            os.kill(run.part(part), signal.SIGKILL)
            await run.until("starting it again")
        after = await all_held(run)

    assert after == before > 0
    assert any("Timers are running" in line for line in run.said)


async def test_timers_survive_a_restart_of_everything(state: Path) -> None:
    async with running(state, temporal=True) as run:
        await run.until("Ctrl-C stops everything")
        before = await all_held(run)
    async with running(state, temporal=True) as again:
        await again.until("Ctrl-C stops everything")
        after = await all_held(again)

    assert after == before > 0
