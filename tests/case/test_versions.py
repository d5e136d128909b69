"""Which version of a procedure judges what: the one in force on the day, and the figures of open duties (E-37)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from events.case.answer import Status
from events.policies.in_force import Activation, NoPolicy, Policies
from events.policies.model import Enforce, Policy
from events.policies.words import Due
from tests.case.given import Anything, Case, at, at_conference, on_a_plan, pack, subject, the_engine

clause = pytest.mark.clause


def changed(**entries: dict[str, Any]) -> Policy:
    """Staffordshire's pack with fields of some entries changed; `STF_T21` stands for STF-T21."""
    policy, new = pack("staffordshire"), {name.replace("_", "-"): fields for name, fields in entries.items()}

    def anew(entry: Anything) -> Anything:
        return entry.model_copy(update=new.get(entry.id, {}))

    return policy.model_copy(
        update={
            "version": "7",
            "duty": tuple(anew(each) for each in policy.duty),
            "rule": tuple(anew(each) for each in policy.rule),
        }
    )


def following(case: Case, policy: Policy, effective: str, *, recalculates: bool = False) -> Case:
    return replace(case, activations=(Activation(policy, date.fromisoformat(effective), recalculates),))


FIVE_DAYS = {"STF_T21": {"due": Due(working_days=5, after="conference_date")}}


@clause("E-37")
def test_a_duty_keeps_the_figures_of_the_version_it_began_under() -> None:
    case = following(on_a_plan("2025-03-24"), changed(**FIVE_DAYS), "2025-03-25")

    duty = case.duty("STF-T21", "2025-03-26")
    assert (str(duty.due_on), duty.explanation.policy_version) == ("2025-04-07", "6")


@clause("E-37")
def test_one_that_begins_under_the_new_version_has_its_figures() -> None:
    case = following(on_a_plan("2025-03-24"), changed(**FIVE_DAYS), "2025-03-24")

    duty = case.duty("STF-T21", "2025-03-26")
    assert (str(duty.due_on), duty.explanation.policy_version) == ("2025-03-31", "7")


@clause("E-37")
def test_a_version_that_says_so_takes_over_open_duties_from_its_day_and_no_finished_ones() -> None:
    case = following(on_a_plan("2025-03-24"), changed(**FIVE_DAYS), "2025-03-27", recalculates=True)
    done = following(on_a_plan("2025-03-24"), changed(**FIVE_DAYS), "2025-03-27", recalculates=True)
    done.tell("core_group_meeting_held", "2025-03-26")

    assert str(case.duty("STF-T21", "2025-03-26").due_on) == "2025-04-07"
    assert str(case.duty("STF-T21", "2025-03-27").due_on) == "2025-03-31"
    assert str(done.duty("STF-T21", "2025-03-27").due_on) == "2025-04-07"


@clause("E-37")
def test_a_decision_is_judged_by_the_version_of_its_day() -> None:
    lenient = changed(STF_R62={"enforce": Enforce.WARN})
    before = following(at_conference("2025-03-24"), lenient, "2025-03-25")
    after = following(at_conference("2025-03-24"), lenient, "2025-03-24")
    decision = subject(lead_professional=None)

    assert before.decide("child_decision_made", "2025-03-24", meeting="ICPC", **decision) == ("STF-R62",)
    assert after.decide("child_decision_made", "2025-03-24", meeting="ICPC", **decision) == ()
    assert after.severities("STF-R62") == ["warning"]


@clause("E-37")
def test_a_duty_that_a_version_drops_runs_on_where_it_had_begun() -> None:
    policy = pack("staffordshire")
    without = policy.model_copy(update={"duty": tuple(each for each in policy.duty if each.id != "STF-T21")})
    case = following(on_a_plan("2025-03-24"), without, "2025-03-25", recalculates=True)

    assert case.status("STF-T21", "2025-03-26") is Status.OPEN


def test_before_the_first_policy_nothing_can_be_said() -> None:
    case = on_a_plan("2025-03-24")
    policies = Policies([Activation(case.policy, date(2025, 3, 11))])

    with pytest.raises(NoPolicy, match="no policy was in force on 2025-03-10"):
        the_engine().assessor.assess(case.events, policies, case.calendar, at("2025-04-01"))
