"""What the half-yearly report on case reviews counts: one child's case over a half-year, and all of them together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from events.calendars.counting import Calendar, add_months
from events.case.assess import Assessor
from events.case.conditions.quorum import proceeded
from events.case.conditions.senior_review import (
    TOO_LITTLE,
    a_recent_assessment_was_submitted,
    a_robust_rationale_is_recorded,
    the_third_review_or_later,
)
from events.case.moment import Moment
from events.case.story import REVIEW
from events.catalogue.biannual_reports import Activity
from events.catalogue.envelope import Event
from events.catalogue.senior_review import (
    CaseReviewHeld,
    CaseReviewUpdateRecorded,
    Considered,
    SeniorReviewCaseConsidered,
)
from events.policies.in_force import Policies

ONE_EACH = {
    "senior_review_early_invocation_proposed": "early_starts_proposed",
    "senior_review_early_invocation_endorsed": "early_starts_endorsed",
    "senior_review_early_invocation_refused": "early_starts_refused",
    "case_review_action_completed": "actions_completed",
    "delay_raised_with_service_manager": "delays_raised",
    "practice_dispute_resolution_invoked": "disputes_invoked",
    "robust_rationale_recorded": "rationales_recorded",
}
"""The events that count one each, and where."""


@dataclass(frozen=True)
class Period:
    """A half-year; both days are included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first}/{self.last}"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass
class _Tally:
    """One case as it is gone through. Reviews are known by their meetings, so that each counts once."""

    period: Period
    counts: Counter[str] = field(default_factory=Counter)
    late_reviews: set[str] = field(default_factory=set)
    ended_at: set[str] = field(default_factory=set)
    standing: Counter[str] = field(default_factory=Counter)

    def hear(self, moment: Moment) -> None:
        """Count one event. What came after the period changes nothing, however early it is known."""
        if moment.event.day > self.period.last:
            return
        self._stand(moment)
        self._note_review(moment)
        if moment.event.day in self.period:
            self._count(moment)

    def activity(self) -> Counter[str]:
        """Everything counted, once the case has been gone through."""
        triggers = self.late_reviews - self.ended_at
        reviews = {"reviews_from_the_third": len(self.late_reviews), "triggers": len(triggers)}
        return self.counts + self.standing + Counter(reviews)

    def _stand(self, moment: Moment) -> None:
        """How the plan stands, for the last day of the period."""
        self.standing = Counter()
        plan = moment.story.plan
        if not moment.story.active or plan is None:
            return
        self.standing["plans"] = 1
        months = moment.policy.figures.get("outer_limit_months")
        if months is not None and self.period.last > add_months(plan.since, months.value):
            self.standing["past_two_years"] = 1
            said = a_robust_rationale_is_recorded(moment) is None
            self.standing["past_two_years_without_rationale"] = 0 if said else 1

    def _note_review(self, moment: Moment) -> None:
        meeting = moment.meeting
        if meeting is None or meeting.kind != REVIEW or meeting.held_on is None or meeting.held_on not in self.period:
            return
        if moment.event.type == "plan_ended":
            self.ended_at.add(meeting.key)
        counted = "senior_review_from" in moment.policy.figures and proceeded(moment) is None
        if counted and the_third_review_or_later(moment) is None:
            self.late_reviews.add(meeting.key)

    def _count(self, moment: Moment) -> None:
        event = moment.event
        if (name := ONE_EACH.get(event.type)) is not None:
            self.counts[name] += 1
        match event.data:
            case SeniorReviewCaseConsidered(outcome=Considered.CASE_REVIEW):
                self.counts["considered_for_case_review"] += 1
            case SeniorReviewCaseConsidered():
                self.counts["case_review_not_needed"] += 1
            case CaseReviewHeld(agreed_actions=actions):
                recent = a_recent_assessment_was_submitted(moment) is None
                self.counts["case_reviews"] += 1
                self.counts["case_reviews_without_recent_assessment"] += 0 if recent else 1
                self.counts["actions_agreed"] += len(actions or ())
            case CaseReviewUpdateRecorded(progress=progress) if progress is not None:
                self.counts["updates_with_delay" if progress in TOO_LITTLE else "updates_with_progress"] += 1
            case _ if event.type == "plan_ended" and _was_reviewed(moment):
                self.counts["reviewed_and_ended"] += 1


def _was_reviewed(moment: Moment) -> bool:
    """Whether the plan that ended had had a case review."""
    plan, held = moment.story.plan, moment.story.last("case_review_held")
    return plan is not None and held is not None and held.day >= plan.started_on


def activity(  # noqa: PLR0913, PLR0917  # the arguments of `assess`, and the period
    assessor: Assessor,
    events: Sequence[Event],
    policies: Policies,
    calendar: Calendar,
    now: datetime,
    period: Period,
) -> Counter[str]:
    """What is to be counted of one case in a half-year, as it is known at `now`. Raises as `assess` does."""
    tally = _Tally(period)
    assessor.walk(events, policies, calendar, now, tally.hear)
    return tally.activity()


def counted(activities: Counter[str]) -> Activity:
    """What was counted of every case together."""
    return Activity(**{name: number for name, number in activities.items() if number})
