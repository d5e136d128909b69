"""The named days that duties are counted from, and what may shorten a count."""

from datetime import date

from events.calendars.counting import birthday
from events.case.conditions.lifecycle import MAJORITY
from events.case.moment import Moment
from events.case.naming import Named

named = Named()


@named.anchor
def meeting_date(moment: Moment) -> date | str:
    """The day the meeting is to be held, or was."""
    meeting = moment.meeting
    day = meeting.day if meeting is not None else None
    return day if day is not None else "the date of the meeting"


@named.anchor
def original_meeting_date(moment: Moment) -> date | str:
    """The day first set for a meeting, however often it moved (E-14)."""
    meeting = moment.meeting
    day = meeting.original_on if meeting is not None else None
    return day if day is not None else moment.event.day


@named.anchor
def conference_date(moment: Moment) -> date | str:
    """The day of the conference that put the child on the plan (E-11)."""
    meeting = moment.meeting
    return meeting.held_on if meeting is not None and meeting.held_on is not None else moment.event.day


@named.anchor
def date_of_birth(moment: Moment) -> date | str:
    """The child's date of birth."""
    born = moment.story.child.born
    return born if born is not None else "the child's date of birth"


@named.anchor
def eighteenth_birthday(moment: Moment) -> date | str:
    """The day on which the child turns 18; 1 March for 29 February in a common year (E-20)."""
    born = moment.story.child.born
    return birthday(born, MAJORITY) if born is not None else "the child's date of birth"


@named.anchor
def expected_date(moment: Moment) -> date | str:
    """The expected date of delivery, which is 40 weeks and 0 days (E-19)."""
    expected = moment.story.child.expected
    return expected if expected is not None else "the expected date of delivery"


@named.shortener
def visit_pattern(moment: Moment) -> int | None:
    """The number of days between visits that the conference set, if it set one (STF-R16)."""
    return moment.story.visit_pattern_days
