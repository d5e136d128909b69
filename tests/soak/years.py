"""Two years of one plan on a real Temporal that skips time: every date is said once, in order, on its own day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from time import perf_counter
from uuid import UUID, uuid4

from temporalio import activity
from temporalio.client import Client
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from deploy.local.databases import migrated
from deploy.local.postgres import Cluster
from events.catalogue.envelope import LOCAL, Item
from events.store.command import Appended
from tests.read_models.world import Place, World
from tests.soak.expected import expected, said
from tests.soak.skipping import skipping
from tests.soak.story import WEEKS, story
from tests.store.telling import command, draft
from tests.workflows.clocks import announcer, said_of
from tests.workflows.running import eventually
from tests.workflows.test_lifecycle import late_by
from workflows import contracts
from workflows.announcing import Announcer
from workflows.contracts import Assessed, Case, lifecycle_id
from workflows.nudging import Nudger
from workflows.worker import worker

_AFTERWARDS = timedelta(weeks=2)
_PUNCTUAL = timedelta(minutes=1)
"""By Temporal's own clock, which goes on for the real time that a look takes."""


async def soak(cluster: Cluster) -> str:
    """Lives them, and says what came of it.

    Raises:
        NoSkippingError: There is no server that skips time.
        AssertionError: Something was not said, or not as it should have been.
    """
    databases, began = await migrated(cluster, log="log", keys="keys"), perf_counter()
    async with (
        World.opened(databases.log_dsn, databases.keys_dsn, databases.worker_dsn) as world,
        skipping() as client,
    ):
        place = await world.sandbox(datetime.now(UTC))
        looks = _Looks(place, announcer(world))
        child = _Child(client, Case(place.id, uuid4()), looks)
        async with worker(child.client, [looks.assess]):
            await _live(place, child)
        announced, missed = await _checked(place, child.case.case)
    return (
        f"{WEEKS} weeks on a plan in {perf_counter() - began:.0f} s: {announced} dates said, {missed} of them missed, "
        "each once, in order and on its own day"
    )


async def _live(place: Place, child: "_Child") -> None:
    for number, (at, together) in enumerate(groupby(story(datetime.now(LOCAL).date()), key=lambda told: told.at)):
        if number:
            await child.until(at)
            await _clock(place, at)
        await _tell(place, child.case.case, [told.item for told in together])
        await child.hears()
    await child.until(at + _AFTERWARDS)


async def _tell(place: Place, case: UUID, items: Sequence[Item]) -> None:
    version = (await place.world.log.versions(place.id, [case]))[case]
    drafts = [draft(case, version + number, told=item) for number, item in enumerate(items, 1)]
    whole = [replace(each, through=version + len(items)) for each in drafts]
    assert isinstance(await place.world.log.append(command(place.id, *whole)), Appended)


async def _clock(place: Place, instant: datetime) -> None:
    """Moves the authority's clock on to an instant of the lifecycle's, unless it is there already."""
    if instant > await place.world.log.now(place.id):
        await place.at(instant.isoformat())


async def _checked(place: Place, case: UUID) -> tuple[int, int]:
    """How many dates were said and how many of them as missed, once all is as it must be."""
    events = await place.world.log.read_case(place.id, case)
    heard = said(events)
    assert heard == expected(events, await place.world.log.now(place.id))
    announced = await said_of(place, case)
    assert max(late_by(event) for event in announced) < _PUNCTUAL
    assert [event.position for event in events] == sorted(event.position for event in events)
    return len(heard), sum(each.said == "missed" for each in heard)


@dataclass
class _Looks:
    """The activity, at an authority whose clock goes with that of the server that asks. `done` counts."""

    place: Place
    says: Announcer
    done: int = 0

    @activity.defn(name=contracts.ASSESS)
    async def assess(self, case: Case) -> Assessed:
        await _clock(self.place, activity.info().scheduled_time)
        watch = await self.says.announce(case.authority, case.case)
        self.done += 1
        return Assessed(open=watch.open, next_date=watch.next_date)


class _Child:
    """One lifecycle, whose time is skipped. The first news starts it."""

    def __init__(self, client: Client, case: Case, looks: _Looks) -> None:
        self.case = case
        self._looks = looks
        self._skipper = TimeSkipper(client, config=TimeSkippingConfig(enabled=False))
        self._skipped = timedelta()

    @property
    def client(self) -> Client:
        """The connection under which time is skipped."""
        return self._skipper.client

    async def until(self, instant: datetime) -> None:
        """Lets time pass up to an instant, as the lifecycle counts it: every timer on the way fires at its own."""
        ahead = instant - datetime.now(UTC) - self._skipped
        handle = self.client.get_workflow_handle(lifecycle_id(self.case))
        assert await self._skipper.fast_forward(handle, ahead), "the lifecycle ended"
        self._skipped += ahead

    async def hears(self) -> None:
        """Tells it that there is news, and waits until it has looked."""
        before = self._looks.done

        async def looked() -> bool:
            return self._looks.done > before

        await Nudger(self.client).nudge(self.case)
        await eventually(looked)
