"""Who has the case, by which references callers know it, and which case it is one with."""

from typing import Self
from uuid import UUID

from pydantic import Field, model_validator

from events.catalogue.envelope import Data
from events.catalogue.parts import Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code, Text

topic = Topic("allocation")


@topic.event(
    "case_allocated",
    clauses=["STF-R02"],
    example={"worker": {"name": "Worker 1", "ref": "W1"}, "team": "team-north", "manager": {"name": "Manager 1"}},
)
class CaseAllocated(Data):
    """The case was given to a worker, a team or a manager; what is left out stays as it was."""

    worker: Person | None = None
    team: Code | None = None
    manager: Person | None = None

    @model_validator(mode="after")
    def _is_given_to_somebody(self) -> Self:
        if self.worker is None and self.team is None and self.manager is None:
            raise ValueError("give at least one of worker, team and manager")
        return self


@topic.event("case_reference_added", clauses=["E-39"], example={"reference": "OTHER-SYSTEM-4711"})
class CaseReferenceAdded(Data):
    """Another caller's reference points to this case from now on."""

    reference: Code = Field(description="Kept under the case's key; found by its keyed hash.")


@topic.event("cases_merged", clauses=["E-39"], example={"into": "CHILD-4711", "reason": "Registered twice."})
class CasesMerged(Data):
    """Two cases turned out to be of one child. The case that is told this ends; nothing more is told of it.

    Its history stays with it and can be read. What was open in it is open no longer: tell the case that goes on what
    still counts. A plan that is running is kept: its case is the one that goes on. Voiding this parts the two again.
    """

    into: Code = Field(description="The case that goes on, by our id or your reference. Recorded by our id.")
    merged: UUID | None = Field(default=None, description="Filled in by Planclock: the case that ended.")
    reason: Text | None = None
