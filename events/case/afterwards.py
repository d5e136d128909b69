"""How far the support that follows a plan has come, and what its ending left to be done (requirements 4.7, 4.11)."""

from collections.abc import Iterable, Mapping
from typing import Any

from events.case.answer import Duty, Status
from events.case.story import Story

STEPS = {
    "step_down_considered": "considered",
    "team_around_the_child_transfer_agreed": "team_around_the_child_agreed",
    "team_around_the_child_meeting_held": "team_around_the_child_met",
    "tac_plan_agreed": "team_around_the_child_plan",
    "team_around_the_child_closed": "closed",
    "child_in_need_plan_started": "child_in_need_plan",
    "child_in_need_plan_closed": "closed",
    "early_help_plan_started": "early_help_plan",
    "re_referral_triggered": "re_referral_triggered",
}
"""What each event makes of it: the last one told says where it stands."""


def afterwards(story: Story) -> Mapping[str, Any] | None:
    """Where the support stands since the plan ended, or since the conference made none; None before, and without."""
    if story.active or story.stage_since is None:
        return None
    told = (event for name in STEPS for event in story.facts.get(name, ()) if event.day >= story.stage_since)
    last = max(told, key=lambda event: event.order, default=None)
    return {"stage": STEPS[last.type], "since": last.day} if last is not None else None


def after_care(duties: Iterable[Duty]) -> Mapping[str, Any] | None:
    """Whether all is done that the ending of a plan left to be done, and what is not; None where it left nothing."""
    left = [duty for duty in duties if duty.started_by.type == "plan_ended"]
    still = dict.fromkeys(duty.rule for duty in left if duty.status in {Status.OPEN, Status.MISSED})
    return {"stage": "pending" if still else "complete", "open": list(still)} if left else None
