"""Ending a plan because parents will not work with it: what is evidenced before, and what is owed after (Stockport)."""

from typing import Self

from pydantic import model_validator

from events.catalogue.envelope import Closed, Data
from events.catalogue.parts import Channel, Codes, People, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Text, ThirdPartyText

topic = Topic("non_cooperation")
SERVICE_DIRECTOR, HEAD_OF_SERVICE = "Service Director, Social Care and Health", "Head of Service"
"""The senior managers who are sent the minutes, by the document's own titles (STK-R52)."""


@topic.event(
    "non_cooperation_ending_proposed",
    clauses=["STK-T19", "STK-T20", "STK-T21", "STK-R42", "E-56"],
    example={"meeting": "CPRC-2", "parents": [{"name": "Parent 1", "role": "mother"}], "by": {"role": "team_manager"}},
)
class NonCooperationEndingProposed(Data):
    """It was decided to consider ending the plan for non-co-operation.

    `parents`: each relevant parent or carer, to whom the warning letter has to be delivered. Left out, these are the
    parents known to have parental responsibility, and whoever the letter is addressed to.
    """

    review_planned: Day | None = None
    by: Person | None = None
    parents: People | None = None
    reasons: Text | None = None


@topic.event(
    "legal_powers_considered",
    clauses=["STK-R43"],
    example={"by": {"role": "team_manager"}, "outcome": "The threshold is not thought to be met."},
)
class LegalPowersConsidered(Data):
    """Seeking legal powers to protect the child was considered."""

    by: Person | None = None
    outcome: Text | None = None


@topic.event(
    "legal_advice_given_at_review",
    clauses=["STK-R44", "STK-T20"],
    example={"meeting": "CPRC-2", "grounds_met": False, "adviser": {"role": "solicitor", "agency": "csc"}},
)
class LegalAdviceGivenAtReview(Data):
    """Legal advice was given at the review on whether the grounds for legal proceedings are met."""

    grounds_met: bool | None = None
    advice: Text | None = None
    adviser: Person | None = None


@topic.event(
    "cooperation_avenues_explored",
    clauses=["STK-R45"],
    example={"agency": "health", "steps": "Home visits offered at other times; letters in the family's language."},
)
class CooperationAvenuesExplored(Data):
    """An agency, or several together, explored every avenue for gaining the parents' co-operation."""

    agency: Code | None = None
    agencies: Codes | None = None
    steps: Text | None = None

    @model_validator(mode="after")
    def _says_whose(self) -> Self:
        if self.agency is None and not self.agencies:
            raise ValueError("say which agency, or which agencies, explored them")
        return self


@topic.event(
    "child_seen_and_views_obtained",
    clauses=["STK-R46", "STK-T21"],
    example={"views": "Wants the visits to go on.", "by": {"name": "Worker 1"}},
)
class ChildSeenAndViewsObtained(Data):
    """The child was seen before the review, and said what they think, where that is appropriate."""

    views: Text | None = None
    not_appropriate_reason: Text | None = None
    by: Person | None = None


class Letter(Data):
    """A letter delivered to parents or carers, with their signature for it or why there is none."""

    to: Person | People
    channel: Channel | None = None
    signed: bool | None = None
    unsigned_reason: ThirdPartyText | None = None
    on_file: bool | None = None


@topic.event(
    "non_cooperation_warning_letter_delivered",
    clauses=["STK-T19", "STK-R47", "E-56"],
    example={"to": {"name": "Parent 1", "role": "mother"}, "channel": "handed", "signed": True, "on_file": True},
)
class NonCooperationWarningLetterDelivered(Letter):
    """The letter that the plan may be ended was delivered, on the day of the event. A letter only sent is not."""


@topic.event(
    "risk_management_belief_recorded",
    clauses=["STK-R42", "STK-R48"],
    example={"reasons": "The grandparents and the school keep watch as they did under the plan."},
)
class RiskManagementBeliefRecorded(Data):
    """Why it is reasonable to believe that risk is as likely to be managed outside the formal system."""

    reasons: Text
    by: Person | None = None


@topic.event(
    "non_cooperation_ending_withdrawn",
    clauses=["STK-T19", "E-56"],
    example={"reason": "The parents let the worker in again."},
)
class NonCooperationEndingWithdrawn(Data):
    """Ending the plan for non-co-operation is no longer considered. Another attempt needs another letter."""

    reason: Text | None = None


@topic.event(
    "legal_advice_minuted",
    clauses=["STK-R49"],
    example={
        "meeting": "CPRC-2",
        "advice": "The grounds are not met.",
        "no_proceedings_decision": True,
        "reasons": "No significant harm that is attributable to care.",
    },
)
class LegalAdviceMinuted(Data):
    """The minutes hold the legal advice, any decision not to start proceedings, and the reasons for it."""

    advice: Text | None = None
    no_proceedings_decision: bool | None = None
    reasons: Text | None = None


@topic.event(
    "safety_plan_drawn_up",
    clauses=["STK-T22", "STK-R50"],
    example={
        "support": "Family centre on Tuesdays.",
        "unmet_need": "None known.",
        "monitoring": "The school reports every absence to social care.",
        "triggers": "Two absences in a week; the partner's return.",
        "agencies": ["csc", "school", "health"],
    },
)
class SafetyPlanDrawnUp(Data):
    """The agencies drew up a safety plan for a child whose plan ended through non-co-operation."""

    support: Text | None = None
    unmet_need: Text | None = None
    monitoring: Text | None = None
    triggers: Text | None = None
    agencies: Codes | None = None


@topic.event(
    "non_cooperation_decision_letter_delivered",
    clauses=["STK-T22", "STK-R51", "N04"],
    example={
        "to": [{"name": "Parent 1", "role": "mother"}],
        "by": [{"name": "Worker 1", "role": "social_worker"}, {"name": "Manager 1", "role": "team_manager"}],
        "decision": "The plan has ended.",
        "reasons": "The plan could not protect the child.",
        "expectations": "To take the child to school and to the doctor.",
        "support": "The family centre stays open to them.",
        "safety_plan": True,
        "signed": True,
        "on_file": True,
    },
)
class NonCooperationDecisionLetterDelivered(Letter):
    """Social worker and team manager delivered the letter on the decision, and with it the safety plan."""

    by: Person | People
    decision: Text | None = None
    reasons: Text | None = None
    expectations: Text | None = None
    support: Text | None = None
    safety_plan: bool | None = None


@topic.event(
    "minutes_sent_to_senior_managers",
    clauses=["STK-T23", "STK-R52", "N05"],
    example={"meeting": "CPRC-2", "service_director_at": "2025-12-15", "head_of_service_at": "2025-12-15"},
)
class MinutesSentToSeniorManagers(Data):
    """The minutes went to the Service Director and the Head of Service. To one only: leave the other's day out."""

    service_director_at: Day | None = None
    head_of_service_at: Day | None = None
    by: Person | None = None

    @property
    def recipients(self) -> tuple[str, ...]:
        """Those whom it names, by their titles; both where it names neither."""
        sent = ((SERVICE_DIRECTOR, self.service_director_at), (HEAD_OF_SERVICE, self.head_of_service_at))
        return tuple(title for title, on in sent if on is not None) or (SERVICE_DIRECTOR, HEAD_OF_SERVICE)


def people(stated: Person | People | None) -> tuple[Person, ...]:
    """One person or several, as several."""
    if stated is None:
        return ()
    return (stated,) if isinstance(stated, Closed) else stated
