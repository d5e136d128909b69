"""A small log with one of everything, for the tests that look at what is stored."""

from uuid import UUID, uuid4

import asyncpg

from events.store.log import Appended, Log
from tests.store.telling import command, draft, item

NAME, BORN, REFERENCE, SOURCE_ID = "Zebedee Exampleson", "2015-06-17", "REF-QX-90417", "item-QX-55102"
"""What must stand nowhere in clear."""


async def tell_everything(log: Log, authority: UUID) -> dict[str, UUID]:
    """Two siblings told of together, each with a reference, a third party named; and a case that is to be erased."""
    first, second, erased, redacted = (uuid4() for _ in range(4))
    shared = uuid4()
    commands = [
        command(
            authority,
            draft(first, 1, told=item("child_registered", names=NAME, dob=BORN)),
            draft(second, 1, told=item("child_registered")),
            references={REFERENCE: first, "REF-2": second},
        ),
        command(
            authority,
            draft(first, 2, fact=shared, told=item("core_group_meeting_held")),
            draft(second, 2, fact=shared, copy=1, told=item("core_group_meeting_held")),
            draft(first, 3, told=item("child_seen")),
        ),
        command(authority, draft(erased, 1, told=item("child_registered", names=NAME, dob=BORN))),
        command(authority, draft(erased, 2, told=item("core_group_meeting_held")), draft(first, 4)),
        command(authority, draft(redacted, 1, told=item("core_group_meeting_held"))),
        command(authority, draft(second, 3), draft(first, 5), references={"REF-3": first}),
    ]
    for each in commands:
        assert isinstance(await log.append(each), Appended)
    return {"first": first, "second": second, "erased": erased, "redacted": redacted}


async def erase(superuser: asyncpg.Connection, authority: UUID, case: UUID, part: str = "case") -> int:
    """Erases as the records role does."""
    async with superuser.transaction():
        await superuser.execute("set local role planclock_records")
        await superuser.execute("select set_config('planclock.authority', $1, true)", str(authority))
        erased: int = await superuser.fetchval("select es.erase($1, $2, $3)", authority, case, part)
        return erased
