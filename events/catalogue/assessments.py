"""Assessments of the child and the family."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from events.catalogue.envelope import Closed, Data
from events.catalogue.parts import Category, Codes, Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Day, PastDate, Text

topic = Topic("assessments")


class AssessmentKind(StrEnum):
    """Which assessment: core (Stockport), cswa (Staffordshire), single (Calderdale)."""

    CORE = "core"
    CSWA = "cswa"
    SINGLE = "single"


@topic.event(
    "assessment_started",
    clauses=["STF-T26"],
    example={"assessment": "A-1", "kind": "cswa", "agreed_timescale": "2025-04-14", "author": {"name": "Worker 1"}},
)
class AssessmentStarted(Data):
    """An assessment was started. `agreed_timescale`: the date by which it was agreed to be finished."""

    assessment: Code | None = None
    kind: AssessmentKind | None = None
    agreed_timescale: Day | None = None
    author: Person | None = None


class AssessmentContent(Data):
    """What an assessment says, part by part (STF-R37, STF-R38)."""

    assessment: Code | None = None
    kind: AssessmentKind | None = None
    concerns: Text | None = None
    positives: Text | None = None
    changes: Text | None = None
    plan_view: Text | None = None
    category_view: Category | None = None
    lived_experience: Text | None = None
    ecomap: bool | None = None
    genogram: bool | None = None
    fgc_explored: bool | None = None
    permanency_considered: bool | None = None
    multi_agency_inputs: Codes | None = None
    la_recommendation: Text | None = None
    preferred_language: Text | None = None


@topic.event(
    "assessment_completed",
    clauses=["STF-R22", "STF-R37", "STF-R38"],
    example={
        "assessment": "A-1",
        "kind": "cswa",
        "lived_experience": "Often hungry before school.",
        "ecomap": True,
        "genogram": True,
    },
)
class AssessmentCompleted(AssessmentContent):
    """An assessment was finished."""


@topic.event(
    "assessment_updated",
    clauses=["STF-R37"],
    example={"assessment": "A-1", "reason": "The father came back.", "changes": "Father at home since May."},
)
class AssessmentUpdated(AssessmentContent):
    """An assessment was brought up to date. Only what changed is given."""

    reason: Text | None = None


@topic.event(
    "assessment_closed_incomplete",
    clauses=["STK-R38"],
    example={"assessment": "A-1", "kind": "core", "reason": "The family let nobody in."},
)
class AssessmentClosedIncomplete(Data):
    """An assessment was ended without having been finished."""

    assessment: Code | None = None
    kind: AssessmentKind | None = None
    reason: Text | None = None


@topic.event(
    "core_assessment_exception_recorded",
    clauses=["STK-T18", "STK-R39"],
    example={
        "reasons": "The family has moved twice since it began.",
        "exceptional_circumstances": True,
        "signed_by_manager": True,
        "manager": {"name": "Manager 1", "role": "team_manager"},
        "on_file": True,
    },
)
class CoreAssessmentExceptionRecorded(Data):
    """Why, exceptionally, a plan may end before the core assessment is complete. `on_file`: on the child's file."""

    reasons: Text | None = None
    exceptional_circumstances: bool | None = None
    signed_by_manager: bool | None = None
    manager: Person | None = None
    signed_on: PastDate | None = None
    on_file: bool | None = None


@topic.event(
    "core_assessment_exception_conveyed",
    clauses=["STK-T18", "STK-R39"],
    example={"meeting": "CPRC-1", "by": {"role": "team_manager"}},
)
class CoreAssessmentExceptionConveyed(Data):
    """The review was told of the exception about the core assessment."""

    by: Person | None = None


class Gestation(Closed):
    """How far the pregnancy is: completed weeks, and days beyond them."""

    weeks: Annotated[int, Field(ge=0, le=44)]
    days: Annotated[int, Field(ge=0, le=6)] = 0


@topic.event(
    "unborn_risk_identified",
    clauses=["STF-T16", "STF-R19", "E-19"],
    example={"assessment": "A-1", "gestation": {"weeks": 24}},
)
class UnbornRiskIdentified(Data):
    """An assessment found that the unborn child may be at risk of significant harm."""

    assessment: Code | None = None
    gestation: Gestation | None = None


class SpecialistAssessment(Data):
    """An assessment by a specialist."""

    assessment: Code | None = None
    kind: Text | None = None
    provider: Text | None = None


@topic.event(
    "specialist_assessment_commissioned",
    clauses=["STF-R64"],
    example={"assessment": "A-2", "kind": "parenting", "provider": "Family centre", "due": "2025-05-30"},
)
class SpecialistAssessmentCommissioned(SpecialistAssessment):
    """A specialist's assessment was asked for."""

    due: Day | None = None


@topic.event(
    "specialist_assessment_received",
    clauses=["STF-R64", "STF-R89"],
    example={"assessment": "A-2", "kind": "parenting", "completed_on": "2025-05-28", "outcome": "Can keep up."},
)
class SpecialistAssessmentReceived(SpecialistAssessment):
    """A specialist's assessment arrived."""

    completed_on: PastDate | None = None
    outcome: Text | None = None


@topic.event(
    "continued_assessment_agreed",
    clauses=["STF-R80"],
    example={
        "meeting": "ICPC-1",
        "assessment": "A-1",
        "consent": True,
        "work_remaining": "What the school has seen since May.",
    },
)
class ContinuedAssessmentAgreed(Data):
    """It was decided with the family of a child who is not made subject whether the assessment goes on, and how."""

    assessment: Code | None = None
    consent: bool | None = None
    work_remaining: Text | None = None
    by: Person | None = None
