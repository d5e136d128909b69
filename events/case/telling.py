"""How events move the story on: one short function an event type, gathered by topic in `tellings`."""

from collections.abc import Callable, Iterable
from typing import Any

from events.case.story import CORE_GROUP, UNKNOWN, Meeting, Story
from events.catalogue.envelope import Event

Tell = Callable[[Any, Event, Story], None]
"""Changes the story by one event. The first argument is the event's data, of the type it is told for."""


class Telling:
    """The event types of one topic and how each moves the story on."""

    def __init__(self) -> None:
        self.moves: dict[str, list[Tell]] = {}

    def on(self, *types: str) -> Callable[[Tell], Tell]:
        """Enter a function for these event types."""

        def enter(move: Tell) -> Tell:
            for name in types:
                self.moves.setdefault(name, []).append(move)
            return move

        return enter


class Teller:
    """Tells events to a story: kept with their meeting, then what each topic makes of them, then kept as facts."""

    def __init__(self, tellings: Iterable[Telling], conference_topics: frozenset[str]) -> None:
        self._about_conferences = conference_topics
        self._moves: dict[str, list[Tell]] = {}
        for telling in tellings:
            for name, moves in telling.moves.items():
                self._moves.setdefault(name, []).extend(moves)

    def place(self, event: Event, story: Story) -> None:
        """Find the meeting an event is about, before anything is asked of it."""
        if event.meeting is not None:
            story.meetings.setdefault(event.meeting, Meeting(event.meeting, UNKNOWN))
        elif event.type in self._about_conferences:
            conference = story.last_conference()
            if conference is not None:
                story.implied[event.fact] = conference.id

    def tell(self, event: Event, story: Story) -> None:
        """Move the story on by one event that has been placed."""
        meeting = story.meeting_of(event)
        if meeting is not None:
            meeting.facts.append(event)
        for move in self._moves.get(event.type, ()):
            move(event.data, event, story)
        story.facts.setdefault(event.type, []).append(event)


def begun(event: Event, story: Story, kind: str) -> Meeting:
    """The meeting that an event schedules or holds.

    One that names no meeting is about the one of its kind still to be held, or else about one known by its day.
    """
    meeting = story.meeting_of(event) if event.meeting is not None else _awaited(story, kind)
    if meeting is None:
        id_ = f"{kind} {event.day.isoformat()}"
        meeting = story.meetings.setdefault(id_, Meeting(id_, kind))
    if event.meeting is None:
        story.implied[event.fact] = meeting.id
        meeting.facts.append(event)
    if meeting.kind == UNKNOWN:
        meeting.kind = kind
    if kind != CORE_GROUP and meeting.id not in story.conferences:
        story.conferences.append(meeting.id)
    return meeting


def _awaited(story: Story, kind: str) -> Meeting | None:
    return next(
        (
            each
            for each in reversed(story.meetings.values())
            if each.kind == kind and each.scheduled_on and each.held_on is None and each.cancelled_on is None
        ),
        None,
    )
