"""From a pack's text to a policy: parsed, laid over what it extends, checked. Errors name the file and the entry."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from events.policies.checking import Vocabulary, complaints, instead
from events.policies.model import DutyEntry, Figure, Outside, Policy, RuleEntry
from events.policies.words import UNITS

_WORKED_OUT = {"digest", "origin", "builds_on"}
"""What a policy says of itself only once it is loaded."""


class PolicyError(ValueError):
    """A pack cannot be used. Each line names the file, the entry, and what is wrong with it."""


def digest(text: str) -> str:
    """The name of an immutable stored text: its SHA-256, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def packs() -> dict[str, str]:
    """The text of every pack this build carries, by its name."""
    folder = resources.files("events.policies")
    return {
        entry.name.removesuffix(".toml"): entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    }


def load(name: str, texts: Mapping[str, str], vocabulary: Vocabulary) -> Policy:
    """The policy called `name`, laid over what it extends and checked against the vocabulary.

    Raises PolicyError naming file and entry for anything unknown: a field, an event, a condition, a unit, a base.
    """
    policy = _merged(_lineage(name, texts))
    wrong = list(complaints(policy, vocabulary))
    if wrong:
        raise PolicyError("\n".join(wrong))
    return policy


def _lineage(name: str, texts: Mapping[str, str]) -> list[Policy]:
    """The pack, then each pack that the one before it extends."""
    lineage = [_parsed(name, texts)]
    while (base := lineage[-1].extends) is not None:
        if base in {earlier.id for earlier in lineage}:
            raise PolicyError(f"{lineage[-1].id}.toml: extends {base}, which extends it in turn")
        if base not in texts:
            raise PolicyError(f"{lineage[-1].id}.toml: extends {base}, and no pack has that name")
        lineage.append(_parsed(base, texts))
    return lineage


def _parsed(name: str, texts: Mapping[str, str]) -> Policy:
    try:
        written = tomllib.loads(texts[name])
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{name}.toml: not TOML: {error}") from error
    try:
        policy = Policy.model_validate(written)
    except ValidationError as error:
        raise PolicyError("\n".join(_plain(name, written, error))) from error
    seen: set[str] = set()
    for entry in (*policy.duty, *policy.rule, *policy.outside):
        if entry.id in seen:
            raise PolicyError(f"{name}.toml: two entries have the id {entry.id}; give each its own")
        seen.add(entry.id)
    return policy


def _plain(name: str, written: object, error: ValidationError) -> Iterable[str]:
    """Each problem with its place, entries called by their ids rather than their numbers."""
    for problem in error.errors():
        place: list[str] = []
        node: object = written
        for step in problem["loc"]:
            known = isinstance(node, Mapping | list) and (step in node if isinstance(node, Mapping) else True)
            node = node[step] if known and isinstance(node, Mapping | list) else None  # type: ignore[index]  # TOML
            place.append(str(node["id"]) if isinstance(node, Mapping) and "id" in node else str(step))
        yield f"{name}.toml: {' > '.join(place)}: {_said(problem, place)}"


def _said(problem: ErrorDetails, place: list[str]) -> str:
    """What is wrong, and what to write instead where that can be told."""
    if problem["type"] != "extra_forbidden":
        return problem["msg"]
    if "due" in place:
        return f"no unit or direction is called so; count in {', '.join(UNITS)}, after or before an anchor"
    words = {name for model in (Policy, DutyEntry, RuleEntry, Figure, Outside) for name in model.model_fields}
    return f"there is nothing of this name to say here{instead(place[-1], words)}"


def _merged(lineage: list[Policy]) -> Policy:
    """Each base overlaid by the pack that extends it: an entry of the same id takes the place of the base's."""
    figures: dict[str, Figure] = {}
    duties: dict[str, DutyEntry] = {}
    rules: dict[str, RuleEntry] = {}
    outside: dict[str, Outside] = {}
    origin: dict[str, str] = {}
    for policy in reversed(lineage):
        figures.update(policy.figures)
        duties.update({entry.id: entry for entry in policy.duty})
        rules.update({entry.id: entry for entry in policy.rule})
        outside.update({entry.id: entry for entry in policy.outside})
        origin.update({entry.id: policy.id for entry in (*policy.duty, *policy.rule, *policy.outside)})
        origin.update(dict.fromkeys(policy.figures, policy.id))
    return lineage[0].model_copy(
        update={
            "nation": next((policy.nation for policy in lineage if policy.nation), None),
            "figures": figures,
            "duty": tuple(duties.values()),
            "rule": tuple(rules.values()),
            "outside": tuple(outside.values()),
            "origin": origin,
            "builds_on": {policy.id: policy.title for policy in lineage[1:]},
            "digest": digest("".join(policy.model_dump_json(exclude=_WORKED_OUT) for policy in lineage)),
        }
    )
