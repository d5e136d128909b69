"""The case list, the worklist, meetings and the feed over HTTP."""

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import asked_for, forbidden_ending, on_a_plan


async def test_the_case_list_says_where_each_case_stands_and_names_nobody(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await on_a_plan(client, "CHILD-A")
    await client.tell("CHILD-B", registered(names="Child B"))
    await client.advance("2025-04-11T09:00:00+01:00")

    whole = await client.get("/v1/cases")
    active = (await client.get("/v1/cases", stage="active")).json()["cases"]

    assert [case["stage"] for case in whole.json()["cases"]] == ["active", "none"]
    assert [case["case"] for case in active] == [told["CHILD-A"]["case"]]
    assert active[0]["category"] == "neglect"
    assert active[0]["to_do"]["open"] > 0
    for personal in ("Child B", "2015-06-01", "CHILD-A"):
        assert personal not in whole.text


async def test_the_worklist_is_filtered_by_team_worker_owner_rule_status_and_window(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    worker = {"name": "Worker 1", "ref": "W1"}
    await client.tell("CHILD-A", item("case_allocated", "2025-04-10", worker=worker, team="team-north"))
    await client.advance("2025-05-01T09:00:00+01:00")

    async def rules(**asked: str) -> set[str]:
        page = await client.get("/v1/duties", limit=500, **asked)
        return {duty["id"] for duty in page.json()["duties"]}

    assert "STF-T21" in await rules(team="team-north", worker="W1", owner="team manager")
    assert await rules(team="team-south") == set()
    assert await rules(rule="STF-T21", status="missed") == {"STF-T21"}
    assert await rules(rule="STF-T21", status="open") == set()
    assert await rules(rule="STF-T21", due_from="2025-04-28", due_to="2025-04-28") == {"STF-T21"}
    assert await rules(rule="STF-T21", due_from="2025-04-29") == set()
    assert "STF-T21" not in await rules(dates="undated")


async def test_the_worklist_comes_in_pages_by_sealed_cursors(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    await client.advance("2025-05-01T09:00:00+01:00")
    whole = (await client.get("/v1/duties", limit=500)).json()["duties"]

    pages, path = [], "/v1/duties?limit=2"
    while path:
        answer = await client.http.get(path, headers={"authorization": f"Bearer {client.token}"})
        pages += answer.json()["duties"]
        path = answer.json()["next"]
        assert "2025" not in (path or "")

    assert pages == whole


async def test_a_duty_of_the_worklist_is_the_duty_of_the_case(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    await client.advance("2025-05-01T09:00:00+01:00")

    of_case = {duty["key"]: duty for duty in (await client.get("/v1/cases/CHILD-A/duties")).json()["duties"]}
    listed = (await client.get("/v1/duties", limit=500)).json()["duties"]

    assert listed
    for duty in listed:
        assert {name: value for name, value in duty.items() if name != "cases"} == of_case[duty["key"]]


async def test_read_your_writes_by_position(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await client.tell("CHILD-A", registered())

    behind = await client.get("/v1/cases/CHILD-A", min_position=told["position"])

    assert behind.status_code == 200
    assert behind.json()["position"] >= told["position"]


async def test_a_meeting_is_put_together_from_the_childrens_copies(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await on_a_plan(client, "CHILD-A", "CHILD-B")
    await client.advance("2025-04-11T09:00:00+01:00")

    meeting = (await client.get("/v1/meetings/ICPC-1")).json()

    assert [case["held_on"] for case in meeting["cases"]] == ["2025-04-10", "2025-04-10"]
    assert {case["case"] for case in meeting["cases"]} == {case["case"] for case in told.values()}
    held = [fact for fact in meeting["facts"] if fact["type"] == "initial_conference_held"]
    assert [len(fact["cases"]) for fact in held] == [2]
    assert len({duty["key"] for duty in meeting["duties"]}) == len(meeting["duties"]) > 0
    assert (await client.get("/v1/meetings/ICPC-9")).json()["type"] == "urn:planclock:problem:unknown-meeting"


async def test_a_meeting_just_told_of_is_waited_for_and_one_never_told_is_not(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await client.tell("CHILD-A", *asked_for("2025-03-03"))
    await client.advance("2025-03-03T10:00:00+00:00")

    known = await client.get("/v1/meetings/ICPC-1", min_position=told["position"])

    assert [case["case"] for case in known.json()["cases"]] == [told["case"]]


async def test_the_feed_is_every_event_in_order_without_gap_or_personal_data(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await client.tell("CHILD-A", registered(names="Kestrel Oakfield"), forbidden_ending("2025-03-03"))
    await client.tell("CHILD-B", registered(), *asked_for("2025-03-03"))

    events, path = [], "/v1/events?limit=2"
    while path:
        page = await client.http.get(path, headers={"authorization": f"Bearer {client.token}"})
        assert "Kestrel" not in page.text
        events += page.json()["events"]
        path = page.json()["next"]

    assert [event["data"]["position"] for event in events] == list(range(1, 8))
    assert [event["type"] for event in events if event["subject"] == told["case"]] == [
        "child_registered",
        "decision_refused",
    ]
    assert {event["specversion"] for event in events} == {"1.0"}
    assert (await client.get("/v1/events", after=7)).json() == {"after": 7, "events": [], "next": None}


async def test_the_catalogue_says_of_every_type_how_to_tell_it(sandbox: Sandbox) -> None:
    client = await sandbox("2025-12-31T12:00:00+00:00")

    types = (await client.get("/v1/event-types")).json()["event_types"]

    assert {"child_registered", "plan_ended", "duty_announced"} <= {each["name"] for each in types}
    told = [each for each in types if each["told_by_callers"]]
    for case in ("CHILD-A", "CHILD-4711"):
        await client.tell(case, registered())
    for each in told:
        answer = await client.post("/v1/cases/CHILD-A/events", each["example"], dry_run="true")
        expected = 422 if each["kind"] == "correction" else 200
        assert answer.status_code == expected, (each["name"], answer.text)


async def test_a_policy_is_shown_entry_by_entry_with_its_clauses(sandbox: Sandbox) -> None:
    client = await sandbox()

    policy = (await client.get("/v1/policies/staffordshire")).json()

    entries = {entry["id"]: entry for entry in (*policy["duty"], *policy["rule"])}
    assert entries["STF-T21"]["due"]["working_days"] == 10
    assert entries["STF-T21"]["cite"]
    assert (entries["STF-T21"]["origin"], entries["P11"]["origin"]) == ("staffordshire", "lifecycle")
    assert (await client.get("/v1/policies/stockport")).json()["type"] == "urn:planclock:problem:unknown-policy"


async def test_looks_are_recorded_and_what_was_told_says_it_itself(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await client.tell("CHILD-A", registered())

    await client.get("/v1/cases/CHILD-A")
    await client.get("/v1/cases/CHILD-A/events")
    await client.post("/v1/cases/CHILD-A/events", registered(), dry_run="true")

    assert await looks(client, told["case"]) == ["read_case", "read_history", "tell_case"]


async def looks(client: Client, case: str) -> list[str]:
    """What the database has kept of looks at a case, as its own authority may see it."""
    pool = client.http._transport.app.state.parts.database.app  # type: ignore[attr-defined]
    rows = await pool.fetch(
        "select a.purpose from set_config('planclock.authority', $1, true) as t (x), lateral (select * from es.access "
        "where authority = t.x::uuid and case_id = $2::uuid order by id) as a",
        client.authority,
        case,
    )
    return [row["purpose"] for row in rows]
