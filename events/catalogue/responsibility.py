"""Who holds a case that moves, and what is said and written of it once it has been decided."""

from events.catalogue.envelope import Kind
from events.catalogue.moves import OfAMove, Recipients, Whoever
from events.catalogue.parts import Channel
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Text

topic = Topic("transfers")


@topic.event(
    "case_responsibility_transferred",
    kind=Kind.DECISION,
    clauses=["STF-R112", "STF-T52", "STF-T56", "STF-R118", "E-58"],
    example={"from_authority": "stoke-on-trent", "to_authority": "staffordshire", "effective_on": "2025-05-12"},
)
class CaseResponsibilityTransferred(OfAMove):
    """Responsibility for the case passed to the receiving authority, on the day named or else of the event."""

    from_authority: Code | None = None
    to_authority: Code | None = None
    effective_on: Day | None = None


@topic.event(
    "receiving_authority_decision_reported",
    clauses=["STK-R28", "STF-T58", "E-58", "E-70"],
    example={"held": True, "decided": True, "decided_on": "2025-05-12", "stays_on_plan": True},
)
class ReceivingAuthorityDecisionReported(OfAMove):
    """What the receiving authority's conference came to. `decided_on`: if that is another day than that of the event.

    `held`: the conference was held; `decided`: it reached a decision; `stays_on_plan`: the child is on a plan there.
    """

    held: bool | None = None
    decided: bool | None = None
    decided_on: Day | None = None
    stays_on_plan: bool | None = None
    by: Whoever | None = None


@topic.event(
    "receiving_authority_confirmed_responsibility",
    clauses=["SEF-R02", "E-58", "E-68"],
    example={"written": True, "document": "LETTER-7", "effective_on": "2025-05-12"},
)
class ReceivingAuthorityConfirmedResponsibility(OfAMove):
    """The receiving authority confirmed that it is responsible. `effective_on`: from which day."""

    written: bool | None = None
    document: Code | None = None
    authority: Code | None = None
    effective_on: Day | None = None


@topic.event(
    "originating_plan_ended",
    clauses=["STF-T53", "STF-R113", "N25"],
    example={"authority": "stoke-on-trent", "agencies_notified": True},
)
class OriginatingPlanEnded(OfAMove):
    """The originating authority ended its plan after the conference."""

    authority: Code | None = None
    agencies_notified: bool | None = None


@topic.event(
    "transfer_outcome_obtained",
    clauses=["STF-T58", "STF-R120"],
    example={"outcome": "subject", "by": {"role": "specialist_safeguarding_manager"}},
)
class TransferOutcomeObtained(OfAMove):
    """The outcome of the conference in the other area was asked for and is known."""

    outcome: Text | None = None
    by: Whoever | None = None


@topic.event(
    "outbound_transfer_letters_sent",
    clauses=["STF-T58", "STF-R120", "N13"],
    example={"to": ["receiving_authority", "health", "police"], "channel": "secure_email", "secure": True},
)
class OutboundTransferLettersSent(OfAMove):
    """The letters after a conference elsewhere went to the other authority, health and the police."""

    to: Recipients | None = None
    channel: Channel | None = None
    secure: bool | None = None


@topic.event(
    "transfer_silence_noted",
    clauses=["E-70", "STF-R118"],
    example={"since_on": "2025-04-14", "by": {"role": "social_worker"}},
)
class TransferSilenceNoted(OfAMove):
    """The other authority has not answered. The originating authority stays responsible."""

    since_on: Day | None = None
    by: Whoever | None = None


@topic.event(
    "signposting_requested",
    clauses=["STF-R118"],
    example={"of": "stoke-on-trent", "services": "Speech therapy near the new school."},
)
class SignpostingRequested(OfAMove):
    """The other authority was asked which services in its area the child could be referred to."""

    of: Code | None = None
    services: Text | None = None
