"""What each recorded schema looks like, in a form that shows a change. Rewrite: `python -m tests.catalogue.golden`."""

import json
from pathlib import Path
from typing import Any

from events.catalogue.registry import Catalogue
from events.catalogue.whole import catalogue

GOLDEN = Path(__file__).with_name("golden.json")


def shapes(known: Catalogue) -> dict[str, Any]:
    """Name, schema version and fields of each type, and the parts that the fields are made of."""
    parts: dict[str, Any] = {}
    types = {}
    for name, entry in sorted(known.types.items()):
        schema = entry.data.model_json_schema()
        for part, its in schema.get("$defs", {}).items():
            parts[part] = _fields(its) if "properties" in its else _shape(its)
        types[name] = {"schema_version": entry.schema_version, "fields": _fields(schema)}
    return {"types": types, "parts": dict(sorted(parts.items()))}


def _fields(schema: dict[str, Any]) -> dict[str, str]:
    required = schema.get("required", ())
    return {
        name: ("" if name in required else "optional ") + _shape(field)
        for name, field in schema.get("properties", {}).items()
    }


def _shape(schema: dict[str, Any]) -> str:
    """One line that says what a field may hold."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    if "anyOf" in schema:
        return " or ".join(_shape(each) for each in schema["anyOf"] if each != {"type": "null"})
    if schema.get("type") == "array":
        return f"{_bounds(schema, 'Items')}[{_shape(schema['items'])}]"
    terms = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
    kind = schema.get("format") or schema.get("type", "anything")
    return f"{kind}{_bounds(schema, 'Length')}{_bounds(schema, 'imum')}" + (
        f" {'|'.join(map(str, terms))}" if terms else ""
    )


def _bounds(schema: dict[str, Any], of: str) -> str:
    least, most = schema.get(f"min{of}", ""), schema.get(f"max{of}", "")
    return f"({least}..{most})" if (least, most) != ("", "") else ""


def main() -> None:
    """Write the golden file anew, after a change that was meant."""
    GOLDEN.write_text(json.dumps(shapes(catalogue()), indent=1) + "\n")


if __name__ == "__main__":
    main()
