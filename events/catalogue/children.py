"""The child: registered, unborn or born, and what is corrected about the birth."""

from datetime import timedelta
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from events.catalogue.envelope import Data
from events.catalogue.parts import Person, Texts
from events.catalogue.registry import Topic
from events.catalogue.text import Day, PastDate, Text

topic = Topic("children")

_LONGEST_PREGNANCY = timedelta(days=310)


class Sex(StrEnum):
    """As the children in need census codes it."""

    FEMALE = "female"
    MALE = "male"
    INDETERMINATE = "indeterminate"
    NOT_KNOWN = "not_known"


@topic.event(
    "child_registered",
    clauses=["STF-R01", "STF-R40", "STF-T46"],
    example={"names": "Child A", "dob": "2015-06-01", "sex": "female", "languages": ["English"]},
    opens_case=True,
)
class ChildRegistered(Data):
    """A child became known to the authority."""

    names: Text | None = None
    dob: PastDate | None = None
    sex: Sex | None = None
    address: Text | None = None
    school: Text | None = None
    languages: Texts | None = None
    ethnicity: Text | None = None
    disability: Text | None = None
    health_reg: Text | None = None
    education_reg: Text | None = None
    immigration: Text | None = None
    nrpf: bool | None = None


class EddBasis(StrEnum):
    """What an expected date of delivery rests on."""

    SCAN = "scan"
    LMP = "lmp"


@topic.event(
    "unborn_child_registered",
    clauses=["STF-T16", "E-19"],
    example={"edd": "2025-08-04", "edd_basis": "scan", "mother": {"name": "Parent 1", "role": "mother"}},
    opens_case=True,
)
class UnbornChildRegistered(Data):
    """An unborn child became known to the authority."""

    edd: Day | None = None
    edd_basis: EddBasis | None = None
    mother: Person | None = None


@topic.event(
    "expected_date_revised",
    clauses=["STF-T16", "E-19"],
    example={"old_edd": "2025-08-04", "new_edd": "2025-07-28", "basis": "scan"},
)
class ExpectedDateRevised(Data):
    """The expected date of delivery was revised."""

    new_edd: Day
    old_edd: Day | None = None
    basis: EddBasis | None = None

    @model_validator(mode="after")
    def _is_of_the_same_pregnancy(self) -> Self:
        if self.old_edd is not None and abs(self.new_edd - self.old_edd) > _LONGEST_PREGNANCY:
            raise ValueError("the new expected date is too far from the old one to be of the same pregnancy")
        return self


@topic.event(
    "birth_recorded",
    clauses=["STF-T16", "STF-R20", "E-18", "E-77"],
    example={"dob": "2025-07-30", "premature": False, "names": "Child B"},
)
class BirthRecorded(Data):
    """The child was born. The date of birth takes the place of the expected date; the plan goes on."""

    dob: PastDate
    premature: bool | None = None
    names: Text | None = None
    sex: Sex | None = None


class PregnancyEnding(StrEnum):
    """How a pregnancy ended without a live birth."""

    MISCARRIAGE = "miscarriage"
    STILLBIRTH = "stillbirth"
    TERMINATION = "termination"
    OTHER = "other"


@topic.event("pregnancy_ended", clauses=["STF-T16"], example={"kind": "miscarriage"})
class PregnancyEnded(Data):
    """The pregnancy ended without a live birth."""

    kind: PregnancyEnding | None = None


@topic.event(
    "date_of_birth_corrected",
    clauses=["E-22"],
    example={"old": "2015-06-01", "new": "2015-06-11", "evidence": "Birth certificate seen."},
)
class DateOfBirthCorrected(Data):
    """The child's date of birth proved to be another than was thought."""

    new: PastDate
    old: PastDate | None = None
    evidence: Text | None = None


class VerbalStatus(StrEnum):
    """Whether the child can be spoken to, or is seen and observed instead (E-78)."""

    VERBAL = "verbal"
    PRE_VERBAL = "pre_verbal"
    NON_VERBAL = "non_verbal"


@topic.event("child_verbal_status_recorded", clauses=["STF-T20", "E-78"], example={"status": "pre_verbal"})
class ChildVerbalStatusRecorded(Data):
    """Whether the child speaks yet, or at all, was recorded."""

    status: VerbalStatus
