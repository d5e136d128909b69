"""The record of a conference: decision and recommendations, minutes, amendments, disclosure."""

from events.catalogue.envelope import Data, Kind
from events.catalogue.parts import Channel, People, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Text

topic = Topic("records")


@topic.event(
    "decision_and_recommendations_completed",
    clauses=["STF-T27", "E-52"],
    example={"meeting": "ICPC-1", "by": {"name": "Chair 1"}},
)
class DecisionAndRecommendationsCompleted(Data):
    """The chair completed the decision and recommendations of a conference."""

    by: Person | None = None


@topic.event(
    "decision_and_recommendations_distributed",
    clauses=["STF-T28", "E-52", "N08"],
    example={"meeting": "ICPC-1", "recipients": [{"name": "Parent 1"}, {"agency": "health"}]},
)
class DecisionAndRecommendationsDistributed(Data):
    """The decision and recommendations of a conference went out."""

    recipients: People | None = None
    approved_by: Person | None = None
    channel: Channel | None = None
    secure: bool | None = None


@topic.event("minutes_drafted", clauses=["STF-R130"], example={"meeting": "ICPC-1", "by": {"role": "minute_taker"}})
class MinutesDrafted(Data):
    """The minutes were written."""

    by: Person | None = None
    trained: bool | None = None


@topic.event("minutes_quality_assured", clauses=["STF-R91"], example={"meeting": "ICPC-1", "by": {"name": "Chair 1"}})
class MinutesQualityAssured(Data):
    """The chair checked the quality of the minutes."""

    by: Person | None = None


@topic.event(
    "minutes_signed",
    kind=Kind.DECISION,
    clauses=["STF-T29", "STF-T30", "STF-R52", "STF-R68", "STF-R91"],
    example={"meeting": "ICPC-1", "chair": {"name": "Chair 1"}, "redacted": False},
)
class MinutesSigned(Data):
    """The chair signed and dated the minutes, or with `redacted` their redacted version."""

    chair: Person | None = None
    redacted: bool | None = None


@topic.event(
    "minutes_distributed",
    kind=Kind.DECISION,
    clauses=["STF-T29", "STF-T30", "STF-R55", "STF-R91", "STF-R128", "E-53", "E-84"],
    example={
        "meeting": "ICPC-1",
        "recipients": [{"name": "Parent 1"}, {"agency": "health"}],
        "version": "1",
        "channel": "secure_email",
        "secure": True,
    },
)
class MinutesDistributed(Data):
    """The minutes were sent. `redacted_for`: those of the recipients who got a redacted version."""

    recipients: People | None = None
    version: Code | None = None
    redacted_for: People | None = None
    channel: Channel | None = None
    secure: bool | None = None


@topic.event(
    "minutes_amendment_requested",
    clauses=["STF-T31"],
    example={"meeting": "ICPC-1", "requested_by": {"name": "Parent 1"}, "change": "The date on page 2 is wrong."},
)
class MinutesAmendmentRequested(Data):
    """Somebody asked for the minutes to be changed."""

    requested_by: Person | None = None
    change: Text | None = None


@topic.event(
    "minutes_amended",
    clauses=["STF-T31", "E-51"],
    example={"meeting": "ICPC-1", "change": "Date on page 2.", "requested_by": {"name": "Parent 1"}},
)
class MinutesAmended(Data):
    """The minutes were changed."""

    change: Text | None = None
    requested_by: Person | None = None
    version: Code | None = None


@topic.event(
    "minutes_disclosure_consented",
    clauses=["STF-R55", "E-67"],
    example={"meeting": "ICPC-1", "to": {"agency": "court"}, "chair": {"name": "Chair 1"}, "consent": True},
)
class MinutesDisclosureConsented(Data):
    """The chair decided whether the minutes may be passed on."""

    consent: bool
    to: Person | None = None
    chair: Person | None = None


@topic.event(
    "file_note_made",
    clauses=["STK-R32"],
    example={"what": "Plan ended; the agencies invited to the initial conference were told."},
)
class FileNoteMade(Data):
    """Something was recorded on the child's file, which another system keeps."""

    what: Text | None = None
    by: Person | None = None


@topic.event(
    "record_shared",
    clauses=["WAL-T08", "WAL-R13", "WAL-R19", "WAL-R20", "E-84"],
    example={"meeting": "CPRC-1", "recipients": [{"name": "Parent 1"}], "family": True, "edited": False},
)
class RecordShared(Data):
    """The record of a conference was given to somebody. `family`: to family members who are in the core group."""

    recipients: People | None = None
    family: bool | None = None
    edited: bool | None = None
    chair_permission: bool | None = None
    channel: Channel | None = None
    secure: bool | None = None


@topic.event(
    "minutes_disclosed",
    clauses=["STF-R55", "E-67", "E-84"],
    example={"meeting": "CPRC-1", "to": {"agency": "court"}, "chair_permission": True},
)
class MinutesDisclosed(Data):
    """The minutes were passed or copied to somebody who was not to have them by the circulation agreed."""

    to: Person | None = None
    chair_permission: bool | None = None
    channel: Channel | None = None
    secure: bool | None = None


@topic.event(
    "minutes_existence_disclosed_to_cps",
    clauses=["STF-R56"],
    example={"meeting": "CPRC-1", "by": {"agency": "police"}},
)
class MinutesExistenceDisclosedToCps(Data):
    """The police told the prosecution that minutes exist, in criminal proceedings."""

    by: Person | None = None


@topic.event(
    "restricted_section_marked",
    clauses=["STF-R91"],
    example={"meeting": "ICPC-1", "section": "Exclusion minutes", "bold_confidential_mark": True},
)
class RestrictedSectionMarked(Data):
    """A restricted part of the record, exclusion minutes for instance, was marked as confidential."""

    section: Text | None = None
    bold_confidential_mark: bool | None = None
    by: Person | None = None


@topic.event(
    "retention_policy_noted",
    clauses=["STF-T68", "STF-R93"],
    example={"agency": "school", "policy": "Until the 25th birthday."},
)
class RetentionPolicyNoted(Data):
    """How long an agency keeps the minutes was noted."""

    agency: Code
    policy: Text | None = None
