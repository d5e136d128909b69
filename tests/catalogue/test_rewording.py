"""What is told in other words is read as the catalogue's own, or answered with what to tell instead."""

from typing import Any

import pytest

from events.catalogue import other_words
from events.catalogue.registry import Catalogue
from events.catalogue.rewording import ELSEWHERE, TWICE, Rewording, fields_in_other_words


def told(type_: str, data: dict[str, Any] | None = None, **envelope: object) -> dict[str, Any]:
    whole = {"source": "S", "id": "1", "type": type_, "occurred_on": "2025-04-10", "data": data or {}}
    return {name: value for name, value in (whole | envelope).items() if value is not None}


def read(known: Catalogue, item: object) -> tuple[Any, dict[str, str]]:
    rewording = Rewording(known)
    return rewording.of(item), rewording.instead


def test_an_old_name_is_read_as_the_one_it_has_now(known: Catalogue) -> None:
    item = told("team_around_child_meeting_held", {"plan_agreed": True})

    assert read(known, item)[0] == told("team_around_the_child_meeting_held", {"plan_agreed": True})


@pytest.mark.parametrize(
    "type_, word, ours",
    [
        ("assessment_completed", "assessment_id", "assessment"),
        ("plan_action_added", "due", "due_on"),
        ("child_moved", "from", "from_address"),
        ("event_voided", "target", "fact"),
    ],
)
def test_a_field_in_other_words_is_read_as_its_own(known: Catalogue, type_: str, word: str, ours: str) -> None:
    assert read(known, told(type_, {word: "X"}))[0]["data"] == {ours: "X"}


def test_what_the_catalogue_knows_is_left_as_it_stands(known: Catalogue) -> None:
    for entry in known.types.values():
        if not entry.told_by_callers:
            continue
        item = entry.example_item()

        assert read(known, item) == (item, {}), entry.name


def test_a_field_told_in_both_words_is_left_for_the_schema_to_refuse(known: Catalogue) -> None:
    item = told("assessment_completed", {"assessment": "A", "assessment_id": "B"})

    assert read(known, item)[0] == item


@pytest.mark.parametrize(
    "held, envelope, became",
    [
        ("2025-04-10", {}, {"occurred_on": "2025-04-10"}),
        ("2025-04-10", {"occurred_on": None}, {"occurred_on": "2025-04-10"}),
        ("2025-04-10T23:30:00+00:00", {"occurred_on": "2025-04-11"}, {"occurred_at": "2025-04-10T23:30:00+00:00"}),
        (
            "2025-04-10",
            {"occurred_on": None, "occurred_at": "2025-04-10T09:00:00+01:00"},
            {"occurred_at": "2025-04-10T09:00:00+01:00"},
        ),
    ],
)
def test_when_it_happened_goes_into_the_envelope_at_its_most_exact(
    known: Catalogue, held: str, envelope: dict[str, Any], became: dict[str, str]
) -> None:
    item, instead = read(known, told("review_conference_held", {"held_on": held}, **envelope))

    assert ({name: item[name] for name in item if name.startswith("occurred")}, item["data"]) == (became, {})
    assert instead == {}


@pytest.mark.parametrize(
    "held, envelope",
    [
        ("2025-04-11", {}),
        ("soon", {}),
        ("2025-04-10T12:00:00+01:00", {"occurred_on": None, "occurred_at": "2025-04-10T09:00:00+01:00"}),
    ],
)
def test_another_day_than_the_items_own_is_left_and_said_to_be_one_too_many(
    known: Catalogue, held: str, envelope: dict[str, Any]
) -> None:
    item = told("review_conference_held", {"held_on": held}, **envelope)

    assert read(known, [item]) == ([item], {"/0/data/held_on": TWICE})


def test_the_meeting_goes_into_the_envelope_unless_that_names_another(known: Catalogue) -> None:
    named, other = told("minutes_amended", {"conference_id": "C-1"}), told("minutes_amended", {"review_id": "C-1"})

    assert read(known, named)[0] == told("minutes_amended", meeting="C-1")
    assert read(known, {**other, "meeting": "C-2"})[1] == {"/data/review_id": ELSEWHERE}


@pytest.mark.parametrize(
    "item, pointer, part",
    [
        (told("plan_continued"), "/type", "`continue`"),
        (told("child_reached_18"), "/type", "`reached_18`"),
        (told("deadline_missed"), "/type", "nobody tells it"),
        (told("duty_announced"), "/type", "Only Planclock"),
        (told("secure_email_confirmed"), "/type", "/v1/directory"),
        (told("child_registered", {"edd": "2025-09-01"}), "/data/edd", "unborn_child_registered"),
        (told("child_decision_made", {"decision": "end"}), "/data/decision", "plan_ended"),
        (told("plan_started", {"child": "CHILD-1"}), "/data/child", "`cases`"),
    ],
)
def test_what_has_no_word_here_is_answered_with_what_to_tell_instead(
    known: Catalogue, item: dict[str, Any], pointer: str, part: str
) -> None:
    _, instead = read(known, item)

    assert part in instead.pop(pointer)
    assert instead == {}


@pytest.mark.parametrize("body", [None, 1, "X", [], [1, None], {}, {"type": 1}, {"type": "child_seen", "data": [1]}])
def test_what_is_no_item_is_left_for_the_schema_to_refuse(known: Catalogue, body: object) -> None:
    assert read(known, body) == (body, {})


def test_every_other_word_leads_somewhere(known: Catalogue) -> None:
    assert [name for name in other_words.FIELDS if name not in known] == []
    for name, words in other_words.FIELDS.items():
        assert fields_in_other_words(known[name]) == words, name
    assert [place for place in other_words.REFUSED_FIELDS if place[1] in known[place[0]].data.model_fields] == []
    assert [name for name, *_ in (*other_words.VALUES, *other_words.REFUSED_VALUES) if name not in known] == []
    assert [name for name in other_words.INSTEAD if name in known] == []
