"""The connections that appends take: kept while they are good, replaced when they may not be."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from events.store.connect import Connections


@pytest.fixture
async def connections(log_dsn: str) -> AsyncIterator[Connections]:
    connections = Connections(log_dsn, 1)
    yield connections
    await connections.close()


async def _pid(connections: Connections) -> int:
    async with connections.take() as connection:
        pid: int = connection.get_server_pid()
        return pid


async def test_a_connection_is_kept_after_use_and_after_an_error_of_the_server(connections: Connections) -> None:
    first = await _pid(connections)
    with pytest.raises(asyncpg.PostgresSyntaxError):
        async with connections.take() as connection:
            await connection.execute("nonsense")
    assert await _pid(connections) == first


async def test_a_connection_is_replaced_after_any_other_error(connections: Connections) -> None:
    first = await _pid(connections)
    with pytest.raises(ValueError, match="ours"):
        async with connections.take():
            raise ValueError("ours")
    assert await _pid(connections) != first


async def test_a_connection_that_the_server_cut_is_replaced(
    connections: Connections, superuser: asyncpg.Connection
) -> None:
    first = await _pid(connections)
    async with connections.take() as connection:
        await superuser.fetchval("select pg_terminate_backend($1, 5000)", first)
        while not connection.is_closed():
            await asyncio.sleep(0)
    assert await _pid(connections) != first


async def test_whoever_finds_none_free_waits_for_one(connections: Connections) -> None:
    async with connections.take() as connection:
        waiting = asyncio.create_task(_pid(connections))
        await asyncio.sleep(0)
        assert not waiting.done()
        mine = connection.get_server_pid()
    assert await waiting == mine
