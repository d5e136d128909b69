"""The worklist: what must be done, by when and by whom, at one authority."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.store.connect import Pool
from events.store.keys import Keys
from events.store.read_models.asking import Concerned, ListedDuty, Question
from events.store.read_models.blinding import Blinds
from events.store.read_models.paging import duty_cursor, duty_place
from events.store.read_models.reading import reading
from events.store.read_models.strands import Wanted

__all__ = ["Concerned", "DutyPage", "ListedDuty", "Wanted", "Worklist"]


@dataclass(frozen=True)
class DutyPage:
    """A page of the worklist, `next` to go on from if there is more, and the position and time it is true at."""

    duties: tuple[ListedDuty, ...]
    next: str | None
    position: int
    now: datetime


class Worklist:
    """Answers questions about what must be done. `app` is the application role's connection."""

    def __init__(self, app: Pool, keys: Keys) -> None:
        self._app = app
        self._keys = keys

    async def page(
        self, authority: UUID, wanted: Wanted, *, now: datetime, limit: int, cursor: str | None = None
    ) -> DutyPage:
        """The next duties at `now`, the authority's own time: dated ones by date, then the oldest undated first.

        Raises:
            BadCursorError: `cursor` is not one that this authority was given for its worklist.
            UnavailableError: The database cannot be reached or did not answer.
        """
        blinds = Blinds(authority, await self._keys.of_authority(authority))
        after = duty_place(cursor, blinds) if cursor else None
        async with reading(self._app, authority) as snapshot:
            asked = Question(self._keys, snapshot, wanted, now, blinds)
            found = await asked.answered(after, limit + 1)
            duties = await asked.shown(found[:limit])
        more = duty_cursor(found[limit - 1].place, blinds) if len(found) > limit else None
        return DutyPage(duties, more, snapshot.position, now)
