"""A follower in a process of its own, to be killed. Follows one authority under a short lease."""

import asyncio
import sys
from uuid import UUID

from events.store.read_models.turns import Pace
from service.following import Follower
from tests.read_models.world import World


async def main() -> None:
    log, keys, worker, authority = sys.argv[1:]
    async with World.opened(log, keys, worker) as world:
        follower = Follower(world.database.worker, world.listing, "to be killed", Pace(500, 100, lease=0.5))
        await follower.catch_up(UUID(authority))


if __name__ == "__main__":
    asyncio.run(main())
