"""A log restored to yesterday under a Temporal that is ahead: what differs is named and mended, and nothing is lost."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client

from deploy.local.databases import Databases
from deploy.local.postgres import Cluster
from events.store.read_models.checkpoints import TIMERS, look
from tests.read_models.world import Place, World
from tests.workflows.clocks import of_form, said_of
from tests.workflows.commands import environment, planclock
from tests.workflows.looking import closed, form_due_in, missed, waits
from tests.workflows.running import eventually, reconciler, timers
from tests.workflows.server import Server
from workflows.contracts import Case
from workflows.held import Held

pytestmark = pytest.mark.xdist_group("temporal")


@pytest.fixture
async def own(cluster: Cluster, template: Databases) -> AsyncIterator[Databases]:
    """A log and keys that this test may take away."""
    suffix = uuid4().hex[:8]
    own = Databases(cluster, f"log_{suffix}", f"keys_{suffix}")
    await cluster.create_database(own.log, template=template.log)
    await cluster.create_database(own.keys, template=template.keys)
    yield own
    for name in (own.log, own.keys, f"{own.log}_yesterday"):
        await cluster.drop_database(name)


@asynccontextmanager
async def day(own: Databases, client: Client, authority: UUID | None = None) -> AsyncIterator[Place]:
    """One authority of this log while timers run; a new one unless it is named."""
    async with World.opened(own.log_dsn, own.keys_dsn, own.worker_dsn) as world, timers(world, client):
        place = Place(world, authority) if authority else await world.real()
        yield place
        await eventually(lambda: relayed(place))


async def relayed(place: Place) -> bool:
    """Whether the relay has come to the end of the log."""
    come_to = await look(place.world.database.worker, place.id, TIMERS)
    return come_to is not None and come_to.position == (await place.world.log.head(place.id)).position


async def test_what_the_restored_log_no_longer_knows_ends_and_what_it_never_said_is_said(
    own: Databases, cluster: Cluster, temporal: Server, client: Client
) -> None:
    async with day(own, client) as place:
        cases = {name: (await form_due_in(place, 3600))[0] for name in ("unchanged", "moved", "ended")}
        cases["past"], due = await form_due_in(place, 12)
        for case in cases.values():
            await eventually(lambda each=case: waits(client, Case(place.id, each)))  # type: ignore[misc]  # bound at once
    await cluster.create_database(f"{own.log}_yesterday", template=own.log)

    async with day(own, client, place.id) as today:
        cases["stranger"], _ = await form_due_in(today, 3600)
        await move(today, cases["moved"])
        await void(today, cases["ended"])
        assert await eventually(lambda: closed(client, Case(place.id, cases["ended"])))
        await eventually(lambda: waits(client, Case(place.id, cases["stranger"])))
        assert (await missed(today, cases["past"]))[-1] == ("missed", due)
        before = [event.item.id for event in await said_of(today, cases["past"])]

    await cluster.drop_database(own.log)
    await cluster.create_database(own.log, template=f"{own.log}_yesterday")
    async with day(own, client, place.id) as again:
        status, named = await planclock("reconcile", str(place.id), environment=environment(own, temporal))
        assert (await missed(again, cases["past"]))[-1] == ("missed", due)
        assert await eventually(lambda: closed(client, Case(place.id, cases["stranger"])))
        await eventually(lambda: nothing_amiss(again, client))
        after = await said_of(again, cases["past"])
        held = await Held(client).all(place.id)

    assert status == 0
    assert {line for line in named.splitlines() if line.startswith("  ")} == {
        f"  {cases['stranger']}  a timer and no open duty",
        f"  {cases['moved']}  waits for another date than the log gives",
        f"  {cases['ended']}  an open duty and no timer",
        f"  {cases['past']}  something is due and was not said",
    }
    assert of_form(after).count(("missed", due)) == 1
    assert [event.item.id for event in after] == before, "whoever heard it yesterday cannot know it again"
    assert held.keys() == {case for name, case in cases.items() if name != "stranger"}


async def move(place: Place, case: UUID) -> None:
    """The form falls due half an hour earlier than was thought."""
    (asked,) = [each for each in await place.world.log.read_case(place.id, case) if each.item.type == ASKED]
    assert asked.item.occurred_at is not None
    earlier = (asked.item.occurred_at - timedelta(minutes=30)).isoformat()
    await place.tell(case, "event_corrected", DAY, fact=str(asked.fact), reason="typing error", occurred_at=earlier)


async def void(place: Place, case: UUID) -> None:
    """No duty of the case remains."""
    (asked,) = [each for each in await place.world.log.read_case(place.id, case) if each.item.type == ASKED]
    await place.tell(case, "event_voided", DAY, fact=str(asked.fact), reason="another child's")


ASKED, DAY = "initial_conference_requested", "2026-11-02"


async def nothing_amiss(place: Place, client: Client) -> bool:
    found = await reconciler(place.world, client).compare(place.id, nightly=True)
    return found.amiss == 0 and found.expected == found.held
