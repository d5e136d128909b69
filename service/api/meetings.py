"""GET: one meeting, put together from the copies of its facts in the children's cases."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from service.api.answers import answer
from service.api.callers import ReadsHistory, reader
from service.api.documented import problems
from service.api.list_shapes import MeetingReading
from service.api.lists import reached
from service.api.parts import parts_of
from service.api.reading import Position
from service.cases.meetings import read_meeting

router = APIRouter(tags=["cases"])


class AskedMeeting(BaseModel):
    """From when on the meeting is asked for."""

    model_config = ConfigDict(extra="forbid")

    min_position: Position | None = Field(
        default=None, description="Wait until it is known by this position which cases have part in it."
    )


@router.get(
    "/v1/meetings/{meeting}",
    name="read_meeting",
    summary="One conference or core group, over every child it concerned",
    responses={200: {"model": MeetingReading}, **problems(401, 403, 404, 409, 410, 422, 503)},
)
async def show_meeting(
    meeting: str, request: Request, caller: ReadsHistory, asked: Annotated[AskedMeeting, Query()]
) -> Response:
    """What was told of it, each fact once with the cases that hold it, and its duties, each once."""
    parts = parts_of(request)
    await reached(parts, caller, asked.min_position)
    return answer(await read_meeting(parts.cases, parts.case_list, reader(request, caller), meeting))
