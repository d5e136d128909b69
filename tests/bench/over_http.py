"""Rows of the whole way over HTTP: telling one event of a case, beside a bare route that does one INSERT."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from itertools import count, cycle, islice
from time import perf_counter
from typing import Any

from events.catalogue.envelope import Kind
from tests.bench.client import Connection, connected, post
from tests.bench.long_case import long_case
from tests.bench.measuring import Row, Unit, in_turns
from tests.bench.servers import bare, planclock
from tests.bench.stage import Stage

_CONNECTIONS = 8
_SHORT_CASES, _LONG_CASES = 240, 16
"""How many cases of each length are told to in turn, so that they grow little."""

_INSERTED = 400
"""Requests of the bare route in one turn; ours go to a third of the cases."""


async def rows(stage: Stage) -> AsyncIterator[Row]:
    """An append to a case of 20 events, and to one of 200."""
    async with AsyncExitStack() as opened:
        databases = await opened.enter_async_context(stage.databases("http"))
        port, founder = await opened.enter_async_context(planclock(databases))
        nothing = await opened.enter_async_context(bare(databases))
        sandbox = await _sandbox(port, founder)
        inserts = [post("/events", json.dumps(_visit("0")).encode(), {})] * stage.effort.of(_INSERTED)
        for length, cases, aim in ((20, _SHORT_CASES, 0.5), (stage.effort.long_case, _LONG_CASES, None)):
            appends = await _cases(port, sandbox, length, stage.effort.of(cases))
            told = stage.effort.of(cases // 3)
            ours, theirs = await in_turns(
                stage.effort.rounds,
                (f"HTTP: append to a case of {length} events", partial(_rate_of_next, port, appends, told)),
                ("HTTP: a bare route that does one INSERT", partial(_rate, nothing, inserts)),
            )
            yield Row(Unit.RATE, ours, theirs, aim)


async def _sandbox(port: int, founder: str) -> Mapping[str, str]:
    """The headers of an integration client in a sandbox."""
    asked = {"policy": "staffordshire", "now": "2026-06-01T09:00:00+01:00"}
    async with connected(port, 1) as (connection,):
        answer = await connection.ask(post("/v1/sandbox", json.dumps(asked).encode(), _bearer(founder)))
    assert answer.status == 201, answer
    return _bearer(json.loads(answer.body)["token"])


async def _cases(port: int, headers: Mapping[str, str], length: int, cases: int) -> Iterator[bytes]:
    """Tells so many cases of that length, and returns requests without end, each telling the next case of a visit."""
    told = [each.item for each in long_case(length * 2).events if each.kind is not Kind.ANNOUNCEMENT][:length]
    items = [each.model_dump(mode="json", exclude_none=True) for each in told]
    paths = [f"/v1/cases/OF-{length}-{case}/events" for case in range(cases)]
    await _rate(
        port,
        [
            post(path, json.dumps([{**item, "id": f"{path} {at}"} for at, item in enumerate(items)]).encode(), headers)
            for path in paths
        ],
    )
    return (
        post(path, json.dumps(_visit(f"{path} again {number}")).encode(), headers)
        for number, path in zip(count(), cycle(paths))
    )


def _visit(name: str) -> dict[str, Any]:
    return {
        "source": "https://case-system.example",
        "id": name,
        "type": "child_seen",
        "occurred_at": "2026-05-20T15:30:00+01:00",
        "data": {"by_sw": True, "spoken_to": True, "alone": True, "unannounced": False, "where": "At home"},
    }


async def _rate_of_next(port: int, requests: Iterator[bytes], how_many: int) -> float:
    return await _rate(port, list(islice(requests, how_many)))


async def _rate(port: int, requests: Sequence[bytes]) -> float:
    """Shares the requests out over a few connections, made beforehand: how many a second were answered."""
    async with connected(port, _CONNECTIONS) as connections:
        began = perf_counter()
        each = (requests[first::_CONNECTIONS] for first in range(_CONNECTIONS))
        await asyncio.gather(*map(Connection.ask_each, connections, each))
        return len(requests) / (perf_counter() - began)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
