"""The outermost layer: a request id, one log line and one count for each request, and an answer whatever goes wrong."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from traceback import extract_tb
from typing import Any
from uuid import uuid4

import structlog
from pydantic_core import to_json
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.metrics import Metrics
from service.api.problems import MEDIA_TYPE, TYPE, Kind

UNMATCHED = "unmatched"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_log = structlog.get_logger(__name__)


class Observing:
    """Wraps the application. Logs route templates, never paths, queries or bodies; of errors only where they arose."""

    def __init__(
        self, app: ASGIApp, *, metrics: Metrics, build: str, timer: Callable[[], float] = time.perf_counter
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._build = build
        self._timer = timer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, request_id, status = self._timer(), _request_id(Headers(scope=scope)), 0
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request_id)

        async def send_observed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                headers["planclock-build"] = self._build
                headers["x-content-type-options"] = "nosniff"
                headers.setdefault("cache-control", "no-store")
            await send(message)

        try:
            await self._app(scope, receive, send_observed)
        except Exception as error:  # noqa: BLE001  # the last resort: no trace may leave, and no value be logged
            _log.error("request_failed", **_whereabouts(error))
            if status == 0:
                await _answer_internal(send_observed)
        finally:
            self._count(scope, status, self._timer() - started)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", UNMATCHED)
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        self._metrics.requests.labels(method, route, str(status)).inc()
        self._metrics.seconds.labels(method, route).observe(seconds)
        _log.info("request", method=method, route=route, status=status, milliseconds=round(seconds * 1000, 1))


@contextmanager
def said_plainly(event: str) -> Iterator[None]:
    """Logs what goes wrong before anybody is served, in its own words: no caller has sent anything yet."""
    try:
        yield
    except Exception as error:
        _log.error(event, says=str(error), **_whereabouts(error))
        raise


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _request_id(headers: Headers) -> str:
    """The caller's own id where it is a UUID, so that it can name nobody; else a new one."""
    sent = headers.get("x-request-id", "")
    return sent if _UUID.match(sent) else str(uuid4())


def _whereabouts(error: BaseException) -> dict[str, Any]:
    """What sort of error and where. Its own words may hold what a caller sent, and are not logged."""
    frames = extract_tb(error.__traceback__)[-3:]
    return {
        "error": type(error).__name__,
        "where": [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames],
    }


async def _answer_internal(send: Send) -> None:
    kind = Kind.INTERNAL
    body = to_json({"type": TYPE.format(type=kind.slug), "title": kind.title, "status": kind.status})
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": kind.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
