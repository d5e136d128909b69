"""Third parties' details are taken apart, put back, and can be lost without losing the event."""

import json
from copy import deepcopy
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.catalogue.envelope import Closed, Data
from events.catalogue.marks import marked
from events.catalogue.registry import Catalogue
from events.catalogue.sensitive import join, split
from events.catalogue.text import ThirdParty, ThirdPartyText
from events.catalogue.whole import catalogue

KNOWN = catalogue()

texts = st.text("Aé中😀 /~'\"0", min_size=1, max_size=8).filter(str.strip)
names = texts | st.just({"redacted": True})
bools = st.booleans()
days = st.dates().filter(lambda day: 1900 <= day.year < 2200).map(str)


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A JSON object with any of the fields, at least one."""
    return st.fixed_dictionaries({}, optional=fields).filter(bool)


persons = some(name=names, role=texts, agency=texts, ref=texts)
seats = some(person=some(name=names, ref=texts), role=texts, agency=texts)
attendees = st.lists(seats, max_size=3)
actions = st.lists(some(action=texts, owner=persons, due_on=days).filter(lambda one: "action" in one), max_size=3)
MADE_UP = {
    "core_group_meeting_held": some(
        chair=persons, attendance=attendees, decisions=st.lists(texts, max_size=2), individual_actions=actions
    ),
    "attendance_recorded": st.builds(dict, attendees=attendees),
    "family_member_added": some(name=names, ref=texts, address=names, contact=names).filter(
        lambda data: "name" in data or "ref" in data
    ),
    "report_shared": st.builds(dict, agency=texts, recipients=st.lists(persons, max_size=3), explained=bools),
    "plan_started": some(lp=st.builds(dict, person=persons, qualified_sw=bools), category=st.just(["neglect"])),
    "child_seen": st.builds(dict, by_sw=bools, spoken_to=bools, worker=persons, where=texts),
    "decision_refused": st.builds(
        dict, refused=texts, item=st.dictionaries(texts, names, max_size=3), reasons=st.just([])
    ),
}


def parsed(event_type: str, data: object) -> Data:
    return KNOWN[event_type].data.model_validate_json(json.dumps(data))


def own_data(event_type: str) -> dict[str, Any]:
    return dict(KNOWN[event_type].example_item()["data"])


@pytest.mark.parametrize("name", KNOWN.types)
def test_an_example_taken_apart_and_put_back_is_the_same(name: str) -> None:
    data = parsed(name, own_data(name))

    assert data == parsed(name, join(*split(data)))


@given(st.sampled_from(sorted(MADE_UP)).flatmap(lambda name: st.tuples(st.just(name), MADE_UP[name])))
def test_anything_taken_apart_and_put_back_is_the_same(told: tuple[str, dict[str, Any]]) -> None:
    data = parsed(*told)
    plain, third_parties = json.loads(json.dumps(split(data)))

    assert data == parsed(told[0], join(deepcopy(plain), third_parties))
    assert split(parsed(told[0], join(plain, None))) == (plain, {})


def test_names_of_others_leave_and_stand_under_their_json_pointers() -> None:
    plain, third_parties = split(
        parsed(
            "core_group_meeting_held",
            {"seq": 1, "chair": {"name": "Manager 1"}, "attendance": [{"role": "x"}, {"person": {"name": "Worker 1"}}]},
        )
    )

    assert third_parties == {"/chair/name": "Manager 1", "/attendance/1/person/name": "Worker 1"}
    assert plain == {
        "seq": 1,
        "chair": {"name": {"redacted": True}},
        "attendance": [{"role": "x"}, {"person": {"name": {"redacted": True}}}],
    }


def test_once_erased_the_event_still_parses_with_redacted_names() -> None:
    plain, _ = split(
        parsed("plan_action_added", {"action": "ACT-1", "owner": {"name": "Teacher 1", "role": "teacher"}})
    )

    erased = parsed("plan_action_added", join(plain, None))

    assert erased.model_dump(exclude_none=True) == {
        "action": "ACT-1",
        "owner": {"name": {"redacted": True}, "role": "teacher"},
    }


def test_the_child_stays_with_the_child() -> None:
    child = parsed("child_registered", {"names": "Child A", "address": "1 Example Street", "dob": "2015-06-01"})

    assert split(child) == ({"names": "Child A", "address": "1 Example Street", "dob": "2015-06-01"}, {})


def test_whoever_decided_is_taken_out_of_a_whole_item_too(known: Catalogue) -> None:
    whole = {**known["plan_ended"].example_item(), "decided_by": {"role": "chair", "person": "Chair 1"}}
    item = known.told.validate_json(json.dumps(whole))

    plain, third_parties = split(item)

    assert third_parties == {"/decided_by/person": "Chair 1"}
    assert item == known.recorded.validate_json(json.dumps(join(plain, third_parties)))


def test_a_correction_that_takes_a_field_away_still_does() -> None:
    correction = {**own_data("event_corrected"), "data": {"reason": None}}

    assert split(parsed("event_corrected", correction))[0]["data"] == {"reason": None}


class Hidden(Closed):
    """Would hide a third party where the pointer cannot lead."""

    people: dict[str, Annotated[str, ThirdParty()]]


class Pair(Closed):
    """Would hide a third party in a pair."""

    people: tuple[ThirdPartyText, int]


@pytest.mark.parametrize("model", [Hidden, Pair])
def test_a_class_that_would_hide_third_parties_is_refused(model: type[Closed]) -> None:
    with pytest.raises(TypeError):
        marked(model, ThirdParty)
