"""The plan as it is carried: who leads, visits, core groups, actions."""

from collections.abc import Iterable
from datetime import date

from events.case.placing import begun
from events.case.story import CORE_GROUP, Action, Dated, Story
from events.case.telling import Telling
from events.catalogue.core_groups import CoreGroupMeetingHeld, CoreGroupMeetingScheduled
from events.catalogue.envelope import Data, Event
from events.catalogue.leadership import LeadProfessionalSaid, LeadProfessionalTransferred, VisitPatternSet
from events.catalogue.parts import LeadProfessional
from events.catalogue.plans import (
    PlanActionAdded,
    PlanActionCompleted,
    PlanActionNotCompleted,
    PlanContent,
)
from events.catalogue.visits import ChildSeen

telling = Telling()


@telling.on("lead_professional_named", "lead_professional_changed")
def led_by(data: LeadProfessionalSaid, _: Event, story: Story) -> None:
    """Who leads from now on."""
    story.lead_professional = LeadProfessional(person=data.person, qualified_sw=data.qualified_sw, role=data.role)


@telling.on("lead_professional_transferred")
def led_by_another(data: LeadProfessionalTransferred, _: Event, story: Story) -> None:
    """The lead passed outside social care (STF-R78)."""
    story.lead_professional = LeadProfessional(person=data.to)


@telling.on("visit_pattern_set")
def pattern_set(data: VisitPatternSet, event: Event, story: Story) -> None:
    """How often the child is to be seen; never less often than the procedure's own floor."""
    story.visit_pattern = (data.frequency_days, event)


@telling.on("child_seen")
def seen(data: ChildSeen, event: Event, story: Story) -> None:
    """Every visit is kept; which of them resets the clock is the procedure's to say (E-50)."""
    if story.plan is not None and data.by_sw and event.undated is None:
        story.plan.visits.append(event.day)


@telling.of_the_whole("core_group_meeting_scheduled")
@telling.of_the_whole("core_group_meeting_held")
def core_group_named(_: Data, event: Event, story: Story) -> None:
    """What is a core group was one from the start, whatever else of its day is told under its name (STF-R65)."""
    if event.meeting is not None:
        story.core_group_names.add(event.meeting)


@telling.on("core_group_meeting_scheduled")
def core_group_booked(data: CoreGroupMeetingScheduled, event: Event, story: Story) -> None:
    """A core group has a date."""
    begun(event, story, CORE_GROUP).scheduled = Dated(data.date, event)


@telling.on("core_group_meeting_held")
def core_group_met(data: CoreGroupMeetingHeld, event: Event, story: Story) -> None:
    """A core group met: the next is counted from its day (E-49)."""
    meeting = begun(event, story, CORE_GROUP)
    meeting.held = Dated(event.day, event)
    if story.plan is not None:
        story.plan.core_groups.append(meeting)
    _add(story, event, ((each.action, each.due_on) for each in data.individual_actions or ()))


@telling.on("outline_plan_agreed", "detailed_plan_compiled", "plan_revised")
def content_agreed(data: PlanContent, event: Event, story: Story) -> None:
    """The actions a plan names are actions of the plan."""
    _add(story, event, ((each.action, each.due_on) for each in data.actions or ()))


@telling.on("plan_action_added")
def action_added(data: PlanActionAdded, event: Event, story: Story) -> None:
    """One action more."""
    _add(story, event, [(data.action, data.due_on)])


def _add(story: Story, event: Event, actions: Iterable[tuple[str | None, date | None]]) -> None:
    if story.plan is None:
        return
    for id_, due_on in actions:
        if id_ is not None:
            known = story.plan.actions.setdefault(id_, Action(id_))
            known.due = Dated(due_on, event) if due_on is not None else known.due


@telling.on("plan_action_completed")
def action_done(data: PlanActionCompleted, event: Event, story: Story) -> None:
    """An action is done, named before or not."""
    _add(story, event, [(data.action, None)])
    if story.plan is not None:
        story.plan.actions[data.action].settled_on = event.day


@telling.on("plan_action_not_completed")
def action_not_done(data: PlanActionNotCompleted, event: Event, story: Story) -> None:
    """Why an action was not done: what an ending asks for (STF-R67)."""
    _add(story, event, [(data.action, None)])
    if story.plan is not None:
        story.plan.actions[data.action].rationale = data.rationale
