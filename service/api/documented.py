"""The parts of the API's description that FastAPI cannot work out: bodies read raw, problems, and the event types."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from events.catalogue.registry import Catalogue
from service.api.bodies import JSON, lists_for_directory
from service.api.case_shapes import ProblemShape
from service.api.problems import MEDIA_TYPE, Kind

_REF = "#/components/schemas/"
_TITLES = {
    400: "The body is not JSON in UTF-8, or nested too deeply.",
    401: "A valid bearer token is needed.",
    403: "The caller may not do this.",
    404: "There is no such thing, or none that this caller may know of.",
    409: "It conflicts with what is there; `type` and `reasons` say how.",
    410: "It has been lawfully erased.",
    412: "The case has moved on since the version named.",
    413: "The body is too large.",
    415: "The content type is not JSON.",
    422: "What was sent makes no sense here; `errors` says where.",
    503: "Something this needs is not available just now; try again.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems a route may answer with."""
    content = {MEDIA_TYPE: {"schema": {"$ref": f"{_REF}Problem"}}}
    return {status: {"description": _TITLES[status], "content": content} for status in statuses}


def _body(schema: str) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {JSON: {"schema": {"$ref": _REF + schema}}}}}


EVENTS, EVENTS_OVER_CASES = _body("Told"), _body("ToldOverCases")
"""Descriptions of bodies; `describe` adds the schemas they name, and the examples."""

DIRECTORY = _body("ToldOfAuthority")
SANDBOX, CLOCK, SENDING = _body("NewSandbox"), _body("Advance"), _body("Sending")
SIMULATION = _body("NewSimulation")


def describe(app: FastAPI, catalogue: Catalogue, batch: int, bodies: Sequence[type[BaseModel]]) -> None:
    """Make `app` describe itself whole: OpenAPI 3.1 with every event type and an example of each."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            whole = get_openapi(
                title=app.title,
                version=app.version,
                summary=app.summary,
                description=app.description,
                routes=app.routes,
                tags=app.openapi_tags,
            )
            _complete(whole, catalogue, batch, bodies)
            app.openapi_schema = whole
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's own way to extend it


def _complete(whole: dict[str, Any], catalogue: Catalogue, batch: int, bodies: Sequence[type[BaseModel]]) -> None:
    schemas = whole["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    union = catalogue.told.json_schema(ref_template=_REF + "{model}")
    schemas |= union.pop("$defs")
    problem = ProblemShape.model_json_schema(ref_template=_REF + "{model}")
    schemas |= problem.pop("$defs")
    problem["properties"]["type"] = {"type": "string", "examples": [_type(kind) for kind in Kind]}
    schemas["Problem"] = problem
    schemas["Item"] = union
    for body in bodies:
        written = body.model_json_schema(ref_template=_REF + "{model}")
        schemas |= written.pop("$defs", {})
        schemas[body.__name__] = written
    one_or_more = {
        "anyOf": [
            {"$ref": f"{_REF}Item"},
            {"type": "array", "items": {"$ref": f"{_REF}Item"}, "minItems": 1, "maxItems": batch},
        ]
    }
    schemas["Told"] = {**one_or_more, "description": "One item or a list, without `cases`: the address names the case."}
    schemas["ToldOverCases"] = {**one_or_more, "description": "One item or a list, each naming its `cases`."}
    schemas["ToldOfAuthority"] = _of_authority(schemas, catalogue, batch)
    _add_examples(whole, catalogue)


def _of_authority(schemas: dict[str, Any], catalogue: Catalogue, batch: int) -> dict[str, Any]:
    """The schema of what may be told of the authority; the parts it needs are added to `schemas`."""
    each = lists_for_directory(catalogue, batch).json_schema(ref_template=_REF + "{model}")
    schemas |= each.pop("$defs")
    return {"description": "One item or a list, told of the authority itself.", "anyOf": [each["items"], each]}


def _type(kind: Kind) -> str:
    return f"urn:planclock:problem:{kind.slug}"


def _add_examples(whole: dict[str, Any], catalogue: Catalogue) -> None:
    told = [entry for entry in catalogue.types.values() if entry.told_by_callers]
    for path, more in (("/v1/cases/{case}/events", {}), ("/v1/events", {"cases": ["CHILD-A"]})):
        content = whole["paths"][path]["post"]["requestBody"]["content"][JSON]
        content["examples"] = {
            entry.name: {"summary": entry.title, "value": {**entry.example_item(), **more}} for entry in told
        }
    content = whole["paths"]["/v1/directory"]["post"]["requestBody"]["content"][JSON]
    content["examples"] = {
        entry.name: {"summary": entry.title, "value": entry.example_item()}
        for entry in catalogue.types.values()
        if entry.of_authority and not entry.ours
    }
