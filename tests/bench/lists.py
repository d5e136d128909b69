"""Rows of the lists: all of them built anew, beside only reading the log they are built from."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from functools import cache
from time import perf_counter
from uuid import uuid4

from events.catalogue.envelope import Item
from events.store.command import Appended
from service.rebuilding import rebuild
from tests.bench.long_case import long_case
from tests.bench.measuring import Row, Unit, in_turns
from tests.bench.open_plans import a_real_place, at_its_own_meeting
from tests.bench.stage import Stage
from tests.read_models.world import Place
from tests.store.telling import command, draft

_CASES, _A_CASE = 200, 50
_TURNS = 5
_PAGE = 1_000


async def rows(stage: Stage) -> AsyncIterator[Row]:
    """Every case of an authority assessed anew, beside fetching, unsealing and parsing its events."""
    cases = stage.effort.of(_CASES)
    async with AsyncExitStack() as opened:
        databases = await opened.enter_async_context(stage.databases("lists"))
        place = await opened.enter_async_context(a_real_place(databases))
        for _ in range(cases):
            await _tell(place, min(_A_CASE, stage.effort.long_case))
        await place.follow()
        events = (await place.world.log.head(place.id)).position

        async def built_anew() -> float:
            began = perf_counter()
            compared = await rebuild(place.world.follower(), place.id, told=lambda _: None)
            assert compared.same
            return (perf_counter() - began) / events * 1_000_000

        async def read() -> float:
            began, position = perf_counter(), 0
            while found := await place.world.log.read_after(place.id, position, _PAGE):
                position = found[-1].position
            return (perf_counter() - began) / events * 1_000_000

        ours, theirs = await in_turns(
            min(stage.effort.rounds, _TURNS),
            (f"rebuild of all lists of {cases} cases, an event", built_anew),
            (f"fetch, unseal and parse the {events:,} events, an event", read),
        )
    yield Row(Unit.MICROSECONDS, ours, theirs, 3.0)


async def _tell(place: Place, events: int) -> None:
    """One more case, whole."""
    case = uuid4()
    told = [at_its_own_meeting(each, case) for each in _story(events)]
    drafts = [draft(case, version, told=each) for version, each in enumerate(told, 1)]
    assert isinstance(await place.world.log.append(command(place.id, *drafts)), Appended)


@cache
def _story(events: int) -> Sequence[Item]:
    return [event.item for event in long_case(events).events]
