"""A clock that jumps, on either side: nothing is said early, and nothing is lost."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from tests.workflows.driver import Driver
from workflows import contracts
from workflows.contracts import Assessed, Case

START = datetime(2025, 1, 6, 9, tzinfo=UTC)
DUE = START + timedelta(hours=1)


async def test_while_the_databases_clock_lags_it_looks_again_until_that_says_so() -> None:
    lag, said = timedelta(seconds=30), []

    async def assess(_: Case, now: datetime) -> Assessed:
        if now - lag >= DUE:
            said.append(now - lag)
            return Assessed(open=False)
        return Assessed(open=True, next_date=DUE)

    driver = Driver(Case(uuid4(), uuid4()), assess, START)
    await driver.start()
    await driver.until(START + timedelta(hours=2))

    assert driver.ended
    assert len(said) == 1
    assert said[0] >= DUE
    assert driver.naps[1:] == [contracts.SHORTEST_WAIT] * 30


async def test_a_task_delivered_a_day_late_looks_at_once() -> None:
    """As when the workers were down while the answer of an activity waited for them."""
    looked: list[datetime] = []

    async def assess(_: Case, now: datetime) -> Assessed:
        looked.append(now)
        if len(looked) == 1:
            driver.now += timedelta(days=1)
            return Assessed(open=True, next_date=DUE)
        return Assessed(open=False)

    driver = Driver(Case(uuid4(), uuid4()), assess, START)
    await driver.start()
    await driver.until(START + timedelta(days=1, seconds=2))

    assert driver.ended
    assert looked[1] - START == timedelta(days=1) + contracts.SHORTEST_WAIT
