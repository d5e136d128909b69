"""Staffordshire's procedure over HTTP with a test clock, as a case system lives through it."""

from typing import Any

import pytest

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import LEAD, asked_for, ended, initial_conference, made_subject, on_a_plan, review, tell_all

EVENING = "T18:00:00+00:00"


async def duties(client: Client, case: str, clause: str) -> list[dict[str, Any]]:
    """The duties of one clause, oldest first."""
    answer = (await client.get(f"/v1/cases/{case}/duties")).json()
    return [duty for duty in answer["duties"] if duty["id"] == clause]


async def due(client: Client, case: str, clause: str) -> tuple[str, str]:
    """When the latest duty of a clause is due, and how it stands."""
    latest = (await duties(client, case, clause))[-1]
    return latest["due_on"], latest["status"]


async def test_the_first_core_group_is_counted_over_easter_naming_each_day_skipped(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A", held="2025-04-14", category="physical")

    (first,) = await duties(client, "CHILD-A", "STF-T21")

    assert first["due_on"] == "2025-04-30"
    assert first["explanation"]["start"] == "2025-04-14"
    assert first["explanation"]["count"] == "10 working days after"
    assert [(day["day"], day["why"]) for day in first["explanation"]["skipped"]] == [
        ("2025-04-18", "Good Friday"),
        ("2025-04-19", "Saturday"),
        ("2025-04-20", "Sunday"),
        ("2025-04-21", "Easter Monday"),
        ("2025-04-26", "Saturday"),
        ("2025-04-27", "Sunday"),
    ]


async def test_only_seeing_and_speaking_with_the_child_resets_the_visit_clock(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A", held="2025-04-14")
    assert await due(client, "CHILD-A", "STF-T20") == ("2025-05-05", "open")
    await client.advance("2025-04-28" + EVENING)

    await client.tell("CHILD-A", item("child_seen", "2025-04-25", by_sw=True, spoken_to=False))
    assert await due(client, "CHILD-A", "STF-T20") == ("2025-05-05", "open")
    await client.tell("CHILD-A", item("child_seen", "2025-04-25", by_sw=False, spoken_to=True))
    assert await due(client, "CHILD-A", "STF-T20") == ("2025-05-05", "open")
    await client.tell("CHILD-A", item("child_seen", "2025-04-28", by_sw=True, spoken_to=True))

    assert [(each["due_on"], each["status"]) for each in await duties(client, "CHILD-A", "STF-T20")] == [
        ("2025-05-05", "met"),
        ("2025-05-19", "open"),
    ]


async def test_reviews_are_due_after_three_months_and_then_six_from_the_day_held(sandbox: Sandbox) -> None:
    client = await sandbox("2024-11-25T09:00:00+00:00")
    await client.tell("CHILD-A", registered("2024-11-25"))
    await on_a_plan(client, "CHILD-A", requested="2024-11-26", held="2024-11-30", category="physical")
    assert await due(client, "CHILD-A", "STF-T17") == ("2025-02-28", "open")
    await client.advance("2025-02-14" + EVENING)

    continued = item("child_decision_made", "2025-02-14", "RCPC-1", basis="here", decision="continue")
    await client.tell("CHILD-A", *review("2025-02-14", "RCPC-1"), continued)

    assert await due(client, "CHILD-A", "STF-T17") == ("2025-02-28", "met")
    assert [(each["due_on"], each["status"]) for each in await duties(client, "CHILD-A", "STF-T18")] == [
        ("2025-08-14", "open")
    ]
    await client.advance("2025-08-20" + EVENING)
    continued = item("child_decision_made", "2025-08-20", "RCPC-2", basis="here", decision="continue")
    await client.tell("CHILD-A", *review("2025-08-20", "RCPC-2"), continued)
    assert [(each["due_on"], each["status"]) for each in await duties(client, "CHILD-A", "STF-T18")] == [
        ("2025-08-14", "met_late"),
        ("2026-02-20", "open"),
    ]


async def test_minutes_and_amendments_run_from_the_day_of_the_conference(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A", requested="2025-03-05", held="2025-03-10", category="physical")

    assert await due(client, "CHILD-A", "STF-T27") == ("2025-03-11", "open")
    assert await due(client, "CHILD-A", "STF-T28") == ("2025-03-11", "open")
    assert await due(client, "CHILD-A", "STF-T29") == ("2025-03-24", "open")
    assert await due(client, "CHILD-A", "STF-T31") == ("2025-04-17", "open")

    await client.advance("2025-03-26" + EVENING)
    await client.tell(
        "CHILD-A",
        item("minutes_quality_assured", "2025-03-25", "ICPC-1"),
        item("minutes_signed", "2025-03-25", "ICPC-1", basis="here"),
        item("minutes_distributed", "2025-03-25", "ICPC-1", basis="here", channel="secure_email", secure=True),
    )
    assert await due(client, "CHILD-A", "STF-T29") == ("2025-03-24", "met_late")
    assert await due(client, "CHILD-A", "STF-T31") == ("2025-04-17", "open")


async def test_minutes_that_nobody_signed_are_not_sent(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A", requested="2025-03-05", held="2025-03-10", category="physical")

    sent = item("minutes_distributed", "2025-03-10", "ICPC-1", basis="here", channel="secure_email", secure=True)
    answer = await client.post("/v1/cases/CHILD-A/events", sent)

    assert answer.status_code == 409
    assert [reason["rule"] for reason in answer.json()["reasons"]] == ["STF-R91"]


async def test_an_inquorate_conference_is_reconvened_within_seven_working_days_of_the_first_date(
    sandbox: Sandbox,
) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered())
    await client.advance("2025-03-05" + EVENING)
    booked = item("initial_conference_scheduled", "2025-03-05", "ICPC-1", date="2025-03-10")
    await client.tell("CHILD-A", *asked_for("2025-03-05"), booked)
    await client.advance("2025-03-10" + EVENING)
    missing = item("quorum_assessed", "2025-03-10", "ICPC-1", result="inquorate_not_held", info_sufficient=False)
    not_held = item("conference_not_held_inquorate", "2025-03-10", "ICPC-1", original_date="2025-03-10")
    told = await client.tell("CHILD-A", missing, not_held)
    assert told["state"]["stage"] == "icpc_deferred"
    assert await due(client, "CHILD-A", "STF-T15") == ("2025-03-19", "open")

    refused = await client.post("/v1/cases/CHILD-A/events", made_subject("2025-03-10"))
    assert refused.status_code == 409
    assert "STF-R46" in {reason["rule"] for reason in refused.json()["reasons"]}

    again = item("conference_reconvened", "2025-03-10", "ICPC-2", original_date="2025-03-10", new_date="2025-03-19")
    await client.tell("CHILD-A", again)
    await client.advance("2025-03-19" + EVENING)
    told = await client.tell("CHILD-A", *initial_conference("2025-03-19", "ICPC-2", "physical"))

    assert told["refused"] == []
    assert told["state"]["stage"] == "active"
    assert await due(client, "CHILD-A", "STF-T15") == ("2025-03-19", "met")


async def test_neglect_does_not_end_at_the_first_review_here_and_is_kept_with_a_finding_when_reported(
    sandbox: Sandbox,
) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A", held="2025-04-10", category="neglect")
    await client.advance("2025-07-08" + EVENING)
    await client.tell("CHILD-A", *review("2025-07-08", "RCPC-1"))

    here = await client.post("/v1/cases/CHILD-A/events", ended("2025-07-08", "RCPC-1"))
    assert here.status_code == 409
    (reason,) = here.json()["reasons"]
    assert (reason["rule"], reason["cite"]) == ("STF-R74", "Discontinuing, L423")
    assert reason["missing"]

    elsewhere = {"source": "A letter", "decider": "Another authority", "date": "2025-07-08"}
    told = await client.tell("CHILD-A", ended("2025-07-08", "RCPC-1", basis="reported", reported=elsewhere))
    assert told["state"]["stage"] == "ended"
    assert [each["severity"] for each in told["findings"] if each["rule"] == "STF-R74"] == ["forbidden"]
    assert [each["status"] for each in await duties(client, "CHILD-A", "E-82")] == ["open"]


async def test_neglect_may_end_once_the_child_has_left_the_household_or_at_the_second_review(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A", "CHILD-B", held="2025-04-10", category="neglect")
    await client.advance("2025-07-08" + EVENING)
    await tell_all(client, ("CHILD-A", "CHILD-B"), review("2025-07-08", "RCPC-1"))

    left = item("child_no_longer_in_concern_household", "2025-06-20", order="child_arrangements_order")
    told = await client.tell("CHILD-A", left, ended("2025-07-08", "RCPC-1"))
    assert (told["refused"], told["state"]["stage"]) == ([], "ended")

    await client.tell("CHILD-B", item("child_decision_made", "2025-07-08", "RCPC-1", basis="here", decision="continue"))
    await client.advance("2025-12-10" + EVENING)
    told = await client.tell("CHILD-B", *review("2025-12-10", "RCPC-2"), ended("2025-12-10", "RCPC-2"))
    assert (told["refused"], told["state"]["stage"]) == ([], "ended")


async def test_a_plan_ends_at_18_on_the_birthday_and_not_the_day_before(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered(dob="2007-09-01"))
    await on_a_plan(client, "CHILD-A", held="2025-04-10", category="emotional")
    assert await due(client, "CHILD-A", "STF-T38") == ("2025-09-01", "open")
    assert await due(client, "CHILD-A", "STF-T37") == ("2025-08-31", "open")
    await client.advance("2025-08-31" + EVENING)

    early = await client.post("/v1/cases/CHILD-A/events", ended("2025-08-31", ground="reached_18"))
    assert early.status_code == 409

    await client.advance("2025-09-01" + EVENING)
    told = await client.tell("CHILD-A", ended("2025-09-01", ground="reached_18"))
    assert told["state"]["stage"] == "ended"
    assert [each["severity"] for each in told["findings"] if each["rule"] == "STF-R71"] == ["warning"]


async def test_siblings_have_one_plan_each_and_one_refusal_leaves_the_others_lawful_decisions(
    sandbox: Sandbox,
) -> None:
    client = await sandbox()
    cases = ("CHILD-A", "CHILD-B", "CHILD-C")
    for case in cases:
        await client.tell(case, registered())
    await tell_all(client, cases, asked_for("2025-03-03"))
    await client.advance("2025-03-10" + EVENING)
    held = item("initial_conference_held", "2025-03-10", "ICPC-1", cases=list(cases))
    lawful = {**made_subject("2025-03-10", category="emotional"), "cases": ["CHILD-A", "CHILD-B"]}
    unnamed = {"decision": "subject", "lead_professional": LEAD, "cases": ["CHILD-C"], "basis": "here"}

    answer = await client.post(
        "/v1/events", [held, lawful, item("child_decision_made", "2025-03-10", "ICPC-1", **unnamed)]
    )

    assert answer.status_code == 201
    assert [reason["rule"] for each in answer.json()["refused"] for reason in each["reasons"]] == ["STF-R61"]
    stages = [(await client.get(f"/v1/cases/{case}")).json()["state"]["stage"] for case in cases]
    assert stages[:2] == ["active", "active"]
    assert stages[2] != "active"

    await client.advance("2025-03-25" + EVENING)
    late = (await client.get("/v1/duties", rule="STF-T29", status="missed")).json()["duties"]
    assert [len(each["cases"]) for each in late] == [3]
    said = [
        event["recorded_at"][:19]
        for case in cases
        for event in (await client.get(f"/v1/cases/{case}/events", limit=500)).json()["events"]
        if event["type"] == "duty_announced"
        and event["data"]["rule"] == "STF-T29"
        and event["data"]["said"] == "missed"
    ]
    assert said == ["2025-03-25T00:00:00"]


@pytest.mark.parametrize(
    "views, cast, refused",
    [
        ("subject subject not_subject", None, []),
        ("subject not_subject not_subject", None, ["STF-R57"]),
        ("subject not_subject", None, ["STF-R57"]),
        ("subject not_subject", "subject", []),
        ("subject not_subject", "not_subject", ["STF-R57"]),
    ],
)
async def test_the_agencies_majority_decides_and_the_chair_on_an_even_split_only(
    sandbox: Sandbox, views: str, cast: str | None, refused: list[str]
) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered(), *asked_for("2025-03-03"))
    await client.advance("2025-03-10" + EVENING)
    stated = [
        item("agency_view_stated", "2025-03-10", "ICPC-1", agency=f"agency {number}", view=view)
        for number, view in enumerate(views.split())
    ]
    voted = [item("casting_vote_used", "2025-03-10", "ICPC-1", decision=cast)] if cast else []
    plain = {key: value for key, value in made_subject("2025-03-10")["data"].items() if key not in {"tally", "method"}}
    decision = {**made_subject("2025-03-10"), "data": plain}

    await client.tell("CHILD-A", item("initial_conference_held", "2025-03-10", "ICPC-1"), *stated, *voted)
    answer = await client.post("/v1/cases/CHILD-A/events", decision)

    assert [reason["rule"] for reason in answer.json().get("reasons", [])] == refused
