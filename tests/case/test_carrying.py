"""Steps carried once, in any order, and put right as they are put right."""

from events.case.history import history
from events.case.linking import links
from tests.case.given import Case
from tests.case.pairs import Pair
from tests.case.test_crossing import OFFERED, REQUEST, offered


def stands(case: Case) -> list[tuple[str, str, dict[str, object]]]:
    """What counts of what was carried into a case: type, day, data."""
    carried = [told.event for told in history(case.events).told if told.event.item.source == "planclock"]
    return [
        (event.type, event.day.isoformat(), event.data.model_dump(mode="json", exclude_none=True, exclude={"move"}))
        for event in carried
    ]


def test_carrying_again_tells_nothing_again() -> None:
    pair = offered()
    pair.receiver.report("receiving_in_conference_agreed", "2025-05-08")
    pair.carry("2025-05-08")

    assert pair.carry("2025-05-09") == ([], [])


def test_a_correction_of_a_step_is_carried_as_one() -> None:
    pair = offered()
    request = pair.origin.events[-1]
    pair.origin.correct(request, "2025-05-03", occurred_on="2025-04-30", data={"secure_own_accommodation": None})
    carried, _ = pair.carry("2025-05-03")

    assert {event.type for event in carried} == {"event_corrected"}
    assert stands(pair.receiver)[-1][1] == "2025-04-30"
    assert "secure_own_accommodation" not in stands(pair.receiver)[-1][2]


def test_a_correction_of_what_does_not_cross_carries_nothing() -> None:
    pair = offered()
    pair.origin.correct(pair.origin.events[-1], "2025-05-03", data={"by": {"name": "Worker 2"}})

    assert pair.carry("2025-05-03") == ([], [])


def test_a_birthday_put_right_at_the_origin_is_put_right_at_the_receiver() -> None:
    pair = offered()
    pair.origin.tell("date_of_birth_corrected", "2025-05-03", new="2018-06-11")
    pair.carry("2025-05-03")

    assert stands(pair.receiver)[-2][2]["dob"] == "2018-06-11"


def test_a_void_is_carried_and_so_is_its_end() -> None:
    pair = offered()
    void = pair.origin.void(pair.origin.events[-1], "2025-05-03")
    (registered, requested), _ = pair.carry("2025-05-03")
    taken_back = stands(pair.receiver)
    pair.origin.void(void, "2025-05-04")
    pair.carry("2025-05-04")

    assert (registered.type, requested.type) == ("event_voided", "event_voided")
    assert taken_back == []
    assert [type_ for type_, _, _ in stands(pair.receiver)] == ["child_registered", "receiving_in_conference_requested"]


def test_voided_and_restored_time_and_again_it_ends_as_the_origin_has_it() -> None:
    pair = offered()
    request = pair.origin.events[-1]
    for day in range(3, 8):
        void = pair.origin.void(request, f"2025-05-0{day}")
        pair.carry(f"2025-05-0{day}")
        pair.origin.void(void, f"2025-05-0{day}")
        pair.carry(f"2025-05-0{day}")

    assert len(stands(pair.receiver)) == 2


def test_a_request_sent_to_the_wrong_authority_is_taken_back_there() -> None:
    pair = offered()
    pair.origin.correct(pair.origin.events[-1], "2025-05-03", data={"to_authority": "wales"})
    pair.carry("2025-05-03")

    assert stands(pair.receiver) == []
    assert pair.offered[0].others == ("staffordshire", "wales")


def test_what_the_receiver_put_right_for_itself_stays_until_the_step_changes() -> None:
    pair = offered()
    pair.receiver.correct(pair.receiver.events[-1], "2025-05-02", data={"permanent": False})
    quiet = pair.carry("2025-05-02")
    pair.origin.correct(pair.origin.events[-1], "2025-05-03", data={"permanent": None})
    pair.carry("2025-05-03")

    assert quiet == ([], [])
    assert "permanent" not in stands(pair.receiver)[-1][2]


def test_the_first_offer_names_the_move_though_it_is_voided_later() -> None:
    pair = Pair()
    notified = pair.origin.tell("receiving_authority_notified", OFFERED, authority="staffordshire")
    pair.origin.tell("receiving_in_conference_requested", "2025-05-02", **REQUEST)
    pair.carry("2025-05-02")
    pair.origin.void(notified, "2025-05-03")
    pair.carry("2025-05-03")

    assert [link.move.fact for link in pair.offered] == [notified.fact]
    assert [type_ for type_, _, _ in stands(pair.receiver)] == ["child_registered", "receiving_in_conference_requested"]


def test_a_conference_that_the_receiver_held_leaves_its_record_to_the_receiver() -> None:
    pair = offered()
    pair.receiver.tell("receiving_in_conference_held", "2025-05-20", meeting="RIC-1")
    pair.carry("2025-05-20")

    for rule in ("STF-T27", "STF-T28", "STF-T29", "STF-T31"):
        assert {duty.meeting for duty in pair.origin.duties(rule)} == {"ICPC"}
        assert {duty.meeting for duty in pair.receiver.duties(rule)} == {"RIC-1"}


def test_siblings_offered_by_one_fact_are_two_moves() -> None:
    one, other = Pair(), Pair()
    one.origin.tell("receiving_in_conference_requested", OFFERED, shared="R", copy=0, **REQUEST)
    other.origin.tell("receiving_in_conference_requested", OFFERED, shared="R", copy=1, **REQUEST)

    assert links(one.origin.events)[0].move != links(other.origin.events)[0].move
