"""GET: the notices of an authority that want attention: not told in time, held, asked for, or failed."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from events.case.answer import Status
from events.case.noticing import Standing
from events.catalogue.text import Code
from events.store.read_models.strands import Wanted
from service.api.callers import ReadsLists, reader
from service.api.documented import problems
from service.api.lists import AskedOfList, now_at, reached
from service.api.notice_shapes import NoticesPage
from service.api.notices import delivering
from service.api.paging import linked, said_once
from service.api.parts import parts_of
from service.cases.notices import notices_behind, shown_notice

router = APIRouter(tags=["notices"])

_DONE = frozenset({Standing.SENT, Standing.DELIVERED, Standing.ACKNOWLEDGED, Standing.FAILED})
"""What may stand of a notice whose duty is met: a letter that was sent may come back."""


class AskedNotices(AskedOfList):
    """Which notices. `limit` is how many duties of the worklist are looked through, so that a page may hold fewer."""

    status: list[Standing] = Field(
        default=[], max_length=len(Standing), description="`failed` for those that a person must send again."
    )
    rule: Code | None = Field(default=None, description="The id of a clause, such as STF-T32.")


@router.get(
    "/v1/notices",
    name="list_notices",
    summary="The notices that want attention, in the order of the worklist",
    responses={200: {"model": NoticesPage}, **problems(401, 403, 409, 410, 422, 503)},
)
async def list_notices(request: Request, caller: ReadsLists, asked: Annotated[AskedNotices, Query()]) -> Response:
    """Without `status`, those still to be told. Each is worked out from its case, whose reading is recorded."""
    said_once(request, "status")
    parts = parts_of(request)
    await reached(parts, caller, asked.min_position)
    now = await now_at(parts, caller)
    statuses = {Status.OPEN, Status.MISSED} | ({Status.MET, Status.MET_LATE} if _DONE & {*asked.status} else set())
    wanted = Wanted(team=asked.team, worker=asked.worker, rule=asked.rule, statuses=frozenset(statuses))
    page = await parts.worklist.page(caller.authority, wanted, now=now, limit=asked.limit, cursor=asked.cursor)
    keys = {listed.duty.id: listed.concerned[0].case for listed in page.duties if listed.concerned}
    found = await notices_behind(parts.cases, reader(request, caller), keys)
    running = await delivering(parts)
    content = {
        "position": page.position,
        "now": now,
        "notices": [
            {"case": case, "notice": shown_notice(notice, delivering=running)}
            for case, notice in found
            if not asked.status or notice.status in asked.status
        ],
        "sandbox": await parts.cases.authorities.is_sandbox(caller.authority),
    }
    return linked(request, content, {"cursor": page.next} if page.next else None)
