"""How a conference decides: category, lead professional, and the majority of the agencies."""

from collections import Counter

from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import Meeting
from events.case.tellings.plan import categories
from events.catalogue.decisions import CategoryChanged, CategoryDetermined, ChildDecision, ChildDecisionMade
from events.catalogue.endings import PlanEnded
from events.catalogue.parts import Method, Tally
from events.catalogue.views import AgencyViewStated, CastingVoteUsed, View

named = Named()
SOCIAL_WORKER = "social_worker"
FOR_A_PLAN = frozenset({View.SUBJECT, View.CONTINUE})


@named.condition()
def exactly_one_category(moment: Moment) -> str | None:
    """One category, named in the decision or determined at the conference before it (STF-R61)."""
    data = moment.event.data
    if isinstance(data, CategoryChanged):
        stated = categories(data.new)
    elif isinstance(data, ChildDecisionMade) and data.category is not None:
        stated = categories(data.category)
    else:
        determined = moment.meeting.last("category_determined") if moment.meeting else None
        known = determined.data if determined is not None else None
        stated = categories(known.category) if isinstance(known, CategoryDetermined) else ()
    if len(stated) == 1:
        return None
    return "a category of abuse" if not stated else f"a single category; {len(stated)} are named"


@named.condition()
def lead_professional_is_named(moment: Moment) -> str | None:
    """Somebody leads on the plan, and is a qualified social worker (STF-R02, STF-R62)."""
    stated = getattr(moment.event.data, "lead_professional", None) or getattr(moment.event.data, "lp", None)
    lead = stated or moment.story.lead_professional
    if lead is None:
        return "a named lead professional"
    if lead.qualified_sw or (lead.qualified_sw is None and SOCIAL_WORKER in {lead.role, lead.person.role}):
        return None
    return "a lead professional who is a qualified social worker"


@named.condition()
def follows_the_majority(moment: Moment) -> str | None:
    """The decision is the one most agencies want; the chair's casting vote counts on an even split only (STF-R57)."""
    wanted = _wants_a_plan(moment)
    if wanted is None:
        return None
    in_favour, against = _votes(moment, wanted=wanted)
    if in_favour == against == 0 or in_favour > against:
        return None
    if in_favour < against:
        return f"a majority: {in_favour} agencies are for this decision and {against} against it"
    return None if _chair_cast(moment, wanted=wanted) else "the chair's casting vote: the agencies are evenly split"


def _wants_a_plan(moment: Moment) -> bool | None:
    data = moment.event.data
    if isinstance(data, ChildDecisionMade):
        return data.decision is not ChildDecision.NOT_SUBJECT
    return False if isinstance(data, PlanEnded) else None


def _votes(moment: Moment, *, wanted: bool) -> tuple[int, int]:
    """One view an agency, the last it stated; abstentions count for nothing (E-34). Without views, the tally told."""
    views = agency_views(moment.meeting) if moment.meeting else {}
    if views:
        counted = Counter(view in FOR_A_PLAN for view in views.values())
        return counted[wanted], counted[not wanted]
    tally: Tally | None = getattr(moment.event.data, "tally", None)
    return (tally.in_favour, tally.against) if tally else (0, 0)


def agency_views(meeting: Meeting) -> dict[tuple[str, str | None], View]:
    """What each agency, each health provider its own, last said at a meeting."""
    stated: dict[tuple[str, str | None], View] = {}
    for event in meeting.of("agency_view_stated"):
        data = event.data
        if isinstance(data, AgencyViewStated):
            stated.pop((data.agency, data.provider), None)
            if data.view is not None and not data.abstained:
                stated[(data.agency, data.provider)] = data.view
    return stated


def _chair_cast(moment: Moment, *, wanted: bool) -> bool:
    cast = moment.meeting.last("casting_vote_used") if moment.meeting else None
    if cast is not None and isinstance(cast.data, CastingVoteUsed) and cast.data.decision is not None:
        return (cast.data.decision in FOR_A_PLAN) == wanted
    return cast is not None or getattr(moment.event.data, "method", None) is Method.CASTING
