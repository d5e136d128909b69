"""Delivering a notice that somebody asked for: handed to its channel once, and what came of it recorded once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import httpx2

from events.case.assess import Assessor
from events.case.noticing import Notice, Step
from events.catalogue.envelope import Data, Event
from events.catalogue.notices import NotificationFailed, NotificationRequested, NotificationSent
from events.store.errors import ErasedCaseError
from events.store.log import Appended
from workflows.announcing import ATTEMPTS, ContendedError, RulesOf
from workflows.voice import Saying, Voice
from workflows.webhook import CannotDeliverError, Message, Webhook

SENT, SETTLED = "sent", "settled"
"""What comes of a delivery: it was handed over, or had been answered already, or there is no such case any more."""

ANSWERS = frozenset({"sent", "delivered", "acknowledged", "failed"})

WebhookOf = Callable[[UUID, str | None], Webhook | None]
"""Where an authority has the notices to a recipient handed over, if it has said so."""


def no_webhook(_: UUID, __: str | None) -> Webhook | None:
    """Nowhere: nothing is set up."""
    return None


@dataclass(frozen=True)
class _Found:
    """A request that nothing has answered yet, and its notice. `first` is the earliest such request of that notice."""

    events: tuple[Event, ...]
    request: Event
    notice: Notice | None
    first: Step | None


@dataclass(frozen=True)
class Deliverer:
    """Hands over and records. Any number may try at once: the receiver knows the id, and the log keeps one answer."""

    voice: Voice
    assessor: Assessor
    rules_of: RulesOf
    webhook_of: WebhookOf
    client: httpx2.AsyncClient

    async def hand_over(self, authority: UUID, case: UUID, position: int) -> str:
        """Hand over the notice that the request at `position` asks for, unless it was answered already.

        Raises:
            NotTakenError: The channel did not take it this time.
            CannotDeliverError: It cannot be delivered as things stand.
        """
        found = await self._outstanding(authority, case, position)
        if found is None:
            return SETTLED
        notice, first = found.notice, found.first
        if notice is None or first is None:
            raise CannotDeliverError("the request names no one notice; ask for each by its key")
        webhook = self._webhook(authority, notice)
        id_ = _digest(first, notice)
        message = Message(f"msg_{id_}", authority, case, notice.rule, notice.key, position)
        await webhook.hand_over(self.client, message, datetime.now(UTC))
        await self._record(found, Saying(f"notice-sent:{id_}", _sent(found.request, notice)))
        return SENT

    async def give_up(self, authority: UUID, case: UUID, position: int, why: str) -> None:
        """Record that the request at `position` came to nothing, unless something answered it meanwhile."""
        found = await self._outstanding(authority, case, position)
        if found is None or not isinstance(found.request.data, NotificationRequested):
            return
        asked = found.request.data
        failed = NotificationFailed(register_id=asked.register_id, to=asked.to, channel=asked.channel, reason=why)
        await self._record(found, Saying(f"notice-failed:{found.request.fact.hex}", failed))

    def _webhook(self, authority: UUID, notice: Notice) -> Webhook:
        if notice.held is not None:
            raise CannotDeliverError("it is held for somebody to check")
        if notice.undeliverable is not None:
            raise CannotDeliverError(notice.undeliverable)
        webhook = self.webhook_of(authority, notice.recipient)
        if webhook is None:
            raise CannotDeliverError("no channel is set up for this recipient")
        return webhook

    async def _outstanding(self, authority: UUID, case: UUID, position: int) -> _Found | None:
        """The request at a position of the log with its notice; None when there is nothing to be done about it."""
        try:
            events = await self.voice.log.read_case(authority, case)
        except ErasedCaseError:
            return None
        request = next((event for event in events if event.position == position), None)
        if request is None or not isinstance(request.data, NotificationRequested):
            return None
        in_force = await self.rules_of(authority)
        now = max(await self.voice.log.now(authority), events[-1].recorded_at)
        notices = self.assessor.notices(events, in_force.policies, in_force.calendar, now)
        asked = [each for each in notices if any(step.fact == request.fact for step in each.steps)]
        if await self._given_up(authority, request):
            return None
        if len(asked) != 1:
            return _Found(tuple(events), request, None, None)
        (notice,) = asked
        answered = max((step.position for step in notice.steps if step.what in ANSWERS), default=0)
        if answered > position:
            return None
        first = min(
            (step for step in notice.steps if step.what == "requested" and step.position > answered),
            key=lambda step: step.position,
        )
        return _Found(tuple(events), request, notice, first)

    async def _given_up(self, authority: UUID, request: Event) -> bool:
        saying = Saying(f"notice-failed:{request.fact.hex}", request.data)
        fact = await self.voice.fact(authority, saying)
        return bool(await self.voice.log.find(authority, [fact]))

    async def _record(self, found: _Found, saying: Saying) -> None:
        """Append what came of it, once, whatever others write to the case meanwhile."""
        authority, case = found.request.authority, found.request.case
        fact, events = await self.voice.fact(authority, saying), list(found.events)
        for _ in range(ATTEMPTS):
            if await self.voice.log.find(authority, [fact]):
                return
            now = max(await self.voice.log.now(authority), events[-1].recorded_at)
            if isinstance(await self.voice.say(authority, case, len(events), [saying], now), Appended):
                return
            events = await self.voice.log.read_case(authority, case)
        raise ContendedError(f"others kept writing to case {case}")


def _sent(request: Event, notice: Notice) -> Data:
    asked = request.data
    assert isinstance(asked, NotificationRequested)  # noqa: S101 - that is how it was found
    return NotificationSent(
        register_id=notice.key,
        to=asked.to,
        channel=asked.channel,
        secure=asked.secure,
        document=asked.document,
        redacted=asked.redacted,
    )


def _digest(first: Step, notice: Notice) -> str:
    """The same for every request that waits for the same notice, and telling nothing."""
    return sha256(f"{first.fact}:{notice.key}".encode()).hexdigest()[:32]
