"""Of a child who moves between two authorities that are both here, exactly one is responsible on every day (E-58)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import permutations
from random import Random

import pytest

from events.calendars.counting import ONE_DAY
from events.case.history import history
from events.case.links import was_carried
from events.case.standing import begins
from events.catalogue.envelope import Event, Kind
from events.policies.model import PassesWith
from tests.case.given import Anything, Case, on_a_plan, pack, subject, the_catalogue, the_engine
from tests.case.pairs import RECEIVER, Pair

OFFERED, TOLD = date(2025, 5, 1), "2025-07-01"
ASKED = {"to_authority": RECEIVER, "permanent": True, "secure_own_accommodation": True}
RIC = "RIC-1"


@dataclass(frozen=True)
class Step:
    """Something told at one side, true on a day of May 2025."""

    side: str
    type: str
    day: int
    meeting: str | None = None
    data: dict[str, Anything] = field(default_factory=dict)

    @property
    def on(self) -> date:
        return date(2025, 5, self.day)


HELD = Step("receiver", "receiving_in_conference_held", 16, RIC)
DECIDED = Step("receiver", "child_decision_made", 19, RIC, subject())
NOT_MADE = Step("receiver", "child_decision_made", 19, RIC, {"decision": "not_subject"})
CONFIRMED = Step(
    "receiver",
    "receiving_authority_confirmed_responsibility",
    21,
    None,
    {"written": True, "effective_on": "2025-05-26"},
)
ENDED = Step("origin", "plan_ended", 28, None, {"ground": "transferred"})
AGREED = Step("receiver", "receiving_in_conference_agreed", 6)
DECLINED = Step("receiver", "receiving_in_conference_declined", 6, None, {"reasons": "Not for good."})
EXCLUDED = Step("receiver", "transfer_excluded", 8, None, {"reason": "custody"})
LISTED = Step("receiver", "child_added_to_temporary_list", 3, None, {"basis": "transferring"})
PAPER = Step("origin", "transfer_document_received", 2, None, {"document": "plan"})
EVERY = (HELD, DECIDED, NOT_MADE, CONFIRMED, ENDED, AGREED, DECLINED, EXCLUDED, LISTED, PAPER)

PASSES_WITH = pytest.mark.parametrize("passes_with", list(PassesWith), ids=lambda each: each.value)


@PASSES_WITH
@pytest.mark.parametrize("steps", list(permutations((HELD, DECIDED, CONFIRMED))))
def test_in_whatever_order_the_receivers_steps_are_told(passes_with: PassesWith, steps: Sequence[Step]) -> None:
    pair = moving(passes_with)
    for step in steps:
        told(pair, step)
        assert_one_holder(pair)

    assert holders(pair, date(2025, 5, 26)) == ["receiver"]


@PASSES_WITH
@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_told_corrected_and_voided(passes_with: PassesWith, seed: int) -> None:
    dice, pair = Random(seed), moving(passes_with)
    for step in dice.sample(EVERY, 5):
        told(pair, replace(step, day=max(1, step.day + dice.randint(-4, 4))))
    ours = [event for event in steps_of(pair) if dice.random() < 0.5]
    for event in ours:
        case = pair.origin if event in pair.origin.events else pair.receiver
        if dice.random() < 0.5:
            case.void(event, TOLD)
        else:
            case.correct(event, TOLD, occurred_on=date(2025, 5, dice.randint(2, 28)).isoformat())
        pair.carry(TOLD)

    assert_one_holder(pair)


@PASSES_WITH
def test_a_plan_that_was_ended_too_early_leaves_the_origin_responsible_until_the_receiver_is(
    passes_with: PassesWith,
) -> None:
    pair = moving(passes_with)
    for step in (replace(ENDED, day=8), HELD, DECIDED, CONFIRMED):
        told(pair, step)
        assert_one_holder(pair)

    assert holders(pair, date(2025, 5, 9)) == ["origin"]
    assert holders(pair, date(2025, 5, 26)) == ["receiver"]


def test_until_the_confirmation_is_carried_the_origin_does_not_know_of_it() -> None:
    pair = moving(PassesWith.WRITING)
    told(pair, HELD)
    tell(pair.receiver, CONFIRMED)
    before = holders(pair, date(2025, 5, 27))
    pair.carry(TOLD)

    assert before == ["origin", "receiver"]
    assert holders(pair, date(2025, 5, 27)) == ["receiver"]


def moving(passes_with: PassesWith) -> Pair:
    """A child offered on 1 May whose conference is set, from an authority whose responsibility passes so."""
    origin = pack("staffordshire").model_copy(update={"responsibility_passes_with": passes_with})
    pair = Pair(origin=on_a_plan(policy=origin))
    pair.origin.tell("receiving_in_conference_requested", OFFERED.isoformat(), **ASKED)
    pair.carry(OFFERED.isoformat())
    pair.receiver.tell("receiving_in_conference_scheduled", OFFERED.isoformat(), meeting=RIC, date="2025-05-16")
    pair.carry(OFFERED.isoformat())
    return pair


def told(pair: Pair, step: Step) -> None:
    """Told at its side, and carried to the other."""
    tell(pair.origin if step.side == "origin" else pair.receiver, step)
    pair.carry(TOLD)


def tell(case: Case, step: Step) -> None:
    more = {"meeting": step.meeting, "recorded": TOLD, **step.data}
    if the_catalogue()[step.type].kind is Kind.DECISION:
        case.report(step.type, step.on.isoformat(), **more)
    else:
        case.tell(step.type, step.on.isoformat(), **more)


def steps_of(pair: Pair) -> list[Event]:
    """What was told after the offer, not carried."""
    both = [*pair.origin.events, *pair.receiver.events]
    kinds = {Kind.FACT, Kind.DECISION}
    return [each for each in both if each.kind in kinds and not was_carried(each) and each.recorded_at.month == 7]


def assert_one_holder(pair: Pair) -> None:
    for after in range(32):
        day = OFFERED + timedelta(after)
        assert len(holders(pair, day)) == 1, f"{day}: {holders(pair, day)}"


def holders(pair: Pair, day: date) -> list[str]:
    """Who, of what was true by the end of a day, is responsible by its own case."""
    sides = (("origin", pair.origin), ("receiver", pair.receiver))
    return [name for name, case in sides if holds(case, day)]


def holds(case: Case, day: date) -> bool:
    true = {told.event.fact for told in history(case.events).told if told.event.day <= day}
    events = [event for event in case.events if event.kind is Kind.CORRECTION or event.fact in true]
    if not true:
        return False
    now = begins(day + ONE_DAY) - timedelta(microseconds=1)
    state = the_engine().assessor.assess(events, case.policies, case.calendar, now).state
    return bool(state["responsible"]["here"])
