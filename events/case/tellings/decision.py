"""What is decided for the child: a plan begun, kept in a category, or ended."""

from datetime import date

from events.calendars.counting import birthday
from events.case.placing import begun
from events.case.responsibility import left_on
from events.case.story import (
    BEFORE_PLAN,
    INITIAL,
    MAJORITY,
    REVIEW,
    UNKNOWN,
    Meeting,
    Plan,
    Stage,
    Story,
)
from events.case.telling import Telling
from events.case.tellings.conference import hold, open_episode
from events.catalogue.decisions import CategoryChanged, CategoryDetermined, ChildDecision, ChildDecisionMade
from events.catalogue.endings import Ground, PlanEnded
from events.catalogue.envelope import Basis, Event
from events.catalogue.parts import Categories
from events.catalogue.plans import PlanStarted

telling = Telling()


def categories(stated: Categories | None) -> tuple[str, ...]:
    """The categories named, as their codes: none, one, or all that were."""
    if stated is None:
        return ()
    return tuple(each.value for each in (stated if isinstance(stated, tuple) else (stated,)))


@telling.on("child_decision_made")
def decided(data: ChildDecisionMade, event: Event, story: Story) -> None:
    """What a conference decided for this child (P6 to P8). A decision says that the conference was held."""
    _held_to_decide(data, event, story)
    if data.lead_professional is not None:
        story.lead_professional = data.lead_professional
    match data.decision:
        case ChildDecision.SUBJECT:
            _begin(event, story, data)
            _categorise(story, event.day, data.category)
        case ChildDecision.NOT_SUBJECT:
            if story.plan is not None and story.active:
                story.plan.ended_on = event.day
            story.move(Stage.NOT_SUBJECT, event.day)
        case ChildDecision.CONTINUE:
            _categorise(story, event.day, data.category)


def _held_to_decide(data: ChildDecisionMade, event: Event, story: Story) -> None:
    review = data.decision is ChildDecision.CONTINUE
    meeting = story.meeting_of(event) or begun(event, story, REVIEW if review else INITIAL)
    if meeting.held is None and meeting.failed_on != event.day:
        if meeting.kind == UNKNOWN:
            meeting.kind = REVIEW if review else INITIAL
        hold(meeting, event, story)


@telling.on("plan_started")
def started(data: PlanStarted, event: Event, story: Story) -> None:
    """Told of a plan that no decision told here began: it is running all the same."""
    if data.lp is not None:
        story.lead_professional = data.lp
    _begin(event, story, data)
    _categorise(story, event.day, data.category)


def _begin(event: Event, story: Story, data: ChildDecisionMade | PlanStarted) -> None:
    if story.active:
        return
    lead = story.lead_professional
    if story.stage not in BEFORE_PLAN:
        open_episode(story)
    story.lead_professional = lead
    meeting = story.meeting_of(event)
    held_on = meeting.held_on if meeting is not None and meeting.held_on is not None else event.day
    since = min(held_on, data.continuous_since or held_on)
    before = story.reviews_untold(held_on)
    story.plan = Plan(started_on=held_on, conference=meeting, begun_by=event, since=since, reviews_before=before)
    stated = data.category
    _categorise(story, event.day, stated if stated is not None else _determined(meeting, event))
    story.move(Stage.ACTIVE, held_on)


def _determined(meeting: Meeting | None, event: Event) -> Categories | None:
    found = meeting.at_sitting(event.day, "category_determined") if meeting is not None else []
    return found[-1].data.category if found and isinstance(found[-1].data, CategoryDetermined) else None


def _categorise(story: Story, day: date, stated: Categories | None) -> None:
    named = categories(stated)
    if story.plan is not None and len(named) == 1 and named[0] != story.plan.category:
        story.plan.category = named[0]
        story.plan.categories.append((day, named[0]))


@telling.on("category_changed")
def recategorised(data: CategoryChanged, event: Event, story: Story) -> None:
    """The plan goes on in another category (P9)."""
    _categorise(story, event.day, data.new)


@telling.on("category_determined")
def determined(data: CategoryDetermined, event: Event, story: Story) -> None:
    """Told after the decision of the same conference, it still says in which category the plan is."""
    plan = story.plan
    if plan is not None and plan.category is None and plan.conference is story.meeting_of(event):
        _categorise(story, event.day, data.category)


@telling.on("plan_ended")
def ended(data: PlanEnded, event: Event, story: Story) -> None:
    """The plan ended, on the day its ground says, unless another is told (E-58)."""
    if _never_18(data, event, story):
        story.void.add(event.key)
    if story.plan is None or not story.active or event.key in story.void:
        return
    story.plan.ended_on = data.effective_on or _effective_on(data.ground, event, story)
    story.plan.ground = data.ground.value
    story.move(Stage.ENDED, story.plan.ended_on)


def _effective_on(ground: Ground, event: Event, story: Story) -> date:
    """The day of the death, of leaving, of the birthday, or of the conference that decided; never after it was told."""
    child, meeting = story.child, story.meeting_of(event)
    by_ground = {
        Ground.DECEASED: child.died or child.pregnancy_ended,
        Ground.LEFT_UK: child.left_uk,
        Ground.REACHED_18: birthday(child.born, MAJORITY) if child.born is not None else None,
        Ground.TRANSFERRED: left_on(story),
        Ground.NOT_CONFIRMED_AT_RECEIVING_IN: left_on(story),
    }
    on = by_ground.get(ground, meeting.held_on if meeting is not None else None)
    return min(on or event.day, event.day)


def _never_18(data: PlanEnded, event: Event, story: Story) -> bool:
    """Ended at 18 by a date of birth that has since proved wrong: the ending never was one (E-22)."""
    born, corrected = story.child.born, story.child.corrected_birth
    if data.ground is not Ground.REACHED_18 or born is None or birthday(born, MAJORITY) <= event.day:
        return False
    return corrected is not None or (event.item.basis is Basis.HERE and not event.item.historical_import)
