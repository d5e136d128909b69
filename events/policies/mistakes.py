"""What is wrong with the shape of a pack, in plain words: which file, which entry, and what to write instead."""

import re
from collections.abc import Callable, Iterable, Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from events.policies.checking import instead
from events.policies.model import DutyEntry, Figure, Outside, Policy, RuleEntry, Slot
from events.policies.words import UNITS, Due, Notice

_WANTED = {
    "cite": 'its place in the document, such as `cite = "8.2.1"`',
    "id": 'the id by which everybody calls it, such as `id = "STK-T01"`',
    "title": "what it asks, in plain words",
    "owner": 'whose duty it is, such as `owner = "social worker"`',
    "message": "the sentence that is said when it does not hold",
    "reason": "why it lies outside",
    "enforce": "what follows when it does not hold: block, warn, record or guide",
    "starts": 'the event that starts it, such as `starts = { event = "plan_ended" }`',
    "on": 'the event that it judges, such as `on = { event = "plan_ended" }`',
    "event": 'the event that is meant, such as `{ event = "plan_ended" }`',
    "value": 'the figure, such as `{ value = 3, cite = "8.2.1" }`',
}
_PARTS = (Policy, DutyEntry, RuleEntry, Figure, Outside, Slot, Notice)


def mistakes(name: str, written: object, error: ValidationError) -> Iterable[str]:
    """Each mistake with its place, entries called by their ids, or else by what they are about."""
    for problem in error.errors():
        place: list[str] = []
        node: object = written
        for step in problem["loc"]:
            known = isinstance(node, Mapping | list) and (step in node if isinstance(node, Mapping) else True)
            node = node[step] if known and isinstance(node, Mapping | list) else None  # type: ignore[index]  # TOML
            place.append(_called(node, step))
        yield f"{name}.toml: {' > '.join(place)}: {_said(problem, place)}"


def _called(node: object, step: str | int) -> str:
    """What a part of the pack is called: an entry by its id, one without by its title, or by its number."""
    if isinstance(step, str) or not isinstance(node, Mapping):
        return str(step)
    return str(node.get("id") or (f"the one titled {node['title']!r}" if "title" in node else f"number {step + 1}"))


def _said(problem: ErrorDetails, place: list[str]) -> str:
    """What is wrong, and what to write instead where that can be told."""
    in_words = _IN_WORDS.get(problem["type"])
    return in_words(problem, place) if in_words is not None else problem["msg"]


def _unknown(_: ErrorDetails, place: list[str]) -> str:
    word = place[-1]
    if "due" in place:
        known = f"count in {', '.join(UNITS)}, after or before an anchor"
        return f"no unit or direction is called so; {known}{instead(word, Due.model_fields)}"
    words = {name for model in _PARTS for name in model.model_fields}
    return f"there is nothing of this name to say here{instead(word, words)}"


def _missing(_: ErrorDetails, place: list[str]) -> str:
    return f"it is missing: say {_WANTED.get(place[-1], f'`{place[-1]}`')}"


def _no_words(problem: ErrorDetails, place: list[str]) -> str:
    if place[-1] == "id":
        return f"{problem['input']!r} is no id; write letters, digits, hyphens and full stops only"
    return f"it says nothing: say {_WANTED.get(place[-1], 'something')}"


def _too_little(problem: ErrorDetails, _: list[str]) -> str:
    return f"{problem['input']} cannot be meant; write a number that is at least {problem['ctx']['ge']}"


def _too_much(problem: ErrorDetails, _: list[str]) -> str:
    return f"{problem['input']} cannot be meant; write a number that is at most {problem['ctx']['le']}"


def _none_of_them(problem: ErrorDetails, _: list[str]) -> str:
    expected, given = str(problem["ctx"]["expected"]), problem["input"]
    known = re.findall(r"'([^']*)'", expected)
    return f"it cannot be {given!r}; write {expected}{instead(str(given), known)}"


def _no_text(problem: ErrorDetails, place: list[str]) -> str:
    wanted = "the name of the one pack that it extends" if place[-1] == "extends" else "text, in quotes"
    return f"it cannot be {problem['input']!r}; write {wanted}"


def _no_number(problem: ErrorDetails, _: list[str]) -> str:
    return f"it cannot be {problem['input']!r}; write a whole number, without quotes"


def _of_ours(problem: ErrorDetails, _: list[str]) -> str:
    return str(problem["ctx"]["error"])


_IN_WORDS: Mapping[str, Callable[[ErrorDetails, list[str]], str]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    "string_pattern_mismatch": _no_words,
    "greater_than_equal": _too_little,
    "less_than_equal": _too_much,
    "string_type": _no_text,
    "int_type": _no_number,
    "int_parsing": _no_number,
    "int_from_float": _no_number,
    "enum": _none_of_them,
    "literal_error": _none_of_them,
    "value_error": _of_ours,
}
