"""Whoever reads cases at the command line: each look is recorded, like everybody else's."""

import getpass
from uuid import UUID, uuid4

from events.store.access import Access
from service.cases.access import Reader
from service.command.opened import Opened
from service.identity.principal import Principal
from service.identity.roles import Role


def reader_here(parts: Opened, authority: UUID, purpose: str) -> Reader:
    """Whoever sits at this machine reads as an auditor, under the name they are logged in with."""
    caller = Principal(authority, f"{getpass.getuser()} at the command line", frozenset({Role.AUDITOR}), frozenset())
    return Reader(parts.log, Access(parts.database), caller, purpose, str(uuid4()))
