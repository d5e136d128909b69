"""Producing the half-yearly report: counted from every case in the log, and kept on the authority's stream, once."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.calendars.counting import OutsideCalendar
from events.case.activity import Period, activity, counted
from events.case.reporting import Coming, Reporting, first_day, reporting
from events.catalogue.biannual_reports import BiannualReportingBegan, BiannualReportProduced
from events.catalogue.envelope import Data
from events.policies.activated import InForce, NothingActivatedError
from events.policies.in_force import NoPolicy
from events.store.errors import ErasedCaseError
from events.store.log import Appended
from workflows.announcing import Announcer
from workflows.voice import Saying

Alive = Callable[[], object]
"""Told ever so often that the counting goes on."""


def _silent() -> None:
    """Nobody asks whether it lives."""


@dataclass(frozen=True)
class Reported:
    """What came of it: how many reports were produced, and which half-year is next. None where there is none."""

    produced: int = 0
    coming: Coming | None = None


@dataclass(frozen=True)
class Reporter:
    """Produces reports. Any number may try at once and die on the way: the log keeps each once, by its period."""

    announcer: Announcer

    async def produce_due(self, authority: UUID, now: datetime, alive: Alive = _silent) -> Reported:
        """Produce each report of a half-year that is over by `now` and has none, oldest first. Tells `alive` it lives.

        Raises:
            OutsideCalendar: The half-year that is to be reported lies beyond the authority's calendar.
        """
        produced = 0
        stands = await self._begun(authority, now)
        while stands.coming is not None and stands.coming.at <= now:
            produced += await self._produce(authority, stands.coming, now, alive)
            stands = await self.standing(authority, now)
        return Reported(produced, stands.coming)

    async def standing(self, authority: UUID, now: datetime) -> Reporting:
        """How an authority stands with its reports."""
        log = self.announcer.voice.log
        try:
            in_force = await self.announcer.rules_of(authority)
        except NothingActivatedError:
            return Reporting(())
        return reporting(self.announcer.assessor, await log.read_case(authority, authority), in_force, now)

    async def _begun(self, authority: UUID, now: datetime) -> Reporting:
        """The same, once it is said from when on half-years are counted: by the authority, or else by Planclock."""
        stands = await self.standing(authority, now)
        if stands.events:
            return stands
        try:
            in_force = await self.announcer.rules_of(authority)
        except NothingActivatedError:
            return stands
        first = first_day(await self.announcer.voice.log.read_case(authority, authority), in_force, now)
        if first is None:
            return stands
        await self._say(authority, "biannual:began", BiannualReportingBegan(next_from=first), now)
        return await self.standing(authority, now)

    async def _produce(self, authority: UUID, coming: Coming, now: datetime, alive: Alive) -> bool:
        """Count every case and say what came of it. False if somebody else had said it meanwhile."""
        in_force = await self.announcer.rules_of(authority)
        total, looked_at = Counter[str](), 0
        cases = await self.announcer.voice.log.cases(authority)
        for case in cases:
            alive()
            with suppress(ErasedCaseError, NoPolicy, OutsideCalendar):
                total += await self._of_case(authority, case, in_force, coming.period, now)
                looked_at += 1
        report = BiannualReportProduced(
            period=str(coming.period),
            next_from=coming.due_on,
            cases=looked_at,
            left_out=len(cases) - looked_at,
            counts=counted(total),
        )
        return await self._say(authority, f"biannual:{coming.start}", report, now)

    async def _of_case(
        self, authority: UUID, case: UUID, in_force: InForce, period: Period, now: datetime
    ) -> Counter[str]:
        events = await self.announcer.voice.log.read_case(authority, case)
        return activity(self.announcer.assessor, events, in_force.policies, in_force.calendar, now, period)

    async def _say(self, authority: UUID, id_: str, data: Data, now: datetime) -> bool:
        """Append to the authority's own stream, after whatever is there by then. False if it is there already."""
        log, voice = self.announcer.voice.log, self.announcer.voice
        saying = Saying(id_, data)
        while True:
            version = (await log.versions(authority, [authority]))[authority]
            if await log.find(authority, [await voice.fact(authority, saying)]):
                return False
            if isinstance(await voice.say(authority, authority, version, [saying], now), Appended):
                return True
