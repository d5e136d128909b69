"""Looks at cases, as they are recorded: who, in which role, for what, up to which position, under which request."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from events.store.connect import Database
from events.store.errors import in_plain_words

_RECORD = """
select es.record_access(t.authority::uuid, $2, $3, $4, $5, $6, $7)
from set_config('planclock.authority', $1, true) as t (authority)
"""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one case. When it was is for the database to say."""

    authority: UUID
    case: UUID
    subject: str
    role: str
    purpose: str
    position: int
    request: str


class Access:
    """The record of looks, which only grows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, looks: Sequence[Look]) -> None:
        """Keeps looks of one caller at one authority. Raises UnavailableError; then no answer may be given."""
        first = looks[0]
        with in_plain_words():
            await self._database.app.execute(
                _RECORD,
                str(first.authority),
                [look.case for look in looks],
                [look.position for look in looks],
                first.subject,
                first.role,
                first.purpose,
                first.request,
            )
