"""Timers running in the test's own process: the relay and a worker, over a real log and a real Temporal."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar
from uuid import UUID

from temporalio.client import Client

from tests.read_models.world import World, the_engine
from tests.workflows.clocks import announcer
from workflows.activities import Activities, KeepingActivities, TransferActivities
from workflows.announcing import IsSandbox
from workflows.carrying import Carrier
from workflows.held import Held
from workflows.nudging import Nudger
from workflows.reconcile import Reconciler
from workflows.reconcile_transfers import TransferReconciler
from workflows.relay import Relay
from workflows.signalling import Signaller
from workflows.voice import Voice
from workflows.worker import worker

PATIENCE = 120.0
"""Seconds for whatever is waited for: more than a slow and busy machine needs."""

T = TypeVar("T")


async def eventually(look: Callable[[], Awaitable[T | None]], patience: float = PATIENCE) -> T:
    """What `look` returns once it is truthy."""
    async with asyncio.timeout(patience):
        while not (found := await look()):
            await asyncio.sleep(0.05)
        return found


def sandboxes(world: World) -> IsSandbox:
    async def is_sandbox(authority: UUID) -> bool:
        found = await world.log.authority(authority)
        return found is not None and found.sandbox

    return is_sandbox


def activities(world: World) -> Activities:
    return Activities(announcer(world), sandboxes(world))


def reconciler(world: World, client: Client) -> Reconciler:
    return Reconciler(world.database.worker, announcer(world), sandboxes(world), Held(client), Nudger(client))


def carrier(world: World) -> Carrier:
    return Carrier(Voice(world.log, world.catalogue), the_engine().assessor, world.rules.of)


def signaller(world: World, client: Client) -> Signaller:
    return Signaller(client, world.database.worker, carrier(world))


def transfers(world: World, client: Client) -> TransferReconciler:
    return TransferReconciler(client, world.database.worker, signaller(world, client))


def relay(world: World, client: Client, owner: str = "test") -> Relay:
    sends = signaller(world, client)
    return Relay(world.database.worker, Nudger(client), world.catalogue, owner, signaller=sends)


@asynccontextmanager
async def working(world: World, client: Client) -> AsyncIterator[None]:
    """A worker takes lifecycles off the queue."""
    keeping = KeepingActivities(world.log, reconciler(world, client), transfers(world, client))
    carrying = TransferActivities(carrier(world))
    async with worker(client, [activities(world).assess, carrying.carry, keeping.authorities, keeping.compare]):
        yield


@asynccontextmanager
async def timers(world: World, client: Client) -> AsyncIterator[None]:
    """A relay and a worker."""
    stop = asyncio.Event()
    relaying = asyncio.create_task(relay(world, client).run(stop))
    async with working(world, client):
        yield
        stop.set()
        await relaying
