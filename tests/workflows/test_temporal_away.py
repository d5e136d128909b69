"""Temporal away for long: the lists are right meanwhile, and on its return everything is said once, as it was due."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from deploy.local.databases import Databases
from events.case.answer import Status
from tests.read_models.world import Place, World
from tests.workflows.clocks import FORM, FORM_HOURS, of_form, said_of
from tests.workflows.commands import environment, planclock, running, said
from tests.workflows.looking import form_due_in, missed, passed, waits
from tests.workflows.running import eventually, timers
from tests.workflows.server import Server
from workflows.contracts import Case

pytestmark = pytest.mark.xdist_group("temporal")


async def statuses(place: Place, rule: str = FORM) -> dict[UUID, str]:
    """How the worklist shows the duty of each case that has one by a rule."""
    listed = await place.duties(rule=rule)
    return {child.case: each.duty.status.value for each in listed for child in each.concerned}


async def test_the_relay_waits_ever_longer_the_lists_are_right_and_each_date_is_said_once_on_its_return(
    real: Place, databases: Databases, temporal: Server, tmp_path: Path
) -> None:
    log, variables = tmp_path / "log", environment(databases, temporal)
    async with running("worker", variables, log):
        client = await temporal.client()
        told = dict([await form_due_in(real, 8)])
        for case in told:
            await eventually(lambda each=case: waits(client, Case(real.id, each)))  # type: ignore[misc]  # bound at once
        await temporal.kill()
        told |= dict([await form_due_in(real, 2), await form_due_in(real, 3)])
        await eventually(lambda: passed(max(told.values())))
        await eventually(lambda: has_waited(log, 4))
        meanwhile = await eventually(lambda: all_listed(real, told))
        _, doctor = await planclock("doctor", environment=variables)
        silent = [each for case in told for each in await said_of(real, case)]
        await temporal.start()
        announced = {case: await missed(real, case) for case in told}

    pauses = [float(str(line["seconds"])) for line in said(log, "relay_waits_for_temporal")]
    assert pauses == sorted(pauses)
    assert pauses[:3] == [1.0, 2.0, 4.0]
    assert set(meanwhile.values()) == {Status.MISSED.value}
    assert "mend\ttemporal\tTemporal cannot be reached." in doctor
    assert [each for each in of_form(silent) if each[0] != "due"] == []
    for case, due in told.items():
        assert announced[case].count(("missed", due)) == 1
        assert len(announced[case]) == len(set(announced[case]))


async def has_waited(log: Path, times: int) -> bool:
    return len(said(log, "relay_waits_for_temporal")) >= times


async def all_listed(place: Place, cases: Iterable[UUID]) -> dict[UUID, str]:
    """The worklist, once it knows every case: whoever follows the log for it needs no Temporal."""
    found = await statuses(place)
    return found if found.keys() >= set(cases) else {}


async def test_after_a_day_without_it_what_fell_due_that_day_is_said_once_with_its_true_due_date(
    world: World, place: Place, temporal: Server
) -> None:
    """A day that passes at once, on the clock of a sandbox."""
    client = await temporal.client()
    case = uuid4()
    await place.tell(case, "child_registered", "2025-01-06", names="Aster Example", dob="2016-02-29")
    due = datetime(2025, 1, 6, 9, tzinfo=UTC) + timedelta(hours=FORM_HOURS)
    await place.tell(case, "initial_conference_requested", "2025-01-06T09:00:00+00:00", requested_by="csc")
    async with timers(world, client):
        await eventually(lambda: waits(client, Case(place.id, case)))
        await place.follow()
        before = await statuses(place)
        await temporal.kill()
        await place.at("2025-01-08T09:00:00+00:00")
        meanwhile = await statuses(place)
        silent = await said_of(place, case)
        await temporal.start()
        await place.tell(case, "case_allocated", "2025-01-08", worker={"ref": "W2"}, team="team-south")
        announced = await missed(place, case)

    assert before == {case: Status.OPEN.value}
    assert meanwhile == {case: Status.MISSED.value}
    assert silent == []
    assert announced == [("missed", due)]
