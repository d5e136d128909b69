"""Several items at once: in order, whole or not at all, a refusal in its place while what is lawful stands."""

from tests.http.client import item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import asked_for, ended, forbidden_ending, made_subject, on_a_plan, review, tell_all
from tests.http.test_versions import seen


async def test_one_item_that_makes_no_sense_keeps_the_whole_batch_out(sandbox: Sandbox) -> None:
    client = await sandbox()

    answer = await client.post("/v1/cases/CHILD-A/events", [registered(), item("child_seen", "2025-03-03")])

    assert answer.status_code == 422
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/1/data/by_sw", "/1/data/spoken_to"}
    assert (await client.get("/v1/cases/CHILD-A")).status_code == 404


async def test_a_lone_refused_decision_is_409_with_its_clause_and_is_recorded(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered())

    answer = await client.post("/v1/cases/CHILD-A/events", forbidden_ending("2025-03-03"))

    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["type"] == "urn:planclock:problem:decision-refused"
    assert body["version"] == 2
    reason = next(reason for reason in body["reasons"] if reason["rule"] == "P11")
    assert reason == {
        "rule": "P11",
        "cite": "Plan states, P11 to P19",
        "message": "There is no plan to end.",
        "missing": reason["missing"],
    }
    history = (await client.get("/v1/cases/CHILD-A/events")).json()["events"]
    assert [event["type"] for event in history] == ["child_registered", "decision_refused"]


async def test_a_refused_decision_stands_aside_while_the_rest_is_recorded(sandbox: Sandbox) -> None:
    client = await sandbox()

    told = await client.tell("CHILD-A", registered(), forbidden_ending("2025-03-03"), seen("2025-03-03"))

    assert [event["outcome"] for event in told["events"]] == ["recorded", "refused", "recorded"]
    assert [refused["type"] for refused in told["refused"]] == ["plan_ended"]
    history = (await client.get("/v1/cases/CHILD-A/events")).json()["events"]
    assert [event["type"] for event in history] == ["child_registered", "decision_refused", "child_seen"]


async def test_what_depends_on_a_refused_decision_falls_with_it(sandbox: Sandbox) -> None:
    client = await sandbox()
    ending = forbidden_ending("2025-03-03")
    letter = item("notification_sent", "2025-03-03", register_id="N07", depends_on=[ending["id"]])

    told = await client.tell("CHILD-A", registered(), ending, letter)

    assert [event["outcome"] for event in told["events"]] == ["recorded", "refused", "refused"]
    assert told["refused"][1]["reasons"][0]["rule"] == "depends_on"


async def test_what_depends_on_a_decision_refused_earlier_falls_too(sandbox: Sandbox) -> None:
    client = await sandbox()
    ending = forbidden_ending("2025-03-03")
    await client.tell("CHILD-A", registered(), ending)

    letter = item("notification_sent", "2025-03-03", register_id="N07", depends_on=[ending["id"]])
    answer = await client.post("/v1/cases/CHILD-A/events", letter)

    assert answer.status_code == 409
    assert answer.json()["reasons"][0]["rule"] == "depends_on"


async def test_reject_all_keeps_nothing_but_the_refusals(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered())
    batch = [seen("2025-03-03"), forbidden_ending("2025-03-03")]

    answer = await client.post("/v1/cases/CHILD-A/events", batch, on_refusal="reject_all")
    again = await client.post("/v1/cases/CHILD-A/events", batch, on_refusal="reject_all")

    assert answer.status_code == 409
    assert again.content == answer.content
    history = (await client.get("/v1/cases/CHILD-A/events")).json()["events"]
    assert [event["type"] for event in history] == ["child_registered", "decision_refused"]


async def test_reject_all_opens_no_case_for_the_sake_of_a_refusal(sandbox: Sandbox) -> None:
    client = await sandbox()
    batch = [registered(), forbidden_ending("2025-03-03")]

    answer = await client.post("/v1/cases/CHILD-A/events", batch, on_refusal="reject_all")
    rehearsed = await client.post("/v1/cases/CHILD-A/events", batch, on_refusal="reject_all", dry_run="true")

    assert (answer.status_code, rehearsed.status_code) == (409, 409)
    assert "P11" in {reason["rule"] for reason in answer.json()["reasons"]}
    assert (await client.get("/v1/cases/CHILD-A")).status_code == 404
    assert len((await client.get("/v1/events")).json()["events"]) == 3


async def test_reject_all_lets_a_lawful_batch_pass(sandbox: Sandbox) -> None:
    client = await sandbox()

    answer = await client.post("/v1/cases/CHILD-A/events", [registered()], on_refusal="reject_all")

    assert answer.status_code == 201


async def test_what_reject_all_left_out_may_be_told_again_without_it(sandbox: Sandbox) -> None:
    client = await sandbox()
    siblings = ("CHILD-A", "CHILD-B", "CHILD-C")
    await on_a_plan(client, "CHILD-B")
    for case in siblings:
        if case != "CHILD-B":
            await client.tell(case, registered())
    decision = {**made_subject("2025-04-10"), "cases": list(siblings)}

    all_or_nothing = await client.post("/v1/events", decision, on_refusal="reject_all")
    what_is_lawful = await client.post("/v1/events", decision)
    again = await client.post("/v1/events", decision)

    assert all_or_nothing.status_code == 409
    assert [refused["type"] for refused in all_or_nothing.json()["refused"]] == ["child_decision_made"]
    outcomes = [case["events"][0]["outcome"] for case in what_is_lawful.json()["cases"]]
    assert outcomes == ["recorded", "refused", "recorded"]
    assert again.content == what_is_lawful.content


async def test_each_sibling_is_decided_alone_at_one_conference(sandbox: Sandbox) -> None:
    """Wales L19 and E-16: one child's refused decision leaves the others' lawful ones standing."""
    client = await sandbox()
    siblings = ("CHILD-A", "CHILD-B", "CHILD-C")
    await on_a_plan(client, "CHILD-A")
    for case in siblings[1:]:
        await client.tell(case, registered())

    answer = await client.post("/v1/events", {**made_subject("2025-04-10"), "cases": list(siblings)})

    assert answer.status_code == 201
    told = answer.json()
    assert [case["events"][0]["outcome"] for case in told["cases"]] == ["refused", "recorded", "recorded"]
    assert [refused["reasons"][0]["rule"] for refused in told["refused"]] == ["P7"]
    assert [case["state"]["plan"]["status"] for case in told["cases"]] == ["active", "active", "active"]
    assert len({event["fact"] for case in told["cases"] for event in case["events"]}) == 1


async def test_each_of_three_siblings_has_a_plan_of_its_own_and_the_meeting_one_duty(sandbox: Sandbox) -> None:
    client = await sandbox()
    cases = await on_a_plan(client, "CHILD-A", "CHILD-B", "CHILD-C")

    duties = [
        {duty["key"] for duty in case["duties"] if duty["id"] == "STF-T29" and duty["meeting"] == "ICPC-1"}
        for case in cases.values()
    ]

    assert duties[0] == duties[1] == duties[2]
    assert len(duties[0]) == 1
    await client.advance("2025-06-02T09:00:00+01:00")
    page = (await client.get("/v1/duties", rule="STF-T29")).json()["duties"]
    assert [(duty["status"], len(duty["cases"])) for duty in page] == [("missed", 3)]
    feed = (await client.get("/v1/events", limit=500)).json()["events"]
    histories = [(await client.get(f"/v1/cases/{case}/events")).json()["events"] for case in cases]
    said = [
        event
        for history in histories
        for event in history
        if event["type"] == "duty_announced" and event["data"]["rule"] == "STF-T29"
    ]
    assert [event["data"]["said"] for event in said] == ["due", "missed"]
    assert [event["id"] for event in feed] == [str(position) for position in range(1, len(feed) + 1)]


async def test_a_dry_run_says_what_would_happen_and_keeps_nothing(sandbox: Sandbox) -> None:
    client = await sandbox()

    answer = await client.post(
        "/v1/cases/CHILD-A/events", [registered(), forbidden_ending("2025-03-03")], dry_run="true"
    )

    assert answer.status_code == 200
    told = answer.json()
    assert (told["case"], told["position"], told["version"]) == (None, None, 2)
    assert [event["outcome"] for event in told["events"]] == ["recorded", "refused"]
    assert (await client.get("/v1/cases/CHILD-A")).status_code == 404
    assert len((await client.get("/v1/events")).json()["events"]) == 3


async def test_a_dry_run_of_a_lone_refused_decision_is_200(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered())

    answer = await client.post("/v1/cases/CHILD-A/events", forbidden_ending("2025-03-03"), dry_run="true")

    assert answer.status_code == 200
    assert answer.json()["refused"][0]["reasons"][0]["rule"] == "P11"
    assert (await client.get("/v1/cases/CHILD-A")).json()["version"] == 1


async def test_the_neglect_rule_refuses_here_and_keeps_with_a_finding_what_is_reported(sandbox: Sandbox) -> None:
    """STF-R74: a child is not taken off a plan for neglect at the first review."""
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    await client.advance("2025-07-08T18:00:00+01:00")
    await client.tell("CHILD-A", *review("2025-07-08", "RCPC-1"))

    here = await client.post("/v1/cases/CHILD-A/events", ended("2025-07-08", "RCPC-1"))
    reported = {"source": "Minutes", "decider": "Chair 1", "date": "2025-07-08"}
    elsewhere = await client.tell("CHILD-A", ended("2025-07-08", "RCPC-1", basis="reported", reported=reported))

    assert here.status_code == 409
    assert [(reason["rule"], bool(reason["cite"])) for reason in here.json()["reasons"]] == [("STF-R74", True)]
    assert elsewhere["state"]["stage"] == "ended"
    assert [f["severity"] for f in elsewhere["findings"] if f["rule"] == "STF-R74"] == ["forbidden"]
    assert [duty["status"] for duty in elsewhere["duties"] if duty["id"] == "E-82"] == ["open"]


async def test_a_fact_told_for_several_is_one_fact_in_each(sandbox: Sandbox) -> None:
    client = await sandbox()
    for case in ("CHILD-A", "CHILD-B"):
        await client.tell(case, registered())

    told = await tell_all(client, ("CHILD-A", "CHILD-B"), asked_for("2025-03-03"))

    assert len(told["cases"]) == 2
    assert told["position"] == max(case["position"] for case in told["cases"])
    assert len({event["fact"] for case in told["cases"] for event in case["events"]}) == 1
    for case in ("CHILD-A", "CHILD-B"):
        (*_, last) = (await client.get(f"/v1/cases/{case}/events")).json()["events"]
        assert "cases" not in last


async def test_a_siblings_own_duties_are_announced_though_the_first_child_was_refused(sandbox: Sandbox) -> None:
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    for case in ("CHILD-B", "CHILD-C"):
        await client.tell(case, registered())
    await client.post("/v1/events", {**made_subject("2025-04-10"), "cases": ["CHILD-A", "CHILD-B", "CHILD-C"]})

    await client.advance("2025-05-01T09:00:00+01:00")

    for case in ("CHILD-B", "CHILD-C"):
        history = (await client.get(f"/v1/cases/{case}/events")).json()["events"]
        said = [event["data"]["rule"] for event in history if event["type"] == "duty_announced"]
        assert "STF-T21" in said
