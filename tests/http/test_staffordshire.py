"""A plan under Staffordshire's procedure, driven over HTTP by a test clock."""

from typing import Any

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import asked_for, ended, initial_conference, made_subject, on_a_plan, review

Duty = dict[str, Any]


async def duties(client: Client, clause: str, case: str = "CHILD-A") -> list[Duty]:
    """The duties of one clause, in the order in which they began."""
    found = (await client.get(f"/v1/cases/{case}/duties")).json()["duties"]
    return [duty for duty in found if duty["id"] == clause]


async def test_only_seen_and_spoken_to_resets_the_visit_clock(sandbox: Sandbox) -> None:
    """STF-T20 and E-50: 21 days at most between times the child is seen and spoken to."""
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    (first,) = await duties(client, "STF-T20")
    assert first["due_on"] == "2025-05-01"
    await client.advance("2025-04-25T18:00:00+01:00")

    await client.tell("CHILD-A", item("child_seen", "2025-04-24", by_sw=True, spoken_to=False))
    assert [duty["status"] for duty in await duties(client, "STF-T20")] == ["open"]

    await client.tell("CHILD-A", item("child_seen", "2025-04-25", by_sw=True, spoken_to=True))
    met, following = await duties(client, "STF-T20")
    assert (met["status"], met["met_by"]["on"]) == ("met", "2025-04-25")
    assert (following["status"], following["due_on"]) == ("open", "2025-05-16")


async def test_the_first_review_is_due_in_three_months_and_later_ones_six_months_from_the_day_held(
    sandbox: Sandbox,
) -> None:
    """STF-T17, STF-T18, E-11 and E-12."""
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    (first,) = await duties(client, "STF-T17")
    assert (first["due_on"], first["started_by"]["on"]) == ("2025-07-10", "2025-04-10")

    await client.advance("2025-07-01T18:00:00+01:00")
    held = await client.tell(
        "CHILD-A",
        *review("2025-07-01", "RCPC-1"),
        item("child_decision_made", "2025-07-01", "RCPC-1", basis="here", decision="continue", category="neglect"),
    )

    assert held["refused"] == []
    assert [duty["status"] for duty in await duties(client, "STF-T17")] == ["met"]
    assert [duty["due_on"] for duty in await duties(client, "STF-T18")] == ["2026-01-01"]


async def test_minutes_and_their_amendments_have_clocks_of_their_own(sandbox: Sandbox) -> None:
    """STF-T29: ten working days; STF-T31: twenty-eight, over Easter and the bank holidays of May."""
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")

    (minutes,) = await duties(client, "STF-T29")
    (amendments,) = await duties(client, "STF-T31")

    assert minutes["due_on"] == "2025-04-28"
    assert amendments["due_on"] == "2025-05-23"
    assert "Good Friday" in {day["why"] for day in minutes["explanation"]["skipped"]}
    signed = item("minutes_signed", "2025-04-25", "ICPC-1", basis="here", chair={"name": "Chair 1"})
    sent = item(
        "minutes_distributed",
        "2025-04-25",
        "ICPC-1",
        basis="here",
        recipients=[{"agency": "health"}],
        channel="secure_email",
        secure=True,
    )
    await client.advance("2025-04-25T18:00:00+01:00")
    too_soon = await client.post("/v1/cases/CHILD-A/events", sent)
    assert "STF-R91" in {reason["rule"] for reason in too_soon.json()["reasons"]}
    checked = item("minutes_quality_assured", "2025-04-25", "ICPC-1", by={"name": "Chair 1"})
    await client.tell("CHILD-A", checked, signed, {**sent, "id": "sent-again"})
    assert [duty["status"] for duty in await duties(client, "STF-T29")] == ["met"]


async def test_an_inquorate_initial_conference_is_reconvened_within_seven_working_days(sandbox: Sandbox) -> None:
    """STF-T15 and E-14: counted from the original date, and not armed anew."""
    client = await sandbox()
    booked = item("initial_conference_scheduled", "2025-03-03", "ICPC-1", date="2025-04-10", kind="initial")
    await client.tell("CHILD-A", registered(), *asked_for("2025-03-03"), booked)
    await client.advance("2025-04-10T18:00:00+01:00")
    inquorate = {"result": "inquorate_not_held", "counted_agencies": ["csc"], "required": 3}

    await client.tell(
        "CHILD-A",
        item("quorum_assessed", "2025-04-10", "ICPC-1", **inquorate),
        item("conference_not_held_inquorate", "2025-04-10", "ICPC-1", original_date="2025-04-10"),
    )

    (reconvene,) = await duties(client, "STF-T15")
    assert reconvene["due_on"] == "2025-04-23"
    await client.advance("2025-04-22T18:00:00+01:00")
    await client.tell("CHILD-A", *initial_conference("2025-04-22"))
    assert [duty["status"] for duty in await duties(client, "STF-T15")] == ["met"]


async def test_without_a_quorum_nothing_is_decided(sandbox: Sandbox) -> None:
    """STF-R46."""
    client = await sandbox("2025-04-10T18:00:00+00:00")
    await client.tell("CHILD-A", registered(), *asked_for("2025-04-10"))
    inquorate = {"result": "inquorate_not_held", "counted_agencies": ["csc"], "required": 3}

    told = await client.tell(
        "CHILD-A", item("quorum_assessed", "2025-04-10", "ICPC-1", **inquorate), made_subject("2025-04-10")
    )

    assert "STF-R46" in {reason["rule"] for refused in told["refused"] for reason in refused["reasons"]}
    assert told["state"]["plan"] is None


async def test_a_plan_ends_at_18_never_before_and_a_review_is_due_before_it(sandbox: Sandbox) -> None:
    """STF-T37, STF-T38 and P14."""
    client = await sandbox()
    await client.tell("CHILD-A", registered(dob="2007-08-20"))
    await on_a_plan(client, "CHILD-A")
    (last_review,) = await duties(client, "STF-T37")
    (ending,) = await duties(client, "STF-T38")
    assert (last_review["due_on"], ending["due_on"]) == ("2025-08-19", "2025-08-20")

    await client.advance("2025-08-19T18:00:00+01:00")
    early = await client.post("/v1/cases/CHILD-A/events", ended("2025-08-19", ground="reached_18"))
    await client.advance("2025-08-20T09:00:00+01:00")
    on_the_day = await client.tell("CHILD-A", ended("2025-08-20", ground="reached_18"))

    assert "P14" in {reason["rule"] for reason in early.json()["reasons"]}
    assert on_the_day["state"]["stage"] == "ended"
    assert [duty["status"] for duty in await duties(client, "STF-T38")] == ["met"]


async def test_a_birth_takes_the_place_of_the_expected_date_and_the_plan_goes_on(sandbox: Sandbox) -> None:
    """E-18."""
    client = await sandbox()
    unborn: dict[str, Any] = {"edd": "2025-06-20", "edd_basis": "scan", "mother": {"role": "mother"}}
    await client.tell("CHILD-A", item("unborn_child_registered", "2025-03-03", **unborn))
    await on_a_plan(client, "CHILD-A")
    await client.advance("2025-06-18T09:00:00+01:00")

    born = await client.tell("CHILD-A", item("birth_recorded", "2025-06-17", dob="2025-06-17", names="Child A"))

    assert born["state"]["plan"]["status"] == "active"
    assert (born["state"]["child"]["date_of_birth"], born["state"]["child"]["expected_date"]) == ("2025-06-17", None)
    assert [duty["due_on"] for duty in await duties(client, "STF-T17")] == ["2025-07-10"]


async def test_a_plan_that_a_quorate_review_ends_leaves_only_what_outlives_it(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A", category="physical")
    await client.advance("2025-07-08T18:00:00+01:00")

    told = await client.tell("CHILD-A", *review("2025-07-08", "RCPC-1"), ended("2025-07-08", "RCPC-1"))

    assert told["refused"] == []
    assert told["state"]["stage"] == "ended"
    for clause in ("STF-T18", "STF-T20", "STF-T21"):
        assert "open" not in {duty["status"] for duty in await duties(client, clause)}
