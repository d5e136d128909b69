"""Drafts tried on every case over HTTP: what they would change, who may ask, and what is said of one that is no use."""

from uuid import UUID, uuid4

import asyncpg
import httpx2
import pytest
from fastapi import FastAPI

from deploy.local.databases import Databases
from service.identity.roles import Role
from service.identity.signing import Signer
from tests.http.client import Client, registered
from tests.http.conftest import Sandbox
from tests.http.plans import asked_for, initial_conference
from tests.http.test_permissions import as_role

OWN = """
id = "northtown"
title = "A town's own"
version = "2"
source = "Its own"
extends = "staffordshire"

[[duty]]
id     = "STF-T21"
cite   = "Own procedure, 4"
title  = "Hold the first core group"
owner  = "team manager"
starts = { event = ["child_decision_made", "plan_started"], when = ["the_plan_began_with_this"] }
due    = { working_days = 9, after = "conference_date" }
met_by = { event = "core_group_meeting_held" }
each   = "plan"
"""
SIMULATIONS = "/v1/policies/simulations"


@pytest.fixture
async def place(sandbox: Sandbox) -> Client:
    """A sandbox with a child on a plan."""
    client = await sandbox("2025-03-10T18:00:00+00:00")
    await client.tell("CHILD-A", registered(), *asked_for("2025-03-03"), *initial_conference("2025-03-10"))
    return client


async def test_a_draft_says_what_it_would_change_and_changes_nothing(place: Client) -> None:
    before = (await place.get("/v1/cases/CHILD-A/duties")).content
    answer = await place.post(SIMULATIONS, {"policy": "northtown", "pack": OWN})

    batch = answer.json()
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/batches/{batch['id']}"
    assert (batch["kind"], batch["what"], batch["state"]) == ("policy_tried", "northtown 2", "done")
    assert (batch["cases"], batch["done"], batch["changed"], batch["failed"]) == (1, 1, 1, 0)
    assert batch["changes"] == [{"about": "duty", "rule": "STF-T21", "number": 1}]
    assert (await place.get("/v1/cases/CHILD-A/duties")).content == before
    assert (await place.get(f"/v1/batches/{batch['id']}")).json() == batch
    assert (await place.get("/v1/batches")).json() == {"batches": [batch]}


async def test_each_case_is_shown_with_its_dates_before_and_after_and_the_look_is_recorded(
    place: Client, databases: Databases
) -> None:
    batch = (await place.post(SIMULATIONS, {"policy": "northtown", "pack": OWN})).json()
    case = (await place.get("/v1/cases/CHILD-A")).json()["case"]

    shown = (await place.get(f"/v1/batches/{batch['id']}/cases")).json()

    change = {"about": "duty", "rule": "STF-T21", "before": "due 2025-03-24, open", "after": "due 2025-03-21, open"}
    assert shown["cases"] == [{"case": case, "outcome": "changed", "changes": [change]}]
    assert shown["next"] is None
    connection = await asyncpg.connect(databases.admin_dsn)
    purposes = await connection.fetch("select purpose from es.access where case_id = $1", UUID(case))
    await connection.close()
    assert "list_cases_of_batch" in {row["purpose"] for row in purposes}


async def test_a_pack_this_build_carries_is_tried_by_its_name_from_a_day(place: Client) -> None:
    today = {"policy": "stockport", "effective_from": "2025-03-03"}
    later = {"policy": "stockport", "effective_from": "2025-06-01"}

    at_once = (await place.post(SIMULATIONS, today)).json()
    to_come = (await place.post(SIMULATIONS, later)).json()
    recalculated = (await place.post(SIMULATIONS, {**later, "recalculates_open": True})).json()

    assert (at_once["changed"], to_come["changed"]) == (1, 0)
    assert recalculated["recalculates_open"] is True
    assert to_come["assessed_at"].startswith("2025-05-31T23:00:00")


async def test_pages_of_cases_follow_one_another(place: Client) -> None:
    for child in ("CHILD-B", "CHILD-C"):
        meeting = f"ICPC-{child}"
        told = [*asked_for("2025-03-03", meeting), *initial_conference("2025-03-10", meeting)]
        await place.tell(child, registered(), *told)
    batch = (await place.post(SIMULATIONS, {"policy": "northtown", "pack": OWN})).json()

    seen: list[str] = []
    path: str | None = f"/v1/batches/{batch['id']}/cases?limit=2"
    while path is not None:
        page = (await place.get(path)).json()
        seen += [each["case"] for each in page["cases"]]
        path = page["next"]

    assert len(seen) == len(set(seen)) == 3


@pytest.mark.parametrize(
    "sent, pointer, says",
    [
        ({"policy": "nowhere"}, "/policy", "No policy can be in force by that name"),
        ({"policy": "lifecycle"}, "/policy", "No policy can be in force by that name"),
        ({"policy": "staffordshire", "pack": OWN}, "/policy", "give yours another"),
        ({"policy": "northtown", "pack": "id ="}, "/pack", "northtown.toml: not TOML"),
        ({"policy": "northtown", "pack": OWN.replace("plan_started", "plan_startd")}, "/pack", "perhaps plan_started"),
        ({"policy": "northtown", "pack": OWN.replace("working_days", "moons")}, "/pack", "count in "),
        ({"policy": "northtown", "pack": OWN, "effective_from": "yesterday"}, "/effective_from", "date"),
        ({"policy": "northtown", "pack": OWN, "sinse": "2025-03-03"}, "/sinse", ""),
    ],
)
async def test_a_draft_that_is_no_use_is_refused_with_what_to_write_instead(
    place: Client, sent: dict[str, str], pointer: str, says: str
) -> None:
    answer = await place.post(SIMULATIONS, sent)

    assert answer.status_code == 422
    (error, *_) = answer.json()["errors"]
    assert error["pointer"] == pointer
    assert says in error["message"]
    assert (await place.get("/v1/batches")).json() == {"batches": []}


async def test_a_day_before_the_calendar_begins_is_out_of_reach(place: Client) -> None:
    answer = await place.post(SIMULATIONS, {"policy": "stockport", "effective_from": "1989-12-31"})

    assert answer.status_code == 422
    assert "runs from 1990-01-01 to 2070-12-31" in answer.json()["detail"]


async def test_nobody_is_at_one_that_is_done(place: Client) -> None:
    batch = (await place.post(SIMULATIONS, {"policy": "stockport"})).json()

    paused = await place.post(f"/v1/batches/{batch['id']}/pause", None)
    resumed = await place.post(f"/v1/batches/{batch['id']}/resume", None)

    assert (paused.status_code, paused.json()["detail"]) == (409, "Nobody is at it: it is done.")
    assert (resumed.status_code, resumed.json()["detail"]) == (409, "It is done.")


async def test_another_authority_has_no_such_batch(place: Client, sandbox: Sandbox) -> None:
    batch = (await place.post(SIMULATIONS, {"policy": "stockport"})).json()
    other = await sandbox()

    for path in (f"/v1/batches/{batch['id']}", f"/v1/batches/{batch['id']}/cases", f"/v1/batches/{uuid4()}"):
        assert (await other.get(path)).status_code == 404
    for word in ("pause", "resume"):
        assert (await other.post(f"/v1/batches/{batch['id']}/{word}", None)).status_code == 404


async def test_a_head_of_service_may_try_a_draft_and_an_administrator_of_systems_may_not(
    app: FastAPI, place: Client, signer: Signer, http: httpx2.AsyncClient
) -> None:
    assert app.openapi()["paths"][SIMULATIONS]["post"]["summary"].startswith("Try a draft on every case")
    asked = {"policy": "stockport"}

    assert (await as_role(place, signer, Role.HEAD_OF_SERVICE).post(SIMULATIONS, asked)).status_code == 201
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.SOCIAL_WORKER, Role.PERFORMANCE_ANALYST):
        assert (await as_role(place, signer, role).post(SIMULATIONS, asked)).status_code == 403
    assert (await http.post(SIMULATIONS, json=asked)).status_code == 401
