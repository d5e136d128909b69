"""GET: the case list, and the worklist."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from events.case.answer import Status
from events.catalogue.text import Code, Day
from events.store.read_models.case_list import CasePage, WantedCases
from events.store.read_models.lag import wait_for
from events.store.read_models.strands import Dates, Wanted
from events.store.read_models.worklist import DutyPage, ListedDuty
from service.api.callers import ReadsLists, reader
from service.api.documented import problems
from service.api.list_shapes import CasesPage, DutiesPage
from service.api.paging import Limit, linked
from service.api.parts import Parts, parts_of
from service.api.reading import Position
from service.cases.faults import NotReached
from service.cases.past_lists import past_lists
from service.cases.reading import standing_now
from service.cases.showing import Plain, shown_duty
from service.identity.principal import Principal

router = APIRouter(tags=["lists"])

PATIENCE = timedelta(seconds=5)
"""How long a list is waited for to come to a position that was asked for."""

Cursor = Annotated[str, Field(max_length=500, pattern=r"^[A-Za-z0-9_-]+$")]


class AskedOfList(BaseModel):
    """What every list may be asked."""

    model_config = ConfigDict(extra="forbid")

    team: Code | None = None
    worker: Code | None = Field(default=None, description="The caller's own reference to the worker.")
    min_position: Position | None = Field(
        default=None, description="Wait until the list has come to this position, so that it shows what you told."
    )
    position: Position | None = Field(
        default=None, description="As it stood at this position of the log, made anew for this answer."
    )
    cursor: Cursor | None = Field(default=None, description="Where a page before this one left off.")
    limit: Limit = 100


class AskedCases(AskedOfList):
    """Which cases."""

    stage: Code | None = None
    category: Code | None = None
    flag: Code | None = None


class AskedDuties(AskedOfList):
    """Which duties. Without `status`, those still to be done: open, or missed and still to be acted on."""

    owner: Code | None = Field(default=None, description="Whose duty it is by the procedure, a team manager's say.")
    rule: Code | None = Field(default=None, description="The id of a clause, such as STF-T21.")
    status: list[Status] = Field(default=[], max_length=len(Status))
    dates: Dates | None = Field(default=None, description="Only dated, only undated, or those that lack a fact.")
    due_from: Day | None = None
    due_to: Day | None = Field(default=None, description="Both days are included.")
    began_by: Day | None = Field(default=None, description="Undated ones that began on this day or before.")


@router.get(
    "/v1/cases",
    name="list_cases",
    summary="The case list: where every case stands, and how much there is to do",
    responses={200: {"model": CasesPage}, **problems(401, 403, 409, 422, 503)},
)
async def list_cases(request: Request, caller: ReadsLists, asked: Annotated[AskedCases, Query()]) -> Response:
    """In the order in which cases were opened. It names no child: that is for the case itself to tell."""
    parts = parts_of(request)
    await reached(parts, caller, asked.min_position)
    wanted = WantedCases(
        stage=asked.stage, category=asked.category, flag=asked.flag, team=asked.team, worker=asked.worker
    )
    page = await _case_page(parts, caller, asked, wanted)
    looking = reader(request, caller)
    looking.looks.update({each.case: page.position for each in page.cases})
    await looking.settle()
    content = {
        "position": page.position,
        "now": page.now,
        "cases": [asdict(each) for each in page.cases],
        "sandbox": await parts.cases.authorities.is_sandbox(caller.authority),
    }
    return linked(request, content, {"cursor": page.next} if page.next else None)


@router.get(
    "/v1/duties",
    name="list_duties",
    summary="The worklist: what must be done, by when and by whom",
    responses={200: {"model": DutiesPage}, **problems(401, 403, 409, 422, 503)},
)
async def list_duties(request: Request, caller: ReadsLists, asked: Annotated[AskedDuties, Query()]) -> Response:
    """Dated duties by date, then the oldest undated first. A meeting's duty is one row, with every case it concerns."""
    parts = parts_of(request)
    await reached(parts, caller, asked.min_position)
    wanted = Wanted(
        team=asked.team,
        worker=asked.worker,
        owner=asked.owner,
        rule=asked.rule,
        statuses=frozenset(asked.status) or None,
        dates=asked.dates,
        due_from=asked.due_from,
        due_to=asked.due_to,
        began_by=asked.began_by,
    )
    page = await _duty_page(parts, caller, asked, wanted)
    looking = reader(request, caller)
    looking.looks.update({each.case: page.position for listed in page.duties for each in listed.concerned})
    await looking.settle()
    content = {
        "position": page.position,
        "now": page.now,
        "duties": [_listed(each) for each in page.duties],
        "sandbox": await parts.cases.authorities.is_sandbox(caller.authority),
    }
    return linked(request, content, {"cursor": page.next} if page.next else None)


async def _case_page(parts: Parts, caller: Principal, asked: AskedCases, wanted: WantedCases) -> CasePage:
    if asked.position is None:
        now = await now_at(parts, caller)
        return await parts.case_list.page(caller.authority, wanted, now=now, limit=asked.limit, cursor=asked.cursor)
    past = await past_lists(parts.cases, caller.authority, asked.position)
    return await parts.past.case_page(past, wanted, limit=asked.limit, cursor=asked.cursor)


async def _duty_page(parts: Parts, caller: Principal, asked: AskedDuties, wanted: Wanted) -> DutyPage:
    if asked.position is None:
        now = await now_at(parts, caller)
        return await parts.worklist.page(caller.authority, wanted, now=now, limit=asked.limit, cursor=asked.cursor)
    past = await past_lists(parts.cases, caller.authority, asked.position)
    return await parts.past.duty_page(past, wanted, limit=asked.limit, cursor=asked.cursor)


def _listed(listed: ListedDuty) -> Plain:
    return {**shown_duty(listed.duty), "cases": [asdict(each) for each in listed.concerned]}


async def now_at(parts: Parts, caller: Principal) -> datetime:
    """The time at the caller's authority."""
    return await standing_now(parts.cases, caller.authority, await parts.cases.log.head(caller.authority))


async def reached(parts: Parts, caller: Principal, position: int | None) -> None:
    """Wait until the lists have come to a position. Raises NotReached when they do not, or the log has not yet."""
    if position is None:
        return
    head = await parts.cases.log.head(caller.authority)
    if head.position < position:
        raise NotReached(f"The log has come to position {head.position}.")
    come_to = await wait_for(parts.database.app, caller.authority, position, PATIENCE)
    if come_to < position:
        raise NotReached(f"The lists have come to position {come_to}.")
