"""Calderdale over HTTP, to the day: triggers, early starts, case reviews, two years and fifteen months."""

from typing import Any

import pytest

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import ended, on_a_plan, review
from tests.http.test_notices import notices
from tests.http.test_wales_calderdale_sefton import CALDERDALE, duties, goes_on

REVIEWS = ("2025-07-01", "2025-12-15", "2026-06-08", "2026-11-02")
SIX = {
    "social worker",
    "child protection conference chair",
    "team manager of the social work team",
    "team manager of the reviewing service",
    "service manager, safeguarding and quality assurance",
    "service manager of the social work team",
}


async def after(sandbox: Sandbox, number: int, held: str = "2025-04-10") -> Client:
    """A child on a plan after so many reviews."""
    client = await sandbox(now=f"{held}T07:00:00+00:00", policy=CALDERDALE)
    await client.tell("CHILD-A", registered(held))
    await on_a_plan(client, "CHILD-A", requested=held, held=held)
    for each in range(1, number + 1):
        await hold(client, each)
    return client


async def hold(client: Client, number: int) -> None:
    """The review of that number is held and continues the plan."""
    day = REVIEWS[number - 1]
    await client.advance(f"{day}T18:00:00+00:00")
    await client.tell("CHILD-A", *review(day, f"RC-{number}"), goes_on(day, f"RC-{number}"))


async def statuses(client: Client, clause: str) -> list[str]:
    """How the duties of a clause stand."""
    return [duty["status"] for duty in await duties(client, clause)]


def rules(answer: dict[str, Any]) -> set[str]:
    """The rules whose findings an answer holds."""
    return {finding["rule"] for finding in answer["findings"]}


async def test_the_trigger_is_six_notices_at_the_third_review_and_none_where_the_plan_ends_there(
    sandbox: Sandbox,
) -> None:
    """CAL-T03, CAL-R06, E-76: told without anybody's doing, to each by itself."""
    client = await after(sandbox, 2)
    assert await notices(client, "CHILD-A", "CAL-T03") == []
    await hold(client, 3)
    assert {each["recipient"] for each in await notices(client, "CHILD-A", "CAL-T03")} == SIX
    assert {each["due_on"] for each in await duties(client, "CAL-T03")} == {"2026-06-08"}

    other = await after(sandbox, 2)
    await other.advance("2026-06-08T18:00:00+01:00")
    await other.tell("CHILD-A", *review("2026-06-08", "RC-3"), ended("2026-06-08", "RC-3"))
    assert await notices(other, "CHILD-A", "CAL-T03") == []
    assert (await duties(other, "CAL-T03"), await duties(other, "CAL-T06")) == ([], [])


async def test_a_review_that_was_not_held_is_not_counted_and_the_next_is_the_third(sandbox: Sandbox) -> None:
    """E-29: the initial conference is none, nor is one not held for want of a quorum, nor one called off."""
    client = await after(sandbox, 2)
    await client.advance("2026-05-11T18:00:00+01:00")
    failed = item("conference_not_held_inquorate", "2026-05-11", "RC-X")
    await client.tell("CHILD-A", failed, item("conference_cancelled", "2026-05-11", "RC-Y"))
    assert await duties(client, "CAL-T03") == []

    await hold(client, 3)
    assert len(await duties(client, "CAL-T03")) == 6


async def test_too_little_progress_at_the_third_review_is_announced_there(sandbox: Sandbox) -> None:
    """CAL-T01, CAL-R03, CAL-R04: on the day of the review; missed the day after; the plan goes on all the same."""
    client = await after(sandbox, 3)
    found = item("progress_assessed_at_review", "2026-06-08", "RC-3", progress="insufficient")
    silent = await client.tell("CHILD-A", found, item("conference_closed", "2026-06-08", "RC-3"))
    assert "CAL-R03" in rules(silent)
    assert [(each["due_on"], each["status"]) for each in await duties(client, "CAL-T01")] == [("2026-06-08", "open")]

    await client.advance("2026-06-09T00:00:00+01:00")
    assert await statuses(client, "CAL-T01") == ["missed"]
    said = await client.tell("CHILD-A", item("senior_review_announced", "2026-06-09", "RC-3", to_members=True))
    assert (await statuses(client, "CAL-T01"), "CAL-R04" in rules(said)) == (["met_late"], True)
    assert said["state"]["stage"] == "active"


async def test_an_early_start_that_is_refused_falls_back_to_the_third_review(sandbox: Sandbox) -> None:
    """CAL-T02, CAL-R05: the managers owe an answer; a refusal starts nothing; the third review does."""
    client = await after(sandbox, 2)
    proposed = item("senior_review_early_invocation_proposed", "2025-12-15", rationale="Nothing moves.")
    assert "CAL-T02" not in rules(await client.tell("CHILD-A", proposed))
    assert await statuses(client, "CAL-T02b") == ["open"]
    said: dict[str, Any] = {"service_manager": {"role": "service_manager_sqa"}, "reason": "The next review is near."}
    await client.tell("CHILD-A", item("senior_review_early_invocation_refused", "2025-12-15", **said))
    assert (await statuses(client, "CAL-T02b"), await duties(client, "CAL-T06")) == (["met"], [])

    await hold(client, 3)
    assert (len(await duties(client, "CAL-T03")), await statuses(client, "CAL-T06")) == (6, ["open"])


async def test_an_early_start_before_the_second_review_is_found(sandbox: Sandbox) -> None:
    """CAL-T02: it may be proposed once the second review was held."""
    client = await after(sandbox, 1)
    proposed = item("senior_review_early_invocation_proposed", "2025-07-01", rationale="Nothing moves.")

    assert "CAL-T02" in rules(await client.tell("CHILD-A", proposed))


@pytest.mark.parametrize(
    "review_on, completed, stands",
    [
        ("2026-08-31", "2026-06-30", ["met"]),
        ("2026-08-31", "2026-06-29", ["open"]),
        ("2026-08-14", "2026-06-14", ["met"]),
        ("2026-08-14", "2026-06-13", ["open"]),
        ("2027-04-30", "2027-02-28", ["met"]),
        ("2027-04-30", "2027-02-27", ["open"]),
        ("2028-04-30", "2028-02-29", ["met"]),
        ("2028-04-30", "2028-02-28", ["open"]),
    ],
)
async def test_the_single_assessment_is_two_months_old_at_most(
    sandbox: Sandbox, review_on: str, completed: str, stands: list[str]
) -> None:
    """CAL-T04, CAL-R09, E-31: clipped at the ends of months, inclusive; found and never refused."""
    client = await after(sandbox, 3)
    await client.advance(f"{completed}T18:00:00+00:00")
    booked = item("case_review_scheduled", completed, case_review="CR-1", date=review_on)
    given = item("single_assessment_submitted", completed, case_review="CR-1", completed_on=completed)
    await client.tell("CHILD-A", booked, given)
    await client.advance(f"{review_on}T18:00:00+00:00")
    held = await client.tell("CHILD-A", item("case_review_held", review_on, case_review="CR-1"))
    about_held = [each for each in held["findings"] if each["rule"] == "CAL-R09" and each["type"] == "case_review_held"]

    assert (await statuses(client, "CAL-T04"), len(about_held)) == (stands, stands.count("open"))


async def test_a_case_review_is_followed_by_the_diary_then_delay_then_dispute_resolution(sandbox: Sandbox) -> None:
    """CAL-T07, CAL-T08, CAL-R08, CAL-R10 to R12: each step is a duty that only the next step or progress meets."""
    client = await after(sandbox, 3)
    bare = await client.tell("CHILD-A", item("case_review_held", "2026-06-08", case_review="CR-1"))
    assert {"CAL-R08", "CAL-R10", "CAL-R11"} <= rules(bare)
    assert await statuses(client, "CAL-T07") == ["open"]
    await client.tell("CHILD-A", item("case_review_update_scheduled", "2026-06-08", update="U-1", due_on="2026-07-06"))
    assert (await statuses(client, "CAL-T07"), await statuses(client, "CAL-T07a")) == (["met"], ["open"])

    await client.advance("2026-07-07T00:00:00+01:00")
    assert await statuses(client, "CAL-T07a") == ["missed"]
    await client.tell(
        "CHILD-A", item("case_review_update_recorded", "2026-07-07", update="U-1", progress="insufficient")
    )
    assert [await statuses(client, clause) for clause in ("CAL-T07a", "CAL-T07c", "CAL-T08")] == [
        ["met_late"],
        ["open"],
        [],
    ]
    raised = item("delay_raised_with_service_manager", "2026-07-07", seq=1)
    drifts = item("case_review_update_recorded", "2026-07-07", seq=2, update="U-2", progress="none")
    assert "CAL-R12" in rules(await client.tell("CHILD-A", raised, drifts))
    assert (await statuses(client, "CAL-T07c"))[0] == "met"
    assert await statuses(client, "CAL-T08") == ["open"]
    await client.tell("CHILD-A", item("practice_dispute_resolution_invoked", "2026-07-07", seq=3, reasons="Drift."))
    assert await statuses(client, "CAL-T08") == ["met"]


@pytest.mark.parametrize(
    "conference, limit, after_it",
    [("2025-04-10", "2027-04-10", "2027-04-11"), ("2024-02-29", "2026-02-28", "2026-03-01")],
)
async def test_two_years_alert_the_day_after_and_end_nothing(
    sandbox: Sandbox, conference: str, limit: str, after_it: str
) -> None:
    """CAL-T05, CAL-R02, E-32, E-01: open through the last day, missed as the next begins, met late by a rationale."""
    client = await after(sandbox, 0, conference)
    await client.advance(f"{limit}T12:00:00+00:00")
    assert [(each["due_on"], each["status"]) for each in await duties(client, "CAL-T05")] == [(limit, "open")]
    await client.advance(f"{after_it}T12:00:00+00:00")
    state = (await client.get("/v1/cases/CHILD-A")).json()["state"]
    assert (await statuses(client, "CAL-T05"), state["stage"]) == (["missed"], "active")
    assert "outer_limit_passed" in state["flags"]

    on = await client.tell("CHILD-A", *review(after_it, "RC-9"), goes_on(after_it, "RC-9"))
    assert (on["refused"], "CAL-R02" in rules(on)) == ([], True)
    said = await client.tell("CHILD-A", item("robust_rationale_recorded", after_it, reasons="Treatment ends in May."))
    assert await statuses(client, "CAL-T05") == ["met_late"]
    assert "outer_limit_passed" in said["state"]["flags"]


async def test_two_years_count_from_the_plan_that_another_authority_began(sandbox: Sandbox) -> None:
    """E-32: the earliest start known without a break, wherever it was."""
    client = await sandbox(now="2025-04-10T07:00:00+00:00", policy=CALDERDALE)
    await on_a_plan(client, "CHILD-B", requested="2025-04-10")
    started = item("plan_started", "2025-04-10", "RIC-1", source="receiving_in", continuous_since="2024-01-15")
    await client.tell("CHILD-A", item("child_registered", "2025-04-10", names="Child A", dob="2015-06-01"), started)

    assert [each["due_on"] for each in await duties(client, "CAL-T05")] == ["2026-01-15"]
    assert [each["due_on"] for each in await duties(client, "CAL-T05", "CHILD-B")] == ["2027-04-10"]


async def test_fifteen_months_without_a_third_review_are_missed_and_found(sandbox: Sandbox) -> None:
    """CAL-T10, E-29: missed the day after; the review held then carries a finding, and triggers all the same."""
    client = await after(sandbox, 2)
    await client.advance("2026-07-10T23:00:00+01:00")
    assert [(each["due_on"], each["status"]) for each in await duties(client, "CAL-T10")] == [("2026-07-10", "open")]
    await client.advance("2026-07-11T18:00:00+01:00")
    assert await statuses(client, "CAL-T10") == ["missed"]

    late = await client.tell("CHILD-A", *review("2026-07-11", "RC-3"), goes_on("2026-07-11", "RC-3"))
    assert ("CAL-T10a" in rules(late), len(await duties(client, "CAL-T03"))) == (True, 6)


async def test_reviews_are_inherited_and_say_so(sandbox: Sandbox) -> None:
    """E-46, CAL-R14: three and six months are not Calderdale's own."""
    client = await after(sandbox, 1)

    (first,), (then,) = await duties(client, "E-46"), await duties(client, "E-46a")
    assert [(each["due_on"], "inherited" in each["marks"]) for each in (first, then)] == [
        ("2025-07-10", True),
        ("2026-01-01", True),
    ]
