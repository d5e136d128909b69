"""What changes between two packs."""

from events.case.engine import engine
from events.catalogue.whole import catalogue
from events.policies.differing import Difference, differences
from events.policies.loading import load, packs
from events.policies.model import Policy


def staffordshire(**changed: str) -> Policy:
    texts = packs()
    for before, after in changed.items():
        old, new = after.split(" => ")
        assert old in texts[before]
        texts[before] = texts[before].replace(old, new, 1)
    return load("staffordshire", texts, engine(catalogue()).vocabulary)


def test_a_pack_says_the_same_as_itself() -> None:
    assert list(differences(staffordshire(), staffordshire())) == []


def test_a_figure_a_day_count_and_a_word_are_each_named() -> None:
    changed = staffordshire(staffordshire="working_days = 7, after => working_days = 8, after")

    assert list(differences(staffordshire(), changed)) == [
        Difference(
            "STF-T15",
            "due",
            {"working_days": 7, "after": "original_meeting_date"},
            {"working_days": 8, "after": "original_meeting_date"},
            "staffordshire",
        )
    ]


def test_what_changes_in_a_base_shows_in_the_pack_that_extends_it() -> None:
    changed = staffordshire(lifecycle="There is no plan to end. => No plan runs.")

    assert [(each.entry, each.field, each.origin) for each in differences(staffordshire(), changed)] == [
        ("P11", "message", "lifecycle")
    ]


def test_an_entry_that_comes_and_one_that_goes_are_named_whole() -> None:
    changed = staffordshire(staffordshire='id        = "STF-T01" => id        = "STF-T01x"')

    assert {(each.entry, each.field, each.before is None) for each in differences(staffordshire(), changed)} == {
        ("STF-T01x", None, True),
        ("STF-T01", None, False),
    }


def test_a_figure_and_what_the_pack_says_of_itself_are_named() -> None:
    texts = packs()
    text = texts["calderdale"].replace("senior_review_from       = { value = 3", "senior_review_from = { value = 4")
    texts["calderdale"] = text.replace("[figures]", 'responsibility_passes_with = "decision"\n\n[figures]')
    vocabulary = engine(catalogue()).vocabulary
    before, after = load("calderdale", packs(), vocabulary), load("calderdale", texts, vocabulary)

    assert list(differences(before, after)) == [
        Difference("the pack", "responsibility_passes_with", "conference", "decision", "calderdale"),
        Difference("figure senior_review_from", "value", 3, 4, "calderdale"),
    ]
