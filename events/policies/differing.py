"""What changes between two packs: entries that come, entries that go, and what each of the others says differently."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from events.policies.model import Policy


@dataclass(frozen=True)
class Difference:
    """One thing that differs: an entry's id, the field (None: the whole entry), and what stood and stands there."""

    entry: str
    field: str | None
    before: Any
    after: Any


def differences(before: Policy, after: Policy) -> Iterator[Difference]:
    """Everything that a case would meet differently, in the order in which the new pack says it, losses last.

    What is compared is each pack laid over what it extends: a base that changed beneath a pack shows here too.
    """
    old, new = _entries(before), _entries(after)
    for id_, entry in new.items():
        if id_ not in old:
            yield Difference(id_, None, None, entry)
            continue
        for field in dict.fromkeys([*old[id_], *entry]):
            if old[id_].get(field) != entry.get(field):
                yield Difference(id_, field, old[id_].get(field), entry.get(field))
    yield from (Difference(id_, None, entry, None) for id_, entry in old.items() if id_ not in new)


def _entries(policy: Policy) -> Mapping[str, dict[str, Any]]:
    figures = {f"figure {name}": _said(figure) for name, figure in policy.figures.items()}
    return {**figures, **{each.id: _said(each) for each in (*policy.duty, *policy.rule, *policy.outside)}}


def _said(entry: BaseModel) -> dict[str, Any]:
    return entry.model_dump(mode="json", exclude_defaults=True)
