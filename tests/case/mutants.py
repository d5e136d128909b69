"""Every entry of a pack broken in every small way, one at a time, and the tests that must notice.

`python -m tests.case.mutants` tries them all and prints those that nobody noticed; `... STF-T21 STF-R74` only theirs.
"""

import importlib
import itertools
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from events.case.engine import Engine
from events.case.moment import Moment
from events.case.rules import Condition, Judge
from events.policies.loading import packs
from events.policies.model import DutyEntry, Enforce, Policy, RuleEntry
from events.policies.words import Due, Match, Notice
from tests.case import given

SHARED = {"lifecycle": "staffordshire", "inherited": "sefton"}
"""The packs that others extend, and the pack under which the entries of each are proved."""

LEFT_OUT = frozenset(
    {"test_mutants", "test_properties", "test_any_order", "test_slow_reference", "test_golden_history"}
)
"""Test modules that are slow, or would notice anything, whatever clause it belongs to."""


@dataclass(frozen=True)
class Mutant:
    """A policy with one thing broken, and the ids whose tests must notice."""

    ids: frozenset[str]
    what: str
    policy: Policy

    def __str__(self) -> str:
        return f"{'/'.join(sorted(self.ids))}: {self.what}"


@dataclass(frozen=True)
class Proof:
    """One call of one test, and the clauses it proves."""

    name: str
    clauses: frozenset[str]
    call: Callable[[], None]


def proofs() -> dict[str, list[Proof]]:
    """Every call of every marked test of this folder, by the clauses it proves."""
    found: dict[str, list[Proof]] = {}
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        if path.stem in LEFT_OUT:
            continue
        module = importlib.import_module(f"tests.case.{path.stem}")
        for name, function in vars(module).items():
            if name.startswith("test_") and callable(function):
                for proof in _calls(f"{path.stem}::{name}", function):
                    for clause in proof.clauses:
                        found.setdefault(clause, []).append(proof)
    return found


def _calls(name: str, function: Any) -> Iterator[Proof]:  # noqa: ANN401  # a test
    marks = getattr(function, "pytestmark", [])
    own = {id_ for mark in marks if mark.name == "clause" for id_ in mark.args}
    tables = [_rows(mark) for mark in marks if mark.name == "parametrize"]
    for rows in itertools.product(*tables):
        arguments = {name: value for row, _ in rows for name, value in row.items()}
        clauses = own.union(*(ids for _, ids in rows))
        yield Proof(name, frozenset(clauses), lambda arguments=arguments: function(**arguments))  # type: ignore[misc]  # bound now


def _rows(mark: pytest.Mark) -> list[tuple[dict[str, Any], set[str]]]:
    names = [each.strip() for each in mark.args[0].split(",")]
    rows = []
    for written in mark.args[1]:
        marks = getattr(written, "marks", ())
        ids = {id_ for each in marks if each.name == "clause" for id_ in each.args}
        values = written.values if hasattr(written, "marks") else (written if len(names) > 1 else (written,))
        rows.append((dict(zip(names, values, strict=True)), ids))
    return rows


def negating(engine: Engine) -> Engine:
    """The engine with each condition's opposite beside it, called `not` and its name."""
    conditions = engine.assessor.judge.conditions
    opposites = {f"not {name}": _opposite(condition) for name, condition in conditions.items()}
    return replace(engine, assessor=replace(engine.assessor, judge=Judge({**conditions, **opposites})))


def _opposite(condition: Condition) -> Condition:
    def opposite(moment: Moment) -> str | None:
        return "the opposite" if condition(moment) is None else None

    return opposite


def procedures() -> list[str]:
    """The packs that an authority can work under: those with a nation, which no other only extends."""
    return [name for name in packs() if given.pack(name).nation is not None]


def own(policy: Policy) -> frozenset[str]:
    """The ids of the entries that are proved under this pack: its own, and once, under the first, what all share."""
    entries = {entry.id for entry in (*policy.duty, *policy.rule, *policy.outside)}
    return frozenset(id_ for id_ in entries if _proved_under(policy, id_))


def _proved_under(policy: Policy, name: str) -> bool:
    """Whether an entry or a figure is the pack's own, or shared and proved under it."""
    return SHARED.get(policy.origin[name], policy.origin[name]) == policy.id


def mutants(policy: Policy) -> Iterator[Mutant]:
    """The policy with each thing of its own broken, one at a time."""
    ids = own(policy)
    for number, duty in enumerate(policy.duty):
        for what, broken in _duties(duty) if duty.id in ids else ():
            yield Mutant(frozenset({duty.id}), what, _with(policy, "duty", number, broken))
    for number, rule in enumerate(policy.rule):
        for what, rewritten in _rules(rule) if rule.id in ids else ():
            yield Mutant(frozenset({rule.id}), what, _with(policy, "rule", number, rewritten))
    yield from _figures(policy)


def _with(policy: Policy, kind: str, number: int, entry: DutyEntry | RuleEntry | None) -> Policy:
    entries = list(getattr(policy, kind))
    entries[number : number + 1] = [] if entry is None else [entry]
    return policy.model_copy(update={kind: tuple(entries)})


def _figures(policy: Policy) -> Iterator[Mutant]:
    needing = given.the_engine().vocabulary.conditions
    figures = ((name, each) for name, each in policy.figures.items() if _proved_under(policy, name))
    for name, figure in figures:
        conditions = {each for each, figures in needing.items() if name in figures}
        entries: list[DutyEntry | RuleEntry] = [*policy.duty, *policy.rule]
        ids = {entry.id for entry in entries if not conditions.isdisjoint(_conditions_of(entry))}
        for by in (-1, 1):
            moved = figure.model_copy(update={"value": figure.value + by})
            changed = policy.model_copy(update={"figures": {**policy.figures, name: moved}})
            yield Mutant(frozenset(ids), f"figure {name} is {moved.value}", changed)


def _conditions_of(entry: DutyEntry | RuleEntry) -> set[str]:
    if isinstance(entry, RuleEntry):
        return {*entry.require, *(name for match in entry.on for name in match.when)}
    matches = (*entry.starts, *entry.fulfilled_by, *entry.cancelled_by, *entry.bound_by)
    return {*entry.applies, *(name for match in matches for name in match.when)}


def _duties(duty: DutyEntry) -> Iterator[tuple[str, DutyEntry | None]]:
    yield "it is gone", None
    for what, due in _dues(duty.due) if duty.due is not None else ():
        yield what, _copy(duty, {"due": due})
    for name in ("starts", "met_by", "cancelled_by", "suspended_by", "resumed_by", "bound_by"):
        for what, matches in _matches(getattr(duty, name)):
            yield f"{name}: {what}", _copy(duty, {name: matches})
    for what, notice in _notices(duty.notice) if duty.notice is not None else ():
        yield f"notice: {what}", _copy(duty, {"notice": notice})
    ends = "plan" if duty.ends_with == "nothing" else "nothing"
    yield f"it ends with {ends}", _copy(duty, {"ends_with": ends})
    for name in ("per", "applies", "once_missed"):
        if getattr(duty, name):
            yield f"no {name}", _copy(duty, {name: ()})
    for name in duty.applies:
        yield f"applies where not {name}", _copy(duty, {"applies": (f"not {name}",)})
    yield from _terms(duty)


def _terms(duty: DutyEntry) -> Iterator[tuple[str, DutyEntry]]:
    """Without what a duty is otherwise."""
    if duty.lapses is not None:
        yield "it does not lapse", _copy(duty, {"lapses": None})
    if duty.about != "plan":
        yield "it belongs to the plan", _copy(duty, {"about": "plan"})
    if duty.each != "start":
        yield "it starts with each start", _copy(duty, {"each": "start"})


def _notices(notice: Notice) -> Iterator[tuple[str, Notice | None]]:
    """To nobody, without one recipient, one channel or one condition, and known in another way."""
    yield "it tells nobody", None
    for name in ("to", "to_each", "by", "when"):
        listed = getattr(notice, name)
        for each in listed:
            yield f"{name} without {each}", _copy(notice, {name: tuple(other for other in listed if other != each)})
    needs = "delivered" if notice.needs == "sent" else "sent"
    yield f"it need be {needs}", _copy(notice, {"needs": needs})
    for what, matches in _matches(notice.told_by):
        yield f"told by: {what}", _copy(notice, {"told_by": matches})


def _dues(due: Due) -> Iterator[tuple[str, Due]]:
    for by in (-1, 1):
        yield f"{due.count + by} {due.unit}", _copy(due, {due.unit: due.count + by})
    if due.or_shorter or due.not_before_start:
        yield "nothing shortens or delays it", _copy(due, {"or_shorter": None, "not_before_start": False})
    if due.even_when_met:
        yield "it stays as it was when it was met", _copy(due, {"even_when_met": False})
    if due.after not in {None, "start"}:
        yield "it counts from the start", _copy(due, {"after": "start"})


def _copy(entry: Any, changed: dict[str, Any]) -> Any:  # noqa: ANN401  # any part of a pack
    """A copy without what was worked out of the original."""
    return type(entry).model_construct(
        **{**{name: getattr(entry, name) for name in type(entry).model_fields}, **changed}
    )


def _rules(rule: RuleEntry) -> Iterator[tuple[str, RuleEntry | None]]:
    yield "it is gone", None
    if rule.enforce is Enforce.BLOCK:
        yield "it only warns", _copy(rule, {"enforce": Enforce.WARN})
    if rule.enforce in {Enforce.WARN, Enforce.RECORD}:
        yield "it forbids", _copy(rule, {"enforce": Enforce.BLOCK})
    for name in rule.require:
        yield f"it requires the opposite of {name}", _copy(rule, {"require": (f"not {name}",)})
        if len(rule.require) + len(rule.record) > 1:
            rest = tuple(each for each in rule.require if each != name)
            yield f"it does not require {name}", _copy(rule, {"require": rest})
    for name in rule.record:
        if len(rule.require) + len(rule.record) > 1:
            rest = tuple(each for each in rule.record if each != name)
            yield f"it does not record {name}", _copy(rule, {"record": rest})
    for what, matches in _matches(rule.on):
        yield f"on: {what}", _copy(rule, {"on": matches})


def _matches(matches: tuple[Match, ...]) -> Iterator[tuple[str, tuple[Match, ...]]]:
    """Without one event, without one field, without one condition, and with the opposite of one."""
    for number, match in enumerate(matches):

        def instead(new: Match | None, number: int = number) -> tuple[Match, ...]:
            return (*matches[:number], *([] if new is None else [new]), *matches[number + 1 :])

        for event in match.event:
            left = tuple(each for each in match.event if each != event)
            yield f"without {event}", instead(_copy(match, {"event": left}) if left else None)
        for field in match.where:
            rest = {name: values for name, values in match.where.items() if name != field}
            yield f"whatever {field}", instead(_copy(match, {"where": rest}))
        for name in match.when:
            kept = tuple(each for each in match.when if each != name)
            yield f"whether or not {name}", instead(_copy(match, {"when": kept}))
            yield f"unless {name}", instead(_copy(match, {"when": (*kept, f"not {name}")}))


def watched(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Proof]]:
    """Every proof by its clauses, in an engine where each condition has its opposite."""
    engine = negating(given.the_engine())
    monkeypatch.setattr(given, "the_engine", lambda: engine)
    return proofs()


def noticing(mutant: Mutant, known: dict[str, list[Proof]], monkeypatch: pytest.MonkeyPatch) -> Proof | None:
    """The first test of one of its clauses that fails under the broken pack, if any does."""
    tried = {id(proof): proof for id_ in sorted(mutant.ids) for proof in known.get(id_, ())}
    whole = given.pack
    with monkeypatch.context() as broken:
        broken.setattr(given, "pack", lambda name: mutant.policy if name == mutant.policy.id else whole(name))
        return next((proof for proof in tried.values() if _fails(proof)), None)


def _fails(proof: Proof) -> bool:
    try:
        proof.call()
    except Exception:  # noqa: BLE001  # however it fails, the test noticed
        return True
    return False


def survivors(monkeypatch: pytest.MonkeyPatch, tried: Iterable[Mutant]) -> list[Mutant]:
    """Those of the mutants that nobody noticed."""
    known = watched(monkeypatch)
    return [mutant for mutant in tried if noticing(mutant, known, monkeypatch) is None]


def main(ids: list[str]) -> None:
    """Try every mutant, or those of the ids given, and print the ones that nobody noticed."""
    tried = [each for name in procedures() for each in mutants(given.pack(name)) if not ids or each.ids & {*ids}]
    with pytest.MonkeyPatch.context() as monkeypatch:
        found = survivors(monkeypatch, tried)
    print("\n".join(map(str, found)) or f"Each of {len(tried)} mutants was noticed.")  # noqa: T201  # what it is for


if __name__ == "__main__":
    main(sys.argv[1:])
