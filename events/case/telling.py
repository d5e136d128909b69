"""How events move the story on: one short function an event type, gathered by topic in `tellings`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from events.case import moving, placing
from events.case.phases import When
from events.case.story import Story
from events.catalogue.envelope import Event

Tell = Callable[[Any, Event, Story], None]
"""Changes the story by one event. The first argument is the event's data, of the type it is told for."""


class Telling:
    """The event types of one topic and how each moves the story on.

    `foretold` ones are true of the whole history and are told before it: what is corrected was never otherwise.
    """

    def __init__(self) -> None:
        self.moves: dict[str, list[Tell]] = {}
        self.foretold: dict[str, Tell] = {}

    def on(self, *types: str) -> Callable[[Tell], Tell]:
        """Enter a function for these event types."""

        def enter(move: Tell) -> Tell:
            for name in types:
                self.moves.setdefault(name, []).append(move)
            return move

        return enter

    def of_the_whole(self, type_: str) -> Callable[[Tell], Tell]:
        """Enter a function for an event type that is told before the rest of the history."""

        def enter(move: Tell) -> Tell:
            self.foretold[type_] = move
            return move

        return enter


class Teller:
    """Tells events to a story: kept with their meeting, then what each topic makes of them, then kept as facts."""

    def __init__(self, tellings: Iterable[Telling], phases: Mapping[str, When]) -> None:
        self._phases = phases
        self._moves: dict[str, list[Tell]] = {}
        self._foretold: dict[str, Tell] = {}
        for telling in tellings:
            self._foretold.update(telling.foretold)
            for name, moves in telling.moves.items():
                self._moves.setdefault(name, []).extend(moves)

    def foretell(self, event: Event, story: Story) -> None:
        """Tell an event that is true of the whole history, before the history begins."""
        if event.type in self._foretold:
            self._foretold[event.type](event.data, event, story)

    def place(self, event: Event, story: Story) -> None:
        """Find the meeting and the move an event is about, before anything is asked of it."""
        placing.place(event, self._phases.get(event.type), story)
        moving.place(event, story)

    def tell(self, event: Event, story: Story) -> None:
        """Move the story on by one event that has been placed."""
        known = story.meeting_of(event)
        if known is not None:
            known.facts.append(event)
        for move in self._moves.get(event.type, ()):
            move(event.data, event, story)
        found = story.meeting_of(event)
        if found is not None and known is None:
            found.facts.append(event)
        story.facts.setdefault(event.type, []).append(event)
