"""The shapes of answers about the authority's reports."""

from datetime import date, datetime
from typing import Literal

from service.api.case_shapes import Finding
from service.api.duty_shapes import Duty
from service.api.shapes import Shape
from service.cases.reports import Audience


class ComingShown(Shape):
    """The half-year that is to be reported next."""

    period: str
    due_on: date
    """The report is produced as this day begins."""


class Submitted(Shape):
    """That the report went to a leadership team."""

    to: str
    on: date
    lessons: str | None


class BiannualReport(Shape):
    """The report of one half-year."""

    period: str
    """Its first and its last day."""
    stage: Literal["report_drafted", "submitted", "shared", "closed"]
    produced_at: datetime
    position: int
    """Of the report in the log: it counts what was known there."""
    cases: int | str
    left_out: int | str
    counts: dict[str, int | str]
    """What happened in the half-year. For the partnership, `fewer than 5` or rounded to the nearest five."""
    submitted: list[Submitted]
    shared_on: date | None


class BiannualReports(Shape):
    """Every half-yearly report of an authority, oldest first."""

    now: datetime
    position: int
    audience: Audience
    coming: ComingShown | None
    """None where the authority's procedure asks for no report."""
    reports: list[BiannualReport]
    duties: list[Duty]
    findings: list[Finding]
    sandbox: bool
