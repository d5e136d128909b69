"""GET: the reports that an authority's procedure asks it for."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from service.api.answers import answer
from service.api.callers import ReadsReports
from service.api.documented import problems
from service.api.parts import parts_of
from service.api.report_shapes import BiannualReports
from service.cases.reports import Audience, read_reports

router = APIRouter(tags=["reports"])


class AskedReports(BaseModel):
    """For whom."""

    model_config = ConfigDict(extra="forbid")

    audience: Audience | None = Field(
        default=None,
        description="`leadership` has exact figures, for those who may see cases; `partnership` what may leave here.",
    )


@router.get(
    "/v1/reports/biannual",
    name="read_biannual_reports",
    summary="The half-yearly reports on case reviews: what was counted, where each went, and what is still owed",
    responses={200: {"model": BiannualReports}, **problems(401, 403, 409, 422, 503)},
)
async def read_biannual_reports(
    request: Request, caller: ReadsReports, asked: Annotated[AskedReports, Query()]
) -> Response:
    """They name nobody. Telling that one was submitted or shared is for `POST /v1/directory`."""
    return answer(await read_reports(parts_of(request).cases, caller, asked.audience))
