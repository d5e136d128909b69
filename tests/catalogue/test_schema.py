"""The schema of the catalogue: fit for OpenAPI, without floats, bounded, and never changed unnoticed."""

import json
from collections.abc import Iterator
from typing import Any

from events.catalogue.registry import Catalogue
from events.catalogue.whole import catalogue
from tests.catalogue.golden import GOLDEN, shapes


def nodes(schema: object) -> Iterator[dict[str, Any]]:
    """Every object in a JSON schema."""
    if isinstance(schema, dict):
        yield schema
        for each in schema.values():
            yield from nodes(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from nodes(each)


def test_the_recorded_schemas_are_those_of_the_golden_file(known: Catalogue) -> None:
    """A breaking change needs a new schema_version; then `python -m tests.catalogue.golden` and read the diff."""
    assert json.loads(GOLDEN.read_text()) == shapes(known)


def test_the_schema_is_the_same_each_time_it_is_made(known: Catalogue) -> None:
    assert json.dumps(known.told.json_schema()) == json.dumps(catalogue().told.json_schema())


def test_the_schema_tells_types_apart_by_name_and_shows_an_example_of_each(known: Catalogue) -> None:
    schema = known.told.json_schema()
    mapping = schema["discriminator"]["mapping"]

    assert set(mapping) == {name for name, entry in known.types.items() if entry.told_by_callers}
    for name, reference in mapping.items():
        one = schema["$defs"][reference.rsplit("/", 1)[-1]]
        assert one["examples"] == [known[name].example_item()]
        assert one["description"].startswith(known[name].title)


def test_nothing_is_a_float(known: Catalogue) -> None:
    assert [node for node in nodes(known.recorded.json_schema()) if node.get("type") == "number"] == []


def test_every_list_and_every_string_a_caller_may_send_is_bounded(known: Catalogue) -> None:
    schema = known.told.json_schema()
    for definition in schema["$defs"].values():
        definition.pop("examples", None)

    unbounded = [
        node
        for node in nodes(schema)
        if (node.get("type") == "array" and "maxItems" not in node)
        or (node.get("type") == "string" and not {"maxLength", "format", "enum", "const"} & set(node))
    ]

    assert unbounded == []
