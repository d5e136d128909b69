"""What callers must not tell: the schema refuses it and names the field."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from events.catalogue.registry import Catalogue


def item(known: Catalogue, name: str, **data: object) -> dict[str, Any]:
    """The example of a type with other data."""
    whole = known[name].example_item()
    return {**whole, "data": {**whole["data"], **data}}


def fields_at_fault(known: Catalogue, told: dict[str, Any] | str) -> set[str]:
    """The dotted paths of the fields refused, below the item's type."""
    with pytest.raises(ValidationError) as refused:
        known.told.validate_json(told if isinstance(told, str) else json.dumps(told))
    return {".".join(str(step) for step in error["loc"][1:]) for error in refused.value.errors()}


@pytest.mark.parametrize(
    "name,data,field",
    [
        ("child_seen", {"mood": "good"}, "data.mood"),
        ("child_seen", {"by_sw": 1}, "data.by_sw"),
        ("child_seen", {"by_sw": "true"}, "data.by_sw"),
        ("plan_ended", {"ground": "bored"}, "data.ground"),
        ("plan_ended", {"tally": {"in_favour": 1.0, "against": 0}}, "data.tally.in_favour"),
        ("plan_ended", {"tally": {"in_favour": -1, "against": 0}}, "data.tally.in_favour"),
        ("visit_pattern_set", {"frequency_days": "14"}, "data.frequency_days"),
        ("visit_pattern_set", {"frequency_days": 0}, "data.frequency_days"),
        ("visit_pattern_set", {"frequency_days": 366}, "data.frequency_days"),
        ("unborn_risk_identified", {"gestation": {"weeks": 45}}, "data.gestation.weeks"),
        ("unborn_risk_identified", {"gestation": {"weeks": 20, "days": 7}}, "data.gestation.days"),
        ("expected_date_revised", {"new_edd": "2027-01-01"}, "data"),
        ("birth_recorded", {"dob": "2025-02-30"}, "data.dob"),
        ("birth_recorded", {"dob": "1025-02-03"}, "data.dob"),
        ("birth_recorded", {"dob": "2025-02-03T00:00:00Z"}, "data.dob"),
        ("birth_recorded", {"dob": 20250203}, "data.dob"),
        ("birth_recorded", {"dob": None}, "data.dob"),
        (
            "review_conference_held",
            {"report_period": {"start": "2025-03-02", "end": "2025-03-01"}},
            "data.report_period",
        ),
        ("conference_reconvened", {"new_date": "2025-03-23"}, "data"),
        ("conference_not_held_inquorate", {"reconvene_by": "2025-03-23"}, "data"),
        ("core_group_membership_confirmed", {"members": []}, "data.members"),
        ("report_non_sharing_agreed", {"agreed_with": []}, "data.agreed_with"),
        ("plan_action_completed", {"action": "  "}, "data.action"),
        ("plan_action_completed", {"action": "x" * 101}, "data.action"),
        ("plan_action_completed", {"outcome": "a\0b"}, "data.outcome"),
        ("family_view_stated", {"who": {"name": "a\0b"}}, "data.who.name"),
        ("family_view_stated", {"who": {}}, "data.who"),
        ("family_view_stated", {"who": {"name": {}}}, "data.who.name"),
        ("child_invitation_decided", {"age": 121}, "data.age"),
        ("family_view_stated", {"who": "Parent 1"}, "data.who"),
        ("attendance_recorded", {"attendees": [{"person": {"role": "nurse"}}]}, "data.attendees.0"),
        ("attendance_recorded", {"attendees": [{"agency": "health"}] * 101}, "data.attendees"),
        ("event_corrected", {"data": {"reason": ["a", {"b": "\0"}]}}, "data.data"),
        ("event_corrected", {"data": {}}, "data.data"),
        ("event_corrected", {"fact": "not-a-uuid"}, "data.fact"),
    ],
)
def test_the_schema_refuses_and_names_the_field(known: Catalogue, name: str, data: dict[str, Any], field: str) -> None:
    paths = fields_at_fault(known, item(known, name, **data))

    assert any(path.startswith(field) for path in paths), paths


def test_a_lone_surrogate_is_refused(known: Catalogue) -> None:
    told = json.dumps(item(known, "plan_action_completed", outcome="here")).replace("here", "\\ud800 here")

    with pytest.raises(ValidationError, match="hex escape"):
        known.told.validate_json(told)


def test_an_error_never_repeats_what_was_told(known: Catalogue) -> None:
    with pytest.raises(ValidationError) as refused:
        known.told.validate_json(json.dumps(item(known, "child_registered", names=["Child A"])))

    assert "Child A" not in str(refused.value)


def test_a_type_nobody_knows_is_refused(known: Catalogue) -> None:
    with pytest.raises(ValidationError, match="does not match any of the expected tags"):
        known.told.validate_json(json.dumps({**known["child_seen"].example_item(), "type": "child_heard"}))


def test_announcements_are_not_for_callers_to_tell(known: Catalogue) -> None:
    with pytest.raises(ValidationError, match="does not match any of the expected tags"):
        known.told.validate_json(json.dumps(known["duty_announced"].example_item()))


def test_a_decision_must_say_its_basis_and_a_fact_need_not(known: Catalogue) -> None:
    decision = known["plan_ended"].example_item()
    del decision["basis"]

    assert fields_at_fault(known, decision) == {"basis"}
    assert known.told.validate_json(json.dumps(known["child_seen"].example_item())).basis is None


@pytest.mark.parametrize(
    "when",
    [
        {"occurred_on": "0001-01-01"},
        {"occurred_at": "9999-12-31T23:59:59-12:00"},
        {"occurred_at": "2025-03-03T10:00:00"},
        {"occurred_on": "2025-03-03", "occurred_at": "2025-03-03T10:00:00Z"},
        {},
    ],
)
def test_when_it_happened_is_said_once_in_bounds_and_with_an_offset(known: Catalogue, when: dict[str, str]) -> None:
    told = known["plan_action_completed"].example_item()
    del told["occurred_on"]

    with pytest.raises(ValidationError):
        known.told.validate_json(json.dumps({**told, **when}))


def test_a_core_group_with_only_its_number_and_nobody_listed_is_recordable(known: Catalogue) -> None:
    told = known["core_group_meeting_held"].example_item()

    held = known.told.validate_json(json.dumps({**told, "data": {"seq": 1, "attendance": []}}))

    assert held.data.model_dump(exclude_none=True) == {"seq": 1, "attendance": ()}


@pytest.mark.parametrize("category", ["neglect", ["neglect", "physical"]])
def test_one_category_or_several_can_be_told_since_how_many_is_a_rule(known: Catalogue, category: object) -> None:
    told = known.told.validate_json(json.dumps(item(known, "child_decision_made", category=category)))

    assert told.data.model_dump(mode="json")["category"] == category
