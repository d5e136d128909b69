"""The half-yearly report is produced once for each half-year, by whoever looks first and whatever stops on the way."""

import asyncio
from contextlib import suppress
from uuid import uuid4

import pytest
from temporalio.client import Client

from events.catalogue.biannual_reports import BiannualReportProduced
from service.procedures import Procedures
from tests.read_models.world import Place, World
from tests.workflows.clocks import announcer
from tests.workflows.running import reconciler, transfers
from workflows import contracts
from workflows.activities import KeepingActivities, ReportActivities
from workflows.keeping import ProduceReports
from workflows.reporting import Reporter
from workflows.worker import worker

FIRST_TWO = ["2025-01-01/2025-06-30", "2025-07-01/2025-12-31"]


@pytest.fixture
async def calderdale(world: World) -> Place:
    """A real authority under Calderdale's procedure that reports from 2025 on."""
    authority = uuid4()
    procedures = Procedures(world.log, world.database, world.catalogue, world.build.vocabulary)
    await procedures.open_authority(authority, name="Example authority", pack="calderdale")
    place = Place(world, authority)
    await place.tell(authority, "biannual_reporting_began", "2025-01-06", next_from="2025-01-01")
    await place.child()
    return place


async def made(place: Place) -> list[str]:
    """The periods of the reports in the log, in order."""
    stream = await place.world.log.read_case(place.id, place.id)
    return [event.data.period for event in stream if isinstance(event.data, BiannualReportProduced)]


async def test_many_at_once_produce_each_report_once(world: World, calderdale: Place) -> None:
    now = await world.log.now(calderdale.id)
    reported = await asyncio.gather(*(Reporter(announcer(world)).produce_due(calderdale.id, now) for _ in range(8)))

    periods = await made(calderdale)
    assert periods[:2] == FIRST_TWO
    assert len(periods) == len(set(periods)) == sum(each.produced for each in reported)
    assert len({each.coming for each in reported}) == 1


async def test_what_stopped_in_the_middle_is_gone_on_with(world: World, calderdale: Place) -> None:
    now = await world.log.now(calderdale.id)
    for looks in (1, 2):
        stopped = asyncio.create_task(Reporter(announcer(world)).produce_due(calderdale.id, now, _Dies(looks)))
        with suppress(RuntimeError):
            await stopped
    begun = await made(calderdale)
    reported = await Reporter(announcer(world)).produce_due(calderdale.id, now)

    periods = await made(calderdale)
    assert begun == periods[: len(begun)]
    assert len(begun) < len(periods) == len(begun) + reported.produced
    assert len(periods) == len(set(periods))


class _Dies:
    """Dies at the given look at a case."""

    def __init__(self, looks: int) -> None:
        self.left = looks

    def __call__(self) -> None:
        self.left -= 1
        if not self.left:
            raise RuntimeError("killed")


@pytest.mark.xdist_group("temporal")
async def test_the_schedules_workflow_reports_for_every_authority_and_again_for_none(
    world: World, calderdale: Place, client: Client
) -> None:
    keeping = KeepingActivities(world.log, reconciler(world, client), transfers(world, client))
    reporting = ReportActivities(world.log, Reporter(announcer(world)))
    async with worker(client, [keeping.authorities, reporting.produce]):
        await client.execute_workflow(ProduceReports.run, id="reports-first", task_queue=contracts.QUEUE)
        after_first = await made(calderdale)
        again = await client.execute_workflow(ProduceReports.run, id="reports-again", task_queue=contracts.QUEUE)

    assert after_first[:2] == FIRST_TWO
    assert (again, await made(calderdale)) == (0, after_first)
