"""Wales over HTTP, to the day: last in time and first late, at month ends, in leap years, over Easter and Christmas."""

from typing import Any

import pytest

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import ended, made_subject, quorate, review
from tests.http.test_wales_calderdale_sefton import WALES, duties, goes_on, on_a_plan_in_wales

REVIEW = "2025-07-01"
INVITED: list[dict[str, Any]] = [{"agency": "csc"}, {"agency": "health"}, {"role": "mother"}]


async def on_the_register(sandbox: Sandbox, day: str) -> Client:
    """A child registered at a conference on a day; the clock stands at that evening."""
    client = await sandbox(now=f"{day}T08:00:00+00:00", policy=WALES)
    await client.tell("CHILD-A", registered(day))
    await client.advance(f"{day}T18:00:00+00:00")
    held = item("initial_conference_held", day, "ICPC-1", kind="initial")
    await client.tell("CHILD-A", *quorate(day, "ICPC-1"), held, made_subject(day))
    return client


async def at_review(sandbox: Sandbox) -> Client:
    """A child on the register whose first review is being held."""
    client = await sandbox(policy=WALES)
    await on_a_plan_in_wales(client, "CHILD-A")
    await client.advance(f"{REVIEW}T18:00:00+01:00")
    return client


async def statuses(client: Client, clause: str) -> list[str]:
    """How the duties of a clause stand."""
    return [duty["status"] for duty in await duties(client, clause)]


def rules(answer: dict[str, Any]) -> set[str]:
    """The rules whose findings an answer holds."""
    return {finding["rule"] for finding in answer["findings"]}


@pytest.mark.parametrize(
    "conference, first, then",
    [("2023-11-30", "2024-02-29", "2024-08-29"), ("2025-11-30", "2026-02-28", "2026-08-28")],
)
async def test_reviews_fall_due_at_the_end_of_short_months(
    sandbox: Sandbox, conference: str, first: str, then: str
) -> None:
    """WAL-T01, WAL-T02, E-01: inclusive to the end of the day; the next is counted from the day it was held."""
    client = await on_the_register(sandbox, conference)
    await client.advance(f"{first}T23:59:59+00:00")
    assert [(each["due_on"], each["status"]) for each in await duties(client, "WAL-T01")] == [(first, "open")]
    await client.tell("CHILD-A", *review(first, "RC-1"), goes_on(first, "RC-1"))

    assert [(each["due_on"], each["status"]) for each in await duties(client, "WAL-T02")] == [(then, "open")]
    assert await statuses(client, "WAL-T01") == ["met"]


async def test_a_first_review_is_missed_as_the_next_day_begins_and_then_met_late(sandbox: Sandbox) -> None:
    """WAL-T01: said once, by the clock, with the true date."""
    client = await on_the_register(sandbox, "2023-11-30")
    await client.advance("2024-03-01T00:00:00+00:00")
    assert await statuses(client, "WAL-T01") == ["missed"]
    history = (await client.get("/v1/cases/CHILD-A/events")).json()["events"]
    said = [each["data"] for each in history if each["type"] == "duty_announced" and each["data"]["rule"] == "WAL-T01"]
    assert [(each["said"], each["due_on"]) for each in said] == [("due", "2024-02-29"), ("missed", "2024-02-29")]

    await client.tell("CHILD-A", *review("2024-03-01", "RC-1"), goes_on("2024-03-01", "RC-1"))
    assert await statuses(client, "WAL-T01") == ["met_late"]


@pytest.mark.parametrize(
    "shared, status", [("2025-04-16T23:59:00+01:00", "met"), ("2025-04-17T00:01:00+01:00", "met_late")]
)
async def test_reports_are_shared_five_working_days_before_over_easter(
    sandbox: Sandbox, shared: str, status: str
) -> None:
    """WAL-T03, E-04: Good Friday and Easter Monday do not count."""
    client = await on_the_register(sandbox, "2025-01-27")
    booked = item("review_conference_scheduled", "2025-01-27", "RC-1", date="2025-04-25")
    await client.tell("CHILD-A", booked)
    (duty,) = await duties(client, "WAL-T03")
    skipped = {each["why"] for each in duty["explanation"]["skipped"]}
    assert (duty["due_on"], {"Good Friday", "Easter Monday"} <= skipped) == ("2025-04-16", True)

    await client.advance(shared)
    await client.tell("CHILD-A", item("report_shared", shared, "RC-1", agency="school", shared_with="family"))
    assert await statuses(client, "WAL-T03") == [status]


async def test_the_decisions_reach_each_who_was_invited_over_christmas(sandbox: Sandbox) -> None:
    """WAL-T04, WAL-R18: five working days, Christmas Day and Boxing Day not counted; whoever came or did not."""
    client = await on_the_register(sandbox, "2025-09-22")
    await client.advance("2025-12-19T18:00:00+00:00")
    invited = item("conference_invitations_issued", "2025-12-01", "RC-1", invitees=INVITED, issued_by={"role": "cspp"})
    await client.tell("CHILD-A", invited, *review("2025-12-19", "RC-1"), goes_on("2025-12-19", "RC-1"))
    assert [each["due_on"] for each in await duties(client, "WAL-T04")] == ["2025-12-30"] * 3

    await client.advance("2025-12-30T23:00:00+00:00")
    sent = {"recipients": INVITED[:2], "approved_by": {"name": "Chair 1"}}
    told = await client.tell("CHILD-A", item("decision_and_recommendations_distributed", "2025-12-30", "RC-1", **sent))
    assert "WAL-R18a" not in rules(told)
    await client.advance("2025-12-31T00:00:00+00:00")
    stands = {each["told_of"]["recipient"]: each["status"] for each in await duties(client, "WAL-T04")}
    assert stands == {"csc": "met", "health": "met", "mother": "missed"}


async def test_three_agencies_or_two_where_the_chair_says_why(sandbox: Sandbox) -> None:
    """WAL-R09, WAL-R09a, WAL-R10: nobody comes off the register by two alone; with reason and chair it stands."""
    client = await at_review(sandbox)
    two: dict[str, Any] = {"counted_agencies": ["csc", "health"], "required": 3}
    held = item("review_conference_held", REVIEW, "RC-1", kind="review")
    await client.tell("CHILD-A", item("quorum_assessed", REVIEW, "RC-1", result="inquorate_proceeding", **two), held)
    end = {"ground": "no_longer_at_risk", "continuing_sh": False}
    refused = await client.post("/v1/cases/CHILD-A/events", item("plan_ended", REVIEW, "RC-1", basis="here", **end))
    assert [each["rule"] for each in refused.json()["reasons"]] == ["WAL-R09a"]

    silent = item("quorum_assessed", REVIEW, "RC-1", result="quorate_by_exception", exceptional=True, **two)
    assert "WAL-R10" in rules(await client.tell("CHILD-A", silent))
    said = {"reason": "The child sees two agencies alone.", "by": {"role": "conference_chair"}}
    spoken = item("quorum_assessed", REVIEW, "RC-1", result="quorate_by_exception", exceptional=True, **two, **said)
    ending = item("plan_ended", REVIEW, "RC-1", basis="here", **end)
    answer = await client.tell("CHILD-A", spoken, ending)
    assert (answer["refused"], answer["state"]["stage"]) == ([], "ended")
    assert "WAL-R09" not in rules(answer)


async def test_bringing_forward_goes_from_worker_to_manager_to_chair_and_moves_no_limit(sandbox: Sandbox) -> None:
    """WAL-T05, WAL-R21, WAL-R22, E-64, E-15: to consider an ending early, it is said that the change will last."""
    client = await sandbox(policy=WALES)
    await on_a_plan_in_wales(client, "CHILD-A")
    booked = item("review_conference_scheduled", "2025-04-10", "RC-1", date=REVIEW)
    await client.tell("CHILD-A", booked, item("early_review_need_identified", "2025-04-10", reason="Better."))
    chain = {"manager": {"name": "Manager 1"}, "chair": {"name": "Chair 1"}, "new_date": "2025-05-20"}
    earlier = item("review_brought_forward", "2025-04-10", "RC-1", basis="here", trigger="de_registration", **chain)

    assert await statuses(client, "WAL-T05") == ["open"]
    assert "WAL-R22" in rules(await client.tell("CHILD-A", earlier))
    assert await statuses(client, "WAL-T05") == ["met"]
    assert [each["due_on"] for each in await duties(client, "WAL-T03")] == ["2025-05-13"]
    assert [each["due_on"] for each in await duties(client, "WAL-T01")] == ["2025-07-10"]

    alone = item("review_bring_forward_declined", "2025-04-10", "RC-1", basis="here", manager={"name": "Manager 1"})
    refused = await client.post("/v1/cases/CHILD-A/events", alone)
    assert (refused.status_code, refused.json()["reasons"][0]["rule"]) == (409, "WAL-R21")


async def test_a_review_closes_with_a_summary_the_outcomes_weighed_and_dissent_recorded(sandbox: Sandbox) -> None:
    """WAL-R03, WAL-R16, WAL-R17, WAL-T07: found where they are wanting, and never refused."""
    client = await at_review(sandbox)
    await client.tell("CHILD-A", *review(REVIEW, "RC-1"))
    closed = item("conference_closed", REVIEW, "RC-1")
    said = await client.tell("CHILD-A", item("dissent_recorded", REVIEW, "RC-1", agency="school"), closed)
    assert {"WAL-R03", "WAL-R16", "WAL-R17"} <= rules(said)

    other = await at_review(sandbox)
    weighed = item("outcomes_considered", REVIEW, "RC-1", safety="S", well_being="W", development="D")
    summary = item("chair_summary_given", REVIEW, "RC-1", text="Safe.")
    dissent = item("dissent_recorded", REVIEW, "RC-1", agency="school", reason="Still hungry.")
    said = await other.tell("CHILD-A", *review(REVIEW, "RC-1"), weighed, summary, dissent, {**closed, "id": "closed"})
    assert rules(said).isdisjoint({"WAL-R03", "WAL-R16", "WAL-R17"})
    assert await statuses(other, "WAL-T07") == ["met"]


async def test_the_record_is_edited_for_whoever_was_excluded_and_goes_to_others_by_the_chair_alone(
    sandbox: Sandbox,
) -> None:
    """WAL-R19, WAL-R20, WAL-T08: refused unedited, to the father by name or to the family whoever they are."""
    client = await at_review(sandbox)
    father = {"ref": "P2", "role": "father"}
    out = item("participant_excluded", REVIEW, "RC-1", who=father, grounds=["intimidation"], chair={"name": "Chair 1"})
    signed = item("minutes_signed", REVIEW, "RC-1", basis="here")
    await client.tell("CHILD-A", out, *review(REVIEW, "RC-1"), goes_on(REVIEW, "RC-1"), signed)
    assert await statuses(client, "WAL-T08") == ["open"]

    async def refused(**said: Any) -> list[str]:  # noqa: ANN401  # whatever the record's telling may hold
        shared = item("record_shared", REVIEW, "RC-1", basis="here", **said)
        answer = await client.post("/v1/cases/CHILD-A/events", shared)
        return [each["rule"] for each in answer.json().get("reasons", [])]

    assert await refused(family=True) == ["WAL-R20"]
    assert await refused(family=True, recipients=[father]) == ["WAL-R20"]
    assert await refused(recipients=[{"agency": "court"}]) == ["WAL-R19"]
    assert await refused(recipients=[{"agency": "court"}], chair_permission=True) == []
    assert await refused(family=True, recipients=[father], edited=True) == []
    assert await statuses(client, "WAL-T08") == ["met"]


async def test_a_child_found_still_at_risk_stays_on_the_register(sandbox: Sandbox) -> None:
    """WAL-R23, WAL-R02: refused; and outside a review too."""
    client = await at_review(sandbox)
    await client.tell("CHILD-A", *review(REVIEW, "RC-1"))
    still = ended(REVIEW, "RC-1")
    still["data"]["continuing_sh"] = True

    answer = await client.post("/v1/cases/CHILD-A/events", still)
    assert [each["rule"] for each in answer.json()["reasons"]] == ["WAL-R23"]


async def test_lists_that_the_text_leaves_out_are_shown_as_missing_and_the_words_are_the_registers(
    sandbox: Sandbox,
) -> None:
    """E-40: eleven lists, none of them made up; and a refusal speaks of the register."""
    client = await sandbox(policy=WALES)
    await client.tell("CHILD-A", registered())
    policy = (await client.get("/v1/policies/wales")).json()
    goes = await client.post("/v1/cases/CHILD-A/events", goes_on("2025-03-03", "RC-1"))

    assert len(policy["slot"]) == 11
    assert {(each["missing_source"], tuple(each["items"]), each["origin"]) for each in policy["slot"]} == {
        (True, (), WALES)
    }
    assert policy["words"]["plan ends"] == "de-registration"
    (reason,) = goes.json()["reasons"]
    assert (reason["rule"], "register" in reason["message"]) == ("P8", True)
