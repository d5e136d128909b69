"""Keyed hashes that let a list be searched by equality without saying what it holds.

They are made under a key of the authority's, which is in the keys' database: whoever has only the lists learns from
them that two rows have the same team, or a withheld date in the same month, and not which.
"""

import hmac
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.catalogue.envelope import LOCAL
from events.store.cipher import seal, unseal
from events.store.keys import AuthorityKeys

_LENGTH = 16
DECEMBER: Final = 12


class Blinds:
    """The hashes of one authority, and the cipher of the cursors it hands out."""

    def __init__(self, authority: UUID, keys: AuthorityKeys) -> None:
        self._key = hmac.digest(keys.references, b"planclock.lists.1", "sha256")
        self._cursors = AESGCM(hmac.digest(keys.references, b"planclock.cursors.1", "sha256"))
        self._bound = authority.bytes
        self._hashed = lru_cache(maxsize=20_000)(self._hash)

    def duty(self, id_: str) -> UUID:
        """Stands for a duty's id: the same for every case the duty concerns."""
        return self._hash("duty", id_)

    def rule(self, id_: str) -> UUID:
        """Stands for a rule, whose id may give away an age."""
        return self._hashed("rule", id_)

    def team(self, code: str) -> UUID:
        """Stands for a team."""
        return self._hashed("team", code)

    def meeting(self, id_: str) -> UUID:
        """Stands for a meeting."""
        return self._hashed("meeting", id_)

    def worker(self, reference: str) -> UUID:
        """Stands for a worker."""
        return self._hashed("worker", reference)

    def month(self, instant: datetime) -> UUID:
        """Stands for the local month of an instant."""
        return self._month(instant.astimezone(LOCAL).date())

    def months(self, first: datetime, last: datetime) -> Iterator[UUID]:
        """Stand for every local month from that of `first` to that of `last`, in order."""
        day, end = first.astimezone(LOCAL).date().replace(day=1), last.astimezone(LOCAL).date()
        while day <= end:
            yield self._month(day)
            day = date(day.year + day.month // DECEMBER, day.month % DECEMBER + 1, 1)

    def seal_cursor(self, content: bytes) -> bytes:
        """Seals where a list was left off, so that no address holds a date."""
        return seal(self._cursors, content, self._bound)

    def open_cursor(self, sealed: bytes) -> bytes:
        """Opens what `seal_cursor` made. Raises UnreadableError for anything else."""
        return unseal(self._cursors, sealed, self._bound)

    def _month(self, day: date) -> UUID:
        return self._hashed("month", f"{day:%Y-%m}")

    def _hash(self, kind: str, value: str) -> UUID:
        return UUID(bytes=hmac.digest(self._key, f"{kind}|{value}".encode(), "sha256")[:_LENGTH])
