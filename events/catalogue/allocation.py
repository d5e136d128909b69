"""Who has the case, and by which references callers know it."""

from typing import Self

from pydantic import Field, model_validator

from events.catalogue.envelope import Data
from events.catalogue.parts import Person
from events.catalogue.registry import Topic
from events.catalogue.text import Code

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
