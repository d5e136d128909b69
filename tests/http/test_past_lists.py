"""The worklist and the case list at a position say what they said when the log had come to it."""

from typing import Any

import pytest

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import ended, on_a_plan, review, tell_all

QUESTIONS: list[dict[str, str | list[str]]] = [
    {},
    {"status": "missed"},
    {"status": ["met", "met_late", "missed", "cancelled", "suspended", "open"]},
    {"status": ["cancelled", "missed"]},
    {"team": "team-north"},
    {"worker": "W1", "owner": "team manager"},
    {"rule": "STF-T21", "status": ["open", "missed", "met"]},
    {"dates": "dated"},
    {"dates": "undated"},
    {"dates": "incalculable"},
    {"due_from": "2025-04-20", "due_to": "2025-05-30"},
    {"began_by": "2025-04-11"},
]
OF_CASES: list[dict[str, str | list[str]]] = [
    {},
    {"stage": "active"},
    {"category": "neglect"},
    {"flag": "looked_after"},
    {"team": "team-north"},
    {"worker": "nobody"},
]


async def asked(client: Client, **more: int) -> tuple[list[Any], list[Any]]:
    """Every question's answer: the worklist's and the case list's."""
    duties = [(await client.get("/v1/duties", limit=500, **each, **more)).json()["duties"] for each in QUESTIONS]
    cases = [(await client.get("/v1/cases", **each, **more)).json()["cases"] for each in OF_CASES]
    return duties, cases


async def lived(client: Client) -> list[tuple[int, Any]]:
    """Three children, two of them at one conference: the answers on the way, each with its position."""
    answers = []

    async def ask(until: str) -> None:
        position = (await client.advance(until))["position"]  # the lists have come to it then
        answers.append((position, await asked(client)))

    await on_a_plan(client, "A", "B")
    await client.tell("C", registered(names="Child C"))
    await ask("2025-04-10T18:01:00+00:00")
    worker = {"name": "Worker 1", "ref": "W1"}
    await client.tell("A", item("case_allocated", "2025-04-10", worker=worker, team="team-north"))
    await client.tell("B", item("looked_after_started", "2025-04-10"))
    await ask("2025-05-01T09:00:00+01:00")
    await ask("2025-06-20T18:00:00+01:00")
    await tell_all(client, ("A", "B"), review("2025-06-20", "RCPC-1"))
    elsewhere = {"source": "letter", "decider": "Chair 1", "date": "2025-06-20"}
    await client.tell("B", ended("2025-06-20", "RCPC-1", basis="reported", reported=elsewhere))
    await ask("2025-06-20T18:01:00+01:00")
    return answers


async def test_each_answer_is_the_one_that_was_given_then(sandbox: Sandbox) -> None:
    client = await sandbox()
    answers = await lived(client)

    assert min(len(duties[0]) for _, (duties, _) in answers) > 10
    assert {len(cases[0]) for _, (_, cases) in answers} == {3}
    for position, answer in answers:
        assert await asked(client, position=position) == answer, position


async def test_a_past_list_comes_in_pages_and_says_where_and_when_it_stood(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await on_a_plan(client, "A")
    position = told["A"]["position"]
    await client.advance("2025-06-20T18:00:00+01:00")

    whole = (await client.get("/v1/duties", limit=500, position=position)).json()
    pages: list[Any] = []
    path = f"/v1/duties?limit=3&status=open&status=met&position={position}"
    both = (await client.get("/v1/duties", limit=500, position=position, status=["open", "met"])).json()["duties"]
    while path:
        page = (await client.http.get(path, headers={"authorization": f"Bearer {client.token}"})).json()
        pages, path = pages + page["duties"], page["next"]

    assert pages == both
    assert (whole["position"], whole["now"][:10]) == (position, "2025-04-10")


@pytest.mark.parametrize("path", ["/v1/duties", "/v1/cases"])
async def test_a_position_that_was_never_reached_or_holds_nothing_is_refused(sandbox: Sandbox, path: str) -> None:
    client = await sandbox()

    ahead, before = await client.get(path, position=10_000), await client.get(path, position=0)

    assert (ahead.status_code, ahead.json()["type"]) == (409, "urn:planclock:problem:position-not-reached")
    assert (before.status_code, before.json()["errors"][0]["parameter"]) == (422, "position")


async def test_the_case_list_has_the_versions_of_then(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await on_a_plan(client, "A")
    await client.advance("2025-06-20T18:00:00+01:00")

    page = (await client.get("/v1/cases", position=told["A"]["position"])).json()

    assert [case["version"] for case in page["cases"]] == [told["A"]["version"]]
