"""JSON Schema in plain words: what a value may be, and the fields of a shape as a table."""

from collections.abc import Mapping
from typing import Any

from service.pages.html import Html, Part, element, joined, row, table

Schema = Mapping[str, Any]
_NAMES = {"integer": "whole number", "boolean": "true or false", "string": "text", "object": "object", "null": "null"}
_FORMATS = {"date": "date", "date-time": "instant with offset", "uuid": "UUID"}


def kind(schema: Schema, linked: frozenset[str] = frozenset()) -> Html:
    """What a value may be. The shapes in `linked` stand on the same page and are links."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return element("a", name, href=f"#{name}") if name in linked else element("span", name)
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return joined(*(kind(each, linked) for each in schema[choice]), between=" or ")
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return joined(*(element("code", str(value)) for value in values), between=", ")
    if schema.get("type") == "array":
        return joined("list of ", kind(schema.get("items", {}), linked))
    name = str(schema.get("format", ""))
    return element("span", _FORMATS.get(name) or _NAMES.get(str(schema.get("type")), "anything"))


def fields(caption: str, schema: Schema, linked: frozenset[str] = frozenset()) -> Html | None:
    """The fields of a shape; None where it has none of its own."""
    if not schema.get("properties"):
        return None
    required = schema.get("required", ())
    rows = [
        row(
            element("code", name),
            joined(kind(field, linked), element("span", "; needed", class_="mark") if name in required else None),
            plain(str(field.get("description", ""))),
        )
        for name, field in schema["properties"].items()
    ]
    return table(caption, ("Field", "What it may be", "What it means"), rows, class_="fields")


def plain(text: str) -> str:
    """A sentence without the marks that set off its names."""
    return text.replace("`", "")


def paragraphs(text: str) -> list[Part]:
    """A description as paragraphs, as its author parted them."""
    return [element("p", plain(" ".join(each.split()))) for each in text.strip().split("\n\n") if each]
