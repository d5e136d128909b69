"""From a pack's text to a checked policy: every name in it must exist, or the error names the file and the entry."""

import hashlib
import tomllib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from pydantic import TypeAdapter, ValidationError

from events.catalogue.envelope import Item
from events.catalogue.registry import Catalogue
from events.policies.model import Due, DutyEntry, Match, Policy, RuleEntry


class PolicyError(ValueError):
    """A pack cannot be used. Each line names the file, the entry, and what is wrong with it."""


@dataclass(frozen=True)
class Vocabulary:
    """The words a pack may use: event types, conditions, anchors, and what may shorten a count.

    `conditions` maps each condition's name to the names of the figures it needs.
    """

    catalogue: Catalogue
    conditions: Mapping[str, tuple[str, ...]]
    anchors: frozenset[str]
    shorteners: frozenset[str]


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
    """The policy called `name`, with what it extends, checked against the vocabulary.

    Raises PolicyError naming file and entry for anything unknown: a field, an event, a condition, a unit, a base.
    """
    policy = _parsed(name, texts)
    lineage = [policy]
    while lineage[-1].extends is not None:
        base = lineage[-1].extends
        if base in {earlier.id for earlier in lineage}:
            raise PolicyError(f"{name}.toml: extends {base}, which extends it in turn")
        if base not in texts:
            raise PolicyError(f"{lineage[-1].id}.toml: extends {base}, and no pack has that name")
        lineage.append(_parsed(base, texts))
    whole = _merged(lineage)
    wrong = list(_complaints(whole, vocabulary))
    if wrong:
        raise PolicyError("\n".join(wrong))
    return whole


def _parsed(name: str, texts: Mapping[str, str]) -> Policy:
    try:
        written = tomllib.loads(texts[name])
        policy = Policy.model_validate(written)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{name}.toml: not TOML: {error}") from error
    except ValidationError as error:
        raise PolicyError("\n".join(_plain(name, written, error))) from error
    twice = _repeated(entry.id for entry in (*policy.duty, *policy.rule, *policy.outside))
    if twice:
        raise PolicyError(f"{name}.toml: two entries have the id {twice}; give each its own")
    return policy


def _plain(name: str, written: Mapping[str, object], error: ValidationError) -> Iterable[str]:
    for problem in error.errors():
        place: list[str] = []
        node: object = written
        for step in problem["loc"]:
            try:
                node = node[step]  # type: ignore[index]  # walks parsed TOML, whatever it is
            except (KeyError, IndexError, TypeError):
                node = None
            labelled = isinstance(step, int) and isinstance(node, dict) and "id" in node
            place.append(str(node["id"]) if labelled and isinstance(node, dict) else str(step))
        yield f"{name}.toml: {' > '.join(place)}: {problem['msg']}"


def _repeated(ids: Iterable[str]) -> str | None:
    seen: set[str] = set()
    return next((entry for entry in ids if entry in seen or seen.add(entry)), None)  # type: ignore[func-returns-value]


def _merged(lineage: list[Policy]) -> Policy:
    """The last of the lineage first overlaid by each that extends it: an entry of the same id replaces the base's."""
    top = lineage[0]
    figures, duties, rules, outside, origin = {}, {}, {}, {}, {}
    for policy in reversed(lineage):
        figures.update(policy.figures)
        for kept, entries in ((duties, policy.duty), (rules, policy.rule), (outside, policy.outside)):
            for entry in entries:
                kept[entry.id] = entry  # type: ignore[index]
                origin[entry.id] = policy.id
    return top.model_copy(
        update={
            "nation": next((policy.nation for policy in lineage if policy.nation), None),
            "figures": figures,
            "duty": tuple(duties.values()),
            "rule": tuple(rules.values()),
            "outside": tuple(outside.values()),
            "origin": origin,
            "digest": digest("".join(policy.model_dump_json(exclude={"digest", "origin"}) for policy in lineage)),
        }
    )


def _complaints(policy: Policy, vocabulary: Vocabulary) -> Iterable[str]:
    for entry in (*policy.duty, *policy.rule):
        where = f"{policy.origin[entry.id]}.toml: {entry.id}"
        matches = (
            (*entry.starts, *entry.met_by, *entry.cancelled_by) if isinstance(entry, DutyEntry) else tuple(entry.on)
        )
        for match in matches:
            yield from (f"{where}: {wrong}" for wrong in _wrong_with_match(match, vocabulary))
        own = _wrong_with_duty(entry, vocabulary) if isinstance(entry, DutyEntry) else _wrong_with_rule(entry, vocabulary)
        yield from (f"{where}: {wrong}" for wrong in own)
        named = [name for match in matches for name in match.when]
        for name in (*named, *(entry.require if isinstance(entry, RuleEntry) else ())):
            missing = set(vocabulary.conditions.get(name, ())) - set(policy.figures)
            yield from (f"{where}: the condition {name} needs the figure {figure}" for figure in sorted(missing))


def _wrong_with_match(match: Match, vocabulary: Vocabulary) -> Iterable[str]:
    for event in match.event:
        if event not in vocabulary.catalogue:
            yield f"no event is called {event}"
            continue
        for field, values in match.where.items():
            yield from _wrong_with_field(event, field, values, vocabulary)
    yield from _unknown("condition", match.when, vocabulary.conditions)


def _wrong_with_field(event: str, field: str, values: Iterable[object], vocabulary: Vocabulary) -> Iterable[str]:
    model = next(
        (model for model in (vocabulary.catalogue[event].data, Item) if field in model.model_fields and field != "data"),
        None,
    )
    if model is None:
        yield f"{event} has no field {field}"
        return
    for value in values:
        try:
            TypeAdapter(model.model_fields[field].annotation).validate_python(value)
        except ValidationError:
            yield f"{event}.{field} can never be {value!r}"


def _wrong_with_duty(entry: DutyEntry, vocabulary: Vocabulary) -> Iterable[str]:
    started_by = [name for match in entry.starts for name in match.event if name in vocabulary.catalogue]
    for name in started_by:
        fields = vocabulary.catalogue[name].data.model_fields
        yield from (f"{name} has no field {field}" for field in entry.per if field.split(".")[0] not in fields)
        if entry.due is not None:
            yield from _wrong_with_anchor(entry.due, name, frozenset(fields), vocabulary)
    if entry.due is not None and entry.due.or_shorter is not None:
        yield from _unknown("number of days", (entry.due.or_shorter,), vocabulary.shorteners)
    if entry.due is None and entry.lapses is not None:
        yield "an undated duty cannot lapse"


def _wrong_with_anchor(due: Due, event: str, fields: frozenset[str], vocabulary: Vocabulary) -> Iterable[str]:
    if due.anchor != "start" and due.anchor not in vocabulary.anchors | fields:
        yield f"counts from {due.anchor}, which is neither an anchor nor a field of {event}"


def _wrong_with_rule(entry: RuleEntry, vocabulary: Vocabulary) -> Iterable[str]:
    yield from _unknown("condition", entry.require, vocabulary.conditions)
    for match in entry.on:
        for event in match.event:
            if event in vocabulary.catalogue:
                fields = vocabulary.catalogue[event].data.model_fields
                yield from (f"{event} has no field {field}" for field in entry.record if field not in fields)


def _unknown(what: str, names: Iterable[str], known: Container[str]) -> Iterable[str]:
    return (f"no {what} is called {name}" for name in names if name not in known)
