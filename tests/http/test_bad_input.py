"""Bad input: each gets a problem of a stable type, a place and a sentence, and nothing of it is kept or repeated."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import forbidden_ending

NAME, BORN = "Kestrel Oakfield", "2011-12-13"
"""A made-up child whose name and birthday must come back in no answer."""


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[Client]:
    """A sandbox with one case; afterwards nothing more must be in it."""
    client = await sandbox()
    await client.tell("CHILD-A", registered())
    yield client
    assert len((await client.get("/v1/events")).json()["events"]) == 4


def told(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - anything may be sent
    """A registration with something wrong about it."""
    whole = {**registered(names=NAME, dob=BORN), **changed}
    return {name: value for name, value in whole.items() if value is not None}


def data(**changed: object) -> dict[str, Any]:
    """A registration with something wrong in its data."""
    return told(data={"names": NAME, "dob": BORN, **changed})


SEEN: dict[str, Any] = {"by_sw": True, "spoken_to": True}

WRONG: dict[str, tuple[Any, str]] = {
    "an unknown type": (told(type="child_befriended"), "/type"),
    "no type": (told(type=None), "/type"),
    "a type that is an announcement": (told(type="duty_announced"), "/type"),
    "an unknown field of the data": (data(shoe_size=30), "/data/shoe_size"),
    "an unknown field of the item": (told(priority="high"), "/priority"),
    "no source": (told(source=None), "/source"),
    "an empty id": (told(id=""), "/id"),
    "an id too long": (told(id="x" * 101), "/id"),
    "our own source": (told(source="planclock"), "/source"),
    "no data": (told(data=None), "/data"),
    "data that is a list": (told(data=[1]), "/data"),
    "a wrong enum": (data(sex="unspecified"), "/data/sex"),
    "text for a number": (told(type="core_group_meeting_held", data={"seq": "one"}), "/data/seq"),
    "a number for text": (data(school=7), "/data/school"),
    "text for a truth": (item("child_seen", "2025-03-03", **{**SEEN, "alone": "yes"}), "/data/alone"),
    "a date that does not exist": (told(occurred_on="2025-02-30"), "/occurred_on"),
    "a date written otherwise": (told(occurred_on="03/03/2025"), "/occurred_on"),
    "a date in the future": (told(occurred_on="2025-03-04"), "/occurred_on"),
    "a date long ago": (data(dob="0001-01-01"), "/data/dob"),
    "a birth in the future": (data(dob="2025-03-04"), "/data/dob"),
    "an instant in the future": (item("child_seen", "2025-03-03T09:00:01+00:00", **SEEN), "/occurred_at"),
    "a naive instant": (item("child_seen", "2025-03-03T08:00:00", **SEEN), "/occurred_at"),
    "neither date nor instant": (told(occurred_on=None), ""),
    "both date and instant": (told(occurred_at="2025-03-03T08:00:00+00:00"), ""),
    "an end before a start": (
        item(
            "review_conference_held",
            "2025-03-03",
            "RCPC-1",
            report_period={"start": "2025-03-02", "end": "2025-03-01"},
        ),
        "/data/report_period",
    ),
    "a wrong unit": (item("unborn_risk_identified", "2025-03-03", gestation={"months": 6}), "/data/gestation"),
    "a decision without its basis": (told(type="plan_ended", data={"ground": "deceased"}), "/basis"),
    "a reported decision without where": (forbidden_ending("2025-03-03") | {"basis": "reported"}, ""),
    "a cases list in one case's call": (told(cases=["CHILD-B"]), "/cases"),
    "a NUL in text": (data(school="Oak\x00field"), "/data/school"),
    "a control character in an id": (told(id="a\x1bb"), "/id"),
    "a hundred thousand characters": (data(school="x" * 100_000), "/data/school"),
    "a dependency that comes later": (told(depends_on=["nothing-of-that-id", "item-0"], id="item-0"), "/depends_on"),
    "a number for everything": (7, ""),
    "text for everything": (NAME, ""),
    "an empty list": ([], ""),
    "a list in a list": ([[told()]], "/0"),
}


@pytest.mark.parametrize("wrong", WRONG, ids=str)
async def test_it_makes_no_sense_and_says_where(client: Client, wrong: str) -> None:
    body, pointer = WRONG[wrong]

    answer = await client.post("/v1/cases/CHILD-A/events", body)

    assert answer.status_code == 422, answer.text
    assert_problem(answer, "invalid")
    places = [error["pointer"] for error in answer.json()["errors"]]
    assert any(place == pointer or place.startswith(f"{pointer}/") for place in places), places
    assert all(error["message"].endswith(".") for error in answer.json()["errors"])


RAW: dict[str, tuple[bytes, str, int, str]] = {
    "not JSON": (b'{"type": ', "application/json", 400, "not-json"),
    "nothing": (b"", "application/json", 400, "not-json"),
    "invalid UTF-8": (b'{"type": "\xff\xfe"}', "application/json", 400, "not-json"),
    "a lone surrogate": (b'{"type": "\\ud800"}', "application/json", 400, "not-json"),
    "a raw NUL": (b'{"type": "a\x00b"}', "application/json", 400, "not-json"),
    "UTF-16": ('{"type": "child_seen"}'.encode("utf-16"), "application/json", 400, "not-json"),
    "deep nesting": (b"[" * 10_000, "application/json", 400, "too-deep"),
    "deep nesting inside": (
        b'{"type":"event_corrected","data":{"data":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_002,
        "application/json",
        400,
        "too-deep",
    ),
    "two megabytes": (b'"' + b"x" * 2_000_000 + b'"', "application/json", 413, "too-large"),
    "XML": (b"<child/>", "application/xml", 415, "content-type"),
    "no content type": (b"{}", "", 415, "content-type"),
    "a form": (b"type=child_seen", "application/x-www-form-urlencoded", 415, "content-type"),
    "another character set": (b"{}", "application/json; charset=latin-1", 415, "content-type"),
    "not a number": (
        json.dumps({**registered(), "data": {"names": float("nan")}}).encode(),
        "application/json",
        422,
        "invalid",
    ),
}


@pytest.mark.parametrize("wrong", RAW, ids=str)
async def test_it_cannot_be_read_and_says_why(client: Client, wrong: str) -> None:
    body, content_type, status, kind = RAW[wrong]

    answer = await client.http.post(
        "/v1/cases/CHILD-A/events",
        content=body,
        headers={"authorization": f"Bearer {client.token}", **({"content-type": content_type} if content_type else {})},
    )

    assert answer.status_code == status, answer.text
    assert_problem(answer, kind)


async def test_a_body_sent_in_pieces_is_bounded_all_the_same(client: Client) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 50_000

    answer = await client.http.post(
        "/v1/events",
        content=pieces(),
        headers={"authorization": f"Bearer {client.token}", "content-type": "application/json"},
    )

    assert_problem(answer, "too-large")


async def test_ten_thousand_items_in_one_call_are_too_many(client: Client) -> None:
    small = {"source": "s", "id": "i", "type": "visit_missed", "occurred_on": "2025-03-03", "data": {}}

    answer = await client.post("/v1/cases/CHILD-A/events", [small] * 10_000)

    assert answer.status_code == 422
    assert "at most" in answer.text or "the most is" in answer.text


async def test_a_field_whose_name_might_be_a_persons_is_not_repeated(client: Client) -> None:
    answer = await client.post("/v1/cases/CHILD-A/events", data(**{NAME: True}))

    assert_problem(answer, "invalid")
    assert answer.json()["errors"] == [{"pointer": "/data", "message": "No field of this name belongs here."}]


@pytest.mark.parametrize("field, beside", [("child_ids", "cases"), ("colour", None)])
async def test_what_stands_once_beside_the_data_is_pointed_to_there(
    client: Client, field: str, beside: str | None
) -> None:
    answer = await client.post("/v1/cases/CHILD-A/events", data(**{field: "2025-03-03"}))

    (error,) = answer.json()["errors"]
    assert error["pointer"] == f"/data/{field}"
    assert (f"`{beside}`" in error["message"]) is (beside is not None)


INJECTIONS = (
    "'; drop table es.event; --",
    "<script>alert(1)</script>",
    "{{7*7}}${7*7}",
    "../../../etc/passwd",
    "%00%0d%0aset-cookie: a=b",
    "\u202eevil\u0000"[:-1],
    "😀" * 20,
)


@pytest.mark.parametrize("text", INJECTIONS)
async def test_hostile_text_is_text_wherever_text_may_stand(sandbox: Sandbox, text: str) -> None:
    client = await sandbox()

    told = await client.post(
        "/v1/events", {**registered(names=text), "id": text, "source": text, "meeting": text, "cases": [text]}
    )
    case = told.json()["cases"][0]["case"]

    assert told.status_code == 201
    (event,) = (await client.get(f"/v1/cases/{case}/events")).json()["events"]
    assert (event["id"], event["data"]["names"]) == (text, text)


@pytest.mark.parametrize("key", [*INJECTIONS[:5], "x" * 5_000, "\x00", " ", "Ä"])
async def test_hostile_addresses_find_nothing(client: Client, key: str) -> None:
    for path in ("/v1/cases/{}", "/v1/cases/{}/events", "/v1/cases/{}/duties", "/v1/meetings/{}", "/v1/policies/{}"):
        answer = await client.http.get(
            path.format(httpx2.QueryParams({"k": key}).__str__()[2:].replace("+", "%20")),
            headers={"authorization": f"Bearer {client.token}"},
        )
        assert answer.status_code == 404, (path, answer.text)


QUERIES = (
    ("/v1/cases/CHILD-A", {"version": "0"}, "version"),
    ("/v1/cases/CHILD-A", {"version": "99"}, "version"),
    ("/v1/cases/CHILD-A", {"version": "one"}, "version"),
    ("/v1/cases/CHILD-A", {"known_at": "2025-03-03T09:00:00"}, "known_at"),
    ("/v1/cases/CHILD-A", {"known_at": "2025-13-03"}, "known_at"),
    ("/v1/cases/CHILD-A", {"known_at": "2025-03-04"}, "known_at"),
    ("/v1/cases/CHILD-A", {"true_at": "2025-03-03T09:00:01+00:00"}, "true_at"),
    ("/v1/cases/CHILD-A", {"know_at": "2025-03-03"}, "know_at"),
    ("/v1/cases/CHILD-A/events", {"limit": "1000000"}, "limit"),
    ("/v1/cases/CHILD-A/events", {"after": "-1"}, "after"),
    ("/v1/cases", {"cursor": "never-given"}, "cursor"),
    ("/v1/duties", {"status": "lost"}, "status"),
    ("/v1/duties", {"due_from": "someday"}, "due_from"),
    ("/v1/duties", {"team": "x" * 101}, "team"),
    ("/v1/events", {"after": "9" * 40}, "after"),
)


@pytest.mark.parametrize("path, query, parameter", QUERIES)
async def test_a_wrong_parameter_is_named(client: Client, path: str, query: dict[str, str], parameter: str) -> None:
    answer = await client.get(path, **query)

    assert answer.status_code == 422, answer.text
    assert [error["parameter"] for error in answer.json()["errors"]] == [parameter]


async def test_a_position_that_is_not_reached_is_409(client: Client) -> None:
    answer = await client.get("/v1/cases/CHILD-A", min_position=1_000)

    assert_problem(answer, "position-not-reached")


async def test_a_date_before_every_policy_is_refused_saying_so(client: Client) -> None:
    answer = await client.post("/v1/cases/CHILD-A/events", told(occurred_on="1950-01-01", data={}))

    assert answer.status_code == 422
    assert_problem(answer, "out-of-reach")
    assert "1990-01-01" in answer.json()["detail"]


async def test_an_unknown_case_is_404_unless_the_event_opens_one(client: Client) -> None:
    answer = await client.post("/v1/cases/CHILD-Z/events", item("child_seen", "2025-03-03", **SEEN))

    assert_problem(answer, "unknown-case")


async def test_an_unknown_address_and_method_are_problems_too(client: Client) -> None:
    assert_problem(await client.get("/v1/children"), "not-found")
    assert_problem(await client.http.delete("/v1/cases/CHILD-A"), "method-not-allowed")


def assert_problem(answer: httpx2.Response, kind: str) -> None:
    """It is a problem of that kind, and repeats neither name nor birthday nor a trace."""
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["type"] == f"urn:planclock:problem:{kind}"
    assert body["status"] == answer.status_code
    for part in (*NAME.split(), BORN, "Traceback", "pydantic", ".py"):
        assert part not in answer.text
