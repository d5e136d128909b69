"""What changes between two packs: entries that come, entries that go, and what each of the others says differently."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from events.policies.model import Policy

_FIGURE = "figure "
_PACK = "the pack"
_OF_THE_PACK = {"nation", "responsibility_passes_with"}
"""What a pack says outside of its entries that changes what a case meets."""


@dataclass(frozen=True)
class Difference:
    """One thing that differs: an entry's id, the field (None: the whole entry), and what stood and stands there.

    `origin` is the pack in which the entry stands now, or stood if it is gone.
    """

    entry: str
    field: str | None
    before: Any
    after: Any
    origin: str


def differences(before: Policy, after: Policy) -> Iterator[Difference]:
    """Everything that a case would meet differently, in the order in which the new pack says it, losses last.

    What is compared is each pack laid over what it extends: a base that changed beneath a pack shows here too.
    """
    old, new = _entries(before), _entries(after)
    for id_, entry in new.items():
        origin = _origin(after, id_)
        if id_ not in old:
            yield Difference(id_, None, None, entry, origin)
            continue
        for field in dict.fromkeys([*old[id_], *entry]):
            if old[id_].get(field) != entry.get(field):
                yield Difference(id_, field, old[id_].get(field), entry.get(field), origin)
    gone = ((id_, entry) for id_, entry in old.items() if id_ not in new)
    yield from (Difference(id_, None, entry, None, _origin(before, id_)) for id_, entry in gone)


def _origin(policy: Policy, id_: str) -> str:
    """The pack in which an entry stands; what is no entry is said by the pack itself."""
    return policy.origin.get(id_.removeprefix(_FIGURE), policy.id)


def _entries(policy: Policy) -> Mapping[str, dict[str, Any]]:
    figures = {f"{_FIGURE}{name}": _said(figure) for name, figure in policy.figures.items()}
    entries = {each.id: _said(each) for each in (*policy.duty, *policy.rule, *policy.outside, *policy.slot)}
    return {_PACK: policy.model_dump(mode="json", include=_OF_THE_PACK), **figures, **entries}


def _said(entry: BaseModel) -> dict[str, Any]:
    return entry.model_dump(mode="json", exclude_defaults=True)
