"""What to say of a date that no policy or no calendar reaches. The date itself may tell a birthday and is not said."""

from collections.abc import Iterator
from contextlib import contextmanager

from events.calendars.counting import OutsideCalendar
from events.policies.activated import InForce
from events.policies.in_force import NoPolicy
from service.cases.faults import OutOfReach


@contextmanager
def within_reach(in_force: InForce) -> Iterator[None]:
    """Turns the engine's errors about dates into a sentence for the caller."""
    try:
        yield
    except NoPolicy:
        first = in_force.policies.activations[0]
        raise OutOfReach(
            f"Something here happened before {first.effective_from}, when the first policy, {first.policy.id}, came "
            "into force."
        ) from None
    except OutsideCalendar:
        calendar = in_force.calendar
        raise OutOfReach(
            f"A date here, or one that follows from it, lies outside the calendar {calendar.id}, which runs from "
            f"{calendar.first} to {calendar.last}."
        ) from None
