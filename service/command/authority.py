"""`planclock authority`: the local authorities that use Planclock."""

import asyncio
from uuid import UUID, uuid4

from events.store.errors import RefusedError
from service.command.errors import CommandError
from service.command.opened import Opened, opened
from service.command.packs import read_pack, texts_beside
from service.command.settings import read_settings
from service.procedures import Procedures, UnknownPackError
from service.settings import Settings


def create(name: str, *, pack: str, code: str | None = None, id: UUID | None = None) -> None:  # noqa: A002 - the option's name
    """Create a real authority, with a pack and its nation's calendar in force from the beginning. Prints its id.

    Args:
        name: What it is called.
        pack: The procedure it goes by: a file, or the name of a pack that this build carries.
        code: The code by which other authorities address it, for ever; without one, none transfers a plan to it here.
        id: Its id, where one was agreed beforehand; tokens carry it.
    """
    asyncio.run(_create(name, pack, code, id or uuid4()))


def code(id: UUID, code: str) -> None:  # noqa: A002 - the argument's name
    """Give an authority, for ever, the code by which others address it.

    Args:
        id: Which authority.
        code: Lower-case letters, digits, hyphens and underscores; at most 40.
    """
    asyncio.run(_code(id, code))


def list() -> None:  # noqa: A001 - the command's name
    """List every authority: its id, whether it is real or a sandbox, its name, and its code if it has one."""
    asyncio.run(_list())


async def _create(name: str, pack: str, code: str | None, authority: UUID) -> None:
    own, beside = texts_beside(pack)
    if beside:
        read_pack(pack)
    async with opened(read_settings(Settings)) as parts:
        procedures = Procedures(parts.log, parts.database, parts.catalogue, parts.engine.vocabulary)
        try:
            await procedures.open_authority(authority, name=name, pack=own, beside=beside)
        except UnknownPackError as error:
            raise CommandError(str(error)) from None
        if code is not None:
            await _take(parts, authority, code)
    print(authority)


async def _code(authority: UUID, code: str) -> None:
    async with opened(read_settings(Settings)) as parts:
        await _take(parts, authority, code)


async def _take(parts: Opened, authority: UUID, code: str) -> None:
    try:
        taken = await parts.log.take_code(authority, code)
    except RefusedError:
        raise CommandError(
            f"{code!r} is no code: lower-case letters, digits, hyphens, underscores; at most 40"
        ) from None
    if not taken:
        raise CommandError(f"another authority has the code {code}, or {authority} has one already")


async def _list() -> None:
    async with opened(read_settings(Settings)) as parts:
        for authority in await parts.log.authorities():
            world = await parts.log.same_world(authority.id)
            codes = [f"  {code}" for code, each in world.items() if each == authority.id]
            print(f"{authority.id}  {'sandbox' if authority.sandbox else 'real   '}  {authority.name}{''.join(codes)}")
