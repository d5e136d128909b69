"""One item takes effect once for ever: told again it gets its first answer, alone or in any batch (promise 2)."""

from tests.http.client import item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import asked_for, forbidden_ending, initial_conference, on_a_plan


async def test_the_same_item_again_gets_the_first_answer_byte_for_byte(sandbox: Sandbox) -> None:
    client = await sandbox()
    opening = registered()
    first = await client.post("/v1/cases/CHILD-A/events", opening)
    await client.advance("2025-03-10T09:00:00+00:00")
    await client.tell("CHILD-A", *asked_for("2025-03-10"))

    again = await client.post("/v1/cases/CHILD-A/events", opening)

    assert (again.status_code, again.content, again.headers["etag"]) == (201, first.content, '"1"')


async def test_a_whole_batch_again_gets_the_first_answer_byte_for_byte(sandbox: Sandbox) -> None:
    client = await sandbox("2025-04-10T18:00:00+00:00")
    await client.tell("CHILD-A", registered(), *asked_for("2025-03-17"))
    batch = initial_conference("2025-04-10")
    first = await client.post("/v1/cases/CHILD-A/events", batch)
    await client.advance("2025-07-10T09:00:00+00:00")

    again = await client.post("/v1/cases/CHILD-A/events", batch)

    assert (again.status_code, again.content) == (201, first.content)


async def test_an_item_again_within_another_batch_is_answered_as_it_was_first(sandbox: Sandbox) -> None:
    client = await sandbox()
    opening = registered()
    first = (await client.tell("CHILD-A", opening))["events"]

    told = await client.tell("CHILD-A", opening, *asked_for("2025-03-03"))

    assert told["events"][0] == first[0]
    assert [event["version"] for event in told["events"]] == [1, 2]
    assert told["version"] == 2


async def test_an_item_of_a_batch_again_alone_is_answered_as_it_was_first(sandbox: Sandbox) -> None:
    client = await sandbox()
    opening, request = registered(), asked_for("2025-03-03")[0]
    batch = await client.tell("CHILD-A", opening, request)

    alone = await client.tell("CHILD-A", request)

    assert alone == {**batch, "events": batch["events"][1:]}


async def test_the_same_item_told_over_cases_and_then_to_one_of_them_is_the_same(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered())
    await client.tell("CHILD-B", registered(names="Child B"))
    request = asked_for("2025-03-03")[0]
    first = (await client.post("/v1/events", {**request, "cases": ["CHILD-A", "CHILD-B"]})).json()

    alone = await client.tell("CHILD-B", request)

    assert alone == first["cases"][1]


async def test_twice_in_one_batch_is_once(sandbox: Sandbox) -> None:
    client = await sandbox()
    opening = registered()

    told = await client.tell("CHILD-A", opening, opening)

    assert told["version"] == 1
    assert told["events"][0] == told["events"][1]


async def test_the_same_id_with_another_body_is_a_conflict_and_says_where(sandbox: Sandbox) -> None:
    client = await sandbox()
    opening = registered()
    await client.tell("CHILD-A", opening)

    answer = await client.post(
        "/v1/cases/CHILD-A/events", [*asked_for("2025-03-03"), {**opening, "data": {"names": "Somebody Else"}}]
    )

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:planclock:problem:told-otherwise"
    assert answer.json()["errors"][0]["pointer"] == "/1"
    assert "Somebody Else" not in answer.text
    assert (await client.get("/v1/cases/CHILD-A")).json()["version"] == 1


async def test_the_same_id_about_another_case_is_a_conflict(sandbox: Sandbox) -> None:
    client = await sandbox()
    opening = registered()
    await client.tell("CHILD-A", opening)

    answer = await client.post("/v1/cases/CHILD-B/events", opening)

    assert answer.status_code == 409
    assert (await client.get("/v1/cases/CHILD-B")).status_code == 404


async def test_two_bodies_under_one_id_in_one_batch_are_a_conflict(sandbox: Sandbox) -> None:
    client = await sandbox()
    opening = registered()

    answer = await client.post("/v1/cases/CHILD-A/events", [opening, {**opening, "occurred_on": "2025-03-02"}])

    assert answer.status_code == 409


async def test_a_refused_decision_again_gets_the_same_refusal(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered())
    ending = forbidden_ending("2025-03-03")
    first = await client.post("/v1/cases/CHILD-A/events", ending)
    await client.advance("2025-04-01T09:00:00+01:00")
    await client.tell("CHILD-A", item("child_verbal_status_recorded", "2025-03-03", status="verbal"))

    again = await client.post("/v1/cases/CHILD-A/events", ending)

    assert (first.status_code, again.status_code) == (409, 409)
    assert again.content == first.content


async def test_a_refused_decision_stays_refused_even_when_it_would_be_lawful_now(sandbox: Sandbox) -> None:
    client = await sandbox()
    too_soon = item("category_changed", "2025-03-03", basis="here", new="emotional", by="chair")
    await client.tell("CHILD-A", registered())
    first = await client.post("/v1/cases/CHILD-A/events", too_soon)
    await on_a_plan(client, "CHILD-A")

    again = await client.post("/v1/cases/CHILD-A/events", too_soon)

    assert (again.status_code, again.content) == (409, first.content)


async def test_a_repetition_is_answered_whatever_version_it_names(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered())
    request = asked_for("2025-03-03")[0]
    first = await client.post("/v1/cases/CHILD-A/events", request, if_match='"1"')

    again = await client.post("/v1/cases/CHILD-A/events", request, if_match='"1"')

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
