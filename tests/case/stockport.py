"""Given, for cases under Stockport's procedure. What is told beside a day is what its clauses ask for, and no more."""

from typing import Any

from events.case.answer import Severity
from tests.case import given
from tests.case.given import Anything, Case

CONFERENCE, REVIEW = "2025-03-24", "2025-05-28"
ROOM: tuple[dict[str, Any], ...] = (
    {"role": "social_worker", "agency": "csc"},
    {"role": "health_visitor", "agency": "health", "direct_contact": True},
    {"role": "teacher", "agency": "school", "direct_contact": True},
)
"""The authority, and two agencies in direct contact with the child."""

MOTHER: dict[str, Any] = {"name": "Parent 1", "role": "mother"}
FATHER: dict[str, Any] = {"name": "Parent 2", "role": "father"}


def registered(born: str = "2018-06-01") -> Case:
    """A child known in Stockport."""
    case = Case(policy=given.pack("stockport"))
    case.tell("child_registered", "2025-01-06", dob=born)
    return case


def on_a_plan(held: str = CONFERENCE, *, category: str = "neglect", born: str = "2018-06-01") -> Case:
    """A child made subject to a plan at an initial conference (meeting ICPC)."""
    case = registered(born)
    case.tell("initial_conference_requested", "2025-01-06", requested_by="csc")
    attend(case, held, "ICPC")
    case.tell("initial_conference_held", held, meeting="ICPC")
    assert case.decide("child_decision_made", held, meeting="ICPC", decision="subject", category=category) == ()
    return case


def attend(case: Case, on: str, meeting: str, *seats: dict[str, Any]) -> None:
    """Who is at a meeting: those given, or a quorum."""
    case.tell("attendance_recorded", on, meeting=meeting, attendees=list(seats or ROOM))


def reviewing(held: str = REVIEW, *, assessed: bool = True, meeting: str = "CPRC", case: Case | None = None) -> Case:
    """A child whose quorate review is being held and has decided nothing yet; the core assessment complete, or not."""
    case = case or on_a_plan()
    if assessed:
        case.tell("assessment_completed", "2025-04-07", kind="core")
    attend(case, held, meeting)
    case.tell("review_conference_held", held, meeting=meeting)
    return case


def keep(case: Case, on: str = REVIEW, meeting: str = "CPRC", **data: Anything) -> tuple[str, ...]:
    """The review keeps the plan."""
    return case.decide("child_decision_made", on, meeting=meeting, decision="continue", **data)


def end(case: Case, on: str = REVIEW, meeting: str | None = "CPRC", **data: Anything) -> tuple[str, ...]:
    """The plan ends, because the child is no longer at risk unless another ground is given; ids of what refuses it."""
    return case.decide("plan_ended", on, meeting=meeting, **{"ground": "no_longer_at_risk", **data})


def proposed(held: str = REVIEW, *, on: str = "2025-04-28", **proposal: Anything) -> Case:
    """A child whose review, booked for a day, may end the plan for non-co-operation. Nothing is evidenced yet."""
    case = on_a_plan()
    case.tell("review_conference_scheduled", "2025-03-31", meeting="CPRC", date=held)
    case.tell("assessment_completed", "2025-04-07", kind="core")
    case.tell("non_cooperation_ending_proposed", on, meeting="CPRC", **(proposal or {"by": {"role": "team_manager"}}))
    return case


def warned(case: Case, on: str, *to: dict[str, Any], **data: Anything) -> None:
    """The warning letter is delivered, to the mother unless to others."""
    case.tell("non_cooperation_warning_letter_delivered", on, to=list(to or [MOTHER]), **data)


def evidenced(case: Case, held: str = REVIEW, *, meeting: str = "CPRC", without: str = "") -> Case:
    """A quorate review at which all is evidenced that an ending for non-co-operation needs, but for the letter."""
    told: tuple[tuple[str, str | None, dict[str, Any]], ...] = (
        ("legal_powers_considered", None, {"outcome": "O"}),
        ("cooperation_avenues_explored", None, {"agencies": ["csc", "health", "school"], "steps": "S"}),
        ("child_seen_and_views_obtained", None, {"views": "V"}),
        ("risk_management_belief_recorded", None, {"reasons": "R"}),
    )
    for type_, at, data in told:
        if type_ != without:
            case.tell(type_, "2025-04-08", meeting=at, **data)
    attend(case, held, meeting)
    case.tell("review_conference_held", held, meeting=meeting)
    if without != "legal_advice_given_at_review":
        case.tell("legal_advice_given_at_review", held, meeting=meeting, grounds_met=False)
    return case


def ended_for_non_co_operation() -> Case:
    """A child whose plan a review ended for non-co-operation."""
    case = proposed()
    warned(case, "2025-05-13")
    evidenced(case)
    assert end(case, ground="non_cooperation") == ()
    return case


def by_a_head_of_service(rule: str) -> dict[str, Anything]:
    """What a decision says by which a head of service sets a rule aside."""
    override = {"rule": rule, "reason": "R", "authoriser": "Head 1"}
    return {"role": "head_of_service", "envelope": {"override": override}}


def decided_by(role: str) -> dict[str, Anything]:
    """What a decision says that rests on somebody of that role."""
    return {"envelope": {"decided_by": {"role": role, "person": "Somebody"}}}


def missing(case: Case, rule: str) -> list[str]:
    """What the last finding of a rule says is missing."""
    return list(case.findings(rule)[-1].missing)


RECORD, WARNING = Severity.RECORD, Severity.WARNING
