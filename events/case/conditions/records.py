"""Papers: whether minutes may be signed and sent, and how reports reached the family."""

from events.case.conditions.deciding import FOR_A_PLAN, agency_views
from events.case.moment import Moment
from events.case.naming import Named
from events.case.story import Meeting
from events.catalogue.parts import Channel
from events.catalogue.views import DissentRecorded

named = Named()


@named.condition()
def minutes_are_signed(moment: Moment) -> str | None:
    """The chair has signed the minutes of this conference (STF-R91)."""
    signed = moment.meeting is not None and moment.meeting.last("minutes_signed") is not None
    return None if signed else "minutes that the chair has signed"


@named.condition()
def minutes_are_quality_assured(moment: Moment) -> str | None:
    """The chair has checked the minutes (STF-R91)."""
    checked = moment.meeting is not None and moment.meeting.last("minutes_quality_assured") is not None
    return None if checked else "minutes that the chair has checked"


@named.condition()
def dissents_are_reasoned(moment: Moment) -> str | None:
    """Every agency that wanted the plan to go on where it ended is minuted with its reasons (STF-R68)."""
    meeting = moment.meeting
    if meeting is None:
        return None
    reasons = _reasons_of_dissent(meeting)
    unreasoned = [agency for agency, reason in reasons.items() if not reason]
    ended = meeting.last("plan_ended") is not None
    outvoted = [agency for (agency, _), view in agency_views(meeting).items() if ended and view in FOR_A_PLAN]
    silent = [agency for agency in outvoted if agency not in reasons]
    wanting = len(unreasoned) + len(silent)
    return f"the reasons of {wanting} agencies that disagreed" if wanting else None


def _reasons_of_dissent(meeting: Meeting) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for event in meeting.of("dissent_recorded"):
        if isinstance(event.data, DissentRecorded):
            found[event.data.agency] = event.data.reason or found.get(event.data.agency)
    return found


@named.condition()
def channel_is_secure(moment: Moment) -> str | None:
    """What goes by e-mail goes to an address confirmed as secure (STF-R128)."""
    channel = getattr(moment.event.data, "channel", None) or getattr(moment.event.data, "mode", None)
    secure = getattr(moment.event.data, "secure", None)
    return "a secure address" if channel == Channel.EMAIL.value and not secure else None


@named.condition()
def not_posted(moment: Moment) -> str | None:
    """The report was not posted to the family (STF-R40)."""
    posted = getattr(moment.event.data, "mode", None) == Channel.POST.value
    return "another way than the post" if posted else None


@named.condition()
def minutes_were_requested_changed(moment: Moment) -> str | None:
    """Somebody asked for the minutes to be amended."""
    asked = moment.meeting is not None and moment.meeting.last("minutes_amendment_requested") is not None
    return None if asked else "a request to amend the minutes"
