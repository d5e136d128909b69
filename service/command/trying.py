"""A draft tried on every case of an authority, and brought into force there."""

from uuid import UUID

from events.catalogue.envelope import LOCAL
from events.policies.activated import InForce, NothingActivatedError
from events.policies.drafts import PolicyDraft
from events.policies.loading import PolicyError
from service.batches import called
from service.command.doing import asking, do, tell
from service.command.errors import CommandError
from service.command.opened import Opened, opened
from service.command.packs import texts_beside
from service.command.settings import read_settings
from service.procedures import Procedures, UnknownPackError
from service.settings import Settings


async def simulate(pack: str, authority: UUID, draft: PolicyDraft, *, details: bool, here: bool) -> None:
    """Say what a draft would change in every case. Nothing of it comes into force."""
    async with opened(read_settings(Settings)) as parts:
        await _try(parts, pack, authority, draft, details=details, here=here)


async def activate(pack: str, authority: UUID, draft: PolicyDraft, *, confirm: bool, here: bool) -> None:
    """Bring a draft into force; where its day has passed, only once that is confirmed.

    Raises:
        CommandError: Nothing was activated, and why.
    """
    async with opened(read_settings(Settings)) as parts:
        is_now, since = await rules_now(parts, authority), draft.effective_from
        if since is None or not is_now.calendar.first <= since <= is_now.calendar.last:
            years = f"from {is_now.calendar.first} to {is_now.calendar.last}"
            raise CommandError(f"the calendar {is_now.calendar.id} runs {years}: name a day in it")
        today = (await parts.log.now(authority)).astimezone(LOCAL).date()
        if since < today and not confirm:
            await _try(parts, pack, authority, draft, details=False, here=here)
            raise CommandError(f"{since} has passed: nothing was activated; --confirm does it")
        position = await _activated(parts, pack, authority, draft)
        asked = await asking(parts).activated_policy(authority, draft, position)
        print(f"{called(draft.policy)} is in force from {since}.")
        await tell(parts, await do(parts, asked, here=here), details=False)


async def rules_now(parts: Opened, authority: UUID) -> InForce:
    """What is in force at an authority. Raises CommandError where nothing is."""
    try:
        return await parts.rules.of(authority)
    except NothingActivatedError as error:
        raise CommandError(f"{authority}: {error}") from None


def procedures(parts: Opened) -> Procedures:
    """Activates packs and calendars as this process."""
    return Procedures(parts.log, parts.database, parts.catalogue, parts.engine.vocabulary)


async def _try(parts: Opened, pack: str, authority: UUID, draft: PolicyDraft, *, details: bool, here: bool) -> None:
    """Try a draft on every case, and say what it would change."""
    await rules_now(parts, authority)
    name, beside = texts_beside(pack)
    try:
        _, digest = await procedures(parts).keep(name, beside)
    except (UnknownPackError, PolicyError) as error:
        raise CommandError(str(error)) from None
    asked = await asking(parts).try_policy(authority, name, draft, digest)
    await tell(parts, await do(parts, asked, here=here), details=details)


async def _activated(parts: Opened, pack: str, authority: UUID, draft: PolicyDraft) -> int:
    """The position at which a draft was activated just now."""
    name, beside = texts_beside(pack)
    assert draft.effective_from is not None  # noqa: S101 - it was looked at just before
    try:
        position = await procedures(parts).activate(
            authority,
            name,
            effective_from=draft.effective_from,
            recalculates_open=draft.recalculates_open,
            beside=beside,
        )
    except (UnknownPackError, PolicyError) as error:
        raise CommandError(str(error)) from None
    if position is None:
        raise CommandError(
            f"{called(draft.policy)} was activated from {draft.effective_from} before: nothing was told again"
        )
    return position
