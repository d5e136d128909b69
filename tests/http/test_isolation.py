"""Authority A cannot see, count or guess B's cases, through any route (promise 9)."""

from typing import Any

import pytest
from fastapi import FastAPI

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import asked_for, on_a_plan


@pytest.fixture
async def places(sandbox: Sandbox) -> tuple[Client, Client, dict[str, Any]]:
    """A, which has nothing, and B, which has one child on a plan."""
    ours, theirs = await sandbox("2025-04-10T18:00:00+00:00"), await sandbox()
    told = (await on_a_plan(theirs, "CHILD-B"))["CHILD-B"]
    return ours, theirs, told


async def test_no_route_shows_another_authoritys_case(places: tuple[Client, Client, dict[str, Any]]) -> None:
    ours, _, told = places
    for key in (told["case"], "CHILD-B"):
        for path in ("", "/events", "/duties"):
            assert (await ours.get(f"/v1/cases/{key}{path}")).status_code == 404
        assert (await ours.post(f"/v1/cases/{key}/events", item("visit_missed", "2025-04-10"))).status_code == 404
    assert (await ours.get("/v1/meetings/ICPC-1")).status_code == 404
    assert (await ours.get("/v1/cases")).json()["cases"] == []
    assert (await ours.get("/v1/duties")).json()["duties"] == []
    assert {event["subject"] for event in (await ours.get("/v1/events")).json()["events"]} == {None}


async def test_an_absent_case_and_anothers_are_answered_alike(places: tuple[Client, Client, dict[str, Any]]) -> None:
    ours, _, told = places
    absent = "0d932f15-903f-4a47-adf5-e792858dc7ff"

    for path in ("/v1/cases/{}", "/v1/cases/{}/events", "/v1/cases/{}/duties"):
        theirs, none = await ours.get(path.format(told["case"])), await ours.get(path.format(absent))
        assert theirs.content == none.content
        assert _plain(theirs.headers) == _plain(none.headers)


async def test_an_absent_case_and_anothers_cost_the_same_statements(
    app: FastAPI, places: tuple[Client, Client, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, _, told = places
    await ours.get("/v1/cases/NOBODY")
    asked = []
    for case in (told["case"], "0d932f15-903f-4a47-adf5-e792858dc7ff"):
        recording = Recording(app.state.parts.database.app)
        with monkeypatch.context() as patched:
            patched.setattr(app.state.parts.database, "app", recording)
            await ours.get(f"/v1/cases/{case}")
        asked.append(recording.statements)

    assert asked[0] == asked[1]
    assert len(asked[0]) > 1


async def test_the_authoritys_own_stream_is_no_case(places: tuple[Client, Client, dict[str, Any]]) -> None:
    ours, theirs, _ = places
    for client, authority in ((ours, ours.authority), (ours, theirs.authority)):
        assert (await client.get(f"/v1/cases/{authority}")).status_code == 404
        assert (
            await client.post(f"/v1/cases/{authority}/events", item("visit_missed", "2025-04-10"))
        ).status_code == 404


async def test_the_same_reference_and_item_ids_mean_other_cases_and_facts_elsewhere(
    places: tuple[Client, Client, dict[str, Any]],
) -> None:
    ours, theirs, told = places
    same = registered("2025-03-04", names="Child Z")

    here = await ours.tell("CHILD-B", same)
    there = await theirs.tell("CHILD-C", same)

    assert here["case"] != told["case"]
    assert here["events"][0]["fact"] != there["events"][0]["fact"]


async def test_a_fact_of_another_authority_cannot_be_corrected_or_guessed(
    places: tuple[Client, Client, dict[str, Any]],
) -> None:
    ours, _, told = places
    await ours.tell("CHILD-A", registered())
    facts = (told["events"][0]["fact"], "0d932f15-903f-4a47-adf5-e792858dc7ff")

    answers = [
        await ours.post("/v1/cases/CHILD-A/events", item("event_voided", "2025-04-10", fact=fact, reason="No."))
        for fact in facts
    ]

    assert answers[0].content == answers[1].content


async def test_a_cursor_of_another_authority_opens_nothing(places: tuple[Client, Client, dict[str, Any]]) -> None:
    ours, theirs, _ = places
    await theirs.tell("CHILD-C", registered(), *asked_for("2025-04-10"))
    await theirs.advance("2025-04-10T19:00:00+00:00")
    link = (await theirs.get("/v1/cases", limit=1)).json()["next"]

    answer = await ours.http.get(link, headers={"authorization": f"Bearer {ours.token}"})

    assert answer.status_code == 422


def _plain(headers: Any) -> dict[str, str]:  # noqa: ANN401 - the client's own headers type
    return {name: value for name, value in headers.items() if name != "x-request-id"}


class Recording:
    """The application's connection, keeping every statement that is put to it."""

    def __init__(self, pool: Any) -> None:  # noqa: ANN401 - asyncpg ships no types
        self._pool = pool
        self.statements: list[str] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the pool has
        real = getattr(self._pool, name)
        if name not in {"fetch", "fetchrow", "fetchval", "execute"}:
            return real

        def recorded(statement: str, *rest: object) -> Any:  # noqa: ANN401 - passes on
            self.statements.append(statement)
            return real(statement, *rest)

        return recorded
