"""Writing answers: JSON bytes, never kept by anybody in between."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json
from starlette.responses import Response

NO_STORE = {"cache-control": "no-store"}


def answer(content: Mapping[str, Any], status: int = 200, *, version: int | None = None) -> Response:
    """An answer that may hold personal data. `version` is the case's, for its ETag (RFC 9110, section 8.8.3)."""
    headers = dict(NO_STORE)
    if version is not None:
        headers["etag"] = f'"{version}"'
    return Response(to_json(content), status, headers, "application/json")
