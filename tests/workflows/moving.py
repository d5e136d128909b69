"""Two real authorities, and children who move from one to the other, as the tests of transfers tell it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from events.case.links import was_carried
from events.catalogue.envelope import Event
from tests.read_models.world import Place, World
from tests.workflows.looking import BORN, NAME
from workflows.contracts import Case, Transfer

OFFERED = "2025-05-01"
ASKED = {"permanent": True, "secure_own_accommodation": True}


@dataclass(frozen=True)
class Offer:
    """A child who was offered by one authority to another."""

    transfer: Transfer
    receiver: Place

    @property
    def origin(self) -> Case:
        return Case(self.transfer.authority, self.transfer.case)

    async def here(self) -> list[Event]:
        """The origin's case."""
        return await self.receiver.world.log.read_case(self.origin.authority, self.origin.case)

    async def there(self) -> list[Event]:
        """The receiver's case; empty before it was told."""
        log = self.receiver.world.log
        copies = await log.find(self.receiver.id, [await log.fact_id(self.receiver.id, "planclock", self._child)])
        return await log.read_case(self.receiver.id, next(iter(copies.values()))[0].case) if copies else []

    async def case_there(self) -> UUID:
        return (await self.there())[0].case

    @property
    def _child(self) -> str:
        return f"transfer:{self.transfer.move}.0:child"


async def coded(place: Place) -> str:
    """Gives an authority a code, and returns it."""
    code = f"authority-{place.id.hex[:12]}"
    assert await place.world.log.take_code(place.id, code)
    return code


async def pair(world: World) -> tuple[Place, Place, str]:
    """Two real authorities that may address each other, and the second one's code."""
    origin, receiver = await world.real(), await world.real()
    await coded(origin)
    return origin, receiver, await coded(receiver)


async def offered(origin: Place, receiver: Place, code: str) -> Offer:
    """A child whom one authority has asked another to take over."""
    case = uuid4()
    await origin.tell(case, "child_registered", "2025-01-06", names=NAME, dob=BORN)
    (request,) = await origin.tell(case, "receiving_in_conference_requested", OFFERED, to_authority=code, **ASKED)
    return Offer(Transfer(origin.id, case, request.fact), receiver)


def carried(events: Sequence[Event]) -> Counter[str]:
    """How often each type was carried into a case."""
    return Counter(event.type for event in events if was_carried(event))
