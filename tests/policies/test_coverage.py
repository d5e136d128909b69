"""Every clause of the five procedures has its entry, or lies outside with its reason."""

import pytest

from events.case.engine import engine, written_where
from events.catalogue.whole import catalogue
from events.policies.coverage import SCOPES, Proofs, Proved, Scope, Survivor, clauses, totals
from events.policies.loading import load, packs
from events.policies.model import Policy

CARRIED = [scope for scope in SCOPES if scope.pack in packs()]
WITHOUT_PROOFS = Proofs("", {}, [])


def policy(name: str) -> Policy:
    return load(name, packs(), engine(catalogue()).vocabulary)


def test_the_five_documents_hold_123_timescales_and_236_rules() -> None:
    assert (sum(scope.timescales for scope in SCOPES), sum(scope.rules for scope in SCOPES)) == (123, 236)


@pytest.mark.parametrize("scope", CARRIED, ids=lambda scope: scope.pack)
def test_each_clause_of_a_pack_has_its_entry(scope: Scope) -> None:
    found = clauses({scope.pack: policy(scope.pack)}, WITHOUT_PROOFS, {})

    assert [each.id for each in found if each.id in set(scope.ids()) and not each.entries] == []


@pytest.mark.parametrize("scope", CARRIED, ids=lambda scope: scope.pack)
def test_no_entry_of_a_pack_has_an_id_that_its_document_lacks(scope: Scope) -> None:
    pack = policy(scope.pack)
    entries = [*pack.duty, *pack.rule, *pack.outside]
    named = {each.id for each in entries} | {id_ for each in entries for id_ in each.also}
    own = {id_.rstrip("abcdefghijklmnopqrstuvwxyz") for id_ in named if id_.startswith(f"{scope.prefix}-")}

    assert own - set(scope.ids()) == set()


def test_a_clause_is_covered_only_where_a_test_notices_when_any_of_its_entries_breaks() -> None:
    pack = {"staffordshire": policy("staffordshire")}
    seen = Proved(3, ["test_x::test_y"])

    def stands(proved: dict[str, Proved]) -> str:
        found = clauses(pack, Proofs("", proved, []), written_where())
        return next(each.stands for each in found if each.id == "STF-T65")

    assert stands({"STF-T65": seen, "STF-T65b": seen}) == "covered"
    assert stands({"STF-T65": seen}) == "missing"
    assert stands({"STF-T65": seen, "STF-T65b": Proved(3, [])}) == "missing"


def test_a_clause_names_its_code_and_one_that_lies_outside_says_why() -> None:
    found = {
        each.id: each for each in clauses({"staffordshire": policy("staffordshire")}, WITHOUT_PROOFS, written_where())
    }

    assert found["STF-R69"].code == ("events.case.conditions.ending.receiving_in_conference_was_held",)
    assert (found["STF-T64"].stands, found["STF-R11"].stands) == ("outside", "outside")
    assert found["STF-T64"].reason
    assert found["STK-T01"].stands == "missing"


def test_the_totals_add_up_once_nothing_is_missing() -> None:
    found = clauses({"staffordshire": policy("staffordshire")}, WITHOUT_PROOFS, {})
    counted = totals(found, [Survivor("STF-T01", "it is gone", "For this test.")])

    assert (counted["timescales"]["total"], counted["rules"]["total"], counted["survivors"]) == (123, 236, 1)
    stands = sum(counted[kind][name] for kind in ("timescales", "rules") for name in ("covered", "outside"))
    assert stands + len(counted["missing"]) == 123 + 236
    assert {"STK-T01", "STF-T01"} <= set(counted["missing"])
    assert "STF-T64" not in counted["missing"]


def test_only_what_speaks_of_no_child_lies_outside() -> None:
    """Each reason was read against its document: what could be carried out in any way has an entry instead."""
    outside = {entry.id for name in packs() for entry in policy(name).outside}

    assert outside == {"STF-T64", "STF-R11", "CAL-R14"}
