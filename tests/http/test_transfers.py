"""A child moves from one authority to another, and both are here: told on either side, known on both."""

import json

import pytest

from tests.http.client import item
from tests.http.conftest import Sandbox
from tests.http.moving import CHILD, OFFERED, PAPERS, Plain, carried, moving
from tests.http.plans import made_subject, quorate

DECIDES = "specialist_safeguarding_development_manager"
ANNOUNCED = "duty_announced"
BETWEEN = pytest.mark.parametrize(
    "origin, receiver",
    [("staffordshire", "stockport"), ("stockport", "staffordshire")],
    ids=["to Stockport", "to Staffordshire"],
)


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
    decided = item("receiving_in_conference_agreed", OFFERED, basis="here", by=DECIDES)
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


@BETWEEN
async def test_a_decline_leaves_the_origin_responsible_and_says_so(
    sandbox: Sandbox, origin: str, receiver: str
) -> None:
    move = await moving(sandbox, origin, receiver)
    await move.offer()
    await move.advance("2025-05-08")
    refused = item("receiving_in_conference_declined", "2025-05-08", basis="here", by=DECIDES, reasons="Back by June.")
    await move.receiver.tell(move.case, refused)
    here, there = await move.sides()

    assert here["state"]["responsible"]["here"]
    assert here["state"]["move"]["stands"] == there["state"]["move"]["stands"] == "declined"
    assert not there["state"]["responsible"]["here"]
    assert there["state"]["responsible"]["authority"] == origin
    assert here["state"]["stage"] == "active"


@pytest.mark.parametrize(
    "origin, receiver, rule", [("staffordshire", "stockport", "STF-T36"), ("stockport", "staffordshire", "STK-T13")]
)
async def test_silence_is_missed_and_leaves_the_origin_responsible(
    sandbox: Sandbox, origin: str, receiver: str, rule: str
) -> None:
    move = await moving(sandbox, origin, receiver)
    await move.origin.tell(CHILD, item("receiving_authority_notified", OFFERED, authority=move.to, channel="post"))
    await move.offer()
    await move.advance("2025-06-02")
    here, there = await move.sides()
    convened = [duty for duty in here["duties"] if duty["id"] == rule]
    history = (await move.origin.get(f"/v1/cases/{CHILD}/events", limit=500)).json()["events"]

    assert [(duty["status"], duty["due_on"]) for duty in convened] == [("missed", "2025-05-23")]
    assert (rule, "missed") in {(e["data"]["rule"], e["data"]["said"]) for e in history if e["type"] == ANNOUNCED}
    assert here["state"]["responsible"]["here"]
    assert here["state"]["move"]["stands"] == "under_review"
    assert not there["state"]["responsible"]["here"]


@BETWEEN
async def test_once_the_conference_has_decided_and_confirmed_the_receiver_is_responsible_from_the_day_named(
    sandbox: Sandbox, origin: str, receiver: str
) -> None:
    move = await moving(sandbox, origin, receiver)
    await move.offer()
    await move.receiver.tell(move.case, item("receiving_in_conference_agreed", OFFERED, basis="here", by=DECIDES))
    await move.receiver.tell(move.case, item("receiving_in_conference_scheduled", OFFERED, "RIC-1", date="2025-05-20"))
    await move.advance("2025-05-20")
    before = await move.sides()
    held = item("receiving_in_conference_held", "2025-05-20", "RIC-1")
    confirmed: Plain = {"written": True, "effective_on": "2025-05-20"}
    decided = [*quorate("2025-05-20", "RIC-1"), held, made_subject("2025-05-20", "RIC-1")]
    await move.receiver.tell(
        move.case, *decided, item("receiving_authority_confirmed_responsibility", "2025-05-20", **confirmed)
    )
    after = await move.sides()
    await move.origin.tell(CHILD, item("plan_ended", "2025-05-20", basis="here", ground="transferred"))
    ended = await move.sides()

    assert [side["state"]["responsible"]["here"] for side in before] == [True, False]
    assert [side["state"]["responsible"]["here"] for side in after] == [False, True]
    assert [side["state"]["responsible"]["since"] for side in after] == ["2025-05-20", "2025-05-20"]
    assert [side["state"]["stage"] for side in ended] == ["ended", "active"]
    for day, holder in (("2025-05-01", 0), ("2025-05-19", 0), ("2025-05-20", 1)):
        assert [side["state"]["responsible"]["here"] for side in await move.sides(true_at=day)] == [
            holder == 0,
            holder == 1,
        ]


async def test_an_incomplete_bundle_is_complete_once_the_origin_has_sent_the_rest(sandbox: Sandbox) -> None:
    move = await moving(sandbox)
    await move.offer(documents=PAPERS[:4])
    incomplete = (await move.sides())[1]["state"]["move"]
    for paper in PAPERS[4:]:
        await move.origin.tell(CHILD, item("transfer_document_received", OFFERED, document=paper))
    complete = (await move.sides())[1]["state"]["move"]

    assert (incomplete["stands"], incomplete["papers_missing"]) == ("incomplete", list(PAPERS[4:]))
    assert (complete["stands"], complete["papers_missing"]) == ("under_review", [])


@pytest.mark.parametrize("origin", ["wales", "calderdale"])
async def test_a_plan_that_ended_before_the_conference_there_leaves_one_authority_responsible_at_every_instant(
    sandbox: Sandbox, origin: str
) -> None:
    move = await moving(sandbox, origin, "stockport")
    await move.offer()
    await move.advance("2025-05-08")
    early = await move.origin.tell(CHILD, item("plan_ended", "2025-05-08", basis="here", ground="transferred"))
    await move.advance("2025-05-20")
    conference = [
        item("receiving_in_conference_held", "2025-05-19", "RIC", kind="receiving_in"),
        *quorate("2025-05-19", "RIC"),
        made_subject("2025-05-19", "RIC"),
    ]
    await move.receiver.tell(move.case, *conference)

    assert "P13" in {finding["rule"] for finding in early["findings"]}
    days = ("2025-05-07", "2025-05-08", "2025-05-18", "2025-05-19", "2025-05-20")
    here = [[each["state"]["responsible"]["here"] for each in await move.sides(true_at=day)] for day in days]
    assert here == [[True, False], [True, False], [True, False], [False, True], [False, True]]
