"""What the tests of batches stand on: many cases, a draft that moves a date in each, and whoever does batches."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID, uuid4

from events.case.answer import Assessment
from events.case.comparing import Changed
from events.policies.drafts import PolicyDraft
from events.policies.loading import packs
from events.store import batches
from events.store.batches import Asked, Batch, Found
from events.store.read_models.histories import FIRST, Histories
from events.store.texts import texts
from service.batches import Asking
from service.calendars import following, versions
from service.procedures import Procedures
from tests.read_models.world import Place, World
from workflows.comparing import Comparer

CHANGE = ("due    = { working_days = 10, after", "due    = { working_days = 9, after")
"""What the draft says otherwise: it moves the first core group (STF-T21) of every child on a plan."""


def comparer(world: World) -> Comparer:
    """Whoever does what batches ask, as this process."""
    return Comparer(
        pool=world.database.worker,
        keys=world.keys,
        histories=Histories(world.database.worker, world.keys, world.catalogue),
        rules_upto=world.rules.of,
        texts=partial(texts, world.database),
        vocabulary=world.build.vocabulary,
        assessor=world.build.assessor,
    )


def procedures(world: World) -> Procedures:
    return Procedures(world.log, world.database, world.catalogue, world.build.vocabulary)


def asking(world: World) -> Asking:
    return Asking(world.log, world.database.app, uuid4)


async def asked_of(place: Place) -> Asked:
    """What the draft would change at a place."""
    text = packs()["staffordshire"]
    assert CHANGE[0] in text
    beside = {"staffordshire": text.replace(*CHANGE)}
    policy, digest = await procedures(place.world).keep("staffordshire", beside)
    return await asking(place.world).try_policy(place.id, "staffordshire", PolicyDraft(policy), digest)


async def the_same(world: World, asked: Asked) -> Asked:
    """The very same asked once more."""
    again = replace(asked, id=uuid4())
    await batches.begin(world.database.app, again)
    return again


async def stands(world: World, asked: Asked) -> Batch:
    found = await batches.look(world.database.app, asked.authority, asked.id)
    assert found is not None
    return found


async def findings(world: World, asked: Asked) -> Sequence[Found]:
    """Everything a batch has found."""
    found: list[Found] = []
    while page := await batches.findings(world.database.app, world.keys, asked, _after(found), 500):
        found.extend(page)
    return found


async def done_here(world: World, asked: Asked) -> Sequence[Found]:
    """What it comes to when one process does it all at once."""
    alone = await the_same(world, asked)
    await comparer(world).all(alone, lambda _: None)
    return await findings(world, alone)


async def closed(place: Place, day: date) -> Asked:
    """The office is shut on a day, as an activation says."""
    now = (await place.world.rules.of(place.id)).calendar
    today = datetime.now(UTC).date()
    coming = following(now, await versions(place.world.log, place.id), {day: "Office shut"}, today)
    position = await procedures(place.world).activate_calendar(place.id, coming.text, effective_from=today)
    assert position is not None
    return await asking(place.world).activated_calendar(place.id, coming.calendar, today, position)


def first_core_group(assessment: Assessment) -> date:
    (duty,) = [each for each in assessment.duties if each.rule == "STF-T21"]
    assert duty.due_on is not None
    return duty.due_on


def of(found: Sequence[Found], case: UUID) -> tuple[Changed, ...]:
    """What was found in one case."""
    return next((each.changed for each in found if each.case == case), ())


def _after(found: Sequence[Found]) -> UUID:
    return found[-1].case if found else FIRST
