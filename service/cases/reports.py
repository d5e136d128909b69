"""The half-yearly report on case reviews as it is shown: exact to those who lead, and outside pointing at nobody."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from events.case.reporting import Coming, Reporting, reporting
from events.catalogue.biannual_reports import (
    BiannualReportProduced,
    BiannualReportShared,
    BiannualReportSubmitted,
    Team,
)
from events.catalogue.envelope import Event
from service.cases.cases import Cases
from service.cases.faults import NotPermitted
from service.cases.reach import within_reach
from service.cases.reading import standing_now
from service.cases.showing import Plain, shown_duty, shown_finding
from service.identity.principal import Principal
from service.identity.roles import Permission

SMALL = 5
"""A number below this could point at a child; larger ones are rounded to it, so that no difference gives one away."""

FEWER = f"fewer than {SMALL}"


class Audience(StrEnum):
    """For whom the figures are."""

    LEADERSHIP = "leadership"
    PARTNERSHIP = "partnership"


async def read_reports(cases: Cases, caller: Principal, audience: Audience | None) -> Plain:
    """The reports of the caller's authority, oldest first, and what is still owed of them.

    Who may not see cases is given the figures that may leave the authority.

    Raises:
        NotPermitted: Exact figures were asked for by somebody who may not see cases.
        OutOfReach: No policy or calendar reaches now.
    """
    exact = caller.may(Permission.READ_LISTS)
    if audience is Audience.LEADERSHIP and not exact:
        raise NotPermitted("Your role sees the figures that may leave the authority: ask for the partnership's.")
    audience = audience or (Audience.LEADERSHIP if exact else Audience.PARTNERSHIP)
    authority = caller.authority
    head = await cases.log.head(authority)
    in_force = await cases.rules.of(authority)
    now = await standing_now(cases, authority, head)
    with within_reach(in_force):
        stands = reporting(cases.assessor, await cases.log.read_case(authority, authority), in_force, now)
    return {
        "now": now,
        "position": head.position,
        "audience": audience,
        **shown_reports(stands, audience),
        "sandbox": await cases.authorities.is_sandbox(authority),
    }


def shown_reports(stands: Reporting, audience: Audience) -> Plain:
    """Every report, the half-year that runs, and the duties and findings about them."""
    assessment = stands.assessment
    return {
        "coming": _coming(stands.coming) if stands.coming is not None else None,
        "reports": [_report(event, stands.events, audience) for event in stands.produced.values()],
        "duties": [shown_duty(duty) for duty in assessment.duties] if assessment is not None else [],
        "findings": [shown_finding(finding) for finding in assessment.findings] if assessment is not None else [],
    }


def _coming(coming: Coming) -> Plain:
    return {"period": str(coming.period), "due_on": coming.due_on}


def _report(event: Event, told: Sequence[Event], audience: Audience) -> Plain:
    data = event.data
    assert isinstance(data, BiannualReportProduced)  # noqa: S101  # it is one of the reports produced
    submitted = [
        (each, each.data)
        for each in told
        if isinstance(each.data, BiannualReportSubmitted) and each.data.period == data.period
    ]
    shared = [each for each in told if isinstance(each.data, BiannualReportShared) and each.data.period == data.period]
    numbers = {"cases": data.cases, "left_out": data.left_out, **data.counts.model_dump()}
    shown: dict[str, Any] = (
        dict(numbers) if audience is Audience.LEADERSHIP else {name: rounded(n) for name, n in numbers.items()}
    )
    return {
        "period": data.period,
        "stage": _stage({each.to for _, each in submitted}, shared=bool(shared)),
        "produced_at": event.recorded_at,
        "position": event.position,
        "cases": shown.pop("cases"),
        "left_out": shown.pop("left_out"),
        "counts": shown,
        "submitted": [{"to": each.to, "on": event.day, "lessons": each.lessons} for event, each in submitted],
        "shared_on": shared[0].day if shared else None,
    }


def _stage(submitted: set[Team], *, shared: bool) -> str:
    """How far a report has come (requirements, 4.9)."""
    if shared:
        return "closed" if submitted == set(Team) else "shared"
    return "submitted" if submitted else "report_drafted"


def rounded(number: int) -> int | str:
    """A number that may leave the authority: none, fewer than five, or to the nearest five."""
    if 0 < number < SMALL:
        return FEWER
    return SMALL * ((number + SMALL // 2) // SMALL)
