"""Whether every word of a pack exists: its events, fields, values, conditions, anchors and figures."""

import re
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pydantic import BaseModel, TypeAdapter, ValidationError

from events.calendars import snapshots
from events.catalogue.envelope import Item
from events.catalogue.parts import Channel
from events.catalogue.registry import Catalogue
from events.policies.cycles import cycles
from events.policies.model import DutyEntry, Policy, RuleEntry
from events.policies.words import Due, Match

_OUT_OF_A_RING = "make one duty of them that starts itself anew, or say `each` or `when` where it is to stop"


@dataclass(frozen=True)
class Vocabulary:
    """The words a pack may use: event types, conditions, anchors, listings, and what may shorten a count.

    `conditions` maps each condition's name to the names of the figures it needs.
    """

    catalogue: Catalogue
    conditions: Mapping[str, tuple[str, ...]]
    anchors: frozenset[str]
    shorteners: frozenset[str]
    listings: frozenset[str] = frozenset()


def complaints(policy: Policy, vocabulary: Vocabulary) -> Iterable[str]:
    """Everything wrong with a policy, each naming the file and the entry it stands in."""
    for duty in policy.duty:
        where = f"{policy.origin[duty.id]}.toml: {duty.id}"
        suspending = (*duty.suspended_by, *duty.resumed_by)
        matches = (*duty.starts, *duty.fulfilled_by, *duty.cancelled_by, *suspending, *duty.bound_by)
        wrong = (*_with_matches(matches, policy, vocabulary), *_with_duty(duty, policy, vocabulary))
        yield from (f"{where}: {each}" for each in wrong)
    for rule in policy.rule:
        where = f"{policy.origin[rule.id]}.toml: {rule.id}"
        conditions = _with_conditions(rule.require, policy, vocabulary)
        wrong = (*_with_matches(rule.on, policy, vocabulary), *conditions, *_with_record(rule, vocabulary))
        yield from (f"{where}: {each}" for each in wrong)


def nonsense(policy: Policy, vocabulary: Vocabulary) -> Iterable[str]:
    """What every word of a policy allows and nobody can have meant: asked before it comes into force, and only then."""
    yield from (f"{policy.id}.toml: {each}" for each in _with_days(policy))
    for name in policy.figures:
        yield from (f"{policy.origin[name]}.toml: figures > {name}: {each}" for each in _with_figure(name, vocabulary))
    for ring in cycles(policy.duty):
        names = " starts ".join(duty.id for duty in (*ring, ring[0]))
        where = f"{policy.origin[ring[0].id]}.toml: {ring[0].id}"
        yield f"{where}: whoever does it never comes to an end, for {names}; {_OUT_OF_A_RING}"


def _with_days(policy: Policy) -> Iterable[str]:
    """What is wrong with the days on which the document was issued and is to be looked at again."""
    named = {"from_date": policy.from_date, "review_due": policy.review_due}
    days = {name: day for name, day in named.items() if day is not None}
    if not days:
        return
    first, last = snapshots.reach(policy.nation or "england")
    for name, day in days.items():
        if not first <= day <= last:
            yield f"{name}: {day} lies outside the calendar; write a day from {first} to {last}"
    if len(days) == len(named) and days["review_due"] <= days["from_date"]:
        yield f"review_due: {days['review_due']} is not after {days['from_date']}, when the document was issued"


def _with_figure(name: str, vocabulary: Vocabulary) -> Iterable[str]:
    known = {figure for figures in vocabulary.conditions.values() for figure in figures}
    if name not in known:
        yield f"no condition asks for a figure of this name{instead(name, known)}"


def _with_matches(matches: Iterable[Match], policy: Policy, vocabulary: Vocabulary) -> Iterable[str]:
    for match in matches:
        yield from _with_conditions(match.when, policy, vocabulary)
        for event in match.event:
            if event not in vocabulary.catalogue:
                yield f"no event is called {event}{instead(event, vocabulary.catalogue)}"
                continue
            for field, values in match.where.items():
                yield from _with_field(event, field, values, vocabulary)


def _with_conditions(names: Iterable[str], policy: Policy, vocabulary: Vocabulary) -> Iterable[str]:
    for name in names:
        if name not in vocabulary.conditions:
            yield f"no condition is called {name}{instead(name, vocabulary.conditions)}"
            continue
        wanting = sorted(set(vocabulary.conditions[name]) - set(policy.figures))
        yield from (f"the condition {name} needs the figure {figure}" for figure in wanting)


def _with_field(event: str, field: str, values: Iterable[object], vocabulary: Vocabulary) -> Iterable[str]:
    models: tuple[type[BaseModel], ...] = (vocabulary.catalogue[event].data, Item)
    model = next((each for each in models if field in each.model_fields and field != "data"), None)
    if model is None:
        known = {*vocabulary.catalogue[event].data.model_fields, *Item.model_fields} - {"data"}
        yield f"{event} has no field {field}{instead(field, known)}"
        return
    possible: TypeAdapter[object] = TypeAdapter(model.model_fields[field].annotation or object)
    for value in values:
        try:
            possible.validate_python(value)
        except ValidationError as error:
            yield f"{event}.{field} can never be {value!r}{_one_of(error, str(value))}"


def _one_of(error: ValidationError, value: str) -> str:
    """What may be written instead, where the field has a list of values."""
    expected = next((str(each["ctx"]["expected"]) for each in error.errors() if "expected" in each.get("ctx", {})), "")
    known = re.findall(r"'([^']*)'", expected)
    return f"; write {expected}{instead(value, known)}" if expected else ""


def _with_duty(duty: DutyEntry, policy: Policy, vocabulary: Vocabulary) -> Iterable[str]:
    yield from _with_conditions(duty.applies, policy, vocabulary)
    yield from _unknown("duty", duty.once_missed, [each.id for each in policy.duty])
    if duty.notice is not None:
        yield from _unknown("listing", duty.notice.to_each, vocabulary.listings)
        yield from _unknown("channel", duty.notice.by, tuple(Channel))
    if duty.due is None and duty.lapses is not None:
        yield "an undated duty cannot lapse"
    if duty.due is not None and duty.due.or_shorter is not None:
        yield from _unknown("number of days", (duty.due.or_shorter,), vocabulary.shorteners)
    for name in (name for match in duty.starts for name in match.event if name in vocabulary.catalogue):
        fields = vocabulary.catalogue[name].data.model_fields
        known = {*fields, *vocabulary.listings}
        yield from (f"{path} is neither a listing nor a field of {name}" for path in duty.per if path not in known)
        if duty.due is not None:
            yield from _with_anchor(duty.due, name, fields, vocabulary)


def _with_anchor(due: Due, event: str, fields: Container[str], vocabulary: Vocabulary) -> Iterable[str]:
    if due.anchor != "start" and due.anchor not in vocabulary.anchors and due.anchor not in fields:
        yield f"counts from {due.anchor}, which is neither an anchor nor a field of {event}"


def _with_record(rule: RuleEntry, vocabulary: Vocabulary) -> Iterable[str]:
    for event in (name for match in rule.on for name in match.event if name in vocabulary.catalogue):
        fields = vocabulary.catalogue[event].data.model_fields
        wrong = (field for field in rule.record if field not in fields)
        yield from (f"{event} has no field {field}{instead(field, fields)}" for field in wrong)


def _unknown(what: str, names: Iterable[str], known: Collection[str]) -> Iterable[str]:
    return (f"no {what} is called {name}{instead(name, known)}" for name in names if name not in known)


def instead(word: str, known: Iterable[str]) -> str:
    """What was probably meant, to be said after naming a word that nothing has."""
    near = get_close_matches(word, list(known), n=2, cutoff=0.7)
    return f"; perhaps {' or '.join(near)}" if near else ""
