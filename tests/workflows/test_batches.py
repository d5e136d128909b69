"""Work over every case by workers on a real Temporal: interrupted however it may be, it comes to the same."""

import base64
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from temporalio import activity
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle

from deploy.local.databases import Databases
from events.store.batches import Asked, Batch, BatchState
from service.batches import to_run
from tests.bench.open_plans import on_plans
from tests.read_models.world import Place, World
from tests.workflows.batches_alone import alone
from tests.workflows.batching import asked_of, closed, done_here, findings, first_core_group, of, stands
from tests.workflows.commands import environment, kill, planclock, running
from tests.workflows.looking import BORN, NAME, form_due_in, waits
from tests.workflows.running import eventually
from tests.workflows.server import Server
from workflows import batch_contracts
from workflows.batch_contracts import BatchRun, BatchStands, Chunk, Tally, batch_id
from workflows.batching import Batcher
from workflows.contracts import LONGEST_RUN, Case
from workflows.nudging import TemporalAwayError
from workflows.worker import batch_worker

pytestmark = [pytest.mark.xdist_group("temporal"), pytest.mark.timeout(400)]

MANY = 600


@pytest.fixture
async def many(real: Place) -> Place:
    """A real authority with many children on plans."""
    await on_plans(real, MANY)
    return real


def handle(client: Client, asked: Asked) -> WorkflowHandle[object, object]:
    return client.get_workflow_handle(batch_id(asked.authority, asked.id))


async def some_done(world: World, asked: Asked, at_least: int) -> int | None:
    done = (await stands(world, asked)).progress.done
    return done if done >= at_least else None


async def state(world: World, asked: Asked, wanted: BatchState) -> Batch | None:
    batch = await stands(world, asked)
    return batch if batch.state is wanted else None


async def test_paused_killed_and_resumed_it_comes_to_the_same(
    world: World, many: Place, databases: Databases, temporal: Server
) -> None:
    client, asked = await temporal.client(), await asked_of(many)
    async with alone(databases, temporal) as first:
        await Batcher(client).go_on(to_run(asked))
        await eventually(lambda: some_done(world, asked, 50))
        assert await Batcher(client).pause(many.id, asked.id)
        paused = await eventually(lambda: state(world, asked, BatchState.PAUSED))
        assert 0 < paused.progress.done < MANY
        await kill(first)
    async with alone(databases, temporal) as second:
        await Batcher(client).go_on(to_run(asked))
        await eventually(lambda: some_done(world, asked, paused.progress.done + 1))
        await kill(second)
    assert (await stands(world, asked)).progress.done < MANY
    await temporal.kill()
    await temporal.start()
    async with alone(databases, temporal), alone(databases, temporal):
        done = await eventually(lambda: state(world, asked, BatchState.DONE), patience=180)

    assert (done.progress.done, done.progress.failed) == (MANY, 0)
    assert await findings(world, asked) == await done_here(world, asked)
    assert (await stands(world, asked)).summary == {"duty STF-T21": MANY}


async def test_one_that_temporal_lost_is_resumed_and_does_what_is_left(
    world: World, many: Place, databases: Databases, temporal: Server
) -> None:
    asked = await asked_of(many)
    async with alone(databases, temporal) as only:
        await Batcher(await temporal.client()).go_on(to_run(asked))
        await eventually(lambda: some_done(world, asked, 50))
        await kill(only)
    broken_off = (await stands(world, asked)).progress.done
    await temporal.stop()
    temporal.forget()
    await temporal.start()

    client = await temporal.client()
    assert not await Batcher(client).pause(many.id, asked.id)
    async with alone(databases, temporal):
        await eventually(lambda: taken(client, asked))
        await eventually(lambda: state(world, asked, BatchState.DONE), patience=180)

    assert broken_off < MANY
    assert await findings(world, asked) == await done_here(world, asked)


async def taken(client: Client, asked: Asked) -> bool:
    """Whether Temporal has taken it; the namespace of a new one is there a moment later."""
    with suppress(TemporalAwayError):
        await Batcher(client).go_on(to_run(asked))
        return True
    return False


async def test_commands_have_the_workers_do_it_and_pause_and_resume_it(
    real: Place, databases: Databases, temporal: Server
) -> None:
    variables, whose = environment(databases, temporal), ("--authority", str(real.id))
    await on_plans(real, 20)
    async with running("worker", variables):
        await eventually(lambda: polled(temporal))
        status, said = await planclock("policy", "simulate", "stockport", *whose, environment=variables)
        assert (status, "20 of 20 cases would change." in said, "by itself" in said) == (0, True, False), said
        status, said = await planclock("batch", "list", *whose, environment=variables)
        assert (status, said.count("policy tried: stockport"), said.count("20 of 20 cases done")) == (0, 1, 1)
        status, said = await planclock("batch", "pause", said.split()[0], *whose, environment=variables)
        assert (status, "nobody is at it: it is done" in said) == (1, True)
    asked = await asked_of(real)
    await Batcher(await temporal.client()).go_on(to_run(asked))
    status, said = await planclock("batch", "pause", str(asked.id), *whose, environment=variables)
    assert (status, "It pauses once" in said) == (0, True)
    status, said = await planclock("batch", "resume", str(asked.id), *whose, "--here", environment=variables)
    assert (status, "20 of 20 cases would change." in said) == (0, True)


async def polled(temporal: Server) -> bool:
    """Whether a worker takes work of batches."""
    return await Batcher(await temporal.client()).ready()


async def test_a_closure_moves_the_dates_of_open_duties_and_both_answers_stay(
    world: World, real: Place, databases: Databases, temporal: Server
) -> None:
    variables, client = environment(databases, temporal), await temporal.client()
    cases = await on_plans(real, 30)
    watched = Case(real.id, cases[0])
    before = first_core_group(await real.assessed(cases[0]))
    async with running("worker", variables):
        await eventually(lambda: waits(client, watched))
        await eventually(lambda: listed(real, before))
        asked = await closed(real, before)
        told = datetime.now(UTC)
        await Batcher(client).go_on(to_run(asked))
        done = await eventually(lambda: state(world, asked, BatchState.DONE), patience=180)
        rows = {row.duty.due_on for row in await real.duties(rule="STF-T21", limit=500)}

    after = first_core_group(await real.assessed(cases[0]))
    assert after > before
    assert rows == {after}
    assert done.progress.done == len(cases)
    (change,) = [each for each in of(await findings(world, asked), cases[0]) if each.entry == "STF-T21"]
    assert (change.before, change.after) == (f"due {before}, open", f"due {after}, open")
    known_before = await world.rules.of(real.id, upto=asked.compares_with)
    known_now = await world.rules.of(real.id)
    assert (known_before.calendar.id, known_now.calendar.id) == ("england-2026-11", "england-2026-11.2")
    assert told > done.asked_at


async def listed(place: Place, due: date) -> bool:
    return bool(rows := await place.duties(rule="STF-T21")) and rows[0].duty.due_on == due


async def test_temporal_is_told_ids_and_counts_and_nothing_of_anybody(
    world: World, real: Place, databases: Databases, temporal: Server
) -> None:
    client = await temporal.client()
    await form_due_in(real, 3600)
    asked = await asked_of(real)
    async with running("worker", environment(databases, temporal)):
        await Batcher(client).go_on(to_run(asked))
        await eventually(lambda: state(world, asked, BatchState.DONE))

    history = (await handle(client, asked).fetch_history()).to_json()
    opened = [base64.b64decode(each).decode() for each in re.findall(r'"data": "([^"]+)"', history)]
    described = str((await handle(client, asked).describe()).raw_description)
    assert any(str(asked.id) in each for each in opened)
    for said in (history, *opened, described):
        for secret in (NAME, *NAME.split(), BORN, "STF-", "staffordshire", "due "):
            assert secret not in said


async def test_a_long_one_goes_on_as_a_new_run_and_counts_on(client: Client) -> None:
    """Each run reads its history from the start after a death: none may grow with the number of cases."""
    run, planned = BatchRun(uuid4(), uuid4()), 0
    ids = [UUID(int=number) for number in range(1, 601)]

    @activity.defn(name=batch_contracts.PLAN_CHUNKS)
    async def plan(chunk: Chunk) -> Sequence[UUID]:
        nonlocal planned
        planned += 1
        return [each for each in ids if each > chunk.after][: batch_contracts.CHUNKS]

    @activity.defn(name=batch_contracts.DO_CHUNK)
    async def do(_: Chunk) -> Tally:
        return Tally(50, 2, 1)

    @activity.defn(name=batch_contracts.PUT_BATCH)
    async def put(_: BatchStands) -> None: ...

    async with batch_worker(client, [plan, do, put]):
        await Batcher(client).go_on(run)
        first = client.get_workflow_handle(batch_id(run.authority, run.batch))
        started = (await first.describe()).run_id
        tally = Tally(**await first.result())
        described = await first.describe()

    assert tally == Tally(30_000, 1_200, 600)
    assert described.status is WorkflowExecutionStatus.COMPLETED
    assert described.run_id != started
    assert planned == 31
    assert described.history_length < 2 * LONGEST_RUN


async def test_after_an_activation_chunks_are_begun_no_faster_than_agreed(client: Client) -> None:
    run, begun = BatchRun(uuid4(), uuid4(), pause=0.3), []

    @activity.defn(name=batch_contracts.PLAN_CHUNKS)
    async def plan(chunk: Chunk) -> Sequence[UUID]:
        return [] if chunk.after.int else [UUID(int=number) for number in range(1, 5)]

    @activity.defn(name=batch_contracts.DO_CHUNK)
    async def do(_: Chunk) -> Tally:
        begun.append(datetime.now(UTC))
        return Tally(1)

    @activity.defn(name=batch_contracts.PUT_BATCH)
    async def put(_: BatchStands) -> None: ...

    async with batch_worker(client, [plan, do, put]):
        await Batcher(client).go_on(run)
        await client.get_workflow_handle(batch_id(run.authority, run.batch)).result()

    assert begun[-1] - begun[0] > 3 * timedelta(seconds=0.25)
