"""Procedures come into force by events that name immutable texts."""

from datetime import UTC, datetime
from uuid import uuid4

import asyncpg
import pytest

from events.catalogue.authority import CalendarActivated, PolicyActivated
from events.policies.activated import digests
from events.store.errors import AuthorityExistsError
from events.store.texts import MissingTextError, keep, texts
from service.procedures import Procedures, UnknownPackError
from tests.read_models.world import CATALOGUE, Place, World, the_engine

NOW = datetime(2025, 1, 6, 9, tzinfo=UTC)


def procedures(world: World) -> Procedures:
    return Procedures(world.log, world.database, CATALOGUE, the_engine().vocabulary)


async def test_a_new_authority_has_its_pack_and_calendar_in_force_from_the_beginning(place: Place) -> None:
    stream = await place.world.log.read_case(place.id, place.id)

    in_force = await place.world.rules.of(place.id, len(stream))

    assert [event.type for event in stream] == ["authority_created", "policy_activated", "calendar_activated"]
    assert in_force.policies.on(in_force.calendar.first).policy.id == "staffordshire"
    assert in_force.calendar.nation == "england"


async def test_what_was_activated_names_texts_that_are_kept(place: Place) -> None:
    stream = await place.world.log.read_case(place.id, place.id)

    kept = await texts(place.world.database, digests(stream))

    named = [each.data.digest for each in stream if isinstance(each.data, PolicyActivated | CalendarActivated)]
    assert sorted(kept) == sorted(named)


async def test_opening_an_authority_twice_is_refused_and_leaves_one_stream(place: Place) -> None:
    with pytest.raises(AuthorityExistsError):
        await procedures(place.world).open_authority(place.id, name="Again", pack="staffordshire", sandbox_now=NOW)

    assert len(await place.world.log.read_case(place.id, place.id)) == 3


@pytest.mark.parametrize("pack", ["unheard-of", "lifecycle"])
async def test_a_pack_that_cannot_be_in_force_by_itself_creates_nothing(world: World, pack: str) -> None:
    authority = uuid4()

    with pytest.raises(UnknownPackError):
        await procedures(world).open_authority(authority, name="Example", pack=pack, sandbox_now=NOW)

    assert await world.log.authority(authority) is None


async def test_activating_the_same_text_from_the_same_day_again_changes_nothing(place: Place) -> None:
    ours = procedures(place.world)
    day = NOW.date()

    await ours.activate(place.id, "staffordshire", effective_from=day, recalculates_open=False)
    await ours.activate(place.id, "staffordshire", effective_from=day, recalculates_open=False)

    assert len(await place.world.log.read_case(place.id, place.id)) == 4


async def test_a_text_is_kept_once_and_never_changed(world: World, superuser: asyncpg.Connection) -> None:
    digest = await keep(world.database, "a text of a pack")

    assert await keep(world.database, "a text of a pack") == digest
    assert await texts(world.database, [digest]) == {digest: "a text of a pack"}
    for statement in ("update es.stored_text set content = 'another'", "delete from es.stored_text"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await superuser.execute(statement)


async def test_a_text_that_was_never_kept_is_missed_by_its_digest(world: World) -> None:
    with pytest.raises(MissingTextError, match="0" * 64):
        await texts(world.database, ["0" * 64])
