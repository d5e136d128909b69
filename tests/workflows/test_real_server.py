"""Timers on a real Temporal: they fire with nobody calling, and whatever is killed, each date is said once."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.service import RPCError

from tests.read_models.world import Place, World
from tests.workflows.clocks import FORM_HOURS, of_form, said_of
from tests.workflows.running import activities, eventually, relay, timers, working
from tests.workflows.server import Server
from workflows import contracts
from workflows.activities import Activities
from workflows.contracts import Assessed, Case, lifecycle_id
from workflows.nudging import Nudger
from workflows.worker import worker

pytestmark = pytest.mark.xdist_group("temporal")

NAME, BORN, REFERENCE = "Persimmon Quince", "2016-02-29", "REF-20160229-Q"


async def form_due_in(place: Place, seconds: float) -> tuple[UUID, datetime]:
    """A case whose 24-hour form is due so soon, and when."""
    case, due = uuid4(), datetime.now(UTC) + timedelta(seconds=seconds)
    asked = due - timedelta(hours=FORM_HOURS)
    await place.tell(case, "child_registered", asked.date().isoformat(), names=NAME, dob=BORN)
    await place.tell(case, "initial_conference_requested", asked.isoformat(), requested_by="csc")
    return case, due


async def missed(place: Place, case: UUID) -> list[tuple[str, datetime | None]]:
    """What was said of its form, once it was said to be missed."""

    async def look() -> list[tuple[str, datetime | None]]:
        said = of_form(await said_of(place, case))
        return said if said and said[-1][0] == "missed" else []

    return await eventually(look)


async def waits(client: Client, case: Case) -> bool:
    """Whether a lifecycle runs and has set its timer."""
    handle = client.get_workflow_handle(lifecycle_id(case))
    try:
        events = [event async for event in handle.fetch_history_events()]
    except RPCError:
        return False  # it has not been started yet
    return any(event.HasField("timer_started_event_attributes") for event in events)


async def closed(client: Client, case: Case) -> WorkflowExecutionStatus | None:
    """How the lifecycle of a case closed."""
    described = await client.get_workflow_handle(lifecycle_id(case)).describe()
    return None if described.status is WorkflowExecutionStatus.RUNNING else described.status


@pytest.fixture
async def client(temporal: Server) -> Client:
    return await temporal.client()


async def test_a_deadline_passes_with_nobody_calling(world: World, real: Place, client: Client) -> None:
    async with timers(world, client):
        case, due = await form_due_in(real, 5)
        said = await missed(real, case)

    assert said[-1] == ("missed", due)
    assert len(said) == len(set(said))
    (last,) = [event for event in await said_of(real, case) if of_form([event]) == [("missed", due)]]
    assert timedelta() < last.recorded_at - due < timedelta(seconds=5)


async def test_a_lifecycle_ends_when_no_duty_is_open(world: World, real: Place, client: Client) -> None:
    case = uuid4()
    async with timers(world, client):
        (told,) = await real.tell(case, "initial_conference_requested", "2026-11-02T09:00:00+00:00", requested_by="csc")
        await eventually(lambda: waits(client, Case(real.id, case)))
        await real.tell(case, "event_voided", "2026-11-02", fact=str(told.fact), reason="another child's")
        status = await eventually(lambda: closed(client, Case(real.id, case)))

    assert status is WorkflowExecutionStatus.COMPLETED


async def test_nudges_for_cases_that_do_not_exist_end_and_say_nothing(world: World, client: Client) -> None:
    nobody = Case(uuid4(), uuid4())
    async with working(world, client):
        await Nudger(client).nudge_all([nobody] * 5)
        status = await eventually(lambda: closed(client, nobody))

    assert status is WorkflowExecutionStatus.COMPLETED


async def test_duplicated_and_ancient_nudges_say_nothing_twice(world: World, real: Place, client: Client) -> None:
    case, due = await form_due_in(real, -3600 * 24 * 30)
    async with timers(world, client):
        await eventually(lambda: said_of(real, case))
        await eventually(lambda: waits(client, Case(real.id, case)))
        before = await real.world.log.read_case(real.id, case)
        for _ in range(3):
            await Nudger(client).nudge_all([Case(real.id, case)] * 20)
        handle = client.get_workflow_handle(lifecycle_id(Case(real.id, case)))
        await eventually(lambda: looked_since(handle, 60))

    assert of_form(await said_of(real, case)) == [("late_when_known", due)]
    assert await real.world.log.read_case(real.id, case) == before


async def test_an_activity_that_times_out_after_its_append_says_it_once(
    world: World, real: Place, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contracts, "ASSESSING", timedelta(seconds=1))
    inner, calls = activities(world), 0

    class Hanging(Activities):
        async def hangs(self, case: Case) -> Assessed:
            nonlocal calls
            calls += 1
            found = await inner.announcer.announce(case.authority, case.case)
            if calls == 1:
                await asyncio.Event().wait()
            return Assessed(open=found.open, next_date=found.next_date)

    case, due = await form_due_in(real, -60)
    from temporalio import activity  # noqa: PLC0415

    hanging = Hanging(inner.announcer, inner.is_sandbox)
    defined = activity.defn(name=contracts.ASSESS)(hanging.hangs.__func__)  # type: ignore[attr-defined]
    async with worker(client, [defined.__get__(hanging)]):
        await relay(world, client).relay_all()
        await eventually(lambda: waits(client, Case(real.id, case)))

    assert calls == 2
    assert of_form(await said_of(real, case)) == [("late_when_known", due)]


async def test_while_temporal_is_away_nothing_is_lost(world: World, real: Place, temporal: Server) -> None:
    client = await temporal.client()
    async with timers(world, client):
        before, _ = await form_due_in(real, 600)
        await eventually(lambda: waits(client, Case(real.id, before)))
        await temporal.kill()
        told, due = await form_due_in(real, 2)
        await eventually(lambda: passed(due))
        await temporal.start()
        said = await missed(real, told)

    assert said[-1] == ("missed", due)
    assert len(said) == len(set(said))


async def test_nothing_personal_stands_in_temporals_file(world: World, real: Place, temporal: Server) -> None:
    client = await temporal.client()
    async with timers(world, client):
        case, _ = await form_due_in(real, 3)
        await missed(real, case)
    shown = [lifecycle_id(Case(real.id, case))]
    shown += [str(event) async for event in client.get_workflow_handle(shown[0]).fetch_history_events()]
    files = b"".join(file.read_bytes() for file in temporal.server.file.parent.iterdir())

    assert str(case).encode() in files
    for secret in (NAME, *NAME.split(), BORN, REFERENCE, "STF-T01"):
        assert secret.encode() not in files
        assert not any(re.search(secret, text) for text in shown)


async def passed(due: datetime) -> bool:
    return datetime.now(UTC) > due


async def looked_since(handle: WorkflowHandle[Any, Any], signals: int) -> bool:
    """Whether a lifecycle has looked again after so many nudges, and set its timer."""
    seen, waiting = 0, False
    async for event in handle.fetch_history_events():
        if event.HasField("workflow_execution_signaled_event_attributes"):
            seen, waiting = seen + 1, False
        elif event.HasField("timer_started_event_attributes"):
            waiting = True
    return waiting and seen >= signals
