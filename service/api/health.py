"""GET: whether this process is alive, whether it is ready, and what is counted."""

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from service.api.answers import answer
from service.api.parts import parts_of
from service.api.shapes import Alive, Ready
from service.cases.readiness import look_at

router = APIRouter(tags=["operations"])


@router.get("/healthz", name="healthz", summary="Alive", responses={200: {"model": Alive}})
async def healthz() -> Response:
    """Answers as long as the process does. Touches nothing."""
    return answer({"alive": True})


@router.get(
    "/readyz",
    name="readyz",
    summary="Ready, part by part",
    responses={
        200: {"model": Ready},
        503: {"model": Ready, "description": "Not ready; `database` or `lists` says why."},
    },
)
async def readyz(request: Request) -> Response:
    """Says of the database, the timers and the lists how they are, in plain words."""
    parts = parts_of(request)
    found = await look_at(parts.database, parts.watching)
    return answer(found.shown(), 200 if found.ready else 503)


@router.get(
    "/metrics",
    name="metrics",
    summary="Counters for Prometheus",
    response_class=PlainTextResponse,
    responses={200: {"description": "All counters."}},
)
async def metrics(request: Request) -> Response:
    """Counters of this process, how far the lists are behind, and how the timers are; never by authority or case."""
    parts = parts_of(request)
    found = await look_at(parts.database, parts.watching)
    parts.metrics.take_over(found)
    content, content_type = parts.metrics.written()
    return Response(content, media_type=content_type)
