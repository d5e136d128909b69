"""One case over HTTP, from the first event on."""

from tests.http.client import item, registered
from tests.http.conftest import Sandbox


async def test_an_opening_event_under_an_unknown_reference_opens_a_case(sandbox: Sandbox) -> None:
    client = await sandbox()

    told = await client.tell("CHILD-A", registered())

    assert told["version"] == 1
    assert told["state"]["child"]["names"] == "Child A"
    assert [event["outcome"] for event in told["events"]] == ["recorded"]
    by_reference = await client.get("/v1/cases/CHILD-A")
    by_id = await client.get(f"/v1/cases/{told['case']}")
    assert by_reference.status_code == 200
    assert by_reference.json()["case"] == by_id.json()["case"] == told["case"]


async def test_a_request_starts_the_24_hours_of_the_notification_form(sandbox: Sandbox) -> None:
    client = await sandbox("2025-03-03T12:00:00+00:00")
    await client.tell("CHILD-A", registered())

    told = await client.tell("CHILD-A", item("initial_conference_requested", "2025-03-03T09:30:00+00:00", "ICPC-1"))

    (form,) = [duty for duty in told["duties"] if duty["id"] == "STF-T01"]
    assert form["due_at"] == "2025-03-04T09:30:00Z"
    assert form["status"] == "open"
    moved = await client.advance("2025-03-05T09:00:00+00:00")
    assert moved["now"] == "2025-03-05T09:00:00Z"
    read = (await client.get("/v1/cases/CHILD-A")).json()
    (form,) = [duty for duty in read["duties"] if duty["id"] == "STF-T01"]
    assert form["status"] == "missed"
    said = [
        (event["data"]["said"], event["recorded_at"])
        for event in (await client.get("/v1/cases/CHILD-A/events")).json()["events"]
        if event["type"] == "duty_announced"
    ]
    assert said == [("due", "2025-03-04T00:00:00Z"), ("missed", "2025-03-04T09:30:00.000001Z")]
