"""A case taken on in its second year: right dates from then on, nothing announced for the past, unknowns named."""

from typing import Any

from tests.http.client import Client, item
from tests.http.conftest import Sandbox

BEGIN = "2025-03-10T09:00:00+00:00"


def known(value: object) -> dict[str, Any]:
    return {"state": "known", "value": value, "source": "the spreadsheet"}


def taken_on(**values: object) -> dict[str, Any]:
    """A plan that began at a conference on 12 September 2023, as it stood on 10 March 2025."""
    starting: dict[str, Any] = {
        "from_system": "the spreadsheet of the review team",
        "names": "Child A",
        "date_of_birth": known("2015-06-01"),
        "plan_started": known("2023-09-12"),
        "initial_conference": known("2023-09-12"),
        "category": known("neglect"),
        "last_review": known("2024-11-20"),
        "reviews_held": known(3),
        "first_core_group": known("2023-09-26"),
        "last_core_group": known("2025-02-10"),
        "last_seen": {"state": "unknown", "source": "the spreadsheet"},
        "next_review": {"state": "none"},
        "lead_professional": known({"person": {"name": "Worker 1", "ref": "W1"}, "qualified_sw": True}),
    }
    return item("case_taken_on", "2025-03-10", **{**starting, **values})


async def said(client: Client) -> list[tuple[str, str]]:
    """What was announced, each rule with what was said of it."""
    events = (await client.get("/v1/cases/CHILD-A/events", limit=500)).json()["events"]
    return [(each["data"]["rule"], each["data"]["said"]) for each in events if each["type"] == "duty_announced"]


async def duty(client: Client, rule: str) -> dict[str, Any]:
    """The latest duty of one clause."""
    duties = (await client.get("/v1/cases/CHILD-A/duties")).json()["duties"]
    found: dict[str, Any] = [each for each in duties if each["id"] == rule][-1]
    return found


async def test_a_case_taken_on_in_its_second_year_goes_on_from_where_it_stood(sandbox: Sandbox) -> None:
    client = await sandbox(now=BEGIN)
    told = await client.tell("CHILD-A", taken_on())

    state = told["state"]
    assert (state["stage"], state["plan"]["category"], state["plan"]["started_on"]) == (
        "active",
        "neglect",
        "2023-09-12",
    )
    assert state["taken_on"]["unknown"][0] == "last_seen"
    assert told["findings"] == []
    assert (await duty(client, "STF-T18"))["due_on"] == "2025-05-20"
    assert (await duty(client, "STF-T22"))["due_on"] == "2025-03-24"
    unseen = await duty(client, "STF-T20")
    assert (unseen["due_on"], unseen["missing"]) == (None, "the day the child was last seen and spoken to")

    await client.advance("2025-03-23T18:00:00+00:00")
    assert await said(client) == []
    (listed,) = (await client.get("/v1/duties", dates="incalculable", min_position=told["position"])).json()["duties"]
    assert listed["id"] == "STF-T20"

    await client.tell("CHILD-A", item("child_seen", "2025-03-05", by_sw=True, spoken_to=True))
    assert (await duty(client, "STF-T20"))["due_on"] == "2025-03-26"
    await client.advance("2025-05-21T09:00:00+01:00")
    assert {rule for rule, what in await said(client) if what == "missed"} == {"STF-T18", "STF-T20", "STF-T22"}


async def test_what_was_overdue_is_shown_as_inherited_and_counted_nowhere(sandbox: Sandbox) -> None:
    client = await sandbox(now=BEGIN)
    told = await client.tell("CHILD-A", taken_on(last_core_group=known("2025-01-06")))
    await client.advance("2025-03-12T09:00:00+00:00")

    overdue = await duty(client, "STF-T22")
    assert (overdue["due_on"], overdue["status"]) == ("2025-02-17", "missed")
    assert {"inherited", "before_go_live"} <= set(overdue["marks"])
    assert await said(client) == []
    (case,) = (await client.get("/v1/cases", min_position=told["position"])).json()["cases"]
    assert (case["to_do"]["missed"], case["to_do"]["inherited"]) == (0, 1)
    listed = (await client.get("/v1/duties", rule="STF-T22")).json()["duties"]
    assert [each["status"] for each in listed] == ["missed"]


async def test_under_another_procedure_its_own_figures_run(sandbox: Sandbox) -> None:
    client = await sandbox(policy="stockport", now=BEGIN)
    none = {"state": "none"}

    first = taken_on(
        initial_conference=known("2025-02-03"),
        plan_started=known("2025-02-03"),
        last_review=none,
        reviews_held=none,
    )
    told = await client.tell("CHILD-A", first)

    reviews = [each for each in told["duties"] if each["due_on"] == "2025-04-14"]
    assert [each["explanation"]["count"] for each in reviews] == ["10 weeks after"]
    assert await said(client) == []


async def test_what_fell_due_before_an_authority_goes_live_is_announced_to_nobody(sandbox: Sandbox) -> None:
    client = await sandbox(now="2025-03-03T09:00:00+00:00")
    live = item("go_live_set", "2025-03-03", at="2025-04-01T00:00:00+01:00")
    assert (await client.post("/v1/directory", live)).status_code == 201
    requested = item("initial_conference_requested", "2025-03-03T08:00:00+00:00", requested_by="csc")
    await client.tell("CHILD-A", requested)

    await client.advance("2025-04-02T09:00:00+01:00")

    form = await duty(client, "STF-T01")
    assert (form["status"], "before_go_live" in form["marks"]) == ("missed", True)
    assert await said(client) == []


async def test_going_live_is_told_over_again_and_the_lists_follow(sandbox: Sandbox) -> None:
    client = await sandbox(now="2025-03-03T09:00:00+00:00")
    await client.tell("CHILD-A", item("initial_conference_requested", "2025-03-03T08:00:00+00:00"))
    await client.advance("2025-03-05T09:00:00+00:00")
    assert ("STF-T01", "missed") in await said(client)

    told = (await client.post("/v1/directory", item("go_live_set", "2025-03-05", at="2025-03-05T00:00:00Z"))).json()

    await client.advance("2025-03-06T09:00:00+00:00")
    (case,) = (await client.get("/v1/cases", min_position=told["position"])).json()["cases"]
    assert (case["to_do"]["missed"], case["to_do"]["inherited"]) == (0, 1)
