"""The worklist: one row a duty, right at every moment, page by page."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from events.case.answer import Mark, Status
from events.store.read_models.paging import BadCursorError
from events.store.read_models.strands import Dates, Wanted
from events.store.read_models.worklist import Worklist
from tests.read_models.world import Place, World

EVERY_STATUS = frozenset(Status)


async def test_every_duty_stands_in_the_worklist_as_the_engine_says_it(place: Place) -> None:
    case = await place.child()
    await place.plan(case)
    await place.follow()

    listed = {each.duty.id: each.duty for each in await place.duties(statuses=EVERY_STATUS)}

    assert listed == {duty.id: duty for duty in (await place.assessed(case)).duties}


async def test_the_worklist_stays_right_for_years_though_nobody_writes_to_it(place: Place) -> None:
    case = await place.child(born="2008-02-29")
    await place.plan(case)
    await place.follow()

    for day in (
        "2025-01-20",
        "2025-01-27",
        "2025-01-28",
        "2025-02-21",
        "2025-04-14",
        "2026-02-28",
        "2026-03-01",
        "2027-06-01",
    ):
        await place.at(day)
        listed = {each.duty.id: each.duty for each in await place.duties(statuses=EVERY_STATUS)}
        assert listed == {duty.id: duty for duty in (await place.assessed(case)).duties}, day


async def test_a_duty_passes_into_missed_when_its_last_day_has_ended(place: Place) -> None:
    case = await place.child()
    await place.plan(case, on="2025-01-13")
    await place.follow()

    async def first_core_group() -> Status:
        (listed,) = await place.duties(rule="STF-T21")
        return listed.duty.status

    await place.at("2025-01-27T23:59:59.999999+00:00")
    assert await first_core_group() is Status.OPEN
    await place.at("2025-01-28T00:00:00+00:00")
    assert await first_core_group() is Status.MISSED


async def test_a_duty_due_at_an_instant_is_missed_a_microsecond_later(place: Place) -> None:
    case = UUID(int=8)
    await place.tell(case, "child_registered", "2025-01-06", dob="2016-02-29")
    await place.tell(case, "initial_conference_requested", "2025-01-06T09:00:00+00:00", requested_by="csc")
    await place.follow()

    async def notification_form() -> Status:
        (listed,) = await place.duties(rule="STF-T01")
        return listed.duty.status

    await place.at("2025-01-07T09:00:00+00:00")
    assert await notification_form() is Status.OPEN
    await place.at("2025-01-07T09:00:00.000001+00:00")
    assert await notification_form() is Status.MISSED


async def test_the_minutes_of_three_siblings_are_late_once(place: Place) -> None:
    siblings = [await place.child(worker=worker) for worker in ("W1", "W2", "W3")]
    await place.plan(*siblings)
    await place.at("2025-03-03")
    await place.follow()

    (minutes,) = await place.duties(rule="STF-T29")

    assert minutes.duty.status is Status.MISSED
    assert {each.case: (each.status, each.worker) for each in minutes.concerned} == {
        siblings[0]: (Status.MISSED, "W1"),
        siblings[1]: (Status.MISSED, "W2"),
        siblings[2]: (Status.MISSED, "W3"),
    }


async def test_a_meetings_duty_is_found_by_any_of_the_workers_it_concerns(place: Place) -> None:
    siblings = [await place.child(worker=worker) for worker in ("W1", "W2")]
    await place.plan(*siblings)
    await place.follow()

    for worker in ("W1", "W2"):
        assert [each.duty.rule for each in await place.duties(rule="STF-T29", worker=worker)] == ["STF-T29"]
    assert await place.duties(rule="STF-T29", worker="W3") == []


async def test_a_meetings_duty_stays_to_do_until_every_case_is_done_with_it(place: Place) -> None:
    first, second = [await place.child() for _ in range(2)]
    await place.plan(first, second)
    await place.tell(first, "minutes_distributed", "2025-01-13", meeting="ICPC-1")
    await place.follow()

    (minutes,) = await place.duties(rule="STF-T29")

    assert minutes.duty.status is Status.OPEN
    assert {each.case: each.status for each in minutes.concerned} == {first: Status.MET, second: Status.OPEN}


async def test_duties_come_soonest_first_and_then_the_oldest_of_those_without_a_date(place: Place) -> None:
    case = await place.child()
    await place.plan(case)
    await place.follow()

    duties = [each.duty for each in await place.duties()]

    dated = [duty.due_at.date() if duty.due_at else duty.due_on for duty in duties if duty.due_on or duty.due_at]
    undated = [duty.started_by.on for duty in duties if not (duty.due_on or duty.due_at)]
    assert dated == sorted(dated)  # type: ignore[type-var]  # each is a date
    assert undated == sorted(undated)
    assert len(dated) > 5 < len(undated) + 5
    assert [bool(duty.due_on or duty.due_at) for duty in duties] == [True] * len(dated) + [False] * len(undated)


@pytest.mark.parametrize("wanted, found", [
    ({"team": "team-south"}, {"south"}),
    ({"worker": "W1"}, {"north"}),
    ({"team": "team-south", "worker": "W1"}, set()),
    ({"owner": "social worker"}, {"north", "south"}),
    ({"owner": "nobody"}, set()),
])  # fmt: skip
async def test_duties_are_found_by_who_has_to_do_them(place: Place, wanted: dict[str, Any], found: set[str]) -> None:
    north, south = await place.child(), await place.child(team="team-south", worker="W2")
    await place.follow()

    cases = {concerned.case for each in await place.duties(**wanted) for concerned in each.concerned}

    assert cases == {{"north": north, "south": south}[name] for name in found}


async def test_the_window_of_due_days_includes_both_its_ends(place: Place) -> None:
    case = await place.child()
    await place.plan(case, on="2025-01-13")
    await place.follow()

    async def rules(first: date, last: date) -> set[str]:
        return {each.duty.rule for each in await place.duties(due_from=first, due_to=last)}

    assert "STF-T21" in await rules(date(2025, 1, 27), date(2025, 1, 27))
    assert "STF-T21" not in await rules(date(2025, 1, 28), date(2025, 12, 31))
    assert "STF-T21" not in await rules(date(2025, 1, 1), date(2025, 1, 26))


async def test_an_eighteenth_birthday_is_found_on_its_day_though_the_table_does_not_tell_it(place: Place) -> None:
    case = await place.child(born="2008-03-15")
    await place.plan(case)
    await place.follow()

    day = date(2026, 3, 15)

    assert "STF-T38" in {each.duty.rule for each in await place.duties(due_from=day, due_to=day)}
    everything = [each.duty for each in await place.duties(dates=Dates.DATED)]
    birthday = next(place for place, duty in enumerate(everything) if duty.rule == "STF-T38")
    assert all(duty.due_on is None or duty.due_on <= day for duty in everything[:birthday])
    assert all(duty.due_on is not None and duty.due_on >= day for duty in everything[birthday:])


async def test_of_two_birthdays_in_a_month_the_window_finds_the_one_that_lies_in_it(place: Place) -> None:
    early, late = await place.child(born="2008-03-15"), await place.child(born="2008-03-16")
    await place.plan(early, late)
    await place.follow()

    async def found(day: date) -> list[UUID]:
        listed = await place.duties(rule="STF-T38", due_from=day, due_to=day)
        return [concerned.case for each in listed for concerned in each.concerned]

    assert await found(date(2026, 3, 15)) == [early]
    assert await found(date(2026, 3, 16)) == [late]
    assert await found(date(2026, 3, 17)) == []


async def test_undated_duties_are_listed_by_their_age(place: Place) -> None:
    case = await place.child()
    await place.plan(case)
    await place.follow()

    async def rules(began_by: date) -> list[str]:
        return [each.duty.rule for each in await place.duties(dates=Dates.UNDATED, began_by=began_by)]

    assert await rules(date(2025, 1, 5)) == []
    assert await rules(date(2025, 1, 12)) == []
    assert await rules(date(2025, 1, 13)) == ["STF-T32", "STF-T32"]  # one for each authority that is told


async def test_what_cannot_be_calculated_is_listed_apart_and_names_what_is_missing(place: Place) -> None:
    case = UUID(int=7)
    await place.tell(case, "unborn_child_registered", "2025-01-06")
    await place.tell(case, "unborn_risk_identified", "2025-01-06")
    await place.follow()

    (listed,) = await place.duties(dates=Dates.INCALCULABLE)

    assert listed.duty.rule == "STF-T16"
    assert Mark.CANNOT_BE_CALCULATED in listed.duty.marks
    assert listed.duty.missing == "the expected date of delivery"
    assert listed.duty.rule not in {each.duty.rule for each in await place.duties(dates=Dates.UNDATED)}


async def test_a_duty_that_lapsed_is_no_longer_to_do_and_counts_as_cancelled(place: Place) -> None:
    case = await place.child()
    await place.plan(case)
    await place.follow()
    await place.at("2026-01-13")

    assert await place.duties(rule="STF-T31") == []
    (amendments,) = await place.duties(rule="STF-T31", statuses=frozenset({Status.CANCELLED}))
    assert amendments.duty.reason == "no amendment was asked for, and the time for one has passed"


async def test_pages_show_every_duty_once_while_others_are_appended(place: Place) -> None:
    before = [await place.child(born=f"20{year:02}-05-05") for year in range(8, 14)]
    await place.plan(*before)
    await place.follow()
    expected = [each.duty.id for each in await place.duties()]
    worklist = Worklist(place.world.database.app, place.world.keys)

    seen: list[str] = []
    cursor: str | None = None
    while cursor is not None or not seen:
        now = await place.world.log.now(place.id)
        page = await worklist.page(place.id, Wanted(), now=now, limit=4, cursor=cursor)
        seen += [each.duty.id for each in page.duties]
        cursor = page.next
        await place.child()
        await place.follow()

    assert [duty for duty in seen if duty in set(expected)] == expected
    assert len(expected) > 30


async def test_a_cursor_of_another_authority_or_made_up_is_refused(place: Place, world: World) -> None:
    other = await world.sandbox()
    worklist = Worklist(world.database.app, world.keys)
    for each in (place, other):
        await each.child()
        await each.follow()
    now = await world.log.now(other.id)
    theirs = (await worklist.page(other.id, Wanted(), now=now, limit=1)).next

    for cursor in (theirs, "made-up", "AAAA", "é"):
        with pytest.raises(BadCursorError):
            await worklist.page(place.id, Wanted(), now=now, limit=1, cursor=cursor)


async def test_an_authority_whose_lists_have_not_begun_has_an_empty_worklist(place: Place) -> None:
    assert await place.duties() == []
