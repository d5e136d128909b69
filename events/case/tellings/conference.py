"""Requests and conferences: asked for, booked, moved, held or not held."""

from events.case.story import BEFORE_PLAN, INITIAL, RECEIVING_IN, REVIEW, Meeting, Stage, Story
from events.case.telling import Telling, begun
from events.catalogue.conferences import (
    ConferenceNotHeldInquorate,
    ConferenceReconvened,
    Held,
    QuorumAssessed,
    QuorumResult,
)
from events.catalogue.envelope import Data, Event
from events.catalogue.requests import InitialConferenceRequested, InitialConferenceRequestWithdrawn
from events.catalogue.scheduling import Booking, ConferencePostponed, ConferenceRescheduled, ReviewBroughtForward

telling = Telling()


def _moved(story: Story, stage: Stage, event: Event) -> None:
    story.stage, story.stage_since = stage, event.day


@telling.on("initial_conference_requested")
def requested(data: InitialConferenceRequested, event: Event, story: Story) -> None:
    """A request opens a new episode, unless one is open or a plan is running (P1, P21)."""
    if story.stage in BEFORE_PLAN or story.active:
        return
    if story.plan is not None:
        story.earlier_plans.append(story.plan)
        story.plan = None
    story.episode += 1
    story.requested_at, story.requested_on = event.item.occurred_at, event.day
    story.requested_by = data.requested_by
    if story.episode > 1:
        story.visit_pattern_days = story.lead_professional = None
    _moved(story, Stage.REQUESTED, event)


@telling.on("initial_conference_request_withdrawn")
def withdrawn(_: InitialConferenceRequestWithdrawn, event: Event, story: Story) -> None:
    """The request ends without a conference (P3)."""
    if story.stage in BEFORE_PLAN:
        _moved(story, Stage.WITHDRAWN, event)


@telling.on("initial_conference_scheduled")
def initial_booked(data: Booking, event: Event, story: Story) -> None:
    """The initial conference has a date (P2)."""
    _book(begun(event, story, INITIAL), data)
    if story.stage in {Stage.REQUESTED, Stage.DEFERRED}:
        _moved(story, Stage.SCHEDULED, event)


@telling.on("review_conference_scheduled")
def review_booked(data: Booking, event: Event, story: Story) -> None:
    """A review has a date."""
    _book(begun(event, story, REVIEW), data)


@telling.on("receiving_in_conference_scheduled")
def receiving_in_booked(data: Booking, event: Event, story: Story) -> None:
    """A receiving-in conference has a date."""
    _book(begun(event, story, RECEIVING_IN), data)


def _book(meeting: Meeting, data: Booking) -> None:
    meeting.scheduled_on = data.date
    meeting.original_on = meeting.original_on or data.date


@telling.on("conference_rescheduled", "conference_postponed", "conference_reconvened", "review_brought_forward")
def rebooked(
    data: ConferenceRescheduled | ConferencePostponed | ConferenceReconvened | ReviewBroughtForward,
    event: Event,
    story: Story,
) -> None:
    """A new date, if one is given. Only what is counted back from the meeting moves with it (E-15)."""
    meeting = story.meeting_of(event)
    if meeting is not None and data.new_date is not None:
        meeting.original_on = meeting.original_on or meeting.scheduled_on
        meeting.scheduled_on = data.new_date
    if isinstance(data, ConferenceReconvened) and story.stage is Stage.DEFERRED:
        _moved(story, Stage.SCHEDULED, event)


@telling.on("conference_cancelled")
def cancelled(_: Data, event: Event, story: Story) -> None:
    """The meeting will not be held."""
    meeting = story.meeting_of(event)
    if meeting is not None and meeting.held_on is None:
        meeting.cancelled_on = event.day
        if meeting.kind == INITIAL and story.stage is Stage.SCHEDULED:
            _moved(story, Stage.REQUESTED, event)


@telling.on("conference_opened", "attendance_recorded", "quorum_assessed")
def opened(_: Data, event: Event, story: Story) -> None:
    """The category in force when a review opens is the one its rules go by (E-33)."""
    meeting = story.meeting_of(event)
    if meeting is not None:
        _note_opening(meeting, story)


@telling.on("quorum_assessed")
def assessed(data: QuorumAssessed, event: Event, story: Story) -> None:
    """What the chair found about the quorum. A conference found not to be held was not."""
    meeting = story.meeting_of(event)
    if meeting is None:
        return
    meeting.quorum = data.result.value
    if data.result is QuorumResult.INQUORATE_NOT_HELD:
        _not_held(meeting, event, story)


@telling.on("conference_not_held_inquorate")
def not_held(data: ConferenceNotHeldInquorate, event: Event, story: Story) -> None:
    """Deferred; the date first set stays what the reconvening is counted from (P4, E-14)."""
    meeting = story.meeting_of(event)
    if meeting is None:
        meeting = begun(event, story, REVIEW if story.active else INITIAL)
    meeting.original_on = meeting.original_on or data.original_date or meeting.scheduled_on or event.day
    _not_held(meeting, event, story)


def _not_held(meeting: Meeting, event: Event, story: Story) -> None:
    meeting.not_held_on = event.day
    if story.stage in {Stage.REQUESTED, Stage.SCHEDULED}:
        _moved(story, Stage.DEFERRED, event)


@telling.on("initial_conference_held")
def initial_held(_: Held, event: Event, story: Story) -> None:
    """The initial conference took place: its day anchors the first review (E-11)."""
    _hold(begun(event, story, INITIAL), event, story)
    if story.stage in {Stage.REQUESTED, Stage.DEFERRED}:
        _moved(story, Stage.SCHEDULED, event)


@telling.on("receiving_in_conference_held")
def receiving_in_held(_: Held, event: Event, story: Story) -> None:
    """The receiving-in conference took place."""
    _hold(begun(event, story, RECEIVING_IN), event, story)


@telling.on("review_conference_held")
def review_held(_: Held, event: Event, story: Story) -> None:
    """A review took place: the next is counted from its day (E-12)."""
    meeting = begun(event, story, REVIEW)
    _hold(meeting, event, story)
    if story.plan is not None and story.active and meeting.id not in {id_ for id_, _ in story.plan.reviews}:
        story.plan.reviews.append((meeting.id, event.day))


def _hold(meeting: Meeting, event: Event, story: Story) -> None:
    _note_opening(meeting, story)
    meeting.held_on, meeting.not_held_on = event.day, None


def _note_opening(meeting: Meeting, story: Story) -> None:
    if meeting.opened or story.plan is None:
        return
    meeting.opened = True
    meeting.category_when_opened = story.plan.category
    meeting.reviews_before = len(story.plan.reviews)
