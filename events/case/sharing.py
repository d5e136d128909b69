"""What of a conference somebody may be sent: all of it, a redacted version, and why."""

from dataclasses import dataclass

from events.case.addressing import parts_of, recipient_of
from events.case.story import Meeting
from events.catalogue.exclusions import ParticipantExcluded
from events.catalogue.parts import Person


@dataclass(frozen=True)
class Excluded:
    """Somebody kept out of the conference or of part of it, and the day it was decided."""

    who: Person
    part: str | None


def excluded_from(meeting: Meeting | None) -> list[Excluded]:
    """Everybody whom the chair excluded from this meeting, or from part of it (STF-R55, WAL-R20)."""
    told = meeting.of("participant_excluded") if meeting is not None else ()
    return [
        Excluded(event.data.who, event.data.part.value if event.data.part else None)
        for event in told
        if isinstance(event.data, ParticipantExcluded)
    ]


def is_the_same(one: Person, other: Person) -> bool:
    """Whether two mentions are of one person: by reference where both have one, else by name, else by role."""
    if one.ref and other.ref:
        return one.ref == other.ref
    if one.name and other.name:
        return recipient_of(Person(name=one.name)) == recipient_of(Person(name=other.name))
    if one.role and other.role:
        return parts_of(one.role) == parts_of(other.role)
    return False


def must_be_redacted_for(somebody: Person, meeting: Meeting | None) -> bool:
    """Whether this person may have only a redacted record of the meeting (STF-R55, E-53)."""
    return any(is_the_same(each.who, somebody) for each in excluded_from(meeting))
