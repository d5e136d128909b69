"""A child moves from one authority to another, and both are here: told on either side, known on both."""

import json

from tests.http.client import item
from tests.http.conftest import Sandbox
from tests.http.moving import CHILD, OFFERED, Plain, carried, moving


async def test_an_offer_opens_a_case_at_the_authority_that_it_names(sandbox: Sandbox) -> None:
    move = await moving(sandbox)
    await move.offer()
    _, there = await move.told()

    assert carried(there) == ["child_registered", "receiving_in_conference_requested"]
    assert there[0]["data"] == {"names": "Child A", "dob": "2015-06-01"}
    assert there[1]["data"]["from_authority"] == "staffordshire"


async def test_each_side_is_told_what_the_other_did_once(sandbox: Sandbox) -> None:
    move = await moving(sandbox)
    await move.offer()
    decided = item("receiving_in_conference_agreed", OFFERED, basis="here", by="specialist_safeguarding_manager")
    await move.receiver.tell(move.case, decided)
    await move.receiver.tell(move.case, decided)
    await move.advance("2025-05-02")
    here, there = await move.told()

    assert carried(here) == ["receiving_in_conference_agreed"]
    assert here[-1]["basis"] == "reported"
    assert here[-1]["reported"]["decider"] == move.to
    assert len(carried(there)) == 2


async def test_a_correction_on_one_side_is_one_on_the_other(sandbox: Sandbox) -> None:
    move = await moving(sandbox)
    await move.offer(documents=("chronology",))
    request = (await move.told())[0][-1]
    put_right: Plain = {"fact": request["fact"], "data": {"documents": ["chronology", "plan"]}, "reason": "Sent both."}
    await move.origin.tell(CHILD, item("event_corrected", OFFERED, **put_right))
    _, there = await move.told()

    assert there[-1]["type"] == "event_corrected"
    assert there[-1]["corrects"] == there[1]["fact"]
    assert there[-1]["data"]["data"] == {"documents": ["chronology", "plan"]}


async def test_neither_side_learns_the_others_case_or_reference(sandbox: Sandbox) -> None:
    move = await moving(sandbox)
    await move.offer()
    await move.receiver.tell(move.case, item("receiving_in_conference_agreed", OFFERED, basis="here"))
    origin, receiver = await move.sides()
    here, there = await move.told()

    assert move.case not in json.dumps([origin, here])
    assert origin["case"] not in json.dumps([receiver, there])
    assert CHILD not in json.dumps([receiver, there])
    assert (await move.receiver.get(f"/v1/cases/{origin['case']}")).status_code == 404


async def test_an_authority_that_is_not_here_is_told_nothing_and_its_steps_come_as_facts(sandbox: Sandbox) -> None:
    move = await moving(sandbox)
    move.to = "stoke-on-trent"
    asked: Plain = {"permanent": True, "secure_own_accommodation": True, "to_authority": move.to}
    await move.origin.tell(CHILD, item("receiving_in_conference_requested", OFFERED, **asked))

    assert (await move.receiver.get("/v1/events")).json()["events"][-1]["type"] != "receiving_in_conference_requested"


async def test_sandboxes_that_do_not_share_a_clock_do_not_meet(sandbox: Sandbox) -> None:
    one, other = await sandbox(), await sandbox()
    named = [(await each.get("/v1/authorities")).json() for each in (one, other)]

    assert named == [{"code": "staffordshire", "others": []}] * 2


async def test_those_that_do_have_codes_of_their_own(sandbox: Sandbox) -> None:
    one = await sandbox()
    other = await sandbox(join=one.token)

    assert (await one.get("/v1/authorities")).json() == {"code": "staffordshire", "others": ["staffordshire-2"]}
    assert (await other.get("/v1/authorities")).json()["code"] == "staffordshire-2"


async def test_a_child_who_moves_back_comes_back_to_its_case(sandbox: Sandbox) -> None:
    move = await moving(sandbox)
    await move.offer()
    await move.receiver.tell(move.case, item("receiving_in_conference_declined", OFFERED, basis="here", reasons="No."))
    back: Plain = {
        "to_authority": "staffordshire",
        "permanent": True,
        "secure_own_accommodation": True,
        "direction": "out",
    }
    await move.receiver.tell(move.case, item("receiving_in_conference_requested", OFFERED, **back))
    here, _ = await move.told()

    assert here[-1]["type"] == "receiving_in_conference_requested"
    assert here[-1]["data"]["from_authority"] == move.to
