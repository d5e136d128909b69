"""A worker of this build beside one of a newer: what this one does not know it leaves alone, and says so."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client
from temporalio.converter import DataConverter
from temporalio.service import RPCError

from deploy.local.databases import Databases
from events.store.read_models.checkpoints import LISTS, TIMERS, look
from tests.read_models.world import Place, World
from tests.workflows.clocks import of_form, said_of
from tests.workflows.commands import environment, planclock, running, said
from tests.workflows.looking import form_due_in, missed
from tests.workflows.newer import ENTRY, NEWS, newer_build
from tests.workflows.running import eventually, timers
from tests.workflows.server import Server
from workflows.contracts import Assessed, Case, Compared, lifecycle_id

pytestmark = pytest.mark.xdist_group("temporal")

FIRST_ENTRY = '[[duty]]\nid        = "STF-T01"'


@pytest.fixture(scope="module")
async def newer(databases: Databases) -> AsyncIterator[World]:
    async with World.opened(databases.log_dsn, databases.keys_dsn, databases.worker_dsn, newer_build()) as world:
        yield world


async def failing(client: Client, case: Case) -> str:
    """What keeps the lifecycle of a case from being assessed, as Temporal's pages say it."""
    try:
        described = await client.get_workflow_handle(lifecycle_id(case)).describe()
    except RPCError:
        return ""  # it has not been started yet
    pending = described.raw_description.pending_activities
    return pending[0].last_failure.message if pending else ""


@pytest.mark.parametrize("what", ["an event", "a policy"])
async def test_what_only_the_newer_build_knows_waits_for_it_and_is_said_once(
    newer: World, databases: Databases, temporal: Server, client: Client, tmp_path: Path, what: str
) -> None:
    place, log, variables = await newer.real(), tmp_path / "log", environment(databases, temporal)
    if what == "a policy":
        await place.activate_with((FIRST_ENTRY, f"{ENTRY}\n{FIRST_ENTRY}"))
    case, due = await form_due_in(place, 4)
    if what == "an event":
        await place.tell(case, NEWS, "2026-11-02")

    async with running("worker", variables, log):
        shown = await eventually(lambda: failing(client, Case(place.id, case)))
        (waiting,) = await eventually(lambda: waits_for_newer(log, place))
        left = await look(newer.database.worker, place.id, LISTS)
        _, advice = await planclock("doctor", environment=variables)
        async with timers(newer, client):
            announced = await missed(place, case)
            listed = await eventually(lambda: followed(newer, place))
    relayed = await look(newer.database.worker, place.id, TIMERS)

    assert "is not known to this build" in shown
    assert shown == waiting["what"]
    assert left is not None
    assert (left.status, left.last_error) == ("live", shown)
    assert "Bring every worker up to the newest build" in advice
    assert announced == of_form(await said_of(place, case))
    assert announced[-1] == ("missed", due)
    assert len(announced) == len(set(announced))
    assert listed == [case]
    assert relayed is not None


async def followed(newer: World, place: Place) -> list[UUID]:
    """The case list, once the newer build has had its turn: for a moment each second the older one tries."""
    await newer.follower().catch_up(place.id)
    return [each.case for each in await place.cases()]


async def waits_for_newer(log: Path, place: Place) -> list[dict[str, object]]:
    return [line for line in said(log, "lists_wait_for_newer_build") if line["authority"] == str(place.id)]


async def test_a_field_that_only_the_newer_build_knows_is_passed_over_and_one_it_lacks_has_a_value() -> None:
    convert = DataConverter.default.payload_converter
    case = Case(uuid4(), uuid4())
    (sent,) = convert.to_payloads([{"authority": str(case.authority), "case": str(case.case), "since": "next year"}])
    (answer,) = convert.to_payloads([{"open": True, "quietly": False}])

    assert convert.from_payload(sent, Case) == case
    assert convert.from_payload(answer, Assessed) == Assessed(open=True)
    assert convert.from_payloads(convert.to_payloads([{}]), [Compared]) == [Compared()]
