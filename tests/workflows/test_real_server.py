"""Timers on a real Temporal: they fire with nobody calling, and whatever is killed, each date is said once."""

import asyncio
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from structlog.testing import capture_logs
from temporalio import activity
from temporalio.client import Client, WorkflowExecutionStatus

from tests.read_models.world import Place, World
from tests.workflows.clocks import of_form, said_of
from tests.workflows.looking import BORN, NAME, REFERENCE, closed, form_due_in, looked_since, missed, passed, waits
from tests.workflows.running import activities, eventually, relay, timers, working
from tests.workflows.server import Server
from workflows import contracts
from workflows.activities import Activities
from workflows.contracts import Assessed, Case, lifecycle_id
from workflows.nudging import Nudger
from workflows.worker import worker

pytestmark = pytest.mark.xdist_group("temporal")


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
    with capture_logs() as lines:
        async with working(world, client):
            await Nudger(client).nudge_all([nobody] * 5)
            status = await eventually(lambda: closed(client, nobody))

    assert status is WorkflowExecutionStatus.COMPLETED
    assert {(line["event"], line["case"]) for line in lines} == {("no_such_case_to_watch", str(nobody.case))}


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
            calls += case.case == mine
            found = await inner.announcer.announce(case.authority, case.case)
            if calls == 1 and case.case == mine:
                await asyncio.Event().wait()
            return Assessed(open=found.open, next_date=found.next_date)

    mine, due = await form_due_in(real, -60)
    hanging = Hanging(inner.announcer, inner.is_sandbox)
    defined = activity.defn(name=contracts.ASSESS)(hanging.hangs.__func__)  # type: ignore[attr-defined]
    async with worker(client, [defined.__get__(hanging)]):
        await relay(world, client).relay_all()
        await eventually(lambda: waits(client, Case(real.id, mine)))

    assert calls >= 2, "it was not tried again"
    assert of_form(await said_of(real, mine)) == [("late_when_known", due)]


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
