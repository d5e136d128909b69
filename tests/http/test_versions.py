"""If-Match and expected_version: fail only when something other than an announcement came after."""

import asyncio

import httpx2

from service.app import create_app
from service.settings import Settings
from tests.http.client import Client, item, registered
from tests.http.conftest import NOW, Sandbox
from tests.http.plans import asked_for


async def test_what_was_told_carries_the_version_as_its_etag(sandbox: Sandbox) -> None:
    client = await sandbox()

    told = await client.post("/v1/cases/CHILD-A/events", [registered(), *asked_for("2025-03-03")])

    assert told.headers["etag"] == '"2"'
    assert (await client.get("/v1/cases/CHILD-A")).headers["etag"] == '"2"'


async def test_an_old_version_is_412_and_says_which_is_there(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered(), *asked_for("2025-03-03"))

    answer = await client.post("/v1/cases/CHILD-A/events", seen("2025-03-03"), if_match='"1"')

    assert answer.status_code == 412
    assert answer.json()["type"] == "urn:planclock:problem:version-passed"
    assert answer.json()["version"] == 2
    assert (await client.get("/v1/cases/CHILD-A")).json()["version"] == 2


async def test_a_version_that_is_not_there_yet_is_412(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered())

    assert (await client.post("/v1/cases/CHILD-A/events", seen("2025-03-03"), if_match='"7"')).status_code == 412


async def test_an_announcement_in_between_is_no_reason_to_refuse(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await client.tell("CHILD-A", registered(), *asked_for("2025-03-03"))
    await client.advance("2025-03-06T09:00:00+00:00")
    assert (await client.get("/v1/cases/CHILD-A")).json()["version"] > told["version"]

    answer = await client.post("/v1/cases/CHILD-A/events", seen("2025-03-05"), if_match=f'"{told["version"]}"')

    assert answer.status_code == 201


async def test_an_item_may_name_the_version_it_expects(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered(), *asked_for("2025-03-03"))

    stale = await client.post("/v1/events", {**seen("2025-03-03"), "cases": ["CHILD-A"], "expected_version": 1})
    fresh = await client.post("/v1/events", {**seen("2025-03-03"), "cases": ["CHILD-A"], "expected_version": 2})

    assert (stale.status_code, fresh.status_code) == (412, 201)


async def test_items_of_one_batch_may_count_on_each_other(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered())

    told = await client.tell(
        "CHILD-A", {**seen("2025-03-03"), "expected_version": 1}, {**seen("2025-03-03"), "expected_version": 2}
    )

    assert told["version"] == 3


async def test_a_header_that_is_no_version_is_422(sandbox: Sandbox) -> None:
    client = await sandbox()

    answer = await client.post("/v1/cases/CHILD-A/events", registered(), if_match="yesterday")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "If-Match"


async def test_many_who_write_to_one_case_at_once_are_all_kept_in_order(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered())

    answers = await asyncio.gather(*(persist(client, seen("2025-03-03")) for _ in range(12)))

    assert sorted(answers) == list(range(2, 14))


async def persist(client: Client, told: dict[str, object]) -> int:
    """Tell one item until it is taken; 409 `contended` asks to try again."""
    while True:
        answer = await client.post("/v1/cases/CHILD-A/events", told)
        if answer.status_code == 201:
            return int(answer.json()["version"])
        assert answer.json()["type"] == "urn:planclock:problem:contended"


def seen(day: str) -> dict[str, object]:
    """The child is seen and spoken to."""
    return item("child_seen", day, by_sw=True, spoken_to=True)


async def test_two_hundred_who_write_through_two_apis_lose_nothing_and_leave_no_gap(
    sandbox: Sandbox, settings: Settings
) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered())
    second = create_app(settings, clock=lambda: NOW)
    async with second.router.lifespan_context(second):
        transport = httpx2.ASGITransport(second)
        async with httpx2.AsyncClient(transport=transport, base_url="http://planclock.test") as http:
            clients = [client, Client(http, client.token)]
            writes = [persist(clients[number % 2], seen("2025-03-03")) for number in range(100)]
            elsewhere = [clients[number % 2].tell(f"CHILD-{number}", registered()) for number in range(100)]
            versions, others = await asyncio.gather(asyncio.gather(*writes), asyncio.gather(*elsewhere))

    assert sorted(versions) == list(range(2, 102))
    assert len({told["case"] for told in others}) == 100
    feed = (await client.get("/v1/events", limit=500)).json()["events"]
    assert [event["data"]["position"] for event in feed] == list(range(1, 205))
