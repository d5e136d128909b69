"""Rows of the answer: what a case means, beside only parsing its events."""

from collections.abc import AsyncIterator, Callable
from time import process_time

from events.catalogue.whole import catalogue
from tests.bench.long_case import long_case
from tests.bench.measuring import Row, Unit, in_turns
from tests.bench.stage import Stage
from tests.case.given import at, the_engine

_TIMES = 10
"""How often one turn does it."""


async def rows(stage: Stage) -> AsyncIterator[Row]:
    """Assessing a long case beside parsing the same events as the catalogue does when it reads them."""
    case = long_case(stage.effort.long_case)
    items = [each.item.model_dump_json(exclude_none=True) for each in case.events]
    recorded = catalogue().recorded
    assessor, policies, now = the_engine().assessor, case.policies, at(case.events[-1].day)
    times = stage.effort.of(_TIMES)

    async def assess() -> float:
        return _each(times, lambda: assessor.assess(case.events, policies, case.calendar, now))

    async def parse() -> float:
        return _each(times, lambda: [recorded.validate_json(item) for item in items])

    ours, theirs = await in_turns(
        stage.effort.rounds,
        (f"assess a case of {len(items)} events", assess),
        ("parse the JSON of those events with pydantic-core", parse),
    )
    yield Row(Unit.MILLISECONDS, ours, theirs, 4.0)


def _each(times: int, work: Callable[[], object]) -> float:
    """Milliseconds of this process's own time, whatever else the machine is doing."""
    began = process_time()
    for _ in range(times):
        work()
    return (process_time() - began) / times * 1000
