"""What the tests of timers look at: what was said of a case, and by whom it is said."""

from datetime import datetime
from uuid import UUID

from events.catalogue.announcements import DutyAnnounced
from events.catalogue.envelope import Event
from tests.read_models.world import Place, World
from workflows.announcing import Announcer
from workflows.voice import Voice

FORM, FORM_HOURS = "STF-T01", 24
"""The rule whose duty falls due 24 hours after its start."""


def announcer(world: World) -> Announcer:
    return Announcer(Voice(world.log, world.catalogue), world.build.assessor, world.rules.of)


async def said_of(place: Place, case: UUID) -> list[Event]:
    """The announcements in a case, as they stand in the log."""
    events = await place.world.log.read_case(place.id, case)
    return [event for event in events if isinstance(event.data, DutyAnnounced)]


def of_form(announced: list[Event]) -> list[tuple[str, datetime | None]]:
    """What was said of the 24-hour form, each with its due instant."""
    data = [event.data for event in announced if isinstance(event.data, DutyAnnounced)]
    return [(each.said.value, each.due_at) for each in data if each.rule == FORM]
