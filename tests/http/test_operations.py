"""Health, metrics and logs: they say how things are, and nothing about anybody."""

import ast
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import pytest
import structlog
from fastapi import FastAPI

from service.app import create_app
from service.logs import ALLOWED, configure, only_allowed
from service.settings import Settings
from tests.http.client import item, registered
from tests.http.conftest import NOW, Sandbox
from tests.http.plans import forbidden_ending

NAME, BORN, REFERENCE = "Kestrel Oakfield", "2011-12-13", "OAK-4711"


async def test_healthz_touches_nothing(settings: Settings) -> None:
    app = create_app(settings, clock=lambda: NOW)
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://planclock.test") as never_started:
        assert (await never_started.get("/healthz")).json() == {"alive": True}


async def test_readyz_says_in_plain_words_that_timers_are_not_running(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/readyz")

    assert answer.status_code == 200
    ready = answer.json()
    assert ready["database"]["ready"] is True
    assert ready["timers"]["running"] is False
    assert "Timers are not running: TEMPORAL_ADDRESS is not set" in ready["timers"]["says"]


async def test_readyz_says_how_far_the_lists_are_behind(http: httpx2.AsyncClient, sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered())

    behind = (await http.get("/readyz")).json()["lists"]
    counted = (await http.get("/metrics")).text

    assert behind["behind_events"] >= 4
    assert f"planclock_lists_behind_events {float(behind['behind_events'])}" in counted


@pytest.fixture
async def lost(settings: Settings) -> AsyncIterator[FastAPI]:
    """An API that has lost its database."""
    app = create_app(settings, clock=lambda: NOW)
    async with app.router.lifespan_context(app):
        await app.state.parts.database.app.close()
        yield app


async def test_without_its_database_it_is_not_ready_and_says_so(lost: FastAPI) -> None:
    transport = httpx2.ASGITransport(lost)
    async with httpx2.AsyncClient(transport=transport, base_url="http://planclock.test") as http:
        answer = await http.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["database"] == {"ready": False, "says": "It does not answer."}


async def test_metrics_count_by_route_template(http: httpx2.AsyncClient, sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell(REFERENCE, registered(names=NAME, dob=BORN))

    counted = (await http.get("/metrics")).text

    assert 'planclock_requests_total{method="POST",route="/v1/cases/{case}/events",status="201"}' in counted
    for personal in (*NAME.split(), BORN, REFERENCE, client.authority):
        assert personal not in counted


@pytest.fixture
def as_configured() -> object:
    """Logging as the `api` command sets it up, put back afterwards."""
    before = structlog.get_config()
    configure("json", "debug")
    yield before
    structlog.configure(**before)


async def test_no_log_line_names_anybody_or_repeats_an_address(
    sandbox: Sandbox, as_configured: object, capfd: pytest.CaptureFixture[str]
) -> None:
    client = await sandbox()
    await client.tell(REFERENCE, registered(names=NAME, dob=BORN))
    await client.post(f"/v1/cases/{REFERENCE}/events", forbidden_ending("2025-03-03"))
    await client.post(f"/v1/cases/{REFERENCE}/events", {**registered(names=NAME, dob=BORN), "shoe": NAME})
    await client.get(f"/v1/cases/{REFERENCE}", known_at="2025-03-03")
    await client.get("/v1/cases", team=NAME)
    await client.http.get(f"/{NAME}/{BORN}", headers={"x-request-id": NAME})

    written = "".join(capfd.readouterr())

    lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    assert len([line for line in lines if line["event"] == "request"]) == 7
    assert {name for line in lines for name in line} <= ALLOWED
    assert "/v1/cases/{case}" in {line.get("route") for line in lines}
    for personal in (*NAME.split(), BORN, REFERENCE):
        assert personal not in written
    assert as_configured


def test_whatever_our_code_gives_a_log_line_may_stand_in_it() -> None:
    given = {name for folder in ("events", "workflows", "service") for name in fields_given(Path(folder))}

    assert {"authority", "seconds"} <= given <= ALLOWED


def fields_given(folder: Path) -> Iterator[str]:
    """The names under which the code of a folder gives its log lines what they say."""
    for file in folder.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("_log."):
                yield from (each.arg for each in call.keywords if each.arg is not None)


async def test_a_fault_of_ours_is_a_500_without_a_trace_and_logged_without_its_words(
    app: FastAPI, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, as_configured: object,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    client = await sandbox()

    async def fails(*_: object, **__: object) -> None:
        raise RuntimeError(f"no such child: {NAME}")

    monkeypatch.setattr(app.state.parts.cases.log, "resolve", fails)
    answer = await client.post("/v1/cases/CHILD-A/events", registered(names=NAME))

    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:planclock:problem:internal"
    written = "".join(capfd.readouterr())
    assert '"error": "RuntimeError"' in written
    assert NAME not in answer.text + written
    assert as_configured


async def test_an_api_that_cannot_start_says_why(
    settings: Settings, as_configured: object, capfd: pytest.CaptureFixture[str]
) -> None:
    nowhere = type(settings.database_url)("postgresql://planclock@127.0.0.1:1/log")
    app = create_app(settings.model_copy(update={"database_url": nowhere}), clock=lambda: NOW)

    with pytest.raises(OSError, match="Connect call failed"):
        await app.router.lifespan_context(app).__aenter__()

    written = "".join(capfd.readouterr())
    assert '"event": "cannot_start"' in written
    assert "Connect call failed" in written
    assert as_configured


async def test_a_request_id_is_taken_over_when_it_can_name_nobody(http: httpx2.AsyncClient) -> None:
    own = "0d932f15-903f-4a47-adf5-e792858dc7ff"

    kept = await http.get("/healthz", headers={"x-request-id": own})
    replaced = await http.get("/healthz", headers={"x-request-id": NAME})

    assert kept.headers["x-request-id"] == own
    assert len(replaced.headers["x-request-id"]) == 36


async def test_a_field_that_is_not_allowed_is_dropped_and_named() -> None:
    assert only_allowed(None, "info", {"event": "request", "names": NAME}) == {"event": "request", "dropped": ["names"]}


async def test_every_answer_says_which_build_gave_it(sandbox: Sandbox) -> None:
    client = await sandbox()
    answers = [
        await client.get("/healthz"),
        await client.get("/v1/cases/NOBODY"),
        await client.post("/v1/cases/CHILD-A/events", item("child_seen", "2025-03-03")),
    ]

    assert {answer.headers["planclock-build"] for answer in answers} == {answers[0].headers["planclock-build"]}
