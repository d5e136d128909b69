"""Pages of lists: bounded, each with a link to the next (RFC 8288)."""

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from service.api.answers import answer
from service.cases.faults import Fault, Unacceptable
from service.cases.showing import Plain

Limit = Annotated[int, Field(ge=1, le=500, description="How many at most.")]


def said_once(request: Request, *lists: str) -> None:
    """Raises Unacceptable where a parameter is given several times, but for `lists`: which one counts is a guess."""
    counted = Counter(name for name, _ in request.query_params.multi_items() if name not in lists)
    several = [Fault(name, "Say it once.") for name, times in counted.items() if times > 1]
    if several:
        raise Unacceptable(several)


def linked(request: Request, content: Plain, following: Mapping[str, Any] | None) -> Response:
    """A page. `following` are the parameters that get the next one, beside those already asked; None on the last.

    The link is relative to the host and repeats the path as it was asked, so it names a case only to who asked for it.
    """
    target = None
    if following is not None:
        asked = [(name, value) for name, value in request.query_params.multi_items() if name not in following]
        target = f"{request.url.path}?{urlencode([*asked, *following.items()])}"
    answered = answer({**content, "next": target})
    if target is not None:
        answered.headers["link"] = f'<{target}>; rel="next"'
    return answered
