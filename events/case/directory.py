"""The directory of one authority: who answers to a title of the procedure on a day, and where they are to be reached.

Pure: made from the events of the authority's own stream, as corrected. The procedure says "specialist safeguarding
manager"; the directory says which post that is here, who holds it, who stands in, and whether it is vacant (E-42).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from events.case.agencies import role
from events.catalogue.directory import (
    AgencyRecorded,
    PostHolderChanged,
    PostRecorded,
    SecureEmailConfirmed,
    StandInRecorded,
)
from events.catalogue.envelope import Event
from events.catalogue.parts import Person


class Answering(StrEnum):
    """What answers to a title: a post, an agency, or nothing the directory knows of."""

    POST = "post"
    AGENCY = "agency"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Recipient:
    """Whoever answers to a title on a day. `title` is as asked, `local_title` what it is called here.

    `address` is an e-mail address confirmed as secure, None while there is none. `vacant`: a post that nobody holds
    and nobody stands in for, to which nothing can be delivered.
    """

    title: str
    answering: Answering = Answering.NOBODY
    code: str | None = None
    local_title: str | None = None
    holder: Person | None = None
    stand_in: Person | None = None
    stands_for: tuple[str, ...] = ()
    team: str | None = None
    address: str | None = None

    @property
    def acting(self) -> Person | None:
        """Who acts on that day: the stand-in, or else the holder."""
        return self.stand_in or self.holder

    @property
    def known(self) -> bool:
        """Whether the directory says who answers to the title."""
        return self.answering is not Answering.NOBODY

    @property
    def vacant(self) -> bool:
        """Whether it is a post in which nobody acts."""
        return self.answering is Answering.POST and self.acting is None


class _Since(NamedTuple):
    """Something told, and the day from which it holds."""

    day: date
    told: Event


@dataclass(frozen=True)
class Directory:
    """Posts, agencies and addresses, each with all that was told of it in the order of the days it holds from.

    A provider is known as `agency/provider`.
    """

    posts: dict[str, list[_Since]] = field(default_factory=dict)
    agencies: dict[str, list[_Since]] = field(default_factory=dict)
    holders: dict[str, list[_Since]] = field(default_factory=dict)
    stand_ins: dict[str, list[_Since]] = field(default_factory=dict)
    addresses: dict[str, list[_Since]] = field(default_factory=dict)

    def recipient(self, title: str, day: date, team: str | None = None) -> Recipient:
        """Who answers on a day to a title of the procedure, or to the code of a post or an agency.

        Where several posts do, that of `team` comes first, then one of no team in particular.
        """
        post = self._post(title, day, team)
        if post is not None:
            return self.post(post, day, title)
        name = self._agency(title, day)
        if name is None:
            return Recipient(title)
        recorded = _on(self.agencies[name], day)
        local = recorded.title if isinstance(recorded, AgencyRecorded) else None
        titles = recorded.stands_for or () if isinstance(recorded, AgencyRecorded) else ()
        address = self._address(name, day)
        return Recipient(title, Answering.AGENCY, name, local, stands_for=titles, address=address)

    def post(self, code: str, day: date, title: str | None = None) -> Recipient:
        """How a post stands on a day. Raises KeyError for one that was never recorded."""
        recorded = _on(self.posts[code], day)
        if not isinstance(recorded, PostRecorded):
            return Recipient(title or code)
        held = _on(self.holders.get(code, ()), day)
        return Recipient(
            title=title or code,
            answering=Answering.POST,
            code=code,
            local_title=recorded.title,
            holder=held.holder if isinstance(held, PostHolderChanged) else None,
            stand_in=self._stand_in(code, day),
            stands_for=recorded.stands_for or (),
            team=recorded.team,
            address=self._address(code, day) or (self._address(recorded.agency, day) if recorded.agency else None),
        )

    def posts_on(self, day: date) -> list[Recipient]:
        """Every post there is on a day, in the order in which they were recorded."""
        return [self.post(code, day) for code in self.posts if self._open(self.posts[code], day) is not None]

    def agencies_on(self, day: date) -> list[Recipient]:
        """Every agency and provider on a day, in the order in which they were recorded."""
        return [self.recipient(code, day) for code in self.agencies if self._open(self.agencies[code], day) is not None]

    def is_secure(self, address: str, day: date) -> bool:
        """Whether an e-mail address stands confirmed as secure on a day, whoever it belongs to (STF-R128)."""
        wanted = address.strip().casefold()
        return any(wanted in {each.casefold() for each in self._secure(whose, day)} for whose in self.addresses)

    def _post(self, title: str, day: date, team: str | None) -> str | None:
        asked = role(title)
        found: list[tuple[bool, str]] = []
        for code, told in self.posts.items():
            recorded = self._open(told, day)
            if not isinstance(recorded, PostRecorded):
                continue
            by_title = asked in map(role, recorded.stands_for or ()) and recorded.team in {None, team}
            if by_title or role(code) == asked:
                found.append((recorded.team is None, code))
        return min(found)[1] if found else None

    def _agency(self, title: str, day: date) -> str | None:
        asked = role(title)
        for code, told in self.agencies.items():
            recorded = self._open(told, day)
            if isinstance(recorded, AgencyRecorded) and asked in {role(code), *map(role, recorded.stands_for or ())}:
                return code
        return None

    @staticmethod
    def _open(told: Iterable[_Since], day: date) -> PostRecorded | AgencyRecorded | None:
        recorded = _on(told, day)
        return recorded if isinstance(recorded, PostRecorded | AgencyRecorded) and not recorded.closed else None

    def _stand_in(self, code: str, day: date) -> Person | None:
        for since in reversed(self.stand_ins.get(code, [])):
            told = since.told.data
            if (
                isinstance(told, StandInRecorded)
                and since.day <= day
                and (told.until_on is None or day <= told.until_on)
            ):
                return told.person
        return None

    def _address(self, whose: str, day: date) -> str | None:
        return next(reversed(self._secure(whose, day)), None)

    def _secure(self, whose: str, day: date) -> list[str]:
        """The addresses of a post or an agency that stand confirmed as secure, the last confirmed standing last."""
        secure: dict[str, None] = {}
        for since in self.addresses.get(whose, ()):
            told = since.told.data
            if isinstance(told, SecureEmailConfirmed) and isinstance(told.address, str) and since.day <= day:
                secure.pop(told.address, None)
                if told.secure:
                    secure[told.address] = None
        return list(secure)


def directory(stream: Iterable[Event]) -> Directory:
    """The directory that the events of an authority's stream make, in the order in which they count."""
    found = Directory()
    rows: dict[type, dict[str, list[_Since]]] = {
        PostRecorded: found.posts,
        AgencyRecorded: found.agencies,
        PostHolderChanged: found.holders,
        StandInRecorded: found.stand_ins,
        SecureEmailConfirmed: found.addresses,
    }
    told: dict[type, defaultdict[str, list[_Since]]] = defaultdict(lambda: defaultdict(list))
    for event in stream:
        if type(event.data) in rows:
            told[type(event.data)][_whose(event)].append(
                _Since(getattr(event.data, "from_on", None) or event.day, event)
            )
    for kind, by_code in told.items():
        rows[kind].update({code: sorted(each, key=lambda since: since.day) for code, each in by_code.items()})
    return found


def _whose(event: Event) -> str:
    """The post, agency or provider that an event is about."""
    post, agency, provider = (getattr(event.data, name, None) for name in ("post", "agency", "provider"))
    if isinstance(event.data, AgencyRecorded) or post is None:
        return f"{agency}/{provider}" if provider is not None else str(agency)
    return str(post)


def _on(told: Iterable[_Since], day: date) -> object:
    """The last that holds on a day."""
    return next((since.told.data for since in reversed(list(told)) if since.day <= day), None)
