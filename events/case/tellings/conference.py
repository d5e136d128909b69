"""Requests and conferences: asked for, booked, moved, held or not held."""

from events.case.placing import begun
from events.case.story import BEFORE_PLAN, INITIAL, RECEIVING_IN, REVIEW, UNKNOWN, Dated, Meeting, Plan, Stage, Story
from events.case.telling import Telling
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


@telling.on("initial_conference_requested")
def requested(_: InitialConferenceRequested, event: Event, story: Story) -> None:
    """A request opens a new episode, unless one is open or a plan is running (P1, P21)."""
    if story.stage in BEFORE_PLAN or story.active:
        return
    open_episode(story)
    story.move(Stage.REQUESTED, event.day)


def open_episode(story: Story) -> None:
    """From here on it is another request and another plan; nothing that was set for the last one holds."""
    story.episode += 1
    story.failures = set()
    if story.plan is not None:
        story.earlier_plans.append(story.plan)
        story.plan = story.lead_professional = story.visit_pattern = None


@telling.on("initial_conference_request_withdrawn")
def withdrawn(_: InitialConferenceRequestWithdrawn, event: Event, story: Story) -> None:
    """The request ends without a conference (P3)."""
    if story.stage in BEFORE_PLAN:
        story.move(Stage.WITHDRAWN, event.day)


@telling.on("initial_conference_scheduled")
def initial_booked(data: Booking, event: Event, story: Story) -> None:
    """The initial conference has a date (P2)."""
    meeting = begun(event, story, INITIAL)
    _book(meeting, data, event)
    if meeting.held is None:
        _was_asked_for(event, story)
    if story.stage in {Stage.REQUESTED, Stage.DEFERRED}:
        story.move(Stage.SCHEDULED, event.day)


@telling.on("review_conference_scheduled", "dual_process_meeting_scheduled")
def review_booked(data: Booking, event: Event, story: Story) -> None:
    """A review has a date."""
    _book(begun(event, story, REVIEW), data, event)


@telling.on("receiving_in_conference_scheduled")
def receiving_in_booked(data: Booking, event: Event, story: Story) -> None:
    """A receiving-in conference has a date."""
    _book(begun(event, story, RECEIVING_IN), data, event)


def _was_asked_for(event: Event, story: Story) -> None:
    """An initial conference that is booked, or could not be held, was asked for, though nobody told so (P2, P21)."""
    if story.stage not in BEFORE_PLAN and not story.active:
        open_episode(story)
        story.move(Stage.REQUESTED, event.day)


def _book(meeting: Meeting, data: Booking, event: Event) -> None:
    meeting.scheduled = Dated(data.date, event)
    meeting.first_set_on = meeting.first_set_on or data.date
    meeting.cancelled_on = None


@telling.on("conference_rescheduled", "conference_postponed", "conference_reconvened", "review_brought_forward")
def rebooked(
    data: ConferenceRescheduled | ConferencePostponed | ConferenceReconvened | ReviewBroughtForward,
    event: Event,
    story: Story,
) -> None:
    """A new date, if one is given. Only what is counted back from the meeting moves with it (E-15)."""
    meeting = story.meeting_of(event)
    if meeting is not None and data.new_date is not None:
        meeting.scheduled = Dated(data.new_date, event)
        meeting.first_set_on = meeting.first_set_on or data.new_date
    if isinstance(data, ConferenceReconvened) and story.stage is Stage.DEFERRED:
        story.move(Stage.SCHEDULED, event.day)


@telling.on("conference_cancelled")
def cancelled(_: Data, event: Event, story: Story) -> None:
    """The meeting will not be held."""
    meeting = story.meeting_of(event)
    if meeting is not None and meeting.held is None:
        meeting.cancelled_on = event.day
        if meeting.kind == INITIAL and story.stage is Stage.SCHEDULED:
            story.move(Stage.REQUESTED, event.day)


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
    if data.result is QuorumResult.INQUORATE_NOT_HELD:
        meeting = _fail(event, story)
    if meeting is not None:
        meeting.quorum = data.result.value


@telling.on("conference_not_held_inquorate")
def not_held(data: ConferenceNotHeldInquorate, event: Event, story: Story) -> None:
    """Deferred; the day it should have been held is what the reconvening is counted from (P4, E-14)."""
    meeting = _fail(event, story)
    first = meeting.first_failure
    if data.original_date is not None and first is not None and first.by.day == event.day:
        meeting.first_failure = Dated(data.original_date, event)


def _fail(event: Event, story: Story) -> Meeting:
    meeting = story.meeting_of(event)
    if meeting is None or meeting.kind == UNKNOWN:
        meeting = begun(event, story, REVIEW if story.active else INITIAL)
    meeting.first_failure = meeting.first_failure or Dated(meeting.scheduled_on or event.day, event)
    meeting.failed_on = event.day
    meeting.opened = False
    if meeting.kind == INITIAL and meeting.held is None:
        _was_asked_for(event, story)
    story.failures.add(event.day)
    if story.stage in {Stage.REQUESTED, Stage.SCHEDULED}:
        story.move(Stage.DEFERRED, event.day)
    return meeting


@telling.on("initial_conference_held")
def initial_held(_: Held, event: Event, story: Story) -> None:
    """The initial conference took place: its day anchors the first review (E-11)."""
    hold(begun(event, story, INITIAL), event, story)
    if story.stage in {Stage.REQUESTED, Stage.DEFERRED}:
        story.move(Stage.SCHEDULED, event.day)


@telling.on("receiving_in_conference_held")
def receiving_in_held(_: Held, event: Event, story: Story) -> None:
    """The receiving-in conference took place."""
    hold(begun(event, story, RECEIVING_IN), event, story)


@telling.of_the_whole("review_conference_held")
@telling.of_the_whole("dual_process_meeting_held")
def reviewed(_: Held, event: Event, story: Story) -> None:
    """A review of which the day is known is none of those that were only counted when the case was taken on (E-83)."""
    if event.undated is None:
        story.reviewed_on.add(event.day)


@telling.on("review_conference_held", "dual_process_meeting_held")
def review_held(_: Held, event: Event, story: Story) -> None:
    """A review took place: the next is counted from its day (E-12)."""
    hold(begun(event, story, REVIEW), event, story)


def hold(meeting: Meeting, event: Event, story: Story) -> None:
    """The meeting took place on the day of the event; a review counts as one of the plan that is running."""
    _note_opening(meeting, story)
    meeting.held = Dated(event.day, event)
    meeting.cancelled_on = None
    if not meeting.at_sitting(event.day, "quorum_assessed"):
        meeting.quorum = None
    if meeting.kind == REVIEW and story.active and story.plan is not None and meeting not in story.plan.reviews:
        story.plan.reviews.append(meeting)


def _note_opening(meeting: Meeting, story: Story) -> None:
    if meeting.opened or story.plan is None:
        return
    meeting.opened = True
    meeting.category_when_opened = story.plan.category
    meeting.reviews_before = reviews_that_decided(story.plan, but=meeting)


def reviews_that_decided(plan: Plan, *, but: Meeting | None = None) -> int:
    """How many reviews of a plan, `but` one, went ahead: with a quorum, or deciding without one (E-13)."""
    return plan.reviews_before + sum(
        each is not but
        and each.told_on_its_day
        and (each.quorum in {None, QuorumResult.QUORATE.value} or each.last("child_decision_made") is not None)
        for each in plan.reviews
    )
