"""A case taken on in mid-life: right dates from then on, nothing said of the past, unknowns named (E-83)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from events.case.answer import Mark, Status
from events.case.directory import Directory
from events.policies.in_force import Activation, Policies
from tests.case.given import Case, at, on_a_plan, pack, the_engine

clause = pytest.mark.clause
TAKEN_ON = "2025-03-10"
Value = dict[str, Any] | None
NONE, UNKNOWN = {"state": "none"}, {"state": "unknown"}


def known(value: object) -> dict[str, Any]:
    return {"state": "known", "value": value, "source": "the old system"}


STARTING: dict[str, Any] = {
    "date_of_birth": known("2018-06-01"),
    "plan_started": known("2023-09-12"),
    "initial_conference": known("2023-09-12"),
    "category": known("neglect"),
    "last_review": known("2024-11-20"),
    "reviews_held": known(3),
    "first_core_group": known("2023-09-26"),
    "last_core_group": known("2025-02-10"),
    "last_seen": known("2025-03-03"),
    "lead_professional": known({"person": {"ref": "W1"}, "qualified_sw": True}),
}


def taken_on(name: str = "staffordshire", /, **values: Value) -> Case:
    case = Case(policy=pack(name))
    told = {field: value for field, value in {**STARTING, **values}.items() if value is not None}
    case.tell("case_taken_on", TAKEN_ON, **told)
    return case


@clause("E-83")
def test_duties_run_on_from_the_days_that_were_taken_on() -> None:
    case = taken_on()

    dues = {rule: case.duty(rule, TAKEN_ON).due_on for rule in ("STF-T18", "STF-T20", "STF-T22")}
    assert dues == {
        "STF-T18": date(2025, 5, 20),
        "STF-T20": date(2025, 3, 24),
        "STF-T22": date(2025, 3, 24),
    }
    assert {case.status(rule, TAKEN_ON) for rule in dues} == {Status.OPEN}


@clause("E-83")
def test_the_plan_stands_as_it_did_where_it_came_from() -> None:
    state = taken_on(last_seen=UNKNOWN).assess(TAKEN_ON).state

    plan = state["plan"]
    assert (state["stage"], plan["started_on"], plan["category"]) == ("active", date(2023, 9, 12), "neglect")
    assert (len(plan["reviews"]) + plan["reviews_before"], plan["phase"]) == (3, "in_review_cycle")
    assert state["taken_on"]["unknown"][0] == "last_seen"
    assert plan["last_visit_on"] is None


@clause("E-83")
@pytest.mark.parametrize("name", ["staffordshire", "stockport", "wales", "sefton", "calderdale"])
def test_nothing_is_said_of_the_past_under_any_procedure(name: str) -> None:
    case = taken_on(name)

    assert case.say(TAKEN_ON) == []
    assert case.assess(TAKEN_ON).findings == ()


@clause("E-83", "E-29", "CAL-T10")
@pytest.mark.parametrize(
    "held, status, told_of_the_next",
    [(1, Status.MISSED, 0), (2, Status.MISSED, 6), (3, Status.MET, 6), (5, Status.MET, 6)],
)
def test_reviews_held_elsewhere_are_among_those_that_senior_managers_count(
    held: int, status: Status, told_of_the_next: int
) -> None:
    case = taken_on("calderdale", reviews_held=known(held))
    assert (case.status("CAL-T10", TAKEN_ON), case.say(TAKEN_ON)) == (status, [])
    case.tell("review_conference_held", "2025-05-12", meeting="RCPC")

    to_be_told = [duty for duty in case.duties("CAL-T03", "2025-05-12") if duty.started_by.on == date(2025, 5, 12)]
    assert len(to_be_told) == told_of_the_next


@clause("E-83", "E-29")
def test_a_review_told_of_afterwards_is_one_of_those_that_were_counted() -> None:
    case = taken_on("calderdale", reviews_held=known(2))
    case.tell("review_conference_held", "2024-05-20", meeting="RCPC-1", recorded=TAKEN_ON)

    plan = case.assess(TAKEN_ON).state["plan"]
    assert (len(plan["reviews"]), plan["reviews_before"], case.status("CAL-T10", TAKEN_ON)) == (2, 0, Status.MISSED)


@clause("E-83", "E-29")
def test_a_last_review_of_unknown_day_is_counted_once() -> None:
    case = taken_on("calderdale", reviews_held=known(2), last_review=UNKNOWN)
    case.tell("review_conference_held", "2025-05-12", meeting="RCPC")

    assert [str(duty.started_by.on) for duty in case.duties("CAL-T03", "2025-05-12")] == ["2025-05-12"] * 6


@clause("E-83")
def test_what_comes_after_is_announced_as_ever() -> None:
    case = taken_on()
    case.say(TAKEN_ON)

    assert case.say("2025-03-25") == ["STF-T20 missed", "STF-T22 missed"]


@clause("E-83")
def test_what_was_overdue_when_taken_on_is_shown_as_inherited_and_announced_to_nobody() -> None:
    case = taken_on(last_seen=known("2025-02-16"))

    duty = case.duty("STF-T20", "2025-03-12")
    assert (duty.due_on, duty.status) == (date(2025, 3, 9), Status.MISSED)
    assert duty.marks >= {Mark.INHERITED, Mark.BEFORE_GO_LIVE}
    assert Mark.LATE_WHEN_KNOWN not in duty.marks
    assert case.say("2025-03-12") == []


@clause("E-83")
def test_what_falls_due_on_the_day_itself_is_ours() -> None:
    case = taken_on(last_seen=known("2025-02-17"))

    duty = case.duty("STF-T20", "2025-03-12")
    assert (duty.due_on, Mark.BEFORE_GO_LIVE in duty.marks) == (date(2025, 3, 10), False)
    assert case.say("2025-03-12") == ["STF-T20 missed"]


@clause("E-83")
@pytest.mark.parametrize(
    "unknown, rule, missing",
    [
        ("last_review", "STF-T18", "the day of the last review conference"),
        ("last_core_group", "STF-T22", "the day of the last core group"),
        ("last_seen", "STF-T20", "the day the child was last seen and spoken to"),
    ],
)
@pytest.mark.parametrize("stated", [UNKNOWN, None], ids=["unknown", "left out"])
def test_what_nobody_knows_is_named_where_it_is_missed(unknown: str, rule: str, missing: str, stated: Value) -> None:
    duty = taken_on(**{unknown: stated}).duty(rule, TAKEN_ON)

    assert (duty.status, duty.due_on, duty.missing) == (Status.OPEN, None, missing)
    assert Mark.CANNOT_BE_CALCULATED in duty.marks


@clause("E-83")
def test_a_plan_of_unknown_beginning_lacks_what_is_counted_from_it() -> None:
    case = taken_on(plan_started=UNKNOWN, initial_conference=UNKNOWN, last_review=NONE, reviews_held=known(0))

    assert case.duty("STF-T17", TAKEN_ON).missing == "the day the plan began"
    assert case.assess(TAKEN_ON).state["plan"]["started_on"] is None
    assert case.duty("STF-T22", TAKEN_ON).due_on == date(2025, 3, 24)


@clause("E-83")
@pytest.mark.parametrize(
    "unknown, told, fact, rule, due",
    [
        ("last_review", "review_conference_held", {}, "STF-T18", "2025-08-03"),
        ("last_core_group", "core_group_meeting_held", {}, "STF-T22", "2025-03-17"),
        ("last_seen", "child_seen", {"by_sw": True, "spoken_to": True}, "STF-T20", "2025-02-24"),
    ],
)
def test_the_fact_itself_told_later_fills_the_gap(
    unknown: str, told: str, fact: dict[str, Any], rule: str, due: str
) -> None:
    case = taken_on(**{unknown: UNKNOWN})
    case.tell(told, "2025-02-03", recorded=TAKEN_ON, **fact)

    assert [str(duty.due_on) for duty in case.duties(rule, TAKEN_ON)][-1] == due
    assert {duty.missing for duty in case.duties(rule, TAKEN_ON) if duty.met_by is None} == {None}


@clause("E-83", "E-06")
def test_a_correction_fills_the_gap_as_if_it_had_been_known() -> None:
    unknown, right = taken_on(last_review=UNKNOWN), taken_on()
    unknown.correct(unknown.events[0], "2025-03-12", data={"last_review": known("2024-11-20")})

    assert unknown.duty("STF-T18", "2025-03-13").due_on == right.duty("STF-T18", "2025-03-13").due_on
    assert unknown.assess("2025-03-13").state["plan"] == right.assess("2025-03-13").state["plan"]


@clause("E-83")
def test_a_fact_told_of_the_same_day_takes_the_place_of_what_was_taken_on() -> None:
    case = taken_on()
    case.tell("review_conference_held", "2024-11-20", meeting="CPRC-3", recorded="2025-03-11")

    assert case.assess("2025-03-11").state["plan"]["reviews"] == [
        {"meeting": "CPRC-3", "held_on": date(2024, 11, 20)},
    ]
    assert len([duty for duty in case.duties("STF-T18", "2025-03-11") if duty.met_by is None]) == 1


@clause("E-83", "STF-T27", "STF-T29")
def test_the_record_of_a_meeting_just_held_is_still_to_be_made_and_of_an_old_one_is_not() -> None:
    case = taken_on(last_review=known("2025-03-03"))

    statuses = {duty.due_on: duty.status for duty in case.duties("STF-T29", TAKEN_ON)}
    assert statuses.pop(date(2025, 3, 17)) is Status.OPEN
    assert set(statuses.values()) == {Status.CANCELLED}


@clause("E-83", "STF-R74")
@pytest.mark.parametrize("reviews, refused", [(known(3), set()), (UNKNOWN, {"STF-R74"})])
def test_an_earlier_review_counts_only_where_somebody_knows_of_it(reviews: Value, refused: set[str]) -> None:
    case = taken_on(last_review=UNKNOWN, reviews_held=reviews)
    case.tell("review_conference_held", "2025-04-01", meeting="CPRC")

    rules = case.decide("plan_ended", "2025-04-01", meeting="CPRC", ground="no_longer_at_risk")
    assert {"STF-R74"}.intersection(rules) == refused


@clause("E-83")
def test_a_child_without_a_plan_is_taken_on_without_one() -> None:
    case = taken_on(plan_started=NONE)

    assert case.assess(TAKEN_ON).state["plan"] is None
    assert case.assess(TAKEN_ON).duties == ()


@clause("E-83")
def test_a_looked_after_child_is_one_from_the_day_that_was_taken_on() -> None:
    case = taken_on(looked_after=known("2025-01-20"), interim_care_order=known("2025-01-20"))

    assert {"looked_after", "interim_care_order"} <= set(case.assess(TAKEN_ON).state["flags"])
    assert case.say(TAKEN_ON) == []


@clause("E-83")
def test_the_next_meetings_are_booked_and_prepared_for() -> None:
    case = taken_on(next_review=known("2025-05-12"), next_core_group=known("2025-03-20"))

    assert case.duty("STF-T04", TAKEN_ON).due_on == date(2025, 4, 25)
    assert sorted(str(each["scheduled_on"]) for each in case.assess(TAKEN_ON).state["meetings"]) == [
        "2025-03-20",
        "2025-05-12",
        *["None"] * 5,
    ]


@clause("E-83")
def test_what_fell_due_before_the_authority_went_live_is_inherited() -> None:
    case = on_a_plan("2025-03-24")
    live = Policies([Activation(case.policy, date(1990, 1, 1))], go_live=at("2025-04-08T00:00:00"))

    found = the_engine().assessor.assess(case.events, live, case.calendar, at("2025-04-20"))
    marked = {duty.rule for duty in found.duties if Mark.BEFORE_GO_LIVE in duty.marks}
    assert "STF-T21" in marked  # the first core group, due on 7 April
    assert "STF-T20" not in marked  # the first visit, due on 14 April
    assert {each.rule for each in found.to_announce}.isdisjoint(marked)
    assert live.directory == Directory()
    assert live.go_live == datetime(2025, 4, 7, 23, tzinfo=UTC)
