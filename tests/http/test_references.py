"""Cases by the references that callers choose."""

import asyncio

from tests.http.client import item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import asked_for


async def test_a_further_reference_points_to_the_same_case(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await client.tell("CHILD-A", registered())

    await client.tell("CHILD-A", item("case_reference_added", "2025-03-03", reference="OTHER-4711"))

    assert (await client.get("/v1/cases/OTHER-4711")).json()["case"] == told["case"]


async def test_a_reference_that_points_elsewhere_is_taken(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered())
    await client.tell("CHILD-B", registered())

    answer = await client.post(
        "/v1/cases/CHILD-B/events", item("case_reference_added", "2025-03-03", reference="CHILD-A")
    )

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:planclock:problem:reference-taken"
    assert "CHILD-A" not in answer.text
    assert (await client.get("/v1/cases/CHILD-B")).json()["version"] == 1


async def test_a_reference_may_look_like_an_id_of_ours(sandbox: Sandbox) -> None:
    client = await sandbox()
    reference = "0d932f15-903f-4a47-adf5-e792858dc7ff"

    told = await client.tell(reference, registered())

    assert told["case"] != reference
    assert (await client.get(f"/v1/cases/{reference}")).json()["case"] == told["case"]


async def test_a_request_for_a_conference_opens_a_case_too(sandbox: Sandbox) -> None:
    client = await sandbox()

    told = await client.tell("CHILD-A", *asked_for("2025-03-03"))

    assert told["state"]["stage"] == "icpc_requested"


async def test_one_call_opens_several_cases(sandbox: Sandbox) -> None:
    client = await sandbox()
    siblings = ["CHILD-A", "CHILD-B"]

    answer = await client.post("/v1/events", [{**asked_for("2025-03-03")[0], "cases": siblings}])

    assert answer.status_code == 201
    assert len({case["case"] for case in answer.json()["cases"]}) == 2


async def test_two_who_open_the_same_reference_at_once_open_one_case(sandbox: Sandbox) -> None:
    client = await sandbox()

    told = await asyncio.gather(*(client.tell("CHILD-A", registered(names=f"Child {n}")) for n in range(4)))

    assert len({each["case"] for each in told}) == 1
    assert (await client.get("/v1/cases/CHILD-A")).json()["version"] == 4
