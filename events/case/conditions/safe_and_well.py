"""What a safe-and-well visit rests on: the distance, current papers, and a talk before it."""

from events.case.moment import Moment
from events.case.naming import Named
from events.catalogue.envelope import Event
from events.catalogue.moves import Direction
from events.catalogue.safe_and_well import SafeAndWellVisit

named = Named()


def _told(moment: Moment, *types: str) -> list[Event]:
    """What was told before of the same visit; of the last one where nobody gives it an id."""
    visit = getattr(moment.event.data, "visit", None)
    told = [each for name in types for each in moment.story.facts.get(name, ())]
    return [each for each in told if visit is None or getattr(each.data, "visit", None) in {None, visit}]


def _asked(moment: Moment) -> Event | None:
    asked = _told(moment, "safe_and_well_visit_requested")
    return asked[-1] if asked else None


def _direction(moment: Moment) -> Direction:
    data, asked = moment.event.data, _asked(moment)
    stated = data.direction if isinstance(data, SafeAndWellVisit) else None
    if stated is None and asked is not None and isinstance(asked.data, SafeAndWellVisit):
        stated = asked.data.direction
    return stated or (Direction.OUT if moment.story.active else Direction.IN)


@named.condition()
def another_authority_asks_us(moment: Moment) -> str | None:
    """The visit is made here for another authority."""
    return None if _direction(moment) is Direction.IN else "a visit for another authority"


@named.condition()
def we_ask_another_authority(moment: Moment) -> str | None:
    """The visit is made by another authority for this one."""
    return None if _direction(moment) is Direction.OUT else "a visit by another authority"


@named.condition("safe_and_well_miles")
def it_is_far_enough(moment: Moment) -> str | None:
    """The distance is more than the miles within which an authority makes its own visits (STF-T71)."""
    asked, least = _asked(moment), moment.figure("safe_and_well_miles")
    told = [getattr(each.data, "distance_miles", None) for each in (moment.event, asked) if each is not None]
    miles = next((each for each in told if each is not None), None)
    if miles is None:
        return "the distance in miles"
    return None if miles > least else f"a distance of more than {least} miles; it is {miles}"


@named.condition()
def the_papers_were_supplied(moment: Moment) -> str | None:
    """Current papers came with the request or after it (STF-T59)."""
    told = [moment.event, *_told(moment, "safe_and_well_visit_requested")]
    with_it = any(getattr(each.data, "papers", None) for each in told)
    sent = _told(moment, "safe_and_well_papers_supplied")
    return None if with_it or sent else "the current conference report and plan"


@named.condition()
def the_social_workers_talked(moment: Moment) -> str | None:
    """The two social workers talked before the visit (STF-T59)."""
    asked = _told(moment, "safe_and_well_visit_requested")
    days = [each.day for each in _told(moment, "safe_and_well_liaison_held")]
    days += [on for each in (*asked, moment.event) if (on := getattr(each.data, "liaised_on", None)) is not None]
    return None if any(day <= moment.event.day for day in days) else "a talk between the social workers before it"


@named.condition()
def the_papers_are_awaited(moment: Moment) -> str | None:
    """No current papers came with the request."""
    return "papers still to be supplied" if the_papers_were_supplied(moment) is None else None


@named.condition()
def the_talk_is_awaited(moment: Moment) -> str | None:
    """The social workers have not talked yet."""
    return "a talk still to be held" if the_social_workers_talked(moment) is None else None
