"""Notices to those who must be told: asked for, sent, delivered, acknowledged, or not to be delivered (E-84).

`register_id` says which notice: the clause that requires it, its number in the register of requirements (N07), or the
key of one notice, which stands for one recipient and, where there is one, one meeting. Who is left out of `to` was
not named: everybody whom that notice concerns was meant. When it happened is when the event occurred.
"""

from typing import Self

from pydantic import Field, model_validator

from events.catalogue.envelope import Closed, Data
from events.catalogue.parts import Channel, People, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Text, ThirdPartyText

topic = Topic("notices")

REDACTED = "It is the redacted version, for somebody who was excluded from a part of the meeting (STF-R55)."


class Document(Closed):
    """What was sent, which another system keeps: its reference there, version, digest, and who holds it."""

    reference: Code | None = None
    version: Code | None = None
    hash: Code | None = None
    holder: Code | None = None

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if self.reference is None and self.hash is None:
            raise ValueError("say which document: its reference or its hash")
        return self


class Notification(Data):
    """Which notice, and to whom."""

    register_id: Code
    to: People | None = None


@topic.event(
    "notification_requested",
    clauses=["E-54", "E-84", "STF-R128"],
    example={"register_id": "N07", "to": [{"agency": "health"}], "channel": "secure_email"},
)
class NotificationRequested(Notification):
    """Planclock was asked to hand a notice to the channel that delivers it. `secure`: to a confirmed address.

    `checked_by`: who looked at it first, where it is held for that because the child died (E-54).
    """

    channel: Channel | None = None
    secure: bool | None = None
    document: Document | None = None
    redacted: bool | None = Field(default=None, description=REDACTED)
    checked_by: Person | None = None


@topic.event(
    "notification_sent",
    clauses=["STF-T32", "STF-R92", "STF-R128", "N07", "E-84"],
    example={
        "register_id": "N07",
        "to": [{"agency": "health"}, {"agency": "education"}],
        "channel": "secure_email",
        "secure": True,
        "document": {"reference": "MIN-17", "version": "2", "holder": "case-system"},
    },
)
class NotificationSent(Notification):
    """A notice was handed to the channel that delivers it, N07 for instance."""

    channel: Channel | None = None
    secure: bool | None = None
    document: Document | None = None
    redacted: bool | None = Field(default=None, description=REDACTED)


@topic.event(
    "notification_delivered",
    clauses=["N03", "N04", "E-56"],
    example={
        "register_id": "N03",
        "to": [{"ref": "P1", "role": "mother"}],
        "channel": "handed",
        "signed": False,
        "unsigned_reason": "Would not open the door; left with the grandmother.",
    },
)
class NotificationDelivered(Notification):
    """A notice reached whom it was for, as a person or the recipient's own system confirmed. Sent is not delivered.

    `by`: who took it there, where a clause says who should; `safety_plan`: a copy of that plan was with it.
    """

    by: Person | People | None = None
    safety_plan: bool | None = None
    channel: Channel | None = None
    secure: bool | None = None
    signed: bool | None = None
    signed_by: Person | None = None
    unsigned_reason: ThirdPartyText | None = None
    document: Document | None = None


@topic.event(
    "notification_acknowledged",
    clauses=["N01", "N07"],
    example={"register_id": "N07", "to": [{"agency": "health"}], "by": {"role": "named_nurse", "agency": "health"}},
)
class NotificationAcknowledged(Notification):
    """Whom a notice was for said that it had come."""

    by: Person | None = None


@topic.event(
    "notification_failed",
    clauses=["N01", "N07"],
    example={"register_id": "N07", "to": [{"agency": "health"}], "channel": "post", "reason": "Returned to sender."},
)
class NotificationFailed(Notification):
    """A notice could not be delivered, and nobody is trying any more."""

    channel: Channel | None = None
    reason: Text | None = None


@topic.event(
    "address_restricted_from",
    clauses=["E-59", "E-61"],
    example={"people": [{"ref": "P2", "role": "father"}], "reason": "A court order forbids it.", "restricted": True},
)
class AddressRestrictedFrom(Data):
    """Where the child lives must not be told to these people, or with `restricted: false` may be told again."""

    people: People
    restricted: bool = True
    reason: ThirdPartyText | None = None
