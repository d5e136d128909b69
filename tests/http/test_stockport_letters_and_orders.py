"""Plans under Stockport's procedure over HTTP: letters, an order in the middle, a birthday that was wrong."""

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.test_staffordshire import duties
from tests.http.test_stockport import (
    A_DAY_LATE,
    CHILD,
    LAST_DAY,
    MOTHER,
    REVIEW,
    Item,
    ended,
    on_a_plan,
    rules,
    sat,
)


async def test_each_parent_has_a_letter_of_their_own_with_what_was_said_of_its_delivery(sandbox: Sandbox) -> None:
    """N03 and E-56: listed as a notice, sent is not delivered, and the last parent's letter decides."""
    client = await sandbox(policy="stockport")
    await on_a_plan(client)
    await client.advance("2025-04-28T18:00:00+01:00")
    parents = [MOTHER, {"name": "Parent 2", "role": "father"}]
    booked = item("review_conference_scheduled", "2025-04-01", "RCPC-1", date=REVIEW)
    await client.tell(CHILD, booked, item("non_cooperation_ending_proposed", "2025-04-28", "RCPC-1", parents=parents))
    letter = {"reference": "LETTER-7", "version": "1", "hash": "9f2c", "holder": "case-system"}
    sent = item("notification_sent", "2025-04-28", register_id="N03", channel="post", document=letter)
    assert (await client.tell(CHILD, sent))["state"]["flags"] == ["non_cooperation_proposed"]
    assert [notice["status"] for notice in await letters(client)] == ["sent", "sent"]

    await client.advance(f"{A_DAY_LATE}T18:00:00+01:00")
    delivered: Item = {"register_id": "N03", "channel": "handed", "document": letter}
    refused: Item = {"signed": False, "unsigned_reason": "Would not open the door."}
    await client.tell(
        CHILD,
        item("notification_delivered", LAST_DAY, to=[parents[0]], signed=True, **delivered),
        item("notification_delivered", A_DAY_LATE, to=[parents[1]], **refused, **delivered),
    )
    first, second = await letters(client)
    assert [(each["person"]["name"], each["status"], each["late"]) for each in (first, second)] == [
        ("Parent 1", "delivered", False),
        ("Parent 2", "delivered", True),
    ]
    assert [step["what"] for step in second["history"]] == ["sent", "delivered"]
    assert second["history"][1]["said"] == {"to": [parents[1]], "channel": "handed", "document": letter, **refused}


async def letters(client: Client) -> list[Item]:
    """The notices of the warning letter, one for each parent."""
    found: list[Item] = (await client.get(f"/v1/cases/{CHILD}/notices")).json()["notices"]
    return [notice for notice in found if notice["id"] == "STK-T19"]


async def test_under_an_order_each_review_weighs_both_processes_and_ends_nothing_by_itself(sandbox: Sandbox) -> None:
    """STK-T07, STK-T24, STK-R08, STK-R33 to STK-R35: missed at the review that did not, owed at the next."""
    client = await sandbox(policy="stockport")
    await on_a_plan(client)
    await client.advance(f"{REVIEW}T18:00:00+01:00")
    kept = item("child_decision_made", REVIEW, "RCPC-1", basis="here", decision="continue")
    told = await client.tell(
        CHILD,
        item("interim_care_order_granted", "2025-04-14", placed_away=True, supervised_contact=True),
        item("review_conference_scheduled", "2025-04-15", "RCPC-1", date=REVIEW),
        *sat(REVIEW, "RCPC-1"),
        kept,
    )
    assert (told["state"]["stage"], {each["rule"] for each in told["guidance"]}) == ("active", {"STK-R34"})
    assert {"STK-R08", "STK-R33", "STK-R35"} <= {finding["rule"] for finding in told["findings"]}
    await client.advance("2025-05-29T00:00:00+01:00")
    assert [(duty["status"], duty["due_on"]) for duty in await duties(client, "STK-T24")] == [
        ("missed", REVIEW),
        ("open", None),
    ]

    await client.advance("2025-11-17T18:00:00+00:00")
    await client.tell(
        CHILD,
        *sat("2025-11-17", "RCPC-2"),
        item("lac_review_held", "2025-11-17", combined_with_review="RCPC-2"),
        item("dual_process_considered", "2025-11-17", "RCPC-2", exceptional=False, reasons="The care plan covers it."),
    )
    assert [duty["status"] for duty in await duties(client, "STK-T07")] == ["met"]
    assert [duty["status"] for duty in await duties(client, "STK-T24")][1] == "met"


async def test_an_ending_at_18_by_a_wrong_birthday_leaves_nothing_owed_for_it(sandbox: Sandbox) -> None:
    """STK-T14, STK-R29, E-20 and E-22: born on 29 February, and then not."""
    client = await sandbox(policy="stockport", now="2026-02-02T09:00:00+00:00")
    begun = item("child_decision_made", "2026-02-02", "ICPC-1", basis="here", decision="subject", category="neglect")
    await client.tell(CHILD, registered("2026-01-05", dob="2008-02-29"), *sat("2026-02-02", "ICPC-1", "initial"), begun)
    await client.advance("2026-02-28T23:59:00+00:00")
    early = await client.post(f"/v1/cases/{CHILD}/events", ended("2026-02-28", None, "reached_18"))
    assert rules(early.json()) == {"P14", "STK-R29"}
    await client.advance("2026-03-01T00:00:00+00:00")
    assert (await client.tell(CHILD, ended("2026-03-01", None, "reached_18")))["state"]["stage"] == "ended"

    corrected = await client.tell(CHILD, item("date_of_birth_corrected", "2026-03-01", new="2008-04-29"))

    assert corrected["state"]["stage"] == "active"
    owed = {duty["id"]: (duty["status"], duty["due_on"]) for duty in corrected["duties"]}
    assert (owed["STK-T14"], "STK-T15" in owed, "STK-R32" in owed) == (("open", "2026-04-29"), False, False)
