"""`planclock replay`: one case from its events, now or at any moment; the look is recorded like any other."""

import asyncio
from datetime import date, datetime
from typing import Literal
from uuid import UUID, uuid4

from pydantic_core import to_json

from events.store.access import Access
from service.cases.authorities import Authorities
from service.cases.cases import Cases
from service.cases.faults import Declined, Unacceptable, UnknownCase
from service.cases.reading import Reading, When, read
from service.cases.showing import shown_history
from service.command.errors import CommandError
from service.command.lines import lines
from service.command.opened import Opened, opened
from service.command.reader import reader_here
from service.command.settings import read_settings
from service.settings import Settings


def replay(
    case: str,
    *,
    authority: UUID,
    version: int | None = None,
    known_at: date | datetime | None = None,
    true_at: date | datetime | None = None,
    format: Literal["plain", "json"] = "plain",  # noqa: A002 - the option's name
) -> None:
    """Show a case: its history and what it means.

    Args:
        case: Our id of it, or the caller's reference.
        authority: Whose case it is.
        version: As it stood at this version.
        known_at: As it was known at this instant (with its offset), or at the end of this day.
        true_at: As it was true then, as far as it is known now.
        format: Lines to read, or JSON.
    """
    if any(isinstance(asked, datetime) and asked.tzinfo is None for asked in (known_at, true_at)):
        raise CommandError("an instant needs its offset, as in 2025-05-01T12:00:00+01:00")
    reading = asyncio.run(_read(case, authority, When(version=version, known_at=known_at, true_at=true_at)))
    if format == "json":
        whole = {**reading.shown(), "events": shown_history(reading.events)}
        print(to_json(whole, indent=2).decode())
    else:
        print("\n".join(lines(reading)))


async def _read(case: str, authority: UUID, when: When) -> Reading:
    async with opened(read_settings(Settings)) as parts:
        try:
            return await read(_cases(parts), reader_here(parts, authority, "planclock replay"), case, when)
        except UnknownCase:
            raise CommandError("there is no such case at this authority, or there was none then") from None
        except Unacceptable as declined:
            raise CommandError("; ".join(f"{fault.where}: {fault.message}" for fault in declined.faults)) from None
        except Declined as declined:
            raise CommandError(declined.sentence) from None


def _cases(parts: Opened) -> Cases:
    return Cases(
        log=parts.log,
        catalogue=parts.catalogue,
        assessor=parts.engine.assessor,
        rules=parts.rules,
        authorities=Authorities(parts.log),
        access=Access(parts.database),
        new_id=uuid4,
    )
