"""The core group: its meetings, its record, its report, and delays."""

from typing import Annotated

from pydantic import Field

from events.catalogue.envelope import Data
from events.catalogue.parts import Actions, Attendance, Channel, Codes, Ordinal, People, Person, Texts
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Text, ThirdPartyText

topic = Topic("core_groups")


@topic.event(
    "core_group_meeting_scheduled",
    clauses=["STF-T21", "STF-T22"],
    example={"meeting": "CG-1", "date": "2025-04-04"},
)
class CoreGroupMeetingScheduled(Data):
    """A date was set for a meeting of the core group."""

    date: Day
    seq: Ordinal | None = None
    chair: Person | None = None


@topic.event(
    "core_group_meeting_held",
    clauses=["STF-T21", "STF-T22", "STF-T23", "STF-R83", "STF-R86", "STF-R88", "E-49"],
    example={
        "meeting": "CG-1",
        "seq": 1,
        "chair": {"name": "Manager 1"},
        "chair_role": "team_manager",
        "attendance": [{"person": {"name": "Worker 1"}, "role": "social_worker", "agency": "csc"}],
        "decisions": ["Breakfast at school every day."],
        "individual_actions": [{"action": "ACT-1", "owner": {"name": "Teacher 1"}, "due_on": "2025-04-11"}],
        "next_dates": ["2025-05-16"],
    },
)
class CoreGroupMeetingHeld(Data):
    """The core group met. `seq` counts its meetings since the plan began."""

    seq: Ordinal | None = None
    chair: Person | None = None
    chair_role: Code | None = None
    attendance: Attendance | None = None
    decisions: Texts | None = None
    individual_actions: Actions | None = None
    next_dates: Annotated[tuple[Day, ...], Field(max_length=50)] | None = None
    objectives_set: bool | None = None
    resources_agreed: bool | None = None
    safeguarding_addressed: bool | None = None
    assessment_progressed: bool | None = None


@topic.event(
    "core_group_meeting_missed",
    clauses=["STF-T24", "STF-R86"],
    example={"due": "2025-05-16", "reason": "The worker was ill."},
)
class CoreGroupMeetingMissed(Data):
    """A meeting of the core group did not take place. `due`: when it should have."""

    due: Day | None = None
    reason: Text | None = None


@topic.event(
    "core_group_record_circulated",
    clauses=["STF-T23", "STF-R82"],
    example={"meeting": "CG-1", "recipients": [{"name": "Parent 1"}], "plan_version": "1", "minutes": True},
)
class CoreGroupRecordCirculated(Data):
    """The record of a core group and the plan went to family and agencies."""

    recipients: People | None = None
    plan_version: Code | None = None
    minutes: bool | None = None
    channel: Channel | None = None
    secure: bool | None = None


@topic.event(
    "core_group_report_agreed",
    clauses=["STF-R89", "STK-T09", "STK-R13", "STK-R14"],
    example={
        "meeting": "CPRC-1",
        "recommendation": "Continue.",
        "plan_still_required": True,
        "child_views": "Likes the breakfast club.",
        "visit_dates": ["2025-04-14", "2025-05-02"],
        "core_assessment": "A-1",
        "presented_by": {"name": "Worker 1", "role": "key_worker"},
    },
)
class CoreGroupReportAgreed(Data):
    """The core group agreed its collective report to a review.

    `core_assessment` is its main part, `presented_by` the key worker, `contributors` the agencies of the core group
    that took part, `commissioned` other assessments that were asked for (STK-R13). `plan_still_required`: what it
    recommends. `items` names fields whose text the report holds, where only that is told (`child_views`).
    """

    items: Texts | None = None
    recommendation: Text | None = None
    plan_still_required: bool | None = None
    child_views: Text | None = None
    visit_dates: Annotated[tuple[Day, ...], Field(max_length=100)] | None = None
    core_group_dates: Annotated[tuple[Day, ...], Field(max_length=100)] | None = None
    household_changes: Text | None = None
    plan_progress: Text | None = None
    family_views: ThirdPartyText | None = None
    risk_analysis: Text | None = None
    assessment_recommendations: Text | None = None
    core_assessment: Code | None = None
    presented_by: Person | None = None
    contributors: Codes | None = None
    commissioned: Codes | None = None


@topic.event(
    "agency_challenged_core_group_delay",
    clauses=["STF-T24", "STF-R82", "N17"],
    example={"agency": "school", "subject": "No minutes of the last meeting."},
)
class AgencyChallengedCoreGroupDelay(Data):
    """An agency challenged a late core group, or late minutes or plans."""

    agency: Code
    subject: Text | None = None


@topic.event("case_supervision_reviewed", clauses=["STF-R85"], example={"tm": {"name": "Manager 1"}})
class CaseSupervisionReviewed(Data):
    """The team manager reviewed the case in supervision."""

    tm: Person | None = None
    outcome: Text | None = None
