"""A process of a drill: appends a thousand commands at once, tries each again until it is in, and says so of each."""

import asyncio
import json
import sys
from uuid import UUID

from events.store.errors import UnavailableError
from events.store.log import Appended, Log, Repeated
from tests.store.telling import command, draft, opened

AGAIN = 0.02
"""Seconds before a caller who got no answer asks again."""


async def tell(log: Log, authority: UUID, facts: list[UUID]) -> None:
    """One caller: tells a fact of one case or of two, with the same id however often it must ask."""
    told = command(authority, *(draft(fact, 1, fact=fact) for fact in facts))
    while True:
        try:
            outcome = await log.append(told)
        except UnavailableError:
            await asyncio.sleep(AGAIN)
        else:
            assert isinstance(outcome, Appended | Repeated)
            sys.stdout.write("".join(f"{fact}\n" for fact in facts))
            sys.stdout.flush()
            return


async def main() -> None:
    orders = json.loads(sys.stdin.readline())
    async with opened(orders["log"], orders["keys"]) as log:
        callers = ([UUID(fact) for fact in facts] for facts in orders["facts"])
        await asyncio.gather(*(tell(log, UUID(orders["authority"]), facts) for facts in callers))


if __name__ == "__main__":
    asyncio.run(main())
