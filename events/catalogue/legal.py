"""The child and the law: advice, proceedings, orders of a court, custody, and consent to accommodation."""

from enum import StrEnum

from events.catalogue.envelope import Data
from events.catalogue.parts import People, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Text

topic = Topic("legal")


@topic.event(
    "legal_gateway_held",
    clauses=["STF-R18", "STF-T56", "STF-R107"],
    example={
        "outcome": "public_law_outline",
        "threshold_met": True,
        "members": [{"role": "social_worker"}, {"role": "county_manager"}, {"role": "solicitor", "agency": "csc"}],
    },
)
class LegalGatewayHeld(Data):
    """A Legal Gateway meeting decided on legal intervention. `threshold_met`: it found grounds for proceedings."""

    outcome: Code | None = None
    threshold_met: bool | None = None
    members: People | None = None
    reasons: Text | None = None


@topic.event(
    "legal_advice_given",
    clauses=["STK-R44", "STF-R18"],
    example={"at_review": False, "grounds_met": False, "by": {"role": "solicitor", "agency": "csc"}},
)
class LegalAdviceGiven(Data):
    """Legal advice was given. Advice given at a review on an ending for non-co-operation has a type of its own."""

    at_review: bool | None = None
    grounds_met: bool | None = None
    by: Person | None = None
    advice: Text | None = None


@topic.event("plo_started", clauses=["STF-T56", "STF-R107", "STF-R117"], example={"reason": "Letter before issue."})
class PloStarted(Data):
    """The authority began to work with the family under the Public Law Outline."""

    reason: Text | None = None
    authority: Code | None = None


@topic.event("plo_ended", clauses=["STF-T56", "STF-R107", "STF-R117"], example={"reason": "The risk has fallen."})
class PloEnded(Data):
    """The work under the Public Law Outline ended."""

    reason: Text | None = None


@topic.event("proceedings_issued", clauses=["STF-T56", "STF-R107", "STF-R24"], example={"kind": "care"})
class ProceedingsIssued(Data):
    """Proceedings about the child's care were issued."""

    kind: Code | None = None
    reason: Text | None = None


@topic.event("proceedings_concluded", clauses=["STF-R24"], example={"outcome": "No order was made."})
class ProceedingsConcluded(Data):
    """Proceedings about the child's care ended."""

    outcome: Text | None = None


@topic.event(
    "private_law_proceedings_recorded",
    clauses=["STF-R100", "STF-R117"],
    example={"kind": "child_arrangements"},
)
class PrivateLawProceedingsRecorded(Data):
    """The family is in private law proceedings about the child."""

    kind: Code | None = None
    parties: People | None = None


@topic.event("private_law_proceedings_ended", clauses=["STF-R117"], example={"outcome": "Withdrawn."})
class PrivateLawProceedingsEnded(Data):
    """Private law proceedings about the child ended."""

    outcome: Text | None = None


@topic.event(
    "child_arrangements_order_made",
    clauses=["STF-R75"],
    example={"to_whom": {"name": "Grandparent 1", "role": "carer"}, "lives_there": True},
)
class ChildArrangementsOrderMade(Data):
    """A court said with whom the child is to live.

    `lives_there`: the child lives there now, and no longer in the household in which the concerns arose.
    """

    to_whom: Person | None = None
    lives_there: bool | None = None


class Lasting(Data):
    """Something that holds from one day, at the latest the day of the event, until another if one is known."""

    from_on: Day | None = None
    until_on: Day | None = None


@topic.event(
    "statutory_order_recorded",
    clauses=["STF-R102"],
    example={"kind": "care_order", "holder": "stoke-on-trent", "from_on": "2025-03-03"},
)
class StatutoryOrderRecorded(Lasting):
    """The child is subject to a statutory order. `holder`: the authority in whose favour it was made."""

    kind: Code | None = None
    holder: Code | None = None


@topic.event("statutory_order_ended", clauses=["STF-R102"], example={"kind": "care_order"})
class StatutoryOrderEnded(Data):
    """A statutory order ended: of the `kind` named, or all there are."""

    kind: Code | None = None
    reason: Text | None = None


class Custody(StrEnum):
    """Why a child is held."""

    REMAND = "remand"
    SENTENCE = "sentence"


@topic.event(
    "custody_recorded",
    clauses=["STF-R104"],
    example={"kind": "remand", "holder": "youth_custody_service", "from_on": "2025-03-03"},
)
class CustodyRecorded(Lasting):
    """The child was remanded into custody, or received a custodial sentence."""

    kind: Custody | None = None
    holder: Code | None = None


@topic.event("custody_ended", clauses=["STF-R104"], example={"reason": "Released on bail."})
class CustodyEnded(Data):
    """The child is no longer in custody."""

    reason: Text | None = None


class InterimCareOrder(Data):
    """What holds under an interim care order. What is left out stays as it was."""

    placed_away: bool | None = None
    supervised_contact: bool | None = None
    with_parent: bool | None = None
    assessments_ongoing: bool | None = None


@topic.event(
    "interim_care_order_granted",
    clauses=["STF-T41", "STF-R97", "STK-T24", "STK-R33", "STK-R34", "STK-R35"],
    example={"placed_away": True, "supervised_contact": True, "assessments_ongoing": False},
)
class InterimCareOrderGranted(InterimCareOrder):
    """A court made an interim care order: from that day the child is looked after."""


@topic.event(
    "interim_care_order_varied",
    clauses=["STK-R34", "STK-R35"],
    example={"supervised_contact": False},
)
class InterimCareOrderVaried(InterimCareOrder):
    """What holds under an interim care order changed."""


@topic.event(
    "interim_care_order_ended",
    clauses=["STK-T24", "E-48"],
    example={"reason": "The court discharged it."},
)
class InterimCareOrderEnded(Data):
    """An interim care order ended."""

    reason: Text | None = None


@topic.event(
    "section_twenty_consent_given",
    clauses=["STF-R94", "STF-R97"],
    example={"informed": True, "by": {"name": "Parent 1", "role": "mother"}},
)
class SectionTwentyConsentGiven(Data):
    """Somebody with parental responsibility agreed to accommodation under section 20 of the Children Act 1989."""

    informed: bool | None = None
    by: Person | None = None


@topic.event(
    "section_twenty_consent_withdrawn",
    clauses=["STF-R94"],
    example={"by": {"name": "Parent 1", "role": "mother"}},
)
class SectionTwentyConsentWithdrawn(Data):
    """The agreement to accommodation was taken back. Whether the child is still looked after is told apart."""

    by: Person | None = None
    reason: Text | None = None
