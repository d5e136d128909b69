"""The transfer of a plan between two authorities: asked for, its papers, its conference."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from events.catalogue.envelope import Kind
from events.catalogue.moves import Directed, OfAMove, Whoever
from events.catalogue.parts import Channel, Invitees
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Text

topic = Topic("transfers")


class TransferDocument(StrEnum):
    """The six things that a request for a receiving-in conference comes with (Staffordshire, L495-500)."""

    CHRONOLOGY = "chronology"
    CONFERENCE_PAPERS = "conference_papers"
    PLAN = "plan"
    CORE_GROUP_MINUTES = "core_group_minutes"
    REGISTRATION_STATUS = "registration_status"
    COURT_STATUS = "court_status"


TransferDocuments = Annotated[tuple[TransferDocument, ...], Field(max_length=20)]
"""Any of the six."""


@topic.event(
    "receiving_in_conference_requested",
    clauses=["STF-R100", "STF-R117", "STF-R129", "E-25"],
    example={
        "direction": "in",
        "from_authority": "stoke-on-trent",
        "permanent": True,
        "secure_own_accommodation": True,
    },
    opens_case=True,
)
class ReceivingInConferenceRequested(Directed):
    """The originating authority asked for a receiving-in conference. Told with the basis `here`, it is asked first.

    `documents`: those of the six that came with the request.
    """

    from_authority: Code | None = None
    to_authority: Code | None = Field(
        default=None, description="By its code, as /v1/authorities lists it, where that authority is here as well."
    )
    permanent: bool | None = None
    secure_own_accommodation: bool | None = None
    documents: TransferDocuments | None = None
    by: Whoever | None = None
    passes_with: Code | None = Field(
        default=None,
        description="What responsibility passes with under the procedure of the authority the child leaves.",
    )


@topic.event(
    "receiving_in_conference_request_withdrawn",
    clauses=["STF-T47", "STF-T49"],
    example={"by": "stoke-on-trent", "reason": "The family went back."},
)
class ReceivingInConferenceRequestWithdrawn(OfAMove):
    """The originating authority took its request back."""

    by: Whoever | None = None
    reason: Text | None = None


@topic.event(
    "transfer_document_received",
    clauses=["STF-T47", "STF-T48", "STF-R100", "STF-R117", "E-27", "E-33", "E-41"],
    example={"document": "conference_papers", "latest_review_on": "2025-02-11"},
)
class TransferDocumentReceived(OfAMove):
    """One of the six things that a request comes with arrived; what is only advised counts as a paper too.

    `latest_review_on`: the last review that the conference papers show, if they show any (E-33).
    """

    document: TransferDocument
    latest_review_on: Day | None = None
    reference: Code | None = None


@topic.event(
    "transfer_bundle_incomplete",
    clauses=["STF-T48", "E-27"],
    example={"missing": ["core_group_minutes"]},
)
class TransferBundleIncomplete(OfAMove):
    """Some of the six were found to be missing, whatever had been thought."""

    missing: Annotated[tuple[TransferDocument, ...], Field(min_length=1, max_length=20)]
    by: Whoever | None = None


class ReviewOutcome(StrEnum):
    """Whether a request for a receiving-in conference is appropriate."""

    APPROPRIATE = "appropriate"
    NOT_APPROPRIATE = "not_appropriate"


@topic.event(
    "transfer_request_reviewed",
    clauses=["STF-T47", "STF-R101", "E-42"],
    example={"outcome": "appropriate", "by": {"role": "specialist_safeguarding_manager"}},
)
class TransferRequestReviewed(OfAMove):
    """The papers were reviewed, to establish whether the request is appropriate."""

    outcome: ReviewOutcome | None = None
    by: Whoever | None = None
    reasons: Text | None = None


class TransferDecided(OfAMove):
    """What the receiving authority decided of a request. `by`: in which post, by its own title (E-42)."""

    by: Whoever | None = None
    reasons: Text | None = None


@topic.event(
    "receiving_in_conference_agreed",
    kind=Kind.DECISION,
    clauses=[
        *("STF-T49", "STF-R70", "STF-R101", "STF-R102", "STF-R103", "STF-R104", "STF-R105", "STF-R106", "STF-R107"),
        *("E-26", "E-42"),
    ],
    example={"by": {"role": "specialist_safeguarding_development_manager"}},
)
class ReceivingInConferenceAgreed(TransferDecided):
    """It was decided to convene a receiving-in conference: from this day its 15 working days run."""


@topic.event(
    "receiving_in_conference_declined",
    kind=Kind.DECISION,
    clauses=["STF-R70", "STF-R101", "E-42", "E-70"],
    example={"by": {"role": "specialist_safeguarding_development_manager"}, "reasons": "The family goes back in May."},
)
class ReceivingInConferenceDeclined(TransferDecided):
    """It was decided not to convene a receiving-in conference. The originating authority stays responsible."""


class Exclusion(StrEnum):
    """Why responsibility does not transfer (STF-R102 to STF-R107)."""

    LOOKED_AFTER = "looked_after"
    STATUTORY_ORDER = "statutory_order"
    TEMPORARY_PLACEMENT = "temporary_placement"
    CUSTODY = "custody"
    RELATIVES_OR_FRIENDS = "relatives_or_friends"
    TEMPORARY_ACCOMMODATION = "temporary_accommodation"
    PUBLIC_LAW_OUTLINE = "public_law_outline"


@topic.event(
    "transfer_excluded",
    clauses=[
        *("STF-T54", "STF-T56", "STF-R102", "STF-R103", "STF-R104", "STF-R105", "STF-R106", "STF-R107", "STF-R108"),
        "E-25",
    ],
    example={"reason": "temporary_accommodation", "from_on": "2025-04-01", "until_on": "2025-05-31"},
)
class TransferExcluded(OfAMove):
    """Responsibility does not transfer, for one of the reasons there are. The days: those of the arrangement."""

    reason: Exclusion
    from_on: Day | None = None
    until_on: Day | None = None
    details: Text | None = None
    by: Whoever | None = None


@topic.event(
    "transfer_exclusion_lifted",
    clauses=["STF-T56", "E-25"],
    example={"reason": "public_law_outline", "details": "The risks have come down."},
)
class TransferExclusionLifted(OfAMove):
    """A reason why responsibility did not transfer no longer holds; without `reason`, none does."""

    reason: Exclusion | None = None
    details: Text | None = None


@topic.event(
    "conference_invite_list_supplied",
    clauses=["STF-R110", "STF-R119"],
    example={"invitees": [{"role": "teacher", "agency": "school"}]},
)
class ConferenceInviteListSupplied(OfAMove):
    """The originating authority gave the list of those to be invited to the receiving-in conference."""

    invitees: Invitees | None = None
    by: Whoever | None = None


class ReceivingInReport(OfAMove):
    """The report to a receiving-in conference. `new_agencies`: those in the new area have added to it."""

    with_parents: bool | None = None
    new_agencies: bool | None = None
    by: Whoever | None = None


@topic.event(
    "receiving_in_report_completed",
    clauses=["STF-R111", "STF-R119"],
    example={"meeting": "RIC-1", "new_agencies": True},
)
class ReceivingInReportCompleted(ReceivingInReport):
    """The originating authority brought its report up to date for the receiving-in conference."""


@topic.event(
    "receiving_in_report_shared",
    clauses=["STF-T50", "STF-T57", "STF-R111", "STF-R119"],
    example={"meeting": "RIC-1", "with_parents": True, "new_agencies": True},
)
class ReceivingInReportShared(ReceivingInReport):
    """The report to the receiving-in conference was shared with parents or carers."""


@topic.event(
    "receiving_in_invitations_sent",
    clauses=["STF-R110"],
    example={"meeting": "RIC-1", "invitees": [{"role": "teacher", "agency": "school"}]},
)
class ReceivingInInvitationsSent(OfAMove):
    """The receiving authority sent the invitations to its receiving-in conference."""

    invitees: Invitees | None = None
    channel: Channel | None = None
    secure: bool | None = None
