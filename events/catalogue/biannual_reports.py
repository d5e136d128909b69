"""The half-yearly report on case reviews, on the authority's own stream: from when on, produced, submitted, shared.

It counts, and names nobody: no case, child or worker stands in it.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from events.catalogue.envelope import Closed, Data
from events.catalogue.parts import Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, Text

topic = Topic("biannual_reports", of_authority=True)


def _first_of_a_month(day: Day) -> Day:
    """Refuse any other day: half-years that are counted one from the other would slip at the ends of months."""
    if day.day != 1:
        raise ValueError("a half-year begins on the first of a month")
    return day


FirstOfMonth = Annotated[Day, AfterValidator(_first_of_a_month)]

Period = Annotated[Code, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}$")]
"""A half-year by its first and last day, `2025-04-01/2025-09-30` (ISO 8601)."""

Count = Annotated[int, Field(ge=0)]


class Activity(Closed):
    """What happened in a half-year, counted over every child's plan, and how plans stood as it ended.

    `triggers` are the third and later reviews that did not end the plan. `reviewed_and_ended`: plans that had a case
    review and ended. `past_two_years`, with or without a rationale, is how plans stood on the last day.
    """

    plans: Count = 0
    reviews_from_the_third: Count = 0
    triggers: Count = 0
    early_starts_proposed: Count = 0
    early_starts_endorsed: Count = 0
    early_starts_refused: Count = 0
    considered_for_case_review: Count = 0
    case_review_not_needed: Count = 0
    case_reviews: Count = 0
    case_reviews_without_recent_assessment: Count = 0
    actions_agreed: Count = 0
    actions_completed: Count = 0
    updates_with_progress: Count = 0
    updates_with_delay: Count = 0
    delays_raised: Count = 0
    disputes_invoked: Count = 0
    reviewed_and_ended: Count = 0
    rationales_recorded: Count = 0
    past_two_years: Count = 0
    past_two_years_without_rationale: Count = 0


@topic.event(
    "biannual_reporting_began",
    clauses=["CAL-T09", "CAL-R13", "E-30"],
    example={"next_from": "2025-04-01"},
)
class BiannualReportingBegan(Data):
    """From which day on half-years are reported; told again, they are counted from the new day."""

    next_from: FirstOfMonth = Field(description="The first day of the next half-year, the first of a month.")


@topic.event(
    "biannual_report_produced",
    clauses=["CAL-T09", "CAL-R13", "E-30"],
    example={
        "period": "2025-04-01/2025-09-30",
        "next_from": "2025-10-01",
        "cases": 12,
        "counts": {"plans": 9, "reviews_from_the_third": 2, "triggers": 2, "case_reviews": 1, "actions_agreed": 3},
    },
    ours=True,
)
class BiannualReportProduced(Data):
    """Planclock made the report of a half-year from the log.

    `cases`: how many were looked at. `left_out`: how many could not be, for they were erased or no policy reaches them.
    """

    period: Period
    next_from: FirstOfMonth
    cases: Count
    left_out: Count = 0
    counts: Activity


class Team(StrEnum):
    """Who considers the report and comments on it."""

    SENIOR_LEADERSHIP = "senior_leadership_team"
    DIRECTORATE_LEADERSHIP = "directorate_leadership_team"


@topic.event(
    "biannual_report_submitted",
    clauses=["CAL-T09", "CAL-R13", "N23"],
    example={
        "period": "2025-04-01/2025-09-30",
        "to": "senior_leadership_team",
        "lessons": "Fathers were brought into plans too late.",
        "by": {"role": "service_manager_sqa"},
    },
)
class BiannualReportSubmitted(Data):
    """The report of a half-year went to a leadership team, with what was learnt from the case reviews."""

    period: Period
    to: Team
    lessons: Text | None = None
    by: Person | None = None


@topic.event(
    "biannual_report_shared",
    clauses=["CAL-T09", "CAL-R13", "N23"],
    example={"period": "2025-04-01/2025-09-30", "by": {"role": "service_manager_sqa"}},
)
class BiannualReportShared(Data):
    """The report of a half-year was shared with the safeguarding children partnership."""

    period: Period
    note: Text | None = None
    by: Person | None = None
