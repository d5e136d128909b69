"""Walking over everything in a log, a page at a time, for the verifier: nothing is opened and nothing is asserted."""

from collections import deque
from typing import Any
from uuid import UUID

from events.store.connect import Pool

Record = Any
"""A row as asyncpg gives it."""

EVENTS = """
select e.*
from set_config('planclock.authority', $1, true) as t (authority), lateral (
    select * from es.event where authority = t.authority::uuid and position > $2 order by position limit 1000
) as e
"""
BLOCKS = """
select b.*
from set_config('planclock.authority', $1, true) as t (authority), lateral (
    select * from es.block where authority = t.authority::uuid and last_position > $2 order by last_position limit 1000
) as b
"""
REFERENCES = """
select r.*
from set_config('planclock.authority', $1, true) as t (authority), lateral (
    select * from es.reference where authority = t.authority::uuid
) as r
"""
ERASURES = """
select e.*
from set_config('planclock.authority', $1, true) as t (authority), lateral (
    select * from es.erasure where authority = t.authority::uuid
) as e
"""


class Rows:
    """Rows of a table in order, a page at a time, with a look ahead."""

    def __init__(self, pool: Pool, query: str, authority: UUID, column: str) -> None:
        self._pool = pool
        self._query = query
        self._authority = str(authority)
        self._column = column
        self._page: deque[Record] = deque()
        self._last = -1

    async def peek(self) -> Record | None:
        """The next row, which stays the next; None at the end."""
        if not self._page:
            self._page.extend(await self._pool.fetch(self._query, self._authority, self._last))
            if self._page:
                self._last = self._page[-1][self._column]
        return self._page[0] if self._page else None

    async def next(self) -> Record | None:
        """The next row; None at the end."""
        await self.peek()
        return self._page.popleft() if self._page else None

    async def last(self) -> int | None:
        """The last of those already looked at."""
        await self.peek()
        return self._page[-1][self._column] if self._page else None

    async def upto(self, last: int) -> list[Record]:
        """The next rows whose column is not above `last`."""
        rows = []
        while (row := await self.peek()) is not None and row[self._column] <= last:
            rows.append(self._page.popleft())
        return rows
