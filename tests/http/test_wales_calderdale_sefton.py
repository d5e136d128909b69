"""Wales, Calderdale and Sefton over HTTP, each through what it alone asks."""

from typing import Any

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import ended, made_subject, on_a_plan, quorate, review, tell_all

WALES, CALDERDALE, SEFTON = "wales", "calderdale", "sefton"


async def duties(client: Client, clause: str, case: str = "CHILD-A") -> list[dict[str, Any]]:
    """The duties of one clause, in the order in which they began."""
    found = (await client.get(f"/v1/cases/{case}/duties")).json()["duties"]
    return [duty for duty in found if duty["id"] == clause]


def goes_on(day: str, meeting: str, **envelope: object) -> dict[str, Any]:
    """The review continues the plan."""
    decided = {"decision": "continue", "category": "neglect", "continuing_sh": True}
    return item("child_decision_made", day, meeting, **{"basis": "here", **envelope}, **decided)


async def test_wales_decides_for_each_child_by_itself(sandbox: Sandbox) -> None:
    """WAL-R04: one decision told for two children is refused for both; told for each, it stands."""
    client = await sandbox(policy=WALES)
    await on_a_plan_in_wales(client, "CHILD-A", "CHILD-B")
    await client.advance("2025-07-01T18:00:00+01:00")
    shared = {**goes_on("2025-07-01", "RC-1"), "cases": ["CHILD-A", "CHILD-B"]}
    held = [{**each, "cases": ["CHILD-A", "CHILD-B"]} for each in review("2025-07-01", "RC-1")]

    answer = (await client.post("/v1/events", [*held, shared])).json()
    assert {reason["rule"] for refusal in answer["refused"] for reason in refusal["reasons"]} == {"WAL-R04"}
    assert len(answer["refused"]) == 2

    for case in ("CHILD-A", "CHILD-B"):
        assert (await client.tell(case, goes_on("2025-07-01", "RC-1")))["refused"] == []
    (first,) = await duties(client, "WAL-T01")
    (following,) = await duties(client, "WAL-T02")
    assert (first["status"], following["due_on"]) == ("met", "2026-01-01")


async def on_a_plan_in_wales(client: Client, *cases: str) -> None:
    """Children registered in Wales, each by a decision of its own."""
    for case in cases:
        await client.tell(case, registered("2025-03-03", names=case))
    await client.advance("2025-04-10T18:00:00+01:00")
    held = item("initial_conference_held", "2025-04-10", "ICPC-1", kind="initial")
    await tell_all(client, cases, [*quorate("2025-04-10", "ICPC-1"), held])
    for case in cases:
        assert (await client.tell(case, made_subject("2025-04-10")))["refused"] == []


async def test_wales_sends_the_decisions_to_everybody_invited_in_five_working_days(sandbox: Sandbox) -> None:
    """WAL-T03, WAL-T04, WAL-T07: what lies before, at and after a review."""
    client = await sandbox(policy=WALES)
    await on_a_plan_in_wales(client, "CHILD-A")
    booked = item("review_conference_scheduled", "2025-04-10", "RC-1", date="2025-07-01")
    await client.tell("CHILD-A", booked)
    assert [duty["due_on"] for duty in await duties(client, "WAL-T03")] == ["2025-06-24"]

    await client.advance("2025-07-01T18:00:00+01:00")
    await client.tell("CHILD-A", *review("2025-07-01", "RC-1"), goes_on("2025-07-01", "RC-1"))
    assert [duty["due_on"] for duty in await duties(client, "WAL-T04")] == ["2025-07-08"]
    assert [duty["due_on"] for duty in await duties(client, "WAL-T07")] == ["2025-07-01"]

    await client.advance("2025-07-09T09:00:00+01:00")
    assert [duty["status"] for duty in await duties(client, "WAL-T03")] == ["missed"]
    assert [duty["status"] for duty in await duties(client, "WAL-T04")] == ["missed"]


async def test_wales_brings_a_review_forward_by_manager_and_chair_and_records_the_order_of_views(
    sandbox: Sandbox,
) -> None:
    """WAL-R21, WAL-R14, WAL-R08: refused without both, found where others spoke first, postponing considered."""
    client = await sandbox(policy=WALES)
    await on_a_plan_in_wales(client, "CHILD-A")
    booked = item("review_conference_scheduled", "2025-04-10", "RC-1", date="2025-07-01")
    await client.tell("CHILD-A", booked, item("early_review_need_identified", "2025-04-10", reason="Worse."))
    alone = {"new_date": "2025-05-20", "manager": {"name": "Manager 1"}}

    refused = await client.post(
        "/v1/cases/CHILD-A/events", item("review_brought_forward", "2025-04-10", "RC-1", basis="here", **alone)
    )
    assert (refused.status_code, refused.json()["reasons"][0]["rule"]) == (409, "WAL-R21")
    both = {**alone, "chair": {"name": "Chair 1"}}
    await client.tell("CHILD-A", item("review_brought_forward", "2025-04-10", "RC-1", basis="here", **both))
    assert [duty["status"] for duty in await duties(client, "WAL-T05")] == ["met"]

    await client.advance("2025-05-20T18:00:00+01:00")
    said = await client.tell(
        "CHILD-A",
        item("apologies_recorded", "2025-05-19", "RC-1", agency="school", written_report=False),
        item("agency_view_stated", "2025-05-20", "RC-1", agency="police", core_group_member=False, view="end", seq=1),
        item("agency_view_stated", "2025-05-20", "RC-1", agency="health", core_group_member=True, view="end", seq=2),
        *review("2025-05-20", "RC-1"),
    )
    assert {"WAL-R14", "WAL-R08"} <= {finding["rule"] for finding in said["findings"]}


async def test_calderdale_tells_six_at_the_third_review_and_again_at_the_fourth(sandbox: Sandbox) -> None:
    """CAL-T03, E-76, E-29: none at the second; six at the third; six more at the fourth."""
    client = await sandbox(policy=CALDERDALE)
    await on_a_plan(client, "CHILD-A")
    told = []
    for number, day in enumerate(("2025-07-01", "2025-12-15", "2026-06-08", "2026-11-02"), 1):
        await client.advance(f"{day}T18:00:00+00:00")
        await client.tell("CHILD-A", *review(day, f"RCPC-{number}"), goes_on(day, f"RCPC-{number}"))
        told.append(len(await duties(client, "CAL-T03")))

    assert told == [0, 0, 6, 12]
    assert [duty["due_on"] for duty in await duties(client, "CAL-T05")] == ["2027-04-10"]


async def test_calderdale_starts_early_only_when_both_managers_endorse_it(sandbox: Sandbox) -> None:
    """CAL-R05, CAL-T06, CAL-R09: two endorsements; then whether to hold a case review, and on which assessment."""
    client = await sandbox(policy=CALDERDALE)
    await on_a_plan(client, "CHILD-A")
    for number, day in enumerate(("2025-07-01", "2025-12-15"), 1):
        await client.advance(f"{day}T18:00:00+00:00")
        await client.tell("CHILD-A", *review(day, f"RCPC-{number}"), goes_on(day, f"RCPC-{number}"))
    proposed = item("senior_review_early_invocation_proposed", "2025-12-15", rationale="Nothing moves.")
    await client.tell("CHILD-A", proposed)
    one = {"team_manager": {"role": "team_manager"}}

    endorsed = item("senior_review_early_invocation_endorsed", "2025-12-15", None, basis="here", **one)
    refused = await client.post("/v1/cases/CHILD-A/events", endorsed)
    assert (refused.status_code, refused.json()["reasons"][0]["rule"]) == (409, "CAL-R05")
    both = {**one, "service_manager": {"role": "service_manager_sqa"}}
    await client.tell(
        "CHILD-A", item("senior_review_early_invocation_endorsed", "2025-12-15", None, basis="here", **both)
    )
    assert [duty["status"] for duty in await duties(client, "CAL-T06")] == ["open"]

    await client.advance("2026-02-16T18:00:00+00:00")
    old = item("single_assessment_submitted", "2026-02-10", case_review="CR-1", completed_on="2025-12-15")
    said = await client.tell("CHILD-A", old, item("case_review_held", "2026-02-16", case_review="CR-1"))
    assert "CAL-R09" in {finding["rule"] for finding in said["findings"]}


async def test_sefton_needs_the_conference_there_and_its_word_in_writing(sandbox: Sandbox) -> None:
    """SEF-R04, E-68, SEF-T01: refused with one of both, ended with both, four-weekly meetings after it."""
    client = await sandbox(policy=SEFTON)
    await on_a_plan(client, "CHILD-A")
    await client.advance("2025-06-02T18:00:00+01:00")
    await client.tell("CHILD-A", item("receiving_in_conference_held", "2025-06-02", "TC-1"))
    refused = await client.post("/v1/cases/CHILD-A/events", ended("2025-06-02", ground="transferred"))
    assert refused.json()["reasons"][0]["rule"] == "SEF-R04"

    confirmed = item("receiving_authority_confirmed_responsibility", "2025-06-02", written=True, document="LETTER-1")
    plan = item("child_in_need_plan_started", "2025-06-02", agencies=["csc", "school"], seq=9)
    await client.tell("CHILD-A", confirmed, ended("2025-06-02", ground="transferred"), plan)
    assert [duty["due_on"] for duty in await duties(client, "SEF-T01")] == ["2025-06-30"]
    assert [duty["status"] for duty in await duties(client, "SEF-T04")] == ["open"]


async def test_sefton_hears_dissent_advice_and_representations_before_an_escalation(sandbox: Sandbox) -> None:
    """SEF-R11, SEF-R12, SEF-R13, SEF-T06, SEF-T08: what follows a decision that somebody thinks unsafe."""
    client = await sandbox(policy=SEFTON)
    await on_a_plan(client, "CHILD-A")
    left_out = item("dissent_recorded", "2025-04-10", "ICPC-1", agency="school", reason="R", in_minutes=False)
    await client.tell("CHILD-A", left_out)
    refused = await client.post(
        "/v1/cases/CHILD-A/events", item("minutes_signed", "2025-04-10", "ICPC-1", basis="here")
    )
    assert refused.json()["reasons"][0]["rule"] == "SEF-R11"

    said = await client.tell(
        "CHILD-A",
        item("practitioner_concern_raised", "2025-04-10", concern="C-1", about="conference_decision"),
        item("parent_disagreement_raised", "2025-04-10", "ICPC-1", who={"name": "Parent 1"}),
        item("escalation_started", "2025-04-10", concern="C-1"),
    )
    assert said["refused"] == []
    assert {"SEF-R12", "SEF-R13"} <= {finding["rule"] for finding in said["findings"]}
    assert [(await duties(client, clause))[0]["status"] for clause in ("SEF-T06", "SEF-T08")] == ["open", "open"]


async def test_one_child_told_under_each_pack_has_the_dates_of_each(sandbox: Sandbox) -> None:
    """The same facts, and each authority's own dates and refusals, every one citing its clause."""
    first_review = {
        "staffordshire": ("STF-T17", "2025-07-10"),
        "wales": ("WAL-T01", "2025-07-10"),
        "calderdale": ("E-46", "2025-07-10"),
        "sefton": ("E-46", "2025-07-10"),
    }
    for policy, (clause, due_on) in first_review.items():
        client = await sandbox(policy=policy)
        await (on_a_plan_in_wales(client, "CHILD-A") if policy == WALES else on_a_plan(client, "CHILD-A"))
        (duty,) = await duties(client, clause)
        assert (duty["due_on"], bool(duty["cite"])) == (due_on, True)
