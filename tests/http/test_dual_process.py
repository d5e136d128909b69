"""A child on a plan who becomes looked after in mid-cycle, and comes back, over HTTP by a test clock."""

from typing import Any

from tests.http.client import Client, item
from tests.http.conftest import Sandbox
from tests.http.plans import on_a_plan, review


async def due(client: Client, clause: str) -> list[tuple[str, str]]:
    """When each duty of one clause is due, and how it stands."""
    found = (await client.get("/v1/cases/CHILD-A/duties")).json()["duties"]
    return [(duty["due_on"], duty["status"]) for duty in found if duty["id"] == clause]


def kept(day: str, meeting: str) -> dict[str, Any]:
    """The decision of a review that the plan goes on."""
    return item("child_decision_made", day, meeting, basis="here", decision="continue", category="neglect")


async def test_an_interim_care_order_in_mid_cycle_and_back_again(sandbox: Sandbox) -> None:
    """STF-T18, T41, T42, R96 and E-48."""
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    await client.advance("2025-07-01T18:00:00+01:00")
    await client.tell("CHILD-A", *review("2025-07-01", "RCPC-1"), kept("2025-07-01", "RCPC-1"))
    await client.advance("2025-09-01T18:00:00+01:00")
    told = await client.tell("CHILD-A", item("interim_care_order_granted", "2025-09-01", placed_away=True))

    assert {"looked_after", "interim_care_order"} <= set(told["state"]["flags"])
    assert await due(client, "STF-T41") == [("2025-09-29", "open")]
    assert await due(client, "STF-T18") == [("2026-01-01", "open")]

    await client.advance("2025-09-22T18:00:00+01:00")
    held = item("dual_process_meeting_held", "2025-09-22", "DPM-1")
    confirmed = item("dual_planning_confirmed", "2025-09-22", "DPM-1")
    told = await client.tell("CHILD-A", held, kept("2025-09-22", "DPM-1"), confirmed)
    assert "dual_process" in told["state"]["flags"]
    assert [status for _, status in await due(client, "STF-T18")] == ["met", "cancelled"]
    assert await due(client, "STF-T42") == [("2025-12-22", "open")]

    await client.advance("2025-12-01T18:00:00+00:00")
    await client.tell("CHILD-A", item("looked_after_ended", "2025-12-01"))
    assert [status for _, status in await due(client, "STF-T42")] == ["cancelled"]
    assert (await due(client, "STF-T18"))[-1] == ("2026-03-22", "open")
