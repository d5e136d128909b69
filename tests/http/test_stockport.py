"""Plans under Stockport's procedure, driven over HTTP by a test clock."""

from typing import Any

import pytest

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.test_staffordshire import duties

Item = dict[str, Any]
CHILD = "CHILD-A"
HELD, REVIEW = "2025-03-24", "2025-05-28"
MOTHER = {"name": "Parent 1", "role": "mother"}
LAST_DAY, A_DAY_LATE = "2025-05-13", "2025-05-14"
"""For a letter about the review: ten working days before, the spring bank holiday on the way."""


def room(*children: str) -> list[Item]:
    """The authority, health and a school, with whom the children have had direct contact."""
    return [
        {"role": "social_worker", "agency": "csc"},
        {"role": "health_visitor", "agency": "health", "direct_contact_children": list(children)},
        {"role": "teacher", "agency": "school", "direct_contact_children": list(children)},
    ]


def sat(day: str, meeting: str, kind: str = "review", *children: str) -> list[Item]:
    """A quorate conference takes place."""
    attended = item("attendance_recorded", day, meeting, attendees=room(*(children or (CHILD,))))
    return [attended, item(f"{kind}_conference_held", day, meeting)]


def ended(
    day: str = REVIEW, meeting: str | None = "RCPC-1", ground: str = "non_cooperation", **envelope: object
) -> Item:
    """The plan ends."""
    return item("plan_ended", day, meeting, **{"basis": "here", **envelope}, ground=ground, reasons="R")


async def on_a_plan(client: Client) -> None:
    """A child made subject of a plan on 24 March 2025; the core assessment is complete."""
    await client.tell(CHILD, registered(), item("initial_conference_requested", "2025-03-03", requested_by="csc"))
    await client.advance(f"{HELD}T18:00:00+00:00")
    decided = item("child_decision_made", HELD, "ICPC-1", basis="here", decision="subject", category="neglect")
    invited = [{"role": "mother"}, {"agency": "health"}, {"agency": "school"}]
    told = await client.tell(
        CHILD,
        item("conference_invitations_issued", "2025-03-10", "ICPC-1", invitees=invited),
        *sat(HELD, "ICPC-1", "initial"),
        decided,
    )
    assert told["refused"] == []


async def proposed(client: Client) -> None:
    """Its review, booked for 28 May, may end the plan for non-co-operation; all is evidenced that comes before it."""
    await on_a_plan(client)
    await client.advance("2025-04-28T18:00:00+01:00")
    await client.tell(
        CHILD,
        item("review_conference_scheduled", "2025-04-01", "RCPC-1", date=REVIEW),
        item("assessment_completed", "2025-04-07", kind="core"),
        item("non_cooperation_ending_proposed", "2025-04-28", "RCPC-1", parents=[MOTHER]),
        item("legal_powers_considered", "2025-04-28", outcome="The threshold is not met."),
        item("cooperation_avenues_explored", "2025-04-28", agencies=["csc", "health", "school"], steps="All of them."),
        item("child_seen_and_views_obtained", "2025-04-28", views="Likes school."),
        item("risk_management_belief_recorded", "2025-04-28", reasons="School and grandparents keep watch."),
    )


async def letter_delivered(client: Client, day: str) -> None:
    """The warning letter is delivered on a day."""
    await client.advance(f"{day}T18:00:00+01:00")
    delivered: Item = {"to": MOTHER, "channel": "handed", "signed": True, "on_file": True}
    await client.tell(CHILD, item("non_cooperation_warning_letter_delivered", day, **delivered))


async def at_review(client: Client, day: str = REVIEW) -> None:
    """The review is held, with legal advice."""
    await client.advance(f"{day}T18:00:00+01:00")
    advice = item("legal_advice_given_at_review", day, "RCPC-1", grounds_met=False)
    await client.tell(CHILD, *sat(day, "RCPC-1"), advice)


def rules(answer: dict[str, Any]) -> set[str]:
    """The clauses by which something was refused."""
    return {reason["rule"] for reason in answer["reasons"]}


async def test_a_letter_a_day_late_ends_nothing_and_one_in_time_does_with_four_duties_left(sandbox: Sandbox) -> None:
    """STK-R42 to STK-R52, STK-T19 to STK-T23, E-56."""
    late = await sandbox(policy="stockport")
    await proposed(late)
    assert [duty["due_on"] for duty in await duties(late, "STK-T19")] == [LAST_DAY]
    await letter_delivered(late, A_DAY_LATE)
    await at_review(late)
    refused = await late.post(f"/v1/cases/{CHILD}/events", ended())
    assert (refused.status_code, rules(refused.json())) == (409, {"STK-R47"})
    assert [duty["status"] for duty in await duties(late, "STK-T19")] == ["met_late"]

    client = await sandbox(policy="stockport")
    await proposed(client)
    await letter_delivered(client, LAST_DAY)
    await at_review(client)
    told = await client.tell(CHILD, ended())

    assert (told["refused"], told["state"]["stage"], told["state"]["plan"]["ended_on"]) == ([], "ended", REVIEW)
    owed = {duty["id"] for duty in told["duties"] if duty["status"] == "open"}
    assert {"STK-R49a", "STK-R50", "STK-T22", "STK-T23"} <= owed
    assert told["state"]["after_care"]["stage"] == "pending"
    await client.advance("2025-06-10T18:00:00+01:00")
    signed = item("minutes_signed", "2025-06-10", "RCPC-1", basis="here", chair={"name": "Chair 1"})
    assert rules((await client.post(f"/v1/cases/{CHILD}/events", signed)).json()) == {"STK-R49"}
    delivered_by = [{"role": "social_worker"}, {"role": "team_manager"}]
    done = await client.tell(
        CHILD,
        item("legal_advice_minuted", "2025-06-10", "RCPC-1", advice="A", no_proceedings_decision=True, reasons="R"),
        {**signed, "id": "signed-again"},
        item("safety_plan_drawn_up", "2025-06-10", support="S", unmet_need="N", monitoring="M", triggers="T"),
        item("non_cooperation_decision_letter_delivered", "2025-06-10", to=MOTHER, by=delivered_by, safety_plan=True),
        item("minutes_sent_to_senior_managers", "2025-06-10", "RCPC-1", head_of_service_at="2025-06-10"),
    )
    assert done["refused"] == []
    assert [duty["status"] for duty in await duties(client, "STK-T23")] == ["open", "met"]
    await client.tell(CHILD, item("notification_sent", "2025-06-10", register_id="N05"))
    for clause in ("STK-R49a", "STK-R50", "STK-T22", "STK-T23"):
        assert {duty["status"] for duty in await duties(client, clause)} == {"met"}


async def test_a_review_put_off_makes_the_same_letter_one_in_time(sandbox: Sandbox) -> None:
    """E-56: counted from the day on which the review is held in the end."""
    client = await sandbox(policy="stockport")
    await proposed(client)
    await letter_delivered(client, A_DAY_LATE)
    await client.tell(CHILD, item("conference_rescheduled", A_DAY_LATE, "RCPC-1", new_date="2025-05-29"))
    assert [(duty["due_on"], duty["status"]) for duty in await duties(client, "STK-T19")] == [(A_DAY_LATE, "met")]

    await at_review(client, "2025-05-29")
    assert (await client.tell(CHILD, ended("2025-05-29")))["state"]["stage"] == "ended"


async def test_each_of_the_six_is_asked_for_at_once(sandbox: Sandbox) -> None:
    client = await sandbox(policy="stockport")
    await on_a_plan(client)
    await client.advance(f"{REVIEW}T18:00:00+01:00")
    await client.tell(CHILD, item("assessment_completed", "2025-04-07", kind="core"), *sat(REVIEW, "RCPC-1"))

    dry = await client.post(f"/v1/cases/{CHILD}/events", ended(), dry_run=True)
    bare = ended()
    bare["data"].pop("reasons")
    refused = (await client.post(f"/v1/cases/{CHILD}/events", bare)).json()

    assert dry.status_code == 200
    assert rules(refused) == {"STK-R42", "STK-R43", "STK-R44", "STK-R45", "STK-R46", "STK-R47", "STK-R48"}


async def test_the_first_review_is_due_in_ten_weeks_and_the_next_six_months_from_the_day_held(sandbox: Sandbox) -> None:
    """STK-T01 and STK-T02."""
    client = await sandbox(policy="stockport")
    await on_a_plan(client)
    (first,) = await duties(client, "STK-T01")
    assert (first["due_on"], first["started_by"]["on"]) == ("2025-06-02", HELD)

    await client.advance("2025-06-03T09:00:00+01:00")
    assert [duty["status"] for duty in await duties(client, "STK-T01")] == ["missed"]
    kept = item("child_decision_made", "2025-06-02", "RCPC-1", basis="here", decision="continue")
    await client.tell(CHILD, *sat("2025-06-02", "RCPC-1"), kept)
    assert [duty["status"] for duty in await duties(client, "STK-T01")] == ["met"]
    assert [duty["due_on"] for duty in await duties(client, "STK-T02")] == ["2025-12-02"]


async def test_siblings_have_a_quorum_each(sandbox: Sandbox) -> None:
    """STK-R10, STK-R41 and E-23: told once for both, each case keeps only what is its own."""
    client = await sandbox(policy="stockport")
    both = ["CHILD-A", "CHILD-B"]
    for child in both:
        await client.tell(child, registered(names=child))
    decided = item("child_decision_made", "2025-03-03", "ICPC-1", basis="here", decision="subject", category="neglect")
    assessed = item("assessment_completed", "2025-03-03", kind="core")
    begun = [
        item("initial_conference_requested", "2025-03-03"),
        *sat("2025-03-03", "ICPC-1", "initial", *both),
        decided,
    ]
    told = await client.post("/v1/events", [{**each, "cases": both} for each in [*begun, assessed]])
    assert told.status_code == 201, told.text
    await client.advance(f"{REVIEW}T18:00:00+01:00")
    seats = room(*both)
    seats[2]["direct_contact_children"] = ["CHILD-B"]
    review = [
        item("attendance_recorded", REVIEW, "RCPC-1", attendees=seats),
        item("review_conference_held", REVIEW, "RCPC-1"),
        ended(ground="no_longer_at_risk"),
    ]
    answer = (await client.post("/v1/events", [{**each, "cases": both} for each in review])).json()

    stages = {case["state"]["child"]["names"]: case["state"]["stage"] for case in answer["cases"]}
    assert stages == {"CHILD-A": "active", "CHILD-B": "ended"}
    (refused,) = (each for case in answer["cases"] for each in case["refused"])
    assert {reason["rule"] for reason in refused["reasons"]} == {"STK-R41"}
    history = (await client.get("/v1/cases/CHILD-A/events")).text
    assert "CHILD-B" not in history
    kept = item("child_decision_made", REVIEW, "RCPC-1", basis="here", decision="continue")
    assert (await client.tell("CHILD-A", kept))["refused"] == []


@pytest.mark.parametrize("signed, refused", [({}, "STK-R39"), ({"signed_by_manager": True}, None)])
async def test_the_core_assessment_or_its_signed_exception_comes_before_an_ending(
    sandbox: Sandbox, signed: dict[str, Any], refused: str | None
) -> None:
    """STK-R38 and STK-R39."""
    client = await sandbox(policy="stockport")
    await on_a_plan(client)
    await client.advance(f"{REVIEW}T18:00:00+01:00")
    await client.tell(CHILD, *sat(REVIEW, "RCPC-1"))
    without = await client.post(f"/v1/cases/{CHILD}/events", ended(ground="no_longer_at_risk"))
    assert rules(without.json()) == {"STK-R38"}

    exception = {"reasons": "Moved twice.", "exceptional_circumstances": True, "on_file": True, **signed}
    await client.tell(
        CHILD,
        item("core_assessment_exception_recorded", REVIEW, **exception),
        item("core_assessment_exception_conveyed", REVIEW, "RCPC-1"),
    )
    answer = await client.post(f"/v1/cases/{CHILD}/events", ended(ground="no_longer_at_risk"))

    assert answer.status_code == (201 if refused is None else 409)
    assert refused is None or rules(answer.json()) == {refused}


async def test_the_team_around_the_child_meets_in_fifteen_working_days_and_the_agencies_are_told(
    sandbox: Sandbox,
) -> None:
    """STK-T15, STK-T16, STK-R37, E-28: what an ending leaves to be done."""
    client = await sandbox(policy="stockport")
    await on_a_plan(client)
    await client.advance(f"{REVIEW}T18:00:00+01:00")
    await client.tell(
        CHILD,
        item("assessment_completed", "2025-04-07", kind="core"),
        *sat(REVIEW, "RCPC-1"),
        ended(ground="no_longer_at_risk"),
        item("team_around_the_child_transfer_agreed", REVIEW, "RCPC-1"),
    )
    (meeting,) = await duties(client, "STK-T16")
    assert (meeting["due_on"], meeting["status"]) == ("2025-06-18", "open")
    assert [duty["status"] for duty in await duties(client, "STK-T15")] == ["open", "open"]
    assert [duty["status"] for duty in await duties(client, "STK-R37")] == ["met"]

    await client.tell(CHILD, item("notification_sent", REVIEW, register_id="N02", to=[{"agency": "health"}]))
    assert [duty["status"] for duty in await duties(client, "STK-T15")] == ["met", "open"]
    moved = await client.advance("2025-06-19T09:00:00+01:00")
    assert moved["now"] == "2025-06-19T08:00:00Z"
    assert [duty["status"] for duty in await duties(client, "STK-T16")] == ["missed"]


async def test_a_move_away_ends_the_plan_only_once_the_other_authority_has_decided(sandbox: Sandbox) -> None:
    """STK-T13 and STK-R28: fifteen working days from its being told, over Easter."""
    client = await sandbox(policy="stockport")
    await on_a_plan(client)
    await client.advance("2025-05-01T18:00:00+01:00")
    moved = item("child_moved", "2025-04-07", permanent=True, to_la="trafford")
    await client.tell(CHILD, moved, item("receiving_authority_notified", "2025-04-11", authority="trafford"))
    assert [duty["due_on"] for duty in await duties(client, "STK-T13")] == ["2025-05-07"]

    too_soon = await client.post(f"/v1/cases/{CHILD}/events", ended("2025-05-01", None, "transferred"))
    assert "STK-R28" in rules(too_soon.json())
    decided = item("receiving_authority_decision_reported", "2025-05-01", held=True, decided=True)
    told = await client.tell(CHILD, decided, ended("2025-05-01", None, "transferred"))
    assert told["state"]["stage"] == "ended"
