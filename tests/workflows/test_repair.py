"""Whatever Temporal lost is named, and mended from the log alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import Client, WorkflowExecutionStatus

from events.store.read_models.reconciliations import latest
from tests.read_models.world import Place, World
from tests.workflows.clocks import said_of
from tests.workflows.looking import closed, form_due_in, missed, passed, waits
from tests.workflows.running import eventually, reconciler, relay, timers, working
from tests.workflows.server import Server
from workflows import contracts
from workflows.contracts import Case, Comparison, lifecycle_id
from workflows.held import Held
from workflows.keeping import ReconcileTimers
from workflows.nudging import Nudger
from workflows.schedules import PLANNED, apply

pytestmark = pytest.mark.xdist_group("temporal")


async def watched(place: Place, client: Client, seconds: float = 3600.0) -> Case:
    """A case whose form falls due so soon, watched by a lifecycle that waits."""
    case, _ = await form_due_in(place, seconds)
    await eventually(lambda: waits(client, Case(place.id, case)))
    return Case(place.id, case)


@pytest.mark.parametrize("nightly", [False, True], ids=["hourly", "nightly"])
async def test_a_lifecycle_that_an_operator_terminated_is_named_and_runs_again(
    world: World,
    real: Place,
    client: Client,
    nightly: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    async with timers(world, client):
        lost, kept = await watched(real, client), await watched(real, client)
        await world.follower().catch_up(real.id)
        handle = client.get_workflow_handle(lifecycle_id(lost))
        await handle.terminate("by mistake")
        await eventually(lambda: listed(client, kept, lost))
        found = await reconciler(world, client).compare(real.id, nightly=nightly)
        await eventually(lambda: waits(client, lost))
        again = await eventually(lambda: agreed(world, client, real, nightly=nightly))

    assert found.missing == (lost.case,)
    assert (found.expected, found.amiss) == (2, 1)
    assert again
    assert (await handle.describe()).status is WorkflowExecutionStatus.RUNNING


async def test_a_run_that_an_operator_reset_looks_again_and_says_nothing_twice(
    world: World, real: Place, client: Client
) -> None:
    async with timers(world, client):
        case = await watched(real, client, -3600.0)
        before = await said_of(real, case.case)
        handle = client.get_workflow_handle(lifecycle_id(case))
        described = await handle.describe()
        await client.workflow_service.reset_workflow_execution(
            ResetWorkflowExecutionRequest(
                namespace=client.namespace,
                workflow_execution=WorkflowExecution(workflow_id=described.id, run_id=described.run_id),
                workflow_task_finish_event_id=4,
                reason="tried by an operator",
                request_id=str(uuid4()),
            )
        )
        await eventually(lambda: waits(client, case))
        again = await handle.describe()

    assert before
    assert again.run_id != described.run_id
    assert again.status is WorkflowExecutionStatus.RUNNING
    assert await said_of(real, case.case) == before


async def test_what_was_found_is_kept(world: World, real: Place, client: Client) -> None:
    async with timers(world, client):
        lost = await watched(real, client)
        await client.get_workflow_handle(lifecycle_id(lost)).terminate()
        await eventually(lambda: none_listed(client, real))
        found = await reconciler(world, client).compare(real.id, nightly=True)

    (kept,) = [each for each in await latest(world.database.worker) if each.authority == real.id]
    assert kept.missing == found.missing == (lost.case,)
    assert kept.ended_at is not None


async def test_a_lifecycle_for_a_case_the_log_does_not_know_is_named_and_ends(
    world: World, real: Place, client: Client
) -> None:
    """As after a database was restored to yesterday under a Temporal that is ahead."""
    stranger = Case(real.id, uuid4())
    await Nudger(client).nudge(stranger)  # nobody works yet, so that it stays
    await eventually(lambda: listed(client, stranger))
    found = await reconciler(world, client).compare(real.id, nightly=True)
    async with working(world, client):
        status = await eventually(lambda: closed(client, stranger))

    assert found.surplus == (stranger.case,)
    assert status is WorkflowExecutionStatus.COMPLETED


async def test_one_whose_date_passed_while_nobody_worked_is_late_and_said_once(
    world: World, real: Place, client: Client
) -> None:
    async with timers(world, client):
        case_id, due = await form_due_in(real, 4)
        case = Case(real.id, case_id)
        await eventually(lambda: waits(client, case))
    await eventually(lambda: passed(due))
    found = await reconciler(world, client).compare(real.id, nightly=False)
    async with timers(world, client):
        said = await missed(real, case.case)

    assert found.late == (case.case,)
    assert said.count(("missed", due)) == 1


async def test_the_workflow_compares_every_authority_and_adds_up(world: World, real: Place, client: Client) -> None:
    async with timers(world, client):
        await watched(real, client)
        total = await client.execute_workflow(
            ReconcileTimers.run, Comparison(nightly=True), id="asked-for", task_queue=contracts.QUEUE
        )

    assert total.expected >= 1
    assert total.missing == 0


async def test_schedules_are_applied_any_number_of_times_and_stay_paused(client: Client) -> None:
    await apply(client)
    paused = client.get_schedule_handle(PLANNED[0].id)
    await paused.pause(note="by an operator")
    await apply(client)
    described = await paused.describe()

    assert described.schedule.state.paused
    assert described.schedule.policy.catchup_window == timedelta(hours=1)
    assert {each.id async for each in await client.list_schedules()} == {planned.id for planned in PLANNED}


async def test_with_temporals_file_deleted_every_timer_is_rebuilt_from_the_log(
    world: World, real: Place, temporal: Server
) -> None:
    client = await temporal.client()
    async with timers(world, client):
        cases = [await watched(real, client, seconds) for seconds in (3600, 7200, 6)]
    await temporal.kill()
    temporal.forget()
    await temporal.start()
    emptied = await temporal.client()
    assert await Held(emptied).all(real.id) == {}
    async with working(world, emptied):
        nudged = await relay(world, emptied, "rebuild").rebuild(real.id)
        for case in cases[:2]:
            await eventually(lambda each=case: waits(emptied, each))  # type: ignore[misc]  # bound at once
        said = await missed(real, cases[2].case)

    assert nudged == len(cases)
    assert len(said) == len(set(said))


async def listed(client: Client, there: Case, gone: Case | None = None) -> bool:
    held = await Held(client).all(there.authority)
    return there.case in held and (gone is None or gone.case not in held)


async def none_listed(client: Client, place: Place) -> bool:
    return not await Held(client).all(place.id)


async def agreed(world: World, client: Client, place: Place, *, nightly: bool) -> bool:
    """Whether another comparison finds nothing amiss."""
    return (await reconciler(world, client).compare(place.id, nightly=nightly)).amiss == 0
