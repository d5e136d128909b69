"""The transfer workflow over two real logs and a real Temporal: each step carried once, whatever is killed."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest
from temporalio import activity
from temporalio.api.sdk.v1 import WorkflowMetadata
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowQueryRejectedError
from temporalio.service import RPCError

from deploy.local.databases import Databases
from events.catalogue.envelope import Event
from tests.read_models.looking import without_guard
from tests.read_models.world import World
from tests.store.histories import erase
from tests.workflows.commands import environment, kill, planclock, running
from tests.workflows.looking import BORN, NAME, relayed
from tests.workflows.moving import OFFERED, Offer, carried, offered, pair
from tests.workflows.running import carrier, eventually, relay, timers, transfers, working
from tests.workflows.server import Server
from workflows import contracts
from workflows.contracts import Carried, Transfer, transfer_id
from workflows.worker import worker

pytestmark = pytest.mark.xdist_group("temporal")


async def waiting(client: Client, offer: Offer) -> bool:
    """Whether the workflow of a move has carried what there was and waits."""
    handle = client.get_workflow_handle(transfer_id(offer.transfer))
    metadata = await handle.query("__temporal_workflow_metadata", result_type=WorkflowMetadata)
    return "Waits for the next step" in metadata.current_details


async def closed(client: Client, offer: Offer) -> WorkflowExecutionStatus | None:
    described = await client.get_workflow_handle(transfer_id(offer.transfer)).describe()
    return None if described.status is WorkflowExecutionStatus.RUNNING else described.status


async def test_each_side_is_told_what_the_other_did_and_the_workflow_ends_with_the_move(
    world: World, client: Client
) -> None:
    origin, receiver, code = await pair(world)
    async with timers(world, client):
        offer = await offered(origin, receiver, code)
        await eventually(offer.there)
        await eventually(lambda: waiting(client, offer))
        case = await offer.case_there()
        await receiver.tell(case, "receiving_in_conference_declined", OFFERED, reasons="Not for good.")
        status = await eventually(lambda: closed(client, offer))

    assert status is WorkflowExecutionStatus.COMPLETED
    assert carried(await offer.there()) == {"child_registered": 1, "receiving_in_conference_requested": 1}
    assert carried(await offer.here()) == {"receiving_in_conference_declined": 1}


async def test_a_correction_after_the_end_is_carried_too(world: World, client: Client) -> None:
    origin, receiver, code = await pair(world)
    async with timers(world, client):
        offer = await offered(origin, receiver, code)
        await eventually(offer.there)
        case = await offer.case_there()
        (declined,) = await receiver.tell(case, "receiving_in_conference_declined", OFFERED, reasons="Not for good.")
        await eventually(lambda: closed(client, offer))
        await receiver.tell(case, "event_voided", OFFERED, fact=str(declined.fact), reason="Another child's.")
        here = await eventually(lambda: holding(offer, "event_voided"))

    assert carried(here) == {"receiving_in_conference_declined": 1, "event_voided": 1}


async def test_killed_between_append_and_completion_a_step_is_there_once(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contracts, "ASSESSING", timedelta(seconds=1))
    origin, receiver, code = await pair(world)
    offer, calls = await offered(origin, receiver, code), 0

    @activity.defn(name=contracts.CARRY)
    async def hangs(transfer: Transfer) -> Carried:
        nonlocal calls
        calls += 1
        found = await carrier(world).carry(transfer)
        if calls == 1:
            await asyncio.Event().wait()
        return found

    async with worker(client, [hangs]):
        await relay(world, client).relay(origin.id, None)
        await eventually(lambda: waiting(client, offer))

    assert calls >= 2, "it was not tried again"
    assert carried(await offer.there()) == {"child_registered": 1, "receiving_in_conference_requested": 1}


async def test_workers_killed_in_turn_while_children_move_carry_each_step_once(
    world: World, client: Client, databases: Databases, temporal: Server
) -> None:
    origin, receiver, code = await pair(world)
    variables, offers = environment(databases, temporal), []
    for _ in range(3):
        async with running("worker", variables) as process:
            offers.append(await offered(origin, receiver, code))
            await eventually(offers[-1].there)
            offers += [await offered(origin, receiver, code) for _ in range(4)]
            await kill(process)
    async with running("worker", variables):
        for offer in offers:
            await eventually(offer.there)
            await receiver.tell(await offer.case_there(), "receiving_in_conference_declined", OFFERED, reasons="No.")
        for offer in offers:
            await eventually(lambda offer=offer: closed(client, offer))  # type: ignore[misc]  # bound at once

    for offer in offers:
        assert carried(await offer.there()) == {"child_registered": 1, "receiving_in_conference_requested": 1}
        assert carried(await offer.here()) == {"receiving_in_conference_declined": 1}
    assert len({await offer.case_there() for offer in offers}) == len(offers)


async def test_what_temporal_lost_is_named_and_runs_again(
    world: World, client: Client, databases: Databases, temporal: Server
) -> None:
    origin, receiver, code = await pair(world)
    async with timers(world, client):
        offer = await offered(origin, receiver, code)
        await eventually(lambda: relayed_and_waiting(client, offer))
        await client.get_workflow_handle(transfer_id(offer.transfer)).terminate("by mistake")
        await eventually(lambda: nothing_held(world, client, offer))
        found = await transfers(world, client).compare(origin.id)
        await eventually(lambda: waiting_at_last(client, offer))
        await eventually(lambda: agreed(world, client, offer))
        status, said = await planclock("reconcile", str(origin.id), environment=environment(databases, temporal))

    assert found.missing == (offer.transfer,)
    assert status == 0
    assert "1 transfers under way, 1 held, 0 amiss and signalled" in said


async def test_rebuilding_the_timers_brings_open_transfers_back_from_the_logs_alone(
    world: World, client: Client
) -> None:
    origin, receiver, code = await pair(world)
    offer = await offered(origin, receiver, code)
    async with working(world, client):
        await relay(world, client).rebuild(origin.id)
        await eventually(lambda: waiting_at_last(client, offer))

    assert carried(await offer.there()) == {"child_registered": 1, "receiving_in_conference_requested": 1}


async def test_into_a_case_that_was_erased_nothing_more_is_carried(
    world: World, client: Client, databases: Databases
) -> None:
    origin, receiver, code = await pair(world)
    offer = await offered(origin, receiver, code)
    await carrier(world).carry(offer.transfer)
    superuser = await asyncpg.connect(databases.admin_dsn)
    await erase(superuser, receiver.id, await offer.case_there())
    await superuser.close()
    await origin.tell(offer.origin.case, "conference_invite_list_supplied", OFFERED)
    async with working(world, client):
        await relay(world, client).relay(origin.id, None)
        status = await eventually(lambda: closed(client, offer))

    assert status is WorkflowExecutionStatus.COMPLETED
    assert (await world.log.head(receiver.id)).position == 5


async def test_a_log_with_a_gap_is_told_nothing_until_it_is_mended(
    world: World, client: Client, databases: Databases
) -> None:
    origin, receiver, code = await pair(world)
    offer = await offered(origin, receiver, code)
    await carrier(world).carry(offer.transfer)
    case = await offer.case_there()
    superuser = await asyncpg.connect(databases.admin_dsn)
    keep = "create temporary table kept as select * from es.event where authority = $1 and case_id = $2 and version = 1"
    await superuser.execute(keep.replace("$1", f"'{receiver.id}'").replace("$2", f"'{case}'"))
    await without_guard(
        superuser, "delete from es.event where authority = $1 and case_id = $2 and version = 1", receiver.id, case
    )
    await origin.tell(offer.origin.case, "conference_invite_list_supplied", OFFERED)
    async with timers(world, client):
        failing = await eventually(lambda: failure(client, offer))
        await without_guard(superuser, "insert into es.event select * from kept")
        await eventually(lambda: holding_there(offer, "conference_invite_list_supplied"))
    await superuser.close()

    assert "should go on with version 1" in failing


async def test_temporal_knows_nothing_of_who_moves(world: World, client: Client) -> None:
    origin, receiver, code = await pair(world)
    async with timers(world, client):
        offer = await offered(origin, receiver, code)
        await eventually(lambda: waiting_at_last(client, offer))
        history = (await client.get_workflow_handle(transfer_id(offer.transfer)).fetch_history()).to_json()

    assert all(each not in history for each in (NAME, NAME.split()[0], BORN, code))


async def waiting_at_last(client: Client, offer: Offer) -> bool:
    try:
        return await waiting(client, offer)
    except (RPCError, WorkflowQueryRejectedError):
        return False  # it is not there yet, or nobody works for it


async def relayed_and_waiting(client: Client, offer: Offer) -> bool:
    """Whether it waits, and no news that would start it again is under way: what it carried is news as well."""
    told = await relayed(offer.receiver.world, offer.origin.authority, offer.receiver.id)
    return told and await waiting_at_last(client, offer)


async def failure(client: Client, offer: Offer) -> str:
    """What the activity of a move fails with."""
    try:
        described = await client.get_workflow_handle(transfer_id(offer.transfer)).describe()
    except RPCError:
        return ""  # it was not started yet
    pending = described.raw_description.pending_activities
    return pending[0].last_failure.message if pending else ""


async def holding(offer: Offer, type_: str) -> list[Event]:
    """The origin's case once that was carried into it."""
    events = await offer.here()
    return events if carried(events)[type_] else []


async def holding_there(offer: Offer, type_: str) -> bool:
    return bool(carried(await offer.there())[type_])


async def nothing_held(world: World, client: Client, offer: Offer) -> bool:
    return not await transfers(world, client)._held(offer.origin.authority)


async def agreed(world: World, client: Client, offer: Offer) -> bool:
    """Whether the logs and Temporal agree on one move under way."""
    found = await transfers(world, client).compare(offer.origin.authority)
    return (found.expected, found.held, found.missing, found.owing) == (1, 1, (), ())
