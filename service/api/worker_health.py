"""The worker's own addresses: whether it is alive, how its parts are, and what is counted. It has no others."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from events.store.connect import Database
from service.api.answers import answer
from service.api.metrics import Metrics
from service.cases.readiness import look_at
from workflows.watching import Watching


def worker_app(database: Database, watching: Watching | None) -> Starlette:
    """`/healthz`, `/readyz` and `/metrics`, as the API has them. None of them tells anything personal."""
    metrics = Metrics()

    async def healthz(_: Request) -> Response:
        return answer({"alive": True})

    async def readyz(_: Request) -> Response:
        found = await look_at(database, watching)
        return answer(found.shown(), 200 if found.ready else 503)

    async def counted(_: Request) -> Response:
        found = await look_at(database, watching)
        metrics.take_over(found)
        content, content_type = metrics.written()
        return Response(content, media_type=content_type)

    return Starlette(routes=[Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", counted)])
