"""Notices over HTTP: who must be told, how far each has come, what each copy says, and asking to have one delivered."""

from typing import Any

from tests.http.client import Client, item
from tests.http.conftest import Sandbox
from tests.http.plans import on_a_plan

PARENTS = [{"ref": "P1", "role": "mother"}, {"ref": "P2", "role": "father"}]
Notice = dict[str, Any]
Anything = Any
"""Whatever the catalogue lets an event say."""


async def notices(client: Client, case: str, rule: str, **asked: str) -> list[Notice]:
    """The notices of one clause in one case."""
    answer = await client.get(f"/v1/cases/{case}/notices", **asked)
    assert answer.status_code == 200, answer.text
    return [each for each in answer.json()["notices"] if each["id"] == rule]


def sending(notice: Notice, what: str, day: str, **more: Anything) -> dict[str, Any]:
    return item(f"notification_{what}", day, register_id=notice["key"], **more)


async def test_a_notice_is_late_then_sent_delivered_and_acknowledged_each_recipient_by_itself(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    agreed = item("minutes_circulation_agreed", "2025-04-10", "ICPC-1", recipients=PARENTS)
    await client.tell("CHILD-A", agreed)
    mother, _ = await notices(client, "CHILD-A", "STF-T28")
    assert (mother["status"], mother["recipient"], mother["due_on"]) == ("due", "P1", "2025-04-11")

    await client.advance("2025-04-14T09:00:00+01:00")
    sent = sending(mother, "sent", "2025-04-14", channel="post", document={"reference": "DR-1", "version": "1"})
    arrived = sending(mother, "delivered", "2025-04-14", signed=False, unsigned_reason="Left with a neighbour.")
    known = sending(mother, "acknowledged", "2025-04-14")
    seen = []
    for told in (sent, arrived, known):
        await client.tell("CHILD-A", told)
        seen.append([each["status"] for each in await notices(client, "CHILD-A", "STF-T28")])

    assert seen == [["sent", "late"], ["delivered", "late"], ["acknowledged", "late"]]
    after, _ = await notices(client, "CHILD-A", "STF-T28")
    assert after["late"] is True
    assert [step["what"] for step in after["history"]] == ["sent", "delivered", "acknowledged"]
    assert after["history"][0]["said"]["document"] == {"reference": "DR-1", "version": "1"}
    before = await notices(client, "CHILD-A", "STF-T28", known_at="2025-04-10")
    assert [each["status"] for each in before] == ["due", "due"]


async def test_each_parents_copy_for_three_siblings_tells_only_what_that_parent_may_know(sandbox: Sandbox) -> None:
    client = await sandbox()
    children = ("CHILD-A", "CHILD-B", "CHILD-C")
    for name in children:
        street = f"{name} Street"
        await client.tell(name, item("child_registered", "2025-03-03", names=name, dob="2015-06-01", address=street))
    await on_a_plan(client, *children)
    agreed = item("minutes_circulation_agreed", "2025-04-10", "ICPC-1", recipients=PARENTS, cases=list(children))
    assert (await client.post("/v1/events", [agreed])).status_code == 201
    restricted = item("address_restricted_from", "2025-04-10", people=[PARENTS[1]], reason="An order forbids it.")
    await client.tell("CHILD-B", restricted)

    addresses: dict[tuple[str, str], str | None] = {}
    for child in children:
        for notice in await notices(client, child, "STF-T28"):
            copy = (await client.get(f"/v1/cases/{child}/notices/{notice['key']}/copy")).json()
            assert copy["content"]["child"]["names"] == child
            assert bool(copy["withheld"]) is ("address" not in copy["content"]["child"])
            addresses[child, notice["recipient"]] = copy["content"]["child"].get("address")

    assert addresses == {(child, who): f"{child} Street" for child in children for who in ("P1", "P2")} | {
        ("CHILD-B", "P2"): None
    }


async def test_a_notice_that_was_asked_for_waits_while_nothing_is_delivered_and_says_so(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    health, _ = await notices(client, "CHILD-A", "STF-T32")
    asked = {"source": "case-system", "id": "send-1", "occurred_on": "2025-04-10", "channel": "secure_email"}
    path = f"/v1/cases/CHILD-A/notices/{health['key']}/send"

    answers = [await client.post(path, asked), await client.post(path, asked)]
    other = await client.post(path, {**asked, "channel": "post"})

    assert [each.status_code for each in answers] == [201, 201]
    assert other.status_code == 409
    waiting, _ = await notices(client, "CHILD-A", "STF-T32")
    assert (waiting["status"], len(waiting["history"])) == ("requested", 1)
    assert "nothing is delivered now" in waiting["waiting"]


async def test_what_is_not_secure_is_not_asked_for(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    health, _ = await notices(client, "CHILD-A", "STF-T32")
    asked = {"source": "case-system", "id": "send-2", "occurred_on": "2025-04-10", "channel": "email"}

    answer = await client.post(f"/v1/cases/CHILD-A/notices/{health['key']}/send", asked)

    assert (answer.status_code, answer.json()["reasons"][0]["rule"]) == (409, "STF-R128")


async def test_a_letter_to_the_family_of_a_child_who_died_is_held_until_somebody_looked(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    await client.tell("CHILD-A", item("minutes_circulation_agreed", "2025-04-10", "ICPC-1", recipients=PARENTS))
    await client.tell("CHILD-A", item("family_member_added", "2025-03-10", ref="P1", relation="mother"))
    await client.tell("CHILD-A", item("child_death_recorded", "2025-04-10"))
    mother, _ = await notices(client, "CHILD-A", "STF-T28")
    path = f"/v1/cases/CHILD-A/notices/{mother['key']}/send"
    asked = {"source": "case-system", "id": "send-3", "occurred_on": "2025-04-10"}

    held = await client.post(path, asked)
    checked = await client.post(path, {**asked, "checked_by": {"name": "Manager 1"}})

    assert (mother["status"], held.status_code, checked.status_code) == ("held", 409, 201)
    assert held.json()["type"].endswith("not-deliverable")


async def test_the_list_shows_what_failed_and_what_is_late_case_by_case(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A", "CHILD-B")
    health, education = await notices(client, "CHILD-A", "STF-T32")
    await client.tell("CHILD-A", sending(health, "failed", "2025-04-10", reason="Returned to sender."))
    await client.advance("2025-04-10T19:00:00+01:00")

    failed = (await client.get("/v1/notices", status="failed")).json()["notices"]
    every = (await client.get("/v1/notices", rule="STF-T32")).json()["notices"]

    assert [each["notice"]["key"] for each in failed] == [health["key"]]
    assert len(every) == 4
    assert education["key"] in {each["notice"]["key"] for each in every}
    again = {"source": "case-system", "id": "send-4", "occurred_on": "2025-04-10"}
    sent = await client.post(f"/v1/cases/CHILD-A/notices/{health['key']}/send", again)
    assert sent.status_code == 201
    assert (await notices(client, "CHILD-A", "STF-T32"))[0]["status"] == "requested"


async def test_bad_input_says_what_is_wrong(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    health, _ = await notices(client, "CHILD-A", "STF-T32")
    path = f"/v1/cases/CHILD-A/notices/{health['key']}"
    asked = {"source": "case-system", "id": "send-5", "occurred_on": "2025-04-10"}

    answers = [
        await client.post(f"{path}/send", {"source": "case-system", "id": "x"}),
        await client.post(f"{path}/send", {**asked, "channel": "pigeon"}),
        await client.post(f"{path}/send", {**asked, "occurred_on": "2035-04-10"}),
        await client.post("/v1/cases/CHILD-A/notices/STF-T99/send", asked),
        await client.get("/v1/cases/CHILD-A/notices/STF-T99/copy"),
        await client.get("/v1/cases/NOBODY/notices"),
        await client.get("/v1/notices", status="lost"),
        await client.get("/v1/notices", team=["north", "south"]),
    ]

    assert [each.status_code for each in answers] == [422, 422, 422, 404, 404, 404, 422, 422]
