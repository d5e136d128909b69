"""Support after a plan or instead of one in Staffordshire: reviewed, and closed only by all who carry it."""

import pytest

from events.case.answer import Mark, Status
from tests.case.given import Case, at_conference, last_day_in_time, on_a_plan, subject

clause = pytest.mark.clause
AGENCIES = ["csc", "school"]


def not_subject() -> Case:
    """A child whose conference decided that no plan is needed."""
    case = at_conference()
    case.decide("child_decision_made", "2025-03-24", meeting="ICPC", decision="not_subject", support_considered=True)
    return case


@clause("STF-T63")
def test_a_child_in_need_plan_is_reviewed_on_the_day_it_sets() -> None:
    case = not_subject()
    case.tell("child_in_need_plan_started", "2025-04-01", agencies=AGENCIES, next_review="2025-05-13")
    assert last_day_in_time(case, "STF-T63") == "2025-05-13"
    assert Mark.INHERITED in case.duty("STF-T63").marks

    case.tell("child_in_need_plan_reviewed", "2025-05-12", agencies=AGENCIES, next_review="2025-06-24")
    assert [duty.status for duty in case.duties("STF-T63", "2025-05-12")] == [Status.MET, Status.OPEN]
    assert last_day_in_time(case, "STF-T63") == "2025-06-24"


@clause("STF-T63")
def test_closing_it_or_a_new_plan_ends_the_review_and_without_a_day_it_says_so() -> None:
    closed, again, other = not_subject(), not_subject(), not_subject()
    for case in (closed, again, other):
        case.tell("child_in_need_plan_started", "2025-04-01", agencies=AGENCIES)
    assert Mark.CANNOT_BE_CALCULATED in closed.duty("STF-T63").marks
    closed.tell("child_in_need_plan_closed", "2025-05-01", multi_agency_review=True, consensus=True)
    again.report("child_decision_made", "2025-05-01", meeting="ICPC-2", **subject())
    other.report("child_decision_made", "2025-05-01", meeting="ICPC-2", decision="not_subject")

    assert [case.status("STF-T63") for case in (closed, again, other)] == [
        Status.CANCELLED,
        Status.CANCELLED,
        Status.OPEN,
    ]


@clause("STF-T63")
def test_while_a_plan_runs_no_child_in_need_plan_is_reviewed_and_after_it_one_is() -> None:
    running, ended = on_a_plan(), on_a_plan()
    running.tell("child_in_need_plan_started", "2025-04-01", agencies=AGENCIES, next_review="2025-05-13")
    ended.report("plan_ended", "2025-04-01", ground="no_longer_at_risk")
    ended.tell("child_in_need_plan_started", "2025-04-02", agencies=AGENCIES, next_review="2025-05-13")

    assert (running.duties("STF-T63"), ended.status("STF-T63", "2025-05-13")) == ([], Status.OPEN)


@pytest.mark.parametrize("type_", ["child_in_need_plan_started", "child_in_need_plan_reviewed"])
@clause("STF-R77")
def test_which_agencies_carry_it_is_recorded(type_: str) -> None:
    silent, said = not_subject(), not_subject()
    silent.tell(type_, "2025-04-01")
    said.tell(type_, "2025-04-01", agencies=AGENCIES)

    assert [case.severities("STF-R77") for case in (silent, said)] == [["record"], []]


@pytest.mark.parametrize(
    "said, refused",
    [
        ({"multi_agency_review": True, "consensus": True}, ()),
        ({"multi_agency_review": True}, ("STF-R79",)),
        ({"consensus": True}, ("STF-R79",)),
        ({"multi_agency_review": True, "consensus": False}, ("STF-R79",)),
    ],
)
@clause("STF-R79", "E-84")
def test_it_closes_only_after_a_multi_agency_review_and_by_consensus(
    said: dict[str, bool], refused: tuple[str, ...]
) -> None:
    here, happened = not_subject(), not_subject()

    assert here.decide("child_in_need_plan_closed", "2025-05-01", **said) == refused
    happened.tell("child_in_need_plan_closed", "2025-05-01", **said)
    assert happened.severities("STF-R79") == ["forbidden"] * len(refused)


@clause("STF-R79a")
def test_early_help_is_thought_of_when_it_closes() -> None:
    silent, said = not_subject(), not_subject()
    silent.tell("child_in_need_plan_closed", "2025-05-01")
    said.tell("child_in_need_plan_closed", "2025-05-01", eha_considered=False)

    assert [case.severities("STF-R79a") for case in (silent, said)] == [["record"], []]


@pytest.mark.parametrize("met", ["escalation_started", "concern_resolved"])
@clause("STF-R79b")
def test_each_agency_that_disputes_the_closing_escalates(met: str) -> None:
    case = on_a_plan()
    for agency in ("school", "health"):
        case.tell("child_in_need_closure_disputed", "2025-05-01", agency=agency)
    assert [duty.status for duty in case.duties("STF-R79b")] == [Status.OPEN, Status.OPEN]

    case.report("plan_ended", "2025-05-02", ground="reached_18")
    said = {"agency": "school"} if met == "escalation_started" else {}
    case.tell(met, "2025-05-05", **said)
    met_ones = [duty.status for duty in case.duties("STF-R79b")]
    assert met_ones.count(Status.MET) == (1 if said else 2)
