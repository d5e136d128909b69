"""Notices delivered on a real Temporal to a real receiver: over failures, once, and never because of a rebuild."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import httpx2
import pytest
from temporalio.client import Client, WorkflowExecutionStatus

from events.case.noticing import Notice
from events.store.read_models.histories import moves
from tests.read_models.world import Place, World
from tests.workflows.clocks import announcer
from tests.workflows.looking import NAME
from tests.workflows.receiver import Receiver, receiving
from tests.workflows.running import activities, eventually, reconciler, relay
from workflows import webhook
from workflows.activities import DeliveryActivities
from workflows.contracts import Delivery, delivery_id
from workflows.delivering import SETTLED, Deliverer
from workflows.dispatching import Deliveries
from workflows.worker import worker

pytestmark = [pytest.mark.xdist_group("temporal")]
PAUSE = timedelta(milliseconds=200)


def deliverer(world: World, receiver: Receiver | None, http: httpx2.AsyncClient) -> Deliverer:
    says = announcer(world)
    return Deliverer(
        says.voice, says.assessor, says.rules_of, lambda _, __: receiver.webhook if receiver else None, http
    )


@asynccontextmanager
async def delivering(
    world: World, client: Client, receiver: Receiver | None, retry_for: timedelta = timedelta(seconds=30)
) -> AsyncIterator[None]:
    """A worker and a relay that deliver to a receiver."""
    stop = asyncio.Event()
    follows = replace(relay(world, client), deliveries=Deliveries(client, retry_for, PAUSE))
    async with httpx2.AsyncClient() as http:
        acts = DeliveryActivities(deliverer(world, receiver, http))
        async with worker(client, [activities(world).assess, acts.hand_over, acts.give_up]):
            relaying = asyncio.create_task(follows.run(stop))
            yield
            stop.set()
            await relaying


async def child(place: Place) -> tuple[UUID, str]:
    """A child on a plan, and the key of the notice to the health authority."""
    case = await place.child()
    await place.tell(case, "child_registered", "2025-01-06", names=NAME)
    await place.plan(case)
    return case, (await notice(place, case)).key


async def notice(place: Place, case: UUID) -> Notice:
    """The notice to the health authority."""
    events = await place.world.log.read_case(place.id, case)
    in_force = await place.world.rules.of(place.id)
    now = max(await place.world.log.now(place.id), events[-1].recorded_at)
    found = place.world.build.assessor.notices(events, in_force.policies, in_force.calendar, now)
    return next(each for each in found if each.rule == "STF-T32" and each.recipient == "health authority")


async def ask(place: Place, case: UUID, key: str) -> Delivery:
    (event,) = await place.tell(case, "notification_requested", "2025-01-13", register_id=key)
    return Delivery(place.id, case, event.position)


async def came_to(place: Place, case: UUID, status: str) -> Notice:
    async def look() -> Notice | None:
        found = await notice(place, case)
        return found if found.status.value == status else None

    found = await eventually(look)
    assert found is not None
    return found


async def test_a_notice_asked_for_is_sent_after_failures_under_one_id_and_tells_nobodys_name(
    world: World, place: Place, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "PATIENCE", 1.0)
    case, key = await child(place)
    async with receiving(500, None, 503) as receiver, delivering(world, client, receiver):
        delivery = await ask(place, case, key)
        sent = await came_to(place, case, "sent")

    assert len(receiver.ids) == 4
    assert len(set(receiver.ids)) == 1
    assert [step.what for step in sent.steps] == ["requested", "sent"]
    assert receiver.bodies[-1]["data"] == {
        "authority": str(place.id), "case": str(case), "clause": "STF-T32", "key": key, "position": delivery.position,
    }  # fmt: skip
    history = [str(event) async for event in client.get_workflow_handle(delivery_id(delivery)).fetch_history_events()]
    for told in (*history, *map(str, receiver.raw)):
        assert NAME not in told
        assert "health authority" not in told


async def test_a_notice_that_nobody_takes_fails_where_a_person_sees_it_and_can_be_sent_again(
    world: World, place: Place, client: Client
) -> None:
    case, key = await child(place)
    async with receiving(400) as receiver, delivering(world, client, receiver):
        delivery = await ask(place, case, key)
        failed = await came_to(place, case, "failed")
        assert failed.steps[-1].said["reason"] == "the receiver refused it: 400"

        await ask(place, case, key)
        await came_to(place, case, "sent")

    described = await client.get_workflow_handle(delivery_id(delivery)).describe()
    assert described.status is WorkflowExecutionStatus.COMPLETED
    assert len(set(receiver.ids)) == 2


async def test_tries_go_on_only_so_long(world: World, place: Place, client: Client) -> None:
    case, key = await child(place)
    async with receiving(*[503] * 100) as receiver, delivering(world, client, receiver, timedelta(seconds=2)):
        await ask(place, case, key)
        failed = await came_to(place, case, "failed")

    assert failed.steps[-1].said["reason"] in {"the receiver answered 503", "the channel did not take it in time"}
    assert len(receiver.ids) > 1


async def test_without_a_channel_it_fails_and_says_so(world: World, place: Place, client: Client) -> None:
    case, key = await child(place)
    async with delivering(world, client, None):
        await ask(place, case, key)
        failed = await came_to(place, case, "failed")

    assert failed.steps[-1].said["reason"] == "no channel is set up for this recipient"


async def test_a_worker_killed_after_the_receiver_took_it_hands_it_over_under_the_same_id_and_records_it_once(
    world: World, place: Place
) -> None:
    case, key = await child(place)
    delivery = await ask(place, case, key)

    async with receiving() as receiver, httpx2.AsyncClient() as http:
        delivers = deliverer(world, receiver, http)
        dying = asyncio.create_task(delivers.hand_over(delivery.authority, delivery.case, delivery.position))

        def die() -> None:
            dying.cancel()

        receiver.taken = die
        with pytest.raises(asyncio.CancelledError):
            await dying
        assert (await notice(place, case)).status.value == "requested"

        receiver.taken = lambda: None
        again = [delivers.hand_over(delivery.authority, delivery.case, delivery.position) for _ in range(3)]
        await asyncio.gather(*again)
        assert await delivers.hand_over(delivery.authority, delivery.case, delivery.position) == SETTLED

    assert len(set(receiver.ids)) == 1
    events = await world.log.read_case(place.id, case)
    assert [event.type for event in events].count("notification_sent") == 1


async def test_nothing_is_sent_by_a_rebuild_a_replay_or_a_reconcile(world: World, place: Place, client: Client) -> None:
    case, key = await child(place)
    async with receiving() as receiver, delivering(world, client, receiver):
        delivery = await ask(place, case, key)
        await came_to(place, case, "sent")
        taken = len(receiver.ids)
        follows = replace(relay(world, client, "again"), deliveries=Deliveries(client, pause=PAUSE))

        await follows.rebuild(place.id)
        await reconciler(world, client).compare(place.id, nightly=True, alive=lambda: None)
        await Deliveries(client, pause=PAUSE).follow(place.id, await moves(world.database.worker, place.id, 0, 1_000))

        assert (taken, len(receiver.ids)) == (1, 1)
    async with receiving() as other, httpx2.AsyncClient() as http:
        came_of_it = await deliverer(world, other, http).hand_over(place.id, case, delivery.position)
        assert (came_of_it, other.ids) == (SETTLED, [])


async def test_without_temporal_a_request_waits_and_goes_out_when_it_is_there(
    world: World, place: Place, client: Client
) -> None:
    case, key = await child(place)
    await ask(place, case, key)
    assert (await notice(place, case)).status.value == "requested"

    async with receiving() as receiver, delivering(world, client, receiver):
        await came_to(place, case, "sent")
    assert len(receiver.ids) == 1
