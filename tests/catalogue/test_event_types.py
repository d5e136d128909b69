"""Every entry of the catalogue is whole: named, explained, cited and shown by an example that parses."""

import json
import re

import pytest

from events.catalogue.announcements import topic as announcements
from events.catalogue.envelope import Kind
from events.catalogue.registry import Catalogue, EventType
from events.catalogue.whole import catalogue

TYPES = list(catalogue().types.values())
CLAUSE = re.compile(r"(STF|STK|WAL|CAL|SEF)-[TR]\d\d\d?[a-z]?|E-\d\d[a-z]?|N\d\d")


def by_name(event_type: EventType) -> str:
    return event_type.name


@pytest.mark.parametrize("event_type", TYPES, ids=by_name)
class TestEach:
    def test_shows_an_example_that_parses_to_its_own_data_class(self, known: Catalogue, event_type: EventType) -> None:
        adapter = known.told if event_type.told_by_callers else known.recorded

        item = adapter.validate_json(json.dumps(event_type.example_item()))

        assert type(item.data) is event_type.data

    def test_is_named_in_snake_case(self, event_type: EventType) -> None:
        assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", event_type.name)

    def test_says_in_its_own_words_what_happened(self, event_type: EventType) -> None:
        assert "__doc__" in vars(event_type.data)
        assert event_type.title.endswith((".", ":", "?"))

    def test_cites_the_clauses_it_serves(self, event_type: EventType) -> None:
        assert event_type.clauses
        assert [clause for clause in event_type.clauses if not CLAUSE.fullmatch(clause)] == []

    def test_shows_more_than_an_empty_example(self, event_type: EventType) -> None:
        assert event_type.example


def test_cases_are_opened_by_a_request_a_registration_a_move_or_a_new_authority(known: Catalogue) -> None:
    assert {name for name, entry in known.types.items() if entry.opens_case} == {
        "child_registered",
        "unborn_child_registered",
        "case_taken_on",
        "initial_conference_requested",
        "permanent_move_notified",
        "child_added_to_temporary_list",
        "receiving_in_conference_requested",
        "temporary_move_reported",
        "safe_and_well_visit_requested",
        "authority_created",
    }


def test_what_may_be_refused_are_status_decisions_and_acts_let_through(known: Catalogue) -> None:
    assert {name for name, entry in known.types.items() if entry.kind is Kind.DECISION} == {
        "child_decision_made",
        "category_changed",
        "initial_conference_request_withdrawn",
        "plan_ended",
        "minutes_signed",
        "minutes_distributed",
        "receiving_in_conference_agreed",
        "receiving_in_conference_declined",
        "case_responsibility_transferred",
    }


def test_the_same_name_twice_is_refused_when_the_catalogue_is_built() -> None:
    with pytest.raises(ValueError, match="two event types are called duty_announced"):
        Catalogue([announcements, announcements])
