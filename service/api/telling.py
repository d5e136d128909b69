"""POST: telling what happened, to one case or to several."""

import re
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Request
from fastapi_problem.error import Problem
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from service.api.answers import answer
from service.api.bodies import is_list, parse_told, read_body
from service.api.callers import Tells, reader
from service.api.case_shapes import CaseAnswer, CasesAnswer
from service.api.documented import EVENTS, EVENTS_OVER_CASES, problems
from service.api.parts import Parts, parts_of
from service.api.problems import Kind, problem
from service.cases.answering import Answer
from service.cases.faults import Fault, Unacceptable
from service.cases.items import Placed, placed
from service.cases.situation import Telling
from service.cases.telling import tell
from service.identity.principal import Principal

router = APIRouter(tags=["events"])

_ETAG = re.compile(r'(?:W/)?"?(\d{1,9})"?\Z')

REJECT_ALL = "reject_all"


class How(BaseModel):
    """How what is told is to be taken."""

    model_config = ConfigDict(extra="forbid")

    dry_run: bool = Field(default=False, description="Answer what would happen, and record nothing.")
    on_refusal: Literal["reject_all"] | None = Field(
        default=None, description="When one decision is refused, record nothing but the refusals, and answer 409."
    )


IfMatch = Annotated[
    str | None,
    Header(description="The version you went by. 412 when anything but an announcement has come since."),
]


@router.post(
    "/v1/cases/{case}/events",
    name="tell_case",
    summary="Tell what happened to one child: one item, or a list in order",
    status_code=201,
    responses={
        200: {"model": CaseAnswer, "description": "A dry run: what would happen."},
        201: {"model": CaseAnswer, "description": "Recorded."},
        **problems(400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 503),
    },
    openapi_extra=EVENTS,
)
async def tell_case(
    case: str, request: Request, caller: Tells, how: Annotated[How, Query()], if_match: IfMatch = None
) -> Response:
    """Record events of one case, named by our id or by your reference.

    Each item's `(source, id)` takes effect once for ever: sent again it gets its first answer. A decision taken here
    that the procedure forbids is refused with its clause (409) and the refusal recorded. An event that opens a case,
    told under a reference that means none yet, opens one: integration clients only.
    """
    parts = parts_of(request)
    told = await _told(request, parts)
    telling = _telling(request, caller, told, how, key=case, if_match=_version(if_match))
    became = await _tell(parts, telling)
    if not became.stands and not how.dry_run:
        raise refused(became)
    if not became.cases:
        raise refused(became)
    return answer(became.cases[0], 200 if how.dry_run else 201, version=became.cases[0]["version"])


@router.post(
    "/v1/events",
    name="tell_cases",
    summary="Tell what happened to several children",
    status_code=201,
    responses={
        200: {"model": CasesAnswer, "description": "A dry run: what would happen."},
        201: {"model": CasesAnswer, "description": "Recorded."},
        **problems(400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 503),
    },
    openapi_extra=EVENTS_OVER_CASES,
)
async def tell_cases(request: Request, caller: Tells, how: Annotated[How, Query()]) -> Response:
    """The same over several cases: each item names its own, and a fact that concerns several is told once for all."""
    parts = parts_of(request)
    told = await _told(request, parts)
    became = await _tell(parts, _telling(request, caller, told, how, key=None, if_match=None))
    if not became.stands and not how.dry_run:
        raise refused(became)
    content = {"position": became.position, "cases": became.cases, "refused": became.refused}
    return answer(content, 200 if how.dry_run else 201)


async def _tell(parts: Parts, telling: Telling) -> Answer:
    """What became of what was told; the other side of a move knows it too, where this call is to see to that."""
    became = await tell(parts.cases, telling)
    _count(parts, became)
    if not telling.dry_run:
        await parts.transfers.after(telling.caller.authority, [case["case"] for case in became.cases])
    return became


async def _told(request: Request, parts: Parts) -> tuple[Placed, ...]:
    """The items sent, each with its place. Raises problems and Unacceptable as reading and parsing do."""
    raw = await read_body(request, parts.limits)
    if not is_list(raw):
        return placed([parse_told(parts.one, raw, parts.cases.catalogue)], bare=True)
    return placed(parse_told(parts.many, raw, parts.cases.catalogue), bare=False)


def _telling(  # noqa: PLR0913  # all that one request says
    request: Request, caller: Principal, told: tuple[Placed, ...], how: How, *, key: str | None, if_match: int | None
) -> Telling:
    return Telling(
        reader=reader(request, caller),
        told=told,
        key=key,
        if_match=if_match,
        dry_run=how.dry_run,
        reject_all=how.on_refusal == REJECT_ALL,
    )


def _version(if_match: str | None) -> int | None:
    """The version that an If-Match header names (RFC 9110, section 13.1.1). `*` asks for none in particular."""
    if if_match is None or if_match.strip() == "*":
        return None
    found = _ETAG.match(if_match.strip())
    if found is None:
        raise Unacceptable([Fault("If-Match", 'Must be one version, as the ETag gave it, such as "7".')])
    return int(found.group(1))


def refused(became: Answer) -> Problem:
    """What was asked is forbidden: each reason with its clause. The refusal itself is recorded."""
    stand = [{"case": case["case"], "version": case["version"]} for case in became.cases]
    return problem(
        Kind.REFUSED,
        "`reasons` says which clause forbids it and what is missing. The refusal is kept in the case it concerns.",
        reasons=[reason for refused in became.refused for reason in refused["reasons"]],
        refused=became.refused,
        **(stand[0] if len(stand) == 1 else {"cases": stand}),
    )


def _count(parts: Parts, became: Answer) -> None:
    for case in became.cases:
        for event in case["events"]:
            parts.metrics.told.labels(event["outcome"]).inc()
