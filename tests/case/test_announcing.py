"""What must be said of a duty, once and at its own instant, and when there will next be something to say."""

from datetime import timedelta

import pytest

from events.case.answer import Mark
from tests.case.given import Case, asked_for, at, booked, child, on_a_plan, pack, subject

clause = pytest.mark.clause


def said_of(case: Case, rule: str, now: str) -> list[str]:
    return [each for each in case.say(now) if each.split()[0] == rule]


@clause("STF-T21", "E-60")
def test_a_duty_is_due_as_its_day_begins_and_missed_as_the_next_begins() -> None:
    case = on_a_plan("2025-03-24")

    assert said_of(case, "STF-T21", "2025-04-06T23:59:59") == []
    assert said_of(case, "STF-T21", "2025-04-07T00:00:00") == ["STF-T21 due"]
    assert said_of(case, "STF-T21", "2025-04-07T23:59:59") == []
    assert said_of(case, "STF-T21", "2025-04-08T00:00:00") == ["STF-T21 missed"]
    assert said_of(case, "STF-T21", "2025-09-01") == []


@clause("STF-T21", "E-60")
def test_after_an_outage_only_the_miss_is_said_with_its_own_date() -> None:
    case = on_a_plan("2025-03-24")
    (announced,) = [each for each in case.assess("2025-04-20").to_announce if each.rule == "STF-T21"]

    assert (announced.said.value, str(announced.due_on)) == ("missed", "2025-04-07")
    assert announced.at == at("2025-04-08T00:00")


@clause("STF-T01", "E-60")
def test_an_instant_is_due_from_the_start_of_its_day_and_missed_as_it_passes() -> None:
    case = child()
    case.tell("initial_conference_requested", "2025-03-10T09:30:00+00:00")

    assert said_of(case, "STF-T01", "2025-03-11T00:00") == ["STF-T01 due"]
    assert said_of(case, "STF-T01", "2025-03-11T09:30:00+00:00") == []
    assert said_of(case, "STF-T01", "2025-03-11T09:30:00.000001+00:00") == ["STF-T01 missed"]


def test_nothing_is_said_of_what_was_met_cancelled_or_ended() -> None:
    case = on_a_plan("2025-03-24")
    case.tell("core_group_meeting_held", "2025-04-02", meeting="CG-1")
    case.report("plan_ended", "2025-04-04", ground="transferred")

    said = {each.split()[0] for each in case.say("2026-01-01")}
    assert said.isdisjoint({"STF-T17", "STF-T20", "STF-T21", "STF-T22", "STF-T37", "STF-T38"})


def test_a_duty_that_was_missed_before_its_plan_ended_is_said_to_be() -> None:
    case = on_a_plan("2025-03-24")
    case.report("plan_ended", "2025-04-20", ground="transferred")

    assert said_of(case, "STF-T21", "2025-04-21") == ["STF-T21 missed"]


def test_what_a_conference_was_held_without_is_missed_and_not_due() -> None:
    case = booked("2025-03-24")
    case.tell("initial_conference_held", "2025-03-24", meeting="ICPC")

    assert said_of(case, "STF-T65", "2025-03-24") == []
    assert said_of(case, "STF-T65", "2025-03-25") == ["STF-T65 missed"]


def test_a_due_date_that_moves_is_said_anew() -> None:
    case = on_a_plan("2025-03-24")
    assert said_of(case, "STF-T20", "2025-04-14") == ["STF-T20 due"]
    seen = case.tell("child_seen", "2025-04-14", by_sw=True, spoken_to=True)
    assert said_of(case, "STF-T20", "2025-04-20") == []

    case.void(seen, "2025-04-20")
    assert said_of(case, "STF-T20", "2025-04-20") == ["STF-T20 missed"]


@clause("E-60")
def test_the_next_instant_is_that_of_the_next_thing_to_say() -> None:
    case = asked_for("2025-03-10")
    case.say("2025-03-10")

    assert case.assess("2025-03-10").next_instant == at("2025-03-11T00:00")
    assert case.assess("2025-03-11").next_instant == at("2025-03-12T00:00")
    assert case.assess("2025-03-12").next_instant is None


@clause("E-60")
def test_walking_from_instant_to_instant_says_everything_once_in_order() -> None:
    case = on_a_plan("2025-03-24")
    now, said = at("2025-03-24"), list(case.say("2025-03-24"))
    while (coming := case.assess(now.isoformat()).next_instant) is not None and coming < at("2026-01-01"):
        assert coming > now
        assert case.say((coming - timedelta(microseconds=1)).isoformat()) == []
        now = coming
        fresh = case.say(now.isoformat())
        assert fresh
        said += fresh

    assert len(said) == len(set(said))
    assert {"STF-T17 due", "STF-T17 missed", "STF-T21 due", "STF-T29 missed"} <= set(said)


@clause("E-81")
def test_an_undated_duty_is_chased_after_the_authoritys_own_interval_and_never_missed() -> None:
    staffordshire = pack("staffordshire")
    chased = tuple(
        entry.model_copy(update={"chase_days": 5}) if entry.id == "STF-T32" else entry for entry in staffordshire.duty
    )
    case = on_a_plan("2025-03-24").under(staffordshire.model_copy(update={"duty": chased}))

    assert (case.duty("STF-T32", "2025-03-24").chase_on or at("2025-03-24")).isoformat() == "2025-03-29"
    assert said_of(case, "STF-T32", "2025-03-29T23:59") == []
    assert said_of(case, "STF-T32", "2025-03-30") == ["STF-T32 chased"] * 2  # health and education
    assert case.duty("STF-T32", "2025-03-30").marks == {Mark.CHASED}
    assert said_of(case, "STF-T32", "2026-03-30") == []


@clause("E-83")
def test_a_decision_told_twice_says_everything_once() -> None:
    case = on_a_plan("2025-03-24")
    case.report("child_decision_made", "2025-03-24", meeting="ICPC", **subject())

    assert said_of(case, "STF-T17", "2025-07-01") == ["STF-T17 missed"]
