"""Why responsibility for a child who moved does not transfer: the only reasons there are (Staffordshire, L510-518)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from events.calendars.counting import add_months
from events.case.agencies import agency
from events.case.move import Move
from events.case.story import Story
from events.catalogue.envelope import Event
from events.catalogue.temporary_moves import Arrangement, TemporaryMoveReported
from events.catalogue.transfers import Exclusion, TransferExcluded

SHORT_STAY = "temporary_accommodation_months"
"""The figure below which accommodation is temporary (L516); exactly so many months are not less (E-25)."""

PLACED = frozenset(
    {Arrangement.PLACED_FOR_ASSESSMENT, Arrangement.PLACED_FOR_TREATMENT, Arrangement.PLACED_FOR_EDUCATION}
)


def reasons_against(move: Move, story: Story, day: date) -> list[Exclusion]:
    """Every reason that holds on a day against transferring responsibility with a move."""
    return [reason for reason, holds in _HOLDS.items() if holds(move, story, day)]


def _stated(move: Move, reason: Exclusion, day: date, ended: Event | None = None) -> bool:
    """Whether somebody said that this reason holds, its time has not passed, and nothing told since has ended it."""
    event = move.excluded.get(reason)
    if event is None or not isinstance(event.data, TransferExcluded) or not _since(event, ended):
        return False
    return event.data.until_on is None or day <= event.data.until_on


def _since(started: Event | None, ended: Event | None) -> bool:
    """Whether something has started, and not ended since."""
    return started is not None and (ended is None or ended.order < started.order)


def _last(story: Story, types: Iterable[str]) -> Event | None:
    told = (story.last(name) for name in types)
    return max((event for event in told if event is not None), key=lambda event: event.order, default=None)


def _lifted(move: Move, reason: Exclusion, told: Event | None) -> bool:
    """Whether it was said, after `told`, that this reason holds no longer."""
    lifted = move.lifted.get(reason)
    return lifted is not None and told is not None and told.order < lifted.by.order


def _looked_after(move: Move, story: Story, day: date) -> bool:
    started = _last(story, ["looked_after_started", "interim_care_order_granted"])
    ended = _last(story, ["looked_after_ended", "interim_care_order_ended"])
    known = _since(started, ended) and not _lifted(move, Exclusion.LOOKED_AFTER, started)
    return known or _stated(move, Exclusion.LOOKED_AFTER, day, ended)


def _by_the_origin(move: Move, event: Event) -> bool:
    holder = getattr(event.data, "holder", None)
    if not isinstance(holder, str) or move.from_authority is None:
        return True
    return agency(holder) == agency(move.from_authority)


def _in_force(event: Event, day: date) -> bool:
    from_on, until_on = getattr(event.data, "from_on", None), getattr(event.data, "until_on", None)
    return (from_on or event.day) <= day and (until_on is None or day <= until_on)


def _ordered(move: Move, story: Story, day: date) -> bool:
    reason = Exclusion.STATUTORY_ORDER
    orders = story.facts.get("statutory_order_recorded", ())
    known = any(
        _in_force(each, day) and _by_the_origin(move, each) and not _lifted(move, reason, each) for each in orders
    )
    return known or _stated(move, reason, day)


def _detained(move: Move, story: Story, day: date) -> bool:
    reason = Exclusion.CUSTODY
    known = story.last("custody_recorded")
    held = known is not None and _in_force(known, day) and not _lifted(move, reason, known)
    return held or _stated(move, reason, day)


def _stays(move: Move, story: Story, day: date, reason: Exclusion, fitting: frozenset[Arrangement]) -> bool:
    """Whether a stay of one of these sorts is going on in that area, as last told."""
    for other in story.moves:
        told = other.stay.data if other.stay is not None and other.going_on else None
        if other.direction != move.direction or not isinstance(told, TemporaryMoveReported):
            continue
        over = told.until_on is not None and told.until_on < day
        holds = told.arrangement in fitting and told.returning is not False and not over
        if holds and not _lifted(move, reason, other.stay):
            return True
    return _stated(move, reason, day)


def _placed(move: Move, story: Story, day: date) -> bool:
    return _stays(move, story, day, Exclusion.TEMPORARY_PLACEMENT, PLACED)


def _with_relatives(move: Move, story: Story, day: date) -> bool:
    fitting = frozenset({Arrangement.RELATIVES_OR_FRIENDS})
    return _stays(move, story, day, Exclusion.RELATIVES_OR_FRIENDS, fitting)


def _housed_for_a_short_time(move: Move, story: Story, day: date) -> bool:
    """Accommodation for a specified period of less than three months, after which the family is housed elsewhere."""
    reason = Exclusion.TEMPORARY_ACCOMMODATION
    stays = [each.stay for each in story.moves if each.direction == move.direction and each.going_on]
    housed = [each for each in stays if each is not None and _arrangement(each) is Arrangement.TEMPORARY_ACCOMMODATION]
    said = move.excluded.get(reason)
    told = sorted([*housed, *([said] if said is not None else [])], key=lambda event: event.order)
    if not told or _lifted(move, reason, told[-1]):
        return False
    return _is_short(told[-1], day, story)


def _arrangement(event: Event) -> Arrangement | None:
    return event.data.arrangement if isinstance(event.data, TemporaryMoveReported) else None


def _is_short(event: Event, day: date, story: Story) -> bool:
    data: Any = event.data
    until_on = data.until_on
    if until_on is None:
        return isinstance(data, TransferExcluded)
    figure = story.policy.figures.get(SHORT_STAY) if story.policy is not None else None
    short = figure is None or until_on < add_months(data.from_on or event.day, figure.value)
    return short and day <= until_on and getattr(data, "moves_on", None) is not False


def _before_court(move: Move, story: Story, day: date) -> bool:
    """The threshold for proceedings is met and none are issued (L518)."""
    reason = Exclusion.PUBLIC_LAW_OUTLINE
    started = _last_where(story, _threshold_met, ["legal_gateway_held", "plo_started"])
    ended = _last_where(story, _threshold_not_met, ["legal_gateway_held", "plo_ended", "proceedings_issued"])
    return (_since(started, ended) and not _lifted(move, reason, started)) or _stated(move, reason, day, ended)


def _last_where(story: Story, fits: Callable[[Event], bool], types: Iterable[str]) -> Event | None:
    told = (event for name in types for event in story.facts.get(name, ()) if fits(event))
    return max(told, key=lambda event: event.order, default=None)


def _threshold_met(event: Event) -> bool:
    return event.type != "legal_gateway_held" or getattr(event.data, "threshold_met", None) is True


def _threshold_not_met(event: Event) -> bool:
    return event.type != "legal_gateway_held" or getattr(event.data, "threshold_met", None) is False


_HOLDS: Mapping[Exclusion, Callable[[Move, Story, date], bool]] = {
    Exclusion.LOOKED_AFTER: _looked_after,
    Exclusion.STATUTORY_ORDER: _ordered,
    Exclusion.TEMPORARY_PLACEMENT: _placed,
    Exclusion.CUSTODY: _detained,
    Exclusion.RELATIVES_OR_FRIENDS: _with_relatives,
    Exclusion.TEMPORARY_ACCOMMODATION: _housed_for_a_short_time,
    Exclusion.PUBLIC_LAW_OUTLINE: _before_court,
}
