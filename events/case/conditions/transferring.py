"""What a transfer rests on: permanence, the six papers, who decides, and the conference."""

from events.case.agencies import role
from events.case.conditions.moving import move_of
from events.case.excluding import reasons_against
from events.case.moment import Moment
from events.case.move import Move
from events.case.naming import Named
from events.case.responsibility import conference_on
from events.catalogue.conferences import ReceivingInConferenceHeld
from events.catalogue.moves import FundingResponsibilityRecorded
from events.catalogue.parts import Person
from events.catalogue.responsibility import CaseResponsibilityTransferred
from events.catalogue.transfers import Exclusion, ReceivingInConferenceRequested, TransferDocument

named = Named()

SAFEGUARDING_MANAGER = frozenset(
    {
        *("specialist_safeguarding_development_manager", "ssdm", "specialist_safeguarding_manager", "ssm"),
        *("specialist_safeguarding_development_manager_staffordshire", "safeguarding_manager"),
    }
)
"""Two titles for one set of powers (E-42)."""


@named.condition()
def the_request_is_for_good(moment: Moment) -> str | None:
    """The request says so, or says nothing and it was told before."""
    data, move = moment.event.data, move_of(moment)
    stated = data.permanent if isinstance(data, ReceivingInConferenceRequested) else None
    known = move is not None and move.permanent is True
    return None if stated or (stated is None and known) else "that the move is permanent"


@named.condition()
def the_family_has_accommodation_of_its_own(moment: Moment) -> str | None:
    """The family has secured accommodation in its own right (STF-R100)."""
    secured = getattr(moment.event.data, "secure_own_accommodation", None)
    return None if secured else "that the family has secured accommodation in its own right"


@named.condition()
def nothing_said_rules_the_request_out(moment: Moment) -> str | None:
    """It was not said that the family comes only for a time, or has no accommodation of its own (STF-R100)."""
    move = move_of(moment)
    if move is None:
        return None
    if move.permanent is False or _asked(move, "permanent") is False:
        return "that the move is permanent"
    housed = _asked(move, "secure_own_accommodation") is not False
    return None if housed else "that the family has secured accommodation in its own right"


def _asked(move: Move, what: str) -> object:
    """What the request for a conference said of something; None if it said nothing."""
    return getattr(move.requested.by.data, what, None) if move.requested is not None else None


@named.condition()
def no_court_process_is_going_on(moment: Moment) -> str | None:
    """This authority is involved in no Public Law Outline process and no private law proceedings (STF-R117)."""
    story, move = moment.story, move_of(moment)
    outline = move is not None and Exclusion.PUBLIC_LAW_OUTLINE in reasons_against(move, story, moment.event.day)
    private = story.last("private_law_proceedings_recorded")
    ended = private is not None and bool(getattr(private.data, "ended", None))
    return "the end of the court process" if outline or (private is not None and not ended) else None


@named.condition()
def the_papers_are_complete(moment: Moment) -> str | None:
    """All six papers are there, and none was found missing since (STF-R101)."""
    move = move_of(moment)
    missing = move.missing if move is not None else list(TransferDocument)
    return f"the {', '.join(each.value.replace('_', ' ') for each in missing)}" if missing else None


@named.condition()
def papers_are_missing(moment: Moment) -> str | None:
    """Some of the six are still to come."""
    return "a paper still to come" if the_papers_are_complete(moment) is None else None


@named.condition()
def this_made_the_papers_complete(moment: Moment) -> str | None:
    """It is the one with which all six were there for the first time; later ones start nothing anew (E-27)."""
    move = move_of(moment)
    made = move is not None and move.complete is not None and move.complete.by.fact == moment.event.fact
    return None if made else "the last of the six papers"


@named.condition()
def the_papers_came_before_the_request(moment: Moment) -> str | None:
    """Asked anew, or after a decision, with all six papers there."""
    move = move_of(moment)
    before = move is not None and move.complete is not None and move.complete.by.fact != moment.event.fact
    anew = move is not None and move.asked_anew
    return None if before and anew and the_papers_are_complete(moment) is None else "papers that are all there"


@named.condition()
def the_gap_is_news(moment: Moment) -> str | None:
    """All six had been thought to be there, or no request had said otherwise."""
    move = move_of(moment)
    news = move is not None and (
        move.requested is None or (move.reopened is not None and move.reopened.by.fact == moment.event.fact)
    )
    return None if news else "a gap that was not known"


@named.condition()
def the_papers_are_complete_or_not_called_for(moment: Moment) -> str | None:
    """To decline takes the papers too, unless the request or a reason against it rules a transfer out (STF-R101)."""
    move = move_of(moment)
    if move is None:
        return the_papers_are_complete(moment)
    may_be_asked = move.requested is None or (
        _asked(move, "permanent") is not False and bool(_asked(move, "secure_own_accommodation"))
    )
    ruled_out = move.permanent is False or not may_be_asked or reasons_against(move, moment.story, moment.event.day)
    return None if ruled_out else the_papers_are_complete(moment)


@named.condition()
def the_safeguarding_manager_decides(moment: Moment) -> str | None:
    """No other post than the specialist safeguarding (development) manager's is named as deciding (STF-R70, E-42)."""
    by, decider = getattr(moment.event.data, "by", None), moment.event.item.decided_by
    stated = by.role if isinstance(by, Person) else by
    roles = {role(each) for each in (stated, decider.role if decider else None) if each}
    return "a decision of the specialist safeguarding development manager" if roles - SAFEGUARDING_MANAGER else None


@named.condition()
def the_conference_comes_first(moment: Moment) -> str | None:
    """Responsibility passes at the receiving-in conference, and no day before (STF-R112)."""
    data, move = moment.event.data, move_of(moment)
    held_on = conference_on(move) if move is not None else None
    passes = data.effective_on if isinstance(data, CaseResponsibilityTransferred) else None
    if held_on is not None and held_on <= (passes or moment.event.day):
        return None
    return "a receiving-in conference that was held by then"


@named.condition()
def the_report_is_up_to_date(moment: Moment) -> str | None:
    """The originating authority's report was brought up to date, with the agencies of the new area (STF-R111)."""
    move = move_of(moment)
    types = ("receiving_in_report_completed", "receiving_in_report_shared")
    told = [each for name in types for each in moment.story.facts.get(name, ()) if moment.story.move_of(each) is move]
    if not told:
        return "an updated report of the originating authority"
    added = any(getattr(each.data, "new_agencies", None) is not False for each in told)
    return None if added else "what the agencies of the new area add to the report"


@named.condition()
def somebody_who_knows_the_family_came(moment: Moment) -> str | None:
    """The allocated social worker attended, or somebody who knows the family well (STF-R111, STF-R119)."""
    data = moment.event.data
    if not isinstance(data, ReceivingInConferenceHeld):
        return None
    if data.stand_in:
        return None if data.good_knowledge else "a stand-in who knows child and family well"
    return None if data.attended_by is not None else "the originating authority's social worker"


@named.condition()
def the_originating_authority_pays(moment: Moment) -> str | None:
    """What was paid for goes on being paid by the authority that the child came from (STF-R109)."""
    data, move = moment.event.data, move_of(moment)
    if not isinstance(data, FundingResponsibilityRecorded) or move is None:
        return None
    origin = move.from_authority
    elsewhere = data.held_by is not None and origin is not None and role(data.held_by) != role(origin)
    return "the originating authority as the one that pays" if elsewhere else None


@named.condition()
def it_is_said_how_long_it_is_paid(moment: Moment) -> str | None:
    """A day, or what has to happen, ends the funding (STF-R109)."""
    data = moment.event.data
    told = isinstance(data, FundingResponsibilityRecorded) and (data.until_on is not None or data.until)
    return None if told else "how long it goes on being paid"
