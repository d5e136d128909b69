"""The numbers by which somebody on duty sees how the timers are."""

from datetime import UTC, datetime, timedelta

import pytest
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client

from service.cases.readiness import Readiness
from tests.read_models.world import Place, World
from tests.workflows.looking import form_due_in, waits
from tests.workflows.running import eventually, reconciler, relay, timers, working
from workflows.contracts import Case
from workflows.watching import Seen, Watching

pytestmark = pytest.mark.xdist_group("temporal")


def watching(world: World, client: Client, ahead: timedelta = timedelta()) -> Watching:
    return Watching(client, world.database.worker, clock=lambda: datetime.now(UTC) + ahead)


async def test_it_counts_what_should_run_what_runs_and_who_works(world: World, real: Place, client: Client) -> None:
    async with timers(world, client):
        case, _ = await form_due_in(real, 3600)
        await eventually(lambda: waits(client, Case(real.id, case)))
        await world.follower().catch_up(real.id)
        await reconciler(world, client).compare(real.id, nightly=True)
        (seen,) = await eventually(lambda: with_held(world, client, 1))

    assert seen.running
    assert (seen.expected, seen.held, seen.late, seen.amiss) == (1, 1, 0, 0)
    assert (seen.workers, seen.backlog, seen.behind_events) == (1, 0, 0)


async def test_a_timer_that_should_have_fired_a_minute_ago_is_late(world: World, client: Client) -> None:
    seen = await watching(world, client, ahead=timedelta(hours=2)).look()

    assert seen.late == 1


async def test_a_worker_that_has_not_polled_for_minutes_is_not_there_any_more(world: World, client: Client) -> None:
    """As after all were killed: Temporal goes on telling of them for a while."""
    now = await watching(world, client).look()
    soon = await watching(world, client, ahead=timedelta(minutes=3)).look()

    assert now.running
    assert (soon.reachable, soon.workers, soon.running) == (True, 0, False)


async def test_what_nobody_relayed_yet_is_counted(world: World, real: Place, client: Client) -> None:
    await form_due_in(real, 3600)

    behind = await watching(world, client).look()
    await relay(world, client).relay_all()
    caught_up = await watching(world, client).look()

    assert behind.behind_events is not None
    assert behind.behind_events >= 4
    assert behind.behind_seconds is not None
    assert caught_up.behind_events == 0


async def test_with_temporal_away_it_says_so_and_still_counts_what_should_run(world: World) -> None:
    nowhere = await Client.connect("127.0.0.1:9", lazy=True)

    seen = await watching(world, nowhere).look()

    assert not seen.reachable
    assert not seen.running
    assert seen.held is None
    assert seen.expected == 1


async def test_what_temporal_cannot_count_is_not_known_and_timers_run_all_the_same(
    world: World, client: Client
) -> None:
    request = RegisterNamespaceRequest(namespace="no-search-attribute")
    request.workflow_execution_retention_period.FromTimedelta(timedelta(days=30))
    await client.workflow_service.register_namespace(request)
    lacking = await Client.connect(client.service_client.config.target_host, namespace=request.namespace)
    async with working(world, lacking):
        seen = await eventually(lambda: running(world, lacking))

    assert (seen.held, seen.late) == (0, None)
    assert "Temporal does not say how many" in says(seen)


@pytest.mark.parametrize(
    "expected, said", [(1, "2 cases are watched."), (9, "2 cases are watched of 9 that should be.")]
)
def test_readyz_says_when_fewer_cases_are_watched_than_should_be(expected: int, said: str) -> None:
    assert said in says(Seen(reachable=True, workers=1, held=2, late=0, expected=expected))


def says(seen: Seen) -> str:
    """What /readyz says of the timers."""
    said: str = Readiness(database=True, lists=None, timers=seen).shown()["timers"]["says"]
    return said


async def running(world: World, client: Client) -> Seen | None:
    """How the timers are, once they run: a new namespace is not known everywhere at once."""
    seen = await watching(world, client).look()
    return seen if seen.running else None


async def with_held(world: World, client: Client, number: int) -> list[Seen]:
    """How the timers are, once so many run and all is relayed: Temporal's own list may lag a little behind."""
    seen = await watching(world, client).look()
    return [seen] if seen.held == number and seen.workers and seen.behind_events == 0 else []
