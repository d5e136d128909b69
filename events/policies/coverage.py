"""Which of the five procedures' clauses are carried out, by which entries and code, and which tests prove each.

What the tests prove is worked out by breaking every entry (`make coverage`) and kept beside the packs; `make check`
refuses a result that is older than the packs, the code or the tests it speaks of.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from pydantic import TypeAdapter

from events.policies.model import DutyEntry, Outside, Policy, RuleEntry
from events.policies.words import Match


@dataclass(frozen=True)
class Scope:
    """How many timescales and rules one procedure's document holds (requirements, sections 2 and 3)."""

    pack: str
    prefix: str
    timescales: int
    rules: int

    def ids(self) -> Iterator[str]:
        """Every id of the document, timescales first."""
        yield from (f"{self.prefix}-T{number:02}" for number in range(1, self.timescales + 1))
        yield from (f"{self.prefix}-R{number:02}" for number in range(1, self.rules + 1))


SCOPES = (
    Scope("stockport", "STK", 24, 52),
    Scope("staffordshire", "STF", 72, 131),
    Scope("wales", "WAL", 8, 23),
    Scope("calderdale", "CAL", 11, 15),
    Scope("sefton", "SEF", 8, 15),
)
"""The five documents: 123 timescales and 236 rules."""


@dataclass(frozen=True)
class Proved:
    """What breaking one entry in every small way came to: how many ways, and the tests that noticed any of them."""

    tried: int
    tests: Sequence[str]


@dataclass(frozen=True)
class Survivor:
    """A broken entry that no test noticed, and why that is right."""

    entry: str
    broken: str
    reason: str


@dataclass(frozen=True)
class Proofs:
    """The kept result. `fingerprint` is of the packs, the code and the tests it was worked out from."""

    fingerprint: str
    proved: Mapping[str, Proved]
    survivors: Sequence[Survivor]


@dataclass(frozen=True)
class Clause:
    """One id of the requirements: covered, outside or missing, and the entries of the pack that carry it."""

    id: str
    stands: str
    entries: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    tried: int = 0
    reason: str | None = None


KEPT = "proved.json"
_PROOFS = TypeAdapter(Proofs)


def kept() -> Proofs:
    """What was last worked out, as this build carries it."""
    return _PROOFS.validate_json(resources.files("events.policies").joinpath(KEPT).read_bytes())


def written(proofs: Proofs) -> bytes:
    """The result as it is kept: one entry a line, so that a change reads well."""
    return _PROOFS.dump_json(proofs, indent=1) + b"\n"


def clauses(policies: Mapping[str, Policy], proofs: Proofs, code: Mapping[str, str]) -> list[Clause]:
    """Every id of the five documents and how it stands. `code` says where each condition and listing is written."""
    return [_clause(id_, policies.get(scope.pack), proofs, code) for scope in SCOPES for id_ in scope.ids()]


def _clause(id_: str, policy: Policy | None, proofs: Proofs, code: Mapping[str, str]) -> Clause:
    if policy is None:
        return Clause(id_, "missing")
    left_out = next((each for each in policy.outside if _carries(each, id_)), None)
    if left_out is not None:
        return Clause(id_, "outside", (left_out.id,), reason=left_out.reason)
    written: list[DutyEntry | RuleEntry] = [*policy.duty, *policy.rule]
    entries = [each for each in written if _carries(each, id_)]
    proved = [proofs.proved[each.id] for each in entries if each.id in proofs.proved]
    covered = bool(entries) and len(proved) == len(entries) and all(each.tests for each in proved)
    return Clause(
        id_,
        "covered" if covered else "missing",
        tuple(each.id for each in entries),
        tuple(sorted({code[name] for each in entries for name in words(each) if name in code})),
        tuple(sorted({test for each in proved for test in each.tests})),
        sum(each.tried for each in proved),
    )


def _carries(entry: DutyEntry | RuleEntry | Outside, id_: str) -> bool:
    """Whether an entry is of this id: by its own, one letter apart from it, or by naming it beside its own."""
    return id_ in entry.also or re.fullmatch(f"{re.escape(id_)}[a-z]?", entry.id) is not None


def words(entry: DutyEntry | RuleEntry) -> Iterator[str]:
    """Every condition, listing and anchor that an entry names."""
    if isinstance(entry, RuleEntry):
        yield from entry.require
        yield from _conditions(entry.on)
        return
    yield from (*entry.applies, *entry.per, *(entry.notice.to_each if entry.notice is not None else ()))
    suspending = (*entry.suspended_by, *entry.resumed_by)
    yield from _conditions((*entry.starts, *entry.fulfilled_by, *entry.cancelled_by, *suspending, *entry.bound_by))
    if entry.due is not None:
        yield entry.due.anchor


def _conditions(matches: Iterable[Match]) -> Iterator[str]:
    return (name for match in matches for name in match.when)


def totals(found: Sequence[Clause], survivors: Sequence[Survivor]) -> dict[str, Any]:
    """The numbers: `timescales` and `rules`, each `{total, covered, outside}`, and how many broken entries survived.

    What stands neither way is `missing`, by its id: as long as there is any, covered and outside come to less than all.
    """

    def counted(kind: str) -> dict[str, int]:
        of_kind = [each for each in found if each.id[4] == kind]
        stands = {name: sum(each.stands == name for each in of_kind) for name in ("covered", "outside")}
        return {"total": len(of_kind), **stands}

    missing = [each.id for each in found if each.stands == "missing"]
    return {"timescales": counted("T"), "rules": counted("R"), "missing": missing, "survivors": len(survivors)}
