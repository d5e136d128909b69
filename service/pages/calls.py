"""The pages of the API: every call with what it takes and answers, and every event type, made from the descriptions."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic_core import to_json

from events.catalogue.registry import Catalogue, EventType
from service.pages.frame import contents, page
from service.pages.html import Html, Part, element, row, table
from service.pages.shapes import Schema, fields, kind, paragraphs, plain

POLICIES, COMPARED = "/policies", "/policies/compared"
CALLS, EVENT_TYPES = "/docs", "/docs/event-types"
DESCRIPTION = "/openapi.json"


def calls_page(described: Mapping[str, Any]) -> str:
    """Every call of the API, from its OpenAPI description."""
    shapes = _answered(described)
    grouped: dict[str, list[Html]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            grouped.setdefault(operation["tags"][0], []).append(_call(path, method, operation, frozenset(shapes)))
    sections = [(tag, tag.capitalize(), calls) for tag, calls in grouped.items()]
    sections.append(("shapes", "Shapes of the answers", list(_shapes(shapes))))
    return page(
        "The API",
        element("p", " ".join(described["info"]["description"].split()), class_="lead"),
        element("p", "The same for a machine, OpenAPI 3.1: ", element("a", DESCRIPTION, href=DESCRIPTION), "."),
        contents((id_, heading) for id_, heading, _ in sections),
        *(element("section", element("h2", heading, id_=id_), *body) for id_, heading, body in sections),
        navigation=[(EVENT_TYPES, "Event types"), (POLICIES, "Policies")],
    )


def event_types_page(catalogue: Catalogue) -> str:
    """Every event type that may be told, with its fields and an example."""
    topics: dict[str, list[Html]] = {}
    told = {entry.name: entry for entry in catalogue.types.values() if entry.told_by_callers or entry.of_authority}
    schemas = {name: entry.data.model_json_schema() for name, entry in told.items()}
    shapes = {name: shape for schema in schemas.values() for name, shape in schema.get("$defs", {}).items()}
    for name, entry in told.items():
        topics.setdefault(entry.topic, []).append(_event_type(entry, schemas[name], frozenset(shapes)))
    sections = [(topic, topic.replace("_", " ").capitalize(), types) for topic, types in topics.items()]
    sections.append(("shapes", "What they are made of", list(_shapes(shapes))))
    return page(
        "Event types",
        element("p", "What happens to a child, and may be told: each type by its name.", class_="lead"),
        contents((id_, heading) for id_, heading, _ in sections),
        *(element("section", element("h2", heading, id_=id_), *body) for id_, heading, body in sections),
        navigation=[(CALLS, "The API"), (POLICIES, "Policies")],
    )


def _call(path: str, method: str, operation: Mapping[str, Any], linked: frozenset[str]) -> Html:
    heading = element("h3", element("code", element("span", f"{method.upper()} ", class_="verb"), path))
    token = "With a bearer token." if operation.get("security") else "Without a token."
    return element(
        "article",
        heading,
        element("p", element("strong", operation["summary"]), ". ", element("span", token, class_="quiet")),
        *paragraphs(operation.get("description", "")),
        _parameters(operation.get("parameters", ())),
        _body(operation),
        _answers(operation["responses"], linked),
        id_=operation["operationId"],
    )


def _parameters(parameters: Iterable[Mapping[str, Any]]) -> Html | None:
    rows = [
        row(
            element("code", each["name"]),
            each["in"],
            kind(each["schema"]),
            "needed" if each.get("required") else "",
            each.get("description", ""),
        )
        for each in parameters
    ]
    return table("Parameters", ("Name", "In", "What it may be", "Needed", "What it means"), rows) if rows else None


def _body(operation: Mapping[str, Any]) -> Html | None:
    if "requestBody" not in operation:
        return None
    content = operation["requestBody"]["content"]["application/json"]
    examples = content.get("examples")
    said: list[Part] = ["Body: JSON, ", element("code", str(content["schema"]["$ref"]).rpartition("/")[2]), "."]
    if not examples:
        return element("p", *said)
    first = next(iter(examples.values()))
    return element(
        "div", element("p", *said, " An example; there is one of each type: ", _types()), _json(first["value"])
    )


def _types() -> Html:
    return element("a", "event types", href=EVENT_TYPES)


def _answers(responses: Mapping[str, Any], linked: frozenset[str]) -> Html:
    rows = [
        row(element("code", status), plain(answer["description"]), _shape(answer, linked))
        for status, answer in responses.items()
    ]
    return table("Answers", ("Status", "When", "Shape"), rows)


def _shape(answer: Mapping[str, Any], linked: frozenset[str]) -> Html | None:
    return next((kind(content["schema"], linked) for content in answer.get("content", {}).values()), None)


def _answered(described: Mapping[str, Any]) -> Mapping[str, Schema]:
    """The shapes that answers are made of, whichever lead to which; those of event types have a page of their own."""
    schemas, found = described["components"]["schemas"], dict[str, Schema]()
    wanted = [
        name
        for methods in described["paths"].values()
        for operation in methods.values()
        for name in _named(operation["responses"])
    ]
    while wanted:
        name = wanted.pop(0)
        if name not in found:
            found[name] = schemas[name]
            wanted.extend(_named(schemas[name]))
    return found


def _named(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _named(each)
    elif isinstance(part, Mapping):
        if isinstance(reference := part.get("$ref"), str):
            yield reference.rpartition("/")[2]
        for each in part.values():
            yield from _named(each)


def _shapes(shapes: Mapping[str, Schema]) -> Iterator[Html]:
    for name, schema in sorted(shapes.items()):
        told = fields(f"Fields of {name}", schema, frozenset(shapes)) or element("p", kind(schema, frozenset(shapes)))
        yield element("article", element("h3", name, id_=name), *paragraphs(schema.get("description", "")), told)


def _event_type(entry: EventType, schema: Schema, linked: frozenset[str]) -> Html:
    clauses = f"For {', '.join(entry.clauses)}. " if entry.clauses else ""
    opens = "It may open a case." if entry.opens_case else ""
    return element(
        "article",
        element("h3", element("code", entry.name), id_=entry.name),
        element("p", plain(entry.title)),
        element("p", f"A {entry.kind.value}. {clauses}{opens}", class_="quiet"),
        fields("What its data may hold", schema, linked),
        element("p", "An example:"),
        _json(entry.example_item()),
    )


def _json(value: object) -> Html:
    return element("pre", element("code", to_json(value, indent=2).decode()), tabindex="0")
