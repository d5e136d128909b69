"""What Temporal's own pages show, read where they read it: what each case waits for, and never who it is."""

import base64
import json
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx2
import pytest

from deploy.local.temporal import DevServer
from deploy.local.temporal_binary import NoTemporalError, acquired
from tests.read_models.world import Place, World
from tests.workflows.looking import BORN, NAME, REFERENCE, form_due_in, looks_no_more
from tests.workflows.running import eventually, timers
from tests.workflows.server import Server, free_port
from workflows import contracts
from workflows.contracts import Case, lifecycle_id

pytestmark = pytest.mark.xdist_group("temporal")


@pytest.fixture
async def with_pages(short_directory: Path) -> AsyncIterator[Server]:
    """A dev server that serves its pages too."""
    try:
        binary = await acquired(print)
    except NoTemporalError as error:
        pytest.skip(str(error))
    directory = short_directory / f"pages-{uuid4().hex[:8]}"
    directory.mkdir()
    file, log = directory / "db", directory / "log"
    server = Server(DevServer(binary, file, "127.0.0.1", free_port(), free_port(), log, durable=False))
    await server.start()
    yield server
    await server.stop()
    shutil.rmtree(directory)


Page = tuple[dict[str, Any], list[Any], str]
"""What describes a lifecycle, everything it says, and all that was sent."""


async def shown(http: httpx2.AsyncClient, workflow_id: str) -> Page | None:
    """The page of one lifecycle; None where the pages, or the worker that they ask, did not answer in time."""
    at = f"/api/v1/namespaces/default/workflows/{quote(workflow_id, safe='')}"
    described = await http.get(at)
    history = await http.get(f"{at}/history")
    asked = {"query": {"queryType": "__temporal_workflow_metadata"}}
    token = {"X-CSRF-TOKEN": http.cookies["_csrf"]}
    details = await http.post(f"{at}/query/__temporal_workflow_metadata", json=asked, headers=token)
    if any(each.is_server_error for each in (described, history, details)):
        return None
    answers = [each.raise_for_status().json() for each in (described, history, details)]
    said = [json.loads(each) for answer in answers for each in _payloads(answer)]
    return answers[0], said, json.dumps([answers, said])


def _payloads(value: Any) -> Iterator[bytes]:  # noqa: ANN401 - whatever JSON holds
    """Whatever Temporal keeps as a payload, opened."""
    if isinstance(value, dict) and isinstance(value.get("data"), str) and "metadata" in value:
        yield base64.b64decode(value["data"])
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _payloads(each)


async def test_each_page_says_what_the_case_waits_for_and_not_who_it_is(
    world: World, real: Place, place: Place, with_pages: Server
) -> None:
    client = await with_pages.client()
    url = f"http://127.0.0.1:{with_pages.server.ui_port}"
    near, due = await form_due_in(real, 3600)
    far, _ = await form_due_in(real, 20 * 24 * 3600)
    past, _ = await form_due_in(real, -40 * 24 * 3600)
    sandboxed = await place.child()
    cases = [Case(real.id, near), Case(real.id, far), Case(real.id, past), Case(place.id, sandboxed)]
    async with timers(world, client), httpx2.AsyncClient(base_url=url) as http:
        for case in cases:
            await eventually(lambda each=case: looks_no_more(world, client, each))  # type: ignore[misc]  # bound at once
        pages = [await eventually(lambda each=case: shown(http, lifecycle_id(each))) for case in cases]  # type: ignore[misc]  # bound at once

    day_begins_or_due = {f"{due.astimezone(UTC):%Y-%m-%d %H:%M} UTC", f"{due.astimezone(UTC):%Y-%m-%d} 00:00 UTC"}
    (described, said, _), later, nothing_to_come, still = pages
    assert "The alarm clock of one case" in said
    assert any("look the case up in Planclock" in str(each) for each in said)
    assert any(f"until {when}, the next date" in said for when in day_begins_or_due)
    assert any(f"Next date: **{when}**" in json.dumps(said) for when in day_begins_or_due)
    assert contracts.NEXT_DATE in described["workflowExecutionInfo"]["searchAttributes"]["indexedFields"]
    assert any("; looks again within seven days" in str(each) for each in later[1])
    assert any("no date is to come" in str(each) for each in nothing_to_come[1])
    assert "a sandbox: until its clock is moved, or news comes" in still[1]
    for _, _, everything in pages:
        for secret in (NAME, *NAME.split(), BORN, REFERENCE, "Aster", "STF-"):
            assert secret not in everything
