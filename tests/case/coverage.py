"""Works out what the tests prove, by breaking every entry of every pack, and keeps it beside the packs.

`make coverage` runs it. A survivor is kept only with the reason that stands here.
"""

import hashlib
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from events.policies.coverage import KEPT, Proofs, Proved, Survivor, written
from tests.case import given
from tests.case.mutants import Mutant, mutants, noticing, procedures, watched

ROOT = Path(__file__).parents[2]
MADE_FROM = ("events/policies/*.toml", "events/policies/*.py", "events/case/**/*.py", "tests/case/**/*.py")
PLACE = ROOT / "events" / "policies" / KEPT

REASONS: dict[str, str] = {}
"""Why a broken entry may go unnoticed, by the words that name it. None does so far."""


def fingerprint() -> str:
    """A digest of everything the result depends on: packs, the code that carries them out, and their tests."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in MADE_FROM for path in ROOT.glob(pattern)):
        digest.update(f"{path.relative_to(ROOT)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def worked_out() -> Proofs:
    """Break everything once and note which tests notice."""
    tried: dict[str, int] = defaultdict(int)
    tests: dict[str, set[str]] = defaultdict(set)
    survivors: list[Mutant] = []
    everything = [each for name in procedures() for each in mutants(given.pack(name))]
    with pytest.MonkeyPatch.context() as monkeypatch:
        known = watched(monkeypatch)
        for mutant in everything:
            proof = noticing(mutant, known, monkeypatch)
            for id_ in mutant.ids:
                tried[id_] += 1
                tests[id_] |= {proof.name} if proof is not None else set()
            survivors += [mutant] if proof is None else []
    return Proofs(
        fingerprint(),
        {id_: Proved(tried[id_], sorted(tests[id_])) for id_ in sorted(tried)},
        [Survivor("/".join(sorted(each.ids)), each.what, REASONS.get(str(each), "")) for each in survivors],
    )


def main() -> int:
    """Write the result; whatever survived without a reason fails."""
    proofs = worked_out()
    PLACE.write_bytes(written(proofs))
    unexplained = [f"{each.entry}: {each.broken}" for each in proofs.survivors if not each.reason]
    tried = sum(each.tried for each in proofs.proved.values())
    print("\n".join([*unexplained, f"{tried} broken, {len(proofs.survivors)} survived."]))  # noqa: T201  # its report
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
