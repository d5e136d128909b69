"""How the parts that the service rests on are, in plain words."""

from dataclasses import dataclass
from typing import Any

from asyncpg import InterfaceError, PostgresError

from events.store.connect import Database
from events.store.read_models.lag import lags

TIMERS = (
    "Timers are not running yet: they arrive with Temporal. Until then what is due, and what was missed, is worked out "
    "when somebody asks."
)


@dataclass(frozen=True)
class Lists:
    """How far the lists of all authorities together are behind the log, and how many of them are halted."""

    events: int
    seconds: float
    halted: int


@dataclass(frozen=True)
class Readiness:
    """How everything is. `lists` is None where this process may not look at them."""

    database: bool
    lists: Lists | None

    @property
    def ready(self) -> bool:
        """Whether requests can be served."""
        return self.database

    def shown(self) -> dict[str, Any]:
        """The answer."""
        return {
            "ready": self.ready,
            "database": {"ready": self.database, "says": "It answers." if self.database else "It does not answer."},
            "timers": {"running": False, "says": TIMERS},
            "lists": self._shown_lists(),
        }

    def _shown_lists(self) -> dict[str, Any]:
        if self.lists is None:
            says = "Not looked at." if self.database else "Not known while the database does not answer."
            return {"behind_events": None, "behind_seconds": None, "halted": None, "says": says}
        halted, behind = self.lists.halted, self.lists.events
        says = "They show everything recorded."
        if behind:
            says = f"They are {behind} events behind the log."
        if halted:
            says = f"They are halted at {halted} of the authorities; the worker's log says why."
        return {"behind_events": behind, "behind_seconds": self.lists.seconds, "halted": halted, "says": says}


async def look_at(database: Database) -> Readiness:
    """Ask each part how it is. Never raises for one that does not answer."""
    try:
        await database.app.fetchval("select 1")
        return Readiness(database=True, lists=await _lists(database))
    except (PostgresError, InterfaceError, OSError):
        return Readiness(database=False, lists=None)


async def _lists(database: Database) -> Lists | None:
    if database.worker is None:
        return None
    found = await lags(database.worker)
    return Lists(
        events=sum(each.events for each in found),
        seconds=max((each.seconds for each in found), default=0.0),
        halted=sum(each.status == "halted" for each in found),
    )
