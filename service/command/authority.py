"""`planclock authority`: the local authorities that use Planclock."""

import asyncio
from uuid import UUID, uuid4

from service.command.errors import CommandError
from service.command.opened import opened
from service.command.settings import read_settings
from service.procedures import Procedures, UnknownPackError
from service.settings import Settings


def create(name: str, *, pack: str, id: UUID | None = None) -> None:  # noqa: A002 - the option's name
    """Create a real authority, with a pack and its nation's calendar in force from the beginning. Prints its id.

    Args:
        name: What it is called.
        pack: The procedure it goes by.
        id: Its id, where one was agreed beforehand; tokens carry it.
    """
    asyncio.run(_create(name, pack, id or uuid4()))


def list() -> None:  # noqa: A001 - the command's name
    """List every authority: its id, whether it is real or a sandbox, and its name."""
    asyncio.run(_list())


async def _create(name: str, pack: str, authority: UUID) -> None:
    async with opened(read_settings(Settings)) as parts:
        procedures = Procedures(parts.log, parts.database, parts.catalogue, parts.engine.vocabulary)
        try:
            await procedures.open_authority(authority, name=name, pack=pack)
        except UnknownPackError as error:
            raise CommandError(str(error)) from None
    print(authority)


async def _list() -> None:
    async with opened(read_settings(Settings)) as parts:
        for authority in await parts.log.authorities():
            print(f"{authority.id}  {'sandbox' if authority.sandbox else 'real   '}  {authority.name}")
