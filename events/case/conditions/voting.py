"""How the professionals of a conference decide: each has a view, the majority prevails, else the chair (STK)."""

from events.case.agencies import PARENTS, agency, function, is_professional, role
from events.case.conditions.deciding import Votes, chair_cast, views_of, votes, wants_a_plan
from events.case.conditions.quorum import attendance
from events.case.moment import Moment
from events.case.naming import Named
from events.catalogue.views import AgencyViewStated

named = Named()
FAMILY = PARENTS | {"family", "child"}
OUTSIDE = frozenset(
    {
        *("manager", "team_manager", "tm", "service_manager", "head_of_service", "service_director", "director"),
        *("court", "judge", "solicitor", "legal_adviser", "elected_member", "chief_executive"),
    }
)
"""Who does not decide that a plan ends unless they sit at the conference as professionals."""


def _voter(data: AgencyViewStated) -> str | None:
    """The professional whose view it is; family and chair have none that counts (E-34)."""
    who, whose = data.professional, function(data.agency, data.provider)
    if agency(data.agency) in FAMILY or not (
        is_professional(data.agency) and is_professional(who.role if who else None)
    ):
        return None
    return whose if who is None else f"{whose}/{who.ref or who.name or who.role}"


def _counted(moment: Moment) -> Votes | None:
    wanted = wants_a_plan(moment)
    return None if wanted is None else votes(moment, views_of(moment, _voter).values(), wanted=wanted)


@named.condition()
def the_professionals_decide(moment: Moment) -> str | None:
    """Whoever the decision rests on is at the conference as a professional, or chairs it (STK-R18)."""
    item = moment.event.item
    decider = role(item.decided_by.role) if item.decided_by is not None and item.override is None else ""
    recorded = attendance(moment)
    came = {role(each.role) for each in recorded.attendees} if recorded is not None else set()
    elsewhere = decider in OUTSIDE - came or decider in FAMILY
    return "a decision of the professionals at the conference" if elsewhere else None


@named.condition()
def no_majority_is_against(moment: Moment) -> str | None:
    """Not more professionals want something else than want this (STK-R19)."""
    in_favour, against = _counted(moment) or (0, 0)
    if in_favour >= against:
        return None
    return f"a majority: {in_favour} professionals are for this decision and {against} against it"


@named.condition()
def the_chair_decides_where_there_is_no_majority(moment: Moment) -> str | None:
    """Where as many professionals want one thing as another, the chair decided, and so (STK-R20)."""
    in_favour, against = _counted(moment) or (0, 0)
    if in_favour != against or in_favour == 0:
        return None
    wanted = bool(wants_a_plan(moment))
    decided = chair_cast(moment, wanted=wanted) or _decided_by_the_chair(moment)
    return None if decided else "the chair's decision: there is no majority"


def _decided_by_the_chair(moment: Moment) -> bool:
    """Whether the decision says that the chair took it, and no vote of the chair says otherwise."""
    decider, meeting = moment.event.item.decided_by, moment.meeting
    cast = meeting is not None and meeting.last("casting_vote_used") is not None
    return decider is not None and "chair" in role(decider.role).split("_") and not cast
