"""What Planclock itself says: that a duty fell due or was missed, and that a decision was refused."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AwareDatetime

from events.catalogue.envelope import Closed, Data, Kind
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Redacted, Text, ThirdParty

topic = Topic("announcements")


class Said(StrEnum):
    """What is said of a duty. `late_when_known`: already past when its start became known (E-80)."""

    DUE = "due"
    MISSED = "missed"
    LATE_WHEN_KNOWN = "late_when_known"
    CHASED = "chased"


@topic.event(
    "duty_announced",
    kind=Kind.ANNOUNCEMENT,
    clauses=["E-60", "E-80", "E-81"],
    example={"duty": "STF-T21:2f1c", "rule": "STF-T21", "said": "missed", "due_on": "2025-03-17"},
)
class DutyAnnounced(Data):
    """A duty fell due, or its date passed with nobody having met it. Carries the true due date."""

    duty: Code
    rule: Code
    said: Said
    due_on: date | None = None
    due_at: AwareDatetime | None = None


class Reason(Closed):
    """Why a decision was refused: the rule, its clause, a sentence to act on, and the evidence that is missing."""

    rule: Code
    cite: Text
    message: Text
    missing: tuple[Text, ...] = ()


@topic.event(
    "decision_refused",
    kind=Kind.ANNOUNCEMENT,
    clauses=["E-82"],
    example={
        "refused": "plan_ended",
        "item": {"type": "plan_ended", "data": {"ground": "no_longer_at_risk"}},
        "reasons": [{"rule": "STF-R74", "cite": "Discontinuing, L423", "message": "Not at the first review."}],
    },
)
class DecisionRefused(Data):
    """A decision taken in Planclock was refused, and why.

    `item` is the decision as it was told. It may name third parties anywhere, so the whole is sealed as theirs.
    """

    refused: Code
    item: Annotated[dict[str, Any] | Redacted, ThirdParty()]
    reasons: tuple[Reason, ...]
