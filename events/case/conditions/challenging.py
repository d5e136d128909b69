"""Whether those who think a decision unsafe went the way there is for it (Sefton)."""

from events.case.moment import Moment
from events.case.naming import Named
from events.catalogue.challenges import AdviceSought, RepresentationMadeToChair
from events.catalogue.disputes import PractitionerConcernRaised
from events.catalogue.envelope import Event
from events.catalogue.views import DissentRecorded

named = Named()


def _of_the_same_concern(moment: Moment, type_: str) -> list[Event]:
    """What was told of the concern in hand; what names none may be about any."""
    concern = getattr(moment.event.data, "concern", None)
    told = moment.story.facts.get(type_, ())
    return [each for each in told if concern is None or getattr(each.data, "concern", None) in {None, concern}]


@named.condition()
def about_a_conferences_decision(moment: Moment) -> str | None:
    """The concern is about what a conference decided, or nobody said what else it is about (SEF-R12)."""
    data = moment.event.data
    about = (data.about or "").lower() if isinstance(data, PractitionerConcernRaised) else ""
    return None if not about or "conference" in about or "decision" in about else "a conference's decision"


@named.condition()
def advice_was_taken(moment: Moment) -> str | None:
    """A named, designated or lead professional, or a manager, was asked before it went further (SEF-R12)."""
    told = (each.data for each in _of_the_same_concern(moment, "advice_sought"))
    return None if any(isinstance(each, AdviceSought) for each in told) else "the advice that was taken"


@named.condition()
def the_chair_heard_and_read_it(moment: Moment) -> str | None:
    """Practitioner and manager made their representation to the chair, in person and in writing (SEF-R13)."""
    told = [each.data for each in _of_the_same_concern(moment, "representation_made_to_chair")]
    made = [each for each in told if isinstance(each, RepresentationMadeToChair)]
    ways = {"verbal": any(each.verbal for each in made), "written": any(each.written for each in made)}
    wanting = [name for name, done in ways.items() if not done]
    return f"the {' and the '.join(wanting)} representation to the chair" if wanting else None


@named.condition()
def dissents_are_in_the_minutes(moment: Moment) -> str | None:
    """No agency's dissent was left out of the minutes (SEF-R11)."""
    told = moment.meeting.of("dissent_recorded") if moment.meeting is not None else ()
    left_out = sum(isinstance(each.data, DissentRecorded) and each.data.in_minutes is False for each in told)
    return f"the dissent of {left_out} agencies in the minutes" if left_out else None
