"""Who looked at which case, and why: every look is recorded, and no caller can switch that off."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Look:
    """One look at one case: who, in which role, for what, and up to which position they saw it."""

    authority: UUID
    case: UUID
    subject: str
    role: str
    purpose: str
    position: int
    at: datetime
    request: str


class AccessRecord(Protocol):
    """Where looks are recorded."""

    async def record(self, looks: list[Look]) -> None:
        """Keep them. An answer is given only once this has returned."""
        ...
