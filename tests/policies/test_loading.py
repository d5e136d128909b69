"""Packs that cannot be used: each mistake is an error that names the file and the entry."""

from collections.abc import Callable

import pytest

from events.case.engine import engine
from events.catalogue.whole import catalogue
from events.policies.checking import Vocabulary
from events.policies.loading import PolicyError, load, packs

HEAD = 'id = "{}"\ntitle = "T"\nversion = "1"\nsource = "S"\n'
DUTY = """
[[duty]]
id = "D-1"
cite = "L1"
title = "T"
owner = "O"
starts = { event = "child_seen", by_sw = true }
due = { days = 21 }
met_by = { event = "child_seen" }
"""
RULE = """
[[rule]]
id = "R-1"
cite = "L1"
title = "T"
on = { event = "plan_ended", ground = "deceased" }
require = ["plan_is_active"]
enforce = "block"
message = "M"
"""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return engine(catalogue()).vocabulary


def pack(text: str = DUTY + RULE, name: str = "local", head: str = "") -> dict[str, str]:
    return {name: HEAD.format(name) + head + text}


@pytest.mark.parametrize("name", packs())
def test_every_pack_of_this_build_can_be_used(name: str, vocabulary: Vocabulary) -> None:
    assert load(name, packs(), vocabulary).id == name


def test_the_packs_of_these_tests_are_sound_before_they_are_broken(vocabulary: Vocabulary) -> None:
    policy = load("local", pack(), vocabulary)

    assert ([each.id for each in policy.duty], [each.id for each in policy.rule]) == (["D-1"], ["R-1"])


@pytest.mark.parametrize("old, new, said", [
    ('"child_seen", by_sw', '"child_spotted", by_sw', "local.toml: D-1: no event is called child_spotted"),
    ('met_by = { event = "child_seen" }', 'met_by = { event = "seen" }', "local.toml: D-1: no event is called seen"),
    ("by_sw = true", "by_worker = true", "local.toml: D-1: child_seen has no field by_worker"),
    ("by_sw = true", 'by_sw = "often"', "local.toml: D-1: child_seen.by_sw can never be 'often'"),
    ('met_by = { event = "child_seen" }', 'met = { event = "child_seen" }', "D-1 > met: there is nothing of this name"),
    ('"child_seen", by_sw', '"child_seeen", by_sw', "no event is called child_seeen; perhaps child_seen"),
    ("by_sw = true", "by_s = true", "child_seen has no field by_s; perhaps by_sw"),
    ('ground = "deceased"', 'ground = "moved"', "R-1: plan_ended.ground can never be 'moved'; write 'no_lo"),
    ('ground = "deceased"', 'ground = "decesed"', "; perhaps deceased"),
    ('["plan_is_active"]', '["plan_is_fine"]', "local.toml: R-1: no condition is called plan_is_fine"),
    ("by_sw = true", 'by_sw = true, when = ["it_rains"]', "local.toml: D-1: no condition is called it_rains"),
    ("due = {", 'applies = ["it_rains"]\ndue = {', "local.toml: D-1: no condition is called it_rains"),
    ('["plan_is_active"]', '["quorum_allows_deciding"]',
     "local.toml: R-1: the condition quorum_allows_deciding needs the figure quorum_minimum"),
    ("{ days = 21 }", '{ days = 21, after = "full_moon" }',
     "local.toml: D-1: counts from full_moon, which is neither an anchor nor a field of child_seen"),
    ("{ days = 21 }", '{ days = 21, or_shorter = "mood" }', "local.toml: D-1: no number of days is called mood"),
    ("due = {", 'per = ["colour"]\ndue = {', "local.toml: D-1: colour is neither a listing nor a field of child_seen"),
    ("due = { days = 21 }\n", 'lapses = "L"\n', "local.toml: D-1: an undated duty cannot lapse"),
    ('require = ["plan_is_active"]', 'record = ["colour"]', "local.toml: R-1: plan_ended has no field colour"),
    ("{ days = 21 }", "{ fortnights = 2 }", "due > fortnights: no unit or direction is called so; count in hours"),
    ("{ days = 21 }", "{ days = 21, weeks = 3 }", "local.toml: duty > D-1 > due: give exactly one of"),
    ("{ days = 21 }", '{ after = "start" }', "local.toml: duty > D-1 > due: give exactly one of"),
    ("{ days = 21 }", '{ days = 2, after = "start", before = "start" }', "count either after an anchor or before one"),
    ("{ days = 21 }", "{ days = -1 }",
     "local.toml: duty > D-1 > due > days: -1 cannot be meant; write a number that is at least 0"),
    ('owner = "O"', 'owners = "O"', "local.toml: duty > D-1 > owner: it is missing: say whose duty it is"),
    ('enforce = "block"', 'enforce = "shout"',
     "local.toml: rule > R-1 > enforce: it cannot be 'shout'; write 'block', 'warn', 'record' or 'guide'"),
    ('require = ["plan_is_active"]\n', "", "local.toml: rule > R-1: a rule that does more than advise"),
    ('id = "R-1"', 'id = "D-1"', "local.toml: two entries have the id D-1; give each its own"),
    ("[[rule]]", "[[rule", "local.toml: not TOML"),
    ('cite = "L1"\ntitle = "T"\nowner', 'title = "T"\nowner',
     'local.toml: duty > D-1 > cite: it is missing: say its place in the document, such as `cite = "8.2.1"`'),
    ('cite = "L1"', 'cite = " "', "local.toml: duty > D-1 > cite: it says nothing: say its place in the document"),
    ('id = "D-1"\n', "", "local.toml: duty > the one titled 'T' > id: it is missing: say the id by which"),
    ('id = "D-1"', 'id = "D 1"', "local.toml: duty > D 1 > id: 'D 1' is no id; write letters, digits, hyphens"),
    ("{ days = 21 }", "{ day = 21 }", "count in hours, days, working_days, weeks, months, years, after or before"),
    ("{ days = 21 }", "{ day = 21 }", "; perhaps days"),
    ("{ days = 21 }", '{ days = "three" }', "due > days: it cannot be 'three'; write a whole number, without quotes"),
    ("{ days = 21 }", "{ days = 2.5 }", "due > days: it cannot be 2.5; write a whole number, without quotes"),
    ('owner = "O"', "owner = 3", "local.toml: duty > D-1 > owner: it cannot be 3; write text, in quotes"),
    ('source = "S"', 'source = "S"\nextends = ["a", "b"]',
     "local.toml: extends: it cannot be ['a', 'b']; write the name of the one pack that it extends"),
    ("{ days = 21 }", "{ weeks = 0 }", "due > weeks: 0 cannot be meant; write a number that is at least 1"),
    ("{ days = 21 }", "{ days = 1000000 }", "days: 1000000 cannot be meant; write a number that is at most 10000"),
    ('enforce = "block"', 'enforce = "blok"', "rule > R-1 > enforce: it cannot be 'blok'; write"),
    ('enforce = "block"', 'enforce = "blok"', "; perhaps block"),
    ('met_by = { event = "child_seen" }\n', "", "local.toml: duty > D-1: nothing meets this duty: name the event"),
    ('version = "1"\n', "", "local.toml: version: it is missing: say `version`"),
])  # fmt: skip
def test_each_mistake_names_its_file_and_its_entry(old: str, new: str, said: str, vocabulary: Vocabulary) -> None:
    sound = pack()["local"]
    assert old in sound

    with pytest.raises(PolicyError) as raised:
        load("local", {"local": sound.replace(old, new, 1)}, vocabulary)
    assert said in str(raised.value)


FIGURE = "[figures]\nquorum_minimum = {{ value = {}, cite = 'L1' }}\n"
RING = """
[[duty]]
id = "D-{}"
cite = "L{}"
title = "T"
owner = "O"
starts = {{ event = "{}" }}
due = {{ days = 5 }}
met_by = {{ event = "{}" }}
"""


def refused(text: str, head: str = "", vocabulary: Vocabulary | None = None) -> str:
    """Why a pack cannot be used."""
    assert vocabulary is not None
    with pytest.raises(PolicyError) as raised:
        load("local", pack(text, head=head), vocabulary)
    return str(raised.value)


@pytest.mark.parametrize("value, said", [(0, "at least 1"), (1_001, "at most 1000"), (1_000_000, "at most 1000")])
def test_a_figure_of_nothing_or_of_a_million_is_refused(value: int, said: str, vocabulary: Vocabulary) -> None:
    assert refused(FIGURE.format(value) + RULE, vocabulary=vocabulary) == (
        f"local.toml: figures > quorum_minimum > value: {value} cannot be meant; write a number that is {said}"
    )


def test_a_figure_that_nothing_asks_for_is_refused_with_the_one_that_was_meant(vocabulary: Vocabulary) -> None:
    assert refused(FIGURE.format(3).replace("minimum", "minimun") + RULE, vocabulary=vocabulary) == (
        "local.toml: figures > quorum_minimun: no condition asks for a figure of this name; perhaps quorum_minimum"
    )


def test_duties_that_start_one_another_for_ever_are_refused(vocabulary: Vocabulary) -> None:
    two = RING.format(1, 1, "minutes_drafted", "minutes_signed"), RING.format(2, 2, "minutes_signed", "minutes_drafted")
    three = (
        RING.format(1, 1, "minutes_drafted", "minutes_signed"),
        RING.format(2, 2, "minutes_signed", "minutes_amended"),
        RING.format(3, 3, "minutes_amended", "minutes_drafted"),
    )
    for texts, names in ((two, "D-1 starts D-2 starts D-1"), (three, "D-1 starts D-2 starts D-3 starts D-1")):
        assert refused("".join(texts), vocabulary=vocabulary) == (
            f"local.toml: D-1: whoever does it never comes to an end, for {names}; make one duty of them that starts "
            "itself anew, or say `each` or `when` where it is to stop"
        )


@pytest.mark.parametrize("old, new", [
    ('met_by = { event = "minutes_drafted" }', 'met_by = { event = "minutes_locked" }'),
    ('starts = { event = "minutes_signed" }', 'starts = { event = "minutes_signed" }\neach = "meeting"'),
    ('starts = { event = "minutes_signed" }', 'starts = { event = "minutes_signed", when = ["plan_is_active"] }'),
])  # fmt: skip
def test_a_ring_that_something_ends_is_none(old: str, new: str, vocabulary: Vocabulary) -> None:
    first, second = (
        RING.format(1, 1, "minutes_drafted", "minutes_signed"),
        RING.format(2, 2, "minutes_signed", "minutes_drafted"),
    )
    changed = second.replace(old, new.replace("minutes_locked", "minutes_distributed"))
    assert changed != second

    assert load("local", pack(first + changed), vocabulary).id == "local"


def test_a_ring_is_none_where_a_field_tells_its_events_apart(vocabulary: Vocabulary) -> None:
    first = RING.format(1, 1, "minutes_drafted", "minutes_signed").replace(
        '"minutes_signed" }', '"minutes_signed", redacted = true }'
    )
    second = RING.format(2, 2, "minutes_signed", "minutes_drafted").replace(
        '"minutes_signed" }', '"minutes_signed", redacted = false }'
    )

    assert load("local", pack(first + second), vocabulary).id == "local"


def test_a_duty_that_starts_itself_anew_is_a_rhythm(vocabulary: Vocabulary) -> None:
    assert load("local", pack(RING.format(1, 1, "child_seen", "child_seen")), vocabulary).duty[0].cyclic


@pytest.mark.parametrize("days, said", [
    ("from_date = 1850-01-01", "local.toml: from_date: 1850-01-01 lies outside the calendar; write a day from"),
    ("review_due = 2999-01-01", "local.toml: review_due: 2999-01-01 lies outside the calendar; write a day from"),
    ("from_date = 2020-01-01\nreview_due = 2019-12-31",
     "local.toml: review_due: 2019-12-31 is not after 2020-01-01, when the document was issued"),
])  # fmt: skip
def test_a_day_of_a_pack_lies_within_the_calendar(days: str, said: str, vocabulary: Vocabulary) -> None:
    assert refused(RULE, f'{days}\nnation = "wales"\n', vocabulary).startswith(said)


def test_a_pack_is_called_as_its_file_is(vocabulary: Vocabulary) -> None:
    """Else two that extend one another under other names would never be found to."""
    with pytest.raises(PolicyError, match=r"^local\.toml: says that its id is other; a pack's id is the name of its"):
        load("local", {"local": HEAD.format("other") + RULE}, vocabulary)


def test_what_was_activated_stays_in_force_though_a_later_build_would_ask_more_of_it(vocabulary: Vocabulary) -> None:
    texts = pack(FIGURE.format(3).replace("minimum", "minimun") + RULE)

    assert load("local", texts, vocabulary, activated=True).figures.keys() == {"quorum_minimun"}


def extending(base: str) -> Callable[[str], str]:
    return lambda name: HEAD.format(name) + f'extends = "{base}"\n'


def test_a_base_that_is_missing_or_extends_in_turn_is_an_error(vocabulary: Vocabulary) -> None:
    with pytest.raises(PolicyError, match=r"local\.toml: extends nowhere, and no pack has that name"):
        load("local", {"local": extending("nowhere")("local")}, vocabulary)
    with pytest.raises(PolicyError, match=r"b\.toml: extends a, which extends it in turn"):
        load("a", {"a": extending("b")("a"), "b": extending("a")("b")}, vocabulary)


def test_a_mistake_in_a_base_is_that_bases(vocabulary: Vocabulary) -> None:
    texts = {"local": extending("base")("local"), **pack(RULE.replace("plan_is_active", "plan_is_fine"), "base")}

    with pytest.raises(
        PolicyError, match=r"^base\.toml: R-1: no condition is called plan_is_fine; perhaps plan_is_active$"
    ):
        load("local", texts, vocabulary)


def test_every_mistake_is_named_at_once(vocabulary: Vocabulary) -> None:
    broken = pack()["local"].replace("child_seen", "seen").replace("plan_is_active", "plan_is_fine")

    with pytest.raises(PolicyError) as raised:
        load("local", {"local": broken}, vocabulary)
    assert len(str(raised.value).splitlines()) == 3


def test_an_entry_of_the_same_id_takes_the_place_of_the_bases_and_figures_add_up(vocabulary: Vocabulary) -> None:
    figure = '[figures]\nquorum_minimum = {{ value = {}, cite = "L1" }}\n'
    base = pack(figure.format(3) + 'visit_floor_days = { value = 9, cite = "L2" }\n' + DUTY + RULE, "base")
    text = extending("base")("local") + figure.format(2) + DUTY.replace("days = 21", "days = 14")
    policy = load("local", {"local": text, **base}, vocabulary)

    assert [each.due.days for each in policy.duty if each.due] == [14]
    assert {name: each.value for name, each in policy.figures.items()} == {"quorum_minimum": 2, "visit_floor_days": 9}
    assert policy.origin == {"D-1": "local", "R-1": "base", "quorum_minimum": "local", "visit_floor_days": "base"}
    assert policy.builds_on == {"base": "T"}


def test_the_digest_tells_two_texts_apart(vocabulary: Vocabulary) -> None:
    same, other = load("local", pack(), vocabulary), load("local", pack(DUTY), vocabulary)

    assert same.digest == load("local", pack(), vocabulary).digest != other.digest


def test_a_figure_in_words_says_unit_and_direction(vocabulary: Vocabulary) -> None:
    text = DUTY.replace("{ days = 21 }", '{ working_days = 1, before = "meeting_date" }')
    due = load("local", pack(text), vocabulary).duty[0].due

    assert due is not None
    assert (due.in_words, due.unit, due.count, due.anchor) == (
        "1 working day before",
        "working_days",
        1,
        "meeting_date",
    )


def test_each_entry_of_the_staffordshire_pack_cites_its_clause(vocabulary: Vocabulary) -> None:
    policy = load("staffordshire", packs(), vocabulary)
    entries = (*policy.duty, *policy.rule, *policy.outside)

    assert [each.id for each in entries if not each.cite.strip()] == []
    assert [each.id for each in entries if each.id.startswith("STF") and ", L" not in each.cite] == []


def test_a_list_that_a_document_leaves_out_is_empty_until_an_authority_fills_it(vocabulary: Vocabulary) -> None:
    local = """
id = "local"
title = "Local"
version = "1"
source = "Local protocol"
extends = "wales"

[[slot]]
id    = "E-40c"
cite  = "Local protocol, 3"
title = "Who takes part in a review"
items = ["The health visitor", "The school"]
"""
    wales = load("wales", packs(), vocabulary)
    filled = load("local", {**packs(), "local": local}, vocabulary)

    assert (len(wales.slot), {slot.items for slot in wales.slot}) == (11, {()})
    assert {slot.id: slot.items for slot in filled.slot if slot.items} == {
        "E-40c": ("The health visitor", "The school")
    }
    assert (filled.origin["E-40c"], filled.origin["E-40d"]) == ("local", "wales")
    assert filled.words["plan ends"] == "de-registration"
