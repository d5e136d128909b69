"""The directory of an authority: told like everything else, dated, corrected, and nobody else's."""

from typing import Any

from tests.http.client import item
from tests.http.conftest import Sandbox

POST: dict[str, Any] = {"post": "SSM", "title": "Safeguarding Lead", "stands_for": ["specialist safeguarding manager"]}
HEALTH: dict[str, Any] = {"agency": "health", "title": "The health board", "stands_for": ["health authority"]}


async def test_posts_and_agencies_stand_as_they_did_on_a_day(sandbox: Sandbox) -> None:
    client = await sandbox(now="2025-03-03T09:00:00+00:00")
    told = [
        item("post_recorded", "2025-01-06", **POST),
        item("post_holder_changed", "2025-01-06", post="SSM", holder={"name": "Manager 1", "ref": "M1"}),
        item("post_holder_changed", "2025-03-03", post="SSM", from_on="2025-04-01"),
        item("agency_recorded", "2025-01-06", **HEALTH),
        item("secure_email_confirmed", "2025-02-03", agency="health", address="duty@health.example"),
    ]

    answer = await client.post("/v1/directory", told)

    assert answer.status_code == 201, answer.text
    march = (await client.get("/v1/posts")).json()
    april = (await client.get("/v1/posts", on="2025-04-01")).json()
    (post,) = march["posts"]
    assert (march["on"], post["title"], post["vacant"]) == ("2025-03-03", "Safeguarding Lead", False)
    assert post["holder"] == {"name": "Manager 1", "ref": "M1"}
    assert [(each["vacant"], each["holder"]) for each in april["posts"]] == [(True, None)]
    assert [(each["agency"], each["secure_address"]) for each in march["agencies"]] == [
        ("health", "duty@health.example")
    ]


async def test_told_again_it_is_the_same_and_told_otherwise_it_is_refused(sandbox: Sandbox) -> None:
    client = await sandbox(now="2025-03-03T09:00:00+00:00")
    post = item("post_recorded", "2025-01-06", **POST)

    first = await client.post("/v1/directory", post)
    again = await client.post("/v1/directory", [post])
    other = await client.post("/v1/directory", {**post, "data": {**POST, "title": "Another"}})

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert first.json() == again.json()


async def test_what_was_told_wrongly_is_corrected(sandbox: Sandbox) -> None:
    client = await sandbox(now="2025-03-03T09:00:00+00:00")
    told = (await client.post("/v1/directory", item("post_recorded", "2025-01-06", **POST))).json()
    fact = told["events"][0]["fact"]

    right = item("event_corrected", "2025-03-03", fact=fact, reason="Misspelt.", data={"title": "Lead for safety"})
    nothing = item("event_voided", "2025-03-03", fact="7f8a2c1e-0000-5000-8000-000000000001", reason="Never so.")

    assert (await client.post("/v1/directory", right)).status_code == 201
    assert (await client.post("/v1/directory", nothing)).status_code == 422
    assert [each["title"] for each in (await client.get("/v1/posts")).json()["posts"]] == ["Lead for safety"]


async def test_a_directory_is_told_of_the_authority_and_a_case_is_not(sandbox: Sandbox) -> None:
    client = await sandbox(now="2025-03-03T09:00:00+00:00")

    of_a_case = await client.post("/v1/cases/CHILD-A/events", item("post_recorded", "2025-01-06", **POST))
    of_authority = await client.post("/v1/directory", item("child_registered", "2025-01-06", names="Child A"))
    to_come = await client.post("/v1/directory", item("post_recorded", "2025-03-04", **POST))

    assert [each.status_code for each in (of_a_case, of_authority, to_come)] == [422, 422, 422]


async def test_nobody_sees_the_directory_of_another(sandbox: Sandbox) -> None:
    one, other = await sandbox(now="2025-03-03T09:00:00+00:00"), await sandbox(now="2025-03-03T09:00:00+00:00")
    await one.post("/v1/directory", item("post_recorded", "2025-01-06", **POST))

    assert len((await one.get("/v1/posts")).json()["posts"]) == 1
    assert (await other.get("/v1/posts")).json()["posts"] == []
