"""How the parts that the service rests on are, in plain words."""

from dataclasses import dataclass
from typing import Any

from asyncpg import InterfaceError, PostgresError

from events.store.connect import Database
from events.store.read_models.lag import lags
from workflows.watching import Seen, Watching

MEANWHILE = (
    "Until they run, what is due and what was missed is worked out when somebody asks, and said when they return."
)
NOT_CONFIGURED = f"Timers are not running: TEMPORAL_ADDRESS is not set. {MEANWHILE}"
AWAY = f"Timers are not running: Temporal cannot be reached. {MEANWHILE}"
NO_WORKER = f"Timers are not running: Temporal is there, and no worker is joined to it. {MEANWHILE}"

UNCOUNTED = "Temporal does not say how many: its list is slow, or lacks the search attribute PlanclockNextDate."

UNWATCHED = "If that stays so, planclock doctor says what to do."

HALTED = "planclock doctor says why."


@dataclass(frozen=True)
class Lists:
    """How far the lists of all authorities together are behind the log, and how many of them are halted."""

    events: int
    seconds: float
    halted: int


@dataclass(frozen=True)
class Readiness:
    """How everything is. `lists` is None where this process may not look at them, `timers` where there is no Temporal.

    Without timers requests can still be served: nothing is lost meanwhile.
    """

    database: bool
    lists: Lists | None
    timers: Seen | None

    @property
    def ready(self) -> bool:
        """Whether requests can be served."""
        return self.database

    def shown(self) -> dict[str, Any]:
        """The answer."""
        return {
            "ready": self.ready,
            "database": {"ready": self.database, "says": "It answers." if self.database else "It does not answer."},
            "timers": self._shown_timers(),
            "lists": self._shown_lists(),
        }

    def _shown_timers(self) -> dict[str, Any]:
        seen = self.timers or Seen(reachable=False)
        return {
            "running": seen.running,
            "expected": seen.expected,
            "held": seen.held,
            "late": seen.late,
            "amiss": seen.amiss,
            "workers": seen.workers,
            "backlog": seen.backlog,
            "behind_events": seen.behind_events,
            "behind_seconds": seen.behind_seconds,
            "halted": seen.halted,
            "says": self._timers_say(seen),
        }

    def _timers_say(self, seen: Seen) -> str:
        if self.timers is None:
            return NOT_CONFIGURED
        if not seen.running:
            return NO_WORKER if seen.reachable else AWAY
        if seen.halted:
            return f"Timers are running, but no news reaches them at {seen.halted} of the authorities: {HALTED}"
        if seen.late:
            return f"Timers are running, and {seen.late} are late to fire: the workers have more than they can do."
        return f"Timers are running{_watched(seen)}"

    def _shown_lists(self) -> dict[str, Any]:
        if self.lists is None:
            says = "Not looked at." if self.database else "Not known while the database does not answer."
            return {"behind_events": None, "behind_seconds": None, "halted": None, "says": says}
        halted, behind = self.lists.halted, self.lists.events
        says = "They show everything recorded."
        if behind:
            says = f"They are {behind} events behind the log."
        if halted:
            says = f"They are halted at {halted} of the authorities: {HALTED}"
        return {"behind_events": behind, "behind_seconds": self.lists.seconds, "halted": halted, "says": says}


def _watched(seen: Seen) -> str:
    """How many cases timers watch, as the end of a sentence, and what to do where more should be."""
    if seen.held is None or seen.late is None:
        return f". {UNCOUNTED}"
    if seen.expected is not None and seen.held < seen.expected:
        return f": {seen.held} cases are watched of {seen.expected} that should be. {UNWATCHED}"
    return f": {seen.held} cases are watched."


async def look_at(database: Database, watching: Watching | None) -> Readiness:
    """Ask each part how it is. Never raises for one that does not answer."""
    timers = await watching.look() if watching is not None else None
    try:
        await database.app.fetchval("select 1")
        return Readiness(database=True, lists=await _lists(database), timers=timers)
    except (PostgresError, InterfaceError, OSError):
        return Readiness(database=False, lists=None, timers=timers)


async def _lists(database: Database) -> Lists | None:
    if database.worker is None:
        return None
    found = await lags(database.worker)
    return Lists(
        events=sum(each.events for each in found),
        seconds=max((each.seconds for each in found), default=0.0),
        halted=sum(each.halted for each in found),
    )
