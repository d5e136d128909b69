"""Concerns about another agency: recorded, resolved or taken further; and what escalation is not for."""

import pytest

from events.case.answer import Status
from tests.case.given import on_a_plan

clause = pytest.mark.clause


@pytest.mark.parametrize("type_", ["concern_resolved", "escalation_started"])
@clause("STF-T62")
def test_a_concern_is_resolved_or_goes_to_the_line_manager(type_: str) -> None:
    case = on_a_plan()
    for concern in ("C-1", "C-2"):
        case.tell("practitioner_concern_raised", "2025-04-02", concern=concern, about="csc", risk="R")
    case.tell(type_, "2025-04-09", concern="C-1")

    assert [(duty.status, duty.due_on) for duty in case.duties("STF-T62")] == [
        (Status.MET, None),
        (Status.OPEN, None),
    ]


@clause("STF-T62")
def test_a_concern_without_an_id_is_met_by_whatever_resolves_one_and_outlives_the_plan() -> None:
    case = on_a_plan()
    case.tell("practitioner_concern_raised", "2025-04-02", about="csc")
    case.report("plan_ended", "2025-04-03", ground="transferred")
    assert case.status("STF-T62") is Status.OPEN

    case.tell("concern_resolved", "2025-04-09", how="Talked.")
    assert case.status("STF-T62") is Status.MET


@pytest.mark.parametrize(
    "about, findings",
    [("outcome of a conference", 1), ("Conference decision", 1), ("information_sharing", 0), (None, 0)],
)
@clause("STF-R125", "E-84")
def test_escalation_about_what_a_conference_decided_is_kept_and_found(about: str | None, findings: int) -> None:
    case = on_a_plan()
    case.tell("escalation_started", "2025-04-02", **({"about": about} if about else {"stage": "line_manager"}))

    assert case.severities("STF-R125") == ["warning"] * findings
