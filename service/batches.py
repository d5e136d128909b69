"""Asking for work over every case of an authority: a draft tried, or what an activation changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from events.calendars.counting import Calendar
from events.case.reckoning import begins
from events.policies.drafts import PolicyDraft
from events.policies.model import Policy
from events.store import batches
from events.store.batches import Asked, BatchKind
from events.store.connect import Pool
from events.store.log import Log
from workflows.batch_contracts import CHUNK, BatchRun

A_SECOND = 200
"""Cases that are looked at in a second, at most, after an activation: the lists and the timers do them anew as well."""

_ACTIVATED = frozenset({BatchKind.POLICY_ACTIVATED, BatchKind.CALENDAR_ACTIVATED})


@dataclass(frozen=True)
class Asking:
    """Asks for batches. `pool` may insert them: the application's or the worker's."""

    log: Log
    pool: Pool
    new_id: Callable[[], UUID]

    async def try_policy(self, authority: UUID, pack: str, draft: PolicyDraft, digest: str) -> Asked:
        """Asks what a policy would change, whose text is kept under a digest as the pack of that name."""
        return await self._ask(
            authority,
            BatchKind.POLICY_TRIED,
            called(draft.policy),
            draft=digest,
            pack=pack,
            since=draft.effective_from,
            recalculates_open=draft.recalculates_open,
        )

    async def try_calendar(self, authority: UUID, calendar: Calendar, digest: str, since: date) -> Asked:
        """Asks what a calendar, whose text is kept under a digest, would change."""
        return await self._ask(authority, BatchKind.CALENDAR_TRIED, calendar.id, draft=digest, since=since)

    async def activated_policy(self, authority: UUID, draft: PolicyDraft, position: int) -> Asked:
        """Asks what the activation of a policy, told at a position, has changed."""
        return await self._ask(
            authority,
            BatchKind.POLICY_ACTIVATED,
            called(draft.policy),
            position=position,
            since=draft.effective_from,
            recalculates_open=draft.recalculates_open,
        )

    async def activated_calendar(self, authority: UUID, calendar: Calendar, since: date, position: int) -> Asked:
        """Asks what the activation of a calendar, told at a position, has changed."""
        return await self._ask(authority, BatchKind.CALENDAR_ACTIVATED, calendar.id, position=position, since=since)

    async def _ask(  # noqa: PLR0913  # each is a column
        self,
        authority: UUID,
        kind: BatchKind,
        what: str,
        *,
        draft: str | None = None,
        pack: str | None = None,
        since: date | None = None,
        recalculates_open: bool = False,
        position: int | None = None,
    ) -> Asked:
        head = await self.log.head(authority)
        asked = Asked(
            id=self.new_id(),
            authority=authority,
            kind=kind,
            what=what,
            draft=draft,
            pack=pack,
            effective_from=since,
            recalculates_open=recalculates_open,
            compares_with=head.position if position is None else position - 1,
            position=head.position if position is None else position,
            assessed_at=_seen_from(await self.log.now(authority), head.recorded_at, since),
            cases=len(await self.log.cases(authority)),
        )
        await batches.begin(self.pool, asked)
        return asked


def called(policy: Policy) -> str:
    """What a policy is called, with its version."""
    return f"{policy.id} {policy.version}"


def to_run(asked: Asked) -> BatchRun:
    """What its workflow is told: after an activation at a controlled rate, and until all who follow have followed."""
    activated = asked.kind in _ACTIVATED
    return BatchRun(asked.authority, asked.id, pause=CHUNK / A_SECOND if activated else 0.0, followed=activated)


def _seen_from(now: datetime, recorded_at: datetime | None, since: date | None) -> datetime:
    """The instant to assess at: now, or the day from which it counts where that is to come.

    Never before what is recorded: a sandbox's clock stands while its log goes on.
    """
    return max(filter(None, (now, recorded_at, begins(since) if since else None)))
