"""Sefton over HTTP, to the day: how plans end, what follows, and how a decision is challenged."""

from typing import Any

import pytest

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox
from tests.http.plans import asked_for, ended, initial_conference, on_a_plan, review
from tests.http.test_wales_calderdale_sefton import SEFTON, duties, goes_on

REVIEW = "2025-07-01"
CONFERENCE: tuple[str, dict[str, Any]] = ("receiving_in_conference_held", {})
IN_WRITING: tuple[str, dict[str, Any]] = (
    "receiving_authority_confirmed_responsibility",
    {"written": True, "document": "LETTER-1"},
)


async def planned(sandbox: Sandbox, dob: str = "2015-06-01") -> Client:
    """A child on a plan from 10 April 2025 on; school and health were invited to its conference."""
    client = await sandbox(policy=SEFTON)
    invited = item(
        "conference_invitations_issued", "2025-03-17", "ICPC-1", invitees=[{"agency": "school"}, {"agency": "health"}]
    )
    await client.tell("CHILD-A", registered("2025-03-03", dob=dob))
    await client.advance("2025-04-10T18:00:00+01:00")
    await client.tell("CHILD-A", *asked_for("2025-03-17"), invited, *initial_conference("2025-04-10"))
    return client


async def at_review(sandbox: Sandbox) -> Client:
    """The first review is being held."""
    client = await planned(sandbox)
    await client.advance(f"{REVIEW}T18:00:00+01:00")
    await client.tell("CHILD-A", *review(REVIEW, "RC-1"))
    return client


async def statuses(client: Client, clause: str) -> list[str]:
    """How the duties of a clause stand."""
    return [duty["status"] for duty in await duties(client, clause)]


async def refused(client: Client, told: dict[str, Any]) -> list[str]:
    """The rules that refuse an item; none if it was recorded."""
    answer = await client.post("/v1/cases/CHILD-A/events", told)
    assert answer.status_code in {201, 409}, answer.text
    return [each["rule"] for each in answer.json().get("reasons", [])]


def rules(answer: dict[str, Any]) -> set[str]:
    """The rules whose findings an answer holds."""
    return {finding["rule"] for finding in answer["findings"]}


@pytest.mark.parametrize("first, then", [(CONFERENCE, IN_WRITING), (IN_WRITING, CONFERENCE)])
async def test_a_move_ends_the_plan_on_the_later_of_conference_and_written_word(
    sandbox: Sandbox, first: tuple[str, dict[str, Any]], then: tuple[str, dict[str, Any]]
) -> None:
    """SEF-R04, SEF-T05, E-58, E-68: with one alone it is refused, on the very day of the other it is not."""
    client = await planned(sandbox)
    for (type_, said), day in ((first, "2025-05-06"), (then, "2025-05-08")):
        await client.advance(f"{day}T18:00:00+01:00")
        assert await refused(client, ended(day, ground="transferred")) == ["SEF-R04"]
        await client.tell("CHILD-A", item(type_, day, "TC-1" if type_ == CONFERENCE[0] else None, **said))
    await client.advance("2025-05-20T18:00:00+01:00")
    answer = await client.tell("CHILD-A", ended("2025-05-20", ground="transferred"))

    assert (answer["refused"], answer["state"]["plan"]["ended_on"]) == ([], "2025-05-08")


async def test_a_word_that_is_not_written_does_not_end_the_plan(sandbox: Sandbox) -> None:
    """SEF-R04: in writing."""
    client = await planned(sandbox)
    spoken = item("receiving_authority_confirmed_responsibility", "2025-04-10", written=False)
    await client.tell("CHILD-A", item("receiving_in_conference_held", "2025-04-10", "TC-1"), spoken)

    assert await refused(client, ended("2025-04-10", ground="transferred")) == ["SEF-R04"]


@pytest.mark.parametrize(
    "dob, before, birthday", [("2007-06-01", "2025-05-31", "2025-06-01"), ("2008-02-29", "2026-02-28", "2026-03-01")]
)
async def test_a_plan_ends_at_18_on_the_birthday_and_never_before(
    sandbox: Sandbox, dob: str, before: str, birthday: str
) -> None:
    """SEF-T02, SEF-R05, E-20: a child born on 29 February is 18 on 1 March."""
    client = await planned(sandbox, dob)
    await client.advance(f"{before}T18:00:00+00:00")
    assert await refused(client, ended(before, ground="reached_18")) == ["P14"]
    assert [each["due_on"] for each in await duties(client, "SEF-T02")] == [birthday]

    await client.advance(f"{birthday}T12:00:00+00:00")
    answer = await client.tell("CHILD-A", ended(birthday, ground="reached_18"))
    assert (answer["refused"], answer["state"]["plan"]["ended_on"]) == ([], birthday)
    assert await statuses(client, "SEF-T02") == ["met"]


async def test_other_planning_replaces_the_plan_where_a_review_decides_it(sandbox: Sandbox) -> None:
    """SEF-R01, SEF-R05: refused apart from a review, let through at one; non-co-operation is no ground."""
    client = await planned(sandbox)
    replaced = "looked_after_single_plan"
    assert await refused(client, ended("2025-04-10", ground=replaced)) == ["SEF-R01"]
    assert await refused(client, ended("2025-04-10", ground="non_cooperation")) == ["SEF-R05"]

    there = await at_review(sandbox)
    assert await refused(there, ended(REVIEW, "RC-1", ground=replaced)) == []
    assert await statuses(there, "SEF-T04") == ["open"]


async def test_the_agencies_invited_to_the_initial_conference_are_told_each_by_itself(sandbox: Sandbox) -> None:
    """SEF-T03, SEF-R06, N24: those of the conference that led to the plan."""
    client = await at_review(sandbox)
    await client.tell("CHILD-A", ended(REVIEW, "RC-1"))
    await client.tell("CHILD-A", item("notification_sent", REVIEW, register_id="N24", to=[{"agency": "school"}]))

    stands = {each["told_of"]["recipient"]: each["status"] for each in await duties(client, "SEF-T03")}
    assert stands == {"school": "met", "health": "open"}


async def test_child_in_need_meetings_follow_every_four_weeks_also_on_boxing_day(sandbox: Sandbox) -> None:
    """SEF-T01, SEF-R08, E-05: 28 days from the meeting that was held, and no rolling to a working day."""
    client = await planned(sandbox)
    await client.advance("2025-11-28T18:00:00+00:00")
    await client.tell("CHILD-A", *review("2025-11-28", "RC-1"), ended("2025-11-28", "RC-1"))
    chosen = item("step_down_considered", "2025-11-28", "RC-1", chosen="child_in_need", consent=True)
    await client.tell("CHILD-A", chosen)
    assert await statuses(client, "SEF-R08") == ["open"]
    await client.tell("CHILD-A", item("child_in_need_plan_started", "2025-11-28", agencies=["csc", "school"], seq=9))
    assert [each["due_on"] for each in await duties(client, "SEF-T01")] == ["2025-12-26"]
    assert await statuses(client, "SEF-R08") == ["met"]

    await client.advance("2025-12-26T23:00:00+00:00")
    assert await statuses(client, "SEF-T01") == ["open"]
    await client.advance("2025-12-29T12:00:00+00:00")
    await client.tell("CHILD-A", item("child_in_need_meeting_held", "2025-12-29", agencies=["csc"]))
    found = [(each["due_on"], each["status"]) for each in await duties(client, "SEF-T01")]
    assert found == [("2025-12-26", "met_late"), ("2026-01-26", "open")]


async def test_the_talk_about_services_has_parents_and_child_and_a_re_assessment(sandbox: Sandbox) -> None:
    """SEF-T04, SEF-R07: met only where both took part."""
    client = await at_review(sandbox)
    await client.tell("CHILD-A", ended(REVIEW, "RC-1"))
    alone = await client.tell("CHILD-A", item("services_discussed_with_family", REVIEW, parents=True, child=False))
    assert (await statuses(client, "SEF-T04"), "SEF-R07" in rules(alone)) == (["open"], True)

    both: dict[str, Any] = {"parents": True, "child": True, "re_assessment_ref": "A-1"}
    await client.tell("CHILD-A", item("services_discussed_with_family", REVIEW, **both))
    assert await statuses(client, "SEF-T04") == ["met"]


async def test_a_practitioner_takes_advice_speaks_and_writes_and_only_then_escalates(sandbox: Sandbox) -> None:
    """SEF-R12, SEF-R13, SEF-T06, E-84: one way alone leaves a finding, and an escalation is never refused."""
    ways: list[dict[str, Any]] = [{}, {"verbal": True}, {"written": True}, {"verbal": True, "written": True}]
    found = [await escalating(await at_review(sandbox), way) for way in ways]

    assert found == [([], True, False), ([], True, False), ([], True, False), ([], False, False)]


async def escalating(client: Client, way: dict[str, Any]) -> tuple[list[Any], bool, bool]:
    """Whether an escalation is refused, and found to skip the chair, or advice; then the concern is resolved."""
    spoken = [item("representation_made_to_chair", REVIEW, concern="C-1", seq=3, **way)] if way else []
    await client.tell(
        "CHILD-A",
        goes_on(REVIEW, "RC-1"),
        item("practitioner_concern_raised", REVIEW, concern="C-1", about="conference_decision", seq=1),
        item("advice_sought", REVIEW, concern="C-1", from_whom={"role": "designated_professional"}, seq=2),
        *spoken,
    )
    answer = await client.tell("CHILD-A", item("escalation_started", REVIEW, concern="C-1", basis="here", seq=4))
    assert await statuses(client, "SEF-T06") == ["open"]
    await client.tell("CHILD-A", item("concern_resolved", REVIEW, concern="C-1", how="The visits go on.", seq=5))
    assert await statuses(client, "SEF-T06") == ["met"]
    return answer["refused"], "SEF-R13" in rules(answer), "SEF-R12" in rules(answer)


async def test_parents_who_disagree_are_heard_told_how_to_appeal_and_the_decision_stands(sandbox: Sandbox) -> None:
    """SEF-T08, SEF-R15, E-43, E-44: an appeal has no date of its own and changes nothing while it is pending."""
    client = await at_review(sandbox)
    disagrees = item("parent_disagreement_raised", REVIEW, "RC-1", who={"ref": "P1", "role": "mother"})
    await client.tell("CHILD-A", goes_on(REVIEW, "RC-1"), disagrees)
    assert [(each["status"], each["due_on"]) for each in await duties(client, "SEF-T08")] == [("open", None)]

    silent = await client.tell("CHILD-A", item("parent_concerns_discussed_by_chair", REVIEW, "RC-1", seq=1))
    assert (await statuses(client, "SEF-T08"), "SEF-R15" in rules(silent)) == (["met"], True)
    lodged = item("appeal_lodged", REVIEW, "RC-1", appeal="AP-1", grounds="No interpreter.", seq=2)
    upheld = item("appeal_determined", REVIEW, appeal="AP-1", outcome="upheld", seq=3)
    answer = await client.tell("CHILD-A", lodged, upheld)
    assert (answer["state"]["stage"], answer["state"]["plan"]["status"]) == ("active", "active")


async def test_dissent_left_out_of_the_minutes_keeps_them_from_being_signed(sandbox: Sandbox) -> None:
    """SEF-R11: refused until it stands there."""
    client = await at_review(sandbox)
    left_out = item("dissent_recorded", REVIEW, "RC-1", agency="school", reason="Still hungry.", in_minutes=False)
    told = await client.tell("CHILD-A", goes_on(REVIEW, "RC-1"), left_out)
    signs = item("minutes_signed", REVIEW, "RC-1", basis="here")
    assert await refused(client, signs) == ["SEF-R11"]

    fact = told["events"][-1]["fact"]
    await client.tell("CHILD-A", item("event_corrected", REVIEW, fact=fact, reason="Added.", data={"in_minutes": True}))
    assert await refused(client, {**signs, "id": "signed-again"}) == []


async def test_no_plan_is_made_for_a_child_who_is_not_at_risk_and_help_rests_on_consent(sandbox: Sandbox) -> None:
    """SEF-R09, SEF-R10, SEF-R10a, SEF-T07."""
    client = await sandbox(policy=SEFTON)
    await client.tell("CHILD-A", registered(), *asked_for("2025-03-03"))
    await client.advance("2025-04-10T18:00:00+01:00")
    subject = initial_conference("2025-04-10")
    subject[-1]["data"]["continuing_sh"] = False
    held = await client.post("/v1/cases/CHILD-A/events", subject)
    assert [each["rule"] for each in held.json()["refused"][0]["reasons"]] == ["SEF-R09"]

    decided = {"decision": "not_subject", "continuing_sh": False}
    none = item("child_decision_made", "2025-04-10", "ICPC-1", basis="here", **decided)
    helped = item("step_down_considered", "2025-04-10", "ICPC-1", chosen="child_in_need")
    started = item("child_in_need_plan_started", "2025-04-10", next_review="2025-05-08", seq=9)
    assert "SEF-R10" in rules(await client.tell("CHILD-A", none))
    assert "SEF-R10a" in rules(await client.tell("CHILD-A", helped, started))
    assert [each["due_on"] for each in await duties(client, "SEF-T07")] == ["2025-05-08"]
    assert await duties(client, "SEF-T01") == []


async def test_reviews_are_inherited_and_say_so(sandbox: Sandbox) -> None:
    """E-46."""
    client = await sandbox(policy=SEFTON)
    await on_a_plan(client, "CHILD-A")

    (first,) = await duties(client, "E-46")
    assert (first["due_on"], "inherited" in first["marks"]) == ("2025-07-10", True)
