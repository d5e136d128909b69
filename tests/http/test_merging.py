"""Two cases turn out to be of one child: one ends, its history stays, and the other goes on."""

from typing import Any

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import on_a_plan

MERGED = "urn:planclock:problem:merged"


async def test_the_case_that_ends_owes_nothing_more_and_can_be_read_for_ever(sandbox: Sandbox) -> None:
    client, twice, kept = await registered_twice(sandbox)
    before = await client.advance("2025-05-06T09:00:00+01:00")
    await client.tell("TWICE", merged("2025-05-06"))
    after = (await client.get("/v1/cases/TWICE")).json()
    past = (await client.get("/v1/cases/TWICE", true_at="2025-05-05")).json()
    moved = await client.advance("2026-06-01T09:00:00+01:00")

    assert before["announced"] > 0
    assert after["state"]["merged"] == {"into": kept, "on": "2025-05-06", "cases": []}
    assert {duty["status"] for duty in after["duties"]} <= {"cancelled", "met", "missed"}
    assert all("open" in {duty["status"] for duty in answer["duties"]} for answer in (past, await kept_now(client)))
    told = (await client.get("/v1/cases/TWICE/events", limit=500)).json()["events"]
    assert told[-1]["type"] == "cases_merged"
    assert moved["announced"] > 0
    assert (await kept_now(client))["state"]["merged"] == {"into": None, "on": None, "cases": [twice]}


async def test_it_leaves_the_lists_and_is_found_by_its_name(sandbox: Sandbox) -> None:
    client, twice, kept = await registered_twice(sandbox)
    await client.tell("TWICE", merged())
    await client.advance("2025-04-11T09:00:00+01:00")
    listed = (await client.get("/v1/cases")).json()["cases"]
    merged_ones = (await client.get("/v1/cases", flag="merged")).json()["cases"]
    worklist = (await client.get("/v1/duties", status="open", limit=200)).json()["duties"]

    assert [each["case"] for each in listed] == [kept]
    assert [each["case"] for each in merged_ones] == [twice]
    assert {each["cases"][0]["case"] for each in worklist} == {kept}


async def test_nothing_but_corrections_is_taken_of_it(sandbox: Sandbox) -> None:
    client, _, _ = await registered_twice(sandbox)
    seen = item("child_seen", "2025-04-10", by_sw=True, spoken_to=True)
    await client.tell("TWICE", seen)
    answer = await client.tell("TWICE", merged())
    again = await client.post("/v1/cases/TWICE/events", item("child_seen", "2025-04-10", by_sw=True, spoken_to=True))
    onwards = await client.post("/v1/cases/KEPT/events", merged(into="TWICE"))

    assert (again.status_code, again.json()["type"]) == (409, MERGED)
    assert (onwards.status_code, onwards.json()["errors"][0]["pointer"]) == (422, "/data/into")
    fact = (await client.get("/v1/cases/TWICE/events", limit=500)).json()["events"][-2]["fact"]
    await client.tell("TWICE", item("event_corrected", "2025-04-10", fact=fact, data={"alone": True}, reason="Alone."))
    assert answer["events"][0]["type"] == "cases_merged"


async def test_a_merging_told_again_is_the_same_and_one_that_was_wrong_is_voided(sandbox: Sandbox) -> None:
    client, _, _ = await registered_twice(sandbox)
    told = merged()
    first, again = await client.tell("TWICE", told), await client.tell("TWICE", told)
    fact = first["events"][0]["fact"]
    parted = await client.tell("TWICE", item("event_voided", "2025-04-10", fact=fact, reason="They are twins."))

    assert first["version"] == again["version"]
    assert parted["state"]["merged"] is None
    assert "open" in {duty["status"] for duty in parted["duties"]}
    assert (await kept_now(client))["state"]["merged"] is None
    await client.tell("TWICE", item("child_seen", "2025-04-10", by_sw=True, spoken_to=True))


async def test_a_running_plan_is_not_lost_and_a_case_is_not_merged_into_itself(sandbox: Sandbox) -> None:
    client, _, _ = await registered_twice(sandbox)
    loses = await client.post("/v1/cases/KEPT/events", merged(into="TWICE"))
    itself = await client.post("/v1/cases/KEPT/events", merged(into="KEPT"))
    nowhere = await client.post("/v1/cases/KEPT/events", merged(into="NOBODY"))
    both = await client.post("/v1/events", [{**merged(), "cases": ["KEPT", "TWICE"]}])

    assert (loses.status_code, itself.status_code, nowhere.status_code) == (422, 422, 404)
    assert "the other way round" in loses.json()["errors"][0]["message"]
    assert both.status_code == 201
    assert [each["state"]["merged"]["into"] is None for each in both.json()["cases"]] == [False, True]


async def registered_twice(sandbox: Sandbox) -> tuple[Client, str, str]:
    """A child on a plan in the case KEPT, and asked about once more in another, TWICE: the ids of both."""
    client = await sandbox()
    kept = (await on_a_plan(client, "KEPT"))["KEPT"]
    twice = await client.tell(
        "TWICE",
        registered("2025-04-01"),
        item("initial_conference_requested", "2025-04-08", requested_by="csc"),
        item("case_allocated", "2025-04-08", worker={"ref": "W2"}),
    )
    case: str = twice["case"]
    return client, case, kept["case"]


def merged(on: str = "2025-04-10", into: str = "KEPT") -> dict[str, Any]:
    """Told of the case that ends."""
    return item("cases_merged", on, into=into, reason="Registered twice.")


async def kept_now(client: Client) -> dict[str, Any]:
    """The case that goes on."""
    answer: dict[str, Any] = (await client.get("/v1/cases/KEPT")).json()
    return answer
