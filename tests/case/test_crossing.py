"""What crosses from one authority's log into another's, and as what."""

import pytest

from events.case.crossing import ABOUT_THE_CHILD, CROSSINGS, Crossing
from events.case.linking import links
from events.case.links import OFFERS
from events.catalogue.envelope import Kind
from tests.case.given import on_a_plan, the_catalogue
from tests.case.pairs import ORIGIN, RECEIVER, Pair, known

OFFERED = "2025-05-01"
SIX = ["chronology", "conference_papers", "plan", "core_group_minutes", "registration_status", "court_status"]
REQUEST = {"to_authority": RECEIVER, "permanent": True, "secure_own_accommodation": True, "documents": SIX}
WRITTEN = {"source", "id", "type", "occurred_on", "occurred_at", "meeting", "basis", "reported", "data"}
"""All of the envelope that a carried step may fill."""


@pytest.mark.parametrize("row", CROSSINGS, ids=lambda row: f"{row.side}-{row.told}")
def test_a_row_names_types_and_fields_that_there_are(row: Crossing) -> None:
    told, there = the_catalogue()[row.told].data.model_fields, the_catalogue()[row.known].data.model_fields

    assert set(row.kept) <= told.keys() & there.keys()
    assert set(row.said) <= there.keys()


def test_each_type_crosses_in_one_way_only() -> None:
    ways = [(row.side, row.told) for row in CROSSINGS]

    assert len(ways) == len(set(ways))


def test_every_offer_and_everything_about_the_child_is_in_the_catalogue() -> None:
    assert all(name in the_catalogue() for name in ABOUT_THE_CHILD)
    assert all(field in the_catalogue()[name].data.model_fields for name, field in OFFERS.items())


def test_a_decision_crosses_as_one_that_its_authority_reports() -> None:
    pair = offered()
    pair.receiver.report("receiving_in_conference_agreed", "2025-05-08")
    _, (agreed,) = pair.carry("2025-05-08")

    assert agreed.kind is Kind.DECISION
    assert not agreed.refusable
    assert agreed.item.reported is not None
    assert agreed.item.reported.decider == RECEIVER


def test_the_receiver_learns_who_the_child_is_and_that_it_is_offered_and_nothing_else() -> None:
    pair = Pair()
    pair.origin.tell("child_moved", "2025-04-28", to_la=RECEIVER, to_address="2 Example Road", reason="Violence.")
    pair.origin.tell("receiving_in_conference_requested", OFFERED, by={"name": "Worker 1"}, **REQUEST)
    pair.carry(OFFERED)

    registered, requested = (event.item.model_dump(mode="json", exclude_none=True) for event in pair.receiver.events)
    assert registered["data"] == {"dob": "2018-06-01", "address": "2 Example Road"}
    assert requested["data"] == {
        "move": known(pair.offered[0].move),
        "direction": "in",
        "from_authority": ORIGIN,
        "to_authority": RECEIVER,
        "permanent": True,
        "secure_own_accommodation": True,
        "documents": SIX,
        "passes_with": "conference",
    }
    assert WRITTEN | {"depends_on", "historical_import"} >= registered.keys() | requested.keys()


def test_who_decided_at_the_receiver_and_its_view_of_the_child_stay_there() -> None:
    pair = offered()
    decided = {"decision": "not_subject", "reasons": "The grandparents protect the child."}
    pair.receiver.tell("receiving_in_conference_held", "2025-05-20", meeting="RIC-1", chair={"name": "Chair 1"})
    pair.receiver.tell("child_decision_made", "2025-05-20", meeting="RIC-1", **decided)
    pair.carry("2025-05-20")

    held, reported = (event.item for event in pair.origin.events[-2:])
    assert (held.type, held.meeting) == ("receiving_in_conference_held", f"{RECEIVER}:RIC-1")
    assert reported.type == "receiving_authority_decision_reported"
    assert reported.data.model_dump(exclude_none=True) == {"held": True, "decided": True, "stays_on_plan": False}


def test_a_decision_that_names_no_conference_is_of_the_one_held_that_day() -> None:
    pair = offered()
    pair.receiver.tell("receiving_in_conference_held", "2025-05-20")
    pair.receiver.report("child_decision_made", "2025-05-20", decision="subject")
    pair.receiver.report("child_decision_made", "2025-08-11", decision="continue")
    pair.carry("2025-08-11")

    assert [event.type for event in pair.origin.events].count("receiving_authority_decision_reported") == 1


def test_another_conference_of_the_receiver_is_not_the_origins_business() -> None:
    pair = offered()
    pair.receiver.tell("child_decision_made", "2025-05-20", meeting="ICPC-9", decision="subject")

    assert pair.carry("2025-05-20") == ([], [])


def test_a_temporary_stay_of_which_the_other_authority_is_told_offers_nothing() -> None:
    case = on_a_plan()
    case.tell("temporary_move_reported", OFFERED, direction="out", authority=RECEIVER)
    case.tell("receiving_authority_notified", OFFERED, authority=RECEIVER)

    assert links(case.events) == ()


def test_a_stay_that_becomes_permanent_is_offered() -> None:
    case = on_a_plan()
    case.tell("temporary_move_reported", OFFERED, direction="out", authority=RECEIVER)
    case.tell("receiving_authority_notified", OFFERED, authority=RECEIVER)
    case.tell("receiving_in_conference_requested", "2025-06-02", **REQUEST)

    assert [link.others for link in links(case.events)] == [(RECEIVER,)]


def test_what_happened_before_the_offer_is_no_step_of_it() -> None:
    pair = Pair()
    pair.origin.tell("plan_ended", "2025-04-20", ground="no_longer_at_risk")
    pair.origin.tell("receiving_in_conference_requested", OFFERED, **REQUEST)
    pair.carry(OFFERED)

    assert [event.type for event in pair.receiver.events] == ["child_registered", "receiving_in_conference_requested"]


def test_after_a_decline_asking_again_is_another_move() -> None:
    pair = offered()
    pair.receiver.report("receiving_in_conference_declined", "2025-05-08", reasons="Not permanent.")
    pair.carry("2025-05-08")
    pair.origin.tell("receiving_in_conference_requested", "2025-06-02", **REQUEST)

    assert [link.settled for link in pair.offered] == [True, False]


def test_a_notification_and_a_request_that_name_no_move_are_steps_of_one() -> None:
    pair = Pair()
    pair.origin.tell("receiving_authority_notified", OFFERED, authority=RECEIVER)
    pair.origin.tell("receiving_in_conference_requested", "2025-05-02", **REQUEST)

    assert len(pair.offered) == 1


def test_an_authority_may_be_named_in_capitals() -> None:
    case = on_a_plan()
    case.tell("receiving_authority_notified", OFFERED, authority="Staffordshire")

    assert [link.others for link in links(case.events)] == [(RECEIVER,)]


def offered() -> Pair:
    """A move that was asked for, and is known at the receiver."""
    pair = Pair()
    pair.origin.tell("receiving_in_conference_requested", OFFERED, **REQUEST)
    pair.carry(OFFERED)
    return pair
