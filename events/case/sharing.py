"""What of a conference somebody may be sent: all of it, a redacted version, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from events.case.addressing import parts_of, recipient_of
from events.case.story import Meeting, Story
from events.catalogue.envelope import Event
from events.catalogue.exclusions import ParticipantExcluded
from events.catalogue.household import FamilyMember
from events.catalogue.parts import Person

FAMILY = ("family_member_added", "family_member_changed")
"""The events that tell of the child's family."""


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


def family_in(events: Iterable[Event]) -> list[FamilyMember]:
    """The child's family, as the events tell of it."""
    return [event.data for event in events if isinstance(event.data, FamilyMember)]


def family_of(story: Story) -> list[FamilyMember]:
    """The child's family, as far as the case knows it."""
    return family_in(event for name in FAMILY for event in story.facts.get(name, ()))


def known_as(somebody: Person, family: Sequence[FamilyMember]) -> Person:
    """Somebody with all that is known of them: the father is also P2, where the family has one father and he is P2."""
    own = [each for each in family if _is_member(somebody, each)]
    if not own or len({each.ref for each in own if each.ref}) > 1:
        return somebody
    known = {
        "name": next((each.name for each in own if each.name), None),
        "ref": next((each.ref for each in own if each.ref), None),
        "role": next((each.relation for each in own if each.relation), None),
    }
    return somebody.model_copy(update={name: getattr(somebody, name) or said for name, said in known.items()})


def _is_member(somebody: Person, member: FamilyMember) -> bool:
    """By reference where both have one, else by name, else by what the member is to the child."""
    if somebody.ref and member.ref:
        return somebody.ref == member.ref
    if somebody.name and member.name:
        return recipient_of(Person(name=somebody.name)) == recipient_of(Person(name=member.name))
    return bool(somebody.role and member.relation) and parts_of(somebody.role or "") == parts_of(member.relation or "")


def must_be_redacted_for(somebody: Person, meeting: Meeting | None, family: Sequence[FamilyMember] = ()) -> bool:
    """Whether this person may have only a redacted record of the meeting (STF-R55, E-53)."""
    known = known_as(somebody, family)
    return any(is_the_same(known_as(each.who, family), known) for each in excluded_from(meeting))
