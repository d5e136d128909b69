"""The rules each authority goes by, as its stream says, kept in memory and followed as the stream grows."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TypeVar
from uuid import UUID

from events.catalogue.envelope import Event
from events.policies.activated import InForce, digests, in_force
from events.policies.checking import Vocabulary
from events.policies.loading import PolicyError
from events.policies.model import Policy
from events.store.errors import OtherBuildError
from events.store.log import Log

Texts = Callable[[Iterable[str]], Awaitable[Mapping[str, str]]]
"""Fetches immutable stored texts by their digests."""

K = TypeVar("K")
V = TypeVar("V")

PASSED_OVER = frozenset({"clock_advanced"})
"""What an authority's stream holds that changes no rules, and is left out of memory."""

REMEMBERED = 1_000
"""How many authorities' rules a process keeps in memory."""


class Rules:
    """What is in force at each authority. Texts are immutable, so only the stream itself is ever asked again."""

    def __init__(self, log: Log, texts: Texts, vocabulary: Vocabulary) -> None:
        self._log = log
        self._texts = texts
        self._vocabulary = vocabulary
        self._streams: OrderedDict[UUID, tuple[int, list[Event]]] = OrderedDict()
        self._built: OrderedDict[tuple[UUID, int], InForce] = OrderedDict()
        self._read: dict[str, Policy] = {}

    async def of(self, authority: UUID, version: int | None = None, *, upto: int | None = None) -> InForce:
        """What is in force at an authority, by its own stream up to a position, or by all there is.

        `version` is that of its stream, where the caller knows it already.

        Raises:
            NothingActivatedError: Nothing was in force yet.
            OtherBuildError: A newer build activated what this one cannot read.
        """
        counted = [event for event in await self._stream(authority, version) if upto is None or event.position <= upto]
        key = (authority, len(counted))
        if key not in self._built:
            self._built[key] = self._in_force(counted, await self._texts(digests(counted)))
            _forget_oldest(self._built)
        return self._built[key]

    def _in_force(self, counted: list[Event], texts: Mapping[str, str]) -> InForce:
        try:
            return in_force(counted, texts, self._vocabulary, self._read)
        except PolicyError as error:  # each was checked by the build that activated it
            what = str(error).partition("\n")[0]
            raise OtherBuildError(f"a policy in force is not known to this build: {what}") from error

    async def _stream(self, authority: UUID, version: int | None) -> list[Event]:
        read, known = self._streams.get(authority, (0, []))
        if version is None:
            version = (await self._log.versions(authority, [authority]))[authority]
        if version > read:
            added = await self._log.read_case(authority, authority, after_version=read, upto_version=version)
            known = [*known, *(event for event in added if event.type not in PASSED_OVER)]
            self._streams[authority] = (version, known)
            _forget_oldest(self._streams)
        return known


def _forget_oldest(kept: OrderedDict[K, V]) -> None:
    while len(kept) > REMEMBERED:
        kept.popitem(last=False)
