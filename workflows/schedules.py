"""What runs by the clock: one table, applied when a worker starts. A schedule that an operator paused stays paused."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from workflows import contracts
from workflows.contracts import Comparison

CATCH_UP = timedelta(hours=1)
"""How late a run may still begin after Temporal was away; what it would have done the next one does anyway."""


@dataclass(frozen=True)
class Planned:
    """One schedule: its id, when it runs, which workflow with what, and in a few words what for."""

    id: str
    spec: ScheduleSpec
    workflow: str
    arguments: tuple[Comparison, ...]
    summary: str


COMPARES = "Compares the timers held here with those the log asks for, and mends what differs"
REPORTS = "Produces the half-yearly report of each authority whose procedure asks for one and whose period is over"

PLANNED = (
    Planned(
        "reconcile-hourly",
        ScheduleSpec(
            intervals=[], calendars=[ScheduleCalendarSpec(minute=[ScheduleRange(17)], hour=[ScheduleRange(0, 23)])]
        ),
        contracts.RECONCILE,
        (Comparison(nightly=False),),
        COMPARES,
    ),
    Planned(
        "compare-nightly",
        ScheduleSpec(
            calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(2)], minute=[ScheduleRange(40)])],
            time_zone_name="Europe/London",
        ),
        contracts.RECONCILE,
        (Comparison(nightly=True),),
        COMPARES,
    ),
    Planned(
        "reports-nightly",
        ScheduleSpec(
            calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(0)], minute=[ScheduleRange(5)])],
            time_zone_name="Europe/London",
        ),
        contracts.REPORT,
        (),
        REPORTS,
    ),
)


async def apply(client: Client) -> None:
    """Makes what is planned be so. Applying it again, by any number of workers, changes nothing."""
    for planned in PLANNED:
        try:
            await client.create_schedule(planned.id, _schedule(planned))
        except ScheduleAlreadyRunningError:
            await client.get_schedule_handle(planned.id).update(partial(_updated, _schedule(planned)))


def _updated(schedule: Schedule, found: ScheduleUpdateInput) -> ScheduleUpdate:
    return ScheduleUpdate(replace(schedule, state=found.description.schedule.state))


def _schedule(planned: Planned) -> Schedule:
    return Schedule(
        action=ScheduleActionStartWorkflow(
            planned.workflow,
            args=planned.arguments,
            id=planned.id,
            task_queue=contracts.QUEUE,
            static_summary=planned.summary,
        ),
        spec=planned.spec,
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CATCH_UP),
    )
