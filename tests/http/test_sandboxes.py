"""Sandboxes and their clocks."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import httpx2
from fastapi import FastAPI

from service.app import create_app
from service.identity.roles import Role, Scope
from service.identity.signing import Signer
from service.settings import Settings
from tests.http.client import Client, registered
from tests.http.conftest import NOW, Sandbox
from tests.http.plans import asked_for, on_a_plan


async def test_a_sandbox_has_an_authority_a_token_and_a_time_of_its_own(founder: Client) -> None:
    answer = await founder.post("/v1/sandbox", {"policy": "staffordshire", "now": "2025-03-03T09:00:00+00:00"})

    assert answer.status_code == 201
    made = answer.json()
    assert made["now"] == "2025-03-03T09:00:00Z"
    client = Client(founder.http, made["token"], made["authority"])
    assert (await client.get("/v1/policies")).json()["policies"][0]["id"] == "staffordshire"


async def test_making_one_needs_the_scope(founder: Client, signer: Signer) -> None:
    client = Client(founder.http, signer.sign(uuid4(), "somebody", [Role.INTEGRATION_CLIENT]))

    answer = await client.post("/v1/sandbox", {"policy": "staffordshire", "now": "2025-03-03T09:00:00+00:00"})

    assert answer.status_code == 403


async def test_a_policy_nobody_has_and_a_time_no_calendar_reaches_are_refused(founder: Client) -> None:
    unknown = await founder.post("/v1/sandbox", {"policy": "atlantis", "now": "2025-03-03T09:00:00+00:00"})
    base = await founder.post("/v1/sandbox", {"policy": "lifecycle", "now": "2025-03-03T09:00:00+00:00"})
    early = await founder.post("/v1/sandbox", {"policy": "staffordshire", "now": "1950-01-01T00:00:00+00:00"})

    assert [answer.status_code for answer in (unknown, base, early)] == [422, 422, 422]
    assert "staffordshire" in unknown.json()["errors"][0]["message"]
    assert early.json()["type"] == "urn:planclock:problem:out-of-reach"


async def test_the_clock_stands_still_between_calls(sandbox: Sandbox) -> None:
    client = await sandbox()

    assert (await client.get("/v1/cases")).json()["now"] == (await client.get("/v1/cases")).json()["now"]


async def test_everything_due_on_the_way_is_said_in_order_at_its_own_instant(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")

    moved = await client.advance("2026-04-10T09:00:00+01:00")

    assert moved["now"] == "2026-04-10T08:00:00Z"
    assert moved["announced"] > 10
    history = (await client.get("/v1/cases/CHILD-A/events", limit=500)).json()["events"]
    said = [event for event in history if event["type"] == "duty_announced"]
    instants = [datetime.fromisoformat(event["recorded_at"]) for event in said]
    assert instants == sorted(instants)
    for event, instant in zip(said, instants, strict=True):
        data = event["data"]
        due = data.get("due_on") or data.get("due_at")
        if due and data["said"] == "due":
            assert instant.date().isoformat() in {due[:10], _day_before(due[:10])}


async def test_moving_to_where_it_stands_is_no_error(sandbox: Sandbox) -> None:
    client = await sandbox()

    assert (await client.advance("2025-03-03T09:00:00+00:00"))["now"] == "2025-03-03T09:00:00Z"


async def test_a_clock_only_goes_forward(sandbox: Sandbox) -> None:
    client = await sandbox()

    answer = await client.post("/v1/sandbox/clock", {"advance_to": "2025-03-02T09:00:00+00:00"})

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:planclock:problem:clock-goes-forward"


async def test_a_date_beyond_the_calendar_is_refused_saying_which(sandbox: Sandbox) -> None:
    client = await sandbox()

    answer = await client.post("/v1/sandbox/clock", {"advance_to": "2080-01-01T00:00:00+00:00"})

    assert answer.status_code == 422
    assert "england-" in answer.json()["detail"]


async def test_each_step_is_an_event_of_the_authority(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.advance("2025-03-04T09:00:00+00:00")
    await client.advance("2025-03-05T09:00:00+00:00")

    types = [event["type"] for event in (await client.get("/v1/events")).json()["events"]]

    assert types == ["authority_created", "policy_activated", "calendar_activated", "clock_advanced", "clock_advanced"]


async def test_the_lists_have_caught_up_once_the_clock_has_moved(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered(), *asked_for("2025-03-03"))

    moved = await client.advance("2025-03-05T09:00:00+00:00")

    page = (await client.get("/v1/duties")).json()
    assert page["position"] == moved["position"]
    assert "STF-T01" in {duty["id"] for duty in page["duties"] if duty["status"] == "missed"}


async def test_sandboxes_that_join_share_one_clock_and_move_together(sandbox: Sandbox) -> None:
    one = await sandbox()
    other = await sandbox(join=one.token)
    await other.tell("CHILD-B", registered(), *asked_for("2025-03-03"))

    await one.advance("2025-03-05T09:00:00+00:00")

    assert (await other.get("/v1/cases")).json()["now"] >= "2025-03-05T09:00:00Z"
    history = (await other.get("/v1/cases/CHILD-B/events")).json()["events"]
    assert "duty_announced" in {event["type"] for event in history}
    types = [event["type"] for event in (await other.get("/v1/events")).json()["events"]]
    assert types[-1] == "clock_advanced"


async def test_only_another_sandboxs_token_can_be_joined(founder: Client) -> None:
    asked = {"policy": "staffordshire", "now": "2025-03-03T09:00:00+00:00"}

    for token in ("no token", founder.token):
        answer = await founder.post("/v1/sandbox", {**asked, "join": token})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/join"


async def test_a_real_authority_has_no_clock_to_move(app: FastAPI, http: httpx2.AsyncClient, signer: Signer) -> None:
    real = uuid4()
    await app.state.parts.sandboxes.procedures.open_authority(real, name="Example", pack="staffordshire")
    client = Client(http, signer.sign(real, "system", [Role.INTEGRATION_CLIENT]), str(real))

    answer = await client.post("/v1/sandbox/clock", {"advance_to": "2030-01-01T00:00:00+00:00"})

    assert answer.status_code == 403


async def test_after_patience_ends_the_same_call_goes_on_from_there(sandbox: Sandbox, settings: Settings) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    target = {"advance_to": "2025-08-01T09:00:00+01:00"}
    impatient = create_app(settings, clock=lambda: NOW, patience=timedelta(0))
    async with impatient.router.lifespan_context(impatient):
        transport = httpx2.ASGITransport(impatient)
        async with httpx2.AsyncClient(transport=transport, base_url="http://planclock.test") as http:
            first = await Client(http, client.token).post("/v1/sandbox/clock", target)

    second = await client.post("/v1/sandbox/clock", target)

    assert (first.status_code, second.status_code) == (202, 200)
    assert first.json()["outstanding"]["clock"]["advance_to"] == "2025-08-01T08:00:00Z"
    assert "2025-04-10T18:00:00Z" < first.json()["now"] < second.json()["now"] == "2025-08-01T08:00:00Z"


async def test_a_sandboxs_scopes_let_it_act_for_anyone(sandbox: Sandbox, app: FastAPI) -> None:
    client = await sandbox()

    caller, _ = await app.state.parts.tokens.verify(client.token)

    assert caller.authority == UUID(client.authority)
    assert caller.scopes == {Scope.REPORT_DECISIONS, Scope.ACT_FOR_ANYONE}


def _day_before(day: str) -> str:
    return (datetime.fromisoformat(day) - timedelta(days=1)).date().isoformat()
