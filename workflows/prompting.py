"""Having the timers say what is due at a moved clock: the same workflow and activity as when real time passes."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from workflows.announcing import Announcer
from workflows.contracts import Case
from workflows.nudging import Nudger, TemporalAwayError
from workflows.watching import Watching

PATIENCE = 5.0
"""Seconds that the workers have for one instant. Whoever asked then says what is due by itself: it is said once."""

_PAUSE = 0.02


@dataclass(frozen=True)
class Prompter:
    """Prompts lifecycles, where a worker polls."""

    nudger: Nudger
    announcer: Announcer
    watching: Watching

    async def ready(self) -> bool:
        """Whether there is anybody to prompt."""
        return (await self.watching.look()).running

    async def prompt(self, cases: Sequence[Case]) -> bool:
        """Have the lifecycles of these cases say what is due now. False when they did not in time."""
        try:
            async with asyncio.timeout(PATIENCE):
                waiting = [case for case in cases if await self._waits(case)]
                await self.nudger.nudge_all(waiting)
                for case in waiting:
                    while await self._waits(case):  # noqa: ASYNC110 - another process says it
                        await asyncio.sleep(_PAUSE)
        except (TimeoutError, TemporalAwayError):
            return False
        return True

    async def _waits(self, case: Case) -> bool:
        return bool((await self.announcer.expected(case.authority, case.case)).unsaid)
