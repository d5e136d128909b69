"""A child of another authority who moves to Staffordshire, driven over HTTP by a test clock."""

from typing import Any

from tests.http.client import Client, item
from tests.http.conftest import Sandbox
from tests.http.plans import made_subject, quorate

CASE = "CHILD-A"
SIX = ("chronology", "conference_papers", "plan", "core_group_minutes", "registration_status", "court_status")
MANAGER = {"role": "specialist_safeguarding_development_manager"}


async def duties(client: Client, clause: str) -> list[tuple[str, str | None]]:
    """The duties of one clause: how each stands, and when it is due."""
    found = (await client.get(f"/v1/cases/{CASE}/duties")).json()["duties"]
    return [(duty["status"], duty["due_on"]) for duty in found if duty["id"] == clause]


async def asked(sandbox: Sandbox, *papers: str) -> Client:
    """A sandbox in which a conference was asked for on 31 March, with some of the papers."""
    client = await sandbox("2025-03-31T12:00:00+01:00")
    notified = item("permanent_move_notified", "2025-03-31", direction="in", from_authority="stoke-on-trent")
    whole: dict[str, Any] = {"basis": "here", "permanent": True, "secure_own_accommodation": True}
    request = item("receiving_in_conference_requested", "2025-03-31", **whole)
    sent = [item("transfer_document_received", "2025-03-31", document=paper) for paper in papers]
    await client.tell(CASE, notified, request, *sent)
    return client


def agreed(day: str) -> dict[str, Any]:
    return item("receiving_in_conference_agreed", day, basis="here", by=MANAGER)


async def test_an_incomplete_bundle_waits_then_is_complete_agreed_and_held(sandbox: Sandbox) -> None:
    """STF-T47 to T51, R101, R112: five working days from the sixth paper, fifteen from the decision, over Easter."""
    client = await asked(sandbox, *SIX[:5])
    early = await client.post(f"/v1/cases/{CASE}/events", agreed("2025-03-31"))
    assert (early.status_code, {each["rule"] for each in early.json()["reasons"]}) == (409, {"STF-R101"})
    assert (await duties(client, "STF-T47"), await duties(client, "STF-T48")) == ([], [("open", None)])

    await client.advance("2025-04-01T12:00:00+01:00")
    await client.tell(CASE, item("transfer_document_received", "2025-04-01", document=SIX[5]))
    assert await duties(client, "STF-T47") == [("open", "2025-04-08")]
    await client.advance("2025-04-02T12:00:00+01:00")
    told = await client.tell(CASE, agreed("2025-04-02"))
    assert told["state"]["move"]["stands"] == "agreed"
    assert await duties(client, "STF-T49") == [("open", "2025-04-25")]
    passed = item("case_responsibility_transferred", "2025-04-02", basis="here")
    too_soon = await client.post(f"/v1/cases/{CASE}/events", passed)
    assert {each["rule"] for each in too_soon.json()["reasons"]} == {"STF-R112"}

    await client.advance("2025-04-25T18:00:00+01:00")
    came = {"attended_by": {"role": "social_worker"}, "from_authority": "stoke-on-trent"}
    held = item("receiving_in_conference_held", "2025-04-25", "RIC-1", **came)
    done = await client.tell(CASE, *quorate("2025-04-25", "RIC-1"), held, made_subject("2025-04-25", "RIC-1"))
    assert done["refused"] == []
    assert done["state"]["responsible"] == {"here": True, "authority": None, "since": "2025-04-25"}
    assert await duties(client, "STF-T49") == [("met", "2025-04-25")]
    assert await duties(client, "STF-T51") == [("open", "2025-07-25")]


async def test_a_conference_is_refused_while_the_child_is_looked_after_there(sandbox: Sandbox) -> None:
    """STF-R102: responsibility does not transfer, and stays where it was."""
    client = await asked(sandbox, *SIX)
    started = item("looked_after_started", "2025-03-31")
    started["data"] = {"basis": "s20"}
    await client.tell(CASE, started)

    refused = await client.post(f"/v1/cases/{CASE}/events", agreed("2025-03-31"))
    assert {each["rule"] for each in refused.json()["reasons"]} == {"STF-R102"}
    state = (await client.get(f"/v1/cases/{CASE}")).json()["state"]
    assert (state["move"]["stands"], state["responsible"]["authority"]) == ("excluded", "stoke-on-trent")
    await client.tell(CASE, item("looked_after_ended", "2025-03-31"), agreed("2025-03-31"))


async def test_a_temporary_stay_is_listed_and_asks_for_papers_and_letters(sandbox: Sandbox) -> None:
    """STF-T70, R122, R100: no conference is asked for; back home, nothing more is owed."""
    client = await sandbox("2025-03-31T12:00:00+01:00")
    stay: dict[str, Any] = {"direction": "in", "authority": "stoke-on-trent", "ongoing": True}
    told = await client.tell(CASE, item("temporary_move_reported", "2025-03-31", **stay))
    assert (told["state"]["move"]["stands"], told["state"]["responsible"]["here"]) == ("temporary", False)
    assert [await duties(client, clause) for clause in ("STF-T70", "STF-R122")] == [[("open", None)]] * 2

    request = item("receiving_in_conference_requested", "2025-03-31", basis="here", secure_own_accommodation=True)
    refused = await client.post(f"/v1/cases/{CASE}/events", request)
    assert {each["rule"] for each in refused.json()["reasons"]} == {"STF-R100"}
    listed = item("child_added_to_temporary_list", "2025-03-31", letter_sent=True)
    listed["data"]["basis"] = "temporary"
    await client.tell(CASE, listed, item("child_returned_from_temporary_move", "2025-03-31"))
    assert [await duties(client, clause) for clause in ("STF-T70", "STF-R122")] == [
        *([("met", None)], [("cancelled", None)])
    ]
