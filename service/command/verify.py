"""`planclock verify`: proves that nobody changed what was recorded, or names what was changed."""

import asyncio
from uuid import UUID

from rich.progress import Progress

from events.store.command import Head
from events.store.verify import Report
from events.store.verify import verify as proved
from service.command.errors import CommandError
from service.command.opened import Opened, opened
from service.command.settings import read_settings
from service.settings import Settings


def verify(authority: UUID | None = None, *, known: str | None = None) -> None:
    """Prove whole logs. Prints the head of each: keep it elsewhere, and hold the next proof against it.

    Without a head that was kept elsewhere nobody can tell a log that was cut off, or written anew as a whole, from a
    sound one.

    Args:
        authority: Whose log; by default everybody's.
        known: The head of this authority's log as it was printed before: POSITION:CHAIN.
    """
    if known is not None and authority is None:
        raise CommandError("a known head is one authority's: name it")
    unsound = asyncio.run(_verify(authority, _head(known)))
    if unsound:
        raise CommandError(f"{unsound} of the logs are not as they were written; see above")


async def _verify(authority: UUID | None, known: Head | None) -> int:
    unsound = 0
    async with opened(read_settings(Settings)) as parts:
        every = [authority] if authority else [each.id for each in await parts.log.authorities()]
        for each in every:
            report = await _one(parts, each, known)
            print(_said(report))
            unsound += not report.sound
    return unsound


async def _one(parts: Opened, authority: UUID, known: Head | None) -> Report:
    end = await parts.log.head(authority)
    with Progress(transient=True) as progress:
        task = progress.add_task(f"proving {authority}", total=end.position)
        return await proved(
            parts.database.worker or parts.database.app,
            authority,
            keys=parts.keys,
            known=known,
            progress=lambda position: progress.update(task, completed=position),
        )


def _said(report: Report) -> str:
    head = f"{report.head.position}:{report.head.chain.hex()}"
    verdict = "sound" if report.sound else "NOT SOUND"
    found = [
        f"\n  position {each.position}, {each.table} ({', '.join(each.fields)}): {each.says}"
        for each in report.findings
    ]
    return f"{report.authority}  {verdict}  {report.events} events, {report.erased} erased, head {head}{''.join(found)}"


def _head(known: str | None) -> Head | None:
    if known is None:
        return None
    position, _, chain = known.partition(":")
    try:
        return Head(int(position), None, bytes.fromhex(chain))
    except ValueError:
        raise CommandError("a known head is like 57:9f2c…, as an earlier proof printed it") from None
