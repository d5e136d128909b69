"""Keeping somebody out of a conference: by the chair, on known grounds, after a warning, and redacted afterwards."""

from collections.abc import Iterable
from datetime import timedelta

from events.case.addressing import RECIPIENT, recipient_of
from events.case.agencies import role
from events.case.moment import Moment
from events.case.naming import Named
from events.case.sharing import excluded_from, family_of, is_the_same, known_as, must_be_redacted_for
from events.catalogue.exclusions import (
    AlternativeViewsSubmitted,
    ExclusionGround,
    ParticipantExcluded,
    ParticipantWarned,
)
from events.catalogue.parts import Person
from events.catalogue.views import FamilyViewStated

named = Named()
MINUTES = "minutes"
"""What a notice of the minutes says that it sends."""


@named.listing
def the_person_excluded(moment: Moment) -> Iterable[dict[str, str]]:
    """Who was excluded, and must be told (STF-T14, N16)."""
    data = moment.event.data
    who = recipient_of(data.who) if isinstance(data, ParticipantExcluded) else None
    return [{RECIPIENT: who}] if who is not None else []


@named.condition("exclusion_notice_days")
def the_chair_was_told_in_time(moment: Moment) -> str | None:
    """The chair heard of it so many days before the conference; calendar days, as the clause says no more (E-10)."""
    day = moment.meeting.day if moment.meeting is not None else None
    last = day - timedelta(moment.figure("exclusion_notice_days")) if day is not None else None
    return f"word to the chair by {last}" if last is not None and moment.event.day > last else None


@named.condition()
def excluded_by_the_chair(moment: Moment) -> str | None:
    """The chair decided it: nobody else can (STF-R47)."""
    data, decider = moment.event.data, moment.event.item.decided_by
    by_role = role(decider.role) if decider is not None else ""
    by_chair = isinstance(data, ParticipantExcluded) and data.chair is not None
    return None if by_chair or "chair" in by_role.split("_") else "the chair's own decision"


def _only_for_third_parties(data: ParticipantExcluded) -> bool:
    return bool(data.grounds) and set(data.grounds or ()) == {ExclusionGround.THIRD_PARTY_INFORMATION}


@named.condition()
def consent_does_not_remove_the_need(moment: Moment) -> str | None:
    """Third parties have not all agreed in writing, so that their information is no longer a ground (STF-R50)."""
    data = moment.event.data
    if not isinstance(data, ParticipantExcluded) or not _only_for_third_parties(data):
        return None
    told = moment.story.facts.get("third_party_consent_recorded", ())
    consented = any(getattr(each.data, "written", None) for each in told)
    return "another ground: the third party agreed in writing" if consented else None


@named.condition()
def what_each_may_know_is_said(moment: Moment) -> str | None:
    """The chair's split of what is shared is told as a whole, or for each person (STF-R42)."""
    data = moment.event.data
    said = getattr(data, "decision", None) or getattr(data, "shares", None)
    return None if said else "a record of decision"


@named.condition()
def during_the_conference(moment: Moment) -> str | None:
    """The exclusion was decided in the meeting and not before it (STF-R53)."""
    data = moment.event.data
    advance = isinstance(data, ParticipantExcluded) and data.advance
    return "an exclusion decided in the meeting" if advance else None


@named.condition()
def for_disruption(moment: Moment) -> str | None:
    """It is behaviour that leads to it, or nobody said what (STF-R53)."""
    grounds = getattr(moment.event.data, "grounds", None) or ()
    disrupted = not grounds or ExclusionGround.DISRUPTION in grounds or ExclusionGround.INTIMIDATION in grounds
    return None if disrupted else "disruptive behaviour as the ground"


def _warnings(moment: Moment, who: Person) -> int:
    told = moment.meeting.of("participant_warned") if moment.meeting is not None else ()
    warned = (each.data for each in told if each is not moment.event)
    return sum(isinstance(each, ParticipantWarned) and is_the_same(each.who, who) for each in warned)


@named.condition()
def a_warning_came_first(moment: Moment) -> str | None:
    """The person was warned before being excluded in the meeting (STF-R53)."""
    data = moment.event.data
    warned = not isinstance(data, ParticipantExcluded) or _warnings(moment, data.who) > 0
    return None if warned else "a warning that went before"


@named.condition()
def it_is_the_only_warning(moment: Moment) -> str | None:
    """Nobody is warned twice: after one warning comes the exclusion (STF-T72)."""
    data = moment.event.data
    again = isinstance(data, ParticipantWarned) and ((data.count or 1) > 1 or _warnings(moment, data.who) > 0)
    return "one warning only" if again else None


@named.condition()
def the_excluded_gave_their_views(moment: Moment) -> str | None:
    """Everybody excluded was enabled to give their views another way (STF-R51)."""
    told = moment.meeting.of("alternative_views_submitted", "family_view_stated") if moment.meeting is not None else ()
    data = (each.data for each in told)
    heard = [each.who for each in data if isinstance(each, AlternativeViewsSubmitted | FamilyViewStated) and each.who]
    unheard = [each for each in excluded_from(moment.meeting) if not any(is_the_same(each.who, one) for one in heard)]
    return f"the views of {len(unheard)} people who were excluded" if unheard else None


@named.condition()
def exclusions_have_their_grounds(moment: Moment) -> str | None:
    """The decision to exclude and its grounds stand in the minutes (STF-R52)."""
    told = moment.meeting.of("participant_excluded") if moment.meeting is not None else ()
    silent = sum(isinstance(each.data, ParticipantExcluded) and not each.data.grounds for each in told)
    return f"the grounds of {silent} exclusions" if silent else None


def _unredacted(moment: Moment) -> int:
    data, meeting = moment.event.data, moment.meeting
    recipients: tuple[Person, ...] = getattr(data, "recipients", None) or getattr(data, "to", None) or ()
    redacted: tuple[Person, ...] = getattr(data, "redacted_for", None) or ()
    if getattr(data, "edited", None) or getattr(data, "redacted", None):
        return 0
    if not recipients and getattr(data, "family", None):
        return len(excluded_from(meeting))  # whoever of the family is meant
    family = family_of(moment.story)
    known = [known_as(each, family) for each in redacted]
    full = (each for each in recipients if not any(is_the_same(known_as(each, family), one) for one in known))
    return sum(must_be_redacted_for(each, meeting, family) for each in full)


@named.condition()
def it_is_the_notice_of_the_minutes(moment: Moment) -> str | None:
    """The notice is one by which the minutes of a known meeting go out."""
    said = str(getattr(moment.event.data, "register_id", "")).split(":")[0].casefold()
    of_minutes = (each for each in moment.policy.duty if each.notice is not None and each.notice.document == MINUTES)
    known = {id_.casefold() for each in of_minutes for id_ in (each.id, *each.also)}
    return None if said in known and moment.meeting is not None else "the notice of the minutes of a meeting"


@named.condition()
def the_excluded_get_a_redacted_version(moment: Moment) -> str | None:
    """Nobody gets the record of a part from which they were excluded (STF-R55, WAL-R20, E-53)."""
    number = _unredacted(moment)
    return f"a redacted version for {number} of the recipients" if number else None


@named.condition()
def the_redacted_minutes_are_signed(moment: Moment) -> str | None:
    """The chair approved, signed and dated the redacted minutes before they went out (STF-R55)."""
    data = moment.event.data
    if not (getattr(data, "redacted_for", None) or getattr(data, "redacted", None)):
        return None
    told = moment.meeting.of("minutes_signed") if moment.meeting is not None else ()
    return (
        None
        if any(getattr(each.data, "redacted", None) for each in told)
        else "the chair's signature on the redacted minutes"
    )


@named.condition()
def redacted_minutes_went_out(moment: Moment) -> str | None:
    """The minutes were sent in a redacted version too (STF-T30)."""
    return None if getattr(moment.event.data, "redacted_for", None) else "redacted minutes"
