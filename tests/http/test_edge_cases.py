"""The edge cases that the requirements decide, over HTTP: dates, recording, identity, concurrency (E-01 to E-85)."""

import asyncio
from typing import Any

import pytest

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import ended, on_a_plan, review

SEEN: dict[str, Any] = {"by_sw": True, "spoken_to": True}


def duties(answer: dict[str, Any], rule: str) -> list[tuple[str, str]]:
    """How each duty of a rule stands, and its date or instant."""
    found = (duty for duty in answer["duties"] if duty["id"] == rule)
    return [(duty["status"], duty["due_on"] or duty["due_at"]) for duty in found]


async def now_of(client: Client, case: str) -> dict[str, Any]:
    """A case as it stands now."""
    answer: dict[str, Any] = (await client.get(f"/v1/cases/{case}")).json()
    return answer


@pytest.mark.parametrize(
    "held, by",
    [
        ("2025-11-30", "2026-02-28"),
        ("2023-11-30", "2024-02-29"),
        ("2025-03-31", "2025-06-30"),
        ("2024-02-29", "2024-05-29"),
    ],
)
async def test_e01_e05_months_clip_and_never_roll_to_a_working_day(sandbox: Sandbox, held: str, by: str) -> None:
    client = await sandbox(now=f"{held}T08:00:00+00:00")
    await client.tell("A", registered(held))
    await on_a_plan(client, "A", requested=held, held=held)

    assert duties(await now_of(client, "A"), "STF-T17") == [("open", by)]


async def test_e03_e08_the_first_core_group_counts_from_the_next_working_day_to_the_end_of_the_last(
    sandbox: Sandbox,
) -> None:
    client = await sandbox(now="2025-04-17T09:00:00+01:00")  # Maundy Thursday
    await on_a_plan(client, "A", requested="2025-04-17", held="2025-04-17")
    due = [("open", "2025-05-06")]  # past Good Friday, Easter Monday and the bank holiday of early May

    await client.advance("2025-05-06T23:59:59+01:00")
    assert duties(await now_of(client, "A"), "STF-T21") == due
    await client.advance("2025-05-07T00:00:00+01:00")
    assert duties(await now_of(client, "A"), "STF-T21") == [("missed", "2025-05-06")]


@pytest.mark.parametrize(
    "asked, due",
    [
        ("2025-03-29T12:00:00+00:00", "2025-03-30T12:00:00Z"),  # the clocks go forward in between
        ("2025-10-25T12:00:00+01:00", "2025-10-26T11:00:00Z"),  # and back
        ("2025-12-24T17:00:00+00:00", "2025-12-25T17:00:00Z"),  # no pause for Christmas
        ("2025-03-29", "2025-03-30"),  # only a date is known: to the end of the next day
    ],
)
async def test_e09_a_day_of_hours_is_elapsed_time(sandbox: Sandbox, asked: str, due: str) -> None:
    client = await sandbox(now=f"{asked[:10]}T18:00:00+00:00")
    told = await client.tell(
        "A", registered(asked[:10]), item("initial_conference_requested", asked, requested_by="csc")
    )

    assert duties(told, "STF-T01") == [("open", due)]


async def test_e06_e07_e73_a_clock_follows_what_is_recorded_late_corrected_and_voided(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "A")
    await client.advance("2025-05-20T09:00:00+01:00")
    missed = duties(await now_of(client, "A"), "STF-T21")

    late = await client.tell("A", item("core_group_meeting_held", "2025-04-28", "CG-1"))
    fact = late["events"][0]["fact"]
    later = await client.tell(
        "A", item("event_corrected", "2025-05-20", fact=fact, occurred_on="2025-04-29", reason="R")
    )
    never = await client.tell("A", item("event_voided", "2025-05-20", fact=fact, reason="Not held."))
    history = (await client.get("/v1/cases/A/events", limit=500)).json()["events"]
    said = [each["data"]["said"] for each in history if each["data"].get("rule") == "STF-T21"]

    assert [missed, *(duties(each, "STF-T21") for each in (late, later, never))] == [
        [("missed", "2025-04-28")],
        [("met", "2025-04-28")],
        [("met_late", "2025-04-28")],
        [("missed", "2025-04-28")],
    ]
    assert said == ["due", "missed"]  # what was announced stays in the history


async def test_e13_e15_neither_postponing_nor_want_of_a_quorum_moves_the_review(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "A")
    await client.advance("2025-06-20T18:00:00+01:00")
    await client.tell("A", item("review_conference_scheduled", "2025-06-01", "R1", date="2025-06-20"))
    postponed = await client.tell("A", item("conference_postponed", "2025-06-10", "R1", new_date="2025-07-04"))
    failed = await client.tell("A", item("conference_not_held_inquorate", "2025-06-20", "R1"))

    assert duties(postponed, "STF-T17") == duties(failed, "STF-T17") == [("open", "2025-07-10")]


async def test_e20_born_on_29_february_is_18_on_1_march(sandbox: Sandbox) -> None:
    client = await sandbox(now="2026-02-20T09:00:00+00:00")
    await client.tell("A", registered("2026-02-20", dob="2008-02-29"))
    await on_a_plan(client, "A", requested="2026-02-21", held="2026-02-24")
    early = await client.post("/v1/cases/A/events", [ended("2026-02-24", None, "reached_18")])
    await client.advance("2026-02-28T18:00:00+00:00")
    eve = (await now_of(client, "A"))["state"]["child"]["age"]
    await client.advance("2026-03-01T09:00:00+00:00")
    told = await client.tell("A", ended("2026-03-01", None, "reached_18"))

    assert (early.status_code, eve, told["state"]["child"]["age"]) == (409, 17, 18)
    assert told["state"]["plan"]["ended_on"] == "2026-03-01"


async def test_e22_a_corrected_birth_moves_what_hangs_on_it(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "A")
    changed: dict[str, Any] = {"old": "2015-06-01", "new": "2008-06-01", "evidence": "birth certificate"}
    told = await client.tell("A", item("date_of_birth_corrected", "2025-04-10", **changed))

    assert told["state"]["child"]["date_of_birth"] == "2008-06-01"
    assert duties(told, "STF-T38") == [("open", "2026-06-01")]


async def test_e35_the_embargo_of_neglect_is_nobodys_to_set_aside(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "A")
    await client.advance("2025-06-30T18:00:00+01:00")
    await client.tell("A", *review("2025-06-30", "R1"))
    override = {"rule": "STF-R74", "reason": "R", "authoriser": "Head 1"}
    decider = {"role": "head_of_service", "person": "Head 1"}

    answer = await client.post("/v1/cases/A/events", [ended("2025-06-30", "R1", override=override, decided_by=decider)])

    assert (answer.status_code, [each["rule"] for each in answer.json()["reasons"]]) == (409, ["STF-R74"])


async def test_e36_e57_history_that_broke_a_rule_is_kept_and_a_void_gives_the_plan_back(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "A")
    await client.advance("2025-06-30T18:00:00+01:00")
    elsewhere = {"source": "letter", "decider": "Chair 1", "date": "2025-06-30"}
    told = {**ended("2025-06-30", "R1", basis="reported", reported=elsewhere), "historical_import": True}

    kept = await client.tell("A", *review("2025-06-30", "R1"), told)
    fact = kept["events"][-1]["fact"]
    back = await client.tell("A", item("event_voided", "2025-06-30", fact=fact, reason="Wrong child."))

    assert [each["severity"] for each in kept["findings"] if each["rule"] == "STF-R74"] == ["forbidden"]
    assert (kept["state"]["stage"], back["state"]["stage"]) == ("ended", "active")
    assert [status for status, _ in duties(back, "STF-T18")] == ["open"]


async def test_e38_the_same_again_changes_nothing_another_is_refused_and_a_stale_version_too(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "A")
    seen = item("child_seen", "2025-04-10", **SEEN)
    first = await client.tell("A", seen)

    again = await client.tell("A", seen)
    other = await client.post("/v1/cases/A/events", [{**seen, "data": {**SEEN, "spoken_to": False}}])
    stale = await client.post("/v1/cases/A/events", [item("child_seen", "2025-04-10", **SEEN)], if_match='"1"')
    raced = await asyncio.gather(
        *(client.post("/v1/cases/A/events", [item("child_seen", "2025-04-10", **SEEN)]) for _ in range(6)),
        *(client.post("/v1/cases/A/events", [seen]) for _ in range(3)),
    )

    assert (again["events"], again["version"]) == (first["events"], first["version"])
    assert (other.status_code, stale.status_code) == (409, 412)
    assert sorted(each.json()["version"] for each in raced) == [
        *[first["version"]] * 3,
        *range(first["version"] + 1, first["version"] + 7),
    ]


async def test_e49_the_next_core_group_is_counted_from_the_one_that_was_held(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "A")
    await client.advance("2025-05-20T09:00:00+01:00")
    late = await client.tell("A", item("core_group_meeting_held", "2025-05-01", "CG-1"))
    early = await client.tell("A", item("core_group_meeting_held", "2025-05-20", "CG-2"))

    assert duties(late, "STF-T22") == [("open", "2025-06-12")]
    assert duties(early, "STF-T22") == [("met", "2025-06-12"), ("open", "2025-07-01")]


async def test_e50_only_a_visit_at_which_the_child_was_spoken_to_counts(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "A")
    await client.advance("2025-05-20T09:00:00+01:00")
    seen = await client.tell("A", item("child_seen", "2025-05-01", **SEEN))
    silent = await client.tell("A", item("child_seen", "2025-05-10", by_sw=True, spoken_to=False))

    assert duties(seen, "STF-T20") == duties(silent, "STF-T20") == [("met", "2025-05-01"), ("open", "2025-05-22")]


async def test_e51_e52_the_clocks_of_the_record_run_each_for_itself_from_the_conference(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "A")
    await client.advance("2025-05-27T09:00:00+01:00")
    told = await client.tell(
        "A",
        item("decision_and_recommendations_completed", "2025-04-11", "ICPC-1"),
        item("minutes_quality_assured", "2025-05-20", "ICPC-1"),
        item("minutes_signed", "2025-05-21", "ICPC-1", basis="reported", reported={
            "source": "file", "decider": "Chair 1", "date": "2025-05-21"
        }),
        item("minutes_distributed", "2025-05-22", "ICPC-1", basis="reported", reported={
            "source": "file", "decider": "Chair 1", "date": "2025-05-22"
        }),
        item("minutes_amendment_requested", "2025-05-23", "ICPC-1", change="C"),
    )  # fmt: skip

    assert duties(told, "STF-T27") == [("met", "2025-04-11")]
    assert duties(told, "STF-T28") == [("missed", "2025-04-11")]
    assert duties(told, "STF-T29") == [("met_late", "2025-04-28")]
    assert duties(told, "STF-T31") == [("missed", "2025-05-23")]


async def test_e72_a_booking_beyond_the_limit_is_kept_with_a_warning_and_moves_nothing(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "A")
    told = await client.tell("A", item("first_review_date_confirmed", "2025-04-10", "ICPC-1", date="2025-08-01"))

    assert "E-72" in {each["rule"] for each in told["findings"]}
    assert duties(told, "STF-T17") == [("open", "2025-07-10")]


async def test_e80_what_was_past_when_it_became_known_says_why_and_was_never_missed(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "A")
    await client.advance("2025-07-09T09:00:00+01:00")
    told = await client.tell("A", item("review_conference_scheduled", "2025-07-09", "R2", date="2025-07-10"))
    (papers,) = [each for each in told["duties"] if each["id"] == "STF-T04" and each["meeting"] == "R2"]

    assert papers["marks"] == ["late_when_known"]
    assert "Already past when it became known: short notice." in papers["explanation"]["notes"]


async def test_e85_order_within_a_day_is_the_callers_seq_then_that_of_recording(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "A")
    to: tuple[dict[str, Any], ...] = (
        {"worker": {"name": "Worker 1", "ref": "W1"}},
        {"worker": {"name": "Worker 2", "ref": "W2"}},
    )
    by_recording = await client.tell("A", *(item("case_allocated", "2025-04-10", **each) for each in to))
    by_seq = await client.tell("A", item("case_allocated", "2025-04-10", seq=2, **to[0]))
    behind = await client.tell("A", item("case_allocated", "2025-04-10", seq=1, **to[1]))

    workers = [each["state"]["allocation"]["worker"] for each in (by_recording, by_seq, behind)]
    assert workers == ["W2", "W1", "W1"]


@pytest.mark.parametrize(
    "told",
    [
        item("child_seen", "1989-12-31", **SEEN),
        item("review_conference_scheduled", "2025-04-10", "R9", date="2095-01-01"),
        item("assessment_started", "2025-04-10", assessment="A-1", agreed_timescale="2090-01-01"),
    ],
    ids=["before", "booked beyond", "agreed beyond"],
)
async def test_a_date_beyond_policies_and_calendar_is_refused_and_stops_nothing(
    sandbox: Sandbox, told: dict[str, Any]
) -> None:
    client = await sandbox()
    await on_a_plan(client, "A")

    refused = await client.post("/v1/cases/A/events", [told])
    after = await client.tell("A", item("child_seen", "2025-04-10", **SEEN))

    assert (refused.status_code, refused.json()["type"]) == (422, "urn:planclock:problem:out-of-reach")
    assert after["state"]["stage"] == "active"
    assert (await client.advance("2025-07-11T09:00:00+01:00"))["now"] == "2025-07-11T08:00:00Z"


@pytest.mark.parametrize("asked", [{"known_at": "somebody"}, {"true_at": "2025-13-01"}, {"known_at": "2025-02-30"}])
async def test_a_moment_that_is_none_is_refused_without_being_repeated(sandbox: Sandbox, asked: dict[str, str]) -> None:
    client = await sandbox()
    await client.tell("A", registered())

    answer = await client.get("/v1/cases/A", **asked)

    assert answer.status_code == 422
    assert not any(value in answer.text for value in asked.values())
