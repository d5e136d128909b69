"""Calderdale's half-yearly report over HTTP: produced by the clock, once, from the log, and who may see what of it."""

import asyncio
from typing import Any
from uuid import UUID

from service.identity.roles import Role
from service.identity.signing import Signer
from tests.http.client import Client, item
from tests.http.conftest import Sandbox
from tests.http.plans import ended, on_a_plan, review
from tests.http.test_wales_calderdale_sefton import CALDERDALE, goes_on

REVIEWS = ("2025-07-01", "2025-12-15", "2026-06-08")
H1_2025, H2_2025, H1_2026 = "2025-04-01/2025-09-30", "2025-10-01/2026-03-31", "2026-04-01/2026-09-30"


async def reports(client: Client, **asked: str) -> dict[str, Any]:
    """What the route answers."""
    answer = await client.get("/v1/reports/biannual", **asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def produced(client: Client) -> list[dict[str, Any]]:
    """Every report in the log of the authority, as the feed tells it."""
    feed = (await client.get("/v1/events", limit=500)).json()["events"]
    return [each for each in feed if each["type"] == "biannual_report_produced"]


async def reviewed(client: Client, *cases: str, times: int = 3) -> None:
    """Children on plans, reviewed so many times, each time to go on."""
    await on_a_plan(client, *cases)
    for number, day in enumerate(REVIEWS[:times], 1):
        await client.advance(f"{day}T18:00:00+00:00")
        for case in cases:
            await client.tell(case, *review(day, f"RC-{number}-{case}"), goes_on(day, f"RC-{number}-{case}"))


def non_zero(report: dict[str, Any]) -> dict[str, Any]:
    """What a report counted at all."""
    return {name: number for name, number in report["counts"].items() if number}


async def test_each_half_year_is_reported_as_it_is_over_with_what_the_log_holds(sandbox: Sandbox) -> None:
    client = await sandbox(policy=CALDERDALE)
    await reviewed(client, "CHILD-A", "CHILD-B")
    await client.tell(
        "CHILD-A",
        item("senior_review_case_considered", "2026-06-08", outcome="case_review", reasons="R", spoke_with=[]),
    )
    await client.advance("2026-07-14T18:00:00+01:00")
    actions = [{"action": "A", "what": "W"}, {"action": "B", "what": "W"}]
    await client.tell("CHILD-A", item("case_review_held", "2026-07-14", case_review="CR-1", agreed_actions=actions))

    await client.advance("2026-09-30T23:59:59+01:00")
    before = await reports(client)
    await client.advance("2026-10-01T00:00:00+01:00")
    after = await reports(client)

    assert [each["period"] for each in before["reports"]] == ["2024-10-01/2025-03-31", H1_2025, H2_2025]
    assert before["coming"] == {"period": H1_2026, "due_on": "2026-10-01"}
    *_, last = after["reports"]
    assert (last["period"], last["produced_at"], last["cases"]) == (H1_2026, "2026-09-30T23:00:00Z", 2)
    assert non_zero(last) == {
        "plans": 2,
        "reviews_from_the_third": 2,
        "triggers": 2,
        "considered_for_case_review": 1,
        "case_reviews": 1,
        "case_reviews_without_recent_assessment": 1,
        "actions_agreed": 2,
    }
    assert [non_zero(each) for each in before["reports"]] == [{}, {"plans": 2}, {"plans": 2}]


async def test_the_authority_says_from_when_on_it_reports(sandbox: Sandbox) -> None:
    client = await sandbox(policy=CALDERDALE)
    foreseen = (await reports(client))["coming"]
    assert foreseen == {"period": "2024-10-01/2025-03-31", "due_on": "2025-04-01"}
    began = item("biannual_reporting_began", "2025-03-03", next_from="2025-01-01")
    wrong = item("biannual_reporting_began", "2025-03-03", next_from="2025-01-15")

    assert (await client.post("/v1/directory", began)).status_code == 201
    assert (await client.post("/v1/directory", wrong)).status_code == 422
    await client.advance("2026-01-01T09:00:00+00:00")

    found = await reports(client)
    assert [each["period"] for each in found["reports"]] == ["2025-01-01/2025-06-30", "2025-07-01/2025-12-31"]


async def test_it_goes_to_both_teams_and_to_the_partnership(sandbox: Sandbox) -> None:
    client = await sandbox(policy=CALDERDALE)
    await client.advance("2025-04-01T09:00:00+01:00")
    period = {"period": "2024-10-01/2025-03-31"}
    owed = [duty["id"] for duty in (await reports(client))["duties"] if duty["status"] == "open"]
    senior = item("biannual_report_submitted", "2025-04-01", to="senior_leadership_team", **period)
    directorate = item(
        "biannual_report_submitted", "2025-04-01", to="directorate_leadership_team", lessons="L", **period
    )
    shared = item("biannual_report_shared", "2025-04-01", **period)

    stages = []
    for told in (None, senior, directorate, shared):
        if told is not None:
            assert (await client.post("/v1/directory", told)).status_code == 201
        stages.append((await reports(client))["reports"][0]["stage"])
    found = await reports(client)

    assert owed == ["CAL-T09", "CAL-T09a", "CAL-T09b", "CAL-T09c"]
    assert stages == ["report_drafted", "submitted", "submitted", "closed"]
    assert [duty["id"] for duty in found["duties"] if duty["status"] == "open"] == ["CAL-T09"]
    assert [(finding["rule"], finding["severity"]) for finding in found["findings"]] == [("CAL-R13", "record")]
    assert found["reports"][0]["shared_on"] == "2025-04-01"


async def test_what_was_not_produced_goes_nowhere_and_what_was_is_nobodys_to_change(sandbox: Sandbox) -> None:
    client = await sandbox(policy=CALDERDALE)
    await client.advance("2025-04-01T09:00:00+01:00")
    unknown = item("biannual_report_shared", "2025-04-01", period=H1_2025)
    told_by_hand = item("biannual_report_produced", "2025-04-01", period=H1_2025, next_from="2025-10-01", cases=0)
    (made,) = await produced(client)
    changed = item("event_voided", "2025-04-01", fact=made["data"]["fact"], reason="Not wanted.")

    answers = [(await client.post("/v1/directory", each)).status_code for each in (unknown, told_by_hand, changed)]

    assert answers == [422, 422, 422]


async def test_figures_that_leave_the_authority_point_at_nobody(sandbox: Sandbox, signer: Signer) -> None:
    client = await sandbox(policy=CALDERDALE)
    await reviewed(client, "CHILD-A")
    await client.advance("2026-10-01T09:00:00+01:00")
    analyst = Client(client.http, signer.sign(UUID(client.authority), "analyst", [Role.PERFORMANCE_ANALYST]))

    (*_, inside), (*_, outside) = [
        (await reports(client, **asked))["reports"] for asked in ({}, {"audience": "partnership"})
    ]
    assert (inside["counts"]["triggers"], outside["counts"]["triggers"]) == (1, "fewer than 5")
    assert (outside["cases"], outside["counts"]["delays_raised"]) == ("fewer than 5", 0)
    assert (await reports(analyst))["audience"] == "partnership"
    assert (await analyst.get("/v1/reports/biannual", audience="leadership")).status_code == 403


async def test_an_authority_whose_procedure_asks_for_none_has_none(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.advance("2026-04-01T09:00:00+01:00")

    found = await reports(client)
    assert (found["coming"], found["reports"], found["duties"]) == (None, [], [])


async def test_clocks_moved_at_the_same_time_produce_each_report_once(sandbox: Sandbox) -> None:
    client = await sandbox(policy=CALDERDALE)
    await reviewed(client, "CHILD-A", times=1)

    calls = [client.post("/v1/sandbox/clock", {"advance_to": "2026-04-02T09:00:00+01:00"}) for _ in range(4)]
    answers = await asyncio.gather(*calls)
    await client.advance("2026-04-02T09:00:00+01:00")

    assert {answer.status_code for answer in answers} <= {200, 202, 409}
    found = [each["period"] for each in (await reports(client))["reports"]]
    assert found == ["2024-10-01/2025-03-31", H1_2025, H2_2025]
    assert len(await produced(client)) == len(found)


async def test_a_plan_that_ended_at_its_third_review_is_reported_as_a_review_and_no_trigger(sandbox: Sandbox) -> None:
    client = await sandbox(policy=CALDERDALE)
    await reviewed(client, "CHILD-A", times=2)
    await client.advance("2026-06-08T18:00:00+01:00")
    end = ended("2026-06-08", "RC-3")
    answer = await client.tell("CHILD-A", *review("2026-06-08", "RC-3"), end)
    assert answer["refused"] == []
    await client.advance("2026-10-01T09:00:00+01:00")

    *_, last = (await reports(client))["reports"]
    assert non_zero(last) == {"reviews_from_the_third": 1}
