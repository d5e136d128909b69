"""The keys of cases and authorities: in a database of their own, wrapped, remembered for a while, erasable."""

import hmac
import os
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.store.connect import Pool, open_pool
from events.store.errors import ErasedCaseError, UnreadableError
from events.store.key_service import KeyService

_KEY_BYTES = 32
_PURPOSES = ("case", "third_parties")

_OF_CASES = """
select k.case_id, k.purpose, k.wrapped
from set_config('planclock.authority', $1, true) as t (authority), lateral (
    select * from keys.case_key where authority = t.authority::uuid and case_id = any ($2)
) as k
"""
_KEEP_CASE_KEYS = """
select k.case_id, k.purpose, k.wrapped
from set_config('planclock.authority', $1, true) as t (authority),
    lateral keys.keep_case_keys(t.authority::uuid, $2, $3, $4) as k
"""
_OF_AUTHORITY = """
select k.purpose, k.wrapped
from set_config('planclock.authority', $1, true) as t (authority), lateral (
    select * from keys.authority_key where authority = t.authority::uuid
) as k
"""
_KEEP_AUTHORITY_KEYS = """
select k.purpose, k.wrapped
from set_config('planclock.authority', $1, true) as t (authority),
    lateral keys.keep_authority_keys(t.authority::uuid, $2, $3) as k
"""
_DESTROY = """
select d.* from set_config('planclock.authority', $1, true) as t (authority),
    lateral keys.destroy_case_keys(t.authority::uuid, $2, $3) as d
"""


@dataclass(frozen=True, slots=True)
class CaseKeys:
    """What seals the events of one case. `third_parties` is None once the third parties' key was destroyed.

    `secret` is the case's key itself, for saying what became of a part that does not open.
    """

    secret: bytes = field(repr=False)
    case: AESGCM
    third_parties: AESGCM | None
    requests: bytes = field(repr=False)

    def request_digest(self, item: bytes) -> bytes:
        """A keyed hash of an item as it was sent: recognises it when it comes again, and gives nothing away."""
        return hmac.digest(self.requests, item, "sha256")


@dataclass(frozen=True, slots=True)
class Erased:
    """The case's keys were destroyed: what was sealed under them can never be read again."""

    authority: UUID
    case: UUID


@dataclass(frozen=True, slots=True)
class AuthorityKeys:
    """What hashes an authority's items and references, so that they stand nowhere in clear."""

    items: bytes = field(repr=False)
    references: bytes = field(repr=False)


class Keys:
    """The keys, opened through the key service. Keep one for each process."""

    def __init__(self, pool: Pool, service: KeyService, remembered: int) -> None:
        self._pool = pool
        self._service = service
        self._remembered = remembered
        self._cases: OrderedDict[tuple[int, int], CaseKeys | Erased] = OrderedDict()
        self._authorities: dict[UUID, AuthorityKeys] = {}

    @classmethod
    async def connect(cls, dsn: str, service: KeyService, *, pool_size: int = 5, remembered: int = 20_000) -> Self:
        """Opens the keys' database. At most `remembered` cases' keys are kept in memory."""
        return cls(await open_pool(dsn, pool_size), service, remembered)

    async def close(self) -> None:
        """Forgets every key and closes the connections."""
        self._cases.clear()
        self._authorities.clear()
        await self._pool.close()

    async def of_case(self, authority: UUID, case: UUID, *, create: bool = False) -> CaseKeys | Erased:
        """The keys of one case. With `create`, a case that has none gets them: do so before its first event.

        Raises:
            UnreadableError: The case has no keys and none were to be created, or the key service will not open them.
        """
        known = self.remembered(authority, case)
        if known is None:
            known = (await self._fetch(authority, [case])).get(case)
        if known is None and create:
            known = await self._create(authority, case)
        if known is None:
            raise UnreadableError(f"case {case} has no keys")
        return known

    async def of_cases(self, authority: UUID, cases: Iterable[UUID]) -> dict[UUID, CaseKeys | Erased]:
        """The keys of many cases in one round trip; cases without keys are left out."""
        found: dict[UUID, CaseKeys | Erased] = {}
        unknown: list[UUID] = []
        for case in set(cases):
            known = self.remembered(authority, case)
            if known is None:
                unknown.append(case)
            else:
                found[case] = known
        return found | await self._fetch(authority, unknown) if unknown else found

    def remembered(self, authority: UUID, case: UUID) -> CaseKeys | Erased | None:
        """The keys of one case if they are in memory."""
        known_as = (authority.int, case.int)  # a UUID's own hash is slow
        keys = self._cases.get(known_as)
        if keys is not None:
            self._cases.move_to_end(known_as)
        return keys

    async def of_authority(self, authority: UUID) -> AuthorityKeys:
        """The keys of an authority, created the first time."""
        known = self._authorities.get(authority)
        if known is None:
            rows = await self._pool.fetch(_OF_AUTHORITY, str(authority))
            if not rows:
                purposes = ["items", "references"]
                wrapped = [
                    await self._service.wrap(os.urandom(_KEY_BYTES), _context(authority, purpose))
                    for purpose in purposes
                ]
                rows = await self._pool.fetch(_KEEP_AUTHORITY_KEYS, str(authority), purposes, wrapped)
            opened = {
                row["purpose"]: await self._service.unwrap(row["wrapped"], _context(authority, row["purpose"]))
                for row in rows
            }
            known = self._authorities[authority] = AuthorityKeys(opened["items"], opened["references"])
        return known

    async def destroy(self, authority: UUID, case: UUID, *, only_third_parties: bool = False) -> None:
        """Destroys the keys of a case, for ever; needs the records role. Other processes forget in their own time."""
        purposes = ["third_parties"] if only_third_parties else list(_PURPOSES)
        await self._pool.fetch(_DESTROY, str(authority), case, purposes)
        self._cases.pop((authority.int, case.int), None)

    async def _fetch(self, authority: UUID, cases: list[UUID]) -> dict[UUID, CaseKeys | Erased]:
        return await self._open(authority, await self._pool.fetch(_OF_CASES, str(authority), cases))

    async def _create(self, authority: UUID, case: UUID) -> CaseKeys | Erased:
        wrapped = [
            await self._service.wrap(os.urandom(_KEY_BYTES), _context(authority, purpose, case))
            for purpose in _PURPOSES
        ]
        rows = await self._pool.fetch(_KEEP_CASE_KEYS, str(authority), case, list(_PURPOSES), wrapped)
        return (await self._open(authority, rows))[case]

    async def _open(self, authority: UUID, rows: Iterable[Any]) -> dict[UUID, CaseKeys | Erased]:
        wrapped: dict[UUID, dict[str, bytes | None]] = {}
        for row in rows:
            wrapped.setdefault(row["case_id"], {})[row["purpose"]] = row["wrapped"]
        opened = {case: await self._unwrap(authority, case, parts) for case, parts in wrapped.items()}
        for case, keys in opened.items():
            self._cases[authority.int, case.int] = keys
        while len(self._cases) > self._remembered:
            self._cases.popitem(last=False)
        return opened

    async def _unwrap(self, authority: UUID, case: UUID, wrapped: dict[str, bytes | None]) -> CaseKeys | Erased:
        keys = {
            purpose: await self._service.unwrap(key, _context(authority, purpose, case)) if key else None
            for purpose, key in wrapped.items()
        }
        case_key, third_parties = keys["case"], keys["third_parties"]
        if case_key is None:
            return Erased(authority, case)
        return CaseKeys(
            secret=case_key,
            case=AESGCM(case_key),
            third_parties=AESGCM(third_parties) if third_parties else None,
            requests=hmac.digest(case_key, b"planclock.requests.1", "sha256"),
        )


def readable(keys: CaseKeys | Erased) -> CaseKeys:
    """The keys, or ErasedCaseError when they were destroyed."""
    if isinstance(keys, Erased):
        raise ErasedCaseError(keys.authority, keys.case)
    return keys


def _context(authority: UUID, purpose: str, case: UUID | None = None) -> bytes:
    return b"planclock.key.1" + authority.bytes + (case.bytes if case else b"") + purpose.encode()
