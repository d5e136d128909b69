"""Whole cases under Staffordshire's procedure over HTTP, as an auditor would try them: day by day, right and wrong."""

from typing import Any

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import asked_for, ended, made_subject, on_a_plan, quorate, review

Duty = dict[str, Any]
FATHER = {"name": "Parent 2", "ref": "P2", "role": "father"}
MOTHER = {"name": "Parent 1", "ref": "P1", "role": "mother"}
CHAIR = {"name": "Chair 1"}
AGENCIES = ("csc", "health", "police", "school")


async def duties(client: Client, clause: str) -> list[Duty]:
    """The duties of one clause, in the order in which they began."""
    found = (await client.get("/v1/cases/CHILD-A/duties")).json()["duties"]
    return [duty for duty in found if duty["id"] == clause]


async def stands(client: Client, *clauses: str) -> list[tuple[str, str | None]]:
    """Status and due date of every duty of these clauses."""
    return [(each["status"], each["due_on"]) for clause in clauses for each in await duties(client, clause)]


async def refused(client: Client, told: dict[str, Any]) -> dict[str, list[str]]:
    """The rules that refuse one item, each with what is missing."""
    answer = await client.post("/v1/cases/CHILD-A/events", told)
    assert answer.status_code == 409, answer.text
    return {reason["rule"]: reason["missing"] for reason in answer.json()["reasons"]}


async def found(client: Client, *rules: str) -> list[list[str]]:
    """What the findings of these rules say is missing."""
    case = (await client.get("/v1/cases/CHILD-A")).json()
    return [finding["missing"] for finding in case["findings"] if finding["rule"] in rules]


def there(day: str, *agencies: str) -> dict[str, Any]:
    """Who came, each having contributed to the section 47 enquiry."""
    seats = [{"agency": agency, "contributed_to_s47": True} for agency in agencies]
    return item("attendance_recorded", day, "ICPC-1", attendees=seats)


def view(day: str, meeting: str, agency: str, said: str) -> dict[str, Any]:
    """What one agency thinks."""
    return item("agency_view_stated", day, meeting, agency=agency, view=said)


async def test_the_third_agency_is_missing_twice_then_the_vote_ties_and_the_chair_casts_it(sandbox: Sandbox) -> None:
    """L252 over Easter, counted from the original day however often it fails (E-14); L292, L308 and L319."""
    client = await sandbox("2025-04-01T09:00:00+01:00")
    booked = item("initial_conference_scheduled", "2025-04-01", "ICPC-1", date="2025-04-15", chair=CHAIR)
    await client.tell("CHILD-A", registered("2025-04-01"), *asked_for("2025-04-01"), booked)
    inquorate = {"result": "inquorate_not_held", "info_sufficient": False, "reason": "Nobody from the police."}

    for day, again in (("2025-04-15", "2025-04-24"), ("2025-04-24", "2025-04-29")):
        await client.advance(f"{day}T18:00:00+01:00")
        failed = item("quorum_assessed", day, "ICPC-1", **inquorate)
        told = await client.tell("CHILD-A", there(day, "csc", "health"), failed)
        assert told["state"]["stage"] == "icpc_deferred"
        assert "STF-R46" in await refused(client, made_subject(day))
        await client.tell("CHILD-A", item("conference_reconvened", day, "ICPC-1", new_date=again))
        assert await stands(client, "STF-T15") == [("open", "2025-04-28")]  # Good Friday and Easter Monday do not count
    assert len(await found(client, "E-14")) == 1

    await client.advance("2025-04-29T18:00:00+01:00")
    assert await stands(client, "STF-T15") == [("missed", "2025-04-28")]
    day = "2025-04-29"
    sides = ("subject", "subject", "not_subject", "not_subject")
    views = [view(day, "ICPC-1", agency, said) for agency, said in zip(AGENCIES, sides, strict=True)]
    held = item("initial_conference_held", day, "ICPC-1", chair=CHAIR)
    await client.tell("CHILD-A", there(day, *AGENCIES), quorate(day, "ICPC-1")[1], held, *views)

    decision = made_subject(day)
    decision["data"] |= {"tally": {"in_favour": 2, "against": 2}, "method": "majority"}
    tied = await refused(client, {**decision, "id": "tied"})
    assert tied == {"STF-R57": ["the chair's casting vote: the agencies are evenly split"]}
    cast = item(
        "casting_vote_used", day, "ICPC-1", chair=CHAIR, tally={"in_favour": 2, "against": 2}, decision="subject"
    )
    twice = {**decision, "id": "two", "data": {**decision["data"], "category": ["neglect", "physical"]}}
    nobody = {**decision, "id": "no-lead", "data": {**decision["data"], "lead_professional": None}}
    del nobody["data"]["lead_professional"]
    await client.tell("CHILD-A", cast)

    assert list(await refused(client, twice)) == ["STF-R61"]
    assert list(await refused(client, nobody)) == ["STF-R62"]
    told = await client.tell("CHILD-A", decision)
    assert (told["refused"], told["state"]["stage"]) == ([], "active")
    clocks = [("open", "2025-07-29"), ("open", "2025-05-20"), ("open", "2025-05-14")]  # the May bank holiday passes
    assert await stands(client, "STF-T17", "STF-T20", "STF-T21") == clocks
    assert await stands(client, "STF-T15") == [("met_late", "2025-04-28")]


async def test_neglect_open_actions_and_dissent_stand_between_a_plan_and_its_end(sandbox: Sandbox) -> None:
    """L407 and L423: refused at the first review; at the second only with a reason, and minuted with the dissent."""
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    action = item("plan_action_added", "2025-04-10", action="ACT-1", what="Breakfast at school.", due_on="2025-05-01")
    await client.tell("CHILD-A", action)
    await client.advance("2025-07-10T18:00:00+01:00")
    first = "2025-07-10"
    await client.tell("CHILD-A", *review(first, "CPRC-1"))
    changed = item("category_changed", first, "CPRC-1", basis="here", new="emotional", by="chair")
    assert (await client.tell("CHILD-A", changed))["refused"] == []

    early = await refused(client, ended(first, "CPRC-1"))  # a new category in mid-review evades nothing (E-33)
    assert early["STF-R74"] == ["a second review, or that the child has left the household"]
    goes_on = {"decision": "continue", "continuing_sh": True, "proceedings_considered": True}
    await client.tell("CHILD-A", item("child_decision_made", first, "CPRC-1", basis="here", **goes_on))
    assert await stands(client, "STF-T17", "STF-T18") == [("met", first), ("open", "2026-01-10")]

    second = "2026-01-09"
    await client.advance(f"{second}T18:00:00+00:00")
    sides = ("end", "end", "continue")
    views = [view(second, "CPRC-2", agency, said) for agency, said in zip(AGENCIES, sides, strict=False)]
    await client.tell("CHILD-A", *review(second, "CPRC-2"), *views)
    assert await refused(client, ended(second, "CPRC-2")) == {
        "STF-R67": ["completion, or a reason, for 1 of the plan's actions"]
    }
    why = item("plan_action_not_completed", second, action="ACT-1", rationale="The school gives breakfast to all now.")
    told = await client.tell("CHILD-A", why, ended(second, "CPRC-2"))
    assert (told["refused"], told["state"]["stage"]) == ([], "ended")

    signed = item("minutes_signed", second, "CPRC-2", basis="here", chair=CHAIR)
    assert await refused(client, signed) == {"STF-R68": ["the reasons of 1 agencies that disagreed"]}
    dissent = item("dissent_recorded", second, "CPRC-2", agency="police", reason="Calls to the house in December.")
    assert (await client.tell("CHILD-A", dissent, {**signed, "id": "signed-again"}))["refused"] == []
    told_of = [each["told_of"]["recipient"] for each in (await duties(client, "STF-T32"))[2:]]
    assert told_of == ["health authority", "education authority"]


async def test_an_excluded_father_is_told_heard_and_gets_redacted_minutes_alone(sandbox: Sandbox) -> None:
    """L256 to L286: stopped where Planclock is asked to send them; kept with a finding when it has happened (E-84)."""
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    known = [
        item("family_member_added", "2025-04-10", name=each["name"], ref=each["ref"], relation=each["role"])
        for each in (MOTHER, FATHER)
    ]
    booked = item("review_conference_scheduled", "2025-04-10", "CPRC-1", date="2025-07-07")
    await client.tell("CHILD-A", *known, booked)
    await client.advance("2025-07-07T18:00:00+01:00")
    asked = item("exclusion_requested", "2025-07-05", "CPRC-1", by={"agency": "police"}, who=FATHER, grounds=["marac"])
    await client.tell("CHILD-A", asked)
    assert await found(client, "STF-T13") == []  # a Saturday: two days before the Monday
    assert await found(client, "STF-T11") == [["a call to the chair by 2025-07-03"]]  # and not two working days

    advance = {"who": FATHER, "part": "part", "grounds": ["marac"], "advance": True, "documents_allowed": "The plan."}
    excluded = item("participant_excluded", "2025-07-06", "CPRC-1", basis="here", **advance)
    assert list(await refused(client, excluded)) == ["STF-R47"]
    await client.tell("CHILD-A", {**excluded, "id": "by-chair", "data": {**excluded["data"], "chair": CHAIR}})
    assert await stands(client, "STF-T14", "STF-T30") == [("open", None), ("open", "2025-07-21")]
    by_sw = {"to": {"ref": "P2"}, "by": {"role": "social_worker"}}
    await client.tell("CHILD-A", item("exclusion_communicated", "2025-07-06", "CPRC-1", **by_sw))

    signed = item("minutes_signed", "2025-07-07", "CPRC-1", basis="here", chair=CHAIR)
    checked = item("minutes_quality_assured", "2025-07-07", "CPRC-1", by=CHAIR)
    await client.tell("CHILD-A", *review("2025-07-07", "CPRC-1"), checked, signed)
    sent = {"basis": "here", "channel": "handed"}
    full = item("minutes_distributed", "2025-07-07", "CPRC-1", recipients=[MOTHER, {"role": "father"}], **sent)
    assert await refused(client, full) == {"STF-R55": ["a redacted version for 1 of the recipients"]}
    redacted = {**full, "id": "redacted", "data": {**full["data"], "redacted_for": [{"ref": "P2"}]}}
    assert await refused(client, {**redacted, "id": "too-soon"}) == {
        "STF-R55": ["the chair's signature on the redacted minutes"]
    }
    sign = item("minutes_signed", "2025-07-07", "CPRC-1", basis="here", chair=CHAIR, redacted=True)
    assert (await client.tell("CHILD-A", sign, redacted))["refused"] == []
    assert await stands(client, "STF-T14", "STF-T29", "STF-T30") == [
        ("met", None),
        ("missed", "2025-04-28"),
        ("met", "2025-07-21"),
        ("met", "2025-07-21"),
    ]

    reported = {"source": "The file", "decider": "Clerk 1", "date": "2025-07-07"}
    happened = {"basis": "reported", "reported": reported, "recipients": [{"name": "Parent 2"}], "channel": "post"}
    told = await client.tell("CHILD-A", item("minutes_distributed", "2025-07-07", "CPRC-1", **happened))
    kept = [each for each in told["findings"] if each["rule"] == "STF-R55"]
    assert [(each["severity"], each["cite"]) for each in kept] == [("forbidden", "Exclusion NB, L286")]


async def test_a_core_group_that_is_late_is_challenged_explained_and_counted_from_the_day_it_met(
    sandbox: Sandbox,
) -> None:
    """L362, L381, L399 and L360: the agencies speak up from the first day late, and it stays late with its reason."""
    client = await sandbox()
    await on_a_plan(client, "CHILD-A")
    await client.advance("2025-04-28T23:30:00+01:00")
    assert await stands(client, "STF-T21", "STF-T24a") == [("open", "2025-04-28")]
    await client.advance("2025-04-29T09:00:00+01:00")
    assert await stands(client, "STF-T21", "STF-T24a") == [("missed", "2025-04-28"), ("open", None)]
    listed = (await client.get("/v1/duties", status="open")).json()["duties"]
    assert [each["owner"] for each in listed if each["id"] == "STF-T24a"] == ["each agency"]

    accepted = {"name": "Manager 1", "role": "team_manager"}
    why: dict[str, Any] = {"duty": "STF-T21", "reason": "The family was in hospital.", "accepted_by": accepted}
    challenge = item("agency_challenged_core_group_delay", "2025-04-29", agency="school", subject="No core group yet.")
    await client.tell("CHILD-A", challenge, item("lateness_explained", "2025-04-29", **why))
    await client.advance("2025-05-01T18:00:00+01:00")
    met = item("core_group_meeting_held", "2025-05-01", "CG-1", seq=1, chair_role="team_manager")
    await client.tell("CHILD-A", met)

    (first,) = await duties(client, "STF-T21")
    assert (first["status"], first["lateness"]["reason"], first["lateness"]["accepted_by"]) == (
        "met_late",
        why["reason"],
        accepted,
    )
    assert await stands(client, "STF-T24a", "STF-T22", "STF-T23") == [
        ("met", None),
        ("open", "2025-06-12"),
        ("open", "2025-05-16"),  # ten working days, less the bank holiday of 5 May
    ]
    await client.advance("2025-05-17T09:00:00+01:00")
    assert await stands(client, "STF-T23", "STF-T24b") == [("missed", "2025-05-16"), ("open", None)]
    circulated = item("core_group_record_circulated", "2025-05-17", "CG-1", minutes=True, plan_version="1")
    await client.tell("CHILD-A", circulated)
    assert await stands(client, "STF-T23", "STF-T24b") == [("met_late", "2025-05-16"), ("cancelled", None)]
    at_the_time = (await client.get("/v1/cases/CHILD-A", known_at="2025-04-20")).json()
    assert "STF-T24a" not in {each["id"] for each in at_the_time["duties"]}
