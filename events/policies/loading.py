"""From a pack's text to a policy: parsed, laid over what it extends, checked. Errors name the file and the entry."""

import hashlib
import tomllib
from collections.abc import Mapping
from importlib import resources

from pydantic import ValidationError

from events.policies.checking import Vocabulary, complaints, nonsense
from events.policies.mistakes import mistakes
from events.policies.model import DutyEntry, Figure, Outside, Policy, RuleEntry, Slot

_WORKED_OUT = {"digest", "origin", "builds_on"}
"""What a policy says of itself only once it is loaded."""


_ONE_WAY = "take `extends` out of the one that the other builds on"


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


def load(name: str, texts: Mapping[str, str], vocabulary: Vocabulary, *, activated: bool = False) -> Policy:
    """The policy called `name`, laid over what it extends and checked against the vocabulary.

    What was `activated` made sense to the build that brought it into force, and stays in force: it is asked only
    whether every word of it is known.

    Raises PolicyError naming file and entry for anything unknown: a field, an event, a condition, a unit, a base.
    """
    policy = _merged(_lineage(name, texts))
    wrong = list(complaints(policy, vocabulary))
    if not activated:
        wrong.extend(nonsense(policy, vocabulary))
    if wrong:
        raise PolicyError("\n".join(wrong))
    return policy


def _lineage(name: str, texts: Mapping[str, str]) -> list[Policy]:
    """The pack, then each pack that the one before it extends."""
    lineage = [_parsed(name, texts)]
    while (base := lineage[-1].extends) is not None:
        if base in {earlier.id for earlier in lineage}:
            raise PolicyError(f"{lineage[-1].id}.toml: extends {base}, which extends it in turn; {_ONE_WAY}")
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
        raise PolicyError("\n".join(mistakes(name, written, error))) from error
    if policy.id != name:
        raise PolicyError(f"{name}.toml: says that its id is {policy.id}; a pack's id is the name of its file: {name}")
    seen: set[str] = set()
    for entry in (*policy.duty, *policy.rule, *policy.outside, *policy.slot):
        if entry.id in seen:
            raise PolicyError(f"{name}.toml: two entries have the id {entry.id}; give each its own")
        seen.add(entry.id)
    return policy


def _merged(lineage: list[Policy]) -> Policy:
    """Each base overlaid by the pack that extends it: an entry of the same id takes the place of the base's."""
    figures: dict[str, Figure] = {}
    duties: dict[str, DutyEntry] = {}
    rules: dict[str, RuleEntry] = {}
    outside: dict[str, Outside] = {}
    slots: dict[str, Slot] = {}
    origin: dict[str, str] = {}
    for policy in reversed(lineage):
        figures.update(policy.figures)
        duties.update({entry.id: entry for entry in policy.duty})
        rules.update({entry.id: entry for entry in policy.rule})
        outside.update({entry.id: entry for entry in policy.outside})
        slots.update({entry.id: entry for entry in policy.slot})
        entries = (*policy.duty, *policy.rule, *policy.outside, *policy.slot)
        origin.update({entry.id: policy.id for entry in entries})
        origin.update(dict.fromkeys(policy.figures, policy.id))
    return lineage[0].model_copy(
        update={
            "nation": next((policy.nation for policy in lineage if policy.nation), None),
            "figures": figures,
            "duty": tuple(duties.values()),
            "rule": tuple(rules.values()),
            "outside": tuple(outside.values()),
            "slot": tuple(slots.values()),
            "words": {name: said for policy in reversed(lineage) for name, said in policy.words.items()},
            "origin": origin,
            "builds_on": {policy.id: policy.title for policy in lineage[1:]},
            "digest": digest("".join(policy.model_dump_json(exclude=_WORKED_OUT) for policy in lineage)),
        }
    )
