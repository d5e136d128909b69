"""How a conference decides: category, lead professional, and the majority of the agencies."""

from collections import Counter
from collections.abc import Callable, Iterable

from events.case.agencies import function, role
from events.case.moment import Moment
from events.case.naming import Named
from events.case.tellings.decision import categories
from events.catalogue.decisions import CategoryChanged, CategoryDetermined, ChildDecision, ChildDecisionMade
from events.catalogue.endings import PlanEnded
from events.catalogue.leadership import LeadProfessionalSaid, LeadProfessionalTransferred
from events.catalogue.parts import LeadProfessional, Method, Tally
from events.catalogue.recommendations import CourtProceedingsConsidered
from events.catalogue.views import AgencyViewStated, CastingVoteUsed, View

named = Named()
SOCIAL_WORKER = frozenset({"social_worker", "qualified_social_worker", "allocated_social_worker", "sw"})
FOR_A_PLAN = frozenset({View.SUBJECT, View.CONTINUE})
Votes = tuple[int, int]


@named.condition()
def exactly_one_category(moment: Moment) -> str | None:
    """One category, named in the decision or determined at the conference (STF-R61). To continue needs none anew."""
    data = moment.event.data
    if isinstance(data, CategoryChanged):
        stated = categories(data.new)
    else:
        stated = categories(getattr(data, "category", None)) or _determined(moment)
    continues = isinstance(data, ChildDecisionMade) and data.decision is ChildDecision.CONTINUE
    if len(stated) == 1 or (continues and not stated):
        return None
    return "a category of abuse" if not stated else f"a single category; {len(stated)} are named"


def _determined(moment: Moment) -> tuple[str, ...]:
    found = moment.meeting.at_sitting(moment.event.day, "category_determined") if moment.meeting else []
    known = found[-1].data if found else None
    return categories(known.category) if isinstance(known, CategoryDetermined) else ()


@named.condition()
def lead_professional_is_named(moment: Moment) -> str | None:
    """Somebody leads on the plan, and is a qualified social worker (STF-R02, STF-R62)."""
    data = moment.event.data
    if isinstance(data, LeadProfessionalTransferred):
        return "a lead professional who is a qualified social worker"
    stated: LeadProfessional | None = getattr(data, "lead_professional", None) or getattr(data, "lp", None)
    lead = data if isinstance(data, LeadProfessionalSaid) else stated or moment.story.lead_professional
    if lead is None:
        return "a named lead professional"
    if lead.qualified_sw or (lead.qualified_sw is None and {role(lead.role), role(lead.person.role)} & SOCIAL_WORKER):
        return None
    return "a lead professional who is a qualified social worker"


@named.condition()
def follows_the_majority(moment: Moment) -> str | None:
    """The decision is the one most agencies want; the chair's casting vote counts on an even split only (STF-R57)."""
    if isinstance(moment.event.data, CastingVoteUsed):
        return _split_evenly(moment)
    wanted = wants_a_plan(moment)
    if wanted is None:
        return None
    in_favour, against = votes(moment, agency_views(moment).values(), wanted=wanted)
    if in_favour == against == 0 or in_favour > against:
        return None
    if in_favour < against:
        return f"a majority: {in_favour} agencies are for this decision and {against} against it"
    return None if chair_cast(moment, wanted=wanted) else "the chair's casting vote: the agencies are evenly split"


def wants_a_plan(moment: Moment) -> bool | None:
    """Whether the decision in hand is for a plan; None for what is no decision."""
    data = moment.event.data
    if isinstance(data, ChildDecisionMade):
        return data.decision is not ChildDecision.NOT_SUBJECT
    return False if isinstance(data, PlanEnded) else None


def votes(moment: Moment, views: Iterable[View], *, wanted: bool) -> Votes:
    """The views stated, or the tally told if it counts more of them (E-34). Abstentions count for nothing."""
    tally: Tally | None = getattr(moment.event.data, "tally", None)
    told = (tally.in_favour, tally.against) if tally else (0, 0)
    counted = Counter(view in FOR_A_PLAN for view in views)
    stated = (counted[wanted], counted[not wanted])
    return stated if sum(stated) >= sum(told) else told


def _split_evenly(moment: Moment) -> str | None:
    in_favour, against = votes(moment, agency_views(moment).values(), wanted=True)
    return None if in_favour == against else f"an even split: the agencies voted {in_favour} to {against}"


def agency_views(moment: Moment) -> dict[str, View]:
    """What each agency, each health provider its own, last said at the sitting."""
    return views_of(moment, lambda data: function(data.agency, data.provider))


def views_of(moment: Moment, voter: Callable[[AgencyViewStated], str | None]) -> dict[str, View]:
    """What each voter last said at the sitting. `voter` says whose view it is; None if nobody's that counts."""
    stated: dict[str, View] = {}
    told = moment.meeting.at_sitting(moment.event.day, "agency_view_stated") if moment.meeting else ()
    for event in told:
        data = event.data
        whose = voter(data) if isinstance(data, AgencyViewStated) else None
        if whose is not None and isinstance(data, AgencyViewStated):
            stated.pop(whose, None)
            if data.view is not None and not data.abstained:
                stated[whose] = data.view
    return stated


def chair_cast(moment: Moment, *, wanted: bool) -> bool:
    """Whether the chair decided as the decision in hand does."""
    found = moment.meeting.at_sitting(moment.event.day, "casting_vote_used") if moment.meeting else []
    cast = found[-1].data if found else None
    if isinstance(cast, CastingVoteUsed) and cast.decision is not None:
        return (cast.decision in FOR_A_PLAN) == wanted
    return cast is not None or getattr(moment.event.data, "method", None) in {Method.CASTING, Method.CHAIR}


@named.condition()
def a_view_or_an_abstention_is_recorded(moment: Moment) -> str | None:
    """What the agency thinks is recorded, even where all agree (E-34, STF-R59)."""
    data = moment.event.data
    silent = isinstance(data, AgencyViewStated) and data.view is None and not data.abstained
    return "the agency's view" if silent else None


@named.condition()
def proceedings_were_considered(moment: Moment) -> str | None:
    """Whether to go to court was considered, for all children of the household (STF-R24)."""
    data, meeting = moment.event.data, moment.meeting
    if isinstance(data, CourtProceedingsConsidered):
        return None if data.household_children_considered else "all the children of the household considered"
    told = meeting is not None and meeting.last("court_proceedings_considered") is not None
    return None if told or getattr(data, "proceedings_considered", None) else "whether to start proceedings"


@named.condition()
def support_was_considered(moment: Moment) -> str | None:
    """The conference considered what support there is to be without a plan (STF-R76, STF-R80)."""
    meeting = moment.meeting
    told = meeting is not None and meeting.last("support_recommended", "step_down_considered") is not None
    return None if told or getattr(moment.event.data, "support_considered", None) else "what support is recommended"
