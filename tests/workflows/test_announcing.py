"""Saying what is due: once, with the true due date, whoever else is at it."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg

from events.catalogue.announcements import DutyAnnounced, Said
from tests.read_models.world import BEGINNING, Place
from tests.workflows.clocks import FORM_HOURS, of_form, said_of
from workflows.announcing import UNWATCHED, Announcer

ASKED = BEGINNING
DUE = ASKED + timedelta(hours=FORM_HOURS)


async def asked(place: Place, at: datetime = ASKED) -> UUID:
    """A case whose 24-hour form is due a day after `at`."""
    case = uuid4()
    await place.tell(case, "child_registered", at.date().isoformat(), names="Aster Example", dob="2016-02-29")
    await place.tell(case, "initial_conference_requested", at.isoformat(), requested_by="csc")
    return case


async def test_what_is_due_is_said_once_and_the_next_instant_comes_back(place: Place, says: Announcer) -> None:
    case = await asked(place)
    before = await says.announce(place.id, case)
    await place.at("2025-01-07T00:00:00+00:00")
    watch = await says.announce(place.id, case)
    again = await says.announce(place.id, case)

    assert before.open
    assert before.next_date == datetime(2025, 1, 7, tzinfo=UTC)
    assert watch.next_date == again.next_date == DUE + timedelta(microseconds=1)
    assert (watch.announced, again.announced) == (1, 0)
    assert of_form(await said_of(place, case)) == [("due", DUE)]


async def test_after_a_long_silence_only_missed_is_said_with_the_true_due_date(place: Place, says: Announcer) -> None:
    case = await asked(place)
    await place.at("2025-03-03")
    await says.announce(place.id, case)

    assert of_form(await said_of(place, case)) == [("missed", DUE)]


async def test_ten_at_once_say_it_once(place: Place, says: Announcer) -> None:
    case = await asked(place)
    await place.at("2025-03-03")
    await asyncio.gather(*(says.announce(place.id, case) for _ in range(10)))

    assert of_form(await said_of(place, case)) == [("missed", DUE)]


async def test_a_meetings_duty_is_said_in_one_childs_case_only(place: Place, says: Announcer) -> None:
    first, second = await place.child(), await place.child()
    await place.plan(first, second)
    await place.at("2025-03-03")
    await says.announce(place.id, second)
    await says.announce(place.id, first)

    of_meetings = {duty.id for duty in (await place.assessed(first)).duties if duty.about == "meeting"}
    said = [event.data for case in (first, second) for event in await said_of(place, case)]
    shared = [(data.duty, data.said) for data in said if isinstance(data, DutyAnnounced) and data.duty in of_meetings]
    assert shared
    assert len(shared) == len(set(shared))


async def test_a_correction_to_an_earlier_day_makes_it_late_and_to_a_later_day_due_afresh(
    place: Place, says: Announcer
) -> None:
    case = uuid4()
    await place.tell(case, "child_registered", "2025-01-06", names="Aster Example", dob="2016-02-29")
    (asked_for,) = await place.tell(
        case, "initial_conference_requested", "2025-01-06T09:00:00+00:00", requested_by="csc"
    )
    await says.announce(place.id, case)

    await place.tell(
        case,
        "event_corrected",
        "2025-01-06",
        fact=str(asked_for.fact),
        reason="typing error",
        occurred_at="2025-01-02T09:00:00+00:00",
    )
    await says.announce(place.id, case)
    assert of_form(await said_of(place, case)) == [("late_when_known", datetime(2025, 1, 3, 9, tzinfo=UTC))]

    await place.tell(
        case,
        "event_corrected",
        "2025-01-06",
        fact=str(asked_for.fact),
        reason="typing error",
        occurred_at="2025-01-06T08:00:00+00:00",
    )
    watch = await says.announce(place.id, case)
    await place.at("2025-01-08")
    await says.announce(place.id, case)
    assert watch.next_date == datetime(2025, 1, 7, tzinfo=UTC)
    assert of_form(await said_of(place, case))[1:] == [("missed", datetime(2025, 1, 7, 8, tzinfo=UTC))]


async def test_a_case_that_does_not_exist_is_not_watched_and_nothing_is_said(place: Place, says: Announcer) -> None:
    assert await says.announce(place.id, uuid4()) == UNWATCHED
    assert await says.announce(uuid4(), uuid4()) == UNWATCHED


async def test_an_authoritys_own_stream_is_no_case(place: Place, says: Announcer) -> None:
    assert await says.announce(place.id, place.id) == UNWATCHED


async def test_an_erased_case_is_not_watched(place: Place, says: Announcer, admin_dsn: str) -> None:
    case = await asked(place)
    superuser = await asyncpg.connect(admin_dsn)
    async with superuser.transaction():
        await superuser.execute("select set_config('planclock.authority', $1, true)", str(place.id))
        await superuser.execute("select es.erase($1, $2, 'case')", place.id, case)
    await superuser.close()

    assert await says.announce(place.id, case) == UNWATCHED


async def test_at_a_real_authority_the_database_says_what_time_it_is(real: Place, says: Announcer) -> None:
    began = datetime.now(UTC) - timedelta(hours=FORM_HOURS, seconds=5)
    case = await asked(real, began)
    await says.announce(real.id, case)

    (said,) = of_form(await said_of(real, case))
    assert said == (Said.LATE_WHEN_KNOWN, began + timedelta(hours=FORM_HOURS))


async def test_who_says_it_is_planclock_itself(place: Place, says: Announcer) -> None:
    case = await asked(place)
    await place.at("2025-03-03")
    await says.announce(place.id, case)

    recorded = {(event.recorded_by.subject, event.item.source) for event in await said_of(place, case)}
    assert recorded == {("planclock", "planclock")}
