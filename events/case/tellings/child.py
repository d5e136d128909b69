"""The child, the household, and who has the case."""

from events.case.story import BEFORE_PLAN, Allocation, Stage, Story
from events.case.telling import Telling
from events.catalogue.allocation import CaseAllocated
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

telling = Telling()


@telling.on("child_registered")
def registered(data: ChildRegistered, _: Event, story: Story) -> None:
    """What is known of the child at first."""
    story.child.born = data.dob or story.child.born
    story.child.names = data.names or story.child.names


@telling.on("unborn_child_registered")
def unborn(data: UnbornChildRegistered, _: Event, story: Story) -> None:
    """A child is expected; without a date nothing can be counted yet."""
    story.child.awaited = True
    story.child.expected = data.edd


@telling.on("expected_date_revised")
def expected(data: ExpectedDateRevised, _: Event, story: Story) -> None:
    """The expected date moves, and what is counted from it (E-19)."""
    story.child.awaited = True
    story.child.expected = data.new_edd


@telling.on("birth_recorded")
def born(data: BirthRecorded, _: Event, story: Story) -> None:
    """The date of birth takes the expected date's place; the plan goes on (E-18)."""
    story.child.born = data.dob
    story.child.names = data.names or story.child.names


@telling.on("date_of_birth_corrected")
def born_on_another_day(data: DateOfBirthCorrected, _: Event, story: Story) -> None:
    """Everything counted from the birthday moves (E-22)."""
    story.child.born = data.new


@telling.on("child_verbal_status_recorded")
def speaks(data: ChildVerbalStatusRecorded, _: Event, story: Story) -> None:
    """Whether a visit means speaking to the child, or seeing and observing (E-78)."""
    story.child.verbal = data.status.value


@telling.on("pregnancy_ended")
def lost(_: PregnancyEnded, event: Event, story: Story) -> None:
    """The pregnancy ended: an open request ends with it (requirements 4.10)."""
    story.child.pregnancy_ended = event.day
    if story.stage in BEFORE_PLAN:
        story.stage, story.stage_since = Stage.WITHDRAWN, event.day


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
