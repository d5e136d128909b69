"""Reports to a conference: written, shared, withheld; and apologies."""

from enum import StrEnum

from pydantic import Field

from events.catalogue.envelope import Data
from events.catalogue.parts import People, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Text, ThirdPartyText

topic = Topic("reports")


@topic.event(
    "report_submitted",
    clauses=["STF-R08", "STF-R21", "STF-R30"],
    example={"meeting": "ICPC-1", "agency": "school", "report": "R-1", "worries": "Comes to school hungry."},
)
class ReportSubmitted(Data):
    """An agency handed in its report to the conference."""

    agency: Code
    report: Code | None = None
    author: Person | None = None
    kind: Code | None = None
    worries: Text | None = None
    positives: Text | None = None
    changes: Text | None = None
    chronology: Text | None = None
    impact: Text | None = None
    recommendation: Text | None = None
    on_template: bool | None = None


class Mode(StrEnum):
    """How a report reached the one it was shared with."""

    FACE_TO_FACE = "face_to_face"
    HANDED = "handed"
    EMAIL = "email"
    POST = "post"
    SECURE_EMAIL = "secure_email"


class SharedWith(StrEnum):
    """With whom a report was shared: the family (parents, carers, child), the chair, or other agencies."""

    FAMILY = "family"
    CHAIR = "chair"
    AGENCIES = "agencies"


@topic.event(
    "report_shared",
    clauses=["STF-T07", "STF-T08", "STF-T09", "STF-T10", "STF-R40", "E-62"],
    example={
        "meeting": "ICPC-1",
        "agency": "csc",
        "shared_with": "family",
        "mode": "face_to_face",
        "explained": True,
        "recipients": [{"name": "Parent 1"}],
    },
)
class ReportShared(Data):
    """An agency's report was shared with the family, the chair or others. One event for each."""

    agency: Code
    shared_with: SharedWith | None = None
    recipients: People | None = None
    mode: Mode | None = None
    language: Text | None = None
    report_id: Code | None = None
    explained: bool | None = Field(default=None, description="Gone through in person.")
    with_child: bool | None = Field(default=None, description="The child was among the recipients.")


@topic.event(
    "report_non_sharing_requested",
    clauses=["STF-T11", "STF-T12"],
    example={
        "occurred_at": "2025-03-19T10:00:00+00:00",
        "meeting": "ICPC-1",
        "agency": "police",
        "to": {"name": "Chair 1"},
        "reason": "A criminal investigation is running.",
    },
)
class ReportNonSharingRequested(Data):
    """An agency telephoned the chair and asked that its report not be shared with somebody."""

    agency: Code
    to: Person | None = None
    reason: ThirdPartyText | None = None


class NonSharingPartner(StrEnum):
    """With whom an agency agreed that its report is not shared."""

    CHAIR = "chair"
    POLICE = "police"


@topic.event(
    "report_non_sharing_agreed",
    clauses=["STF-T09", "STF-R41"],
    example={"meeting": "ICPC-1", "agency": "police", "agreed_with": ["chair"], "reason": "Privileged."},
)
class ReportNonSharingAgreed(Data):
    """It was agreed with chair or police that an agency's report is not shared."""

    agency: Code
    agreed_with: tuple[NonSharingPartner, ...] | None = Field(default=None, min_length=1, max_length=2)
    reason: ThirdPartyText | None = None
    withheld_from: People | None = None


@topic.event(
    "apologies_recorded",
    clauses=["STF-R08"],
    example={"meeting": "ICPC-1", "person": {"name": "Nurse 1"}, "agency": "health", "written_report": True},
)
class ApologiesRecorded(Data):
    """Somebody invited sent apologies."""

    person: Person | None = None
    agency: Code | None = None
    written_report: bool | None = None
    reason: Text | None = None
