"""A child who is looked after: since when, its reviews, and dual planning confirmed and ended."""

from events.case.care import Since
from events.case.story import LOOKED_AFTER, REVIEW, UNKNOWN, Dated, Meeting, Story
from events.case.telling import Telling
from events.catalogue.conferences import Held
from events.catalogue.envelope import Data, Event
from events.catalogue.looked_after import LacReviewHeld, LookedAfterStarted
from events.catalogue.scheduling import Booking, ConferenceKind

telling = Telling()


@telling.on("looked_after_started")
def began(data: LookedAfterStarted, event: Event, story: Story) -> None:
    """The child is looked after: since then, or since an order made it so before."""
    basis = data.basis.value if data.basis is not None else None
    known = {"basis": basis, "placement": data.placement, "authority": data.authority}
    before = story.care.looked_after
    if before is None:
        story.care.began = event
    story.care.looked_after = Since(before.day if before else event.day, event, known)


@telling.on("looked_after_ended")
def ended(_: Data, event: Event, story: Story) -> None:
    """The child is no longer looked after, and no order holds that would make it so."""
    story.care.order = story.care.section_twenty = None
    end_looked_after(event, story)


def end_looked_after(event: Event, story: Story) -> None:
    """Nothing of the looked-after timetable goes on: dual planning is over, and its reviews are counted anew."""
    care = story.care
    care.looked_after, care.reviews, care.at_least_second = None, [], False
    _end_dual(event, story)


def _end_dual(event: Event, story: Story) -> None:
    if story.care.dual is not None:
        story.care.dual, story.care.single = None, Since(event.day, event)


@telling.on("dual_process_meeting_scheduled", "review_conference_scheduled")
def dual_booked(data: Booking, event: Event, story: Story) -> None:
    """A review that is to be a looked-after review as well."""
    meeting = story.meeting_of(event)
    if meeting is not None and _is_dual(event, data.kind):
        meeting.dual = True


@telling.on("dual_process_meeting_held", "review_conference_held")
def dual_held(data: Held, event: Event, story: Story) -> None:
    """A dual meeting is a looked-after review too."""
    meeting = story.meeting_of(event)
    if meeting is None:
        return
    meeting.dual = meeting.dual or _is_dual(event, data.kind)
    if meeting.dual:
        _reviewed(event, story)


def _is_dual(event: Event, kind: ConferenceKind | None) -> bool:
    return event.type.startswith("dual_process") or kind is ConferenceKind.DUAL_PROCESS


@telling.on("lac_review_held")
def looked_after_review(data: LacReviewHeld, event: Event, story: Story) -> None:
    """Counted once where it was one meeting with a review conference, which is a dual meeting by that."""
    story.care.at_least_second = story.care.at_least_second or data.first is False
    _reviewed(event, story)
    combined = combined_with(data, event, story)
    if combined is not None:
        combined.dual = True
        story.placed[event.key] = combined
        return
    meeting = story.meeting_of(event)
    if meeting is not None and meeting.kind == UNKNOWN:
        meeting.kind, meeting.held = LOOKED_AFTER, Dated(event.day, event)


def combined_with(data: LacReviewHeld, event: Event, story: Story) -> Meeting | None:
    """The review conference with which a looked-after review was one meeting: named, or that of the day."""
    said = data.combined_with_review
    if isinstance(said, str):
        return story.meetings.get(said)
    own = story.meeting_of(event)
    if own is not None and own.kind == REVIEW:
        return own
    reviews = (each for each in story.conferences if each.kind == REVIEW and each.held_on == event.day)
    return next(reviews, None) if said is not False and own is None else None


def _reviewed(event: Event, story: Story) -> None:
    if event.day not in story.care.reviews:
        story.care.reviews.append(event.day)


@telling.on("dual_planning_confirmed")
def dual_confirmed(_: Data, event: Event, story: Story) -> None:
    """From now on the looked-after timetable is the one that counts (E-79)."""
    if story.care.looked_after is not None and story.active:
        story.care.dual = story.care.dual or Since(event.day, event)


@telling.on("dual_planning_ended")
def dual_ended(_: Data, event: Event, story: Story) -> None:
    """Single planning was chosen."""
    _end_dual(event, story)


@telling.on("plan_ended")
def no_plan_to_be_dual_with(_: Data, __: Event, story: Story) -> None:
    """With the plan goes dual planning; nothing is counted again."""
    if not story.active:
        story.care.dual = None
