"""The plan: begun, carried, changed and ended, with its core groups, visits and actions."""

from collections.abc import Iterable
from datetime import date

from events.case.story import BEFORE_PLAN, CORE_GROUP, Action, Plan, Stage, Story
from events.case.telling import Telling, begun
from events.catalogue.core_groups import CoreGroupMeetingHeld, CoreGroupMeetingScheduled
from events.catalogue.decisions import CategoryChanged, CategoryDetermined, ChildDecision, ChildDecisionMade
from events.catalogue.endings import PlanEnded
from events.catalogue.envelope import Event
from events.catalogue.leadership import LeadProfessionalSaid, LeadProfessionalTransferred, VisitPatternSet
from events.catalogue.parts import Categories, LeadProfessional
from events.catalogue.plans import (
    PlanActionAdded,
    PlanActionCompleted,
    PlanActionNotCompleted,
    PlanContent,
    PlanStarted,
)
from events.catalogue.visits import ChildSeen

telling = Telling()


def categories(stated: Categories | None) -> tuple[str, ...]:
    """The categories named, as their codes: none, one, or all that were."""
    if stated is None:
        return ()
    return tuple(each.value for each in (stated if isinstance(stated, tuple) else (stated,)))


@telling.on("child_decision_made")
def decided(data: ChildDecisionMade, event: Event, story: Story) -> None:
    """What a conference decided for this child (P6 to P8)."""
    if data.lead_professional is not None:
        story.lead_professional = data.lead_professional
    match data.decision:
        case ChildDecision.SUBJECT:
            _begin(event, story, data.category)
        case ChildDecision.NOT_SUBJECT:
            story.stage, story.stage_since = Stage.NOT_SUBJECT, event.day
        case ChildDecision.CONTINUE:
            _categorise(story, event.day, data.category)


@telling.on("plan_started")
def started(data: PlanStarted, event: Event, story: Story) -> None:
    """Told of a plan that no decision told here began: it is running all the same."""
    if data.lp is not None:
        story.lead_professional = data.lp
    if not story.active:
        _begin(event, story, data.category)
    else:
        _categorise(story, event.day, data.category)


def _begin(event: Event, story: Story, stated: Categories | None) -> None:
    if story.active:
        return
    meeting = story.meeting_of(event)
    if story.plan is not None:
        story.earlier_plans.append(story.plan)
    if story.stage not in BEFORE_PLAN:
        story.episode += 1
    held_on = meeting.held_on if meeting is not None and meeting.held_on is not None else event.day
    determined = meeting.last("category_determined") if meeting is not None else None
    story.plan = Plan(
        started_on=held_on,
        conference=meeting.id if meeting is not None else None,
        decision=event.fact,
        unborn_at_start=story.child.unborn,
    )
    if stated is None and determined is not None and isinstance(determined.data, CategoryDetermined):
        stated = determined.data.category
    _categorise(story, event.day, stated)
    story.stage, story.stage_since = Stage.ACTIVE, held_on


def _categorise(story: Story, day: date, stated: Categories | None) -> None:
    named = categories(stated)
    if story.plan is not None and len(named) == 1:
        story.plan.category = named[0]
        story.plan.categories.append((day, named[0]))


@telling.on("category_changed")
def recategorised(data: CategoryChanged, event: Event, story: Story) -> None:
    """The plan goes on in another category (P9)."""
    _categorise(story, event.day, data.new)


@telling.on("lead_professional_named", "lead_professional_changed")
def led_by(data: LeadProfessionalSaid, _: Event, story: Story) -> None:
    """Who leads from now on."""
    story.lead_professional = LeadProfessional(person=data.person, qualified_sw=data.qualified_sw, role=data.role)


@telling.on("lead_professional_transferred")
def led_by_another(data: LeadProfessionalTransferred, _: Event, story: Story) -> None:
    """The lead passed outside social care (STF-R78)."""
    story.lead_professional = LeadProfessional(person=data.to)


@telling.on("visit_pattern_set")
def pattern_set(data: VisitPatternSet, _: Event, story: Story) -> None:
    """How often the child is to be seen; never less often than the procedure's own floor."""
    story.visit_pattern_days = data.frequency_days


@telling.on("child_seen")
def seen(data: ChildSeen, event: Event, story: Story) -> None:
    """Every visit is kept; which of them resets the clock is the procedure's to say (E-50)."""
    if story.plan is not None and data.by_sw:
        story.plan.visits.append(event.day)


@telling.on("core_group_meeting_scheduled")
def core_group_booked(data: CoreGroupMeetingScheduled, event: Event, story: Story) -> None:
    """A core group has a date."""
    begun(event, story, CORE_GROUP).scheduled_on = data.date


@telling.on("core_group_meeting_held")
def core_group_met(data: CoreGroupMeetingHeld, event: Event, story: Story) -> None:
    """A core group met: the next is counted from its day (E-49)."""
    meeting = begun(event, story, CORE_GROUP)
    meeting.held_on = event.day
    if story.plan is not None:
        story.plan.core_groups.append((meeting.id, event.day))
        _add(story, ((each.action, each.due_on) for each in data.individual_actions or ()))


@telling.on("outline_plan_agreed", "detailed_plan_compiled", "plan_revised")
def content_agreed(data: PlanContent, _: Event, story: Story) -> None:
    """The actions a plan names are actions of the plan."""
    _add(story, ((each.action, each.due_on) for each in data.actions or ()))


@telling.on("plan_action_added")
def action_added(data: PlanActionAdded, _: Event, story: Story) -> None:
    """One action more."""
    _add(story, [(data.action, data.due_on)])


def _add(story: Story, actions: Iterable[tuple[str | None, date | None]]) -> None:
    if story.plan is None:
        return
    for id_, due_on in actions:
        if id_ is not None:
            known = story.plan.actions.setdefault(id_, Action(id_, due_on))
            known.due_on = due_on or known.due_on


@telling.on("plan_action_completed")
def action_done(data: PlanActionCompleted, event: Event, story: Story) -> None:
    """An action is done, named before or not."""
    _add(story, [(data.action, None)])
    if story.plan is not None:
        story.plan.actions[data.action].settled_on = event.day


@telling.on("plan_action_not_completed")
def action_not_done(data: PlanActionNotCompleted, _: Event, story: Story) -> None:
    """Why an action was not done: what an ending asks for (STF-R67)."""
    _add(story, [(data.action, None)])
    if story.plan is not None:
        story.plan.actions[data.action].rationale = data.rationale


@telling.on("plan_ended")
def ended(data: PlanEnded, event: Event, story: Story) -> None:
    """The plan ended, on the day it was decided or the day it took effect (E-58)."""
    if story.plan is None or not story.active:
        return
    story.plan.ended_on = data.effective_on or event.day
    story.plan.ground = data.ground.value
    story.stage, story.stage_since = Stage.ENDED, story.plan.ended_on
