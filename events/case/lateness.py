"""Duties that were late, with the reason that was given for it and who accepted that."""

from collections.abc import Sequence
from dataclasses import replace

from events.case.answer import Duty, Lateness, Mark, Status
from events.case.story import Story
from events.catalogue.envelope import Event
from events.catalogue.lateness import LatenessExplained


def with_reasons(duties: Sequence[Duty], story: Story) -> tuple[Duty, ...]:
    """The duties, each that was late with the last explanation of it."""
    found: dict[str, Lateness] = {}
    for event in story.facts.get("lateness_explained", ()):
        data = event.data
        duty = _meant(event, data, duties) if isinstance(data, LatenessExplained) else None
        if duty is not None and isinstance(data, LatenessExplained):
            accepted_by = data.accepted_by.model_dump(mode="json", exclude_none=True) if data.accepted_by else None
            found[duty.id] = Lateness(data.reason, accepted_by, event.day, event.fact)
    return tuple(replace(each, lateness=found[each.id]) if each.id in found else each for each in duties)


def _meant(event: Event, data: LatenessExplained, duties: Sequence[Duty]) -> Duty | None:
    """The late duty of that key, or else the last of that clause, at the meeting named if one is."""
    late = [each for each in duties if _was_late(each)]
    by_key = next((each for each in late if each.id == data.duty), None)
    of_clause = (each for each in late if each.rule.casefold() == data.duty.casefold())
    there = [each for each in of_clause if event.meeting in {None, each.meeting}]
    return by_key or (there[-1] if there else None)


def _was_late(duty: Duty) -> bool:
    return duty.status in {Status.MISSED, Status.MET_LATE} or Mark.LATE_WHEN_KNOWN in duty.marks
