"""Papers: whether minutes may be signed and sent, how reports reached the family, and what they say."""

from events.case.addressing import people_in, recipient_of
from events.case.agencies import agency, is_social_care, role
from events.case.conditions.deciding import FOR_A_PLAN, agency_views
from events.case.moment import Moment
from events.case.naming import Named
from events.case.sharing import family_of
from events.case.story import Meeting
from events.catalogue.parts import Channel
from events.catalogue.records import RestrictedSectionMarked
from events.catalogue.reports import ReportShared, SharedWith
from events.catalogue.views import DissentRecorded

named = Named()


@named.condition()
def by_social_care(moment: Moment) -> str | None:
    """The agency named is the authority's own children's social care."""
    name = getattr(moment.event.data, "agency", None)
    return None if name and is_social_care(name) else "children's social care"


@named.condition()
def by_another_agency(moment: Moment) -> str | None:
    """The agency named is not children's social care."""
    return None if by_social_care(moment) is not None else "an agency other than children's social care"


@named.condition()
def shared_with_the_family(moment: Moment) -> str | None:
    """The report went to the family, or nobody said to whom."""
    data = moment.event.data
    elsewhere = isinstance(data, ReportShared) and data.shared_with not in {None, SharedWith.FAMILY}
    return "the family among those it was shared with" if elsewhere else None


@named.condition()
def shared_with_the_chair(moment: Moment) -> str | None:
    """The report went to the chair: it says so, names a chair among the recipients, or says nothing of whom."""
    data = moment.event.data
    if not isinstance(data, ReportShared) or data.shared_with is SharedWith.CHAIR:
        return None
    named = [role(each.role) for each in data.recipients or () if each.role]
    among = any("chair" in each.split("_") for each in named)
    return (
        None
        if among or (data.shared_with is None and not data.recipients)
        else "the chair among those it was shared with"
    )


@named.condition()
def given_in_person(moment: Moment) -> str | None:
    """The report was not posted to the family, and was gone through with them (STF-R40)."""
    data = moment.event.data
    if not isinstance(data, ReportShared):
        return None
    if data.mode is not None and data.mode.value == Channel.POST.value:
        return "another way than the post"
    return "an explanation in person" if data.explained is False else None


@named.condition()
def in_a_language_of_the_family(moment: Moment) -> str | None:
    """The report is in a language that somebody of the family is known to prefer, as far as both are told (STF-R40)."""
    stated: str | None = getattr(moment.event.data, "language", None)
    preferred = {each.preferred_language.casefold() for each in family_of(moment.story) if each.preferred_language}
    elsewise = stated is not None and preferred and stated.casefold() not in preferred
    return "the report in the family's preferred language" if elsewise else None


@named.condition()
def on_the_agencys_template(moment: Moment) -> str | None:
    """The report follows the agency's template for conferences (STF-R30)."""
    return "the agency's template" if getattr(moment.event.data, "on_template", None) is False else None


@named.condition()
def ecomap_and_genogram_are_done(moment: Moment) -> str | None:
    """Both were drawn for this assessment (STF-R37)."""
    wanting = [name for name in ("ecomap", "genogram") if not getattr(moment.event.data, name, None)]
    return f"the {' and the '.join(wanting)}" if wanting else None


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
def exclusion_minutes_are_marked(moment: Moment) -> str | None:
    """Where somebody was excluded, the restricted part of the record is marked as confidential in bold (STF-R91)."""
    meeting = moment.meeting
    if meeting is None or meeting.last("participant_excluded") is None:
        return None
    marks = (each.data for each in meeting.of("restricted_section_marked"))
    marked = any(isinstance(each, RestrictedSectionMarked) and each.bold_confidential_mark for each in marks)
    return None if marked else "exclusion minutes marked as confidential in bold"


@named.condition()
def the_minute_taker_is_trained(moment: Moment) -> str | None:
    """Whoever took the minutes was trained to (STF-R130)."""
    return "a trained minute taker" if getattr(moment.event.data, "trained", None) is False else None


@named.condition()
def dissents_are_reasoned(moment: Moment) -> str | None:
    """Every agency that wanted the plan to go on where it ended is minuted with its reasons (STF-R68)."""
    meeting = moment.meeting
    if meeting is None:
        return None
    reasons = _reasons_of_dissent(meeting)
    unreasoned = [name for name, reason in reasons.items() if not reason]
    ended = meeting.last("plan_ended") is not None
    outvoted = {name.split("/")[0] for name, view in agency_views(moment).items() if ended and view in FOR_A_PLAN}
    wanting = len(unreasoned) + len(outvoted - reasons.keys())
    return f"the reasons of {wanting} agencies that disagreed" if wanting else None


def _reasons_of_dissent(meeting: Meeting) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for event in meeting.of("dissent_recorded"):
        if isinstance(event.data, DissentRecorded):
            name = agency(event.data.agency)
            found[name] = event.data.reason or found.get(name)
    return found


@named.condition()
def the_chairs_concerns_are_in_the_summary(moment: Moment) -> str | None:
    """Where the chair disagreed with the decision, the summary of the minutes says so (STF-R57)."""
    told = moment.meeting.last("chair_disagreement_recorded") if moment.meeting is not None else None
    silent = told is not None and not getattr(told.data, "in_summary", None)
    return "the chair's concerns in the summary of the minutes" if silent else None


@named.condition()
def raised_during_the_conference(moment: Moment) -> str | None:
    """Disagreement was voiced while the conference sat, not afterwards (STF-T61)."""
    held_on = moment.meeting.held_on if moment.meeting is not None else None
    late = held_on is not None and moment.event.day > held_on
    return "the concern, raised before the conference closed" if late else None


@named.condition()
def channel_is_secure(moment: Moment) -> str | None:
    """What goes by e-mail goes to an address said to be secure, or confirmed so in the directory (STF-R128)."""
    channel = getattr(moment.event.data, "channel", None) or getattr(moment.event.data, "mode", None)
    stated: bool | None = getattr(moment.event.data, "secure", None)
    secure = _all_have_a_secure_address(moment) if stated is None else stated
    return "a secure address" if channel == Channel.EMAIL.value and not secure else None


def _all_have_a_secure_address(moment: Moment) -> bool:
    directory, day, team = moment.story.directory, moment.event.day, moment.story.allocation.team
    named = [each if isinstance(each, str) else recipient_of(each) for each in people_in(moment.event)]
    known = [directory.recipient(each, day, team) for each in named if each is not None]
    return len(known) == len(named) > 0 and all(each.address is not None for each in known)


@named.condition()
def not_about_a_conferences_outcome(moment: Moment) -> str | None:
    """The escalation is not about what a conference decided, which has a process of its own (STF-R125)."""
    about = (getattr(moment.event.data, "about", None) or "").lower()
    outcome = "conference" in about and ("outcome" in about or "decision" in about)
    return "the process for disputes about a conference's outcome" if outcome else None


@named.condition("non_sharing_notice_working_days")
def asked_for_in_time(moment: Moment) -> str | None:
    """The agency rang the chair so many working days before the conference (STF-T11)."""
    day = moment.meeting.day if moment.meeting is not None else None
    if day is None:
        return None
    last, _ = moment.calendar.count(day, -moment.figure("non_sharing_notice_working_days"))
    return f"a call to the chair by {last.isoformat()}" if moment.event.day > last else None


@named.condition()
def not_asked_on_the_day(moment: Moment) -> str | None:
    """The call was not left to the day of the conference (STF-T12)."""
    day = moment.meeting.day if moment.meeting is not None else None
    return "a call before the day of the conference" if day is not None and moment.event.day >= day else None
