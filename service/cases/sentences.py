"""From what pydantic found wrong to a pointer and a sentence, without a word of what was sent."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from service.cases.faults import Fault

MOST = 50
"""How many faults one answer lists."""

_PLAIN_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}\Z")

_SENTENCES = {
    "missing": "This field is required.",
    "union_tag_not_found": "Say which event type it is.",
    "union_tag_invalid": "No event type is called that; /v1/event-types lists them.",
    "string_type": "Must be text.",
    "string_too_short": "Must not be empty.",
    "string_too_long": "Must have at most {max_length} characters.",
    "string_pattern_mismatch": "Is not written as it must be.",
    "bool_type": "Must be true or false.",
    "int_type": "Must be a whole number.",
    "int_parsing": "Must be a whole number.",
    "int_parsing_size": "Is too large a number.",
    "greater_than_equal": "Must be {ge} or more.",
    "less_than_equal": "Must be {le} or less.",
    "greater_than": "Must be more than {gt}.",
    "less_than": "Must be less than {lt}.",
    "enum": "Must be one of {expected}.",
    "literal_error": "Must be {expected}.",
    "tuple_type": "Must be a list.",
    "list_type": "Must be a list.",
    "dict_type": "Must be an object.",
    "model_type": "Must be an object.",
    "model_attributes_type": "Must be an object.",
    "too_long": "Holds too many; the most is {max_length}.",
    "too_short": "Holds too few; the least is {min_length}.",
    "date_type": "Must be a date, such as 2025-03-03.",
    "date_parsing": "Must be a date, such as 2025-03-03.",
    "date_from_datetime_parsing": "Must be a date, such as 2025-03-03.",
    "date_from_datetime_inexact": "Must be a date without a time, such as 2025-03-03.",
    "datetime_type": "Must be an instant with its offset, such as 2025-03-03T09:30:00+00:00.",
    "datetime_parsing": "Must be an instant with its offset, such as 2025-03-03T09:30:00+00:00.",
    "datetime_from_date_parsing": "Must be an instant with its offset, such as 2025-03-03T09:30:00+00:00.",
    "timezone_aware": "Must be an instant with its offset, such as 2025-03-03T09:30:00+00:00.",
    "uuid_type": "Must be an id of the form 8-4-4-4-12 hexadecimal digits.",
    "uuid_parsing": "Must be an id of the form 8-4-4-4-12 hexadecimal digits.",
}
_EVENTUALLY = "Is not valid here."
_UNKNOWN = "No field of this name belongs here."
_WHEN = "No field of this name belongs here: `occurred_on` or `occurred_at`, beside `data`, says when it happened."
_WHERE = "No field of this name belongs here: `meeting`, beside `data`, says which meeting."
_WHOSE = "No field of this name belongs here: the case says which child, or `cases` where it is told for several."
_INSTEAD = {
    **dict.fromkeys(("date", "at", "on", "held_on", "delivered_on", "decided_at"), _WHEN),
    **dict.fromkeys(
        ("conference", "conference_id", "review", "review_id", "meeting_id", "decided_at_review_id"), _WHERE
    ),
    **dict.fromkeys(("child", "child_id", "child_ids", "children"), _WHOSE),
}
"""What to say of a field that many look for in an event's data, and that stands once, beside it."""
_BRANCHES = frozenset({"model_type", "string_type", "tuple_type", "enum", "literal_error", "uuid_type", "date_type"})
"""What a union says of the branches that were not meant: kept only where nothing better is said of the same place."""


def faults(
    errors: Sequence[ErrorDetails], body: object, prefix: str = "", *, instead: Mapping[str, str] | None = None
) -> list[Fault]:
    """One fault for each place that is wrong in `body`, as it was parsed from JSON; at most MOST of them.

    `instead` holds what there is better to say of some places.
    """
    best: dict[str, tuple[bool, str]] = {}
    for error in errors:
        where, sentence = prefix + _pointer(error, body), _sentence(error)
        told = best.get(where)
        if told is None or (told[0] and error["type"] not in _BRANCHES):
            best[where] = (error["type"] in _BRANCHES, sentence)
    better = instead or {}
    return _within_reason([Fault(where, better.get(where, sentence)) for where, (_, sentence) in best.items()])


def parameter_faults(errors: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """The same for path, query and header parameters: `where` is the parameter's name."""
    found: dict[str, str] = {}
    for error in errors:
        name = str(error["loc"][1]) if len(error["loc"]) > 1 else ""
        found.setdefault(name if _PLAIN_NAME.match(name) else "", _sentence(error))
    return _within_reason([Fault(name, sentence) for name, sentence in found.items()])


def _within_reason(found: list[Fault]) -> list[Fault]:
    if len(found) <= MOST:
        return found
    return [*found[:MOST], Fault("", f"And {len(found) - MOST} more.")]


def _pointer(error: ErrorDetails, body: object) -> str:
    """The place in the body. Steps that name a branch of a union are not in the body and drop out.

    The name of a field that is not known here is shown only when it looks like a field's, never like a person's.
    """
    steps: list[str] = []
    here: Any = body
    for step in error["loc"]:
        if isinstance(here, dict) and step in here:
            if error["type"] == "extra_forbidden" and step == error["loc"][-1] and not _PLAIN_NAME.match(str(step)):
                break
            here = here[step]
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        elif error["type"] != "missing" or step != error["loc"][-1]:
            continue
        steps.append(str(step).replace("~", "~0").replace("/", "~1"))
    if error["type"] in {"union_tag_invalid", "union_tag_not_found"}:
        steps.append("type")
    return "".join(f"/{step}" for step in steps)


def _sentence(error: Mapping[str, Any]) -> str:
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return _as_sentence(str(context.get("error", _EVENTUALLY)))
    if error["type"] == "extra_forbidden":
        return _INSTEAD.get(str(error["loc"][-1]), _UNKNOWN) if "data" in error["loc"] else _UNKNOWN
    return _SENTENCES.get(error["type"], _EVENTUALLY).format(**context)


def _as_sentence(words: str) -> str:
    """Our own validators' words, which never hold what was sent, with a capital and a full stop."""
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")
