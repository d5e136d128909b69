"""The state of a case as it is shown: a plain mapping, made from the story."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from events.calendars.counting import add_months, birthday
from events.case import care
from events.case.afterwards import afterwards
from events.case.letters import attempt
from events.case.responsibility import latest, left_on, responsible, stands
from events.case.responsibility import shown as move_shown
from events.case.story import REVIEW, Meeting, Plan, Stage, Story
from events.case.taking_on import unknowns
from events.catalogue.envelope import LOCAL, Event
from events.catalogue.taking_on import CaseTakenOn

AWAITING_FIRST_REVIEW, IN_REVIEW_CYCLE = "awaiting_first_review", "in_review_cycle"


def shown(story: Story, now: datetime) -> Mapping[str, Any]:
    """The state: where the plan stands, the child, who has the case and answers for it, every meeting, the move."""
    today = now.astimezone(LOCAL).date()
    move = latest(story)
    return {
        "stage": story.stage.value,
        "since": story.stage_since,
        "episode": story.episode,
        "flags": [*_flags(story, today), *_flags_of_moves(story, today)],
        "child": _child(story, now),
        **care.shown(story.care, story.law),
        "plan": _plan(story.plan, story) if story.plan else None,
        "afterwards": afterwards(story),
        "earlier_plans": [_plan(plan, story) for plan in story.earlier_plans],
        "lead_professional": (
            story.lead_professional.model_dump(mode="json", exclude_none=True) if story.lead_professional else None
        ),
        "allocation": {
            "worker": story.allocation.worker,
            "team": story.allocation.team,
            "manager": story.allocation.manager,
        },
        "responsible": responsible(story, today),
        "move": move_shown(move, story, today) if move is not None else None,
        "meetings": [_meeting(each) for each in story.meetings.values()],
        "taken_on": _taken_on(story.taken_on),
        "merged": _merged(story),
    }


def _merged(story: Story) -> Mapping[str, Any] | None:
    """Which case of the same child goes on in place of this one, and which ended in favour of it."""
    if story.merged_into is None and not story.merged:
        return None
    on, into = story.merged_into or (None, None)
    return {"into": into, "on": on, "cases": story.merged}


def _taken_on(event: Event | None) -> Mapping[str, Any] | None:
    """When a case was taken on from another system, and which of its starting values nobody knew."""
    if event is None or not isinstance(event.data, CaseTakenOn):
        return None
    told = event.data
    return {
        "on": event.day,
        "from_system": told.from_system,
        "unborn_case": told.unborn_case,
        "unknown": unknowns(told),
    }


def _flags(story: Story, today: date) -> list[str]:
    plan = story.plan
    return [
        name
        for name, holds in (
            ("unborn", story.child.unborn),
            ("deceased", story.child.died is not None),
            ("left_uk", story.child.left_uk is not None),
            ("left_concern_household", bool(plan and story.child.left_concern_household)),
            ("looked_after", story.care.looked_after is not None),
            ("interim_care_order", story.care.order is not None),
            ("section_twenty", story.care.section_twenty is not None),
            ("dual_process", story.care.dual is not None),
            ("outer_limit_passed", _past_outer_limit(story, today)),
            ("merged", story.merged_into is not None),
            ("non_cooperation_proposed", story.active and attempt(story).proposed is not None),
            ("review_brought_forward", story.active and any(map(_brought_forward, story.conferences))),
            ("chair_dissented", bool(plan and plan.reviews and plan.reviews[-1].last("chair_disagreement_recorded"))),
        )
        if holds
    ]


def _past_outer_limit(story: Story, today: date) -> bool:
    """Whether a running plan is past the outer limit of the procedure, with a rationale or without (E-32)."""
    limit = story.policy.figures.get("outer_limit_months") if story.policy is not None else None
    if limit is None or story.plan is None or not story.active:
        return False
    return today > add_months(story.plan.since, limit.value)


def _brought_forward(meeting: Meeting) -> bool:
    """Whether a review still to be held was set for an earlier day than it had."""
    told = meeting.last("review_brought_forward") if meeting.kind == REVIEW and meeting.awaited else None
    return told is not None and getattr(told.data, "agreed", None) is not False


def _flags_of_moves(story: Story, today: date) -> list[str]:
    """What a move makes of a case; a decline or an exclusion leaves the child resident elsewhere (requirements 4.5)."""
    left = left_on(story)
    here = left is None or left > today
    for_good = [each for each in story.moves if each.going_on and each.permanent is not False and not each.inward]
    how = {stands(each, story, today) for each in for_good}
    away = any(each.going_on and each.permanent is False and not each.inward for each in story.moves)
    listed = any(
        each.inward and each.going_on and each.listed and each.delisted_on is None and each.held_on is None
        for each in story.moves
    )
    return [
        name
        for name, holds in (
            ("transfer_out_pending", story.active and here and bool(how - {"declined", "excluded"})),
            ("resident_elsewhere", story.active and here and bool(how & {"declined", "excluded"})),
            ("temporarily_away", away),
            ("on_temporary_list", listed),
        )
        if holds
    ]


def _child(story: Story, now: datetime) -> Mapping[str, Any]:
    child = story.child
    today = now.astimezone(LOCAL).date()
    age = None
    if child.born is not None and child.died is None and child.born <= today:
        age = today.year - child.born.year - (birthday(child.born, today.year - child.born.year) > today)
    return {
        "names": child.names,
        "date_of_birth": child.born,
        "expected_date": child.expected if child.unborn else None,
        "age": age,
        "died_on": child.died,
        "left_uk_on": child.left_uk,
    }


def _plan(plan: Plan, story: Story) -> Mapping[str, Any]:
    running = plan is story.plan and story.stage is Stage.ACTIVE
    return {
        "status": "active" if running else "ended",
        "phase": (IN_REVIEW_CYCLE if plan.reviews else AWAITING_FIRST_REVIEW) if running else None,
        "started_on": plan.started_on if plan.begun_by.undated is None else None,
        "conference": plan.conference.id if plan.conference else None,
        "category": plan.category,
        "categories": [{"from": day, "category": category} for day, category in plan.categories],
        "reviews": [{"meeting": each.id, "held_on": each.held_on} for each in plan.reviews if each.told_on_its_day],
        "reviews_before": plan.reviews_before,
        "core_groups": [
            {"meeting": each.id, "held_on": each.held_on} for each in plan.core_groups if each.told_on_its_day
        ],
        "last_visit_on": max(plan.visits, default=None),
        "visit_pattern_days": story.visit_pattern[0] if running and story.visit_pattern else None,
        "actions_open": sum(each.settled_on is None for each in plan.actions.values()),
        "ended_on": plan.ended_on,
        "ground": plan.ground,
    }


def _meeting(meeting: Meeting) -> Mapping[str, Any]:
    return {
        "id": meeting.id,
        "kind": meeting.kind,
        "scheduled_on": meeting.scheduled_on,
        "original_on": meeting.first_set_on,
        "held_on": meeting.held_on if meeting.told_on_its_day else None,
        "not_held_on": meeting.failed_on if meeting.held is None else None,
        "cancelled_on": meeting.cancelled_on,
        "quorum": meeting.quorum,
        "dual_process": meeting.dual,
    }
