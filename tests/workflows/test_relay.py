"""The relay: a nudge for each case that something happened to, never one too few."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg
import pytest
from temporalio.client import Client

from events.store.errors import LogError
from events.store.read_models.checkpoints import TIMERS, look
from events.store.read_models.turns import Pace
from tests.read_models.looking import without_guard
from tests.read_models.world import CATALOGUE, Place, World
from workflows.contracts import Case
from workflows.nudging import Nudger, TemporalAwayError
from workflows.relay import Relay


@dataclass(frozen=True)
class Remembering(Nudger):
    """Stands for Temporal: remembers whom it was asked to nudge, and may be away."""

    nudged: list[UUID] = field(default_factory=list)
    away: list[bool] = field(default_factory=lambda: [False])

    async def nudge_all(self, cases: Iterable[Case]) -> None:
        if self.away[0]:
            raise TemporalAwayError("Temporal cannot be reached")
        self.nudged.extend(case.case for case in cases)


@pytest.fixture
async def nudger() -> Remembering:
    return Remembering(await Client.connect("127.0.0.1:9", lazy=True))


@pytest.fixture
def relay(world: World, nudger: Remembering) -> Relay:
    return Relay(world.database.worker, nudger, CATALOGUE, "test", Pace(events=5, cases=2))


async def test_each_case_is_nudged_once_a_batch_and_the_authority_never(
    place: Place, relay: Relay, nudger: Remembering
) -> None:
    first, second = await place.child(), await place.child()
    await relay.relay(place.id, None)

    assert set(nudger.nudged) == {first, second}
    assert place.id not in nudger.nudged


async def test_announcements_nudge_nobody(place: Place, relay: Relay, nudger: Remembering) -> None:
    case = await place.child()
    await relay.relay(place.id, None)
    nudger.nudged.clear()
    await place.tell(case, "duty_announced", "2025-01-06", duty="STF-T01:1", rule="STF-T01", said="due")
    await relay.relay(place.id, 1)

    assert nudger.nudged == []


async def test_an_activation_nudges_every_case(place: Place, relay: Relay, nudger: Remembering) -> None:
    cases = {await place.child() for _ in range(5)}
    await relay.relay(place.id, None)
    nudger.nudged.clear()
    await place.activate_with(("hours = 24", "hours = 48"))
    await relay.relay(place.id, 1)

    assert set(nudger.nudged) == cases


async def test_while_temporal_is_away_the_checkpoint_stands_and_nothing_is_lost(
    world: World, place: Place, relay: Relay, nudger: Remembering
) -> None:
    case = await place.child()
    nudger.away[0] = True
    with pytest.raises(TemporalAwayError):
        await relay.relay(place.id, None)
    before = await look(world.database.worker, place.id, TIMERS)
    nudger.away[0] = False
    await relay.relay(place.id, 1)

    assert before is not None
    assert before.position == 0
    assert set(nudger.nudged) == {case}


async def test_it_goes_on_by_itself_once_temporal_is_back(place: Place, relay: Relay, nudger: Remembering) -> None:
    case = await place.child()
    nudger.away[0], stop = True, asyncio.Event()
    running = asyncio.create_task(relay.run(stop))
    await asyncio.sleep(0)
    nudger.away[0] = False
    async with asyncio.timeout(30):
        while case not in nudger.nudged:
            await asyncio.sleep(0.01)
    stop.set()
    await running


async def test_two_relays_never_hold_the_same_authority(place: Place, relay: Relay, nudger: Remembering) -> None:
    await place.child()
    held = await relay._turns.take(place.id, None)
    await relay.relay(place.id, 1)

    assert held is not None
    assert nudger.nudged == []


async def test_a_gap_in_the_log_halts_it_rather_than_skipping(
    world: World, place: Place, relay: Relay, nudger: Remembering, admin_dsn: str
) -> None:
    await place.child()
    superuser = await asyncpg.connect(admin_dsn)
    await without_guard(superuser, "delete from es.event where authority = $1 and position = 5", place.id)
    await superuser.close()
    await relay.relay(place.id, None)
    stopped = await look(world.database.worker, place.id, TIMERS)

    assert stopped is not None
    assert stopped.status == "halted"
    assert nudger.nudged == []
    with pytest.raises(LogError, match="halted"):
        await relay.rebuild(place.id)
