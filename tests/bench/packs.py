"""Rows of packs: what a case means under the largest, beside only parsing its events; and reading all at the start."""

import tomllib
from collections.abc import AsyncIterator, Callable
from time import process_time

from events.case.engine import engine
from events.catalogue.whole import catalogue
from events.policies.in_force import Activation, Policies
from events.policies.loading import load, packs
from events.policies.model import Policy
from tests.bench.long_case import long_case
from tests.bench.measuring import Measure, Row, Unit, in_turns
from tests.bench.stage import Stage
from tests.case.given import at, the_engine

_TIMES = 10
"""How often one turn does it."""


async def rows(stage: Stage) -> AsyncIterator[Row]:
    """Assessing a long case under the largest pack, and loading every pack as a process does when it starts."""
    yield await _assessed(stage)
    yield await _loaded(stage)


async def _assessed(stage: Stage) -> Row:
    case, largest = long_case(stage.effort.long_case), _largest()
    items = [each.item.model_dump_json(exclude_none=True) for each in case.events]
    recorded, assessor, now = catalogue().recorded, the_engine().assessor, at(case.events[-1].day)
    policies = Policies([Activation(largest, case.calendar.first)])
    times = stage.effort.of(_TIMES)
    ours, theirs = await in_turns(
        stage.effort.rounds,
        (
            f"assess {len(items)} events under {largest.id} ({len(largest.origin)} entries)",
            _timed(times, lambda: assessor.assess(case.events, policies, case.calendar, now)),
        ),
        (
            "parse the JSON of those events with pydantic-core",
            _timed(times, lambda: [recorded.validate_json(each) for each in items]),
        ),
    )
    return Row(Unit.MILLISECONDS, ours, theirs, 4.0)


async def _loaded(stage: Stage) -> Row:
    texts, vocabulary = packs(), engine(catalogue()).vocabulary
    ours, theirs = await in_turns(
        stage.effort.rounds,
        (
            f"load and check all {len(texts)} packs",
            _timed(1, lambda: [load(each, texts, vocabulary) for each in texts]),
        ),
        ("parse their TOML", _timed(1, lambda: [tomllib.loads(each) for each in texts.values()])),
    )
    return Row(Unit.MILLISECONDS, ours, theirs)


def _largest() -> Policy:
    texts, vocabulary = packs(), engine(catalogue()).vocabulary
    return max((load(each, texts, vocabulary) for each in texts), key=lambda policy: len(policy.origin))


def _timed(times: int, work: Callable[[], object]) -> Measure:
    """Milliseconds of this process's own time, whatever else the machine is doing."""

    async def timed() -> float:
        began = process_time()
        for _ in range(times):
            work()
        return (process_time() - began) / times * 1000

    return timed
