"""Notices: one duty for each who must be told, met by what is told of that recipient, or of all."""

from typing import Any

import pytest

from events.case.answer import Status
from tests.case.given import Case, on_a_plan

clause = pytest.mark.clause
HEALTH, EDUCATION = {"agency": "health"}, {"agency": "education"}


def told(case: Case, rule: str) -> dict[str, Status]:
    """Where each recipient's duty of one entry stands."""
    return {duty.told_of.get("recipient", "nobody known"): duty.status for duty in case.duties(rule)}


@clause("STF-T32", "STF-R92")
def test_each_who_must_be_told_has_a_duty_of_their_own() -> None:
    case = on_a_plan()
    assert told(case, "STF-T32") == {"health authority": Status.OPEN, "education authority": Status.OPEN}

    case.tell("notification_sent", "2025-03-25", register_id="n07", to=[HEALTH])
    assert told(case, "STF-T32") == {"health authority": Status.MET, "education authority": Status.OPEN}

    case.tell("notification_sent", "2025-03-26", register_id="STF-T32", to=[{"role": "Education Authority"}])
    assert told(case, "STF-T32") == {"health authority": Status.MET, "education authority": Status.MET}


@clause("STF-T32")
@pytest.mark.parametrize(
    "about", [{}, {"to": [HEALTH, EDUCATION]}, {"to": [{"role": "nurse", "agency": "health"}, EDUCATION]}]
)
def test_a_notice_to_nobody_in_particular_or_to_all_tells_all(about: dict[str, Any]) -> None:
    case = on_a_plan()
    case.tell("notification_sent", "2025-03-25", register_id="N07", **about)

    assert set(told(case, "STF-T32").values()) == {Status.MET}


@clause("STF-T32")
@pytest.mark.parametrize("about", [
    {"register_id": "N07", "to": [{"agency": "police"}]},
    {"register_id": "N08", "to": [HEALTH]},
])  # fmt: skip
def test_telling_somebody_else_or_of_something_else_tells_nobody(about: dict[str, Any]) -> None:
    case = on_a_plan()
    case.tell("notification_sent", "2025-03-25", **about)

    assert set(told(case, "STF-T32").values()) == {Status.OPEN}


@clause("STF-T32")
@pytest.mark.parametrize("type_", ["notification_delivered", "notification_acknowledged"])
def test_what_arrived_was_sent(type_: str) -> None:
    case = on_a_plan()
    case.tell(type_, "2025-03-25", register_id="N07")

    assert set(told(case, "STF-T32").values()) == {Status.MET}


@clause("STF-T32")
@pytest.mark.parametrize("type_", ["notification_requested", "notification_failed"])
def test_asking_for_it_or_failing_tells_nobody(type_: str) -> None:
    case = on_a_plan()
    case.tell(type_, "2025-03-25", register_id="N07")

    assert set(told(case, "STF-T32").values()) == {Status.OPEN}


@clause("STF-T32")
def test_a_notice_is_named_by_its_key_whatever_its_recipient_is_called() -> None:
    case = on_a_plan()
    key = case.duties("STF-T32")[0].id
    case.tell("notification_sent", "2025-03-25", register_id=key, to=[{"name": "Nurse 1"}])

    assert told(case, "STF-T32") == {"health authority": Status.MET, "education authority": Status.OPEN}
