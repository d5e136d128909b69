"""Stretches of a plan's life under Staffordshire's procedure, as items to tell."""

from typing import Any

from tests.http.client import Client, item, registered

Item = dict[str, Any]

LEAD = {"person": {"name": "Worker 1", "ref": "W1"}, "qualified_sw": True}
ROOM = [
    {"person": {"name": "Worker 1"}, "role": "social_worker", "agency": "csc", "contributed_to_s47": True},
    {"role": "health_visitor", "agency": "health", "contributed_to_s47": True},
    {"role": "police_officer", "agency": "police", "contributed_to_s47": True},
]


def asked_for(day: str, meeting: str = "ICPC-1", category: str = "neglect") -> list[Item]:
    """An initial conference is asked for."""
    requested = {"requested_by": "csc", "category_concern": category}
    return [item("initial_conference_requested", f"{day}T08:00:00+00:00", meeting, **requested)]


def quorate(day: str, meeting: str) -> list[Item]:
    """Enough agencies are at a meeting."""
    assessed = {
        "result": "quorate",
        "counted_agencies": ["csc", "health", "police"],
        "required": 3,
        "history_represented": True,
        "risk_expertise_represented": True,
    }
    return [
        item("attendance_recorded", day, meeting, attendees=ROOM),
        item("quorum_assessed", day, meeting, **assessed),
    ]


def made_subject(day: str, meeting: str = "ICPC-1", category: str = "neglect", **envelope: object) -> Item:
    """The conference makes the child subject of a plan."""
    return item(
        "child_decision_made",
        day,
        meeting,
        **{"basis": "here", **envelope},
        decision="subject",
        category=category,
        lead_professional=LEAD,
        test_limb="likely_past",
        tally={"in_favour": 3, "against": 0},
        method="unanimous",
    )


def initial_conference(day: str, meeting: str = "ICPC-1", category: str = "neglect") -> list[Item]:
    """A quorate initial conference that makes the child subject of a plan."""
    held = item("initial_conference_held", day, meeting, kind="initial", chair={"name": "Chair 1"})
    return [*quorate(day, meeting), held, made_subject(day, meeting, category)]


def review(day: str, meeting: str) -> list[Item]:
    """A quorate review conference; what it decides is told beside it."""
    held = item("review_conference_held", day, meeting, kind="review", chair={"name": "Chair 1"})
    return [*quorate(day, meeting), held]


def ended(day: str, meeting: str | None = None, ground: str = "no_longer_at_risk", **envelope: object) -> Item:
    """The plan ends."""
    return item(
        "plan_ended",
        day,
        meeting,
        **{"basis": "here", **envelope},
        ground=ground,
        reasons="The child is safe and thrives.",
        tally={"in_favour": 3, "against": 0},
        method="unanimous",
        plan_implemented=True,
        needs_reviewed=True,
        core_group_recommends=True,
    )


def forbidden_ending(day: str) -> Item:
    """A decision that no procedure allows: there is no plan to end."""
    return ended(day, ground="no_longer_at_risk")


async def on_a_plan(
    client: Client, *cases: str, requested: str = "2025-03-17", held: str = "2025-04-10", category: str = "neglect"
) -> dict[str, dict[str, Any]]:
    """Children made subject of a plan at one conference; the clock stands at the evening of that day."""
    for number, case in enumerate(cases):
        if (await client.get(f"/v1/cases/{case}")).status_code == 404:
            await client.tell(case, registered("2025-03-03", names=f"Child {'ABCDEF'[number]}"))
    await client.advance(f"{requested}T18:00:00+00:00")
    conference = [*asked_for(requested, category=category)]
    await tell_all(client, cases, conference)
    await client.advance(f"{held}T18:00:00+00:00")
    answer = await tell_all(client, cases, initial_conference(held, category=category))
    by_id = {case["case"]: case for case in answer["cases"]}
    ids = [(await client.get(f"/v1/cases/{case}")).json()["case"] for case in cases]
    return {case: by_id[id_] for case, id_ in zip(cases, ids, strict=True)}


async def tell_all(client: Client, cases: tuple[str, ...], items: list[Item]) -> dict[str, Any]:
    """Tell items over several cases, and expect them to be recorded."""
    answer = await client.post("/v1/events", [{**each, "cases": list(cases)} for each in items])
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told
