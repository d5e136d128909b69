"""What the tests on a real server tell a case, and how they look at what came of it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.service import RPCError

from events.store.read_models.checkpoints import TIMERS
from events.store.read_models.lag import lags
from tests.read_models.world import Place, World
from tests.workflows.clocks import FORM_HOURS, of_form, said_of
from tests.workflows.running import eventually
from workflows.contracts import Case, lifecycle_id

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


async def looks_no_more(world: World, client: Client, case: Case) -> bool:
    """Whether a lifecycle has looked at everything that was told, and waits."""
    handle = client.get_workflow_handle(lifecycle_id(case))
    if not await relayed(world, case.authority):
        return False
    waiting = False
    async for event in handle.fetch_history_events():
        signalled = event.HasField("workflow_execution_signaled_event_attributes")
        waiting = (waiting and not signalled) or event.HasField("timer_started_event_attributes")
    return waiting


async def relayed(world: World, *authorities: UUID) -> bool:
    """Whether the relay has nudged for all that stands in these logs."""
    behind = {lag.authority: lag.events for lag in await lags(world.database.worker, TIMERS)}
    return not any(behind[authority] for authority in authorities)


async def closed(client: Client, case: Case) -> WorkflowExecutionStatus | None:
    """How the lifecycle of a case closed."""
    described = await client.get_workflow_handle(lifecycle_id(case)).describe()
    return None if described.status is WorkflowExecutionStatus.RUNNING else described.status


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
