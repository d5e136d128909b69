"""Asking for an initial conference, notifying it, and taking the request back."""

from events.catalogue.envelope import Data, Kind
from events.catalogue.parts import Categories, Invitees, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Text

topic = Topic("requests")


@topic.event(
    "initial_conference_requested",
    clauses=["STF-T01", "STF-R12", "STF-R26"],
    example={
        "occurred_at": "2025-03-03T09:30:00+00:00",
        "meeting": "ICPC-1",
        "requested_by": "csc",
        "category_concern": "neglect",
    },
    opens_case=True,
)
class InitialConferenceRequested(Data):
    """It was decided to ask for an initial conference. When it was decided starts the 24 hours of the form."""

    requested_by: Code | None = None
    urgency: Text | None = None
    category_concern: Categories | None = None
    reasons: Text | None = None


@topic.event(
    "icpc_notification_form_completed",
    clauses=["STF-T01", "STF-R01"],
    example={
        "occurred_at": "2025-03-03T15:00:00+00:00",
        "meeting": "ICPC-1",
        "family_details": True,
        "invitees": [{"role": "midwife", "agency": "health"}],
    },
)
class IcpcNotificationFormCompleted(Data):
    """The notification form for the conference was completed. `family_details`: it confirms them."""

    family_details: bool | None = None
    invitees: Invitees | None = None
    completed_by: Person | None = None


@topic.event(
    "initial_conference_request_withdrawn",
    kind=Kind.DECISION,
    clauses=["STF-R26"],
    example={"meeting": "ICPC-1", "by_role": "social_worker", "by": {"name": "Worker 1"}, "reason": "Moved away."},
)
class InitialConferenceRequestWithdrawn(Data):
    """The request for an initial conference was taken back. The chair cannot do that."""

    by_role: Code | None = None
    by: Person | None = None
    reason: Text | None = None
