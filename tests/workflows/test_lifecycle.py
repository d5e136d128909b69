"""The alarm clock in its real sandbox, driven by a clock of ours."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from temporalio.common import SearchAttributeKey

from events.case.standing import begins
from events.catalogue.announcements import DutyAnnounced, Said
from events.catalogue.envelope import LOCAL, Event
from tests.read_models.world import BEGINNING, Place, World
from tests.workflows.clocks import of_form, said_of
from tests.workflows.driver import Assess, Driver, nudge
from workflows import contracts
from workflows.announcing import Announcer
from workflows.contracts import Assessed, Case

CASE = Case(uuid4(), uuid4())
START = BEGINNING
ON_A_PLAN = datetime(2025, 1, 13, 12, tzinfo=UTC)
SHOWN = SearchAttributeKey.for_datetime(contracts.NEXT_DATE)


def always(found: Assessed) -> Assess:
    async def assess(_: Case, __: datetime) -> Assessed:
        return found

    return assess


async def started(found: Assessed) -> Driver:
    driver = Driver(CASE, always(found), START)
    await driver.start()
    return driver


async def test_it_ends_at_once_when_no_duty_is_open() -> None:
    driver = await started(Assessed(open=False))

    assert driver.ended
    assert driver.looks == 1


async def test_it_waits_for_the_next_date() -> None:
    driver = await started(Assessed(open=True, next_date=START + timedelta(days=3)))

    assert driver.naps == [timedelta(days=3)]
    assert driver.summaries == ["until 2025-01-09 09:00 UTC, the next date"]


async def test_it_never_waits_longer_than_seven_days() -> None:
    driver = await started(Assessed(open=True, next_date=START + timedelta(days=300)))
    await driver.until(START + timedelta(days=28))

    assert driver.summaries[0] == "the next date is 2025-11-02 09:00 UTC; looks again within seven days"
    assert driver.naps == [timedelta(days=7)] * 5
    assert driver.looks == 5


async def test_it_always_sets_a_timer_even_for_a_date_that_has_passed() -> None:
    driver = await started(Assessed(open=True, next_date=START - timedelta(hours=1)))

    assert driver.naps == [contracts.SHORTEST_WAIT]


async def test_a_sandbox_waits_for_nudges_whatever_its_dates_say() -> None:
    driver = await started(Assessed(open=True, next_date=START + timedelta(hours=1), sandbox=True))

    assert driver.naps == [contracts.NAP]
    assert driver.summaries == ["a sandbox: until its clock is moved, or news comes"]


async def test_a_nudge_makes_it_look_again() -> None:
    driver = await started(Assessed(open=True))
    await driver.nudge()

    assert driver.looks == 2
    assert len(driver.timers) == 1


async def test_a_nudge_in_the_same_task_as_the_timer_loses_neither() -> None:
    driver = await started(Assessed(open=True, next_date=START + timedelta(days=1)))
    await driver.nudge(firing=True)

    assert driver.looks == 2
    assert len(driver.timers) == 1


async def test_a_nudge_that_comes_while_it_looks_makes_it_look_once_more() -> None:
    driver = Driver(CASE, always(Assessed(open=True)), START)

    async def assess(_: Case, __: datetime) -> Assessed:
        if driver.looks == 1:
            await driver.arrives(nudge(), nudge(), nudge())
        return Assessed(open=False)

    driver.assess = assess
    await driver.start()

    assert driver.looks == 2
    assert driver.ended


async def test_it_continues_as_new_at_about_a_thousand_events() -> None:
    driver = await started(Assessed(open=True))
    while not driver.closed:
        await driver.until(driver.now + timedelta(days=7))

    assert driver.continued
    assert contracts.LONGEST_RUN <= driver.length < contracts.LONGEST_RUN + 20


async def test_the_next_date_is_shown_and_only_when_it_changes() -> None:
    driver = await started(Assessed(open=True, next_date=START + timedelta(days=30)))
    first = driver.shown
    await driver.until(START + timedelta(days=20))

    assert first.get(SHOWN) == START + timedelta(days=30)
    assert driver.shown is first


async def test_two_years_of_a_plan_are_announced_in_order_each_on_its_own_day(place: Place, says: Announcer) -> None:
    driver = await a_plan(place, says)
    for week in range(1, 105):
        await driver.until(ON_A_PLAN + timedelta(days=7 * week))
        if week % 2 and week < 60:
            seen = {"by_sw": True, "spoken_to": True, "alone": True}
            await place.tell(driver.case.case, "child_seen", driver.now.isoformat(), **seen)
            await driver.nudge()

    said = await said_of(place, driver.case.case)
    assert len(said) > 15
    assert [event.recorded_at for event in said] == sorted(event.recorded_at for event in said)
    watched = [event for event in said if event.recorded_at > ON_A_PLAN + timedelta(minutes=1)]
    assert len(watched) > 10
    assert max(late_by(event) for event in watched) < timedelta(minutes=1)


async def test_nudges_at_random_change_nothing_that_is_said(world: World, says: Announcer) -> None:
    quiet, noisy = [await world.sandbox() for _ in range(2)]
    undisturbed, disturbed = await a_plan(quiet, says), await a_plan(noisy, says)
    dice = random.Random(4)
    for day in range(1, 150):
        await undisturbed.until(ON_A_PLAN + timedelta(days=day))
        await disturbed.until(ON_A_PLAN + timedelta(days=day))
        for _ in range(dice.choice([0, 0, 0, 1, 3])):
            await disturbed.nudge()

    assert disturbed.looks > undisturbed.looks + 50
    assert await outline(noisy, disturbed.case.case) == await outline(quiet, undisturbed.case.case)


async def test_a_correction_with_the_timer_set_moves_it_earlier_later_and_away(place: Place, says: Announcer) -> None:
    case = uuid4()
    await place.tell(case, "child_registered", "2025-01-06", names="Aster Example", dob="2016-02-29")
    asked = "initial_conference_requested"
    (told,) = await place.tell(case, asked, "2025-01-06T09:00:00+00:00", requested_by="csc")
    driver = Driver(Case(place.id, case), by_the_drivers_clock(place, says), START)
    await driver.start()

    async def corrected(**change: object) -> datetime:
        await place.tell(case, "event_corrected", "2025-01-06", fact=str(told.fact), reason="typing error", **change)
        await driver.nudge()
        return min(driver.timers.values())

    earlier = await corrected(occurred_at="2025-01-05T20:00:00+00:00")
    later = await corrected(occurred_at="2025-01-06T08:00:00+00:00")
    await place.tell(case, "event_voided", "2025-01-06", fact=str(told.fact), reason="another child's")
    await driver.nudge()

    assert earlier == datetime(2025, 1, 6, 20, 0, 0, 1, tzinfo=UTC)
    assert later == datetime(2025, 1, 7, tzinfo=UTC)
    assert driver.ended
    assert [said for said, _ in of_form(await said_of(place, case))] == ["due"]


async def a_plan(place: Place, says: Announcer) -> Driver:
    """A child on a plan since a week after the beginning, and its lifecycle, started."""
    case = await place.child()
    await place.plan(case)
    driver = Driver(Case(place.id, case), by_the_drivers_clock(place, says), ON_A_PLAN)
    await driver.start()
    return driver


def by_the_drivers_clock(place: Place, says: Announcer) -> Assess:
    """The activity at an authority whose clock goes with the driver's."""

    async def assess(case: Case, now: datetime) -> Assessed:
        await place.at(now.isoformat())
        watch = await says.announce(case.authority, case.case)
        return Assessed(open=watch.open, next_date=watch.next_date)

    return assess


def late_by(event: Event) -> timedelta:
    """How long after its own instant something was said."""
    data = event.data
    assert isinstance(data, DutyAnnounced)
    if data.said is Said.MISSED and data.due_at is not None:
        return event.recorded_at - data.due_at
    due_day = data.due_on or (data.due_at.astimezone(LOCAL).date() if data.due_at else event.day)
    day = due_day + timedelta(days=1) if data.said is Said.MISSED else due_day
    return timedelta() if data.said in {Said.LATE_WHEN_KNOWN, Said.CHASED} else event.recorded_at - begins(day)


async def outline(place: Place, case: UUID) -> list[tuple[str, str, str, datetime]]:
    """What was said of a case, and when."""
    said = [(event.data, event.recorded_at) for event in await said_of(place, case)]
    return [
        (data.rule, data.said.value, str(data.due_on), at.replace(microsecond=0))
        for data, at in said
        if isinstance(data, DutyAnnounced)
    ]
