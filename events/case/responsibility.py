"""Who is responsible for a child who moves: since when, and how each move stands. Exactly one authority, always."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from events.case.excluding import reasons_against
from events.case.move import Move
from events.case.story import Story
from events.policies.model import PassesWith


def passes_on(move: Move, story: Story) -> date | None:
    """The day on which responsibility passes with a move, if it does (E-58).

    It is the day named when it was transferred; else that of the conference, and under the procedure of an authority
    that the child leaves, of the decision there or of the word in writing if that asks for it. The receiver's
    confirmation may name a later one. Nothing hangs on whether the origin has recorded the end of its plan.
    """
    if move.transferred is not None:
        return move.transferred.day
    day = _by_procedure(move, _passes_with(move, story))
    if day is None or move.effective_on is None:
        return day
    return max(move.effective_on, conference_on(move) or day)


def _passes_with(move: Move, story: Story) -> PassesWith:
    """As the procedure of the authority that the child leaves has it: the other's, of one who comes, if it is told."""
    if move.inward:
        return PassesWith(move.passes_with) if move.passes_with in set(PassesWith) else PassesWith.CONFERENCE
    return story.policy.responsibility_passes_with if story.policy is not None else PassesWith.CONFERENCE


def _by_procedure(move: Move, passes_with: PassesWith) -> date | None:
    held_on = conference_on(move)
    match passes_with:
        case PassesWith.CONFERENCE:
            return held_on
        case PassesWith.DECISION:
            return move.decided.day if move.decided is not None else None
        case PassesWith.WRITING:
            return max(held_on, move.written.day) if held_on is not None and move.written is not None else None


def conference_on(move: Move) -> date | None:
    """When the receiving-in conference was held: as told itself, or as the decision reported of it says."""
    return move.held_on or (move.decided.day if move.decided is not None else None)


def left_on(story: Story) -> date | None:
    """The day on which responsibility for the plan that is running passes away from here, if it does."""
    plan = story.plan
    if plan is None or not story.active:
        return None
    days = (passes_on(each, story) for each in story.moves if not each.inward)
    return min((day for day in days if day is not None and day >= plan.started_on), default=None)


def responsible(story: Story, today: date) -> Mapping[str, Any]:
    """Whether this authority is responsible, or which one is, and since when."""
    turns = [(day, each) for each in story.moves if (day := passes_on(each, story)) is not None and day <= today]
    if turns:
        day, move = max(turns, key=lambda turn: (turn[0], turn[1].began.day))
        return {"here": move.inward, "authority": move.to_authority, "since": day}
    began = story.plan.started_on if story.plan is not None else None
    waiting = [each for each in story.moves if each.inward and not _on_a_plan_of_its_own(each, story)]
    if waiting:
        return {"here": False, "authority": waiting[-1].from_authority, "since": waiting[-1].began.day}
    leaving = next((each.from_authority for each in reversed(story.moves) if not each.inward), None)
    return {"here": True, "authority": leaving, "since": began}


def _on_a_plan_of_its_own(move: Move, story: Story) -> bool:
    """Whether the child who comes is on a plan here that did not begin with the conference of the move."""
    return (
        story.plan is not None
        and story.active
        and (story.plan.conference is None or not move.confers_at(story.plan.conference))
    )


def latest(story: Story) -> Move | None:
    """The move to show: one that goes on before one that was declined or is over, for good before a stay, the last."""
    ranked = sorted(
        story.moves, key=lambda each: (each.going_on and each.declined is None, each.permanent is not False)
    )
    return ranked[-1] if ranked else None


def stands(move: Move, story: Story, today: date) -> str:  # noqa: PLR0911  # one line a step of the way
    """How far a move has come (requirements 4.4 to 4.6)."""
    passed = passes_on(move, story)
    if not move.going_on:
        return "ended"
    if passed is not None and passed <= today:
        return "confirmed" if move.confirmed or move.transferred else "held"
    if move.permanent is False and move.requested is None:
        return "temporary"
    if reasons_against(move, story, today):
        return "excluded"
    if move.declined is not None:
        return "declined"
    if move.agreed is not None:
        return "agreed"
    if move.requested is None:
        return "notified"
    if not move.missing:
        return "under_review"
    return "incomplete" if move.papers or move.gap else "offered"


def shown(move: Move, story: Story, today: date) -> Mapping[str, Any]:
    """A move as the state of a case shows it: no address, and nobody's name."""
    passed = passes_on(move, story)
    return {
        "id": move.id,
        "direction": move.direction,
        "permanent": move.permanent,
        "from_authority": move.from_authority,
        "to_authority": move.to_authority,
        "stands": stands(move, story, today),
        "since": move.began.day,
        "listed_on": move.listed.day if move.listed is not None and move.delisted_on is None else None,
        "requested_on": move.requested.day if move.requested is not None else None,
        "papers": [each.value for each in move.papers if each not in move.gap],
        "papers_missing": [each.value for each in move.missing],
        "excluded_for": [each.value for each in reasons_against(move, story, today)],
        "agreed_on": move.agreed.day if move.agreed is not None else None,
        "declined_on": move.declined.day if move.declined is not None else None,
        "conference": move.conference.id if move.conference is not None else None,
        "held_on": move.held_on,
        "responsibility_passes_on": passed,
        "silent_since": move.silent.day if move.silent is not None else None,
        "ended_on": move.over[0] if move.over is not None else None,
        "ended_because": move.over[1] if move.over is not None else None,
    }
