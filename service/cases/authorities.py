"""Which authorities there are, and which are sandboxes. Neither ever changes, so both are remembered."""

from collections import OrderedDict
from uuid import UUID

from events.store.log import Authority, Log

REMEMBERED = 10_000


class Authorities:
    """Looks authorities up, and remembers those that exist."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._known: OrderedDict[UUID, Authority] = OrderedDict()

    async def of(self, authority: UUID) -> Authority | None:
        """The authority of that id."""
        known = self._known.get(authority) or await self._log.authority(authority)
        if known is not None:
            self._known[authority] = known
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return known

    async def is_sandbox(self, authority: UUID) -> bool:
        """Whether it is a sandbox, for ever. One that does not exist is none."""
        known = await self.of(authority)
        return known is not None and known.sandbox
