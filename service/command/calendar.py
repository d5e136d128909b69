"""`planclock calendar`: the days that count at an authority, and its own closures among them."""

import asyncio
from datetime import date
from pathlib import Path
from uuid import UUID

from events.calendars.closing import ClosuresError, closures, idle
from events.calendars.counting import Calendar
from events.catalogue.envelope import LOCAL
from events.store.texts import keep
from service.calendars import CalendarError, Next, differences, following, versions
from service.command.doing import asking, do, tell
from service.command.errors import CommandError
from service.command.opened import Opened, opened
from service.command.settings import read_settings
from service.command.trying import procedures, rules_now
from service.settings import Settings


def show(*, authority: UUID) -> None:
    """Show every version of an authority's calendar, and the closures of the one in force.

    Args:
        authority: Whose.
    """
    asyncio.run(_show(authority))


def check(file: Path, *, authority: UUID) -> None:
    """Say whether a file of closures can be used, and which days would count otherwise. Nothing is recorded.

    Args:
        file: A TOML file with one table, [closures], and in it a line a day: 2026-12-24 = "Office shut".
        authority: Whose calendar they would be added to.
    """
    asyncio.run(_check(file, authority))


def activate(
    *, authority: UUID, since: date, closed: Path | None = None, confirm: bool = False, here: bool = False
) -> None:
    """Bring the newest bank holidays, with an authority's own closures, into force from a day.

    Args:
        authority: Whose.
        since: The day from which it counts. The days before stay as they are.
        closed: A file with all of its own closures; without one, those in force stay.
        confirm: Do it although the day has passed. Without it, what would change is shown and nothing is done.
        here: Look at the cases in this process, even where workers are there.
    """
    asyncio.run(_activate(authority, since, closed, confirm=confirm, here=here))


async def _show(authority: UUID) -> None:
    async with opened(read_settings(Settings)) as parts:
        now = (await rules_now(parts, authority)).calendar
        for version in await versions(parts.log, authority):
            print(f"{version.id}  from {version.effective_from}, told {version.recorded_at:%Y-%m-%d %H:%M} UTC")
        print(f"In force: {now.id}, bank holidays of {now.nation.capitalize()} from {now.first} to {now.last}.")
        for day, why in sorted(now.closures.items()):
            print(f"{day}  {why}")
        print(f"{len(now.closures)} closures of its own.")


async def _check(file: Path, authority: UUID) -> None:
    async with opened(read_settings(Settings)) as parts:
        now = (await rules_now(parts, authority)).calendar
        listed = _read(file, now)
        for day, why in idle(listed, now).items():
            print(f"{day}  changes nothing: {why}")
        for line in _days(now, Calendar(now.id, now.nation, now.first, now.last, now.holidays, listed)):
            print(line)


async def _activate(authority: UUID, since: date, file: Path | None, *, confirm: bool, here: bool) -> None:
    async with opened(read_settings(Settings)) as parts:
        now = (await rules_now(parts, authority)).calendar
        coming = await _next(parts, authority, now, file, since)
        today = (await parts.log.now(authority)).astimezone(LOCAL).date()
        for line in _days(now, coming.calendar.following(now, since)):
            print(line)
        if since < today and not confirm:
            digest = await keep(parts.database, coming.text)
            asked = await asking(parts).try_calendar(authority, coming.calendar, digest, since)
            await tell(parts, await do(parts, asked, here=here), details=False)
            raise CommandError(f"{since} has passed: nothing was activated; --confirm does it")
        position = await procedures(parts).activate_calendar(authority, coming.text, effective_from=since)
        if position is None:
            raise CommandError(f"{coming.calendar.id} was activated from {since} before: nothing was told again")
        print(f"{coming.calendar.id} is in force from {since}.")
        asked = await asking(parts).activated_calendar(authority, coming.calendar, since, position)
        await tell(parts, await do(parts, asked, here=here), details=False)


async def _next(parts: Opened, authority: UUID, now: Calendar, file: Path | None, since: date) -> Next:
    listed = _read(file, now) if file is not None else None
    try:
        return following(now, await versions(parts.log, authority), listed, since)
    except CalendarError as error:
        raise CommandError(str(error)) from None


def _read(file: Path, now: Calendar) -> dict[date, str]:
    if not file.is_file():
        raise CommandError(f"there is no file {file}")
    try:
        return closures(file.name, file.read_text(encoding="utf-8"), now)
    except (ClosuresError, UnicodeDecodeError) as error:
        raise CommandError(str(error)) from None


def _days(before: Calendar, after: Calendar) -> list[str]:
    found = differences(before, after)
    return [*(f"{day}  {what}" for day, what in found.items()), f"{len(found)} days would count otherwise."]
