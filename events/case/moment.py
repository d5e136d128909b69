"""One event in its moment: what conditions, anchors and rules are asked about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from events.calendars.counting import Calendar
from events.case.story import Meeting, Story
from events.catalogue.envelope import Event
from events.policies.model import Policy
from events.policies.words import Match


class Limits(Protocol):
    """Knows by when an event of some type is next due."""

    def limit(self, met_by: str, moment: "Moment") -> date | None:
        """The earliest due date among the open duties which an event of type `met_by` would meet."""


@dataclass(slots=True)
class Moment:
    """`event`, the story just before it (or, for duties, just after), and the policy that judges it.

    Of a duty, `event` is its start and `told_of` what tells it from others of the same start.
    """

    event: Event
    story: Story
    policy: Policy
    calendar: Calendar
    now: datetime
    limits: Limits | None = None
    told_of: Mapping[str, str] = field(default_factory=dict)

    def limit(self, met_by: str) -> date | None:
        """By when an event of type `met_by` is due, if a duty that is open says so."""
        return self.limits.limit(met_by, self) if self.limits is not None else None

    def about(self, event: Event) -> "Moment":
        """The same story, asked about another event."""
        return Moment(event, self.story, self.policy, self.calendar, self.now, self.limits)

    @property
    def meeting(self) -> Meeting | None:
        """The meeting the event is about."""
        return self.story.meeting_of(self.event)

    def figure(self, name: str) -> int:
        """A value the policy gives. Loading made sure that it does."""
        return self.policy.figures[name].value


def fits(match: Match, event: Event) -> bool:
    """Whether an event has the type and field values a match asks for; conditions are asked separately."""
    if event.type not in match.types:
        return False
    return not match.where or all(_has(event, field, values) for field, values in match.where.items())


def _has(event: Event, field: str, values: tuple[str | bool | int, ...]) -> bool:
    value = getattr(event.data, field) if field in type(event.data).model_fields else getattr(event.item, field)
    return any(each in values for each in value) if isinstance(value, tuple) else value in values
