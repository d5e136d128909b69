"""Pages of lists: bounded, each with a link to the next (RFC 8288)."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from service.api.answers import answer
from service.cases.showing import Plain

Limit = Annotated[int, Field(ge=1, le=500, description="How many at most.")]


def linked(request: Request, content: Plain, following: Mapping[str, Any] | None) -> Response:
    """A page. `following` are the parameters that get the next one, beside those already asked; None on the last.

    The link is relative to the host and repeats the path as it was asked, so it names a case only to who asked for it.
    """
    target = None
    if following is not None:
        asked = {**request.query_params, **following}
        target = f"{request.url.path}?{urlencode(asked)}"
    answered = answer({**content, "next": target})
    if target is not None:
        answered.headers["link"] = f'<{target}>; rel="next"'
    return answered
