"""One process of a race: many writers at once. Reads its orders, says `ready`, and begins at the next line it gets."""

import asyncio
import json
import random
import sys
from uuid import UUID, uuid4

from events.store.log import Appended, Log, Stale
from tests.store.telling import command, draft, opened


async def write(log: Log, authority: UUID, cases: list[UUID], times: int) -> list[tuple[str, str, int, int]]:
    """One writer: adds to a few cases at once, again and again, retrying whenever it was too late."""
    kept = []
    known = dict.fromkeys(cases, 0)
    for _ in range(times):
        chosen = random.sample(cases, k=random.randint(1, min(3, len(cases))))
        while True:
            fact = uuid4()
            drafts = [draft(case, known[case] + 1, fact=fact, copy=copy) for copy, case in enumerate(chosen)]
            match await log.append(command(authority, *drafts)):
                case Appended(events):
                    known.update({event.case: event.version for event in events})
                    kept += [(str(event.fact), str(event.case), event.version, event.position) for event in events]
                    break
                case Stale(actual):
                    known.update(actual)
                case other:
                    raise AssertionError(other)
    return kept


async def main() -> None:
    orders = json.loads(sys.stdin.readline())
    authority, cases = UUID(orders["authority"]), [UUID(case) for case in orders["cases"]]
    async with opened(orders["log"], orders["keys"]) as log:
        await log.versions(authority, cases)
        _say("ready")
        sys.stdin.readline()
        writers = (write(log, authority, cases, orders["times"]) for _ in range(orders["writers"]))
        kept = [event for writer in await asyncio.gather(*writers) for event in writer]
    _say(json.dumps(kept))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
