"""Carrying: each step of a move told in one authority's log is told in the other's, once, under an id of its own.

Each direction reads first the log that is to be told, then the one that tells: what was carried before came from no
later a state than the one read now, and the version expected of the log told keeps two who carry from crossing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog

from events.case.assess import Assessor
from events.case.linking import links
from events.case.links import Link, Side
from events.case.mirroring import Parties, child, prefix, told_there
from events.case.owing import owed
from events.catalogue.envelope import Event, Item
from events.store.errors import ErasedCaseError
from events.store.log import Appended
from workflows.announcing import ATTEMPTS, ContendedError, RulesOf
from workflows.contracts import Carried, Case, Reach, Transfer
from workflows.partners import Partners
from workflows.voice import Voice

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Move:
    """A move with one authority that it was offered to; `counts` unless another has been named since."""

    transfer: Transfer
    parties: Parties
    receiver: UUID
    counts: bool

    @property
    def origin(self) -> Case:
        """The case that the child leaves."""
        return Case(self.transfer.authority, self.transfer.case)


@dataclass(frozen=True)
class Carrier:
    """Carries steps. Any number may carry at once: the logs keep each step once."""

    voice: Voice
    assessor: Assessor
    rules_of: RulesOf

    async def transfers(self, case: Case) -> list[Transfer]:
        """The moves that a case is one side of, whose other side is here as well."""
        return await self._partners.transfers(case)

    async def carry(self, transfer: Transfer) -> Carried:
        """Bring each log what it should hold of a move and does not.

        Raises:
            ContendedError: Others kept writing to one of the cases.
            NoPolicy, OutsideCalendar: A step lies where the rules of the authority that is told do not reach.
        """
        return await self._both_ways(transfer, tell=True)

    async def stands(self, transfer: Transfer) -> Carried:
        """How many steps are still to be carried, and whether more are to be expected. Tells nothing."""
        return await self._both_ways(transfer, tell=False)

    @property
    def _partners(self) -> Partners:
        return Partners(self.voice.log)

    async def _both_ways(self, transfer: Transfer, *, tell: bool) -> Carried:
        steps, reach = 0, Reach.ELSEWHERE
        try:
            for move in await self._moves(transfer):
                reach = Reach.THERE
                steps += await self._forth(move, tell=tell)
                steps += await self._back(move, tell=tell)
        except ErasedCaseError as error:
            _log.warning("transfer_case_erased", case=str(error.case), move=str(transfer.move))
            return Carried(steps, open=False, reach=Reach.ERASED)
        link = await self._partners.link(Case(transfer.authority, transfer.case), transfer.move)
        return Carried(steps, open=reach is Reach.THERE and link is not None and not link.settled, reach=reach)

    async def _moves(self, transfer: Transfer) -> list[_Move]:
        """The move with each authority here that it was ever offered to, the one that counts last."""
        world = await self.voice.log.same_world(transfer.authority)
        own = next((code for code, authority in world.items() if authority == transfer.authority), None)
        link = await self._partners.link(Case(transfer.authority, transfer.case), transfer.move)
        if link is None or own is None:
            return []
        policies = (await self.rules_of(transfer.authority)).policies
        passes_with = policies.on(link.offer.day).policy.responsibility_passes_with.value
        return [
            _Move(transfer, Parties(own, code, link.known_as, passes_with), world[code], code == link.others[-1])
            for code in link.others
            if code in world and code != own
        ]

    async def _forth(self, move: _Move, *, tell: bool) -> int:
        """From the origin to the receiver, whose case is opened by the first step."""
        for _ in range(ATTEMPTS):
            place, there = await self._partners.receiving(move.origin, move.transfer.move, move.receiver)
            events = await self.voice.log.read_case(move.origin.authority, move.origin.case)
            link = _of(events, move.transfer.move)
            wanted = told_there(link, move.parties, self.voice.catalogue) if move.counts else {}
            opening = child(link, events, self.voice.catalogue)
            if wanted and (not there or any(event.item.id == opening.id for event in there)):
                wanted = {opening.id: opening, **wanted}
            items = owed(wanted, there, prefix(link), self.voice.catalogue)
            if await self._told(place, there, items, tell=tell):
                return len(items)
        raise ContendedError(f"others kept writing to the case that case {move.origin.case} moves to")

    async def _back(self, move: _Move, *, tell: bool) -> int:
        """From the receiver to the origin."""
        for _ in range(ATTEMPTS):
            there = await self.voice.log.read_case(move.origin.authority, move.origin.case)
            link = _of(there, move.transfer.move)
            _, events = await self._partners.receiving(move.origin, move.transfer.move, move.receiver)
            received = next((each for each in links(events) if each.move == link.move), None)
            wanted: Mapping[str, Item] = {}
            if received is not None and move.counts:
                wanted = told_there(received, move.parties, self.voice.catalogue)
            items = owed(wanted, there, prefix(link), self.voice.catalogue)
            if received is None or await self._told(move.origin, there, items, tell=tell):
                return len(items) if received is not None else 0
        raise ContendedError(f"others kept writing to case {move.origin.case}")

    async def _told(self, place: Case, there: Sequence[Event], items: Sequence[Item], *, tell: bool) -> bool:
        """Append what is owed, if anything is. False when the case, or the step, was written to meanwhile."""
        if not items or not tell:
            return True
        await self._rehearse(place, there, items)
        outcome = await self.voice.tell(place.authority, place.case, len(there), items)
        if not isinstance(outcome, Appended):
            return False
        _log.info("transfer_steps_carried", authority=str(place.authority), case=str(place.case), count=len(items))
        return True

    async def _rehearse(self, place: Case, there: Sequence[Event], items: Sequence[Item]) -> None:
        """Assess the case as it is about to stand: what no policy or calendar reaches must not get into the log."""
        rules = await self.rules_of(place.authority)
        now = await self.voice.log.now(place.authority)
        coming = await self.voice.rehearsed(place.authority, place.case, there, items, now)
        self.assessor.assess([*there, *coming], rules.policies, rules.calendar, now)


def _of(events: Sequence[Event], move: UUID) -> Link:
    """The move that a fact offered, in the events of the case it was told of."""
    return next(link for link in links(events) if link.move.fact == move and link.side is Side.ORIGIN)
