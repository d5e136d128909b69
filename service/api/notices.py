"""The notices of one case: listing them, asking to have one delivered, and what a copy says."""

from typing import Annotated, Self

from fastapi import APIRouter, Query, Request
from pydantic import AwareDatetime, Field, TypeAdapter, model_validator
from starlette.responses import Response

from events.catalogue.envelope import Closed
from events.catalogue.notices import REDACTED, Document, NotificationRequested
from events.catalogue.parts import Channel, Person
from events.catalogue.text import Code, Day
from service.api.answers import answer
from service.api.bodies import parse, read_body
from service.api.callers import ReadsCases, Tells, reader
from service.api.case_shapes import CaseAnswer
from service.api.documented import SENDING, problems
from service.api.notice_shapes import CopyReading, NoticesReading
from service.api.parts import Parts, parts_of
from service.api.reading import Asked
from service.api.telling import refused
from service.cases.items import placed
from service.cases.notices import (
    REQUESTED,
    check_deliverable,
    notices_of,
    request_for,
    shown_copy,
    shown_notice,
    the_notice,
)
from service.cases.reading import When
from service.cases.situation import Telling
from service.cases.telling import tell

router = APIRouter(tags=["notices"])


class Sending(Closed):
    """A notice to be delivered through Planclock: said by whom, under which id, and when it was asked for."""

    source: Code = Field(description="Who asks: the caller's system, as in an item.")
    id: Code = Field(description="The caller's own id of this request; sent again it takes no second effect.")
    occurred_on: Day | None = None
    occurred_at: AwareDatetime | None = None
    channel: Channel | None = None
    secure: bool | None = Field(default=None, description="To an address that is confirmed as secure.")
    document: Document | None = None
    redacted: bool | None = Field(default=None, description=REDACTED)
    checked_by: Person | None = Field(default=None, description="Who looked at a notice that is held (E-54).")

    @model_validator(mode="after")
    def _says_when_once(self) -> Self:
        if (self.occurred_on is None) == (self.occurred_at is None):
            raise ValueError("say when it was asked for with exactly one of occurred_on and occurred_at")
        return self


_SENDING = TypeAdapter(Sending)
_TOLD = {"channel", "secure", "document", "redacted", "checked_by"}


@router.get(
    "/v1/cases/{case}/notices",
    name="read_notices_of_case",
    summary="Who must be told what about one child, and what became of it",
    responses={200: {"model": NoticesReading}, **problems(401, 403, 404, 409, 410, 422, 503)},
)
async def read_notices(case: str, request: Request, caller: ReadsCases, asked: Annotated[Asked, Query()]) -> Response:
    """Each notice with its recipient, its date, and everything that was said of it: sent, delivered, acknowledged."""
    parts = parts_of(request)
    reading, found = await notices_of(parts.cases, reader(request, caller), case, asked.when)
    running = await delivering(parts)
    shown = [shown_notice(each, delivering=running) for each in found]
    return answer({"notices": shown, **reading.grounds()}, version=reading.version)


@router.get(
    "/v1/cases/{case}/notices/{key}/copy",
    name="read_copy_of_notice",
    summary="What the copy of one notice says to its recipient",
    responses={200: {"model": CopyReading}, **problems(401, 403, 404, 409, 410, 422, 503)},
)
async def read_copy(
    case: str, key: str, request: Request, caller: ReadsCases, asked: Annotated[Asked, Query()]
) -> Response:
    """Made from the log, without what must not be told to this recipient. That it was read is recorded."""
    parts = parts_of(request)
    reading, found = await notices_of(parts.cases, reader(request, caller), case, asked.when)
    notice = the_notice(found, key)
    shown = shown_notice(notice, delivering=await delivering(parts))
    return answer({"notice": shown, **shown_copy(notice, reading), **reading.grounds()}, version=reading.version)


@router.post(
    "/v1/cases/{case}/notices/{key}/send",
    name="send_notice",
    summary="Have one notice delivered, or delivered again",
    status_code=201,
    responses={
        201: {"model": CaseAnswer, "description": "Asked for. It waits where nothing is delivered at present."},
        **problems(400, 401, 403, 404, 409, 410, 413, 415, 422, 503),
    },
    openapi_extra=SENDING,
)
async def send_notice(case: str, key: str, request: Request, caller: Tells) -> Response:
    """Records that it was asked for; Planclock then hands it to its channel, over days if need be.

    It is sent once that channel has taken it, and failed, for a person to see and send again, where none will.
    """
    parts = parts_of(request)
    asked = parse(_SENDING, await read_body(request, parts.limits))
    _, found = await notices_of(parts.cases, reader(request, caller), case, When())
    notice = the_notice(found, key)
    stated = asked.model_dump(mode="json", exclude_none=True)
    told = {name: stated.pop(name) for name in _TOLD & stated.keys()}
    item = request_for(parts.cases.catalogue[REQUESTED].item, notice, stated, told)
    assert isinstance(item.data, NotificationRequested)  # noqa: S101 - its type says so
    check_deliverable(notice, item.data)
    telling = Telling(reader=reader(request, caller), told=placed([item], bare=True), key=case)
    became = await tell(parts.cases, telling)
    if not became.stands:
        raise refused(became)
    return answer(became.cases[0], 201, version=became.cases[0]["version"])


async def delivering(parts: Parts) -> bool:
    """Whether anything is delivered at present: Temporal is there, and somebody works for it."""
    return parts.watching is not None and (await parts.watching.look()).running
