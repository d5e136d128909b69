"""A draft tried on every case of an authority, and brought into force there."""

from collections import Counter
from uuid import UUID

from rich.console import Console
from rich.progress import Progress as Bars

from events.catalogue.envelope import LOCAL
from events.policies.activated import InForce, NothingActivatedError
from service.command.errors import CommandError
from service.command.opened import Opened, opened
from service.command.packs import texts_beside
from service.command.settings import read_settings
from service.procedures import Procedures, UnknownPackError
from service.settings import Settings
from service.simulating import Draft
from service.simulating import simulate as simulated


async def simulate(authority: UUID, draft: Draft, *, details: bool) -> None:
    """Say what a draft would change in every case. Nothing is recorded."""
    async with opened(read_settings(Settings)) as parts:
        await _try(parts, authority, draft, details=details)


async def _try(parts: Opened, authority: UUID, draft: Draft, *, details: bool) -> None:
    """Try a draft on every case, with a bar that shows how far it has come."""
    is_now = await _in_force(parts, authority)
    kinds: Counter[tuple[str, str]] = Counter()
    cases = touched = 0
    with Bars(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("cases", total=len(await parts.log.cases(authority)))
        async for tried in simulated(parts.log, parts.engine.assessor, is_now, authority, draft):
            bars.advance(task)
            cases, touched = cases + 1, touched + bool(tried.changed)
            kinds.update((each.about, each.entry) for each in tried.changed)
            for each in tried.changed if details else ():
                print(
                    f"{tried.case}  {each.about} {each.entry}: {each.before or 'nothing'} -> {each.after or 'nothing'}"
                )
    for (about, entry), number in sorted(kinds.items()):
        print(f"{entry}  {about}: {number} change")
    print(f"{touched} of {cases} cases would change.")


async def activate(pack: str, authority: UUID, draft: Draft, *, confirm: bool) -> None:
    """Bring a draft into force; where its day has passed, only once that is confirmed.

    Raises:
        CommandError: Nothing was activated, and why.
    """
    async with opened(read_settings(Settings)) as parts:
        is_now, since = await _in_force(parts, authority), draft.effective_from
        today = (await parts.log.now(authority)).astimezone(LOCAL).date()
        if since is None or since < is_now.calendar.first:
            raise CommandError(f"the authority's calendar begins on {is_now.calendar.first}; name a day from then on")
        if since < today and not confirm:
            await _try(parts, authority, draft, details=False)
            raise CommandError(f"{since} has passed: nothing was activated; --confirm does it")
        procedures = Procedures(parts.log, parts.database, parts.catalogue, parts.engine.vocabulary)
        name, beside = texts_beside(pack)
        try:
            await procedures.activate(
                authority, name, effective_from=since, recalculates_open=draft.recalculates_open, beside=beside
            )
        except UnknownPackError as error:
            raise CommandError(str(error)) from None
    print(f"{draft.policy.id} {draft.policy.version} is in force from {since}.")


async def _in_force(parts: Opened, authority: UUID) -> InForce:
    try:
        return await parts.rules.of(authority)
    except NothingActivatedError as error:
        raise CommandError(f"{authority}: {error}") from None
