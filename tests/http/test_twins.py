"""Before a birth and after it: the window moves with the expected date, and twins each go on from the conference."""

from typing import Any

import pytest

from tests.http.client import Client, item
from tests.http.conftest import Sandbox
from tests.http.plans import initial_conference

CONFERENCE = "2025-05-29"


async def duty(client: Client, case: str, rule: str) -> dict[str, Any]:
    """The latest duty of one clause in a case."""
    duties = (await client.get(f"/v1/cases/{case}/duties")).json()["duties"]
    found: dict[str, Any] = [each for each in duties if each["id"] == rule][-1]
    return found


def known(value: object) -> dict[str, Any]:
    return {"state": "known", "value": value, "source": "the case kept before the birth"}


@pytest.mark.clause("STF-T16", "E-18", "E-19", "E-77")
async def test_twins_each_keep_the_conference_held_before_their_birth(sandbox: Sandbox) -> None:
    client = await sandbox(now="2025-03-10T09:00:00+00:00")
    await client.tell(
        "UNBORN",
        item("unborn_child_registered", "2025-03-03", edd="2025-08-04", edd_basis="lmp"),
        item("unborn_risk_identified", "2025-03-10"),
    )
    assert (await duty(client, "UNBORN", "STF-T16"))["due_on"] == "2025-06-09"

    await client.tell("UNBORN", item("expected_date_revised", "2025-03-10", new_edd="2025-07-28"))
    assert (await duty(client, "UNBORN", "STF-T16"))["due_on"] == "2025-06-02"

    await client.advance(f"{CONFERENCE}T18:00:00+01:00")
    held = await client.tell("UNBORN", *initial_conference(CONFERENCE, category="neglect"))
    assert (held["state"]["stage"], held["refused"]) == ("active", [])
    assert (await duty(client, "UNBORN", "STF-T16"))["status"] == "met"

    await client.advance("2025-07-21T09:00:00+01:00")
    await client.tell("UNBORN", item("birth_recorded", "2025-07-20", dob="2025-07-20", names="Twin A"))
    second = item(
        "case_taken_on",
        "2025-07-21",
        unborn_case=held["case"],
        names="Twin B",
        date_of_birth=known("2025-07-20"),
        plan_started=known(CONFERENCE),
        initial_conference=known(CONFERENCE),
        category=known("neglect"),
        last_review={"state": "none"},
        last_core_group=known("2025-07-10"),
        last_seen=known("2025-07-20"),
    )
    told = await client.tell("TWIN-B", second)

    reviews = [await duty(client, case, "STF-T17") for case in ("UNBORN", "TWIN-B")]
    assert [each["due_on"] for each in reviews] == ["2025-08-29", "2025-08-29"]
    assert told["state"]["taken_on"]["unborn_case"] == held["case"]
    assert told["state"]["plan"]["started_on"] == CONFERENCE
    assert [each["child"]["date_of_birth"] for each in (told["state"], await state(client, "UNBORN"))] == [
        "2025-07-20",
        "2025-07-20",
    ]
    await client.advance("2025-07-22T09:00:00+01:00")
    events = (await client.get("/v1/cases/TWIN-B/events")).json()["events"]
    assert [each["type"] for each in events] == ["case_taken_on"]


async def state(client: Client, case: str) -> dict[str, Any]:
    """How a case stands."""
    found: dict[str, Any] = (await client.get(f"/v1/cases/{case}")).json()["state"]
    return found
