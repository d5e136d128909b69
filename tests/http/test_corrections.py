"""Corrections over HTTP: nothing is edited, both stay visible, and every copy is put right."""

from uuid import uuid4

from tests.http.client import item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import asked_for, forbidden_ending, on_a_plan, tell_all
from tests.http.test_versions import seen


async def test_a_corrected_date_moves_what_follows_from_it_and_both_stay_visible(sandbox: Sandbox) -> None:
    client = await sandbox("2025-03-05T18:00:00+00:00")
    told = await client.tell("CHILD-A", registered(), *asked_for("2025-03-03"))
    fact = told["events"][1]["fact"]

    change = {"fact": fact, "occurred_at": "2025-03-04T09:30:00+00:00", "reason": "The date was typed wrongly."}
    put_right = await client.tell("CHILD-A", item("event_corrected", "2025-03-05", **change))

    (form,) = [duty for duty in put_right["duties"] if duty["id"] == "STF-T01"]
    assert form["due_at"] == "2025-03-05T09:30:00Z"
    _, request, correction = (await client.get("/v1/cases/CHILD-A/events")).json()["events"]
    assert request["occurred_at"] == "2025-03-03T08:00:00Z"
    assert request["corrected_by"] == [correction["fact"]]
    assert correction["corrects"] == fact


async def test_a_voided_fact_counts_for_nothing(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await client.tell("CHILD-A", registered(), *asked_for("2025-03-03"))

    void = item("event_voided", "2025-03-03", fact=told["events"][1]["fact"], reason="For another child.")
    voided = await client.tell("CHILD-A", void)

    assert voided["state"]["stage"] == "none"
    assert voided["duties"] == []


async def test_a_correction_reaches_every_copy_of_the_fact(sandbox: Sandbox) -> None:
    client = await sandbox()
    for case in ("CHILD-A", "CHILD-B"):
        await client.tell(case, registered())
    told = await tell_all(client, ("CHILD-A", "CHILD-B"), asked_for("2025-03-03"))

    void = item("event_voided", "2025-03-03", fact=told["cases"][0]["events"][0]["fact"], reason="Withdrawn at once.")
    await client.tell("CHILD-A", void)

    stages = [(await client.get(f"/v1/cases/{case}")).json()["state"]["stage"] for case in ("CHILD-A", "CHILD-B")]
    assert stages == ["none", "none"]


async def test_a_correction_for_one_child_alone_leaves_the_others(sandbox: Sandbox) -> None:
    client = await sandbox()
    for case in ("CHILD-A", "CHILD-B"):
        await client.tell(case, registered())
    told = await tell_all(client, ("CHILD-A", "CHILD-B"), asked_for("2025-03-03"))

    fact = told["cases"][0]["events"][0]["fact"]
    void = item("event_voided", "2025-03-03", fact=fact, reason="Not for this child.", this_case_only=True)
    await client.tell("CHILD-A", void)

    stages = [(await client.get(f"/v1/cases/{case}")).json()["state"]["stage"] for case in ("CHILD-A", "CHILD-B")]
    assert stages == ["none", "icpc_requested"]


async def test_the_same_correction_again_gets_its_first_answer(sandbox: Sandbox) -> None:
    client = await sandbox()
    for case in ("CHILD-A", "CHILD-B"):
        await client.tell(case, registered())
    told = await tell_all(client, ("CHILD-A", "CHILD-B"), asked_for("2025-03-03"))
    void = item("event_voided", "2025-03-03", fact=told["cases"][0]["events"][0]["fact"], reason="Withdrawn at once.")
    first = await client.post("/v1/cases/CHILD-A/events", void)

    again = await client.post("/v1/cases/CHILD-A/events", void)

    assert (again.status_code, again.content) == (201, first.content)


async def test_a_voiding_may_itself_be_voided(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await client.tell("CHILD-A", registered(), *asked_for("2025-03-03"))
    void = item("event_voided", "2025-03-03", fact=told["events"][1]["fact"], reason="For another child.")
    voided = await client.tell("CHILD-A", void)

    back = item("event_voided", "2025-03-03", fact=voided["events"][0]["fact"], reason="It was this child after all.")
    restored = await client.tell("CHILD-A", back)

    assert restored["state"]["stage"] == "icpc_requested"


async def test_a_correction_that_leaves_nonsense_says_which_field(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await client.tell("CHILD-A", registered(), seen("2025-03-03"))
    fact = told["events"][1]["fact"]

    wrong = item("event_corrected", "2025-03-03", fact=fact, data={"spoken_to": "Kestrel"}, reason="Typed wrongly.")
    answer = await client.post("/v1/cases/CHILD-A/events", wrong)

    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"pointer": "/data/data/spoken_to", "message": "Must be true or false."}]
    assert "Kestrel" not in answer.text


async def test_a_correction_into_the_future_is_refused(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await client.tell("CHILD-A", registered())
    fact = told["events"][0]["fact"]

    moved = item("event_corrected", "2025-03-03", fact=fact, occurred_on="2025-03-09", reason="Typed wrongly.")
    reborn = item("event_corrected", "2025-03-03", fact=fact, data={"dob": "2025-06-01"}, reason="Typed wrongly.")
    answers = [await client.post("/v1/cases/CHILD-A/events", each) for each in (moved, reborn)]

    assert [answer.status_code for answer in answers] == [422, 422]
    pointers = [answer.json()["errors"][0]["pointer"] for answer in answers]
    assert pointers == ["/data/occurred_on", "/data/data/dob"]


async def test_a_fact_of_another_case_is_unknown_here(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await client.tell("CHILD-A", registered())
    await client.tell("CHILD-B", registered())

    for fact in (told["events"][0]["fact"], str(uuid4())):
        void = item("event_voided", "2025-03-03", fact=fact, reason="Wrong child.")
        answer = await client.post("/v1/cases/CHILD-B/events", void)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/data/fact"


async def test_what_planclock_said_is_not_for_callers_to_correct(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await client.tell("CHILD-A", registered(), forbidden_ending("2025-03-03"))

    void = item("event_voided", "2025-03-03", fact=told["events"][1]["fact"], reason="No.")
    answer = await client.post("/v1/cases/CHILD-A/events", void)

    assert answer.status_code == 422


async def test_a_decision_voided_takes_its_plan_with_it(sandbox: Sandbox) -> None:
    client = await sandbox()
    told = await on_a_plan(client, "CHILD-A")
    (decision,) = [event for event in told["CHILD-A"]["events"] if event["type"] == "child_decision_made"]

    void = item("event_voided", "2025-04-10", fact=decision["fact"], reason="The wrong child's decision.")
    voided = await client.tell("CHILD-A", void)

    assert voided["state"]["plan"] is None
