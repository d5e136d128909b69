"""Who is asked to a conference, who may come, and what the family is told before it."""

from events.catalogue.envelope import Data
from events.catalogue.parts import Age, Channel, Codes, Invitees, People, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Text

topic = Topic("invitations")


@topic.event(
    "conference_invitations_issued",
    clauses=["STF-T04", "STF-R07", "STF-R20"],
    example={
        "meeting": "CPRC-1",
        "invitees": [{"role": "health_visitor", "agency": "health"}, {"role": "teacher", "agency": "school"}],
        "channel": "secure_email",
        "issued_by": {"role": "business_support", "agency": "csc"},
    },
)
class ConferenceInvitationsIssued(Data):
    """The invitations to a conference went out."""

    invitees: Invitees | None = None
    channel: Channel | None = None
    secure: bool | None = None
    issued_by: Person | None = None


@topic.event(
    "non_attendance_reported",
    clauses=["WAL-R11"],
    example={"meeting": "CPRC-1", "agency": "school", "to": {"agency": "regional_safeguarding_board"}},
)
class NonAttendanceReported(Data):
    """An agency that did not come was reported to those who watch attendance."""

    agency: Code | None = None
    to: Person | None = None


@topic.event(
    "child_invitation_decided",
    clauses=["STF-T05", "STF-R05", "E-21"],
    example={"meeting": "CPRC-1", "invited": False, "reason": "In the middle of exams.", "chair": {"name": "Chair 1"}},
)
class ChildInvitationDecided(Data):
    """Whether the child is invited was decided."""

    invited: bool
    age: Age | None = None
    reason: Text | None = None
    sw: Person | None = None
    chair: Person | None = None


@topic.event(
    "advocacy_rights_given",
    clauses=["STF-T06", "STF-R06"],
    example={"meeting": "CPRC-1", "to": "child", "by": {"name": "Worker 1"}},
)
class AdvocacyRightsGiven(Data):
    """Child or parent was told of the right to an advocate. `to`: whom, `child` or `parent`."""

    to: Code | None = None
    by: Person | None = None


@topic.event(
    "observer_permission_decided",
    clauses=["STF-R33", "STF-R34"],
    example={"meeting": "CPRC-1", "granted": True, "observer": {"role": "student"}, "family_consulted": True},
)
class ObserverPermissionDecided(Data):
    """The chair decided whether somebody may observe the conference."""

    granted: bool
    observer: Person | None = None
    professional: bool | None = None
    purpose: Text | None = None
    consulted: People | None = None
    family_consulted: bool | None = None


@topic.event(
    "legal_representative_attendance_decided",
    clauses=["STF-R35"],
    example={"meeting": "ICPC-1", "attends": True, "party": "csc", "exceptional_reason": "Proceedings are near."},
)
class LegalRepresentativeAttendanceDecided(Data):
    """Whether a lawyer attends was decided."""

    attends: bool | None = None
    party: Code | None = None
    exceptional_reason: Text | None = None


@topic.event(
    "interpreter_arranged",
    clauses=["STF-R40"],
    example={"meeting": "ICPC-1", "language": "Polish", "for_whom": {"name": "Parent 1"}},
)
class InterpreterArranged(Data):
    """An interpreter was arranged."""

    language: Text | None = None
    for_whom: Person | None = None


@topic.event("agenda_issued", clauses=["STF-R28"], example={"meeting": "ICPC-1", "kind": "initial"})
class AgendaIssued(Data):
    """The agenda of the conference went out. `kind`: initial, review or dual."""

    kind: Code | None = None


@topic.event(
    "minutes_circulation_agreed",
    clauses=["STF-R63"],
    example={"meeting": "ICPC-1", "recipients": [{"role": "teacher", "agency": "school"}]},
)
class MinutesCirculationAgreed(Data):
    """The conference agreed who gets its minutes."""

    recipients: People | None = None
    agencies: Codes | None = None
