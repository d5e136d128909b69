"""The child, the household, and who has the case."""

from datetime import timedelta

from events.case.story import BEFORE_PLAN, Allocation, Dated, Stage, Story
from events.case.telling import Telling
from events.catalogue.allocation import CaseAllocated
from events.catalogue.assessments import UnbornRiskIdentified
from events.catalogue.children import (
    BirthRecorded,
    ChildRegistered,
    ChildVerbalStatusRecorded,
    DateOfBirthCorrected,
    ExpectedDateRevised,
    PregnancyEnded,
    UnbornChildRegistered,
)
from events.catalogue.envelope import Event
from events.catalogue.household import (
    ChildDeathRecorded,
    ChildNoLongerInConcernHousehold,
    PermanentDepartureFromUkRecorded,
)
from events.catalogue.parts import Person
from events.catalogue.taking_on import CaseTakenOn

telling = Telling()
PREGNANCY = timedelta(weeks=40)
"""From the day pregnancies are counted from to the expected date (E-19)."""


@telling.of_the_whole("date_of_birth_corrected")
def born_on_another_day(data: DateOfBirthCorrected, event: Event, story: Story) -> None:
    """The child was never born on the other day: all that is counted from it moves, in the past too (E-22)."""
    story.child.corrected_birth = Dated(data.new, event)


@telling.on("date_of_birth_corrected")
def born_after_all(_: DateOfBirthCorrected, __: Event, story: Story) -> None:
    """A corrected date of birth says that the child is born."""
    story.child.birth = story.child.corrected_birth


@telling.on("child_registered", "birth_recorded")
def registered(data: ChildRegistered | BirthRecorded, event: Event, story: Story) -> None:
    """What is known of the child; a date of birth takes the expected date's place, and the plan goes on (E-18)."""
    child = story.child
    child.names = data.names or child.names
    if data.dob is not None:
        child.birth = child.corrected_birth or Dated(data.dob, event)


@telling.of_the_whole("case_taken_on")
def counted(data: CaseTakenOn, event: Event, story: Story) -> None:
    """How many reviews there had been by then, which every review of the plan before it has among them (E-29, E-83)."""
    if data.reviews_held is not None and data.reviews_held.value is not None:
        story.reviews_counted = (event.day, data.reviews_held.value)


@telling.on("case_taken_on")
def taken_on(data: CaseTakenOn, event: Event, story: Story) -> None:
    """What is known of the child; all else that was taken on is told as facts of its own (E-83)."""
    child = story.child
    story.taken_on = event
    child.names = data.names or child.names
    if data.date_of_birth is not None and data.date_of_birth.value is not None:
        child.birth = child.corrected_birth or Dated(data.date_of_birth.value, event)
    if data.expected_date is not None and data.expected_date.value is not None:
        child.awaited, child.expecting = True, Dated(data.expected_date.value, event)


@telling.on("unborn_child_registered")
def unborn(data: UnbornChildRegistered, event: Event, story: Story) -> None:
    """A child is expected; without a date nothing can be counted yet."""
    story.child.awaited = True
    if data.edd is not None:
        story.child.expecting = Dated(data.edd, event)


@telling.on("expected_date_revised")
def expected(data: ExpectedDateRevised, event: Event, story: Story) -> None:
    """The expected date moves, and what is counted from it (E-19)."""
    story.child.awaited = True
    story.child.expecting = Dated(data.new_edd, event)


@telling.on("unborn_risk_identified")
def at_risk(data: UnbornRiskIdentified, event: Event, story: Story) -> None:
    """A child is expected; how far the pregnancy is gives an expected date where none is known (E-19)."""
    story.child.awaited = True
    if data.gestation is not None and story.child.expecting is None:
        passed = timedelta(weeks=data.gestation.weeks, days=data.gestation.days)
        story.child.expecting = Dated(event.day + PREGNANCY - passed, event)


@telling.on("child_verbal_status_recorded")
def speaks(data: ChildVerbalStatusRecorded, _: Event, story: Story) -> None:
    """Whether a visit means speaking to the child, or seeing and observing (E-78)."""
    story.child.verbal = data.status.value


@telling.on("pregnancy_ended")
def lost(_: PregnancyEnded, event: Event, story: Story) -> None:
    """The pregnancy ended: an open request ends with it (requirements 4.10)."""
    story.child.pregnancy_ended = event.day
    if story.stage in BEFORE_PLAN:
        story.move(Stage.WITHDRAWN, event.day)


@telling.on("child_death_recorded")
def died(_: ChildDeathRecorded, event: Event, story: Story) -> None:
    """The child died. The plan's own ending is told apart (E-54)."""
    story.child.died = event.day


@telling.on("permanent_departure_from_uk_recorded")
def left(data: PermanentDepartureFromUkRecorded, event: Event, story: Story) -> None:
    """Only a departure said to be permanent counts (E-55)."""
    if data.permanent:
        story.child.left_uk = event.day


@telling.on("child_no_longer_in_concern_household")
def moved_out(_: ChildNoLongerInConcernHousehold, event: Event, story: Story) -> None:
    """The ground for the exception to the neglect rule (STF-R75)."""
    story.child.left_concern_household = event.day


@telling.on("case_allocated")
def allocated(data: CaseAllocated, _: Event, story: Story) -> None:
    """What is left out stays as it was."""
    held = story.allocation
    story.allocation = Allocation(
        worker=_known_by(data.worker) or held.worker,
        team=data.team or held.team,
        manager=_known_by(data.manager) or held.manager,
    )


def _known_by(person: Person | None) -> str | None:
    """The caller's reference to a person, or the role where there is none: never a name."""
    return None if person is None else person.ref or person.role or person.agency
