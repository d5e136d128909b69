"""A case taken on in the middle of its life, read as the facts its starting values stand for (E-83).

Each starting value that is known is read as the fact it tells of, on its own day; one that is unknown as a fact whose
day nobody knows, so that what is counted from it cannot be calculated and says why. So every procedure's duties run
from a case taken on as they do from one told from the beginning, and nothing in a pack speaks of taking on. What is
told of the past afterwards takes the place of what had only been taken on.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import uuid5

from events.calendars.counting import ONE_DAY
from events.case.history import History, Told
from events.case.ordering import in_order
from events.catalogue.conferences import Held
from events.catalogue.core_groups import CoreGroupMeetingHeld, CoreGroupMeetingScheduled
from events.catalogue.decisions import ChildDecision, ChildDecisionMade
from events.catalogue.envelope import PARTS, Data, Event, Item
from events.catalogue.legal import InterimCareOrderGranted
from events.catalogue.looked_after import LookedAfterStarted
from events.catalogue.moves import ChildMoved, Direction
from events.catalogue.plans import PlanStarted
from events.catalogue.scheduling import ReviewConferenceScheduled
from events.catalogue.taking_on import CaseTakenOn, Knowledge, Starting, StartingBooking, StartingDay
from events.catalogue.visits import ChildSeen

PLAN, SEEN = "plan_started", "child_seen"
REVIEW, CORE_GROUP = "review_conference_held", "core_group_meeting_held"
BEFORE_ALL = timedelta(days=2)
"""How long before everything known a plan is read to have begun whose first day is unknown."""


@dataclass(frozen=True)
class Part(Event):
    """One fact that a starting value stands for. `unknown` says in words which day nobody knows, if it is the day."""

    whole: Event
    number: int
    unknown: str | None

    @cached_property
    def key(self) -> int:
        """Comes after the event it is a part of."""
        return self.whole.position * PARTS + self.number

    @property
    def undated(self) -> str | None:
        """The day that nobody knows, in words."""
        return self.unknown


@dataclass(frozen=True)
class _Fact:
    """A fact to be read out of a taking on: its type and content, when, and until when another may take its place."""

    number: int
    type: str
    data: Data
    day: date
    unknown: str | None = None
    until: date | None = None


def taken_on_at(past: History) -> datetime | None:
    """When the case was first recorded as taken on: what was past by then was missed elsewhere, if at all."""
    return min((told.forms[0][1] for told in past.told if isinstance(told.event.data, CaseTakenOn)), default=None)


def read_out(past: History) -> History:
    """The history with every taking on read as the facts it stands for, beside itself."""
    wholes = [told for told in past.told if isinstance(told.event.data, CaseTakenOn)]
    if not wholes:
        return past
    parts = [part for whole in wholes for part in _parts(whole, [each.event for each in past.told])]
    return replace(past, told=tuple(in_order([*past.told, *parts], lambda each: each.event)))


def _parts(whole: Told, told: Sequence[Event]) -> Iterator[Told]:
    """The facts of one taking on, each in every form that corrections gave it; but those that were told themselves."""
    forms = [({fact.number: fact for fact in _facts(form)}, form, at) for form, at in whole.forms]
    for number, fact in forms[-1][0].items():
        if any(_takes_the_place(event, fact) for event in told):
            continue
        known = [(_part(facts[number], form), at) for facts, form, at in forms if number in facts]
        yield Told(known[-1][0], tuple(known))


def _part(fact: _Fact, whole: Event) -> Part:
    as_whole = {each.name: getattr(whole, each.name) for each in fields(Event)}
    item = Item(
        source=whole.item.source,
        id=whole.item.id,
        type=fact.type,
        occurred_on=fact.day,
        historical_import=True,
        data=fact.data,
    )
    own = {"item": item, "fact": uuid5(whole.fact, str(fact.number))}
    return Part(**{**as_whole, **own}, whole=whole, number=fact.number, unknown=fact.unknown)


def _takes_the_place(event: Event, fact: _Fact) -> bool:
    """Whether an event tells the same: of the same day, or in time to be what nobody knew the day of."""
    began = isinstance(event.data, ChildDecisionMade) and event.data.decision is ChildDecision.SUBJECT
    if event.type != fact.type and not (began and fact.type == PLAN):
        return False
    if isinstance(event.data, ChildSeen) and not event.data.spoken_to:
        return False
    return event.day == fact.day if fact.unknown is None else event.day <= (fact.until or fact.day)


def _facts(whole: Event) -> Iterator[_Fact]:
    """What one form of a taking on stands for."""
    told = whole.data
    if not isinstance(told, CaseTakenOn):
        return
    if not _none(told.plan_started):
        yield from _plan(told, whole.day)
    if (reviewed_on := _day(told.next_review)) is not None:
        yield _Fact(7, "review_conference_scheduled", ReviewConferenceScheduled(date=reviewed_on), whole.day)
    if (met_on := _day(told.next_core_group)) is not None:
        yield _Fact(8, "core_group_meeting_scheduled", CoreGroupMeetingScheduled(date=met_on), whole.day)
    if (known_since := _day(told.move_pending)) is not None:
        yield _Fact(9, "child_moved", ChildMoved(direction=Direction.OUT, permanent=True), known_since)
    if (cared_for_since := _day(told.looked_after)) is not None:
        yield _Fact(11, "looked_after_started", LookedAfterStarted(), cared_for_since)
    if (ordered_on := _day(told.interim_care_order)) is not None:
        yield _Fact(12, "interim_care_order_granted", InterimCareOrderGranted(), ordered_on)


def _plan(told: CaseTakenOn, day: date) -> Iterator[_Fact]:
    """The conference, the plan that began with it, and what was done under it."""
    conference = _day(told.initial_conference)
    began = _day(told.plan_started) or conference
    lasts = (_day(each) for each in (told.last_review, told.first_core_group, told.last_core_group, told.last_seen))
    start = began or min([day, *(each for each in lasts if each is not None)]) - BEFORE_ALL
    if conference is not None:
        yield _Fact(1, "initial_conference_held", Held(), conference)
    category = told.category.value if told.category is not None else None
    lead = told.lead_professional.value if told.lead_professional is not None else None
    unknown = "the day the plan began" if began is None else None
    yield _Fact(2, PLAN, PlanStarted(category=category, lp=lead), start, unknown, day)
    yield from _reviews(told, start, day)
    yield from _core_groups(told, start, day)
    if not _none(told.last_seen):
        seen = ChildSeen(by_sw=True, spoken_to=True, mother_seen=True)
        yield _last(_Fact(6, SEEN, seen, day, "the day the child was last seen and spoken to", day), told.last_seen)


def _reviews(told: CaseTakenOn, start: date, day: date) -> Iterator[_Fact]:
    """The last review; and the first, of a day that is not told, unless there has been only one."""
    count = told.reviews_held.value if told.reviews_held is not None else None
    if _none(told.last_review) or count == 0 or _none(told.reviews_held):
        return
    last = _day(told.last_review)
    if last is not None and count != 1:
        yield _Fact(3, REVIEW, Held(), start + ONE_DAY, "the day of the first review conference", last - ONE_DAY)
    yield _last(_Fact(4, REVIEW, Held(), day, "the day of the last review conference", day), told.last_review)


def _core_groups(told: CaseTakenOn, start: date, day: date) -> Iterator[_Fact]:
    """The first core group and the last, where they are two."""
    if _none(told.first_core_group):
        return
    first, last, met = _day(told.first_core_group), _day(told.last_core_group), CoreGroupMeetingHeld()
    if first is not None:
        yield _Fact(5, CORE_GROUP, met, first)
    elif last is not None:
        yield _Fact(5, CORE_GROUP, met, start + ONE_DAY, "the day of the first core group", last - ONE_DAY)
    if not _none(told.last_core_group) and (first is None or first != last):
        yield _last(_Fact(10, CORE_GROUP, met, day, "the day of the last core group", day), told.last_core_group)


def _last(unknown: _Fact, stated: StartingDay | None) -> _Fact:
    """What was done last: on its day, or else on one that nobody knows."""
    on = _day(stated)
    return replace(unknown, day=on, unknown=None, until=None) if on is not None else unknown


def _day(stated: StartingDay | StartingBooking | None) -> date | None:
    return stated.value if stated is not None else None


def _none(stated: Starting | None) -> bool:
    """Whether it is known that there is no such thing. What is left out is unknown."""
    return stated is not None and stated.state is Knowledge.NONE


def unknowns(told: CaseTakenOn) -> list[str]:
    """The starting values that nobody knew, by their names."""
    stated: Iterable[tuple[str, object]] = ((name, getattr(told, name)) for name in _VALUES)
    return [name for name, value in stated if not isinstance(value, Starting) or value.state is Knowledge.UNKNOWN]


_VALUES = tuple(
    name
    for name in CaseTakenOn.model_fields
    if name not in {"from_system", "unborn_case", "names", "expected_date", "date_of_birth"}
)
"""The starting values of a plan, which are known, or unknown, or none."""
