"""Every route by every role at every tenant: who may do what is one table, and this walks all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from service.api.callers import Needs
from service.identity.roles import PERMITTED, STRENGTH, Permission, Role, Scope
from service.identity.signing import Signer
from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import asked_for, ended, forbidden_ending

OPEN = {"healthz", "readyz", "metrics", "show_policies", "show_policy", "show_comparison", "show_calls"} | {
    "show_event_types"
}
"""The routes that ask for no token: they tell nothing about anybody, nor of any authority."""


@dataclass(frozen=True)
class Call:
    """How one route is called about the case of a sandbox."""

    method: str
    path: str
    body: Any = None


CALLS = {
    "tell_case": Call("POST", "/v1/cases/CHILD-A/events", []),
    "tell_cases": Call("POST", "/v1/events", []),
    "read_case": Call("GET", "/v1/cases/CHILD-A"),
    "read_duties_of_case": Call("GET", "/v1/cases/CHILD-A/duties"),
    "read_notices_of_case": Call("GET", "/v1/cases/CHILD-A/notices"),
    "read_copy_of_notice": Call("GET", "/v1/cases/CHILD-A/notices/STF-T32/copy"),
    "send_notice": Call("POST", "/v1/cases/CHILD-A/notices/STF-T32/send", {}),
    "list_notices": Call("GET", "/v1/notices"),
    "list_authorities": Call("GET", "/v1/authorities"),
    "read_history": Call("GET", "/v1/cases/CHILD-A/events"),
    "read_meeting": Call("GET", "/v1/meetings/ICPC-1"),
    "list_cases": Call("GET", "/v1/cases"),
    "list_duties": Call("GET", "/v1/duties"),
    "read_feed": Call("GET", "/v1/events"),
    "list_posts": Call("GET", "/v1/posts"),
    "tell_directory": Call("POST", "/v1/directory", []),
    "read_biannual_reports": Call("GET", "/v1/reports/biannual"),
    "list_event_types": Call("GET", "/v1/event-types"),
    "list_policies": Call("GET", "/v1/policies"),
    "read_policy": Call("GET", "/v1/policies/staffordshire"),
    "read_policy_page": Call("GET", "/v1/policies/staffordshire/page"),
    "simulate_policy": Call("POST", "/v1/policies/simulations", {}),
    "list_batches": Call("GET", "/v1/batches"),
    "read_batch": Call("GET", f"/v1/batches/{uuid4()}"),
    "list_cases_of_batch": Call("GET", f"/v1/batches/{uuid4()}/cases"),
    "pause_batch": Call("POST", "/v1/batches/no-batch/pause"),
    "resume_batch": Call("POST", "/v1/batches/no-batch/resume"),
    "make_sandbox": Call("POST", "/v1/sandbox", {}),
    "move_clock": Call("POST", "/v1/sandbox/clock", {}),
}
"""Every route that asks for a token, with the least that gets past permission: a body that is only then found wrong."""

PERSONAL = {
    "read_case",
    "read_duties_of_case",
    "read_history",
    "read_meeting",
    "read_notices_of_case",
    "read_copy_of_notice",
    "read_batch",
    "list_cases_of_batch",
}

ABSENT = {"read_copy_of_notice", "read_batch", "list_cases_of_batch"}
"""Routes called about what is not there."""


def routes(app: FastAPI) -> Iterator[APIRoute]:
    """Every route of ours."""
    for route in app.routes:
        if isinstance(route, APIRoute):
            yield route
        for inner in getattr(getattr(route, "original_router", None), "routes", ()):
            if isinstance(inner, APIRoute):
                yield inner


def needed(route: APIRoute) -> set[Permission]:
    """The permissions in a route's signature."""
    return {each.call.permission for each in route.dependant.dependencies if isinstance(each.call, Needs)}


async def test_every_route_says_in_its_signature_what_it_needs(app: FastAPI) -> None:
    named = {route.name: needed(route) for route in routes(app)}

    assert {name for name, permissions in named.items() if not permissions} == OPEN
    assert {name for name, permissions in named.items() if permissions} == CALLS.keys()


async def test_every_role_has_its_line_in_the_table() -> None:
    assert PERMITTED.keys() == set(Role) == set(STRENGTH)


@pytest.fixture
async def places(sandbox: Sandbox) -> tuple[Client, Client]:
    """Two sandboxes: one with a case and a meeting in it, and another's."""
    one, other = await sandbox(), await sandbox()
    await one.tell("CHILD-A", registered(), *asked_for("2025-03-03"))
    await one.advance("2025-03-03T10:00:00+00:00")
    return one, other


@pytest.mark.parametrize("role", Role)
async def test_a_role_is_let_through_exactly_where_the_table_says(
    app: FastAPI, places: tuple[Client, Client], signer: Signer, role: Role
) -> None:
    one, other = places
    for route in routes(app):
        if route.name in OPEN:
            continue
        (permission,) = needed(route)
        for place, here in ((one, True), (other, False)):
            answer = await call(place, signer.sign(UUID(place.authority), "somebody", [role]), CALLS[route.name])
            expected = _expected(permission, role, route.name, here=here)
            assert answer.status_code in expected, (role, route.name, here, answer.status_code, answer.text)


def _expected(permission: Permission, role: Role, route: str, *, here: bool) -> set[int]:
    """403 without the permission. With it: what is there is shown, and another authority's case is not there."""
    if permission not in PERMITTED[role]:
        return {403}
    if CALLS[route].method == "POST":
        return {422}
    return {200} if (here and route not in ABSENT) or route not in PERSONAL else {404}


async def test_nobody_gets_anywhere_without_a_token(http: httpx2.AsyncClient) -> None:
    for name, each in CALLS.items():
        answer = await http.request(each.method, each.path, json=each.body)
        assert answer.status_code == 401, name
        assert answer.headers["www-authenticate"] == "Bearer"


async def test_an_authority_that_does_not_exist_gets_nowhere(http: httpx2.AsyncClient, signer: Signer) -> None:
    token = signer.sign(uuid4(), "somebody", [Role.INTEGRATION_CLIENT])

    for name, each in CALLS.items():
        answer = await call(Client(http, token), token, each)
        assert answer.status_code == 403, name


async def test_only_integration_clients_open_cases_and_choose_references(
    places: tuple[Client, Client], signer: Signer
) -> None:
    one, _ = places
    worker = as_role(one, signer, Role.SOCIAL_WORKER)

    opened = await worker.post("/v1/cases/CHILD-B/events", registered())
    named = await worker.post("/v1/cases/CHILD-A/events", item("case_reference_added", "2025-03-03", reference="R"))

    assert (opened.status_code, named.status_code) == (404, 403)


async def test_who_may_only_tell_facts_takes_no_decision(places: tuple[Client, Client], signer: Signer) -> None:
    one, _ = places
    for role, status in ((Role.SOCIAL_WORKER, 403), (Role.CONFERENCE_ADMINISTRATOR, 403), (Role.CONFERENCE_CHAIR, 409)):
        answer = await as_role(one, signer, role).post("/v1/cases/CHILD-A/events", forbidden_ending("2025-03-03"))
        assert answer.status_code == status, role


async def test_who_may_not_take_a_decision_may_not_void_one(places: tuple[Client, Client], signer: Signer) -> None:
    one, _ = places
    reported = {"source": "Minutes", "decider": "Chair 1", "date": "2025-03-03"}
    told = await one.tell("CHILD-A", ended("2025-03-03", ground="deceased", basis="reported", reported=reported))
    void = item("event_voided", "2025-03-03", fact=told["events"][0]["fact"], reason="Not so.")

    assert (await as_role(one, signer, Role.SOCIAL_WORKER).post("/v1/cases/CHILD-A/events", void)).status_code == 403


async def test_what_was_decided_elsewhere_needs_a_scope_of_its_own(
    places: tuple[Client, Client], signer: Signer
) -> None:
    one, _ = places
    reported = {"source": "Minutes", "decider": "Chair 1", "date": "2025-03-03"}
    ending = ended("2025-03-03", ground="deceased", basis="reported", reported=reported)
    imported = {**registered(), "historical_import": True}

    for told in (ending, imported):
        without = await as_role(one, signer, Role.CONFERENCE_CHAIR).post("/v1/cases/CHILD-A/events", told)
        with_it = await as_role(one, signer, Role.CONFERENCE_CHAIR, Scope.REPORT_DECISIONS).post(
            "/v1/cases/CHILD-A/events", told
        )
        assert (without.status_code, with_it.status_code) == (403, 201)


async def test_a_system_names_the_person_who_decided(places: tuple[Client, Client], signer: Signer) -> None:
    one, _ = places
    system = as_role(one, signer, Role.INTEGRATION_CLIENT)
    person = {"role": "conference_chair", "person": "Chair 1"}

    alone = await system.post("/v1/cases/CHILD-A/events", forbidden_ending("2025-03-03"))
    for_somebody = await system.post("/v1/cases/CHILD-A/events", ended("2025-03-03", decided_by=person))

    assert (alone.status_code, alone.json()["errors"][0]["pointer"]) == (422, "/decided_by")
    assert for_somebody.status_code == 409


async def test_only_a_head_of_service_sets_a_rule_aside(places: tuple[Client, Client], signer: Signer) -> None:
    one, _ = places
    override = {"rule": "STF-R65", "reason": "The court ordered it.", "authoriser": "Head 1"}
    ending = ended("2025-03-03", override=override)

    chair = await as_role(one, signer, Role.CONFERENCE_CHAIR).post("/v1/cases/CHILD-A/events", ending)
    head = await as_role(one, signer, Role.HEAD_OF_SERVICE).post("/v1/cases/CHILD-A/events", ending)

    assert (chair.status_code, head.status_code) == (403, 409)


async def test_the_strongest_role_stands_in_the_record(places: tuple[Client, Client], signer: Signer) -> None:
    one, _ = places
    token = signer.sign(UUID(one.authority), "worker-7", [Role.SOCIAL_WORKER, Role.TEAM_MANAGER])

    await Client(one.http, token).tell("CHILD-A", item("visit_missed", "2025-03-03"))

    *_, last = (await one.get("/v1/cases/CHILD-A/events")).json()["events"]
    assert last["recorded_by"] == {"subject": "worker-7", "role": "team_manager"}


def as_role(place: Client, signer: Signer, role: Role, *scopes: Scope) -> Client:
    """Somebody of that role at the same authority."""
    return Client(place.http, signer.sign(UUID(place.authority), role.value, [role], scopes))


async def call(client: Client, token: str, each: Call) -> httpx2.Response:
    """Make a call with a token."""
    headers = {"authorization": f"Bearer {token}"}
    return await client.http.request(each.method, each.path, json=each.body, headers=headers)
