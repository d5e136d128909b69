"""A broken entry is noticed by the tests of its own clause, however it is broken (design §5)."""

from itertools import islice

import pytest

from tests.case import given
from tests.case.mutants import mutants, own, procedures, proofs, survivors

PARTS = 4
"""In how many parts the ways to break a pack are tried, so that no test takes minutes."""


@pytest.mark.parametrize("name", procedures())
def test_every_entry_of_a_pack_is_proved_by_some_test_of_its_own(name: str) -> None:
    known, policy = proofs(), given.pack(name)

    assert [id_ for id_ in own(policy) - {each.id for each in policy.outside} if not known.get(id_)] == []


def test_the_tests_pass_before_anything_is_broken() -> None:
    for proof in {id(proof): proof for each in proofs().values() for proof in each}.values():
        proof.call()


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", procedures())
def test_each_broken_entry_is_noticed(name: str, part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = islice(mutants(given.pack(name)), part, None, PARTS)

    assert [str(each) for each in survivors(monkeypatch, broken)] == []


def test_figures_met_bys_blocks_and_conditions_are_all_tried() -> None:
    tried = [str(mutant) for mutant in mutants(given.pack("staffordshire"))]

    assert {
        "STF-T21: 9 working_days",
        "STF-T21: 11 working_days",
        "STF-T21: met_by: without core_group_meeting_held",
        "STF-R74: it only warns",
        "STF-R74: it requires the opposite of not_neglect_at_the_first_review",
        "STF-R43/STF-R46: figure quorum_minimum is 2",
    } <= set(tried)
    assert len(tried) > 900
