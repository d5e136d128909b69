"""Three questions about one case: at a version, as known at an instant, as true at one."""

import pytest

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import asked_for, on_a_plan
from tests.http.test_versions import seen


@pytest.fixture
async def client(sandbox: Sandbox) -> Client:
    """A child registered on 3 March, a request of 4 March that was told on the 10th."""
    client = await sandbox()
    await client.tell("CHILD-A", registered())
    await client.advance("2025-03-10T09:00:00+00:00")
    await client.tell("CHILD-A", *asked_for("2025-03-04"))
    await client.advance("2025-03-20T09:00:00+00:00")
    return client


async def test_known_at_says_what_was_recorded_by_then(client: Client) -> None:
    before = (await client.get("/v1/cases/CHILD-A", known_at="2025-03-09")).json()
    after = (await client.get("/v1/cases/CHILD-A", known_at="2025-03-10")).json()

    assert (before["state"]["stage"], after["state"]["stage"]) == ("none", "icpc_requested")
    assert before["now"] == "2025-03-09T23:59:59.999999Z"


async def test_what_was_told_while_a_sandboxes_clock_stood_at_an_instant_was_known_at_that_instant(
    client: Client,
) -> None:
    then = (await client.get("/v1/cases/CHILD-A", known_at="2025-03-10T09:00:00+00:00")).json()
    before = (await client.get("/v1/cases/CHILD-A", known_at="2025-03-10T08:59:58+00:00")).json()
    now = await client.tell("CHILD-A", item("leaflets_shared", "2025-03-20"))
    known_now = (await client.get("/v1/cases/CHILD-A", known_at="2025-03-20T09:00:00+00:00")).json()

    assert (before["state"]["stage"], then["state"]["stage"]) == ("none", "icpc_requested")
    assert known_now["version"] == now["version"]


async def test_true_at_says_what_had_happened_by_then_by_what_is_known_now(client: Client) -> None:
    before = (await client.get("/v1/cases/CHILD-A", true_at="2025-03-03")).json()
    after = (await client.get("/v1/cases/CHILD-A", true_at="2025-03-05")).json()

    assert (before["state"]["stage"], after["state"]["stage"]) == ("none", "icpc_requested")


async def test_true_at_as_known_at_an_earlier_day_knows_no_better(client: Client) -> None:
    answer = (await client.get("/v1/cases/CHILD-A", true_at="2025-03-05", known_at="2025-03-06")).json()

    assert answer["state"]["stage"] == "none"


async def test_true_at_goes_by_the_corrected_date(client: Client) -> None:
    history = (await client.get("/v1/cases/CHILD-A/events")).json()["events"]
    (fact,) = [event["fact"] for event in history if event["type"] == "initial_conference_requested"]
    change = {"fact": fact, "occurred_at": "2025-03-07T09:00:00+00:00", "reason": "It was on the Friday."}
    await client.tell("CHILD-A", item("event_corrected", "2025-03-20", **change))

    on_the_6th = (await client.get("/v1/cases/CHILD-A", true_at="2025-03-06")).json()
    on_the_7th = (await client.get("/v1/cases/CHILD-A", true_at="2025-03-07")).json()

    assert (on_the_6th["state"]["stage"], on_the_7th["state"]["stage"]) == ("none", "icpc_requested")


async def test_at_a_version_is_as_it_stood_once_that_was_recorded(client: Client) -> None:
    answer = (await client.get("/v1/cases/CHILD-A", version=1)).json()

    assert (answer["version"], answer["now"], answer["provisional"]) == (1, "2025-03-03T09:00:00.000003Z", False)
    assert answer["duties"] == []


async def test_the_same_question_gives_the_same_bytes_however_the_log_goes_on(client: Client) -> None:
    questions: list[dict[str, str]] = [
        {"version": "2"},
        {"known_at": "2025-03-12"},
        {"true_at": "2025-03-12", "known_at": "2025-03-12"},
    ]
    first = [(await client.get("/v1/cases/CHILD-A", **each)).content for each in questions]
    await client.tell("CHILD-A", seen("2025-03-11"))
    await client.advance("2025-05-01T09:00:00+01:00")

    again = [(await client.get("/v1/cases/CHILD-A", **each)).content for each in questions]

    assert again == first


async def test_an_answer_is_provisional_while_something_may_still_be_recorded_by_then(client: Client) -> None:
    now = (await client.get("/v1/cases/CHILD-A")).json()
    today = (await client.get("/v1/cases/CHILD-A", known_at="2025-03-20")).json()
    past = (await client.get("/v1/cases/CHILD-A", known_at="2025-03-09")).json()

    assert (now["provisional"], today["provisional"], past["provisional"]) == (True, True, False)


async def test_an_instant_needs_no_escaping_of_its_offset(client: Client) -> None:
    answer = await client.http.get(
        "/v1/cases/CHILD-A?known_at=2025-03-10T12:00:00+00:00", headers={"authorization": f"Bearer {client.token}"}
    )

    assert answer.json()["now"] == "2025-03-10T12:00:00Z"


async def test_a_case_that_was_not_known_yet_is_404(client: Client) -> None:
    answer = await client.get("/v1/cases/CHILD-A", known_at="2025-03-02")

    assert answer.json()["type"] == "urn:planclock:problem:unknown-case"


async def test_every_answer_says_what_it_rests_on(client: Client) -> None:
    answer = (await client.get("/v1/cases/CHILD-A")).json()

    assert answer["policy"]["id"] == "staffordshire"
    assert answer["calendar"].startswith("england-")
    assert len(answer["chain"]) == 64
    assert answer["engine"]
    assert answer["sandbox"] is True


async def test_a_duty_explains_each_day_it_skipped(sandbox: Sandbox) -> None:
    """STF-T21 over Easter 2025: ten working days from 10 April."""
    client = await sandbox()
    told = (await on_a_plan(client, "CHILD-A"))["CHILD-A"]

    duties = (await client.get("/v1/cases/CHILD-A/duties")).json()["duties"]

    (first,) = [duty for duty in duties if duty["id"] == "STF-T21"]
    assert first == next(duty for duty in told["duties"] if duty["id"] == "STF-T21")
    assert first["due_on"] == "2025-04-28"
    assert {"day": "2025-04-18", "why": "Good Friday"} in first["explanation"]["skipped"]
    assert {"day": "2025-04-21", "why": "Easter Monday"} in first["explanation"]["skipped"]
    assert len(first["explanation"]["skipped"]) == 8


async def test_a_long_history_comes_in_pages_that_link_on(client: Client) -> None:
    whole = (await client.get("/v1/cases/CHILD-A/events")).json()["events"]

    seen_so_far, path = [], "/v1/cases/CHILD-A/events?limit=2"
    while path:
        page = await client.http.get(path, headers={"authorization": f"Bearer {client.token}"})
        assert len(page.json()["events"]) <= 2
        seen_so_far += page.json()["events"]
        path = page.json()["next"]
        assert (path is not None) == ("link" in page.headers)

    assert seen_so_far == whole


async def test_personal_answers_are_kept_by_nobody(client: Client) -> None:
    for path in ("/v1/cases/CHILD-A", "/v1/cases/CHILD-A/events", "/v1/cases", "/v1/duties", "/v1/cases/NOBODY"):
        assert (await client.get(path)).headers["cache-control"] == "no-store"
