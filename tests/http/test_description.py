"""The description of the API is true: examples are accepted, and whatever it allows is answered as it says."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import schemathesis
import uvicorn
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import CHECKS
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.schemas import BaseSchema

from service.api.problems import Kind
from service.app import create_app
from service.identity.roles import Role, Scope
from service.identity.signing import Signer
from service.settings import Settings
from tests.http.client import registered
from tests.http.conftest import NOW

EXAMPLES = 8
"""How many requests are made up for each operation and each way of making them up."""

BEYOND_THE_SCHEMA = "positive_data_acceptance"
"""The one check left out: what the schema allows may still make no sense, a date to come for instance, and is 422."""


@pytest.fixture(scope="module")
def served(settings: Settings) -> Iterator[str]:
    """The API behind a real server, for a client that is not asynchronous."""
    app = create_app(settings, clock=lambda: NOW)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def token(served: str, signer: Signer) -> str:
    """An integration client's, of a sandbox with a case in it; it may make sandboxes too."""
    founder = signer.sign(uuid4(), "founder", [Role.INTEGRATION_CLIENT], [Scope.CREATE_SANDBOXES])
    asked = {"policy": "staffordshire", "now": "2025-03-03T09:00:00+00:00"}
    made = httpx2.post(f"{served}/v1/sandbox", json=asked, headers={"authorization": f"Bearer {founder}"}).json()
    token = str(made["token"])
    told = httpx2.post(
        f"{served}/v1/cases/CHILD-A/events", json=registered(), headers={"authorization": f"Bearer {token}"}
    )
    assert told.status_code == 201
    return token


@pytest.fixture(scope="module")
def described(served: str) -> BaseSchema:
    """The description, as a generated client would read it."""
    return schemathesis.openapi.from_url(f"{served}/openapi.json")


Change = Callable[[Any], Any]


def as_made_up(body: Any) -> Any:  # noqa: ANN401 - whatever was made up
    """The body as it was made up."""
    return body


def as_it_might_have_happened(body: Any) -> Any:  # noqa: ANN401 - whatever was made up
    """Items that say when they happened, under ids of their own, so that they get past the door."""
    for item in body if isinstance(body, list) else [body]:
        if isinstance(item, dict) and "source" in item:
            item.pop("occurred_at", None)
            item.pop("reported", None)
            item |= {"occurred_on": "2025-03-03", "id": str(uuid4()), "depends_on": []}
            if "basis" in item:
                item["basis"] = "here"
    return body


@pytest.mark.parametrize(
    "mode, change",
    [
        (GenerationMode.POSITIVE, as_made_up),
        (GenerationMode.POSITIVE, as_it_might_have_happened),
        (GenerationMode.NEGATIVE, as_made_up),
    ],
)
def test_whatever_is_sent_is_answered_as_described(
    described: BaseSchema, token: str, mode: GenerationMode, change: Change
) -> None:
    left_out: list[Any] = [CHECKS.get_one(BEYOND_THE_SCHEMA)]
    for result in described.get_all_operations():
        assert isinstance(result, Ok)
        operation = result.ok()

        @bounded(
            max_examples=EXAMPLES if operation.body or any(operation.iter_parameters()) else 1,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def answered_as_described(case: schemathesis.Case[Any]) -> None:
            case.body = change(case.body)
            case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, excluded_checks=left_out)

        with suppress(Unsatisfiable):  # a route without parameters cannot be called wrongly
            answered_as_described()


async def test_every_body_has_an_example_of_every_type_and_each_is_valid(app: FastAPI) -> None:
    described = app.openapi()
    types = {entry.name for entry in app.state.parts.cases.catalogue.types.values() if entry.told_by_callers}

    for path in ("/v1/cases/{case}/events", "/v1/events"):
        examples = described["paths"][path]["post"]["requestBody"]["content"]["application/json"]["examples"]
        assert examples.keys() == types
        for example in examples.values():
            app.state.parts.cases.catalogue.told.validate_python(example["value"], strict=False)


async def test_the_description_is_openapi_3_1_and_names_every_problem(app: FastAPI) -> None:
    described = app.openapi()

    assert described["openapi"] == "3.1.0"
    types = described["components"]["schemas"]["Problem"]["properties"]["type"]["examples"]
    assert types == [f"urn:planclock:problem:{kind.slug}" for kind in Kind]
    assert _named(described) <= described["components"]["schemas"].keys()


async def test_every_operation_has_a_name_of_its_own_and_every_answer_a_shape(app: FastAPI) -> None:
    operations = [operation for methods in app.openapi()["paths"].values() for operation in methods.values()]

    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))
    for operation in operations:
        for status, answer in operation["responses"].items():
            assert answer["description"], (operation["operationId"], status)
            assert all(content["schema"] for content in answer["content"].values()), operation["operationId"]


def _named(part: Any) -> set[str]:  # noqa: ANN401 - any part of the description
    """The schemas that a part of the description refers to."""
    if isinstance(part, list):
        return {name for each in part for name in _named(each)}
    if not isinstance(part, dict):
        return set()
    own = {part["$ref"].rpartition("/")[2]} if isinstance(part.get("$ref"), str) else set()
    return own | {name for each in part.values() for name in _named(each)}
