"""A child on a plan who is looked after: dual meetings, who stays for their second part, and their two records."""

from events.case.agencies import role
from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import REVIEW, Dated
from events.case.tellings.looked_after import combined_with
from events.catalogue.legal import LegalGatewayHeld
from events.catalogue.looked_after import LacReviewHeld, NonKeyParticipantsLeft

named = Named()
KEY_PEOPLE = frozenset(
    {"chair", "iro", "reviewing", "child", "young", "carer", "carers", "parent", "parents", "mother", "father"}
)
MINUTES_AND_LEAD = frozenset({"social_worker", "allocated_social_worker", "minute_taker"})
GATEWAY = (
    ("the social worker or team manager", frozenset({"social_worker", "team_manager"})),
    ("the county manager", frozenset({"county_manager"})),
    ("a solicitor of the authority", frozenset({"solicitor", "la_solicitor", "local_authority_solicitor"})),
)


@named.anchor
def last_review_date(moment: Moment) -> Dated | str:
    """The review the event is about, or else the last one held by then (E-12, E-48)."""
    meeting, plan = moment.meeting, moment.story.plan
    if meeting is not None and meeting.held is not None:
        return meeting.held
    held = [each.held for each in (plan.reviews if plan is not None else ()) if each.held is not None]
    earlier = [each for each in held if each.day <= moment.event.day]
    return max(earlier, key=lambda each: each.day, default=Dated(moment.event.day, moment.event))


@named.condition()
def became_looked_after_with_this(moment: Moment) -> str | None:
    """The child was not looked after before."""
    began = moment.story.care.began
    return None if began is not None and began.fact == moment.event.fact else "the day the child became looked after"


@named.condition()
def the_child_is_looked_after(moment: Moment) -> str | None:
    """The child is looked after by what was told."""
    return None if moment.story.care.looked_after is not None else "a record that the child is looked after"


@named.condition()
def not_looked_after(moment: Moment) -> str | None:
    """The child is not looked after, or no longer."""
    return "that the child is no longer looked after" if moment.story.care.looked_after is not None else None


@named.condition()
def the_plans_own_reviews_count(moment: Moment) -> str | None:
    """Dual planning is not confirmed: the plan's own limit between reviews holds (E-79)."""
    return "that no dual planning is confirmed" if moment.story.care.dual is not None else None


@named.condition()
def dual_planning_ended_with_this(moment: Moment) -> str | None:
    """Dual planning had been confirmed, and this ended it while the plan goes on (E-48)."""
    single = moment.story.care.single
    return None if single is not None and single.by.fact == moment.event.fact else "the end of dual planning"


@named.condition()
def dual_planning_goes_on(moment: Moment) -> str | None:
    """A meeting confirmed dual planning, and nothing has ended it (STF-T42)."""
    return None if moment.story.care.dual is not None else "dual planning that is confirmed"


@named.condition()
def after_the_first_looked_after_review(moment: Moment) -> str | None:
    """There has been one looked-after review: the second follows sooner than later ones (E-79)."""
    care = moment.story.care
    return None if len(care.reviews) <= 1 and not care.at_least_second else "the first looked-after review"


@named.condition()
def after_a_later_looked_after_review(moment: Moment) -> str | None:
    """There has been more than one looked-after review (E-79)."""
    return None if after_the_first_looked_after_review(moment) is not None else "a later looked-after review"


@named.condition()
def at_a_dual_meeting(moment: Moment) -> str | None:
    """The meeting is a looked-after review and a review conference in one."""
    return None if moment.meeting is not None and moment.meeting.dual else "a dual process meeting"


@named.condition()
def at_a_single_meeting(moment: Moment) -> str | None:
    """The meeting is no dual process meeting."""
    return "a meeting that is not dual" if moment.meeting is not None and moment.meeting.dual else None


@named.condition()
def combined_with_a_review(moment: Moment) -> str | None:
    """The looked-after review was one meeting with a review conference (STF-R95)."""
    data = moment.event.data
    if not isinstance(data, LacReviewHeld):
        return None
    meeting = combined_with(data, moment.event, moment.story)
    together = bool(data.combined_with_review) or (meeting is not None and meeting.kind == REVIEW)
    return None if together else "a review conference in the same sitting"


@named.condition()
def both_records_are_complete(moment: Moment) -> str | None:
    """Decision and recommendations for the plan, decisions and actions for the looked-after review (STF-R96)."""
    meeting = moment.meeting
    wanting = [
        words
        for type_, words in (
            ("decision_and_recommendations_completed", "the decision and recommendations for the plan"),
            ("lac_review_decisions_issued", "the decisions and actions of the looked-after review"),
        )
        if meeting is None or meeting.last(type_) is None
    ]
    return ", and ".join(wanting) or None


@named.condition()
def the_others_left(moment: Moment) -> str | None:
    """Those who do not belong at a looked-after review left before its part began (STF-R97)."""
    told = moment.meeting is not None and moment.meeting.last("non_key_participants_left") is not None
    return None if told else "that those not needed left before the second part"


@named.condition()
def only_key_people_stay(moment: Moment) -> str | None:
    """Chair, child, social worker, carer and parents, and whoever takes the minutes (STF-R98)."""
    data = moment.event.data
    seats = data.attendees if isinstance(data, LacReviewHeld) else None
    seats = data.stayed if isinstance(data, NonKeyParticipantsLeft) else seats
    said = (role(each.role or (each.person.role if each.person else None)) for each in seats or ())
    others = [each for each in said if each and each not in MINUTES_AND_LEAD and KEY_PEOPLE.isdisjoint(each.split("_"))]
    return f"a second part without {', '.join(others)}" if others else None


@named.condition()
def the_gateways_members_are_there(moment: Moment) -> str | None:
    """Social worker or team manager, county manager, and the authority's solicitor (STF-R18)."""
    data = moment.event.data
    members = data.members if isinstance(data, LegalGatewayHeld) else None
    roles = {role(each.role) for each in members or ()}
    return ", ".join(words for words, any_of in GATEWAY if roles.isdisjoint(any_of)) or None
