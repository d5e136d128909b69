"""History from before Planclock that broke rules is kept as it was, with findings; nobody has to answer for it now."""

from typing import Any

import pytest

from tests.http.client import Client, item, registered
from tests.http.conftest import Sandbox

REPORTED = {"source": "Paper file", "decider": "Chair 1"}


def old(type_: str, day: str, meeting: str | None = None, **data: object) -> dict[str, Any]:
    """Something of a history that is imported."""
    return {**item(type_, day, meeting, **data), "historical_import": True}


def decided(type_: str, day: str, meeting: str | None = None, **data: object) -> dict[str, Any]:
    """A decision of it, told as reported."""
    return {**old(type_, day, meeting, basis="reported", **data), "reported": {**REPORTED, "date": day}}


BROKEN: dict[str, tuple[list[dict[str, Any]], set[str]]] = {
    "staffordshire": (
        [
            old("initial_conference_held", "2023-03-06", "ICPC", kind="initial"),
            decided("child_decision_made", "2023-03-06", "ICPC", decision="subject", category="neglect"),
            old("review_conference_held", "2023-06-05", "RCPC", kind="review"),
            decided("plan_ended", "2023-06-05", "RCPC", ground="no_longer_at_risk"),
        ],
        {"STF-R62", "STF-R74"},  # no lead professional; neglect, and the first review
    ),
    "stockport": (
        [
            old("initial_conference_held", "2023-03-06", "ICPC", kind="initial"),
            decided("child_decision_made", "2023-03-06", "ICPC", decision="subject", category="physical"),
            decided("plan_ended", "2023-05-15", ground="transferred"),
        ],
        {"STK-R28"},  # no conference there, and no decision
    ),
    "sefton": (
        [
            old("initial_conference_held", "2023-03-06", "ICPC", kind="initial"),
            decided("child_decision_made", "2023-03-06", "ICPC", decision="subject", continuing_sh=False),
            decided("plan_ended", "2024-02-05", ground="non_cooperation"),
        ],
        {"SEF-R05", "SEF-R09"},
    ),
}


async def known(sandbox: Sandbox, policy: str) -> Client:
    """A sandbox in which a child has been known since before its history."""
    client = await sandbox("2025-03-03T09:00:00+00:00", policy=policy)
    await client.tell("CHILD-A", {**registered("2023-01-09"), "historical_import": True})
    return client


@pytest.mark.parametrize("policy", BROKEN)
async def test_history_that_broke_rules_is_kept_with_what_was_forbidden(sandbox: Sandbox, policy: str) -> None:
    """E-36: nothing is refused, each broken block is a finding, and no duty arises to confirm what is long past."""
    history, broken = BROKEN[policy]
    client = await known(sandbox, policy)
    told = await client.tell("CHILD-A", *history)

    assert told["refused"] == []
    assert {finding["rule"] for finding in told["findings"] if finding["severity"] == "forbidden"} == broken
    assert told["state"]["stage"] == "ended"
    assert [duty for duty in told["duties"] if duty["id"] == "E-82"] == []
    kept = (await client.get("/v1/cases/CHILD-A/events")).json()["events"]
    assert [event["historical_import"] for event in kept if event["type"] != "duty_announced"] == [True] * (
        len(history) + 1
    )


@pytest.mark.parametrize("policy", BROKEN)
async def test_the_same_decided_here_today_is_refused(sandbox: Sandbox, policy: str) -> None:
    """What is accepted as history would not be let through as a decision taken here."""
    history, broken = BROKEN[policy]
    client = await known(sandbox, policy)
    refused: set[str] = set()
    for told in history:
        if "basis" in told:
            here = {key: value for key, value in told.items() if key not in {"historical_import", "reported"}}
            answer = await client.post(
                "/v1/cases/CHILD-A/events", {**here, "id": f"{told['id']} here", "basis": "here"}
            )
            refused |= {reason["rule"] for reason in answer.json().get("reasons", ())}
        await client.tell("CHILD-A", told)

    assert refused >= broken
