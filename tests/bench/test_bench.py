"""Every row of `make bench` still works. Nothing here asserts a time."""

import pytest

from deploy.local.postgres import Cluster
from deploy.local.temporal_binary import NoTemporalError
from tests.bench.measuring import TINY, Figures, Row, Unit
from tests.bench.stage import Stage
from tests.bench.topics import TOPICS

ON_TEMPORAL = {"timers", "memory", "reconcile"}


@pytest.mark.parametrize("topic", [topic for topic in TOPICS if topic not in ON_TEMPORAL])
async def test_a_topic_measures_every_row(cluster: Cluster, topic: str) -> None:
    await measured(cluster, topic)


@pytest.mark.xdist_group("temporal")
@pytest.mark.parametrize("topic", sorted(ON_TEMPORAL))
async def test_a_topic_on_temporal_measures_every_row(cluster: Cluster, topic: str) -> None:
    try:
        await measured(cluster, topic)
    except NoTemporalError as error:
        pytest.skip(str(error))


async def measured(cluster: Cluster, topic: str) -> None:
    rows = [row async for row in TOPICS[topic](Stage(cluster, TINY))]

    assert rows
    assert all(figure > 0 for row in rows for figure in row.ours.taken), rows
    assert all(row.written() for row in rows)


def test_a_rate_reaches_its_aim_from_above_and_a_time_from_below() -> None:
    ours, theirs = Figures("ours", (30.0, 40.0, 50.0)), Figures("theirs", (20.0, 20.0, 20.0))

    assert Row(Unit.RATE, ours, theirs, aim=2.0).reached is True
    assert Row(Unit.RATE, ours, theirs, aim=2.1).reached is False
    assert Row(Unit.MICROSECONDS, ours, theirs, aim=2.0).reached is True
    assert Row(Unit.MICROSECONDS, ours, theirs, aim=1.9).reached is False
    assert Row(Unit.MICROSECONDS, ours, theirs).reached is None
