"""What a case system tells in its own words is recorded in the catalogue's, or answered with what to tell instead."""

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import on_a_plan


async def _types(client: Client, case: str) -> list[str]:
    events = (await client.get(f"/v1/cases/{case}/events")).json()["events"]
    return [event["type"] for event in events if event["kind"] != "announcement"]


async def test_an_old_name_and_other_fields_are_recorded_as_the_one_type_once(sandbox: Sandbox) -> None:
    client = await sandbox(policy="stockport", now="2025-04-11T09:00:00+01:00")
    await client.tell("C", registered())
    old = item("team_around_child_meeting_held", "2025-04-10", plan_agreed=True, held_on="2025-04-10")
    now = {**old, "type": "team_around_the_child_meeting_held", "data": {"plan_agreed": True}}

    told, again = await client.tell("C", old), await client.tell("C", now)

    assert told["events"][0]["type"] == "team_around_the_child_meeting_held"
    assert (told["events"], told["version"]) == (again["events"], again["version"])
    assert (await _types(client, "C")).count("team_around_the_child_meeting_held") == 1


async def test_an_instant_told_among_the_fields_starts_a_clock_of_hours(sandbox: Sandbox) -> None:
    client = await sandbox(now="2025-03-17T12:00:00+00:00")
    asked = item("initial_conference_requested", "2025-03-17", decided_at="2025-03-17T08:00:00+00:00", agency="csc")

    told = await client.tell("C", registered(), asked)

    (form,) = [duty for duty in told["duties"] if duty["id"] == "STF-T01"]
    assert form["due_at"] == "2025-03-18T08:00:00Z"


async def test_what_is_no_type_here_is_answered_with_what_to_tell_instead(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "C")

    wrong = await client.post(
        "/v1/cases/C/events",
        [
            item("plan_continued", "2025-04-10"),
            item("child_seen", "2025-04-10", child_id="C", by_sw=True, spoken_to=True),
        ],
    )

    assert wrong.status_code == 422
    assert wrong.json()["errors"] == [
        {"pointer": "/0/type", "message": "Tell `child_decision_made` with the decision `continue`."},
        {"pointer": "/1/data/child_id", "message": "The address, or `cases`, says which child it is about."},
    ]


async def test_what_was_sent_is_never_repeated_in_what_is_wrong_with_it(sandbox: Sandbox) -> None:
    client = await sandbox()
    secret = "Somebody Particular"

    wrong = await client.post(
        "/v1/cases/C/events",
        [
            item("child_registered", "2025-03-03", names=secret, dob=secret, edd=secret),
            item("child_seen", "2025-03-03", held_on=secret, review_id=secret, meeting_id=secret),
            item(secret, "2025-03-03"),
            {**registered(), "id": secret, secret: secret, "occurred_on": secret},
        ],
    )

    assert wrong.status_code == 422
    assert secret not in wrong.text


async def test_the_catalogue_tells_other_words_and_what_is_told_otherwise(sandbox: Sandbox) -> None:
    catalogue = (await (await sandbox()).get("/v1/event-types")).json()
    types = {each["name"]: each for each in catalogue["event_types"]}

    assert types["plan_started"]["old_names"] == ["registration_started"]
    assert types["child_moved"]["other_words"] == {"from": "from_address", "to": "to_address"}
    assert "child_de_registered" in {each["name"] for each in catalogue["instead"]}
    assert types.keys().isdisjoint(each["name"] for each in catalogue["instead"])
