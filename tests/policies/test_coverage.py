"""Every clause of Staffordshire's procedure has its entry, or is named here as one that comes later."""

import re

from events.case.engine import engine
from events.catalogue.whole import catalogue
from events.policies.loading import load, packs

TIMESCALES, RULES = 72, 131
LATER = {
    "excluding somebody": "T13 T14 T30 T72 R47 R48 R49 R50 R51 R52 R53 R54 R55 R56",
    "looked-after children and dual process": "T41 T42 T43 R94 R95 R96 R97 R98",
    "moves and transfers": """T34 T35 T36 T44 T45 T46 T47 T48 T49 T50 T51 T52 T53 T54 T55 T56 T57 T58 T59 T70 T71
        R70 R99 R100 R101 R102 R103 R104 R105 R106 R107 R108 R109 R110 R111 R112 R113 R114 R115 R116 R117 R118 R119
        R120 R121 R122 R123 R129 R131""",
    "support without a plan": "T63 R77 R79",
    "going to court, appeals and chasing answers": "T60 R18 R126 R127",
}
"""What the later parts bring, by what they are about."""


def test_each_clause_has_its_entry_or_comes_later_and_none_is_counted_twice() -> None:
    policy = load("staffordshire", packs(), engine(catalogue()).vocabulary)
    entries = [
        *((each.id, each.also) for each in policy.duty),
        *((each.id, each.also) for each in policy.rule),
        *((each.id, each.also) for each in policy.outside),
    ]
    there = {re.sub("[a-z]$", "", id_) for id_, _ in entries if id_.startswith("STF")}
    only_named = {id_ for _, also in entries for id_ in also}
    later = {f"STF-{id_}" for ids in LATER.values() for id_ in ids.split()}
    wanted = {f"STF-T{n:02}" for n in range(1, TIMESCALES + 1)} | {f"STF-R{n:02}" for n in range(1, RULES + 1)}

    assert there | only_named | later == wanted
    assert not there & only_named
    assert not (there | only_named) & later
