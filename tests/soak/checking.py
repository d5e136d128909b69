"""What must be so once everything has come to rest: nothing lost, nothing twice, no gap, every timer in place."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from uuid import UUID

from temporalio.client import Client

from events.catalogue.envelope import Event
from events.store.read_models.checkpoints import LISTS, TIMERS
from events.store.read_models.lag import lags
from events.store.verify import verify
from tests.http.client import SOURCE
from tests.read_models.world import World
from tests.soak.expected import expected, said
from tests.workflows.clocks import of_form
from tests.workflows.running import eventually, reconciler

_PAGE = 1_000
_SETTLING = 600.0
_ON_TIME = timedelta(seconds=30)


@dataclass(frozen=True)
class Lived:
    """One authority, the items that were acknowledged there, and for a real one when each case's form fell due."""

    authority: UUID
    acknowledged: Sequence[str]
    due: Mapping[str, datetime]


async def checked(world: World, client: Client, lived: Lived) -> int:
    """How many events an authority has, once all is as it must be."""
    await eventually(lambda: _at_rest(world, lived), patience=_SETTLING)
    events = await _log(world, lived.authority)
    assert [event.position for event in events] == list(range(1, len(events) + 1)), "a position is missing"
    assert (await verify(world.database.app, lived.authority, keys=world.keys)).sound, "the chain is broken"
    kept, acknowledged = (
        Counter(each.item.id for each in events if each.item.source == SOURCE),
        Counter(lived.acknowledged),
    )
    assert kept == acknowledged, f"lost {acknowledged - kept}, more than once {kept - acknowledged}"
    if lived.due:
        await _forms_said(world, lived)
    else:
        _all_said(events, lived, await world.log.now(lived.authority))
    found = await reconciler(world, client).compare(lived.authority, nightly=True)
    assert found.amiss == 0, f"timers amiss: {found}"
    assert found.held == found.expected, f"timers surplus: {found}"
    return len(events)


async def _at_rest(world: World, lived: Lived) -> bool:
    """Whether relay and lists have come to the end of the log, and every date that was to pass has."""
    behind = [each for model in (TIMERS, LISTS) for each in await lags(world.database.worker, model)]
    if any(each.authority == lived.authority and each.position < each.head for each in behind):
        return False
    return not any(due + _ON_TIME > datetime.now(UTC) for due in lived.due.values())


async def _log(world: World, authority: UUID) -> list[Event]:
    events: list[Event] = []
    while page := await world.log.read_after(authority, len(events), _PAGE):
        events += [each for each in page if isinstance(each, Event)]
    return events


def _all_said(events: Sequence[Event], lived: Lived, now: datetime) -> None:
    """In each case of a sandbox exactly what its facts ask for, in order, each with its true date."""
    of_cases = sorted(
        (each for each in events if each.case != lived.authority), key=lambda each: (each.case, each.version)
    )
    for case, of_one in groupby(of_cases, key=lambda each: each.case):
        history = list(of_one)
        assert said(history) == expected(history, now), f"case {case}: {said(history)} and not {expected(history, now)}"


async def _forms_said(world: World, lived: Lived) -> None:
    """Of each real case's form that it was missed, once, with its true instant."""
    for reference, due in lived.due.items():
        case = await world.log.resolve(lived.authority, reference)
        assert case is not None, f"{reference} is not known"
        form = of_form(await world.log.read_case(lived.authority, case))
        assert form[-1] in {("missed", due), ("late_when_known", due)}, f"{reference}: {form}"
        assert len(form) == len(set(form)), f"{reference}: {form}"
