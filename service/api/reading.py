"""GET: one case, its history and its duties."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from starlette.responses import Response

from service.api.answers import answer
from service.api.callers import ReadsCases, ReadsHistory, reader
from service.api.case_shapes import CaseReading, DutiesReading, HistoryPage
from service.api.documented import problems
from service.api.paging import Limit, linked
from service.api.parts import parts_of
from service.cases.reading import When, read
from service.cases.showing import shown_duty, shown_history

router = APIRouter(tags=["cases"])

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_LOST_PLUS = re.compile(r" (?=\d{2}:?\d{2}\Z)")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def _moment(text: Any) -> Any:  # noqa: ANN401  # whatever the query holds
    """An instant with its offset, or a date. A plus sign that was not escaped in an address arrives as a space."""
    if not isinstance(text, str):
        return text
    found: date
    try:
        found = date.fromisoformat(text) if _DATE.match(text) else datetime.fromisoformat(_LOST_PLUS.sub("+", text))
    except ValueError:  # its own words repeat what was asked
        raise ValueError("must be a date, such as 2025-03-03, or an instant with its offset") from None
    if isinstance(found, datetime) and found.utcoffset() is None:
        raise ValueError("must have its offset, such as 2025-03-03T09:30:00+00:00")
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueError(f"must lie between {_FIRST_YEAR} and {_LAST_YEAR}")
    return found


Moment = Annotated[
    datetime | date,
    BeforeValidator(_moment),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}),
]
"""An instant with its offset, or a date, which means the end of that local day."""

Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Position = Annotated[int, Field(ge=0, le=2**53 - 1)]


class Asked(BaseModel):
    """Which moment of the case is asked for; none of them: now."""

    model_config = ConfigDict(extra="forbid")

    version: Version | None = Field(default=None, description="As it stood at this version.")
    known_at: Moment | None = Field(
        default=None, description="As it was known then: an instant, or a date, which means the end of that local day."
    )
    true_at: Moment | None = Field(
        default=None, description="As it was true then, by what is known now, or by what was known at `known_at`."
    )
    min_position: Position | None = Field(
        default=None, description="Answer only when the log has come to this position; 409 otherwise."
    )

    @model_validator(mode="after")
    def _asks_one_question(self) -> Self:
        if self.version is not None and (self.known_at is not None or self.true_at is not None):
            raise ValueError("ask either at a version or at a moment")
        return self

    @property
    def when(self) -> When:
        """The question."""
        return When(self.version, self.known_at, self.true_at, self.min_position)


@router.get(
    "/v1/cases/{case}",
    name="read_case",
    summary="One child's case: state, duties and findings",
    responses={200: {"model": CaseReading}, **problems(401, 403, 404, 409, 410, 422, 503)},
)
async def read_case(case: str, request: Request, caller: ReadsCases, asked: Annotated[Asked, Query()]) -> Response:
    """The case as it stands now, as it stood at a version, as it was known, or as it was true at a moment."""
    reading = await read(parts_of(request).cases, reader(request, caller), case, asked.when)
    return answer(reading.shown(), version=reading.version)


@router.get(
    "/v1/cases/{case}/duties",
    name="read_duties_of_case",
    summary="What must be done for one child, by when, and why",
    responses={200: {"model": DutiesReading}, **problems(401, 403, 404, 409, 410, 422, 503)},
)
async def read_duties(case: str, request: Request, caller: ReadsCases, asked: Annotated[Asked, Query()]) -> Response:
    """Every duty, each with its clause and how its date came about: start, count, and each day skipped and why."""
    reading = await read(parts_of(request).cases, reader(request, caller), case, asked.when)
    duties = [shown_duty(duty) for duty in reading.assessment.duties]
    return answer({"case": reading.case, "version": reading.version, "duties": duties, **reading.grounds()})


class PageOfHistory(BaseModel):
    """Which part of the history."""

    model_config = ConfigDict(extra="forbid")

    after: Annotated[int, Field(ge=0, le=2**31 - 1)] = Field(default=0, description="Go on after this version.")
    limit: Limit = 100


@router.get(
    "/v1/cases/{case}/events",
    name="read_history",
    summary="One child's history, oldest first",
    responses={200: {"model": HistoryPage}, **problems(401, 403, 404, 410, 422, 503)},
)
async def read_history(
    case: str, request: Request, caller: ReadsHistory, page: Annotated[PageOfHistory, Query()]
) -> Response:
    """Everything recorded: facts, decisions, corrections and what they correct, refusals, and announcements."""
    reading = await read(parts_of(request).cases, reader(request, caller), case, When())
    events = shown_history(reading.events)[page.after : page.after + page.limit]
    more = bool(events) and events[-1]["version"] < reading.version
    following = {"after": events[-1]["version"], "limit": page.limit} if more else None
    content = {
        "case": reading.case,
        "version": reading.version,
        "position": reading.position,
        "events": events,
        "sandbox": reading.sandbox,
    }
    return linked(request, content, following)
