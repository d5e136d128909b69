"""Proceedings, orders of a court, custody, and what they make of the child's being looked after."""

from dataclasses import replace

from events.case.care import Lasting, Since
from events.case.story import Story
from events.case.telling import Telling
from events.case.tellings.looked_after import end_looked_after
from events.catalogue.envelope import Data, Event
from events.catalogue.legal import (
    ChildArrangementsOrderMade,
    CustodyRecorded,
    InterimCareOrder,
    LegalGatewayHeld,
    PloStarted,
    PrivateLawProceedingsRecorded,
    ProceedingsIssued,
    SectionTwentyConsentGiven,
    StatutoryOrderEnded,
    StatutoryOrderRecorded,
)

telling = Telling()


@telling.on("legal_gateway_held")
def gateway(data: LegalGatewayHeld, event: Event, story: Story) -> None:
    """What the last Legal Gateway found stands until another meets."""
    known = {"outcome": data.outcome, "threshold_met": data.threshold_met}
    story.law.gateway = Since(event.day, event, known)


@telling.on("plo_started")
def outline_began(data: PloStarted, event: Event, story: Story) -> None:
    """The Public Law Outline began; a second start changes nothing."""
    story.law.outline = story.law.outline or Since(event.day, event, {"authority": data.authority})


@telling.on("plo_ended")
def outline_ended(_: Data, __: Event, story: Story) -> None:
    """The Public Law Outline ended."""
    story.law.outline = None


@telling.on("proceedings_issued")
def issued(data: ProceedingsIssued, event: Event, story: Story) -> None:
    """Care proceedings are running."""
    story.law.proceedings = story.law.proceedings or Since(event.day, event, {"kind": data.kind})


@telling.on("proceedings_concluded")
def concluded(_: Data, __: Event, story: Story) -> None:
    """Care proceedings ended."""
    story.law.proceedings = None


@telling.on("private_law_proceedings_recorded")
def private(data: PrivateLawProceedingsRecorded, event: Event, story: Story) -> None:
    """The family is in private law proceedings."""
    story.law.private = story.law.private or Since(event.day, event, {"kind": data.kind})


@telling.on("private_law_proceedings_ended")
def private_over(_: Data, __: Event, story: Story) -> None:
    """Private law proceedings ended."""
    story.law.private = None


@telling.on("child_arrangements_order_made")
def to_another_carer(data: ChildArrangementsOrderMade, event: Event, story: Story) -> None:
    """The child who lives with another carer has left the household of concern (STF-R75)."""
    if data.lives_there:
        story.child.left_concern_household = event.day


@telling.on("statutory_order_recorded")
def order_made(data: StatutoryOrderRecorded, event: Event, story: Story) -> None:
    """One order more."""
    from_on = data.from_on or event.day
    story.law.orders.append(Lasting(data.kind, data.holder, from_on, data.until_on))


@telling.on("statutory_order_ended")
def order_over(data: StatutoryOrderEnded, event: Event, story: Story) -> None:
    """The order of that kind no longer holds, or none does."""
    story.law.orders = [
        _ended(each, event) if data.kind in {None, each.kind} and each.holds_on(event.day) else each
        for each in story.law.orders
    ]


@telling.on("custody_recorded")
def held(data: CustodyRecorded, event: Event, story: Story) -> None:
    """The child is in custody."""
    kind = data.kind.value if data.kind is not None else None
    story.law.custody.append(Lasting(kind, data.holder, data.from_on or event.day, data.until_on))


@telling.on("custody_ended")
def released(_: Data, event: Event, story: Story) -> None:
    """The child is no longer in custody."""
    story.law.custody = [_ended(each, event) if each.holds_on(event.day) else each for each in story.law.custody]


def _ended(each: Lasting, event: Event) -> Lasting:
    return replace(each, until_on=event.day)


@telling.on("interim_care_order_granted", "interim_care_order_varied")
def ordered(data: InterimCareOrder, event: Event, story: Story) -> None:
    """What holds under the order; what is left out stays. Under one the child is looked after."""
    care = story.care
    if event.type == "interim_care_order_varied" and care.order is None:
        return
    before = care.order.known if care.order is not None else {}
    known = {**before, **data.model_dump(exclude_none=True)}
    since = care.order or Since(event.day, event)
    care.order = replace(since, known=known)
    if care.looked_after is None:
        care.looked_after, care.began = Since(event.day, event, {"basis": "ico"}), event


@telling.on("interim_care_order_ended")
def order_ended(_: Data, event: Event, story: Story) -> None:
    """Looked after only because of the order, and under no other: so no longer. What was told of itself stands."""
    care = story.care
    care.order = None
    implied = care.looked_after is not None and care.looked_after.by.type == "interim_care_order_granted"
    otherwise = care.section_twenty is not None or any(each.holds_on(event.day) for each in story.law.orders)
    if implied and not otherwise:
        end_looked_after(event, story)


@telling.on("section_twenty_consent_given")
def agreed(data: SectionTwentyConsentGiven, event: Event, story: Story) -> None:
    """Accommodation is agreed to; whether the child is looked after is told apart."""
    story.care.section_twenty = Since(event.day, event, {"informed": data.informed})


@telling.on("section_twenty_consent_withdrawn")
def taken_back(_: Data, __: Event, story: Story) -> None:
    """The agreement no longer holds."""
    story.care.section_twenty = None
