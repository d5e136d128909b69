"""Children on the move: stories that tests about moves begin with."""

from events.case.answer import Status
from tests.case.given import Anything, Case, on_a_plan, subject

SIX = ["chronology", "conference_papers", "plan", "core_group_minutes", "registration_status", "court_status"]
MANAGER = {"by": {"role": "specialist_safeguarding_development_manager"}}
OTHER = "stoke-on-trent"


def told_of(day: str = "2025-03-31") -> Case:
    """A child of another authority, whose move here for good was notified."""
    case = Case()
    case.tell("permanent_move_notified", day, direction="in", from_authority=OTHER)
    return case


def asked(day: str = "2025-04-01", *, papers: list[str] | None = None, **more: Anything) -> Case:
    """For whom a receiving-in conference was asked for, with some of the papers on the same day."""
    case = told_of("2025-03-31")
    request = {"permanent": True, "secure_own_accommodation": True, **more}
    case.tell("receiving_in_conference_requested", day, **request)
    for paper in papers if papers is not None else SIX:
        case.tell("transfer_document_received", day, document=paper)
    return case


def agreed(day: str = "2025-04-02") -> Case:
    """For whom a receiving-in conference was agreed on."""
    case = asked()
    assert case.decide("receiving_in_conference_agreed", day, **MANAGER) == ()
    return case


def taken_over(held: str = "2025-04-17", *, category: str = "physical") -> Case:
    """Whose plan was taken over at a receiving-in conference (meeting RIC)."""
    case = agreed()
    case.tell("receiving_in_conference_held", held, meeting="RIC", attended_by={"role": "social_worker"})
    assert case.decide("child_decision_made", held, meeting="RIC", **subject(category)) == ()
    return case


def leaving(day: str = "2025-04-07", conference: str = "2025-03-24") -> Case:
    """A child on a plan here who moves to another authority for good; that authority was told on the same day."""
    case = on_a_plan(conference)
    case.tell("child_moved", day, to_la=OTHER, permanent=True)
    case.tell("receiving_authority_notified", day, authority=OTHER)
    return case


def statuses(case: Case, rule: str, now: str) -> list[Status]:
    """How the duties of one entry stand."""
    return [duty.status for duty in case.duties(rule, now)]
