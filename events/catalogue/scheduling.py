"""Dates of conferences: set, moved, put off, brought forward, called off."""

from enum import StrEnum

from events.catalogue.envelope import Data
from events.catalogue.parts import People, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Text

topic = Topic("scheduling")


class ConferenceKind(StrEnum):
    """Which conference it is."""

    INITIAL = "initial"
    PRE_BIRTH = "pre_birth"
    REVIEW = "review"
    RECEIVING_IN = "receiving_in"
    DUAL_PROCESS = "dual_process"


class Booking(Data):
    """A date set for a conference."""

    date: Day
    kind: ConferenceKind | None = None
    chair: Person | None = None
    venue: Text | None = None
    format: Text | None = None
    due_by: Day | None = None


@topic.event(
    "initial_conference_scheduled",
    clauses=["STF-T01", "STF-T16"],
    example={"meeting": "ICPC-1", "date": "2025-03-24", "kind": "initial", "chair": {"name": "Chair 1"}},
)
class InitialConferenceScheduled(Booking):
    """A date was set for the initial conference."""


@topic.event(
    "review_conference_scheduled",
    clauses=["STF-T17", "STF-T18", "E-72"],
    example={"meeting": "CPRC-1", "date": "2025-06-20", "kind": "review", "due_by": "2025-06-24"},
)
class ReviewConferenceScheduled(Booking):
    """A date was set for a review conference."""


@topic.event(
    "receiving_in_conference_scheduled",
    clauses=["STF-T49"],
    example={"meeting": "RIC-1", "date": "2025-05-12", "kind": "receiving_in"},
)
class ReceivingInConferenceScheduled(Booking):
    """A date was set for the conference that takes over a plan from another authority."""


@topic.event(
    "conference_rescheduled",
    clauses=["STF-T04", "STF-T08", "E-15"],
    example={"meeting": "CPRC-1", "old_date": "2025-06-20", "new_date": "2025-06-13", "reason": "Chair is away."},
)
class ConferenceRescheduled(Data):
    """A conference was moved to another date."""

    new_date: Day
    old_date: Day | None = None
    reason: Text | None = None


@topic.event(
    "conference_postponed",
    clauses=["E-15"],
    example={"meeting": "CPRC-1", "reason": "No report of the school.", "new_date": "2025-06-27"},
)
class ConferencePostponed(Data):
    """A conference was put off. The date by which it must be held does not move."""

    reason: Text | None = None
    new_date: Day | None = None
    absent_participants: People | None = None
    written_info: bool | None = None
    chair: Person | None = None


@topic.event(
    "conference_cancelled",
    clauses=["STF-T04", "E-15"],
    example={"meeting": "CPRC-1", "reason": "The plan ended."},
)
class ConferenceCancelled(Data):
    """A conference was called off."""

    reason: Text | None = None


@topic.event(
    "review_brought_forward",
    clauses=["STF-T19", "STF-R89"],
    example={"meeting": "CPRC-1", "trigger": "core_group_concern", "new_date": "2025-05-16"},
)
class ReviewBroughtForward(Data):
    """The next review was brought forward."""

    trigger: Code | None = None
    raised_by: Person | None = None
    manager: Person | None = None
    chair: Person | None = None
    agreed: bool | None = None
    new_date: Day | None = None
    sustained_change_view: Text | None = None


@topic.event(
    "review_bring_forward_declined",
    clauses=["WAL-T05", "WAL-R21"],
    example={"meeting": "CPRC-1", "trigger": "core_group_concern", "manager": {"name": "Manager 1"}, "reason": "Soon."},
)
class ReviewBringForwardDeclined(Data):
    """It was decided not to bring the next review forward."""

    trigger: Code | None = None
    raised_by: Person | None = None
    manager: Person | None = None
    chair: Person | None = None
    reason: Text | None = None


@topic.event(
    "conference_postponement_considered",
    clauses=["WAL-T06", "WAL-R08"],
    example={"meeting": "CPRC-1", "postponed": False, "chair": {"name": "Chair 1"}, "reason": "The rest is known."},
)
class ConferencePostponementConsidered(Data):
    """The chair considered putting the conference off, for somebody who is absent and wrote nothing."""

    postponed: bool | None = None
    absent_participants: People | None = None
    chair: Person | None = None
    reason: Text | None = None


@topic.event(
    "early_review_need_identified",
    clauses=["STF-T19", "STF-R89"],
    example={"reason": "The father came back."},
)
class EarlyReviewNeedIdentified(Data):
    """The core group saw that a review is needed earlier."""

    reason: Text | None = None
    raised_by: Person | None = None


@topic.event(
    "first_review_date_confirmed",
    clauses=["STF-R63", "E-72"],
    example={"meeting": "ICPC-1", "date": "2025-06-20"},
)
class FirstReviewDateConfirmed(Data):
    """The conference confirmed the date of the first review."""

    date: Day


@topic.event(
    "next_review_scheduled",
    clauses=["STF-T18", "E-72"],
    example={"meeting": "CPRC-1", "date": "2025-12-10", "due_by": "2025-12-20"},
)
class NextReviewScheduled(Data):
    """The conference set the date of the review after it."""

    date: Day
    due_by: Day | None = None
