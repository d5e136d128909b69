"""`planclock report`: the reports that an authority's procedure asks it for."""

import asyncio
from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from pydantic_core import to_json

from service.cases.reports import Audience, shown_reports
from service.cases.showing import Plain
from service.command.opened import Opened, opened
from service.command.settings import read_settings
from service.settings import Settings
from workflows.announcing import Announcer
from workflows.reporting import Reporter
from workflows.voice import Voice


def biannual(
    *,
    authority: UUID,
    audience: Audience = Audience.LEADERSHIP,
    format: Literal["plain", "json"] = "plain",  # noqa: A002 - the option's name
) -> None:
    """Produce the half-yearly reports that are due, and show every one. Safe at any time: each is produced once.

    Args:
        authority: Whose.
        audience: Exact figures for leadership, or those that may go to the partnership.
        format: Lines to read, or JSON.
    """
    shown = asyncio.run(_shown(authority, audience))
    print(to_json(shown, indent=2).decode() if format == "json" else "\n".join(_lines(shown)))


async def _shown(authority: UUID, audience: Audience) -> Plain:
    async with opened(read_settings(Settings)) as parts:
        reporter, now = _reporter(parts), await parts.log.now(authority)
        await reporter.produce_due(authority, now)
        return shown_reports(await reporter.standing(authority, now), audience)


def _reporter(parts: Opened) -> Reporter:
    return Reporter(Announcer(Voice(parts.log, parts.catalogue), parts.engine.assessor, parts.rules.of))


def _lines(shown: Plain) -> Iterator[str]:
    for report in shown["reports"]:
        yield f"{report['period']}  {report['stage']}  {report['cases']} cases"
        yield from (f"  {number:>14}  {name.replace('_', ' ')}" for name, number in report["counts"].items())
    coming = shown["coming"]
    yield (
        f"Next: {coming['period']}, as {coming['due_on']:%d %B %Y} begins."
        if coming is not None
        else "Nothing is to be reported here."
    )
