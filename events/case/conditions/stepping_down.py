"""What follows an ending: support that goes on, the Team Around The Child, letters and minutes owed (STK 8.7)."""

from events.case.agencies import role
from events.case.conditions.conduct import TEAM_MANAGER
from events.case.conditions.deciding import SOCIAL_WORKER
from events.case.moment import Moment
from events.case.naming import Named
from events.catalogue.non_cooperation import NonCooperationDecisionLetterDelivered, people
from events.catalogue.notices import NotificationDelivered
from events.catalogue.step_down import ServicesWithdrawn, TacPlanAgreed

named = Named()
KEY_WORKER = SOCIAL_WORKER | {"key_worker", "keyworker", "lead_professional"}
CONSIDERED = ("step_down_considered", "support_recommended", "team_around_the_child_transfer_agreed")


@named.condition()
def team_around_the_child_was_considered(moment: Moment) -> str | None:
    """Whether the case goes to the Team Around The Child was considered at the conference, or with it (STK-R17)."""
    said = getattr(moment.event.data, "tac_considered", None) is not None
    told = moment.meeting is not None and moment.meeting.last(*CONSIDERED) is not None
    on_the_day = any(event.day == moment.event.day for name in CONSIDERED for event in moment.story.facts.get(name, ()))
    considered = said or told or on_the_day
    return None if considered else "whether the case goes to the Team Around The Child"


@named.condition()
def team_around_the_child_is_still_to_be_considered(moment: Moment) -> str | None:
    """The decision itself does not say that it was considered (STK-R37)."""
    said = getattr(moment.event.data, "tac_considered", None)
    return "an ending that leaves it open" if said else None


@named.condition()
def services_do_not_stop_by_themselves(moment: Moment) -> str | None:
    """Support stops for a reason of its own, and not because the plan ended (STK-R36)."""
    data = moment.event.data
    if not isinstance(data, ServicesWithdrawn):
        return None
    return "a reason of its own, beside the end of the plan" if data.automatic or not data.reason else None


@named.condition()
def each_action_says_who_and_by_when(moment: Moment) -> str | None:
    """Whatever the agencies are to do has somebody responsible and a date (STK-R40)."""
    data = moment.event.data
    actions = (data.actions if isinstance(data, TacPlanAgreed) else None) or ()
    open_ = sum(each.owner is None or each.due_on is None for each in actions)
    return f"who does it, and by when, for {open_} of the actions" if open_ else None


@named.condition()
def delivered_by_social_worker_and_manager(moment: Moment) -> str | None:
    """Social worker and team manager delivered it together, with the safety plan (STK-R51)."""
    data = moment.event.data
    if not isinstance(data, NonCooperationDecisionLetterDelivered | NotificationDelivered):
        return "who delivered it"
    roles = [role(each.role) for each in people(data.by)]
    unsaid = roles.count("")
    wanting = [
        words
        for words, known in (("the social worker", KEY_WORKER), ("the team manager", TEAM_MANAGER))
        if known.isdisjoint(roles)
    ]
    if len(wanting) > unsaid:
        return f"{' and '.join(wanting)} among those who delivered it"
    return None if data.safety_plan else "a copy of the safety plan with it"


@named.condition()
def a_signature_or_its_lack_is_recorded(moment: Moment) -> str | None:
    """The parent signed for the letter, or it is recorded why not (STK-R47, STK-R51)."""
    data = moment.event.data
    said = getattr(data, "signed", None) or getattr(data, "unsigned_reason", None)
    return None if said else "the parent's signature, or why there is none"
