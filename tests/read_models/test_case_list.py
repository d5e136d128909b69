"""The case list: one row a case, found by what is asked, with how much there is to do."""

from datetime import date
from uuid import uuid4

import pytest

from events.case.answer import Mark, Status
from events.store.read_models.case_list import CaseList, ToDo, WantedCases
from tests.read_models.world import Place, World


async def test_a_case_shows_where_it_stands_and_who_has_it(place: Place) -> None:
    case = await place.child(team="team-south", worker="W2")
    await place.plan(case)
    await place.follow()

    (listed,) = await place.cases()

    assert (listed.case, listed.version) == (case, 6)
    assert (listed.stage, listed.category, listed.flags) == ("active", "neglect", ())
    assert (listed.team, listed.worker, listed.manager) == ("team-south", "W2", None)


async def test_counts_are_those_of_the_engine_at_every_moment(place: Place) -> None:
    case = await place.child(born="2008-03-15")
    await place.plan(case)
    await place.follow()

    for day in ("2025-01-13", "2025-01-28", "2025-06-01", "2026-03-15", "2026-03-16"):
        await place.at(day)
        (listed,) = await place.cases()
        duties = [duty for duty in (await place.assessed(case)).duties if duty.closed_on is None]
        still_open = [duty for duty in duties if duty.status is Status.OPEN]
        undated = [duty for duty in still_open if not duty.due_on and not duty.due_at]
        assert listed.to_do == ToDo(
            open=len(still_open),
            missed=sum(duty.status is Status.MISSED for duty in duties),
            undated=sum(Mark.CANNOT_BE_CALCULATED not in duty.marks for duty in undated),
            incalculable=0,
            inherited=0,
            next_due_on=min((duty.due_on for duty in still_open if duty.due_on), default=None),
        )


async def test_a_case_whose_next_duty_is_an_eighteenth_birthday_says_when_that_is(place: Place) -> None:
    case = await place.child(born="2008-03-15")
    await place.plan(case)
    await place.follow()

    await place.at("2026-03-15")

    assert [each.to_do.next_due_on for each in await place.cases()] == [date(2026, 3, 15)]


@pytest.mark.parametrize("wanted, found", [
    ({}, {"planned", "requested", "unborn"}),
    ({"stage": "active"}, {"planned"}),
    ({"category": "neglect"}, {"planned"}),
    ({"flag": "unborn"}, {"unborn"}),
    ({"team": "team-north"}, {"planned"}),
    ({"worker": "W2"}, {"requested"}),
    ({"worker": "W2", "stage": "active"}, set()),
])  # fmt: skip
async def test_cases_are_found_by_what_is_asked(place: Place, wanted: dict[str, str], found: set[str]) -> None:
    cases = {"planned": await place.child(), "requested": await place.child(team="team-south", worker="W2")}
    cases["unborn"] = uuid4()
    await place.tell(cases["unborn"], "unborn_child_registered", "2025-01-06", edd="2025-06-01")
    await place.plan(cases["planned"])
    await place.follow()

    listed = {each.case for each in await place.cases(**wanted)}  # type: ignore[arg-type]  # by name

    assert listed == {cases[name] for name in found}


async def test_pages_show_every_case_once_in_the_order_they_were_opened_while_others_are(
    place: Place, world: World
) -> None:
    cases = [await place.child() for _ in range(5)]
    await place.follow()
    case_list, now = CaseList(world.database.app, world.keys), await world.log.now(place.id)

    seen, cursor = [], None
    for _ in range(3):
        page = await case_list.page(place.id, WantedCases(), now=now, limit=2, cursor=cursor)
        seen += [each.case for each in page.cases]
        cursor = page.next
        cases.append(await place.child())
        await place.follow()

    assert seen == cases[:6]


async def test_a_page_says_at_which_position_it_is_true(place: Place, world: World) -> None:
    await place.child()
    await place.follow()
    case_list = CaseList(world.database.app, world.keys)

    page = await case_list.page(place.id, WantedCases(), now=await world.log.now(place.id), limit=5)

    assert page.position == (await world.log.head(place.id)).position
