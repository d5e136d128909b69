"""Which cases of two authorities belong together because a child moves: worked out from the two logs alone.

No table links them. The fact that offered a move gives every step that is carried its id in the other log, and an id
gives a fact: so each side can be found from the other, by Planclock and by nobody else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from events.case.linking import links
from events.case.links import Link, MoveId, Side
from events.case.mirroring import first_ids
from events.catalogue.envelope import OURS, Event
from events.store.errors import ErasedCaseError
from events.store.log import Log
from workflows.contracts import Case, Transfer


@dataclass(frozen=True)
class Partners:
    """Finds the other side of a move."""

    log: Log

    async def transfers(self, case: Case) -> list[Transfer]:
        """The moves that a case is one side of, whose other side is here as well. None of an erased case."""
        world = await self.log.same_world(case.authority)
        if len(world) == 1:
            return []
        try:
            found = links(await self.log.read_case(case.authority, case.case))
        except ErasedCaseError:
            return []
        transfers: list[Transfer] = []
        for link in found:
            others = [world[code] for code in link.others if world.get(code, case.authority) != case.authority]
            if others and link.side is Side.ORIGIN:
                transfers.append(Transfer(case.authority, case.case, link.move.fact))
            elif others and (origin := await self._offering(others[-1], link.move)) is not None:
                transfers.append(Transfer(others[-1], origin, link.move.fact))
        return transfers

    async def link(self, origin: Case, move: UUID) -> Link | None:
        """The move that a fact offered, as the origin's case tells of it. Raises ErasedCaseError."""
        events = await self.log.read_case(origin.authority, origin.case)
        return next((each for each in links(events) if each.move.fact == move and each.side is Side.ORIGIN), None)

    async def receiving(self, origin: Case, move: UUID, receiver: UUID) -> tuple[Case, Sequence[Event]]:
        """The case at the receiver, with its events.

        It is the one to which the move was carried, or the child's from a move before; or else a new one, without any.

        Raises:
            ErasedCaseError: The case to which the move was carried was erased.
        """
        found = links(await self.log.read_case(origin.authority, origin.case))
        (link,) = (each for each in found if each.move.fact == move and each.side is Side.ORIGIN)
        case = await self._carried_to(link, receiver)
        for other in reversed(found):
            if case is None and other is not link:
                case = await self._shared_before(other, receiver)
        if case is None:
            return Case(receiver, uuid4()), ()
        return Case(receiver, case), await self.log.read_case(receiver, case)

    async def _carried_to(self, link: Link, receiver: UUID) -> UUID | None:
        """The case in which the receiver was told of a move."""
        facts = [await self.log.fact_id(receiver, OURS, id_) for id_ in first_ids(link)]
        copies = await self.log.find(receiver, facts)
        return next((copy.case for stored in copies.values() for copy in stored), None)

    async def _shared_before(self, link: Link, other: UUID) -> UUID | None:
        """The case of the same child at the other authority, known from another move; not one that was erased."""
        if link.side is Side.ORIGIN:
            case = await self._carried_to(link, other)
        else:
            case = await self._offering(other, link.move)
        if case is None:
            return None
        try:
            await self.log.read_case(other, case)
        except ErasedCaseError:
            return None
        return case

    async def _offering(self, origin: UUID, move: MoveId) -> UUID | None:
        """The case at the origin in which a move was offered."""
        copies = (await self.log.find(origin, [move.fact])).get(move.fact, ())
        return next((stored.case for stored in copies if stored.copy == move.copy), None)
