"""GET: one meeting, put together from the copies of its facts in the children's cases."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.answers import answer
from service.api.callers import ReadsHistory, reader
from service.api.documented import problems
from service.api.parts import parts_of
from service.api.shapes import MeetingReading
from service.cases.meetings import read_meeting

router = APIRouter(tags=["cases"])


@router.get(
    "/v1/meetings/{meeting}",
    name="read_meeting",
    summary="One conference or core group, over every child it concerned",
    responses={200: {"model": MeetingReading}, **problems(401, 403, 404, 410, 422, 503)},
)
async def show_meeting(meeting: str, request: Request, caller: ReadsHistory) -> Response:
    """What was told of it, each fact once with the cases that hold it, and its duties, each once."""
    parts = parts_of(request)
    return answer(await read_meeting(parts.cases, parts.case_list, reader(request, caller), meeting))
