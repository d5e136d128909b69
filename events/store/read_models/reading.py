"""Reading the lists as they stand at one position: one generation, one snapshot, one authority."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from events.store.connect import Pool
from events.store.errors import in_plain_words
from events.store.read import Record
from events.store.read_models.checkpoints import LISTS

_AUTHORITY = "select set_config('planclock.authority', $1, true)"
_SERVING = "select generation, position from rm.checkpoint where read_model = $1 and authority = $2 and serves"


@dataclass(frozen=True)
class Reading:
    """An open snapshot of the lists that serve one authority. `position` is how far they have followed the log."""

    connection: Any
    authority: UUID
    generation: int
    position: int

    async def fetch(self, statement: str, *parameters: object) -> list[Record]:
        """The rows a statement finds, whose first two parameters are authority and generation."""
        found: list[Record] = await self.connection.fetch(statement, self.authority, self.generation, *parameters)
        return found


@asynccontextmanager
async def reading(app: Pool, authority: UUID) -> AsyncIterator[Reading]:
    """Opens a snapshot. An authority whose lists have not begun has empty ones at position 0.

    Raises:
        UnavailableError: The database cannot be reached or did not answer.
    """
    with in_plain_words():
        async with app.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            await connection.execute(_AUTHORITY, str(authority))
            row = await connection.fetchrow(_SERVING, LISTS, authority)
            generation, position = (row["generation"], row["position"]) if row else (0, 0)
            yield Reading(connection, authority, generation, position)
