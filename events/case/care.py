"""The child's position in law: looked after or not and on what basis, under which orders, in which proceedings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from events.catalogue.envelope import Event


@dataclass(frozen=True)
class Since:
    """Something that holds since a day, by an event, with what is known of it."""

    day: date
    by: Event
    known: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Lasting:
    """An order, or custody: of what kind, who holds it, from when, and until when if that is known."""

    kind: str | None
    holder: str | None
    from_on: date
    until_on: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass
class Care:
    """Whether the child is looked after, and what `began` it.

    `dual`: dual planning, once a meeting confirmed it; `single`: what ended it. `reviews` are the days of the
    looked-after reviews since the child became looked after.
    """

    looked_after: Since | None = None
    began: Event | None = None
    order: Since | None = None
    section_twenty: Since | None = None
    dual: Since | None = None
    single: Since | None = None
    reviews: list[date] = field(default_factory=list)
    at_least_second: bool = False


@dataclass
class Law:
    """Proceedings, orders and custody. `gateway`: the last Legal Gateway, and whether it found the threshold met."""

    gateway: Since | None = None
    outline: Since | None = None
    proceedings: Since | None = None
    private: Since | None = None
    orders: list[Lasting] = field(default_factory=list)
    custody: list[Lasting] = field(default_factory=list)

    @property
    def threshold_met(self) -> bool:
        """Whether the last Legal Gateway found the threshold for proceedings met."""
        return self.gateway is not None and bool(self.gateway.known.get("threshold_met"))


def shown(care: Care, law: Law) -> dict[str, Any]:
    """Both, as the state of a case shows them."""
    return {
        "looked_after": _since(care.looked_after),
        "interim_care_order": _since(care.order),
        "section_twenty": _since(care.section_twenty),
        "dual_process": _since(care.dual),
        "law": {
            "legal_gateway": _since(law.gateway),
            "public_law_outline": _since(law.outline),
            "proceedings": _since(law.proceedings),
            "private_law_proceedings": _since(law.private),
            "orders": [_lasting(each) for each in law.orders],
            "custody": [_lasting(each) for each in law.custody],
        },
    }


def _since(since: Since | None) -> dict[str, Any] | None:
    return None if since is None else {"since": since.day, **since.known}


def _lasting(each: Lasting) -> dict[str, Any]:
    return {"kind": each.kind, "holder": each.holder, "from_on": each.from_on, "until_on": each.until_on}
